"""Small questions: a line to type, or one of several to choose."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from incidentsim.tui.base_screen import N_, LocalizedScreen, key
from incidentsim.tui.widgets.inputs import TextInput
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.line_list import LineList, line
from incidentsim.tui.widgets.text import Words

Question = str | Callable[[], str]
"""A question, or what puts it in the language spoken."""
Accept = Callable[[str], bool]
"""Whether an answer will do; what it lacks has been said then."""
Offered = Sequence[tuple[str, str]]
"""What can be chosen: names, each with what it is called."""

_MOST_SEEN = 14


def _put(question: Question) -> str:
    return question if isinstance(question, str) else question()


class AskScreen(LocalizedScreen, ModalScreen[str | None]):
    """Asks for a line of text; gives `None` if nobody answers."""

    WRITTEN_IN = True
    CSS = """
    AskScreen { align: center middle; }
    AskScreen > Vertical { width: 90%; max-width: 90; height: auto; max-height: 90%; background: $surface;
                           border: round $primary; }
    AskScreen Words { padding: 0 1; max-height: 8; }
    AskScreen Input { border: round $foreground 40%; background: $surface; }
    AskScreen Input:focus { border: round $primary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s,f2,enter", "answer", N_("Done"), id="ask.done", tooltip=N_("This is the answer")),
        key("escape", "leave", N_("Back"), id="ask.back", tooltip=N_("Back without an answer")),
    ]

    def __init__(
        self,
        question: Question,
        answer: str = "",
        *,
        keep: Callable[[str | None], None] | None = None,
        accept: Accept = lambda _words: True,
    ) -> None:
        """Ask.

        Args:
            question: what is asked.
            answer: what stands in the line at first.
            keep: gets what was typed when it is left without an answer, `None` where that is nothing.
            accept: looks at an answer; where it would not do, it says so and the question stays, with what was typed.
        """
        super().__init__()
        self._accept = accept
        self._keep = keep
        self._question = question
        self._answer = answer

    def compose(self) -> ComposeResult:
        """The question and a line for the answer."""
        with Vertical():
            yield Words(_put(self._question), id="question")
            answer = TextInput(self._answer, id="answer")
            answer.select_on_focus = self._keep is None  # what is kept is gone on with, what is proposed is replaced
            yield answer
        yield KeyLine()

    async def relocalize(self) -> None:
        """Ask in another language; what was typed stays."""
        self.query_one("#question", Words).say(_put(self._question))
        self.refresh_bindings()

    def on_input_submitted(self) -> None:
        """Enter in the line answers."""
        self.action_answer()

    def action_answer(self) -> None:
        """Give the answer, if it will do."""
        words = self.query_one("#answer", Input).value
        if not self.dismissed and self._accept(words):
            self.dismiss(words)

    def action_leave(self) -> None:
        """Give none; what was typed is kept where there is room for it."""
        if self._keep is not None:
            self._keep(self.query_one("#answer", Input).value or None)
        self.dismiss(None)


class PickList(LineList):
    """A list to choose from: one click is enough."""

    CLICK_OPENS = True


class ChooseScreen(LocalizedScreen, ModalScreen[str | None]):
    """Lets one thing be chosen; gives its name, or `None`."""

    CSS = """
    ChooseScreen { align: center middle; }
    ChooseScreen > Vertical { width: 90%; max-width: 90; height: auto; max-height: 90%; background: $surface;
                              border: round $primary; }
    ChooseScreen Words { padding: 0 1; max-height: 4; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "choose", N_("Choose"), id="choose.choose", tooltip=N_("Choose the line at the cursor")),
        key("escape", "leave", N_("Back"), id="choose.back", tooltip=N_("Back without a choice")),
    ]

    def __init__(self, question: Question, choices: Offered | Callable[[], Offered], *, at: str | None = None) -> None:
        """`choices` are names, each with what it is called; the cursor stands on the one named `at`."""
        super().__init__()
        self._question = question
        self._choices = choices
        self._at = at

    def compose(self) -> ComposeResult:
        """The question and the choices."""
        with Vertical():
            yield Words(_put(self._question), id="question")
            yield PickList(id="choices")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the choices."""
        self._tell(self._at)
        self.query_one(PickList).focus()

    async def relocalize(self) -> None:
        """Ask in another language."""
        self.query_one("#question", Words).say(_put(self._question))
        self._tell()
        self.refresh_bindings()

    def _tell(self, at: str | None = None) -> None:
        choices = self._choices if isinstance(self._choices, Sequence) else self._choices()
        found = self.query_one(PickList)
        found.styles.height = min(max(len(choices), 1), _MOST_SEEN)
        found.show([line(title, name=name) for name, title in choices], at=at)

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Give the choice."""
        self.dismiss(event.name)

    def action_choose(self) -> None:
        """Give the line at the cursor."""
        self.dismiss(self.query_one(PickList).name_at_cursor)

    def action_leave(self) -> None:
        """Give none."""
        self.dismiss(None)
