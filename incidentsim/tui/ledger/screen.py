"""The record of a run, entry by entry, as it is stored: sound or not, finished or still being written."""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widgets import Static
from textual.worker import get_current_worker

from incidentsim.domain.errors import IncidentsimError
from incidentsim.domain.facts import FactKind
from incidentsim.exports.wording.plain_text import visible
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.tui.base_screen import N_, LocalizedScreen, key
from incidentsim.tui.dialogs.detail import DetailScreen, told
from incidentsim.tui.dialogs.prompts import AskScreen
from incidentsim.tui.ledger.rows import EntryNarrator, entry_details, entry_line
from incidentsim.tui.ledger.verdict import VerdictScreen, summary
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.line_list import Line, LineList
from incidentsim.tui.widgets.sheet import Sheet
from incidentsim.tui.widgets.text import Words

if TYPE_CHECKING:
    from incidentsim.domain.playbook import Playbook
    from incidentsim.domain.scenario import Scenario
    from incidentsim.evidence.findings import Findings
    from incidentsim.ledger.inspecting import InspectedEntry
    from incidentsim.service.records import RecordReader


class LedgerScreen(LocalizedScreen):
    """The entries of a record, each with everything about it; nothing here writes."""

    CSS = """
    LedgerScreen #record { height: 1fr; }
    LedgerScreen.-wide #record { layout: horizontal; }
    LedgerScreen .pane { height: 1fr; }
    LedgerScreen.-wide .pane { height: 100%; }
    LedgerScreen.-wide #pane-entries { width: 66; }
    LedgerScreen.-wide #pane-entry { width: 1fr; }
    LedgerScreen.-narrow .pane { border: none; }
    LedgerScreen.-narrow #pane-entry { border-top: solid $panel; }
    LedgerScreen.-narrow #pane-entry:focus-within { border-top: solid $primary; }
    LedgerScreen #state { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    LedgerScreen #entry { padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("v", "verify", N_("Verify"), id="record.verify",
            tooltip=N_("Recompute everything that can be checked from inside")),
        key("g", "go", N_("Go to"), id="record.go", tooltip=N_("Go to the entry with a number")),
        key("slash", "search", N_("Search"), id="record.search", tooltip=N_("Only entries with some words in them")),
        key("r", "read_on", N_("Read on"), id="record.read_on", tooltip=N_("Read what was added in the meantime")),
        key("escape", "leave", N_("Back"), id="record.leave", tooltip=N_("Back to where one came from")),
    ]  # fmt: skip

    def __init__(self, run: str) -> None:
        """`run` is an id, the beginning of one, or `last`."""
        super().__init__()
        self.run = run
        self._entries: list[InspectedEntry] = []
        self._lines: list[Line] = []
        self._faulty = 0
        self._ended = False
        self._words = ""
        self._found: set[int] | None = None
        self._reader: RecordReader | None = None
        self._documents: tuple[Playbook, Scenario] | None = None
        self._teller: EntryNarrator | None = None
        self._findings: Findings | None = None
        self._trouble = ""
        self._reading = False

    def compose(self) -> ComposeResult:
        """The head, what is known of its state, the entries, and one of them."""
        yield Words(id="head", classes="title")
        yield Words(id="state")
        with Container(id="record"):
            with Container(id="pane-entries", classes="pane"):
                yield LineList(id="entries")
            with Sheet(id="pane-entry", classes="pane"):
                yield Static("", id="entry", markup=False)
        yield KeyLine()

    def help_words(self) -> list[str]:
        """Return the sentences of the help about the record."""
        return [
            _("Every line is one entry of the record: its number, its time, its kind, its hash."),
            _("Each entry names the hash of the one before, so that none can be changed unnoticed."),
        ]

    def on_mount(self) -> None:
        """Begin to read."""
        service = self.shell.attempt(lambda: self.shell.service)
        if service is not None:
            try:
                self._reader = service.records.reader(self.run)
                self.run = self._reader.info.id
            except IncidentsimError as error:
                self._trouble = str(error)
        self._show_all()
        self.query_one(LineList).focus()
        self.action_read_on()

    async def relocalize(self) -> None:
        """Tell everything in another language."""
        at = self.query_one(LineList).name_at_cursor
        await super().relocalize()
        self._lines = [entry_line(entry) for entry in self._entries]
        self._show_all(at)
        self.query_one(LineList).focus()

    def on_resize(self) -> None:
        """Fit the texts to the new width."""
        self.call_after_refresh(self._show_entry)

    def on_refitted(self) -> None:
        """Fit the texts to another width of the pane."""
        self._show_entry()

    def action_read_on(self) -> None:
        """Read what is there and was not read yet."""
        if self._reader is not None and not self._reading:
            self._reading = True
            self._read(self._reader)

    @work(thread=True, group="reading")
    def _read(self, reader: "RecordReader") -> None:
        """Read page by page; what was read can be looked at while the rest comes."""
        worker = get_current_worker()
        service = self.shell.service
        try:
            for page in reader.pages():
                header = page[0].body.header if page[0].body is not None else None
                if header is not None and self._documents is None:
                    try:
                        self._documents = service.records.named_by(reader.info, header)
                    except IncidentsimError as error:
                        self._trouble = str(error)
                if worker.is_cancelled:
                    return
                self.call_later(self._add, page)
        except IncidentsimError as error:
            self._trouble = str(error)
        self.call_later(self._read_all)

    def _read_all(self) -> None:
        self._reading = False
        self._show_all()
        if self._words:  # what came later can change the words for what came before
            self._search(self._words)

    def _add(self, page: "list[InspectedEntry]") -> None:
        """Show a page more. What is shown already is not gone through again."""
        self._entries += page
        self._faulty += sum(bool(entry.faults) for entry in page)
        self._ended |= any(entry.fact is not None and entry.fact.kind is FactKind.EXERCISE_ENDED for entry in page)
        lines = [entry_line(entry) for entry in page]
        self._lines += lines
        if not self.is_attached:
            return
        first = len(self._entries) == len(page)
        if first:
            self._show_all()
        elif self._found is None:  # what is found of this page is shown when all is read
            self.query_one(LineList).extend(lines)
        self._show_head()

    def _show_all(self, at: str | None = None) -> None:
        """Show what was read so far."""
        if not self.is_attached:
            return
        found = self._found
        lines = self._lines if found is None else [self._lines[place] for place in sorted(found)]
        empty = self._trouble or (_("No entry has these words.") if self._words else _("Nothing is on record."))
        self.query_one(LineList).show(lines, empty=empty, at=at)
        self._show_head()
        self._show_entry()

    def _show_head(self) -> None:
        info = self._reader.info if self._reader is not None else None
        count = len(self._entries)
        parts = [
            _("The record of {run}").format(run=self.run),
            info.scenario if info is not None else "",
            ngettext("{n} entry", "{n} entries", count).format(n=count),
        ]
        self.query_one("#head", Words).say(_(" · ").join(part for part in parts if part))
        self.query_one("#state", Words).say(self._state())

    def _state(self) -> str:
        said = []
        if self._words:
            said.append(_("Only with “{words}”").format(words=self._words))
        if self._findings is not None:
            said.append(summary(self._findings))
        elif self._faulty:
            said.append(
                ngettext("✕ Something is wrong with {n} entry", "✕ Something is wrong with {n} entries", self._faulty)
                .format(n=self._faulty)
            )  # fmt: skip
        else:
            said.append(_("Not verified yet"))
        if self._entries and not self._ended:
            said.insert(0, _("Not over yet: the facilitator's view, which tells more than participants may know"))
        return _(" · ").join([*said, self._trouble] if self._trouble and self._entries else said)

    def _told(self, entry: "InspectedEntry") -> EntryNarrator:
        """What tells this entry; while more is being read, one that knows it is good enough."""
        language = self.shell.language
        teller = self._teller
        if teller is None or teller.language != language:
            self._teller = teller = EntryNarrator(self._entries, self._documents, language)
        elif teller.known <= entry.place or (teller.known < len(self._entries) and not self._reading):
            teller.go_on(self._entries)
        return teller

    def _here(self) -> "InspectedEntry | None":
        name = self.query_one(LineList).name_at_cursor
        return self._entries[int(name)] if name is not None else None

    def _show_entry(self) -> None:
        entry = self._here()
        columns = max(self.query_one("#pane-entry").size.width - 4, 20)
        parts = entry_details(entry, self._told(entry)) if entry is not None else []
        self.query_one("#entry", Static).update(told(parts, columns))

    @on(LineList.Moved)
    def _moved(self) -> None:
        self._show_entry()
        pane = self.query_one("#pane-entry")
        if pane.scroll_offset.y:
            pane.scroll_home(animate=False)

    @on(LineList.Chosen)
    def _chosen(self) -> None:
        entry = self._here()
        if entry is not None:
            self.app.push_screen(DetailScreen(f"#{entry.place}", lambda: entry_details(entry, self._told(entry))))

    def action_go(self) -> None:
        """Go to an entry by its number."""

        def place_of(answer: str) -> int | None:
            words = answer.strip().removeprefix("#")
            known = words.isdecimal() and len(words) < 10 and int(words) < len(self._entries)  # noqa: PLR2004 - no longer
            return int(words) if known else None

        def accept(answer: str) -> bool:
            if place_of(answer) is None:
                message = _("There is no entry {words}; they go from 0 to {last}.")
                words = visible(answer.strip().removeprefix("#"))
                self.app.notify(
                    message.format(words=words, last=len(self._entries) - 1), severity="warning", markup=False
                )
            return place_of(answer) is not None

        def take(answer: str | None) -> None:
            place = None if answer is None else place_of(answer)
            if place is not None:
                self._go_to(place)

        self.app.push_screen(AskScreen(lambda: _("To which entry? Its number"), accept=accept), take)

    def _go_to(self, place: int) -> None:
        """Stand on an entry, even if it was not among those searched for."""
        if place >= len(self._entries):
            return
        if self._found is not None and place not in self._found:
            self._words, self._found = "", None
        self._show_all(str(place))

    def action_search(self) -> None:
        """Show only entries with some words in them."""

        def take(words: str | None) -> None:
            if words is None:
                return
            self._words = words.strip()
            if self._words:
                self._search(self._words)
            else:
                self._found = None
                self._show_all()

        self.app.push_screen(AskScreen(lambda: _("Which words? (none: everything)"), self._words), take)

    @work(thread=True, group="searching", exclusive=True)
    def _search(self, words: str) -> None:
        """Look for words in the entries and in the sentences about them."""
        worker = get_current_worker()
        wanted = words.casefold()
        entries = list(self._entries)
        teller = EntryNarrator(entries, self._documents, self.shell.language)
        places = {
            entry.place
            for entry in entries
            if wanted in entry.data.decode("utf-8", "replace").casefold()
            or wanted in entry.hash
            or wanted in teller.sentence(entry).casefold()
        }
        if not worker.is_cancelled:
            self.call_later(self._take_found, words, places)

    def _take_found(self, words: str, places: set[int]) -> None:
        if words == self._words:
            self._found = places
            self._show_all()

    def action_verify(self) -> None:
        """Verify the record."""
        if self._reader is not None:
            self.query_one("#state", Words).say(_("Verifying…"))
            self._verify()

    @work(thread=True, group="verifying", exclusive=True)
    def _verify(self) -> None:
        worker = get_current_worker()
        try:
            findings = self.shell.service.records.verify(self.run)
        except IncidentsimError as error:
            self._trouble = str(error)
            self.call_later(self._show_head)
            return
        if not worker.is_cancelled:
            self.call_later(self._take_verdict, findings)

    def _take_verdict(self, findings: "Findings") -> None:
        self._findings = findings
        if not self.is_attached:
            return
        self._show_head()
        self.app.push_screen(VerdictScreen(findings), lambda seq: self._go_to(seq) if seq is not None else None)

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.workers.cancel_node(self)
        self.shell.leave()
