"""Which incident bots turn to next, without asking about every incident at every turn.

What bots wish for in an incident rests on its facts and on what distracts people, and changes only with these. So
wishes are kept, each with a time before which nobody can fulfil it. The incidents that may come soonest are planned
first, and those whose time is later than the best plan are left alone: none of them could be the earliest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.conditions import All, AnyOf, Condition, Happened, Not
from incidentsim.exercise.bots.choice import Wish, wishes
from incidentsim.exercise.bots.timing import Prospect, WishTiming, plan, timing_of
from incidentsim.exercise.bots.view import BotView
from incidentsim.exercise.kernel.state import IncidentState

NEVER: Final = 1 << 62
"""A time (ms) that no exercise reaches."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """The wishes of bots in one incident while nothing changes there.

    `version` says what they rest on. Of each tuple, the first that somebody can do is meant. `soonest` is a time (ms)
    before which none of them is fulfilled, whoever there is.
    """

    version: tuple[int, int]
    alternatives: tuple[tuple[tuple[Wish, WishTiming], ...], ...]
    soonest: int


class BotAgenda:
    """The incidents of one exercise as bots turn to them."""

    def __init__(self, desk: BotView) -> None:
        self.desk: Final = desk
        self._kept: dict[str, Wishes] = {}

    def next_up(self) -> tuple[Prospect, IncidentState] | None:
        """Return the earliest prospect of all, in the order of incidents and of their wishes where times are equal."""
        desk = self.desk
        if desk.look():  # something that was read before counts no more
            self._kept.clear()
        waiting = []
        for place, incident in enumerate(desk.exercise.state.incidents.values()):
            if incident.raised:
                kept = self._wishes(incident)
                if kept.soonest != NEVER:
                    waiting.append((kept.soonest, place, incident, kept.alternatives))
        waiting.sort(key=lambda item: item[:2])
        best: tuple[Prospect, IncidentState] | None = None
        rank = (NEVER, 0)
        for soonest, place, incident, alternatives in waiting:
            if soonest > rank[0]:
                break
            for prospect in _prospects(desk, incident, alternatives):
                if (prospect.at, place) < rank:
                    best, rank = (prospect, incident), (prospect.at, place)
        return best

    def _wishes(self, incident: IncidentState) -> Wishes:
        version = (len(incident.facts), self.desk.evidence.distracted)
        kept = self._kept.get(incident.id)
        if kept is None or kept.version != version:
            kept = self._kept[incident.id] = self._wished(incident, version)
        return kept

    def _wished(self, incident: IncidentState, version: tuple[int, int]) -> Wishes:
        kept: list[tuple[tuple[Wish, WishTiming], ...]] = []
        soonest = NEVER
        for track, state in incident.tracks.items():
            for alternatives in wishes(self.desk, incident, track, state):
                timed = tuple(
                    (wish, timing_of(self.desk, incident, wish))
                    for wish in alternatives
                    if not self._blocked(incident, wish)
                )
                if timed:
                    kept.append(timed)
                    soonest = min(soonest, *(timing.soonest for _wish, timing in timed))
        return Wishes(version, tuple(kept), soonest)

    def _blocked(self, incident: IncidentState, wish: Wish) -> bool:
        """Whether a step needs what is not so, and what only a fact about this incident can bring about."""
        needs, step, now = wish.ready.needs, wish.ready.step, self.desk.exercise.state.now
        return (
            needs is not None
            and not _passes_with_time(step.needs)
            and not any(needs(incident, now, role) for role in step.by)
        )


def _passes_with_time(condition: Condition) -> bool:
    """Whether a condition can come to hold, or cease to, as time passes and nothing else happens."""
    match condition:
        case All(parts) | AnyOf(parts):
            return any(map(_passes_with_time, parts))
        case Not(part):
            return _passes_with_time(part)
        case Happened(_, within):
            return within is not None
        case _:
            return False


def _prospects(
    desk: BotView, incident: IncidentState, kept: tuple[tuple[tuple[Wish, WishTiming], ...], ...]
) -> Iterator[Prospect]:
    for alternatives in kept:
        for wish, timing in alternatives:
            if (incident.id, wish.ready.step.do) in desk.scripted:
                continue
            prospect = plan(desk, incident, wish, timing)
            if prospect is not None and not desk.is_for_people(incident, wish.ready.step, prospect.at):
                yield prospect
                break
