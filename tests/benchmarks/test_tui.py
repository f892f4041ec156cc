"""How quickly the screens are there and answer, and whether they grow. Figures are printed, never asserted.

pytest tests/benchmarks/test_tui.py --benchmark-enable -s
"""

import asyncio
import gc
import sys
import tracemalloc
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from incidentsim.domain.actions import Action
from incidentsim.ledger.memory import MemoryStore
from incidentsim.session.session import Session
from incidentsim.tui.table.screen import TableScreen
from incidentsim.tui.table_opening import open_table
from tests.benchmarks.results import Measured
from tests.support.fingers import Fingers
from tests.support.keyboard import Keyboard, running
from tests.support.screens import LARGE, app_on, service_on, session_on

AIM_FIRST_PAINT = 3.0
"""At most so many times as long as an empty application of the same library, until something is on screen."""
AIM_KEY = 0.05
"""Seconds until a key is on screen, for 95 of 100 keys."""
PAIRS = 9
REFRESHES = 800
"""A hundred of each sort: what is kept for good at each shows in the sum, and tracing makes each a slow one."""
FEW_LINES, LINES = 300, 10_000

Times = tuple[float, float]
"""Seconds of the clock on the wall, and of work: on a busy machine only the latter say anything about the program."""

EMPTY = "from textual.app import App as Shown\nrun = lambda: Shown().run()"
COMMANDS = {
    "home": [],
    "briefing": ["demo"],
    "table": ["play", "number-masking-leak", "--as", "response_team_lead"],
}
"""What is typed to open each screen."""
OURS = (
    "from incidentsim.cli.main import main\n"
    "def run():\n    global Shown\n    main({argv!r})\n"
    "from incidentsim.tui.app import IncidentSim as Shown"
)
PROGRAM = """
import time
{opening}
def done(app):
    print(time.perf_counter(), time.process_time(), file=open({file!r}, "w"))
    app.exit()
def on_ready(self):
    self.call_after_refresh(lambda: done(self))
Shown.on_ready = on_ready
run()
"""


def first_paint(opening: str, folder: Path) -> Times:
    """From the start of Python until the application has drawn its first screen, on a terminal of its own."""
    from tests.support.terminals import run_to_the_end

    file = folder / "ready"
    url = f"sqlite:///{(folder / 'runs.sqlite3').as_posix()}"
    begun = perf_counter()
    run_to_the_end(PROGRAM.format(opening=opening, file=str(file)), folder, {"INCIDENTSIM_DATABASE_URL": url})
    shown, worked = map(float, file.read_text(encoding="utf-8").split())
    return shown - begun, worked


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize("opening", list(COMMANDS))
def test_first_paint_beside_an_empty_application(
    benchmark: BenchmarkFixture, tmp_path: Path, opening: str, measured: Measured
) -> None:
    """In pairs, one after the other, so that a busy machine slows both."""
    ours, theirs = [], []
    for _pair in range(1 if benchmark.disabled else PAIRS):
        theirs.append(first_paint(EMPTY, tmp_path))
        ours.append(first_paint(OURS.format(argv=COMMANDS[opening]), tmp_path))
    for kind, which in enumerate(("time that passes", "processor time")):
        ratio = median(one[kind] / other[kind] for one, other in zip(ours, theirs, strict=True))
        times = [1000 * median(one[kind] for one in column) for column in (ours, theirs)]
        measured(
            f"first paint of the {opening}, {which}",
            "an empty application of Textual",
            ratio,
            aim=f"at most {AIM_FIRST_PAINT:.0f}",
            told=f"{times[0]:.0f} ms, {times[1]:.0f} ms",
        )
    benchmark.pedantic(lambda: None, rounds=1)  # type: ignore[no-untyped-call]


def long_session(lines: int) -> tuple[Session, Callable[[], None]]:
    """A session with so many facts on record, and what adds one more."""
    service = service_on(MemoryStore())
    session = session_on(service, roles=("response_team_lead", "security_administrator"), mode="facilitated")
    for _one in range(6):
        session.go_on()

    def add() -> None:
        session.act(Action(session.people[0].pseudonym, "resolve", "leak"), takes=0)  # is refused

    while len(session.facts) < lines:
        add()
    return session, add


KEYS = {
    "cursor in the log": ("up", "up", "down", "pageup", "pagedown", "home", "end"),
    "from pane to pane": ("1", "2", "3", "4"),
    "filter": ("f",),
    "theme": ("ctrl+t",),
    "time goes on": ("space",),
}
"""Keys by what they do. Moving about is what most keys are for; a filter looks at every line again."""


