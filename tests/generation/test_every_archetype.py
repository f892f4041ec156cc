"""Every shipped archetype at every level it promises: valid, worth playing, and played to its end."""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from incidentsim import composition
from incidentsim.definitions.formats.values import text
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.quality import quality
from incidentsim.exercise.quality.solvable import findings
from incidentsim.exercise.quality.story import Story
from incidentsim.exercise.running.deciders import ScriptDecider
from incidentsim.exercise.running.outcome import report
from incidentsim.exercise.running.runner import run
from incidentsim.generation.archetype import Archetype
from incidentsim.generation.archetypes import read_archetype
from incidentsim.generation.generate import Generated, Order, generate

FOLDER = composition.archetypes()
FILES = sorted(FOLDER.glob("*.yaml"))
LOCALES = ("en_US", "zh_CN")
SEEDS, MANY_STORIES = 25, 1000
REASONED: Final = 2
"""So many seeds are asked whether every judgement can be reasoned, in CI."""
LINTED: Final = 5
"""Every so many seeds a story is linted as well, which takes several plays more."""


@cache
def compiled() -> CompiledPlaybook:
    path, data = composition.library().playbook("platform-incidents")
    return CompiledPlaybook(read_playbook(data, str(path)))


@cache
def archetype(path: Path) -> Archetype:
    return read_archetype(path.read_bytes(), path.name, compiled().playbook)


def complaints(made: Generated) -> list[str]:
    """What is wrong with a scenario: it is played by experts, and nothing that is expected may fail."""
    scenario = read_scenario(made.data, made.id, compiled().playbook)
    exercise = Exercise(compiled(), scenario)
    script = ScriptDecider(scenario.script)
    facts = list(exercise.begin())
    run(exercise, [script, BotDecider(script)], lambda step, _source: facts.extend(step))
    outcome = report(exercise, facts, run=None, digest="", must_rest=True)
    failed = [f"{made.id}: {one.text} fails" for one in outcome.expectations if not one.holds]
    linted = quality(compiled().playbook, scenario, compiled()) if scenario.seed % LINTED == 0 else ()
    poor = [f"{made.id}: {one}" for one in linted]
    return [*failed, *poor, *([] if outcome.passed or failed else [f"{made.id}: it never reaches a final state"])]


def few_orders(shape: Archetype) -> list[Order]:
    """Every level once; the locales and the difficulties in turn."""
    return [
        Order(seed, level, LOCALES[seed % len(LOCALES)], 1 + (seed + level) % 5)
        for seed, level in enumerate(shape.shape.levels)
    ]


def orders(shape: Archetype, seeds: int) -> list[Order]:
    """Every level in both locales; the difficulties in turn."""
    return [
        Order(seed, level, locale, 1 + (seed + level) % 5)
        for level in shape.shape.levels
        for locale in LOCALES
        for seed in range(seeds)
    ]


def test_there_are_enough() -> None:
    assert len(FILES) >= 16
    assert [path.stem for path in FILES] == [archetype(path).id for path in FILES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_story_of_every_level_is_valid_and_plays_to_its_end(path: Path) -> None:
    found = [one for order in few_orders(archetype(path)) for one in complaints(generate(archetype(path), order))]
    assert found == []


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_story_of_every_level_is_valid_and_plays_to_its_end(path: Path) -> None:
    found = [one for order in orders(archetype(path), SEEDS) for one in complaints(generate(archetype(path), order))]
    assert found == []


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_judgement_of_every_story_can_be_reasoned(path: Path) -> None:
    """Two seeds of each, about 20 s of a core."""
    found = []
    for order in orders(archetype(path), REASONED):
        made = generate(archetype(path), order)
        scenario = read_scenario(made.data, made.id, compiled().playbook)
        found += [f"{made.id}: {one.message}" for one in findings(Story(compiled(), scenario))]
    assert found == []


def own_texts(made: Generated) -> tuple[tuple[str, str], ...]:
    """The texts of the main story: of all injects that are no noise, in both languages."""
    return tuple((body.en, body.zh) for body in (text(one.body) for one in made.shape.injects if one.part != "noise"))


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_two_of_a_thousand_stories_tell_the_same(path: Path) -> None:
    """Not the noise: the story itself, whose every text would have to recur."""
    found = archetype(path)
    stories = Counter(
        own_texts(generate(found, Order(seed, found.usual_level, LOCALES[seed % 2], 3))) for seed in range(MANY_STORIES)
    )
    assert len(stories) == MANY_STORIES
