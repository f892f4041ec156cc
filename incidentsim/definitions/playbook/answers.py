"""Answers that steps ask for by `fits` and that are spelt in two ways: no truth answers the one that is a slip."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.playbook import Playbook
from incidentsim.messages import gettext as _

_ALIKE: Final = 0.8
"""So alike are two spellings of one word; two words that mean different things mostly are not."""
_GIVEN: Final = ("incident", "unlawful")
"""The answers that every truth gives."""


def misspelt_answers(playbook: Playbook) -> Iterator[tuple[Path, str]]:
    """The answers that one step alone asks for and that are much like one that others ask for, each with its place."""
    places: dict[str, list[Path]] = {}
    for track in playbook.tracks.values():
        for index, step in enumerate(track.steps):
            for name in step.fits:
                places.setdefault(name, []).append(("tracks", track.id, "steps", index, "fits", name))
    told: set[str] = set()
    for name, where in places.items():
        if len(where) > 1 or name in _GIVEN:
            continue
        others = [other for other in (*_GIVEN, *places) if other not in (name, *told)]
        near = max(others, key=lambda other: _likeness(name, other), default=None)
        if near is not None and _likeness(name, near) >= _ALIKE:
            told.add(name)
            message = _(
                "Only this step asks whether {name}; the nearest answer that others give or ask for is {other}. If "
                "that is meant, write {other}: no truth would answer {name}."
            )
            yield where[0], message.format(name=name, other=near)


def _likeness(name: str, other: str) -> float:
    return SequenceMatcher(None, name, other).ratio()
