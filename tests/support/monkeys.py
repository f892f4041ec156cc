"""Monkeys at the keyboard: they press, type, paste, click and resize, and whatever they do, the screen must be right.

A move is drawn without knowing the screen, so that a failing example can be made smaller; which key it is, or where it
clicks, is decided against the screen it meets. Now and then fingers that know the way play on, so that runs get far.
"""

import os
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from hypothesis import strategies as st
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea
from textual.widgets._toast import Toast

from incidentsim.domain.errors import SurroundingsError
from incidentsim.ledger.chain import Head
from incidentsim.ledger.entry import Entry
from incidentsim.ledger.memory import MemoryStore
from incidentsim.ledger.reading import read_run
from incidentsim.ledger.sealing import TextRecord
from incidentsim.ledger.store import PATIENCE, Deletions
from incidentsim.service import Service
from incidentsim.session import views as table
from incidentsim.session.local_seat import LocalSeat
from incidentsim.session.session import Session
from incidentsim.session.views import at_keyboard
from incidentsim.session.workspace import Workspace
from incidentsim.tui.action_form.screen import FormScreen
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.console.screen import ConsoleScreen
from incidentsim.tui.table.log_pane import LogPane
from incidentsim.tui.table.phase_track import PhaseTrack
from incidentsim.tui.table.screen import TableScreen
from incidentsim.tui.table_opening import take_up
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.line_list import LineList
from tests.support.at_the_table import session_of
from tests.support.fingers import Fingers, StuckError
from tests.support.keyboard import Keyboard, running
from tests.support.screens import app_on

Sort = Literal["own key", "any key", "type", "paste", "click", "resize", "language", "theme", "tick", "play", "full"]
SORTS: Final[tuple[Sort, ...]] = (
    *("own key",) * 8,
    *("any key",) * 6,
    *("type",) * 2,
    "paste",
    *("click",) * 4,
    "resize",
    "language",
    "theme",
    "tick",
    *("play",) * 3,
    "full",
)
"""A move presses a key that the screen offers, or any key; types or pastes words; clicks; changes the window's size,
the language or the theme; lets half a second pass at a live table; lets fingers that know the way take a turn; or the
disk is full the next time that something is to be recorded.
"""

ANY_KEYS: Final = (
    *("tab", "shift+tab", "up", "down", "left", "right", "enter", "space", "escape", "home", "end", "pageup"),
    *("pagedown", "backspace", "delete", "ctrl+s", "f2", "question_mark", "ctrl+a", "ctrl+z", "ctrl+k", "ctrl+x"),
    *("ctrl+p", "slash", "plus", "minus", "exclamation_mark", "f1"),
    *"abcdefghijklmnopqrstuvwxyz0123456789中é[",
)
ENDING: Final = frozenset({"quit", "app.quit", "suspend_process"})
"""What a monkey must not do, or its turn is over."""
SIZES: Final = ((80, 24), (160, 50), (79, 23), (40, 12), (120, 30), (20, 8), (200, 60), (81, 50), (1, 1))
WORDS: Final = (
    "7",
    "60",
    "words",
    "[b]bold[/b] [/] [red",
    "范围：一家商户",
    "الخط \u202eright to left\u202c",
    "\x1b[31mred\x1b[0m \x07 \x00",
    "e\u0301" * 40,
    "👩‍👩‍👧‍👦 family",
    "two\nlines\r\nthree",
    "x" * 10_000,
    "字" * 3_000,
    " ",
    "{name} %s \\N{DASH}",
    "'; DROP TABLE entries; --",
)


@dataclass(frozen=True)
class Move:
    """Something to do; `choice` is taken apart into whatever has to be chosen."""

    sort: Sort
    choice: int


MOVES: Final = st.builds(Move, st.sampled_from(SORTS), st.integers(0, 2**24))


