"""Every shipped scenario, played to its end by keys alone; written down as a script, it replays to the same outcome."""

import asyncio
from pathlib import Path

import pytest

from incidentsim.domain.text import Language
from incidentsim.ledger.memory import MemoryStore
from incidentsim.session.course import RunView
from incidentsim.session.seats import MODES, Mode
from incidentsim.tui.table.screen import TableScreen
from incidentsim.tui.table_opening import open_table
from tests.support.fingers import Fingers
from tests.support.keyboard import running
from tests.support.screens import LARGE, SMALL, app_on, service_on, session_on
from tests.support.shipped import NAMES


async def play_by_keys(folder: Path, scenario: str, mode: Mode, language: Language, size: tuple[int, int]) -> RunView:
    """Play a scenario in up to six of its roles; what it came to, and what its script comes to."""
    service = service_on(MemoryStore())
    session = session_on(service, scenario, service.library.playable(scenario).roles[:6], mode)
    async with running(app_on(service, language, lambda app: open_table(app, session)), size) as keyboard:
        fingers = Fingers(keyboard)
        await fingers.play()
        assert fingers.acted, "nothing was left to the people at the table"
        assert isinstance(keyboard.app.screen, TableScreen)
        view = session.view()
    session.close()
    file = folder / f"{scenario}.yaml"
    file.write_bytes(service.exports.script(session.run or ""))
    replayed = service.exercises.replay(file, record=False)
    assert [fact.to_json() for fact in replayed.facts] == [fact.to_json() for fact in view.facts]
    assert replayed.report.outcome_digest == view.report.outcome_digest
    return view


def check(folder: Path, scenario: str) -> None:
    """Play it in one of the modes, languages and sizes: each has its turn among the scenarios."""
    turn = NAMES.index(scenario)
    language: Language = "zh" if turn % 2 else "en"
    view = asyncio.run(play_by_keys(folder, scenario, MODES[turn % 3], language, (SMALL, LARGE)[turn // 2 % 2]))
    assert view.finished


@pytest.mark.parametrize("scenario", NAMES)
def test_every_scenario_played_by_keys_replays_to_the_same_outcome(tmp_path: Path, scenario: str) -> None:
    check(tmp_path, scenario)
