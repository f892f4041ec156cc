"""Whatever is pressed, typed, pasted or clicked: nothing breaks, what happened is on record, the screen is right."""

import asyncio
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from incidentsim import messages
from incidentsim.session.seats import MODES, Mode, Seats, holders
from incidentsim.tui.table_opening import open_table
from tests.support.examples import examples
from tests.support.monkeys import MOVES, MoodyStore, Move, caged, monkey
from tests.support.screens import service_on
from tests.support.shipped import NAMES

EVERY = 8
"""After so many moves, somebody looks closely."""


UNTRACED = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
"""Without the phase that explains, for whose sake every line would be traced: screens would be ten times slower."""


@pytest.fixture(autouse=True)
def _undisturbed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No time passes but by a move, and whatever is saved goes where it does no harm."""
    monkeypatch.setattr("incidentsim.tui.table.screen.INTERVAL", 10**6)
    with caged():
        yield


async def let_loose(scenario: str, roles: int, mode: Mode, moves: Sequence[Move]) -> int:
    """Let a monkey play an exercise; how many keys it pressed."""
    messages.use("en")
    store = MoodyStore()
    service = service_on(store)
    found = service.library.playable(scenario)
    seats = Seats(holders(found.playbook, found.scenario, found.roles[:roles]), mode)
    session = service.exercises.open_session(scenario, seats)
    async with monkey(service, store, lambda app: open_table(app, session)) as one:
        for number, move in enumerate(moves):
            await one.do(move)
            if one.gone:
                break
            if number % EVERY == EVERY - 1:
                await one.look_closely()
        if not one.gone and await one.back_to_the_table():
            await one.look_closely()
        return one.keys.steps


@examples(4, suppress_health_check=list(HealthCheck), deadline=None, phases=UNTRACED)
@given(st.sampled_from(NAMES), st.integers(1, 6), st.sampled_from(MODES), st.lists(MOVES, min_size=15, max_size=25))
def test_a_monkey_breaks_nothing(scenario: str, roles: int, mode: Mode, moves: list[Move]) -> None:
    asyncio.run(let_loose(scenario, roles, mode, moves))


@pytest.mark.slow
@pytest.mark.timeout(1800)
@examples(12, suppress_health_check=list(HealthCheck), deadline=None, phases=UNTRACED)
@given(st.sampled_from(NAMES), st.integers(1, 6), st.sampled_from(MODES), st.lists(MOVES, min_size=60, max_size=120))
def test_many_monkeys_break_nothing(scenario: str, roles: int, mode: Mode, moves: list[Move]) -> None:
    asyncio.run(let_loose(scenario, roles, mode, moves))
