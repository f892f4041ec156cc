"""Which incident bots turn to next, without asking about every incident at every turn.

What bots wish for in an incident rests on its facts and on what distracts people, and changes only with these. So
wishes are kept, each with a time before which nobody can fulfil it. The incidents that may come soonest are planned
first, and those whose time is later than the best plan are left alone: none of them could be the earliest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.conditions import All, AnyOf, Condition, Happened, Not
from incidentsim.exercise.bots.choice import Wish, wishes
from incidentsim.exercise.bots.speech import Note, Remark, answers, passed_on, remarks
from incidentsim.exercise.bots.timing import Prospect, WishTiming, plan, timing_of
from incidentsim.exercise.bots.view import BotView
from incidentsim.exercise.kernel.state import IncidentState

NEVER: Final = 1 << 62
"""A time (ms) that no exercise reaches."""
SAYING: Final = 0
ACTING: Final = 1
"""What comes first at one time: whoever would say something says it before anybody acts."""


Version = tuple[int, int, int, frozenset[str], frozenset[str]]
"""The facts about an incident, what was read about it, what distracts people, who is away, and whom bots leave out."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """The wishes of bots in one incident while nothing changes there.

    `version` says what they rest on. Of each tuple, the first that somebody can do is meant; `notes` is what bots would
    say about it. `soonest` is a time (ms) before which none of them is fulfilled, whoever there is.
    """

    version: Version
    alternatives: tuple[tuple[tuple[Wish, WishTiming], ...], ...]
    notes: tuple[Note, ...]
    soonest: int


class BotAgenda:
    """The incidents of one exercise as bots turn to them."""

    def __init__(self, desk: BotView) -> None:
        self.desk: Final = desk
        self._kept: dict[str, Wishes] = {}

    def next_up(self) -> tuple[Prospect, IncidentState] | Remark | None:
        """Return the earliest prospect of all, or what is said before it or at the same time.

        Where times are equal, the order is that of incidents and of their wishes.
        """
        desk = self.desk
        if desk.look():  # something that was read before counts no more
            self._kept.clear()
        waiting = []
        for place, incident in enumerate(desk.exercise.state.incidents.values()):
            if incident.raised:
                kept = self._wishes(incident)
                if kept.soonest != NEVER:
                    waiting.append((kept.soonest, place, incident, kept))
        waiting.sort(key=lambda item: item[:2])
        best: tuple[Prospect, IncidentState] | Remark | None = None
        rank = (NEVER, SAYING, 0)
        for remark in self._said(answers(desk)):
            if (remark.at, SAYING, -1) < rank:
                best, rank = remark, (remark.at, SAYING, -1)
        for soonest, place, incident, kept in waiting:
            if soonest > rank[0]:
                break
            for at, kind, what in self._next_of(incident, kept):
                if (at, kind, place) < rank:
                    best, rank = what, (at, kind, place)
        return best

    def _next_of(
        self, incident: IncidentState, kept: Wishes
    ) -> Iterator[tuple[int, int, tuple[Prospect, IncidentState] | Remark]]:
        """What bots would say and do about an incident: when (ms), which of both, and what."""
        for remark in self._said(kept.notes):
            yield remark.at, SAYING, remark
        for prospect in _prospects(self.desk, incident, kept.alternatives):
            yield prospect.at, ACTING, (prospect, incident)

    def _said(self, notes: Iterable[Note]) -> Iterator[Remark]:
        return remarks(self.desk, notes)

    def _wishes(self, incident: IncidentState) -> Wishes:
        version = self._version(incident)
        kept = self._kept.get(incident.id)
        if kept is None or kept.version != version:
            kept = self._kept[incident.id] = self._wished(incident, version)
        return kept

    def _version(self, incident: IncidentState) -> Version:
        desk = self.desk
        return len(incident.facts), desk.knowledge.version(incident.id), desk.history.distracted, desk.away, desk.busy

    def _wished(self, incident: IncidentState, version: Version) -> Wishes:
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
        notes = tuple(passed_on(self.desk, incident))
        return Wishes(version, tuple(kept), notes, min([soonest, *(note.ready for note in notes)]))

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
