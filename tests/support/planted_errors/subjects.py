"""The scenarios into which errors are planted, and what came of each plant; each is played once a process."""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Final

from incidentsim import composition
from incidentsim.domain.facts import Fact
from incidentsim.exercise.evaluation.evaluate import Evaluation
from incidentsim.generation.archetypes import read_archetype
from incidentsim.generation.generate import Order
from tests.support.evaluating import SCENARIOS, evaluated, played
from tests.support.planted_errors.plants import PLANTS, generated_told, shipped_told
from tests.support.planted_errors.told import Key, Plant, Planted, Told, WhyNot
from tests.support.procedures import playbook

ARCHETYPES: Final = tuple(sorted(path.stem for path in composition.archetypes().glob("*.yaml")))
SUBJECTS: Final = (*SCENARIOS, *(f"{name} (generated)" for name in ARCHETYPES))
"""Every shipped scenario, and one of each archetype at its usual level."""


@dataclass(frozen=True)
class Outcome:
    """What came of a script with an error planted."""

    told: Told
    planted: Planted
    facts: tuple[Fact, ...]
    evaluation: Evaluation

    @property
    def key(self) -> Key:
        """What tells the planted error from others."""
        return self.planted.key


def gained(outcome: Outcome) -> Counter[Key]:
    """The errors that the planted script has more than the expert's."""
    before, after = outcome.told.evaluation.judged, outcome.evaluation.judged
    return Counter(error.key for error in after.errors) - Counter(error.key for error in before.errors)


@cache
def told_of(subject: str) -> Told:
    """A subject as an expert plays it."""
    name = subject.removesuffix(" (generated)")
    if name == subject:
        return shipped_told(name)
    path = composition.archetypes() / f"{name}.yaml"
    shape = read_archetype(path.read_bytes(), path.name, playbook("platform-incidents"))
    return generated_told(shape, Order(1, shape.usual_level))


@cache
def plant(subject: str, kind: str) -> Plant:
    """A subject with an error planted, or why it cannot be."""
    return PLANTS[kind](told_of(subject))


@cache
def outcome(subject: str, kind: str) -> Outcome:
    """What came of an error that can be planted."""
    planted = plant(subject, kind)
    assert isinstance(planted, Planted), (subject, kind, planted)
    facts = tuple(played(planted.scenario))
    return Outcome(told_of(subject), planted, facts, evaluated(planted.scenario, facts))


def outcomes(subject: str) -> list[tuple[str, Outcome]]:
    """Every error that can be planted into a subject, with what came of it."""
    return [(kind, outcome(subject, kind)) for kind in PLANTS if not isinstance(plant(subject, kind), WhyNot)]
