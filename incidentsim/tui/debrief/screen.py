"""The debrief: what a run came to, part by part, each statement with the facts it rests on."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.widgets import Static

from incidentsim.messages import gettext as _
from incidentsim.session.sentences import FILTERS
from incidentsim.tui.base_screen import N_, key
from incidentsim.tui.debrief.parts import LOG, PARTS, PICTURE, RATINGS
from incidentsim.tui.debrief.rate import Draft, RateScreen
from incidentsim.tui.debrief.showing import DebriefShowing
from incidentsim.tui.dialogs.detail import DetailScreen
from incidentsim.tui.dialogs.export_menu import ExportMenu
from incidentsim.tui.dialogs.prompts import AskScreen
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.line_list import LineList
from incidentsim.tui.widgets.tabs import Tabs
from incidentsim.tui.widgets.text import Words

if TYPE_CHECKING:
    from textual.events import Resize


class DebriefScreen(DebriefShowing):
    """What a finished run came to."""

    CSS = """
    DebriefScreen #body { layout: horizontal; height: 1fr; }
    DebriefScreen #parts { width: 3fr; height: 100%; }
    DebriefScreen .part { display: none; height: 1fr; }
    DebriefScreen .part.-here { display: block; }
    DebriefScreen #state { height: auto; padding: 0 2; display: none; }
    DebriefScreen #axis { height: auto; padding: 0 2; background: $surface; display: none; text-wrap: nowrap; }
    DebriefScreen #filter { height: 1; padding: 0 2; color: $text-muted; display: none; }
    DebriefScreen #about-pane { width: 2fr; height: 100%; padding: 0 1; border-left: solid $panel;
                                background: $surface; }
    DebriefScreen.-narrow #about-pane { display: none; }
    DebriefScreen.-picture #axis { display: block; }
    DebriefScreen.-picture #body { layout: vertical; }
    DebriefScreen.-picture #parts { width: 100%; height: 1fr; }
    DebriefScreen.-picture #about-pane { display: block; width: 100%; height: 9; border-left: none;
                                         border-top: solid $panel; }
    DebriefScreen.-picture.-short #about-pane { height: 6; }
    DebriefScreen.-log #filter { display: block; }
    DebriefScreen.-waiting #state { display: block; }
    DebriefScreen.-waiting #body, DebriefScreen.-waiting #tabs { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(key(str(number + 1), f"part({number})", title, id=f"debrief.{name}", show=False)
          for number, (name, title) in enumerate(PARTS)),
        key("tab", "next_part(1)", N_("Next part"), id="debrief.next", show=False),
        key("shift+tab", "next_part(-1)", N_("Part before"), id="debrief.before", show=False),
        key("i", "look", N_("Look"), id="debrief.look",
            tooltip=N_("What the line rests on: facts, times, clauses")),
        key("r", "rate", N_("Rate"), id="debrief.rate",
            tooltip=N_("Set another rating, with a reason; the proposal stays beside it")),
        key("f", "filter", N_("Filter"), id="debrief.filter", tooltip=N_("Narrow the log down")),
        key("slash", "search", N_("Search"), id="debrief.search", tooltip=N_("Find words in the log")),
        key("e", "export", N_("Export"), id="debrief.export",
            tooltip=N_("As text, as JSON, as a script, as reports and tables, as a bundle")),
        key("l", "ledger", N_("Record"), id="debrief.record", tooltip=N_("Every entry, its hash, its facts")),
        key("a", "again", N_("Again"), id="debrief.again", tooltip=N_("Try once more to read the run")),
        key("escape", "leave", N_("Back"), id="debrief.back"),
    ]  # fmt: skip

    def compose(self) -> ComposeResult:
        """The head, the names of the parts, the part in view, and what it says of the line at the cursor."""
        yield Words(id="head", classes="title")
        yield Tabs(id="tabs")
        yield Static("", id="state", markup=False)
        with Container(id="body"):
            with Vertical(id="parts"):
                yield Words(id="axis")
                yield Words(id="filter")
                for name, _title in PARTS:
                    yield LineList(id=f"part-{name}", classes="part")
            with VerticalScroll(id="about-pane", can_focus=False):
                yield Static("", id="about", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin to evaluate, and say so meanwhile."""
        self.show_debrief()
        self.load()

    def on_screen_resume(self) -> None:
        """Take the keys to the part in view."""
        if self.is_mounted and self.debrief is not None:
            self.here_list.focus()

    def on_resize(self, _event: "Resize") -> None:
        """Fit to the new size."""
        if self.is_mounted:
            self.call_after_refresh(self.show_debrief)

    async def retell(self) -> None:
        """Show everything in another language; the cursors stay where they are."""
        self.keep_places()
        await super().retell()
        self.show_debrief()
        if self.trouble:
            self.load()  # so that it is told in the other language

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What there is to do hangs on the part in view, and on whether there is anything to show."""
        if action == "again":
            return bool(self.trouble)
        if action in {"part", "next_part", "look", "export"}:
            return self.debrief is not None
        if action == "rate":
            return self.debrief is not None and self.here == RATINGS
        if action in {"filter", "search"}:
            return self.debrief is not None and self.here == LOG
        return super().check_action(action, parameters)

    def help_words(self) -> list[str]:
        """What a debrief is."""
        found = [
            _("What the run came to, in six parts; 1 to 6 or Tab go from one to another."),
            _("Enter shows what a line rests on: the facts, with time and clause."),
        ]
        return [*found, *self.legend()] if self.here == PICTURE else found

    def action_part(self, number: int) -> None:
        """Go to a part."""
        self.to_part(number)

    def action_next_part(self, by: int) -> None:
        """Go to the next part, or the one before."""
        self.to_part((self.here + by) % len(PARTS))

    def on_tabs_picked(self, event: Tabs.Picked) -> None:
        """A name was clicked on."""
        self.to_part(event.number)

    @on(LineList.Moved)
    def _moved(self, event: LineList.Moved) -> None:
        if event.lines is self.here_list:
            self.show_about()

    @on(LineList.Chosen)
    def _chosen(self) -> None:
        self.action_look()

    def action_look(self) -> None:
        """Show what the line at the cursor rests on, with room to read."""
        if self.about():
            title = PARTS[self.here][1]
            self.app.push_screen(DetailScreen(lambda: _(title), self.about))

    def action_rate(self) -> None:
        """Set another rating for the task at the cursor."""
        kind, _slash, task = (self.here_list.name_at_cursor or "").partition("/")
        if kind != "task" or self.debrief is None:
            self.shell.say(_("Choose a task, not an objective: an objective is rated as its worst task."))
            return

        def title() -> str:
            return self.debrief.teller.names.task(task) if self.debrief is not None else task

        def keep(draft: Draft) -> None:
            self.drafts[task] = draft

        def take(answer: Draft | None) -> None:
            if answer is not None:
                self._rate(task, answer)

        self.app.push_screen(RateScreen(title, self.drafts.get(task, Draft()), keep), take)

    def _rate(self, task: str, answer: Draft) -> None:
        """On record first, then shown."""
        service = self.shell.service
        if self.shell.attempt(
            lambda: service.evaluations.override_rating(self.run_id, task, answer.rating, answer.reason)
        ):
            self.drafts.pop(task, None)
            self.load()

    def action_filter(self) -> None:
        """Show the next kind of facts in the log."""
        self.chosen_filter = FILTERS[(FILTERS.index(self.chosen_filter) + 1) % len(FILTERS)]
        self.show_part()

    def action_search(self) -> None:
        """Ask for words, and show the facts that hold them; nothing typed shows all again."""

        def take(answer: str | None) -> None:
            if answer is not None:
                self.search = answer.strip()
                self.show_part()

        self.app.push_screen(AskScreen(lambda: _("Show only lines with these words (empty: all)"), self.search), take)

    def action_export(self) -> None:
        """Write the debrief to files."""
        if self.evaluated is not None:
            ExportMenu(self.shell, self.run_id).offer(lambda: _("What is to be exported?"))

    def action_ledger(self) -> None:
        """Every entry of the run."""
        self.shell.open_ledger(self.run_id)

    def action_again(self) -> None:
        """Try once more."""
        self.load()

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.shell.leave()
