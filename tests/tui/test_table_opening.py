"""The way to the table: participants sit down at it, a facilitator at the console, which is a place of its own."""

from collections.abc import Callable

import pytest

from incidentsim.domain.errors import SurroundingsError
from incidentsim.domain.interventions import End
from incidentsim.ledger.memory import MemoryStore
from incidentsim.session.seats import Mode, Seats, holders
from incidentsim.session.session import Session
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.console.screen import ConsoleScreen
from incidentsim.tui.debrief.screen import DebriefScreen
from incidentsim.tui.home.screen import HomeScreen
from incidentsim.tui.table.screen import TableScreen
from incidentsim.tui.table_opening import open_table, take_up
from tests.support.at_the_table import in_loop, table
from tests.support.keyboard import Keyboard, running
from tests.support.screens import app_on, service_on, session_on


def opened(mode: Mode, prepare: Callable[[Session], object] = lambda _session: None) -> IncidentSim:
    service = service_on(MemoryStore())
    session = session_on(service, mode=mode)
    prepare(session)
    return app_on(service, start=lambda app: open_table(app, session))


def top(keyboard: Keyboard) -> object:
    return keyboard.app.screen


@pytest.mark.parametrize(("mode", "first"), [("solo", TableScreen), ("hot_seat", TableScreen)])
def test_participants_sit_down_at_the_table(mode: Mode, first: type) -> None:
    @in_loop
    async def look() -> None:
        async with running(opened(mode)) as keyboard:
            assert isinstance(top(keyboard), first)

    look()


@in_loop
async def test_a_facilitator_starts_at_the_console_and_goes_to_the_table_and_back() -> None:
    async with running(opened("facilitated")) as keyboard:
        assert isinstance(top(keyboard), ConsoleScreen)
        await keyboard.press("v")
        assert isinstance(top(keyboard), TableScreen)
        await keyboard.press("v")
        assert isinstance(top(keyboard), ConsoleScreen)


@in_loop
async def test_from_the_console_one_goes_home_and_lets_go_of_the_run() -> None:
    async with running(opened("facilitated")) as keyboard:
        run = table(keyboard.app).seat.view("en").run
        assert run is not None
        await keyboard.press("escape")
        assert isinstance(top(keyboard), HomeScreen)
        take_up(keyboard.app, run)
        await keyboard.settle()
        assert isinstance(top(keyboard), ConsoleScreen), "a run that is taken up, too"


@in_loop
async def test_the_debrief_opens_from_the_console_once_it_is_over() -> None:
    async with running(opened("facilitated")) as keyboard:
        await keyboard.press("d")
        assert isinstance(top(keyboard), ConsoleScreen)
        table(keyboard.app).seat.intervene(End())
        await keyboard.press("d")
        assert isinstance(top(keyboard), DebriefScreen)


@in_loop
async def test_where_the_record_fails_the_console_gives_way_to_the_table_taken_up_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with running(opened("facilitated")) as keyboard:
        seat = table(keyboard.app).seat
        taken_up: list[bool] = []

        def full(*_words: object) -> None:
            raise SurroundingsError("The disk is full.")

        monkeypatch.setattr(type(seat), "step", full)

        def again(_seat: object) -> bool:
            taken_up.append(True)
            return True

        monkeypatch.setattr(type(seat), "take_up_anew", again)
        await keyboard.press("space")
        assert isinstance(top(keyboard), TableScreen)
        assert taken_up == [True]


def later(store: MemoryStore, *, hasty: bool = False) -> IncidentSim:
    """The application at a table whose opening is not on record yet; `hasty`: a key is pressed before it is drawn."""
    service = service_on(store)
    known = service.library.playable("number-masking-leak")
    seats = Seats(holders(known.playbook, known.scenario, ["response_team_lead"]))
    session = service.exercises.open_session("number-masking-leak", seats, begin_later=True)

    def start(app: IncidentSim) -> None:
        open_table(app, session)
        if hasty:
            app.attempt(session.go_on)

    return app_on(service, start=start)


@in_loop
async def test_an_opening_left_for_later_is_on_record_once_it_is_drawn() -> None:
    store = MemoryStore()
    async with running(later(store)):
        (run,) = store.runs()
        assert run.untouched


@pytest.mark.parametrize("hasty", [False, True])
def test_where_the_opening_cannot_be_recorded_the_program_ends_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, *, hasty: bool
) -> None:
    def full(*_args: object, **_kwargs: object) -> None:
        raise SurroundingsError("The disk is full.")

    store = MemoryStore()
    monkeypatch.setattr(store, "create", full)

    @in_loop
    async def look() -> None:
        app = later(store, hasty=hasty)
        async with app.run_test() as pilot:
            await pilot.pause()
        assert str(app.trouble) == "The disk is full."
        assert not store.runs()

    look()
