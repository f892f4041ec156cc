"""What playbooks and scenarios may name of the shipped clock packs: clocks, levels of statutory scales, measures.

The packs are read when a file names something of them for the first time; most files never do.
"""

from functools import cache
from typing import TYPE_CHECKING

from incidentsim.domain.actions import NO_STATUTORY_LEVEL
from incidentsim.domain.clock_limits import Anchor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from incidentsim.domain.clocks import ClockPack, StatutoryScale
    from incidentsim.domain.playbook import Measure

ANCHORS = tuple(anchor.value for anchor in Anchor if anchor is not Anchor.PRIOR_FILING)
"""The moments that can be recorded as such; a prior filing is on record as a filing."""


def _packs() -> "tuple[ClockPack, ...]":
    from incidentsim.definitions.clocks.read import shipped_packs  # most files name no clock

    return shipped_packs()


@cache
def clock_ids() -> tuple[str, ...]:
    """The clocks, in the order of the packs."""
    return tuple(clock for pack in _packs() for clock in pack.clocks)


@cache
def clock_scales() -> "Mapping[str, StatutoryScale]":
    """The statutory scales."""
    return {name: scale for pack in _packs() for name, scale in pack.scales.items()}


@cache
def judgements() -> tuple[str, ...]:
    """Every judgement that can be passed on a scale, as an action holds it: `scale:level`."""
    return tuple(
        f"{name}:{level}" for name, scale in clock_scales().items() for level in (*scale.levels, NO_STATUTORY_LEVEL)
    )


@cache
def clock_measures() -> "Mapping[str, Measure]":
    """The measures that packs ask about."""
    return {name: measure for pack in _packs() for name, measure in pack.measures.items()}
