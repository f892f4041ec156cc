"""How the improvement items of all runs look: open ones, one that a later run performed, and all with closed ones."""

from typing import TYPE_CHECKING

import pytest

from incidentsim.domain.text import Language
from incidentsim.exercise.afterwards.items import ItemChange
from incidentsim.ledger.memory import MemoryStore
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.improvements.screen import ImprovementsScreen
from tests.support.home_screens import settled
from tests.support.screens import app_on, service_on

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Looks


def listed(language: Language) -> IncidentSim:
    """Items of a run: one taken in hand, and performed by a later run; the others as they are proposed."""
    service = service_on(MemoryStore())
    service.exercises.replay("concealed-outage")
    change = ItemChange(action="Write the numbers on the wall.", owner="Wu", due="2026-02-01")
    service.improvements.add("last", change, "wall", "report-at-once")
    service.exercises.replay("voice-platform-fault")
    return app_on(service, language, lambda app: app.push_screen(ImprovementsScreen()))


@pytest.mark.parametrize("keys", [pytest.param((), id="open"), pytest.param(("3", "down"), id="all")])
def test_the_improvement_items_look_as_they_should(
    looks: "Looks", keys: tuple[str, ...], language: Language, size: tuple[int, int]
) -> None:
    async def before(pilot: "Pilot[None]") -> None:
        await settled(pilot)

    looks(listed(language), size, *keys, before=before)
