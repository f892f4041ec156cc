"""A run beside the earlier runs of its team, or beside bots' plays: errors, ratings and measures, and why."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual import on
from textual.binding import BindingType

from incidentsim.exports.wording.beside.sheets import Part, SheetRow, part_words
from incidentsim.exports.wording.names import Names
from incidentsim.messages import gettext as _
from incidentsim.tui.base_screen import N_, key
from incidentsim.tui.browser import Browser, browser_css
from incidentsim.tui.compare.loading import (
    Compared,
    Ended,
    Found,
    Progressed,
    let_bots_play,
    look_for_earlier,
    set_beside,
)
from incidentsim.tui.compare.rows import RUN, about_row, about_run, earlier_lines, section_lines
from incidentsim.tui.dialogs.detail import DetailScreen
from incidentsim.tui.widgets.line_list import LineList
from incidentsim.tui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from incidentsim.domain.text import Language
    from incidentsim.exports.wording.beside.sheets import Sheet

PARTS: Final = tuple(Part)
EARLIER: Final = len(PARTS)
"""The section with the earlier runs, after those of the sheet."""
_NARROWEST: Final = 20
_MARGIN: Final = 4


class Place(NamedTuple):
    """A fact of a run, to which somebody wants to go."""

    run: str
    number: int


class CompareList(LineList):
    """The list of a section; the footer says what Enter does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "choose", N_("Look, choose"), id="compare.choose",
            tooltip=N_("What the line rests on; among earlier runs, compare with that one")),
    ]  # fmt: skip


