"""Whatever error is drawn and planted into whatever scenario is generated, it is the error named, and no other."""

from collections import Counter
from functools import cache

import pytest

from incidentsim import composition
from incidentsim.exercise.running.randomness import Stream
from incidentsim.generation.archetypes import read_archetype
from incidentsim.generation.generate import Order
from tests.support.evaluating import evaluated, played
from tests.support.planted_errors.naming import check_first_screen, check_page_one
from tests.support.planted_errors.plants import PLANTS, generated_told
from tests.support.planted_errors.subjects import Outcome, gained
from tests.support.planted_errors.told import WhyNot
from tests.support.procedures import playbook

FILES = sorted(composition.archetypes().glob("*.yaml"))
SEEDS = 40
LOCALES = ("en_US", "zh_CN")


@cache
def drawn(seed: int) -> tuple[str, Outcome] | None:
    """Draw archetype, level, difficulty and error by seed; `None` where no error can be planted."""
    stream = Stream(seed, "planted-errors")
    path = stream.pick(FILES)
    shape = read_archetype(path.read_bytes(), path.name, playbook("platform-incidents"))
    order = Order(seed, stream.pick(shape.shape.levels), LOCALES[seed % 2], 1 + seed % 5)
    told = generated_told(shape, order)
    kinds = list(PLANTS)
    while kinds:
        kind = kinds.pop(kinds.index(stream.pick(kinds)))
        planted = PLANTS[kind](told)
        if not isinstance(planted, WhyNot):
            facts = tuple(played(planted.scenario))
            return kind, Outcome(told, planted, facts, evaluated(planted.scenario, facts))
    return None


def test_an_error_drawn_is_the_error_named() -> None:
    came = drawn(3)
    assert came is not None
    assert gained(came[1]) == Counter([came[1].key])


@pytest.mark.slow
def test_every_error_drawn_is_the_error_named() -> None:
    kinds: Counter[str] = Counter()
    for seed in range(SEEDS):
        came = drawn(seed)
        if came is not None:
            kind, outcome = came
            kinds[kind] += 1
            assert gained(outcome) == Counter([outcome.key]), (seed, kind)
            for language in ("en", "zh"):
                check_page_one(outcome, language)
                check_first_screen(outcome, language)
    assert kinds.total() > SEEDS * 3 // 4
    assert len(kinds) >= 6
