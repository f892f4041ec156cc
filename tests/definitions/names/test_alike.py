"""Things of one sort that have the same name are a finding of `check`, whatever they are; other readers take them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from incidentsim import composition
from incidentsim.definitions.library.check import check
from incidentsim.definitions.library.library import Library
from incidentsim.definitions.names.alike import playbook_name_problems, scenario_name_problems
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.definitions.yaml12.reader import Document, read_yaml
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import Text
from incidentsim.generation.catalogue import Catalogue
from incidentsim.generation.generate import Order, generate

DATA = Path(__file__).parent.parent / "data"


@cache
def shipped() -> tuple[Playbook, Document, Scenario, Document]:
    """A shipped playbook and a scenario for it, each with its document."""
    library = composition.library()
    _path, playbook_data = library.playbook("platform-incidents")
    _path, scenario_data = library.scenario("two-fires")
    playbook = read_playbook(playbook_data, "p.yaml")
    scenario = read_scenario(scenario_data, "s.yaml", playbook)
    return playbook, read_yaml(playbook_data, "p.yaml"), scenario, read_yaml(scenario_data, "s.yaml")


def disguised(name: Text, *, zh: bool) -> Text:
    """A name that looks the same to people in Chinese or in English, though hardly a byte of it is equal."""
    wide = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in name.en.swapcase())
    return Text("quite another", f"\u200b{name.zh}\u3000") if zh else Text(wide.replace(" ", "\u00a0 "), "另一名称")


def alike(things: Mapping[Any, Any], key: str, *, zh: bool) -> dict[Any, Any]:
    """The things, the second of which is called like the first."""
    (_name, first), (name, second), *_more = things.items()
    words = disguised(first if key == "" else getattr(first, key), zh=zh)
    return {**things, name: words if key == "" else replace(second, **{key: words})}


def in_track(change: Callable[[Any], Any]) -> Callable[[Playbook], dict[str, Any]]:
    return lambda playbook: {"tracks": {**playbook.tracks, playbook.main_track.id: change(playbook.main_track)}}


def two_steps(steps: tuple[Any, ...], *, zh: bool) -> tuple[Any, ...]:
    first = steps[0]
    other = next(step for step in steps if step.do != first.do)
    return tuple(replace(one, title=disguised(first.title, zh=zh)) if one.do == other.do else one for one in steps)


TITLED = ("roles", "bodies", "phases", "tracks", "duties", "forbidden", "circumstances", "measures", "vocabularies")
IN_PLAYBOOKS: dict[str, Callable[[Playbook, bool], dict[str, Any]]] = {
    **{
        name: lambda playbook, zh, name=name: {name: alike(getattr(playbook, name), "title", zh=zh)}  # type: ignore[misc]  # the sort is bound
        for name in (*TITLED, "metrics", "objectives")
    },
    "a role and a body": lambda playbook, zh: {
        "bodies": {
            name: replace(body, title=disguised(next(iter(playbook.roles.values())).title, zh=zh))
            if not place
            else body
            for place, (name, body) in enumerate(playbook.bodies.items())
        }
    },
    "levels": lambda playbook, zh: {"levels": alike(playbook.levels, "name", zh=zh)},
    "channels": lambda playbook, zh: {"channels": alike(playbook.channels, "", zh=zh)},
    "items": lambda playbook, zh: {
        "vocabularies": {
            name: replace(one, items=alike(one.items, "", zh=zh)) if len(one.items) > 1 else one
            for name, one in playbook.vocabularies.items()
        }
    },
    "states": lambda playbook, zh: in_track(lambda track: replace(track, states=alike(track.states, "title", zh=zh)))(
        playbook
    ),
    "steps": lambda playbook, zh: in_track(lambda track: replace(track, steps=two_steps(track.steps, zh=zh)))(playbook),
}
IN_SCENARIOS: dict[str, Callable[[Scenario, bool], dict[str, Any]]] = {
    "people": lambda scenario, zh: {"people": alike(scenario.people, "name", zh=zh)},
    "incidents": lambda scenario, zh: {"incidents": alike(scenario.incidents, "title", zh=zh)},
    "injects": lambda scenario, zh: {
        "injects": tuple(
            alike(dict(enumerate(one for one in scenario.injects if one.subject)), "subject", zh=zh).values()
        )
    },
    "objectives": lambda scenario, zh: {
        "objectives": tuple(alike(dict(enumerate(scenario.objectives)), "text", zh=zh).values())
    },
}


@pytest.mark.parametrize("zh", [False, True], ids=["en", "zh"])
@pytest.mark.parametrize("sort", IN_PLAYBOOKS)
def test_two_of_a_sort_in_a_playbook_with_one_name_are_found(sort: str, *, zh: bool) -> None:
    playbook, document, _scenario, _document = shipped()
    assert playbook_name_problems(playbook, document) == []
    problems = playbook_name_problems(replace(playbook, **IN_PLAYBOOKS[sort](playbook, zh)), document)
    assert problems
    for problem in problems:
        assert problem.message.startswith(f"In {'Chinese' if zh else 'English'}, ")
        assert problem.message.endswith("nobody can tell them apart.")
        assert problem.line > 1


@pytest.mark.parametrize("zh", [False, True], ids=["en", "zh"])
@pytest.mark.parametrize("sort", IN_SCENARIOS)
def test_two_of_a_sort_in_a_scenario_with_one_name_are_found(sort: str, *, zh: bool) -> None:
    _playbook, _document, scenario, document = shipped()
    assert scenario_name_problems(scenario, document) == []
    (problem,) = scenario_name_problems(replace(scenario, **IN_SCENARIOS[sort](scenario, zh)), document)
    assert problem.message.endswith("nobody can tell them apart.")


def test_a_name_of_which_nothing_can_be_seen_is_found() -> None:
    _playbook, _document, scenario, document = shipped()
    (name, person), *_more = scenario.people.items()
    people = {**scenario.people, name: replace(person, name=Text("\u2800\u200b", person.name.zh))}
    (problem,) = scenario_name_problems(replace(scenario, people=people), document)
    assert problem.message == "Nothing of this name can be seen: ⟨U+2800⟩⟨U+200B⟩."


def test_check_finds_it_and_whoever_reads_the_file_for_a_run_does_not_stop(tmp_path: Path) -> None:
    """So that a run that was recorded with it opens."""
    (tmp_path / "playbook.yaml").write_bytes((DATA / "playbook.yaml").read_bytes())
    document = read_yaml((DATA / "scenario.yaml").read_bytes(), "s.yaml").value
    names = list(document["people"])
    document["people"][names[1]]["name"] = document["people"][names[0]]["name"]
    written = json.dumps(document, ensure_ascii=False)
    (tmp_path / "scenario.yaml").write_text(written, encoding="utf-8")
    checked = {one.path.name: one for one in check([tmp_path], Library([]))}["scenario.yaml"]
    assert checked.readable
    (problem,) = checked.problems
    assert problem.path == f"$.people.{names[1]}.name"
    assert problem.message.startswith(f"{names[1]} is called ")
    playbook = read_playbook((tmp_path / "playbook.yaml").read_bytes(), "playbook.yaml")
    assert read_scenario(written.encode(), "s.yaml", playbook).id == document["id"]


@pytest.mark.slow
def test_no_generated_scenario_has_two_names_alike() -> None:
    catalogue = Catalogue(composition.library())
    for listed in catalogue.list():
        archetype = catalogue.archetype(listed.id)
        for seed in range(4):
            locale = ("en_US", "zh_CN")[seed % 2]
            made = generate(archetype, Order(seed, listed.levels[seed % len(listed.levels)], locale, 1 + seed))
            scenario = read_scenario(made.data, "made.yaml", archetype.playbook)
            assert scenario_name_problems(scenario, read_yaml(made.data, "made.yaml")) == []
