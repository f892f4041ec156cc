"""Harder means more of the same story, never another one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.exercise.running.randomness import Stream
from incidentsim.generation import difficulty
from incidentsim.generation.archetype import Archetype
from incidentsim.generation.generate import Order, generate

SEEDS = range(12)
OPTIONAL = {"noise", "red_herring", "contradiction"}


def made(archetype: Archetype, seed: int, hardness: int, level: int = 2) -> dict[str, Any]:
    return generate(archetype, Order(seed, level, "zh_CN", hardness)).shape.model_dump()


def of_part(scenario: dict[str, Any], *parts: str) -> dict[str, Any]:
    return {inject["id"]: inject for inject in scenario["injects"] if inject["part"] in parts}


@given(st.lists(st.integers(), max_size=30), st.integers(0, 1000))
def test_dealing_loses_nothing(items: list[int], seed: int) -> None:
    assert sorted(difficulty.dealt(items, Stream(seed, "x"))) == sorted(items)


def test_mixing_takes_from_both_in_turn() -> None:
    assert difficulty.mixed("abcd", "xy") == ["a", "x", "b", "y", "c", "d"]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_comes_at_one_difficulty_comes_at_the_next(seed: int, tiny: Archetype) -> None:
    before: dict[str, Any] = {}
    gone: set[str] = set()
    for hardness in (1, 2, 3, 4, 5):
        scenario = made(tiny, seed, hardness)
        now = of_part(scenario, *OPTIONAL)
        assert before.keys() <= now.keys()
        assert all(before[name]["body"] == now[name]["body"] for name in before)
        away = {name for name, person in scenario["people"].items() if person["away"]}
        assert gone <= away
        before, gone = now, away


@pytest.mark.parametrize("seed", SEEDS)
def test_there_is_as_much_as_the_difficulty_says(seed: int, tiny: Archetype) -> None:
    for hardness in (1, 2, 3, 4, 5):
        scenario = made(tiny, seed, hardness)
        counts = [len(of_part(scenario, part)) for part in ("noise", "red_herring", "contradiction")]
        assert counts == [
            [0, 2, 4, 7, 10][hardness - 1],
            [0, 1, 1, 2, 2][hardness - 1],
            [0, 0, 1, 1, 2][hardness - 1],
        ]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_correction_comes_with_what_it_corrects_and_never_alone(seed: int, tiny: Archetype) -> None:
    for hardness in (1, 2, 3, 4, 5):
        ids = [inject["id"] for inject in made(tiny, seed, hardness)["injects"]]
        assert ("rumour" in ids) == ("rumour-ends" in ids)
        assert ("denial" in ids) == ("denial-ends" in ids)


@pytest.mark.parametrize("seed", SEEDS)
def test_late_evidence_begins_with_a_lighter_estimate(seed: int, tiny: Archetype) -> None:
    easy, hard = made(tiny, seed, 2), made(tiny, seed, 3)
    assert "late" not in of_part(easy, "late_evidence")
    truth = next(
        one["is_"] for one in hard["incidents"]["leak"]["truth"]["why"] if one["measure"] == "personal_records"
    )
    first = next(one["shows"][0]["is_"] for one in hard["injects"] if one["id"] == "probe")
    late = next(one["shows"][0]["is_"] for one in hard["injects"] if one["id"] == "late")
    assert first < late == truth
    judged = tiny.playbook.judged_level({"personal_records": first})
    assert judged is not None
    assert judged > tiny.fitting.base_of({"personal_records": truth})


@pytest.mark.parametrize("seed", SEEDS)
def test_time_gets_shorter(seed: int, tiny: Archetype) -> None:
    def minutes(hardness: int) -> int:
        inject = of_part(made(tiny, seed, hardness), "worse")["press"]
        hours, _h, rest = inject["by"].rpartition("h ") if "h " in inject["by"] else ("0", "", inject["by"])
        return int(hours) * 60 + (int(rest[:-1]) * (60 if rest.endswith("h") else 1))

    times = [minutes(hardness) for hardness in (1, 2, 3, 4, 5)]
    assert times == sorted(times, reverse=True)
    assert times[0] == pytest.approx(times[4] * 140 / 60, abs=3)


@pytest.mark.parametrize("seed", SEEDS)
def test_whoever_is_away_has_a_deputy_who_is_there(seed: int, tiny: Archetype) -> None:
    for hardness in (2, 3, 4, 5):
        people = made(tiny, seed, hardness)["people"]
        away = {name for name, person in people.items() if person["away"] and name != "suspect"}
        assert len(away) == hardness - 1
        assert not away & {"finder", "finder2", "police", "client"}
        there = {role for name, person in people.items() if not person["away"] for role in person["roles"]}
        acting = {role for track in tiny.playbook.tracks.values() for step in track.steps for role in step.by}
        for name in away:
            for role in people[name]["roles"]:
                deputies = tiny.playbook.roles[role].deputies
                assert role in there or there & set(deputies) or role not in acting
