"""How the debrief looks: ratings and timeline of a run, of one that ended at once, of one that cannot be read."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from textual.pilot import Pilot

from incidentsim.domain.text import Language
from incidentsim.service import Service
from tests.support.debrief_screens import debrief, ended_at_once, played_badly, settled, unreadable

if TYPE_CHECKING:
    from tests.tui.conftest import Looks


@pytest.mark.parametrize(
    ("prepare", "keys"),
    [
        pytest.param(played_badly, ("down", "down", "down"), id="ratings"),
        pytest.param(played_badly, ("3", "down", "down"), id="timeline"),
        pytest.param(ended_at_once, ("3",), id="empty"),
        pytest.param(unreadable, (), id="error"),
    ],
)
def test_the_debrief_looks_as_it_should(
    looks: "Looks",
    prepare: Callable[[Service], str],
    keys: tuple[str, ...],
    language: Language,
    size: tuple[int, int],
) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await settled(pilot)

    looks(debrief(prepare, language), size, *keys, before=before)
