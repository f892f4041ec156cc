"""Which incident bots turn to next, without asking about every incident at every turn.

What bots wish for in an incident rests on its facts, on what was read about it, on what distracts those who would act,
and on who is there, and changes only with these. So wishes are kept, each with a time before which nobody can fulfil
it, and with whoever would: looked up anew where one of these has changed, and nowhere else. The incidents that may come
soonest are planned first, and those whose time is later than the best plan are left alone: none of them could be the
earliest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.conditions import All, AnyOf, Condition, Happened, Not
from incidentsim.exercise.bots.choice import Wish, wishes
from incidentsim.exercise.bots.speech import Note, Remark, answers, passed_on, remarks
from incidentsim.exercise.bots.timing import REACTION, Prospect, WishTiming, plan, timing_of, waits_for
from incidentsim.exercise.bots.view import BotView
from incidentsim.exercise.bots.waiting import Entry, Queue
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.exercise.kernel.state import IncidentState

NEVER: Final = 1 << 62
"""A time (ms) that no exercise reaches."""
SAYING: Final = 0
ACTING: Final = 1
"""What comes first at one time: whoever would say something says it before anybody acts."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """The wishes of bots in one incident while nothing changes there.

    Of each tuple, the first that somebody can do is meant; `notes` is what bots would say about it. `weighing` are
    those (pseudonyms) of whom it was asked what weighs on them.
    """

    alternatives: tuple[tuple[tuple[Wish, WishTiming], ...], ...]
    notes: tuple[Note, ...]
    weighing: frozenset[str]


class BotAgenda:
    """The incidents of one exercise as bots turn to them."""

    def __init__(self, desk: BotView) -> None:
        self.desk: Final = desk
        self._places = {name: place for place, name in enumerate(desk.exercise.state.incidents)}
        self._incidents = tuple(desk.exercise.state.incidents)
        self._forget()

    def _forget(self) -> None:
        self._kept: dict[str, Wishes] = {}
        self._asking_about: dict[str, dict[str, None]] = {}
        self._queue = Queue()
        self._people: tuple[frozenset[str], frozenset[str]] | None = None

    def next_up(self) -> tuple[Prospect, IncidentState] | Remark | None:
        """Return the earliest prospect of all, or what is said before it or at the same time.

        Where times are equal, the order is that of incidents and of their wishes.
        """
        desk = self.desk
        if desk.look():  # something that was read before counts no more
            self._forget()
        for name in self._changed():
            self._look_up(name)
        best: tuple[Prospect, IncidentState] | Remark | None = None
        rank = (NEVER, SAYING, 0)
        for remark in self._said(answers(desk)):
            if (remark.at, SAYING, -1) < rank:
                best, rank = remark, (remark.at, SAYING, -1)
        planned: set[int] = set()
        for coming in self._queue.in_turn(self._free):
            if coming >= rank:
                break
            if coming.place in planned:
                continue
            planned.add(coming.place)
            name = self._incidents[coming.place]
            for at, kind, what in self._next_of(desk.exercise.state.incidents[name], self._kept[name]):
                if (at, kind, coming.place) < rank:
                    best, rank = what, (at, kind, coming.place)
        return best

    def _changed(self) -> Iterable[str]:
        """The raised incidents in which bots may wish for something else than when they were last looked up."""
        desk = self.desk
        incidents = desk.exercise.state.incidents
        news, people = desk.news(), (desk.away, desk.busy)
        if people != self._people:
            self._people = people
            return [name for name, incident in incidents.items() if incident.raised]
        changed = dict.fromkeys(news.incidents)
        for person in news.weighed:
            changed.update(self._asking_about.get(person, {}))
        return [name for name in changed if incidents[name].raised]

    def _free(self, person: str | None) -> int:
        """From when (ms) somebody can do something again; for `None`, whoever may."""
        state = self.desk.exercise.state
        soonest = state.now + REACTION
        return soonest if person is None else max(soonest, state.acted.get(person, -MINUTE) + MINUTE)

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

    def _look_up(self, name: str) -> None:
        """Look up what bots wish for in an incident, and enter when that may come."""
        desk = self.desk
        if name in self._kept:
            for person in self._kept[name].weighing:
                self._asking_about[person].pop(name, None)
        desk.weighing.clear()
        incident, place = desk.exercise.state.incidents[name], self._places[name]
        alternatives, notes = self._wished(incident)
        entries = [self._entry(incident, place, wish, timing) for wished in alternatives for wish, timing in wished]
        entries += [Entry(note.ready, SAYING, place, note.person.pseudonym) for note in notes]
        self._queue.enter(place, entries)
        self._kept[name] = Wishes(alternatives, notes, frozenset(desk.weighing))
        for person in desk.weighing:
            self._asking_about.setdefault(person, {})[name] = None

    def _entry(self, incident: IncidentState, place: int, wish: Wish, timing: WishTiming) -> Entry:
        soonest, person = waits_for(self.desk, incident, wish, timing)
        return Entry(soonest, ACTING, place, person)

    def _wished(
        self, incident: IncidentState
    ) -> tuple[tuple[tuple[tuple[Wish, WishTiming], ...], ...], tuple[Note, ...]]:
        kept: list[tuple[tuple[Wish, WishTiming], ...]] = []
        for track, state in incident.tracks.items():
            for alternatives in wishes(self.desk, incident, track, state):
                timed = tuple(
                    (wish, timing_of(self.desk, incident, wish))
                    for wish in alternatives
                    if not self._blocked(incident, wish)
                )
                if timed:
                    kept.append(timed)
        return tuple(kept), tuple(passed_on(self.desk, incident))

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
