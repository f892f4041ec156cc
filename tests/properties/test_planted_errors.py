"""Whatever error is drawn and planted into whatever scenario is generated, it is the error named, and no other."""

from collections import Counter

import pytest

from incidentsim import composition
from incidentsim.exercise.running.randomness import Stream
from incidentsim.generation.archetypes import read_archetype
from incidentsim.generation.generate import Order
from tests.support.planting import PLANTS, gained, generated_told
from tests.support.procedures import playbook

FILES = sorted(composition.archetypes().glob("*.yaml"))
SEEDS = 40
LOCALES = ("en_US", "zh_CN")


def check(seed: int) -> str | None:
    """Draw archetype, level, difficulty and error by seed; return the kind planted, `None` where none is allowed."""
    stream = Stream(seed, "planted-errors")
    path = stream.pick(FILES)
    shape = read_archetype(path.read_bytes(), path.name, playbook("platform-incidents"))
    order = Order(seed, stream.pick(shape.shape.levels), LOCALES[seed % 2], 1 + seed % 5)
    told = generated_told(shape, order)
    kinds = list(PLANTS)
    while kinds:
        kind = kinds.pop(kinds.index(stream.pick(kinds)))
        planted = PLANTS[kind](told)
        if planted is not None:
            more, _after = gained(told, planted)
            assert more == Counter([planted.key]), (path.stem, order, kind)
            return kind
    return None


def test_an_error_drawn_is_the_error_named() -> None:
    assert check(3) is not None


@pytest.mark.slow
def test_every_error_drawn_is_the_error_named() -> None:
    kinds = Counter(check(seed) for seed in range(SEEDS))
    assert kinds.pop(None, 0) < SEEDS // 4
    assert len(kinds) >= 6
