"""Everyday messages that have nothing to do with anything: what an incident has to be heard through."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from incidentsim.generation.format_archetype import ArchetypeInjectShape, SlotShape
from incidentsim.generation.world import package_data


@cache
def noise_pool(*, by_day: bool = True) -> tuple[ArchetypeInjectShape, ...]:
    """The common noise, in the order of the data; without `by_day` only what may come in the evening too."""
    left_out = () if by_day else _data()["by_day"]
    return tuple(
        ArchetypeInjectShape.model_validate({"part": "noise", **one})
        for one in _data()["noise"]
        if one["id"] not in left_out
    )


@cache
def noise_slots() -> Mapping[str, SlotShape]:
    """Return the slots that the common noise names besides the organisation, by name."""
    return {name: SlotShape.model_validate(one) for name, one in _data()["slots"].items()}


def _data() -> dict[str, Any]:
    return package_data("noise.yaml")
