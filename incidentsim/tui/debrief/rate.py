"""Setting another rating than the proposed one, with a reason. What is typed survives leaving."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from incidentsim.domain.evaluation import RATINGS
from incidentsim.messages import gettext as _
from incidentsim.tui.base_screen import N_, LocalizedScreen, key
from incidentsim.tui.debrief.ratings import rated
from incidentsim.tui.widgets.choices import Choices
from incidentsim.tui.widgets.inputs import TextInput
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.text import Words


@dataclass(frozen=True, slots=True)
class Draft:
    """A rating being thought about; `rating` is empty while none is chosen."""

    rating: str = ""
    reason: str = ""


class RateScreen(LocalizedScreen, ModalScreen[Draft | None]):
    """Asks for a rating and its reason; gives `None` if nobody answers. `keep` is told of every change."""

    CSS = """
    RateScreen { align: center middle; }
    RateScreen > Vertical { width: 90%; max-width: 90; height: auto; background: $surface; border: round $primary;
                            padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "leave", N_("Back"), id="rate.back", tooltip=N_("What is typed stays")),
        key("ctrl+s", "done", N_("Set the rating"), id="rate.done", tooltip=N_("Rating and reason go on record")),
    ]

    def __init__(self, title: Callable[[], str], draft: Draft, keep: Callable[[Draft], None]) -> None:
        """`title` is what the task is called in the language spoken."""
        super().__init__()
        self._title_of = title
        self._draft = draft
        self._keep = keep

    def compose(self) -> ComposeResult:
        """The task, the ratings, the reason."""
        chosen = [self._draft.rating] if self._draft.rating else []
        with Vertical():
            yield Words(self._title_of(), classes="heading")
            yield Choices([(one, rated(one)) for one in RATINGS], chosen, several=False, id="rating")
            yield Words(_("Why this rating?"))
            yield TextInput(self._draft.reason, id="reason")
            yield Words(id="wrong")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin with the rating."""
        self.query_one(Choices).focus()

    async def relocalize(self) -> None:
        """Show everything in another language; the keys go where they went."""
        typing = self.query_one(Input).has_focus
        await super().relocalize()
        (self.query_one(Input) if typing else self.query_one(Choices)).focus()

    def on_choices_changed(self, event: Choices.Changed) -> None:
        """Keep the choice; a reason comes next."""
        self._note(Draft(event.choices.chosen[0] if event.choices.chosen else "", self._draft.reason))
        if self._draft.rating:
            self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep what was typed."""
        self._note(Draft(self._draft.rating, event.value))

    def on_input_submitted(self) -> None:
        """Enter in the line sets the rating."""
        self.action_done()

    def _note(self, draft: Draft) -> None:
        self._draft = draft
        self._keep(draft)

    def action_done(self) -> None:
        """Give the rating, if it is complete."""
        if not self._draft.rating:
            self.query_one("#wrong", Words).say(_("Choose a rating first."))
            self.query_one(Choices).focus()
        elif not self._draft.reason.strip():
            self.query_one("#wrong", Words).say(_("A rating is set with a reason; say why."))
            self.query_one(Input).focus()
        else:
            self.dismiss(self._draft)

    def action_leave(self) -> None:
        """Give none."""
        self.dismiss(None)
