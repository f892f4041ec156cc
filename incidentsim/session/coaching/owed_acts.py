"""What somebody at the keyboard has to do first: what is owed, what a law waits for, what figures ask for, the rest.

Read off the duties, offers and deadlines that a seat shows as well, and from what these people know.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from incidentsim.domain.actions import Action
from incidentsim.domain.playbook import Step
from incidentsim.exercise.bots.peoples_part import PeoplesPart
from incidentsim.exercise.coaching.advice import Advice, Adviser
from incidentsim.exercise.kernel.refusals import Allowed
from incidentsim.exercise.knowledge.knowledge import Finding
from incidentsim.exercise.regulatory.views import ClockState, DeadlineView
from incidentsim.session.reading.clock_steps import steps_for
from incidentsim.session.reading.reader import Reader
from incidentsim.session.reading.regulatory import Clocks
from incidentsim.session.relevance import called_for
from incidentsim.session.views import OfferedAction, OwedDuty, duties, offers


@dataclass(frozen=True, slots=True)
class Matter:
    """Something to be done: the steps of which one is to be taken, and why.

    Attributes:
        incident: the incident that it is about.
        steps: the steps that stand to choice, by the playbook's order; not all of them need be open to these people.
        offers: those that are open to them.
        known: what these people know about the incident.
        advice: what the playbook's rule gives on that.
        duty: the duty that it settles, if any.
        clock: the regulatory deadline that waits for it, if any.
        due: until when (ms); `None` where no time is set.
        beside: how long it takes to do what else these people owe that cannot wait for longer (ms).
    """

    incident: str
    steps: tuple[Step, ...]
    offers: tuple[OfferedAction, ...]
    known: tuple[Finding, ...]
    advice: Advice
    duty: OwedDuty | None = None
    clock: DeadlineView | None = None
    due: int | None = None
    beside: int = 0

    @property
    def acts(self) -> tuple[str, ...]:
        """The triggers of the steps that stand to choice."""
        return tuple(dict.fromkeys(step.do for step in self.steps))

    @property
    def offer(self) -> OfferedAction | None:
        """The one that the advice chooses; the first where there is nothing to judge; `None` where it is not theirs."""
        if self.advice.flags:
            return next((offer for offer in self.offers if offer.step.do == self.advice.step), None)
        return self.offers[0]


def owed_acts(reader: Reader, adviser: Adviser, clocks: Clocks) -> Iterator[Matter]:
    """Yield what is to be done by whoever sits there, first things first; nothing once the exercise is over."""
    if reader.session.ended or not reader.people:
        return
    looking = _Looking(reader, adviser)
    yield from looking.owed()
    yield from looking.by_law(clocks)
    yield from looking.regradings()
    yield from looking.leading_on()


class _Looking:
    def __init__(self, reader: Reader, adviser: Adviser) -> None:
        self._reader = reader
        self._adviser = adviser
        self._session = reader.session
        adviser.follow(reader.session.exercise.state)
        self._open = {
            incident: [offer for offer in offers(reader.session, incident, reader.people) if self._is_open(offer)]
            for incident in reader.incidents
        }
        self._known = {
            incident: adviser.known(incident, reader.pseudonyms, reader.session.now) for incident in reader.incidents
        }

    def _is_open(self, offer: OfferedAction) -> bool:
        """Whether it may be taken, also by the time it takes: whom they stand in for may be back by then."""
        if not offer.open:
            return False
        action = Action(offer.person.pseudonym, offer.step.do, offer.incident, offer.role)
        done = self._session.now + offer.step.takes
        return isinstance(self._session.exercise.examine(action, done, content=False), Allowed)

    def owed(self) -> Iterator[Matter]:
        matters = []
        for duty in filter(self._theirs, duties(self._session)):
            ending = [offer for offer in self._open.get(duty.incident, ()) if offer.step.do in duty.settled_by]
            if ending:
                judged = [offer for offer in ending if offer.step.fits]
                ending = judged or [*self._straight_on(duty.incident, ending), *ending]
                matters.append(self._matter(duty.incident, ending, duty=duty, due=duty.due))
        for matter in matters:
            others = [one for one in matters if one is not matter and _presses(one, matter)]
            yield replace(matter, beside=sum(map(_takes, others)))

    def _straight_on(self, incident: str, ending: Sequence[OfferedAction]) -> list[OfferedAction]:
        """Where a duty ends here by a detour only: what leads on beside it, towards where it ends too."""
        if not all(offer.step.detour for offer in ending):
            return []
        tracks = {offer.step.track for offer in ending}
        return [
            offer
            for offer in self._open[incident]
            if offer.step.track in tracks
            and not offer.step.detour
            and offer.step.target not in {None, *offer.step.sources}
        ]

    def _theirs(self, duty: OwedDuty) -> bool:
        """Whether these people owe it by a role or stand in for who does; being able to settle it is not enough."""
        exercise, people = self._session.exercise, set(self._reader.pseudonyms)
        owed_by = exercise.compiled.duties[duty.duty].owed_by
        roles = {role for name in owed_by for role in exercise.playbook.roles_of(name)}
        held = {role for person in self._reader.people for role in exercise.roster.roles_of(person)}
        return bool(roles & held) or not people.isdisjoint(exercise.roster.reached(owed_by, self._session.now))

    def by_law(self, clocks: Clocks) -> Iterator[Matter]:
        start = self._session.exercise.scenario.local_time.start
        running = [
            (view.due.at - start, incident, view)
            for incident, views in clocks.items()
            for view in views
            if isinstance(view, DeadlineView) and view.state in {ClockState.DUE, ClockState.OVERDUE}
        ]
        for due, incident, view in sorted(running, key=lambda known: known[0]):
            filing = {step.do for step in steps_for(self._session.exercise.playbook, view)}
            ending = [offer for offer in self._open.get(incident, ()) if offer.step.do in filing]
            if ending:
                yield self._matter(incident, ending, clock=view, due=due)

    def regradings(self) -> Iterator[Matter]:
        """Yield what is to be graded again: what is known now gives another level than the one that was set."""
        for incident, opened in self._open.items():
            graded = self._session.exercise.state.incidents[incident].level
            for offer in opened:
                if graded is None or not offer.step.detour or offer.step.sets_level is None:
                    continue
                if self._adviser.level(self._known[incident]) not in {None, graded}:
                    yield self._matter(incident, [offer])

    def leading_on(self) -> Iterator[Matter]:
        """Yield what no duty asks for and the procedure gives to their roles first: bots leave it to them."""
        exercise = self._session.exercise
        part, owed = PeoplesPart(exercise, self._reader.pseudonyms), duties(self._session)
        for incident, opened in self._open.items():
            not_theirs = {do for duty in owed if duty.incident == incident for do in duty.settled_by}
            state = exercise.state.incidents[incident]
            for offer in opened:
                if offer.step.do in not_theirs or not part.holds(state, offer.step, self._session.now, ()):
                    continue
                if called_for(exercise, incident, offer.step):
                    matter = self._matter(incident, [offer])
                    if not matter.advice.flags or matter.advice.step is not None:
                        yield matter

    def _matter(
        self,
        incident: str,
        ending: Sequence[OfferedAction],
        duty: OwedDuty | None = None,
        clock: DeadlineView | None = None,
        due: int | None = None,
    ) -> Matter:
        first, known = ending[0].step, self._known[incident]
        steps = self._alternatives(incident, first) if first.fits else [offer.step for offer in ending]
        acts = {step.do for step in steps}
        theirs = [offer for offer in self._open[incident] if offer.step.do in acts]
        theirs.sort(key=lambda offer: offer.step.detour)  # the straight way first
        return Matter(
            incident, tuple(steps), tuple(theirs), known, self._adviser.advice(steps, known), duty, clock, due
        )

    def _alternatives(self, incident: str, judging: Step) -> list[Step]:
        """The steps from the same state that answer the same question."""
        exercise = self._session.exercise
        here = exercise.state.incidents[incident].tracks[judging.track]
        return [
            step
            for step in exercise.playbook.tracks[judging.track].steps
            if here in step.sources and not step.automatic and not judging.fits.keys().isdisjoint(step.fits)
        ]


def _takes(matter: Matter) -> int:
    return max(step.takes for step in matter.steps)


def _presses(other: Matter, matter: Matter) -> bool:
    """Whether another matter is due before this one could be done and be followed by it."""
    return other.due is not None and matter.due is not None and other.due - _takes(other) <= matter.due
