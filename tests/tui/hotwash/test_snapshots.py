"""How a hot wash looks: its questions with an answer, what is voted on, its improvement items and the form of one."""

from typing import TYPE_CHECKING

import pytest

from incidentsim.domain.facts import Appraisal
from incidentsim.domain.text import Language
from incidentsim.ledger.memory import MemoryStore
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.hotwash.screen import HotWashScreen
from tests.support.debrief_screens import played_badly
from tests.support.home_screens import settled
from tests.support.screens import app_on, service_on

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Looks


def held(language: Language) -> IncidentSim:
    """The hot wash of a run in which much went wrong: a question is answered, a weakness has votes."""
    service = service_on(MemoryStore())
    played_badly(service)
    view = service.hotwash.of("last")
    question = view.questions[1]
    service.hotwash.answer(
        view.run,
        question=question.id,
        about=question.about,
        asked=question.words,
        answer="We took the alert for a job of ours.",
        said_by="Anna",
        person=None,
    )
    service.hotwash.vote(view.run, point=None, appraisal=Appraisal.WEAKNESS, title="The list was old.", votes=4)
    return app_on(service, language, lambda app: app.push_screen(HotWashScreen(view.run)))


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param(("down", "down"), id="questions"),
        pytest.param(("2", "end"), id="points"),
        pytest.param(("3",), id="items"),
        pytest.param(("down", "enter"), id="answer"),
        pytest.param(("3", "n"), id="item"),
    ],
)
def test_the_hot_wash_looks_as_it_should(
    looks: "Looks", keys: tuple[str, ...], language: Language, size: tuple[int, int]
) -> None:
    async def before(pilot: "Pilot[None]") -> None:
        await settled(pilot)

    looks(held(language), size, *keys, before=before)
