"""What a list of scenarios shows of each."""

from pathlib import Path

import pytest

from incidentsim import composition
from incidentsim.definitions.scenario.cards import ScenarioCard, scenario_card
from incidentsim.definitions.yaml12.problems import DefinitionError

SHIPPED = sorted(composition.shipped("scenarios").glob("*.yaml"))


def card(name: str) -> ScenarioCard:
    path = composition.shipped("scenarios") / f"{name}.yaml"
    return scenario_card(path.read_bytes(), path)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_scenario_has_one(path: Path) -> None:
    found = scenario_card(path.read_bytes(), path)
    assert (found.id, found.path) == (path.stem, path)
    assert found.title.en
    assert found.title.zh
    assert found.languages == ("en", "zh")
    assert found.injects > 0
    assert found.people > 0


def test_the_level_is_that_of_the_gravest_incident() -> None:
    assert card("two-fires").level == 3
    assert card("two-fires").incidents == 2
    assert card("false-alarm").level is None


def test_one_written_by_hand_has_neither_archetype_nor_difficulty() -> None:
    assert card("two-fires").archetype is None
    assert card("two-fires").difficulty is None


def test_one_made_from_an_archetype_says_from_which_and_how_hard_it_is() -> None:
    path = composition.shipped("scenarios") / "two-fires.yaml"
    text = path.read_text(encoding="utf-8").replace("id: two-fires", "id: lost-laptop-en-l3-d4-s1", 1)
    tags = "tags: [device, lost-laptop, level-3, difficulty-4, generated]"
    text = text.replace("tags: [two-incidents, deputies, certificate, lost-device, level-3, level-4]", tags, 1)
    found = scenario_card(text.encode(), path)
    assert found.archetype == "lost-laptop"
    assert found.difficulty == 4


def test_what_is_missing_is_said() -> None:
    with pytest.raises(DefinitionError, match="title"):
        scenario_card(b"schema: incidentsim/scenario/1\nid: x\nplaybook: y\n", Path("x.yaml"))


def test_what_a_list_does_not_show_is_not_judged() -> None:
    path = composition.shipped("scenarios") / "two-fires.yaml"
    text = path.read_text(encoding="utf-8").replace("starts: ", "starts: soon # ", 1)
    assert scenario_card(text.encode(), path).id == "two-fires"
