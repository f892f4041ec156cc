"""A playbook whose roles, steps, measures, channels and tracks are called otherwise, by chance; their meanings stay."""

import random
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Final, TypeVar

from incidentsim.domain.playbook import Playbook
from incidentsim.domain.text import Text

T = TypeVar("T")

_TERMS: Final = ("part", "tags")
"""The keys of a scenario file whose values are words of the format, and may be called as a step is."""


def other_names(playbook: Playbook, seed: int) -> dict[str, str]:
    """Another name, drawn by chance, for every role, body, step, measure, channel and track."""
    steps = [step.do for track in playbook.tracks.values() for step in track.steps]
    named = (playbook.roles, playbook.bodies, playbook.measures, playbook.channels, playbook.tracks, steps)
    known = sorted({name for names in named for name in names})
    drawn = random.Random(seed).sample(range(10_000), len(known))  # noqa: S311 - names for a test
    return {name: f"x{number}" for name, number in zip(known, drawn, strict=True)}


def renamed(value: T, names: Mapping[str, str]) -> T:
    """The same value with every name in it that is renamed; words for people and terms stay as they are."""
    return _renamed(value, names)  # type: ignore[return-value]  # what comes out is of the kind of what goes in


def _renamed(value: object, names: Mapping[str, str]) -> object:
    match value:
        case Text() | Enum():
            return value
        case str():
            return names.get(value, value) if type(value) is str else value
        case Mapping() if {"en", "zh"} & value.keys():
            return value
        case Mapping():
            return {_renamed(key, names): one if key in _TERMS else _renamed(one, names) for key, one in value.items()}
        case tuple() | list() | frozenset():
            return type(value)(_renamed(one, names) for one in value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            return replace(
                value, **{one.name: _renamed(getattr(value, one.name), names) for one in fields(value) if one.init}
            )
        case _:
            return value
