"""The home: scenarios, runs, playbooks, archetypes, one section each. The frame is there at once, the lists follow."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType

from incidentsim.messages import gettext as _
from incidentsim.tui.base_screen import N_, key
from incidentsim.tui.browser import Browser, browser_css
from incidentsim.tui.home import about as home_about
from incidentsim.tui.home import filter as home_filter
from incidentsim.tui.home import rows as home_shown
from incidentsim.tui.home import run_keeping
from incidentsim.tui.home.loading import Arrived, load
from incidentsim.tui.home.stock import PART_OF, SECTIONS, Stock
from incidentsim.tui.table_opening import take_up
from incidentsim.tui.widgets.line_list import LineList
from incidentsim.tui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from incidentsim.ledger.store import RunInfo


class HomeList(LineList):
    """The list of a section; the footer says that its lines can be opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "choose", N_("Open"), id="home.open", tooltip=N_("Brief, resume, debrief or read what is marked")),
    ]


class HomeScreen(Browser):
    """The first screen: scenarios, unfinished and finished runs, playbooks, archetypes."""

    CSS = browser_css("HomeScreen")
    BINDINGS: ClassVar[list[BindingType]] = [
        key("1", "section(0)", N_("Scenarios"), id="home.scenarios", show=False),
        key("2", "section(1)", N_("Unfinished"), id="home.unfinished", show=False,
            tooltip=N_("Runs that can be gone on with")),
        key("3", "section(2)", N_("Finished"), id="home.finished", show=False,
            tooltip=N_("Runs to be looked back on")),
        key("4", "section(3)", N_("Playbooks"), id="home.playbooks", show=False,
            tooltip=N_("The procedures: tracks, duties, clauses")),
        key("5", "section(4)", N_("New from archetype"), id="home.new", show=False,
            tooltip=N_("Draw a scenario that nobody knows yet")),
        key("slash", "search", N_("Search"), id="home.search",
            tooltip=N_("Scenarios or runs in which some words occur")),
        key("f", "filter", N_("Filter"), id="home.filter",
            tooltip=N_("Narrow down by language, difficulty or length")),
        key("v", "reveal", N_("What it is about"), id="home.reveal",
            tooltip=N_("For the facilitator: level, tags and file of each scenario, or not")),
        key("c,escape", "clear", N_("All"), id="home.clear", tooltip=N_("Show all scenarios or runs again")),
        key("o", "open_file", N_("File…"), id="home.file", tooltip=N_("Open a scenario file by its name")),
        key("e", "export", N_("Export"), id="home.export",
            tooltip=N_("Save a run as a script or report; papers for a scenario")),
        key("i", "improvements", N_("Improvement items"), id="home.improvements",
            tooltip=N_("The corrective actions of all finished runs: owner, due date, state")),
        key("b", "compare", N_("Compare"), id="home.compare",
            tooltip=N_("A finished run beside the earlier runs of its team, and beside bots' plays")),
        key("n", "name", N_("Name it"), id="home.name", tooltip=N_("Give a run a name of its own")),
        key("h", "hide", N_("Hide"), id="home.hide", tooltip=N_("Leave a run out of the lists, or list it again")),
        key("a", "everything", N_("All runs"), id="home.everything", show=False,
            tooltip=N_("Show hidden runs too, and those in which nothing has happened yet")),
        key("delete", "delete", N_("Delete"), id="home.delete", show=False,
            tooltip=N_("Delete a run as a whole, for good; it asks first")),
        key("r", "record", N_("Record"), id="home.record", tooltip=N_("Every entry, its hash, its facts")),
        key("f5", "reload", N_("Reload"), id="home.reload", tooltip=N_("Look for new files and runs"), show=False),
        key("q", "app.quit", N_("Quit"), id="home.quit", show=False,
            tooltip=N_("Nothing is lost: the run goes on where it was")),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._stock = Stock()
        self._filter = home_filter.Filter()
        self._at: dict[str, str] = {}

    @property
    def _section(self) -> str:
        return SECTIONS[self.section]

    def make_list(self) -> LineList:
        """The list, which says in the footer that its lines can be opened."""
        return HomeList(id="list")

    def on_screen_resume(self) -> None:
        """Elsewhere runs may have begun and files may have been made."""
        self.call_after_refresh(self.action_reload)

    def help_words(self) -> list[str]:
        """Return the sentences of the help about the home."""
        return [
            _("Pick a scenario and press Enter: the briefing tells the story so far and asks who you are."),
            _("1 to 5, or a click on a name, go to the sections. Tab goes to the text beside the list and back."),
            _("What a scenario is about is shown once its run is over; v shows it before, to the facilitator."),
            _("Scenarios made from archetypes are kept in your data folder and stand in the list with the others."),
        ]

    # what is loaded

    def action_reload(self) -> None:
        """Look for new files and runs."""
        self.run_worker(lambda: load(self), thread=True, exclusive=True, group="home")

    def on_arrived(self, event: Arrived) -> None:
        """Show a part that has been loaded."""
        self._stock.troubles.pop(event.part, None)
        if event.trouble is not None:
            self._stock.troubles[event.part] = event.trouble
        event.put(self._stock)
        if self.is_mounted:
            self.show()

    # what is shown

    def show(self) -> None:
        """Tell everything anew."""
        section, chosen, stock = self._section, self._filter, self._stock
        self.tell("head", _("incidentsim · practise the procedure before it counts"))
        self.query_one("#tabs", Tabs).tell(home_shown.section_names(), self.section)
        waiting = not stock.has(PART_OF[section])
        empty = home_shown.waiting_words(section) if waiting else home_shown.empty_words(section, stock.sought)
        columns = max((self.listed.size.width or self.size.width) - 4, 20)
        lines = [] if waiting else home_shown.section_lines(stock, section, chosen, self.shell.language, columns)
        self.list_lines(lines, empty, self._at.get(section))
        self.tell("asked", "" if waiting else home_shown.asked_words(stock, section, chosen))
        self.query_one("#notice").display = "runs" in stock.troubles and PART_OF[section] != "runs"
        self.tell("notice", _("✕ The record cannot be opened (press 2 for the reason). You can play without a record."))
        self._show_about()
        self.offer(section, chosen.empty, stock.sought, len(stock.runs_of(section)))

    def _show_about(self) -> None:
        self.tell_about(*self._details(self.listed.name_at_cursor))

    def _details(self, name: str | None) -> home_about.Details:
        shell, revealed = self.shell, self._filter.revealed
        return home_about.details(self._stock, self._section, name, shell.language, revealed=revealed)

    @on(LineList.Moved, "#list")
    def _moved(self, event: LineList.Moved) -> None:
        if event.name is not None:
            self._at[self._section] = event.name
        self.about_from_the_top()
        self._show_about()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """The footer shows what the section offers."""
        match action:
            case "search":
                return self._section == "scenarios" or bool(self._runs_here and self._stock.all_runs_of(self._section))
            case "filter" | "open_file" | "reveal":
                return self._section == "scenarios"
            case "clear" if self._runs_here:
                return bool(self._stock.sought)
            case "clear":
                return self._section == "scenarios" and not self._filter.empty
            case "everything":
                return self._runs_here
            case "improvements" | "compare":
                listed = action == "improvements" or bool(self._stock.runs_of(self._section))
                return self._section == "finished" and listed
            case "record" | "name" | "hide" | "delete":
                return self._runs_here and bool(self._stock.runs_of(self._section))
            case "export":
                runs = self._runs_here and bool(self._stock.runs_of(self._section))
                return runs or self._section == "scenarios"
        return True

    # what can be done

    @property
    def _runs_here(self) -> bool:
        """Whether the section lists runs."""
        return PART_OF[self._section] == "runs"

    @on(LineList.Chosen, "#list")
    def _open(self, event: LineList.Chosen) -> None:
        name = event.name or ""
        self._at[self._section] = name
        match self._section:
            case "scenarios" if (card := self._stock.card(name)) is not None:
                from incidentsim.tui.briefing.screen import BriefingScreen

                self.app.push_screen(BriefingScreen(card.path))
            case "scenarios":
                from incidentsim.tui.dialogs.detail import DetailScreen

                self.app.push_screen(DetailScreen(lambda: self._details(name)[0], lambda: self._details(name)[1]))
            case "unfinished":
                take_up(self.shell, name)
            case "finished":
                from incidentsim.tui.debrief.screen import DebriefScreen

                self.app.push_screen(DebriefScreen(name))
            case "playbooks":
                from incidentsim.tui.playbook.screen import PlaybookScreen

                self.app.push_screen(PlaybookScreen(name))
            case _:
                from incidentsim.tui.new_scenario.screen import NewScreen

                self.app.push_screen(NewScreen(name))

    def action_filter(self) -> None:
        """Ask for a language, a difficulty or a length, as a facilitator for more; choosing it again takes it back."""
        from incidentsim.tui.dialogs.prompts import ChooseScreen

        def take(choice: str | None) -> None:
            if choice is not None:
                self._filter = self._filter.toggled(choice)
                self.show()

        def choices() -> list[tuple[str, str]]:
            return home_filter.choices(self._stock.cards, self._filter)

        self.app.push_screen(ChooseScreen(lambda: _("Which scenarios?"), choices), take)

    def action_search(self) -> None:
        """Ask for words."""
        from incidentsim.tui.dialogs.prompts import AskScreen

        def take(words: str | None) -> None:
            if words is None:
                return
            if self._runs_here:
                self._stock.sought = words.strip()
            else:
                self._filter = replace(self._filter, words=words.strip())
            self.show()

        words = self._stock.sought if self._runs_here else self._filter.words
        self.app.push_screen(AskScreen(lambda: _("Which words? (none: everything)"), words), take)

    def action_clear(self) -> None:
        """Ask for nothing any more."""
        if self._runs_here:
            self._stock.sought = ""
        else:
            self._filter = home_filter.Filter(revealed=self._filter.revealed)
        self.show()

    def action_reveal(self) -> None:
        """Show what scenarios are about, or hide it again."""
        self._filter = self._filter.turned()
        self.show()

    def action_open_file(self) -> None:
        """Open a scenario that stands in no list."""
        from incidentsim.definitions.library.files import read_bytes
        from incidentsim.tui.dialogs.prompts import AskScreen

        def named(answer: str) -> Path:
            return Path(answer.strip()).expanduser()

        def accept(answer: str) -> bool:
            return not answer.strip() or self.shell.attempt(lambda: read_bytes(named(answer))) is not None

        def take(answer: str | None) -> None:
            if answer is not None and answer.strip():
                from incidentsim.tui.briefing.screen import BriefingScreen

                self.app.push_screen(BriefingScreen(named(answer)))

        self.app.push_screen(AskScreen(lambda: _("Which scenario file?"), accept=accept), take)

    def action_export(self) -> None:
        """Save the run at the cursor, or the papers of the scenario there."""
        from incidentsim.tui.dialogs.export_menu import ExportMenu
        from incidentsim.tui.home import papers as home_papers

        name = self.listed.name_at_cursor or ""
        if self._section == "scenarios" and (card := self._stock.card(name)) is not None:
            home_papers.export(self.shell, card)
        elif self._section != "scenarios" and (run := self._stock.run(name)) is not None:
            ExportMenu(self.shell, run.id).offer(lambda: _("Save the run {run} as what?").format(run=run.id))

    def _run_at_cursor(self) -> "RunInfo | None":
        return self._stock.run(self.listed.name_at_cursor or "") if PART_OF[self._section] == "runs" else None

    def action_everything(self) -> None:
        """Show the runs too that lists leave out, or not any more."""
        self._stock.everything = not self._stock.everything
        self.show()

    def action_name(self) -> None:
        """Name the run at the cursor."""
        if (run := self._run_at_cursor()) is not None:
            run_keeping.name(self.shell, run, self._stock.name(run), self.action_reload)

    def action_hide(self) -> None:
        """Leave the run at the cursor out of the lists, or list it again."""
        if (run := self._run_at_cursor()) is not None:
            run_keeping.hide(self.shell, run, hidden=not self._stock.hidden(run), then=self.action_reload)

    def action_delete(self) -> None:
        """Delete the run at the cursor, after asking."""
        if (run := self._run_at_cursor()) is not None:
            run_keeping.delete(self.shell, run, self.action_reload)

    def action_improvements(self) -> None:
        """Open the improvement items of all runs."""
        from incidentsim.tui.improvements.screen import ImprovementsScreen

        self.app.push_screen(ImprovementsScreen())

    def action_compare(self) -> None:
        """Set the run at the cursor beside earlier ones; a fact chosen there is shown in the debrief of its run."""
        from incidentsim.tui.compare.screen import CompareScreen, Place

        def go(place: Place | None) -> None:
            if place is not None:
                from incidentsim.tui.debrief.screen import DebriefScreen

                self.app.push_screen(DebriefScreen(place.run, place.number))

        if (run := self._run_at_cursor()) is not None:
            self.app.push_screen(CompareScreen(run.id), go)

    def action_record(self) -> None:
        """Open the record of the run at the cursor."""
        name = self.listed.name_at_cursor
        if name is not None and self._stock.run(name) is not None:
            from incidentsim.tui.ledger.screen import LedgerScreen

            self.app.push_screen(LedgerScreen(name))