class CompareScreen(Browser):
    """Answers with the `Place` to which somebody wants to go, or with nothing."""

    CSS = browser_css("CompareScreen")
    BINDINGS: ClassVar[list[BindingType]] = [
        key("1", "section(0)", N_("In short"), id="compare.short", show=False),
        key("2", "section(1)", N_("Errors"), id="compare.errors", show=False),
        key("3", "section(2)", N_("Ratings"), id="compare.ratings", show=False),
        key("4", "section(3)", N_("Measured"), id="compare.measured", show=False),
        key("5,o", "section(4)", N_("Other run"), id="compare.earlier",
            tooltip=N_("The earlier runs: whose they were, what is left out; Enter compares with one")),
        key("b", "bots", N_("Bots"), id="compare.bots",
            tooltip=N_("Beside bots' plays of the scenario, or beside the earlier run again")),
        key("a", "every", N_("All lines"), id="compare.every", tooltip=N_("Show what is alike, too, or not any more")),
        key("t", "to_fact", N_("To the fact"), id="compare.fact", tooltip=N_("Go to the first fact in the run's log")),
        key("u", "to_then", N_("In the earlier run"), id="compare.then",
            tooltip=N_("Go to the first fact in the earlier run's log")),
        key("x", "stop", N_("Stop"), id="compare.stop", tooltip=N_("Stop looking for runs, or the bots' plays")),
        key("escape", "leave", N_("Back"), id="compare.back"),
    ]  # fmt: skip

    def __init__(self, run: str) -> None:
        """The run of this id; it is evaluated when the screen has been shown."""
        super().__init__()
        self._run = run
        self._compared: Compared | None = None
        self._bots = False
        self._every = False
        self._stopped = False
        self._working: dict[bool, tuple[int, int] | None] = {}
        self._troubles: dict[bool, str] = {}
        self._at: dict[tuple[int, bool], str] = {}
        self._sheets: dict[tuple[bool, Language, str], Sheet] = {}

    def make_list(self) -> LineList:
        """The list, which says in the footer what Enter does."""
        return CompareList(id="list")

    def on_mount(self) -> None:
        """Show the frame, and begin to look."""
        super().on_mount()
        self._begin(plays=False)
        self.run_worker(partial(look_for_earlier, self, self._run, self._enough), thread=True, group="compare")

    def _enough(self) -> bool:
        return self._stopped

    def _begin(self, *, plays: bool) -> None:
        self._stopped = False
        self._troubles.pop(plays, None)
        self._working[plays] = None
        self.show()

    @on(Found)
    def _has_come(self, event: Found) -> None:
        if event.now is not None:
            self._compared = Compared(event.now)
        elif self._compared is not None:
            compared = self._compared
            self._compared = replace(
                compared,
                runs=event.runs or compared.runs,
                beside=event.beside or compared.beside,
                plays=event.plays or compared.plays,
            )
            if event.runs is not None and event.runs.proposed is None and self.section != EARLIER and not self._bots:
                self.section = EARLIER
        self.show()

    @on(Progressed)
    def _progressed(self, event: Progressed) -> None:
        self._working[event.plays] = (event.done, event.of)
        self._tell_state()

    @on(Ended)
    def _ended(self, event: Ended) -> None:
        self._working.pop(event.plays, None)
        if event.trouble:
            self._troubles[event.plays] = event.trouble
        elif event.stopped:
            self._troubles[event.plays] = _("It was stopped.")
        self.show()

    def help_words(self) -> list[str]:
        """Return the sentences of the help about comparing."""
        return [
            _("The run beside an earlier one of the same team: what came back, what is gone, what is new."),
            _("5 lists the earlier runs and says by what the team is known; Enter compares with that run."),
            _("b sets the run beside bots' plays of its scenario: medians and ranges of so many plays, no chances."),
            _("What bots did stands apart and dimmed. ✓ is better, ✗ is worse; the words say so, too."),
        ]

    # what is shown

    @property
    def _sheet(self) -> "Sheet | None":
        compared, language = self._compared, self.shell.language
        if compared is None:
            return None
        beside = compared.plays if self._bots else compared.beside
        if beside is None:
            return None
        name = "" if self._bots or compared.beside is None else compared.beside.earlier.run
        kept = (self._bots, language, name)
        if kept not in self._sheets:
            if self._bots and compared.plays is not None:
                self._sheets[kept] = compared.plays.sheet(language)
            elif compared.beside is not None and compared.runs is not None:
                self._sheets[kept] = compared.beside.sheet(compared.runs, language)
        return self._sheets.get(kept)

    @property
    def _rows(self) -> Sequence[SheetRow]:
        sheet = self._sheet
        return sheet.section(PARTS[self.section]).rows if sheet is not None and self.section != EARLIER else ()

    @property
    def _row(self) -> SheetRow | None:
        name = self.listed.name_at_cursor if self.stands("list") else None
        return next((row for row in self._rows if row.name == name), None)

    def show(self) -> None:
        """Tell everything anew."""
        sheet = self._sheet
        title = sheet.title if sheet is not None else _("Beside the bots' forecast") if self._bots else _("Compare")
        self.tell("head", _("Run {run}").format(run=self._run) + _(" · ") + title)
        self.query_one("#tabs", Tabs).tell([*map(part_words, PARTS), _("Earlier runs")], self.section)
        columns = max((self.listed.size.width or self.size.width) - _MARGIN, _NARROWEST)
        here = (self.section, self._bots)
        if self.section == EARLIER:
            runs = self._compared.runs if self._compared is not None else None
            chosen = self._compared.beside.earlier.run if self._compared is not None and self._compared.beside else ""
            self.list_lines(earlier_lines(runs, chosen, columns) if runs else [], self._state(), self._at.get(here))
        elif sheet is None:
            self.list_lines([], self._state() or _("There is no earlier run to compare with; b asks the bots."), None)
        else:
            section = sheet.section(PARTS[self.section])
            self.list_lines(section_lines(section, columns, every=self._every), section.empty, self._at.get(here))
        self._tell_state()
        self._show_about()
        self.offer(self.section, self._bots, sheet is None, bool(self._working), self._row is None)

    def _state(self) -> str:
        """What is under way, or what is wrong; empty where neither is."""
        plays = self._bots and self.section != EARLIER
        if plays in self._working:
            done = self._working[plays]
            words = _("Bots are playing …") if plays else _("Earlier runs are being looked at …")
            if done is not None:
                words = _("{what} {done} of {of}").format(what=words, done=done[0], of=done[1])
            return _("{what} x stops it.").format(what=words)
        return self._troubles.get(plays, "")

    def _tell_state(self) -> None:
        if self.stands("asked"):
            sheet = self._sheet
            notes = sheet.section(PARTS[self.section]).notes if sheet is not None and self.section != EARLIER else ()
            self.tell("asked", self._state() or " ".join(notes))

    def _show_about(self) -> None:
        row, compared = self._row, self._compared
        if row is not None:
            self.tell_about(*about_row(row))
            return
        name = self.listed.name_at_cursor or ""
        runs = compared.runs.runs if compared is not None and compared.runs is not None else ()
        run = next((run for run in runs if f"{RUN}{run.run}" == name), None)
        if run is None or compared is None or self.section != EARLIER:
            self.tell_about("", [])
            return
        view = compared.now.view
        self.tell_about(*about_run(run, Names(view.playbook, view.scenario, self.shell.language)))

    @on(LineList.Moved, "#list")
    def _moved(self, event: LineList.Moved) -> None:
        if event.name is not None:
            self._at[self.section, self._bots] = event.name
        self.about_from_the_top()
        self._show_about()
        self.offer(self.section, self._bots, self._sheet is None, bool(self._working), self._row is None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The footer shows what can be done in the section, and at the line."""
        match action:
            case "stop":
                return bool(self._working)
            case "bots":
                return self._compared is not None
            case "every":
                return any(row.same for row in self._rows)
            case "to_fact":
                return self._row is not None and bool(self._row.facts)
            case "to_then":
                return self._row is not None and bool(self._row.facts_then)
            case _:
                return super().check_action(action, parameters)

    # what can be done

    @on(LineList.Chosen, "#list")
    def _chosen(self, event: LineList.Chosen) -> None:
        name, compared = event.name or "", self._compared
        if name == "alike":
            self.action_every()
        elif self.section == EARLIER and compared is not None and compared.runs is not None:
            chosen = next((run for run in compared.runs.runs if f"{RUN}{run.run}" == name), None)
            if chosen is not None:
                self._bots, self.section = False, 0
                self._begin(plays=False)
                work = partial(set_beside, self, compared.now, chosen)
                self.run_worker(work, thread=True, exclusive=True, group="compare")
        elif self._row is not None:
            self.app.push_screen(DetailScreen(self._detail_title, self._details))

    def _detail_title(self) -> str:
        row = self._row
        return about_row(row)[0] if row is not None else ""

    def _details(self) -> Sequence[tuple[str, str]]:
        row = self._row
        return row.about if row is not None else ()

    def action_bots(self) -> None:
        """Beside bots' plays, which are made when they are first asked for; or beside the earlier run again."""
        compared = self._compared
        if compared is None:
            return
        self._bots = not self._bots
        self.section = 0 if self.section == EARLIER else self.section
        if self._bots and compared.plays is None and True not in self._working:
            self._begin(plays=True)
            work = partial(let_bots_play, self, self._run, compared.now, self._enough)
            self.run_worker(work, thread=True, exclusive=True, group="plays")
        self.show()
        self.about_from_the_top()

    def action_every(self) -> None:
        """Show what is alike, too, or not any more."""
        self._every = not self._every
        self.show()

    def action_stop(self) -> None:
        """Stop what is under way."""
        self._stopped = True

    def action_to_fact(self) -> None:
        """Go to the first fact of the line in the log of the run."""
        if (row := self._row) is not None and row.facts and self._compared is not None:
            self.dismiss(Place(self._compared.now.view.report.run or self._run, row.facts[0]))

    def action_to_then(self) -> None:
        """Go to the first fact of the line in the log of the earlier run."""
        compared = self._compared
        if (row := self._row) is not None and row.facts_then and compared is not None and compared.beside is not None:
            self.dismiss(Place(compared.beside.earlier.run, row.facts_then[0]))

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)
