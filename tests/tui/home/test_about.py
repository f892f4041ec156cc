"""What the home says beside its lists."""

from pathlib import Path

import pytest

from incidentsim.definitions.scenario.cards import ScenarioCard
from incidentsim.domain.text import LANGUAGES, Language, Text
from incidentsim.messages import spoken
from incidentsim.service.library import Shelf
from incidentsim.tui.home.about import details
from incidentsim.tui.home.stock import Stock
from tests.support.shipped import procedure


def stock(playbook: str) -> Stock:
    text = Text("A title", "标题")
    card = ScenarioCard(
        id="a", path=Path("a.yaml"), playbook=playbook, title=text, summary=text, languages=("en", "zh"), tags=(),
        organisation=text, objectives=(), hidden_objectives=(), level=2, injects=5, incidents=1, people=3,
    )  # fmt: skip
    return Stock(shelf=Shelf((card,)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_scenario_names_its_playbook_by_its_title_and_by_its_id_only_where_it_is_not_here(language: Language) -> None:
    here, elsewhere = stock("platform-incidents"), stock("nowhere")
    here.playbooks = elsewhere.playbooks = (procedure("platform-incidents"),)
    with spoken(language):
        told = [dict(details(one, "scenarios", "a", language, revealed=False)[1]) for one in (here, elsewhere)]
    assert procedure("platform-incidents").title.say(language) in told[0].values()
    assert "platform-incidents" not in told[0].values()
    assert "nowhere" in told[1].values()
