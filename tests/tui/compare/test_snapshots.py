"""How a run beside an earlier one looks: in short, its errors, its measures, the earlier runs, beside bots' plays."""

from typing import TYPE_CHECKING

import pytest
from textual.pilot import Pilot

from incidentsim.domain.text import Language
from incidentsim.tui.compare.screen import CompareScreen
from tests.support.comparing import series
from tests.support.home_screens import settled
from tests.support.screens import app_on

if TYPE_CHECKING:
    from tests.tui.conftest import Looks


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param((), id="short"),
        pytest.param(("2",), id="errors"),
        pytest.param(("4", "down"), id="measured"),
        pytest.param(("5",), id="earlier"),
    ],
)
def test_a_comparison_looks_as_it_should(
    looks: "Looks", keys: tuple[str, ...], language: Language, size: tuple[int, int]
) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await settled(pilot)

    app = app_on(series(), language, lambda app: app.push_screen(CompareScreen("run-0006")))
    looks(app, size, *keys, before=before)


def test_beside_the_bots_it_looks_as_it_should(looks: "Looks", language: Language, size: tuple[int, int]) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await pilot.press("b")
        await settled(pilot)

    app = app_on(series(), language, lambda app: app.push_screen(CompareScreen("run-0006")))
    looks(app, size, before=before)
