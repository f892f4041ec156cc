"""The hot wash of one run: a facilitator takes down answers, votes and improvement items while the team talks."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.tui.base_screen import N_, key
from incidentsim.tui.browser import Browser, browser_css
from incidentsim.tui.hotwash.acting import HotWashActs
from incidentsim.tui.hotwash.rows import ANSWER, POINT, QUESTION, about_line, point_lines, question_lines, said_by
from incidentsim.tui.improvements.acting import ItemActs
from incidentsim.tui.improvements.rows import about_item, item_lines, name_of
from incidentsim.tui.widgets.line_list import Line, LineList
from incidentsim.tui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from incidentsim.exercise.afterwards.carrying import CarriedItem
    from incidentsim.service.hotwash import HotWashView

QUESTIONS, POINTS, ITEMS = range(3)
"""The sections: questions and answers, strengths and weaknesses, improvement items."""


@dataclass(frozen=True, slots=True)
class HeldSoFar:
    """The hot wash as far as it is on record, and the improvement items of the run."""

    view: "HotWashView"
    items: "tuple[CarriedItem, ...]"


class HotWashList(LineList):
    """The list of a section; the footer says what Enter does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "choose", N_("Answer, vote, edit"), id="hotwash.choose",
            tooltip=N_("Answer a question, correct an answer, count hands, edit an item")),
    ]  # fmt: skip