class MoodyStore(MemoryStore):
    """A store whose disk is full just once, if it is told so."""

    def __init__(self) -> None:
        super().__init__()
        self.full = False

    @contextmanager
    def writer(  # type: ignore[override]  # wraps the other's
        self, run_id: str, *, patience: float = PATIENCE
    ) -> Iterator["_MoodyWriter"]:
        """Open a run for appending, until the context ends."""
        with super().writer(run_id, patience=patience) as writer:
            yield _MoodyWriter(self, writer)


class _MoodyWriter:
    def __init__(self, store: MoodyStore, writer: Any) -> None:
        self._store = store
        self._writer = writer

    def head(self) -> Head:
        found: Head = self._writer.head()
        return found

    def append(self, entries: Sequence[Entry], texts: Sequence[TextRecord] = ()) -> Head:
        if self._store.full:
            self._store.full = False
            raise SurroundingsError("The disk is full.")
        found: Head = self._writer.append(entries, texts)
        return found

    def remove(self) -> None:
        self._writer.remove()

    def erase(self, entries: Sequence[Entry], deletions: Deletions) -> Head:
        found: Head = self._writer.erase(entries, deletions)
        return found


class Monkey:
    """One monkey at one keyboard, and somebody who looks over its shoulder."""

    def __init__(self, keyboard: Keyboard, observer: Keyboard, service: Service, store: MoodyStore) -> None:
        self.keys = keyboard
        self.observer = observer
        self.service = service
        self.store = store
        self.known: dict[str, int] = {}
        self.run: str | None = None
        self.gone = False

    @property
    def app(self) -> IncidentSim:
        return self.keys.app

    async def do(self, move: Move) -> None:
        """Make a move, then see that all is well."""
        if move.sort == "full":
            self.store.full = True
        else:
            await self._act(move.sort, move.choice)
        if not self.app.is_running:
            assert not self.app.return_code, "it broke off"
            self.gone = True
            return
        self.app.clear_notifications()
        await self.keys.settle()
        self.look()

    async def _act(self, sort: Sort, number: int) -> None:
        """Use keyboard, mouse or window."""
        match sort:
            case "own key":
                if keys := self._own_keys():
                    await self.keys.press(keys[number % len(keys)])
            case "any key":
                await self.keys.press(ANY_KEYS[number % len(ANY_KEYS)])
            case "type":
                await self.keys.type(_settled(WORDS[number % len(WORDS)])[:8])
            case "paste":
                await self.keys.paste(WORDS[number % len(WORDS)])
            case "click":
                width, height = self.app.size
                await self.keys.click(number % max(width, 1), number // 256 % max(height, 1))
            case "resize":
                await self._resize(*SIZES[number % len(SIZES)])
            case "language" | "theme":
                await self.keys.press("ctrl+l" if sort == "language" else "ctrl+t")
            case "tick":
                await self._tick(1 + number % 20)
            case _:
                await self._play(1 + number % 6)

    def _own_keys(self) -> list[str]:
        """The keys that the screen offers, but those that end the program."""
        found = self.app.screen.active_bindings.items()
        return sorted(name for name, one in found if one.enabled and one.binding.action not in ENDING)

    async def _tick(self, times: int) -> None:
        """Let time pass at the table."""
        if isinstance(self.app.screen, TableScreen):
            for _one in range(times):
                self.app.screen._tick()
            await self.keys.settle()

    async def _resize(self, width: int, height: int) -> None:
        """Another size; what was typed stays where it is."""
        before = typed(self.app.screen)
        await self.keys.resize(width, height)
        assert typed(self.app.screen) == before

    async def _play(self, turns: int) -> None:
        """Somebody who knows the way takes the keyboard for a while: back to the table first."""
        if not await self.back_to_the_table():
            return
        self.store.full = False
        if min(self.app.size) < 10:
            await self.keys.resize(80, 24)
        fingers = Fingers(self.keys)
        for _turn in range(turns):
            if fingers.session.ended or not fingers.session.people or fingers.session._broken:
                return
            try:
                await fingers.turn()
            except StuckError:
                return  # monkeys lead where no expert would be

    async def back_to_the_table(self) -> bool:
        """Leave whatever stands before the table; take the run up again where even the table was left."""
        for _one in range(20):
            screen = self.app.screen
            if isinstance(screen, TableScreen):
                return True
            if not any(isinstance(one, TableScreen) for one in self.app.screen_stack):
                break
            await self.keys.press("escape")
        if self.run is None or self.service.records.show(self.run).finished:
            return False
        if any(isinstance(one, TableScreen) for one in self.app.screen_stack):
            raise AssertionError(f"Escape does not lead back to the table: {self.app.screen_stack}")
        take_up(self.app, self.run)
        await self.keys.settle()
        await Fingers(self.keys).uncover()
        return isinstance(self.app.screen, TableScreen)

    def look(self) -> None:
        """What must hold after every move, cheaply."""
        for screen in self.app.screen_stack:
            if isinstance(screen, TableScreen | ConsoleScreen) and session_of(screen).run is not None:
                self._on_record(session_of(screen))
        match self.app.screen:
            case FormScreen() as form:
                look_at_form(form)
            case TableScreen() as at:
                self.run = at.view.run
                look_at_table(at)

    def _on_record(self, session: Session) -> None:
        """Everything that counts for the screens is on record, and nothing ever goes away again."""
        run = session.run or ""
        entries = self.store.find(run).entries
        shown = len(session.facts)
        assert shown <= entries, "facts are shown that are not on record"
        assert shown == entries or session._broken, "there is more on record than is shown"
        assert entries >= self.known.get(run, 0), "the record has become shorter"
        self.known[run] = entries

    async def look_closely(self) -> None:
        """The facts on screen are those on record, and the screen is as a fresh one shows the record."""
        at = self.app.screen
        if not isinstance(at, TableScreen | ConsoleScreen) or session_of(at).run is None:
            return
        session = session_of(at)
        recorded = self.service.records.show(session.run or "")
        assert [fact.to_json() for fact in recorded.facts[: len(session.facts)]] == [
            fact.to_json() for fact in session.facts
        ]
        if isinstance(at, TableScreen) and not session._broken and min(self.app.size) >= 8:
            await self._compare(at)

    async def _compare(self, at: TableScreen) -> None:
        """Show the record on another screen, by an application that knows nothing of what went on in this one."""
        seat = _Onlooker(observing(self.service, session_of(at)))
        seat.set_pacing(at.view.pacing)
        other = TableScreen(seat)
        other._panes.here = at._panes.here
        observer = self.observer
        with observer.app._context():
            observer.app.theme = self.app.theme
            observer.app.language = self.app.language
            if observer.app.size != self.app.size:
                await observer.resize(*self.app.size)
            observer.app.push_screen(other)
            await observer.settle()
            log, shown = other.query_one(LogPane), at.query_one(LogPane)
            log.filter, log.search = shown.filter, shown.search
            if (incident := at.view.incident) is not None:
                seat.turn_to(incident)
            other.show_table()
            await observer.settle()
            expected = seen(other)
            if expected["inbox cursor"] != seen(at)["inbox cursor"]:
                expected |= {name: seen(at)[name] for name in ("inbox cursor", "message") if name in seen(at)}
            observer.app.pop_screen()
            await observer.settle()
        now = seen(at)
        left_behind = {"news"}  # what a moment leaves behind
        if len(shown.query_one("#log", LineList).lines) > shown._seen:
            left_behind.add("filter")  # it tells how many lines came while somebody read further up
        for name in left_behind:
            now.pop(name, None)
            expected.pop(name, None)
        wrong = {name: (now.get(name), expected.get(name)) for name in sorted({*now, *expected})}
        wrong = {name: pair for name, pair in wrong.items() if pair[0] != pair[1]}
        assert not wrong, f"shown, and expected: {wrong}"


class _Onlooker(LocalSeat):
    """A seat from which nobody reads: its screen has the inbox in focus even where the other's has lost it."""

    def mark_read(self, numbers: Iterable[int]) -> None:
        """Leave everything as unread as it is."""


def observing(service: Service, session: Session) -> Session:
    """The same run read from its record, at the same time of the exercise; for looking only."""
    course = service._context.taken_up(read_run(service._context.store, service._context.store.find(session.run or "")))
    workspace = Workspace(None, None)
    workspace._things = service._context.store.desk(session.run or "")
    found = Session(session.run, course, None, workspace, lambda: None)
    found._now = session.now
    return found


def seen(screen: TableScreen) -> dict[str, Any]:
    """What a table shows, part by part: lines with what they stand for, and texts."""
    found: dict[str, Any] = {"inbox cursor": screen.query_one("#inbox", LineList).name_at_cursor}
    for widget in screen.walk_children(Widget):
        if widget.id is None or widget.id.startswith("--") or isinstance(widget, Toast | KeyLine) or not widget.size:
            continue
        match widget:
            case LineList():
                found[widget.id] = [(one.name, "".join(piece.text for piece in one.pieces)) for one in widget.lines]
            case PhaseTrack():
                found[widget.id] = widget.told
            case Static():
                found[widget.id] = str(widget.visual)
        found[f"title of {widget.id}"] = str(widget.border_title or "")
    assert {"tracks", "head"} <= set(found)
    return found


def look_at_table(at: TableScreen) -> None:
    """The lists hold what the fold of the facts says, however they are worded."""
    session, view = session_of(at), at.view
    names = {pane: [one.name for one in at.query_one(f"#{pane}", LineList).lines if one.name] for pane in PANES}
    people = set(view.keyboard) or None
    assert names["inbox"] == [str(one.number) for one in reversed(table.inbox(session, people))]
    duties = [name for name in names["duties"] if name.isdecimal()]
    assert duties == [str(one.number) for one in table.duties(session)]
    assert names["log"] == sorted(names["log"], key=int)
    assert set(names["log"]) <= {str(number) for number in range(len(session.facts))}
    if view.incident is not None and view.keyboard and not session.ended:
        offers = table.offers(session, view.incident, at_keyboard(session))
        opened = {name for name in names["actions"] if name.startswith("open/")}
        assert opened == {f"open/{offer.step.do}" for offer in offers if offer.open}


PANES: Final = ("inbox", "actions", "duties", "log")


def look_at_form(form: FormScreen) -> None:
    """What stands in the widgets is what would be sent."""
    for blank in form.form.fields:
        widget = form.query_one(f"#field-{blank.name}")
        written = form._written.get(blank.name, "")
        if isinstance(widget, TextArea):
            assert widget.text == written
        elif isinstance(widget, Input):
            assert widget.value == (written if isinstance(written, str) else ", ".join(written))


def typed(screen: Any) -> dict[str, str]:
    """What has been typed on a screen."""
    found = {one.id or "": one.text for one in screen.query(TextArea)}
    return {**found, **{one.id or "": one.value for one in screen.query(Input)}}


def _settled(words: str) -> str:
    return "".join(one for one in words if one.isprintable())


@asynccontextmanager
async def monkey(
    service: Service, store: MoodyStore, start: Callable[[IncidentSim], object], size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Monkey]:
    """A monkey at a keyboard, with its observer."""
    async with (
        running(app_on(service, "en", lambda _app: None), size) as observer,
        running(app_on(service, "en", start), size) as keyboard,
    ):
        yield Monkey(keyboard, observer, service, store)


@contextmanager
def caged() -> Iterator[Path]:
    """A folder that monkeys may litter: the current one, and home to whatever is kept."""
    here, homes = Path.cwd(), {name: os.environ.get(name) for name in ("HOME", "XDG_DATA_HOME")}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.environ.update(dict.fromkeys(homes, folder))
        try:
            yield Path(folder)
        finally:
            os.chdir(here)
            for name, value in homes.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})