async def timed(work: Awaitable[object]) -> Times:
    """How long something takes."""
    begun, worked = perf_counter(), process_time()
    await work
    return perf_counter() - begun, process_time() - worked


async def answers(rounds: int, lines: int) -> dict[str, list[Times]]:
    """How long each of the keys takes at a table with so long a log."""
    session, add = long_session(lines)
    found: dict[str, list[Times]] = {}
    service = service_on(MemoryStore())
    async with running(app_on(service, "en", lambda app: open_table(app, session)), LARGE) as keyboard:
        await keyboard.press("v")  # a facilitated exercise begins at the console
        await keyboard.press("4", "end")
        for what, keys in KEYS.items():
            for _round in range(rounds):
                for key in keys:
                    if session.ended:
                        continue
                    found.setdefault(what, []).append(await timed(keyboard.press(key)))
        table = keyboard.app.screen
        assert isinstance(table, TableScreen)
        for _round in range(rounds):
            add()

            async def show() -> None:
                table.show_table()
                await keyboard.settle()

            found.setdefault("a fact more", []).append(await timed(show()))
        found["another language"] = [await timed(keyboard.press("ctrl+l"))]
    session.close()
    return found


def test_a_key_is_on_screen_at_once_however_long_the_log(benchmark: BenchmarkFixture, measured: Measured) -> None:
    rounds = 1 if benchmark.disabled else 20
    short, long = (asyncio.run(answers(rounds, lines)) for lines in (FEW_LINES, FEW_LINES if rounds == 1 else LINES))
    for what, times in long.items():
        worked = [one[1] for one in times]
        p95 = 1000 * percentile([one[0] for one in times], 95)
        measured(
            f"{what}, with {LINES} lines in the log, processor time",
            f"the same with {FEW_LINES} lines",
            median(worked) / median(one[1] for one in short[what]),
            told=f"95 of 100 within {p95:.0f} ms of time that passes (aim: {AIM_KEY * 1000:.0f} ms)",
        )
    benchmark.pedantic(lambda: None, rounds=1)  # type: ignore[no-untyped-call]


def percentile(values: list[float], part: int) -> float:
    """The value that so many of a hundred do not exceed."""
    return sorted(values)[min(len(values) * part // 100, len(values) - 1)]


@dataclass(frozen=True, slots=True)
class Grown:
    """Bytes that Python objects take up since the table was opened, one moment after the other."""

    facts: int
    at_first: int
    played: int
    warm: int
    refreshed: int


async def grow(refreshes: int, minutes: int) -> Grown:
    """What the program holds after an hour of play, and after hundreds of refreshes of the same table."""
    service = service_on(MemoryStore())
    session = session_on(service, "ransomware-at-dawn", ("incident_handler",))
    async with running(app_on(service, "en", lambda app: open_table(app, session)), LARGE) as keyboard:
        fingers = Fingers(keyboard)
        tracemalloc.start()
        await fingers.turn()
        before, facts, since = held(), len(session.facts), session.now
        while not session.ended and session.now - since < minutes * 60_000:
            await fingers.turn()
        played, told = held(), len(session.facts)
        await refresh(keyboard, refreshes // 10)
        warm = held()
        await refresh(keyboard, refreshes)
        after = held()
        tracemalloc.stop()
    session.close()
    return Grown(facts=told - facts, at_first=before, played=played, warm=warm, refreshed=after)


async def refresh(keyboard: Keyboard, times: int) -> None:
    """Show the same table again and again, in turn by all that makes it show something anew."""
    for number in range(times):
        await keyboard.press(("up", "down", "1", "4", "f", "2", "3", "n")[number % 8])


def held() -> int:
    """Bytes that Python objects take up."""
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


@pytest.mark.slow
def test_memory_is_flat_over_an_hour_of_play(benchmark: BenchmarkFixture, measured: Measured) -> None:
    few = benchmark.disabled
    grown = asyncio.run(grow(20 if few else REFRESHES, 1 if few else 60))
    more = grown.refreshed - grown.warm
    what = f"memory after {REFRESHES} refreshes of a table"
    measured(what, "memory before them", grown.refreshed / grown.warm, aim="1", told=f"{more / 1024:.0f} KiB more")
    each = (grown.played - grown.at_first) / 1024 / max(grown.facts, 1)
    measured(f"memory that an hour of play takes, {grown.facts} facts", "each fact", f"{each:.1f} KiB")
    benchmark.pedantic(lambda: None, rounds=1)  # type: ignore[no-untyped-call]
