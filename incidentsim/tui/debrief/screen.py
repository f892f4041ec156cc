"""The debrief: what a run came to, part by part, each statement with the facts it rests on."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widgets import Static

from incidentsim.messages import gettext as _
from incidentsim.session.log_filters import FILTERS
from incidentsim.tui.base_screen import N_, LocalizedScreen, key
from incidentsim.tui.debrief.data import Debrief, LogFilter
from incidentsim.tui.debrief.evidence import Parts
from incidentsim.tui.debrief.loading import Evaluated, LookedAround, Unreadable, evaluate
from incidentsim.tui.debrief.panes import AboutPane, PartsPane
from incidentsim.tui.debrief.parts import LOG, PARTS, PICTURE, RATINGS, SHORT, head_words
from incidentsim.tui.debrief.rate import Draft, RateScreen
from incidentsim.tui.debrief.tellers import PartTeller
from incidentsim.tui.debrief.timeline.drawing import legend
from incidentsim.tui.dialogs.detail import DetailScreen, told
from incidentsim.tui.dialogs.export_menu import ExportMenu
from incidentsim.tui.dialogs.prompts import AskScreen
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.line_list import LineList
from incidentsim.tui.widgets.tabs import Tabs
from incidentsim.tui.widgets.text import Words

if TYPE_CHECKING:
    from textual.events import Resize

    from incidentsim.service.evaluations import EvaluatedView

_MOST_BESIDE: Final = 100
"""So many things that somebody did are told beside the picture; all of them where there is room to read."""
_MARGIN: Final = 4
"""Columns that a list keeps for its cursor, its scroll bar and the border beside it."""


class DebriefScreen(LocalizedScreen):
    """The screen that shows the evaluation of a finished run, in seven parts."""

    CSS = """
    DebriefScreen #body { layout: horizontal; height: 1fr; }
    DebriefScreen #parts { width: 3fr; height: 100%; }
    DebriefScreen #state { height: auto; padding: 0 2; display: none; }
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
        key("w", "hot_wash", N_("Hot wash"), id="debrief.hotwash",
            tooltip=N_("Questions, answers, votes and improvement items, on record")),
        key("b", "compare", N_("Compare"), id="debrief.compare",
            tooltip=N_("Beside the earlier runs of the team, and beside bots' plays")),
        key("l", "ledger", N_("Record"), id="debrief.record", tooltip=N_("Every entry, its hash, its facts")),
        key("a", "again", N_("Again"), id="debrief.again", tooltip=N_("Try once more to read the run")),
        key("escape", "leave", N_("Back"), id="debrief.back"),
    ]  # fmt: skip

    def __init__(self, run: str, fact: int | None = None) -> None:
        """Look at the run of this id; at the log first where a `fact` is named, by its number."""
        super().__init__()
        self.run_id = run
        self.here = SHORT
        self.trouble = ""
        self.drafts: dict[str, Draft] = {}
        self.log_filter = LogFilter()
        self._teller: PartTeller | None = None
        self._changed = False
        self._fact = fact

    @property
    def teller(self) -> PartTeller | None:
        """Tells the run in the language spoken; `None` while it is being evaluated, or cannot be."""
        teller = self._teller
        if teller is not None and teller.debrief.teller.language != self.shell.language:
            debrief = Debrief(self.run_id, teller.debrief.evaluated, self.shell.language)
            teller = self._teller = PartTeller(debrief, teller.around)
        return teller

    @property
    def evaluated(self) -> "EvaluatedView | None":
        """The run with its evaluation, once that is there."""
        return self._teller.debrief.evaluated if self._teller is not None else None

    @property
    def parts(self) -> PartsPane:
        """The lists of the parts."""
        return self.query_one(PartsPane)

    @property
    def here_list(self) -> LineList:
        """The list of the part in view."""
        return self.parts.in_view

    def compose(self) -> ComposeResult:
        """The head, the names of the parts, the part in view, and what it says of the line at the cursor."""
        yield Words(id="head", classes="title")
        yield Tabs(id="tabs")
        yield Static("", id="state", markup=False)
        with Container(id="body"):
            yield PartsPane(id="parts")
            yield AboutPane(id="about-pane")
        yield KeyLine()

    def load(self) -> None:
        """Evaluate the run in another thread; what is shown already stays until then."""
        self.trouble = ""
        self.run_worker(partial(evaluate, self, self.run_id), thread=True, exclusive=True, group="debrief")
        self.show_debrief()

    @on(Unreadable)
    def _unreadable(self, event: Unreadable) -> None:
        self.trouble, self._teller = event.sentence, None
        self.show_debrief()

    @on(Evaluated)
    def _evaluated(self, event: Evaluated) -> None:
        first = self._teller is None
        self.run_id = event.debrief.run
        self._teller = PartTeller(event.debrief, None)
        self.show_debrief()
        if first:
            self.to_part(self.here)
            if self._fact is not None:
                self._to_fact(self._fact)

    @on(LookedAround)
    def _looked_around(self, event: LookedAround) -> None:
        if self._teller is not None:
            self._teller.around = event.around
        self.show_debrief()

    def to_part(self, number: int) -> None:
        """Bring a part into view."""
        self.here = number
        self.show_debrief()
        self.here_list.focus()

    def _to_fact(self, number: int) -> None:
        """Bring a fact into view, in the whole log."""
        self.log_filter = LogFilter()
        self.to_part(LOG)
        self.here_list.show(self.here_list.lines, at=str(number))

    def show_debrief(self) -> None:
        """Show what there is."""
        if not self.is_mounted:
            return
        teller = self.teller
        self.query_one("#head", Words).say(head_words(self.run_id, teller.debrief if teller is not None else None))
        self.set_class(teller is None, "-waiting")
        waiting = _("The run is being evaluated …")
        state = told(
            [(_("This run cannot be shown."), self.trouble)] if self.trouble else [("", waiting)], self._width()
        )
        self.query_one("#state", Static).update(state)
        self.query_one(Tabs).tell([_(title) for _name, title in PARTS], self.here)
        self.parts.bring(self.here)
        self.set_class(self.here == PICTURE, "-picture")
        self.set_class(self.here == LOG, "-log")
        self.show_part()
        self.refresh_bindings()

    def show_part(self) -> None:
        """Show the part in view."""
        if (teller := self.teller) is not None:
            self.parts.fill(teller.lines(self.here, self._columns(), self.log_filter))
            self.show_about()

    def show_about(self) -> None:
        """Show what the line at the cursor rests on, where there is room beside the list."""
        columns = max(self._width() - _MARGIN if self.here == PICTURE else self._width() * 2 // 5 - _MARGIN, 20)
        self.query_one(AboutPane).tell(self._about(_MOST_BESIDE), columns)

    def _about(self, most: int | None = None) -> Parts:
        teller, name = self.teller, self.parts.name_at_cursor
        return teller.about(self.here, name, most) if teller is not None and name is not None else []

    def _width(self) -> int:
        return max(self.size.width, 20)

    def _columns(self) -> int:
        """How wide the lines of the part in view may be."""
        if self.here == PICTURE or self.has_class("-narrow"):
            return self._width() - _MARGIN
        return self._width() * 3 // 5 - _MARGIN

    def on_mount(self) -> None:
        """Begin to evaluate, and say so meanwhile."""
        self.show_debrief()
        self.load()

    def on_screen_resume(self) -> None:
        """Take the keys to the part in view; after a hot wash there is more on record."""
        if self.is_mounted and self._teller is not None:
            self.here_list.focus()
        if self._changed:
            self._changed = False
            self.load()

    def on_resize(self, _event: "Resize") -> None:
        """Fit to the new size."""
        if self.is_mounted:
            self.call_after_refresh(self.show_debrief)

    async def relocalize(self) -> None:
        """Show everything in another language; the cursors stay where they are."""
        places = self.parts.places()
        await super().relocalize()
        self.parts.put_back(places)
        self.show_debrief()
        if self.trouble:
            self.load()  # so that it is told in the other language

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether an action can be done now, by the part in view and once the run is evaluated."""
        if action == "again":
            return bool(self.trouble)
        if action in {"part", "next_part", "look", "export", "hot_wash", "compare"}:
            return self._teller is not None
        if action == "rate":
            return self._teller is not None and self.here == RATINGS
        if action in {"filter", "search"}:
            return self._teller is not None and self.here == LOG
        return super().check_action(action, parameters)

    def help_words(self) -> list[str]:
        """Return the sentences of the help about the debrief, and the legend where the timeline is in view."""
        found = [
            _("What the run came to, in seven parts; 1 to 7 or Tab go from one to another."),
            _("Enter shows what a line rests on: the facts, with time and clause."),
        ]
        return [*found, *legend()] if self.here == PICTURE else found

    def action_part(self, number: int) -> None:
        """Go to a part."""
        self.to_part(number)

    def action_next_part(self, by: int) -> None:
        """Go to the next part, or the one before."""
        self.to_part((self.here + by) % len(PARTS))

    def on_tabs_picked(self, event: Tabs.Picked) -> None:
        """A name was clicked on."""
        self.to_part(event.number)

    @on(PartsPane.Moved)
    def _moved(self) -> None:
        self.show_about()

    @on(PartsPane.Chosen)
    def _chosen(self) -> None:
        self.action_look()

    def action_look(self) -> None:
        """Show what the line at the cursor rests on, with room to read."""
        if self._about():
            title = PARTS[self.here][1]
            self.app.push_screen(DetailScreen(lambda: _(title), self._about))

    def action_rate(self) -> None:
        """Set another rating for the task at the cursor."""
        kind, _slash, task = (self.parts.name_at_cursor or "").partition("/")
        if kind != "task" or self.teller is None:
            self.shell.say(_("Choose a task, not an objective: an objective is rated as its worst task."))
            return

        def title() -> str:
            return self.teller.debrief.teller.names.task(task) if self.teller is not None else task

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
        following = FILTERS[(FILTERS.index(self.log_filter.kind) + 1) % len(FILTERS)]
        self.log_filter = replace(self.log_filter, kind=following)
        self.show_part()

    def action_search(self) -> None:
        """Ask for words, and show the facts that hold them; nothing typed shows all again."""

        def take(answer: str | None) -> None:
            if answer is not None:
                self.log_filter = replace(self.log_filter, words=answer.strip())
                self.show_part()

        self.app.push_screen(
            AskScreen(lambda: _("Show only lines with these words (empty: all)"), self.log_filter.words), take
        )

    def action_export(self) -> None:
        """Write the debrief to files."""
        if self.teller is not None:
            ExportMenu(self.shell, self.run_id).offer(lambda: _("What is to be exported?"))

    def action_ledger(self) -> None:
        """Every entry of the run."""
        from incidentsim.tui.ledger.screen import LedgerScreen

        self.app.push_screen(LedgerScreen(self.run_id))

    def action_hot_wash(self) -> None:
        """Hold the hot wash of the run, or go on with it."""
        from incidentsim.tui.hotwash.screen import HotWashScreen

        self._changed = True
        self.app.push_screen(HotWashScreen(self.run_id))

    def action_compare(self) -> None:
        """Set the run beside earlier ones, or beside bots' plays; a fact chosen there is shown in its log."""
        from incidentsim.tui.compare.screen import CompareScreen, Place

        def go(place: Place | None) -> None:
            if place is not None and place.run == self.run_id:
                self._to_fact(place.number)
            elif place is not None:
                self.app.push_screen(DebriefScreen(place.run, place.number))

        self.app.push_screen(CompareScreen(self.run_id), go)

    def action_again(self) -> None:
        """Try once more."""
        self.load()

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.shell.leave()
