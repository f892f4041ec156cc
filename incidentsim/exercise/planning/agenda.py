"""How the time of a session is spent: what of the story fits into it, at which pace, and the agenda in minutes."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from incidentsim.exercise.forecast.reading import MINUTES_A_DECISION
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.exercise.planning.shapes import (
    HOT_WASH_PART,
    LEAST_HOT_WASH,
    LONG_GAP,
    MOST_HOT_WASH,
    SEATING,
    SPEEDS,
    AgendaItem,
    Gap,
    ItemKind,
)
from incidentsim.exercise.planning.typical_play import TypicalPlay


@dataclass(frozen=True, slots=True)
class SessionTimes:
    """The parts of a session, in minutes."""

    briefing: int
    play: int
    hot_wash: int

    @classmethod
    def of(cls, played: TypicalPlay, minutes: int) -> Self:
        """The parts of a session of so many minutes."""
        hot_wash = min(max(minutes // HOT_WASH_PART, LEAST_HOT_WASH), MOST_HOT_WASH)
        briefing = briefing_minutes(played.briefing)
        return cls(briefing, minutes - hot_wash - briefing, hot_wash)

    @property
    def room(self) -> int:
        """The time to play (ms)."""
        return self.play * MINUTE


def briefing_minutes(reading: int) -> int:
    """Return how many minutes it takes to sit down and to read what is read beforehand (ms), rounded up."""
    return SEATING - (-reading // MINUTE)


def costs(played: TypicalPlay, people: Collection[str]) -> list[tuple[int, int]]:
    """Return the things that take these people time at the table: when in the story, and how long (ms)."""
    taking = [(decision.at, MINUTES_A_DECISION * MINUTE) for decision in played.decisions if decision.person in people]
    taking += [(arrival.at, arrival.reading) for arrival in played.arrivals if not {*arrival.people}.isdisjoint(people)]
    return sorted(taking)


def over(played: TypicalPlay, people: Collection[str], room: int) -> int | None:
    """Return how far (ms) the story gets in the time of these people, up to the last thing that fits.

    `None` where all of it fits.
    """
    taking = costs(played, people)
    for at, length in taking:
        room -= length
        if room < 0:
            return max((before + 1 for before, _length in taking if before < at), default=1)
    return None


def live_speed(played: TypicalPlay, until: int, room: int) -> int | None:
    """Return the slowest speed at which the story fits live; `None` where some duty leaves no time to decide then."""
    speed = next((speed for speed in SPEEDS if min(until, played.ends) <= room * speed), None)
    if speed is None or played.shortest_duty is None:
        return speed
    return speed if played.shortest_duty >= MINUTES_A_DECISION * MINUTE * speed else None


def agenda(
    played: TypicalPlay, people: Collection[str], until: int, times: SessionTimes, speed: int | None
) -> tuple[AgendaItem, ...]:
    """Return the parts of the session in order; those of play by the phases of the procedure until `until` (ms)."""
    items = [AgendaItem(ItemKind.BRIEFING, 0, times.briefing)]
    taking, spent, begins = costs(played, people), 0, times.briefing
    for phase, begin, end in _stretches(played, until):
        spent += sum(length for at, length in taking if begin <= at < end) if speed is None else (end - begin) // speed
        upto = times.briefing + min(-(-spent // MINUTE), times.play)
        decisions = sum(one.person in people and begin <= one.at < end for one in played.decisions)
        items.append(AgendaItem(ItemKind.PLAY, begins, upto - begins, phase, (begin, end), decisions))
        begins = upto
    over_at = times.briefing + times.play
    if begins < over_at:
        items.append(AgendaItem(ItemKind.RESERVE, begins, over_at - begins))
    return (*items, AgendaItem(ItemKind.HOT_WASH, over_at, times.hot_wash))


def _stretches(played: TypicalPlay, until: int) -> list[tuple[str | None, int, int]]:
    """The phases that are played, each from when until before when (ms)."""
    inside = [stretch for stretch in played.stretches if stretch.begins < until]
    ends = [*(stretch.begins for stretch in inside[1:]), until]
    return [(stretch.phase, stretch.begins, end) for stretch, end in zip(inside, ends, strict=True)]


def gaps(played: TypicalPlay, people: Collection[str], until: int) -> tuple[Gap, ...]:
    """Return the long stretches of the story before `until` (ms) in which these people have nothing to do."""
    times = sorted({0, *(at for at, _length in costs(played, people) if at < until)})
    return tuple(Gap(before, after) for before, after in pairwise(times) if after - before >= LONG_GAP)
