"""What makes an exercise harder: noise, red herrings, contradictions, late evidence, absent people, less time.

Nested: for equal seeds, whatever comes at one difficulty comes at the next as well, because each kind is dealt in an
order that does not depend on the difficulty and only the count of those dealt does.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Final, TypeVar

from incidentsim.domain.playbook import Playbook
from incidentsim.exercise.running.randomness import Stream
from incidentsim.generation.cast import CAST, NAMELESS

T = TypeVar("T")

NOISE: Final = (0, 2, 4, 7, 10)
RED_HERRINGS: Final = (0, 1, 1, 2, 2)
CONTRADICTIONS: Final = (0, 0, 1, 1, 2)
ABSENT: Final = (0, 1, 2, 3, 4)
HASTE: Final = (140, 120, 100, 80, 60)
"""Percent of the time that is left before something gets worse."""
LATE_EVIDENCE_FROM: Final = 3

_NEVER_AWAY: Final = ("finder", "finder2", *NAMELESS)
_ALWAYS_PERCENT: Final = 40


def count(of: Sequence[int], difficulty: int) -> int:
    """Return how many of a kind there are at a difficulty (1 to 5); `of` holds one number for each."""
    return of[difficulty - 1]


def dealt(items: Sequence[T], stream: Stream) -> list[T]:
    """`items` in an order of chance."""
    left = list(items)
    return [left.pop(stream.below(len(left))) for _index in range(len(left))]


def mixed(first: Sequence[T], second: Sequence[T]) -> list[T]:
    """One of each in turn, as long as there are any."""
    shared = min(len(first), len(second))
    pairs = [one for pair in zip(first, second, strict=False) for one in pair]
    return [*pairs, *first[shared:], *second[shared:]]


def absent(
    playbook: Playbook, roles: Mapping[str, Sequence[str]], spoken_of: Collection[str], stream: Stream, most: int
) -> list[str]:
    """Choose who is away: people of the usual cast for whom somebody present can stand in, in every role they hold.

    Args:
        playbook: says who stands in for whom.
        roles: of everybody in the story who is not away anyway.
        spoken_of: whom the story needs.
        stream: decides who goes first.
        most: how many are away at most.
    """
    gone: list[str] = []
    for person in dealt([one for one in CAST if one not in _NEVER_AWAY and one not in spoken_of], stream):
        if len(gone) == most:
            break
        if person not in roles:
            continue
        if _covered(playbook, roles, {*gone, person}):
            gone.append(person)
    return gone


def _covered(playbook: Playbook, roles: Mapping[str, Sequence[str]], gone: Collection[str]) -> bool:
    """Whether every role that somebody away holds has a holder or a deputy who is there."""
    there = {role for person, held in roles.items() if person not in gone for role in held}
    acting = {role for track in playbook.tracks.values() for step in track.steps for role in step.by}
    return all(
        role in there or not there.isdisjoint(playbook.roles[role].deputies) or role not in acting
        for person in gone
        for role in roles[person]
    )


def away(start_minute: int, stream: Stream) -> str | list[str]:
    """Draw an absence as scenario files write it: `always`, or one daily stretch around the start of the exercise.

    `start_minute` counts from local midnight; the stretch is local time, such as `09:30/12:00`, and may pass midnight.
    """
    if stream.chance(_ALWAYS_PERCENT):
        return "always"
    begins = (start_minute // 30 - stream.between(0, 2)) * 30
    ends = begins + stream.between(5, 12) * 30
    return [f"{_clock(begins)}/{_clock(ends)}"]


def _clock(minute: int) -> str:
    minute %= 24 * 60
    return f"{minute // 60:02d}:{minute % 60:02d}"