class HotWashScreen(Browser):
    """Questions made from what happened, answers with who gave them, votes, and what is to be done."""

    CSS = browser_css("HotWashScreen")
    BINDINGS: ClassVar[list[BindingType]] = [
        key("1", "section(0)", N_("Questions"), id="hotwash.questions", show=False),
        key("2", "section(1)", N_("Strengths and weaknesses"), id="hotwash.points", show=False),
        key("3", "section(2)", N_("Improvement items"), id="hotwash.items", show=False),
        key("n", "new", N_("New"), id="hotwash.new",
            tooltip=N_("A strength or a weakness, or an improvement item, in your own words")),
        key("s", "state", N_("State"), id="hotwash.state", tooltip=N_("Open, in progress, done or dropped")),
        key("c", "close", N_("Close"), id="hotwash.close", tooltip=N_("Close an item with evidence")),
        key("escape", "leave", N_("Back"), id="hotwash.back"),
    ]  # fmt: skip

    class Ready(Message):
        """The hot wash has been read, or cannot be."""

        def __init__(self, held: HeldSoFar | None, trouble: str) -> None:
            super().__init__()
            self.held = held
            self.trouble = trouble

    def __init__(self, run: str) -> None:
        """The run of this id; it is evaluated when the screen has been shown."""
        super().__init__()
        self._run = run
        self._held: HeldSoFar | None = None
        self._trouble = ""
        self._at: dict[int, str] = {}
        self._acts: tuple[HotWashActs, ItemActs] | None = None

    @property
    def _doing(self) -> tuple[HotWashActs, ItemActs]:
        if self._acts is None:
            self._acts = HotWashActs(self.shell, self.load), ItemActs(self.shell, self.load)
        return self._acts

    def make_list(self) -> LineList:
        """The list, which says in the footer what Enter does."""
        return HotWashList(id="list")

    def on_mount(self) -> None:
        """Show the frame, and read the run."""
        super().on_mount()
        self.load()

    def load(self) -> None:
        """Read what is on record, in another thread; what is shown already stays until then."""
        self.run_worker(self._read, thread=True, exclusive=True, group="hotwash")

    def _read(self) -> None:
        service = self.shell.service
        try:
            view = service.hotwash.of(self._run)
            items = tuple(item for item in service.improvements.all().items if item.run == view.run)
        except (InputError, SurroundingsError) as error:
            self.post_message(self.Ready(None, str(error)))
            return
        self.post_message(self.Ready(HeldSoFar(view, items), ""))

    @on(Ready)
    def _ready(self, event: Ready) -> None:
        self._held, self._trouble = event.held, event.trouble
        self.show()

    def help_words(self) -> list[str]:
        """Return the sentences of the help about the hot wash."""
        return [
            _("1 to 3, or a click on a name, go to the sections."),
            _("Enter on a question takes down an answer, and who gave it; on an answer it corrects it."),
            _("Everything goes on record at once and stands in the report."),
        ]

    def show(self) -> None:
        """Tell everything anew."""
        held = self._held
        self.query_one("#tabs", Tabs).tell(_sections(), self.section)
        if held is None:
            self.tell("head", _("Hot wash of run {run}").format(run=self._run))
            self.list_lines([], self._trouble or _("The run is being evaluated …"), None)
            self.tell("asked", "")
            self.tell_about("", [])
        else:
            title = held.view.title.say(self.shell.language)
            self.tell("head", _("Hot wash of run {run}, “{title}”").format(run=held.view.run, title=title))
            self.list_lines(self._lines(held), _("Nothing here yet; n adds something."), self._at.get(self.section))
            count = len(held.view.said.answers)
            self.tell("asked", ngettext("{n} answer", "{n} answers", count).format(n=count))
            self._show_about()
        self.offer(self.section, held is None)

    def _lines(self, held: HeldSoFar) -> list[Line]:
        language = self.shell.language
        if self.section == QUESTIONS:
            return question_lines(held.view, language)
        if self.section == POINTS:
            return point_lines(held.view, language)
        return item_lines(held.items, language, self.shell.service.improvements.today)

    @property
    def _item(self) -> "CarriedItem | None":
        name, held = self.listed.name_at_cursor, self._held
        if held is None or self.section != ITEMS:
            return None
        return next((item for item in held.items if name_of(item) == name), None)

    def _show_about(self) -> None:
        if self._held is None:
            return
        language = self.shell.language
        if (item := self._item) is not None:
            self.tell_about(*about_item(item, language, self.shell.service.improvements.today))
        else:
            self.tell_about(*about_line(self._held.view, self.listed.name_at_cursor, language))

    @on(LineList.Moved, "#list")
    def _moved(self, event: LineList.Moved) -> None:
        if event.name is not None:
            self._at[self.section] = event.name
        self.about_from_the_top()
        self._show_about()

    @on(LineList.Chosen, "#list")
    def _chosen(self) -> None:
        self._choose()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The footer shows what the section offers."""
        if action == "new":
            return self._held is not None and self.section != QUESTIONS
        if action in {"state", "close"}:
            return self._held is not None and self.section == ITEMS and bool(self._held.items)
        return super().check_action(action, parameters)

    def _choose(self) -> None:
        """Answer, correct, count hands or edit, by the line at the cursor."""
        held, name = self._held, self.listed.name_at_cursor
        if held is None or name is None:
            return
        view, (said, items) = held.view, self._doing
        if (item := self._item) is not None:
            items.edit(item)
        elif name.startswith(QUESTION):
            said.answer(view, next(one for one in view.questions if QUESTION + one.id == name))
        elif name.startswith(ANSWER):
            answer = next(one for one in view.said.answers if f"{ANSWER}{one.place}" == name)
            said.correct(view, answer, said_by(view, answer, self.shell.language))
        elif name.startswith(POINT):
            self._vote(view, name.removeprefix(POINT))

    def _vote(self, view: "HotWashView", name: str) -> None:
        voted = next((one for one in view.said.points if one.point == name), None)
        put = next((one for one in view.points if one.id == name), None)
        votes = voted.votes if voted is not None else None
        if put is not None:
            self._doing[0].vote(view, name, put.appraisal, put.title, votes)
        elif voted is not None:
            self._doing[0].vote(view, name, voted.appraisal, voted.title.value, votes)

    def action_new(self) -> None:
        """Type in a strength, a weakness or an improvement item."""
        if self._held is not None and self.section == POINTS:
            self._doing[0].name_point(self._held.view)
        elif self._held is not None:
            self._doing[1].add(self._held.view.run)

    def action_state(self) -> None:
        """Set the state of the item at the cursor."""
        if (item := self._item) is not None:
            self._doing[1].state(item)

    def action_close(self) -> None:
        """Close the item at the cursor."""
        if (item := self._item) is not None:
            self._doing[1].close(item)

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.shell.leave()


def _sections() -> list[str]:
    return [_("Questions"), _("Strengths and weaknesses"), _("Improvement items")]
