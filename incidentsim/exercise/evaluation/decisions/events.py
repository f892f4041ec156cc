"""Everything in a record that somebody got wrong, before it is asked what followed from what."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.facts import (
    DutyOpened,
    DutySettled,
    LevelSet,
    RefusalReason,
    Refused,
    StepTaken,
)
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import Duty, Step
from incidentsim.exercise.evaluation.decisions.duties import Standing, by_the_truth
from incidentsim.exercise.evaluation.decisions.kinds import DecisionError, ErrorKind, Right
from incidentsim.exercise.evaluation.decisions.knowledge import Knowledge
from incidentsim.exercise.evaluation.decisions.regrading import Regrading
from incidentsim.exercise.evaluation.decisions.steps import Steps
from incidentsim.exercise.evaluation.decisions.truth import INCIDENT, Truths, asks_level, holds_at
from incidentsim.exercise.evaluation.trace import DutyTrace, IncidentTrace, RefusalTrace, Trace
from incidentsim.exercise.regulatory.views import ClockState, ClockView, DeadlineView

_OVERSTEPPING: Final = frozenset({RefusalReason.ROLE, RefusalReason.ROLE_NOT_HELD, RefusalReason.FOUR_EYES})


@dataclass(slots=True)
class Event:
    """An error with what is needed to see what it follows from.

    Attributes:
        error: what is told of it.
        start: the number of the fact from which on it was there to be done, or at which it was done.
        decisive: the number of the fact with which it was wrong.
        end: the number of the fact with which it was done after all; `None` where it never was.
        settled_at: when that was (ms).
        limit: the time that there was for it (ms); `None` where it was no matter of time.
        tracks: the tracks that it concerns.
        dos: the steps by which it is done.
        answer: the number of the step that was decided on, where there was one.
        by_grade: true if it is wrong, or there at all, only because the grading was.
    """

    error: DecisionError
    start: int
    decisive: int
    end: int | None = None
    settled_at: int = 0
    limit: int | None = None
    tracks: frozenset[str] = frozenset()
    dos: tuple[str, ...] = ()
    answer: int | None = None
    by_grade: bool = False


class Events:
    """Finds the errors of an incident."""

    def __init__(self, trace: Trace, knowledge: Knowledge, truths: Truths, steps: Steps) -> None:
        self._trace = trace
        self._knowledge = knowledge
        self._truths = truths
        self._steps = steps
        self._regrading = Regrading(trace, knowledge, truths, steps)
        self._duties: dict[str, list[DutyTrace]] = {}
        for duty in trace.duties:
            self._duties.setdefault(duty.incident, []).append(duty)
        self._refusals: dict[str, list[RefusalTrace]] = {}
        for refusal in trace.refusals:
            self._refusals.setdefault(refusal.incident, []).append(refusal)
        self._filing = tuple(
            dict.fromkeys(step.do for step in steps.all if any(part.kind is FieldKind.CLOCK for part in step.fields))
        )

    def of(self, incident: IncidentTrace, clocks: Sequence[ClockView]) -> list[Event]:
        """The errors about an incident, in the order in which they became ones."""
        events = [
            *self._judgements(incident),
            *self._gradings(incident),
            *self._kept(incident),
            *self._figures(incident),
            *self._recipients(incident),
            *self._late_duties(incident),
            *self._refused(incident),
            *self._law(incident, clocks),
            *self._unnoticed(incident),
        ]
        return sorted(events, key=lambda event: (event.decisive, event.start))

    def _judgements(self, incident: IncidentTrace) -> Iterator[Event]:
        for number in sorted(number for numbers in incident.misjudged.values() for number in numbers):
            fact = self._trace.facts[number]
            if not isinstance(fact, StepTaken) or fact.by is None:
                continue
            step = self._steps.at(fact.track, fact.source, fact.do)
            flag = next(
                (name for name, value in step.fits.items() if self._truths.flag(incident.id, name) != value), ""
            )
            kind = ErrorKind.FINDING_WRONG
            if flag == INCIDENT:
                kind = ErrorKind.FALSE_ALARM if step.fits[flag] else ErrorKind.DISMISSED
            right = self._truths.right_flag(incident.id, flag, self.fitting(incident.id, step, fact.source, flag))
            error = DecisionError(kind, incident.id, flag, (number,), fact.by.person, (fact.by.role,), right)
            yield Event(error, number, number, number, tracks=frozenset({fact.track}), dos=(fact.do,), answer=number)

    def fitting(self, incident: str, step: Step, source: str, flag: str) -> tuple[str, ...]:
        """The steps from the same state that answer the same question as the truth does."""
        return tuple(
            other.do
            for other in self._steps.from_state(step.track, source)
            if flag in other.fits and self._truths.fits(incident, other)
        )

    def _gradings(self, incident: IncidentTrace) -> Iterator[Event]:
        right, before = self._truths.level(incident.id), 0
        for number, level in incident.gradings:
            off = level - right if right is not None else 0
            if off and off != before:
                fact = self._trace.facts[number]
                cause = fact.because if isinstance(fact, LevelSet) else number
                graded = self._trace.facts[cause]
                by = graded.by if isinstance(graded, StepTaken) else None
                do = graded.do if isinstance(graded, StepTaken) else ""
                error = DecisionError(
                    ErrorKind.TOO_MILD if off > 0 else ErrorKind.TOO_SEVERE,
                    incident.id,
                    do,
                    (number,),
                    by.person if by is not None else None,
                    (by.role,) if by is not None else (),
                    self._truths.right_level(incident.id, (do,)),
                    off=off,
                    as_known=by is not None and self._as_known(incident.id, by.person, cause, level),
                )
                yield Event(error, number, number, number, dos=(do,), answer=cause)
            before = off

    def _as_known(self, incident: str, person: str, sequence: int, level: int) -> bool:
        """Return whether the figures that had reached somebody give the level that they graded."""
        return self._truths.level_by(self._knowledge.known(incident, person, sequence)) == level

    def _kept(self, incident: IncidentTrace) -> Iterator[Event]:
        error = self._regrading.kept(incident)
        if error is not None:
            arrived = error.sequences[-1]
            yield Event(error, arrived, arrived, dos=error.right.steps)

    def _figures(self, incident: IncidentTrace) -> Iterator[Event]:
        """Whoever graded first had not got the figure that decides the level, and somebody else had."""
        if incident.first_graded is None:
            return
        fact = self._trace.facts[incident.first_graded]
        cause = fact.because if isinstance(fact, LevelSet) else incident.first_graded
        graded = self._trace.facts[cause]
        if not isinstance(graded, StepTaken) or graded.by is None:
            return
        right = self._truths.right_level(incident.id, (graded.do,))
        known = {one.inject for one in self._knowledge.known(incident.id, graded.by.person, cause)}
        known |= (
            set(graded.because.injects) if graded.because is not None and not isinstance(graded.because, int) else set()
        )
        shown: dict[str, int] = {}
        for reason in right.reached:
            if reason.more_severe_by:
                continue
            for inject in self._truths.showing_measure(
                incident.id, reason.threshold.measure, reason.threshold.at_least
            ):
                if inject in known:
                    return
                first = self._knowledge.first_reader(inject, cause)
                if first is not None:
                    shown.setdefault(reason.threshold.measure, first)
        for measure, first in shown.items():
            error = DecisionError(
                ErrorKind.FIGURE_NOT_TOLD, incident.id, measure, (first, cause), None, (graded.by.role,), right
            )
            yield Event(error, first, cause, cause, answer=cause)
            return

    def _recipients(self, incident: IncidentTrace) -> Iterator[Event]:
        for do, numbers in incident.unasked.items():
            for number in numbers:
                fact = self._trace.facts[number]
                if not isinstance(fact, StepTaken) or fact.by is None or self._wanted(incident, fact, number):
                    continue
                roles = (fact.by.role,)
                error = DecisionError(
                    ErrorKind.WRONG_RECIPIENT, incident.id, do, (number,), fact.by.person, roles, Right()
                )
                yield Event(error, number, number, number, tracks=frozenset({fact.track}), dos=(do,), answer=number)

    def _wanted(self, incident: IncidentTrace, fact: StepTaken, number: int) -> bool:
        """Return whether the truth's level wanted them told, though the level that was graded did not."""
        right = self._truths.level(incident.id)
        if right is None or incident.level_at(number) in (None, right):
            return False
        return self.notice_owed(fact.track, right)

    def notice_owed(self, track: str, level: int | None) -> bool:
        """Return whether a notice falls due at this level, whatever else it needs."""
        initial = self._trace.playbook.tracks[track].initial
        automatic = [step for step in self._trace.playbook.tracks[track].steps if step.automatic]
        return any(initial in step.sources and holds_at(step.when, level) for step in automatic)

    def _late_duties(self, incident: IncidentTrace) -> Iterator[Event]:
        for duty in self._duties.get(incident.id, ()):
            event = self._duty(incident, duty)
            if event is not None:
                yield event

    def _duty(self, incident: IncidentTrace, duty: DutyTrace) -> Event | None:
        trace = self._trace
        opened = trace.facts[duty.opened]
        rule = trace.playbook.duties.get(duty.duty)
        if rule is None or not isinstance(opened, DutyOpened):
            return None
        standing = by_the_truth(trace, incident, duty, rule, self._truths.level(incident.id))
        if standing is None:
            return None
        settling = self._steps.settling(rule)
        tracks = frozenset(step.track for step in settling)
        dos = tuple(dict.fromkeys(step.do for step in settling))
        kind, subject = self._kind(duty, rule, settling, standing)
        numbers = tuple(n for n in (duty.breached, duty.settled) if n is not None) or (duty.opened,)
        answer, person = self._answer(duty)
        flag = subject if kind is ErrorKind.FINDING_MISSING else None
        right = Right(steps=dos, due=standing.due)
        if flag is not None:
            fitting = tuple(step.do for step in settling if self._truths.fits(incident.id, step))
            answered = self._truths.right_flag(incident.id, flag, fitting)
            right = Right(fitting, None, flag, answered.holds, (), answered.shown, standing.due)
        by_grade = standing.by_grade or self._only_by_level(incident, tracks, duty)
        error = DecisionError(
            kind, incident.id, subject, numbers, person, opened.owed_by, right, late_by=standing.late_by
        )
        decisive = duty.breached if duty.breached is not None else numbers[0]
        return Event(
            error, duty.opened, decisive, duty.settled, duty.settled_at, standing.limit, tracks, dos, answer, by_grade
        )

    def _only_by_level(self, incident: IncidentTrace, tracks: frozenset[str], duty: DutyTrace) -> bool:
        """Return whether a notice fell due only because the level was not the right one."""
        right, level = self._truths.level(incident.id), incident.level_at(duty.opened + 1)
        telling = [track for track in tracks if self._trace.playbook.tracks[track].tells]
        if not telling or level in (None, right):
            return False
        return any(self.notice_owed(track, level) and not self.notice_owed(track, right) for track in telling)

    def _kind(self, duty: DutyTrace, rule: Duty, settling: Sequence[Step], standing: Standing) -> tuple[ErrorKind, str]:
        if standing.late_by is not None:
            return ErrorKind.LATE, duty.duty
        if any(self._trace.playbook.tracks[step.track].tells for step in settling):
            return ErrorKind.RECIPIENT_MISSED, rule.id
        flags = [set(step.fits) - {INCIDENT} for step in settling]
        asked = set.intersection(*flags) if flags else set()
        for flag in sorted(asked):
            if {step.fits[flag] for step in settling} == {True, False}:
                return ErrorKind.FINDING_MISSING, flag
        return ErrorKind.NOT_DONE, duty.duty

    def _answer(self, duty: DutyTrace) -> tuple[int | None, str | None]:
        settled = self._trace.facts[duty.settled] if duty.settled is not None else None
        if not isinstance(settled, DutySettled):
            return None, None
        step = self._trace.facts[settled.because]
        by = step.by if isinstance(step, StepTaken) else None
        return settled.because, by.person if by is not None else None

    def _refused(self, incident: IncidentTrace) -> Iterator[Event]:
        for refusal in self._refusals.get(incident.id, ()):
            number, fact = refusal.sequence, self._trace.facts[refusal.sequence]
            if not isinstance(fact, Refused):
                continue
            steps = self._steps.called(fact.do)
            kind = self._kind_of_refusal(incident, refusal, fact, steps)
            error = DecisionError(
                kind,
                incident.id,
                fact.do,
                (number,),
                fact.by.person,
                (fact.by.role,),
                Right(steps=(fact.do,)),
                refused=fact.why,
            )
            tracks = frozenset(step.track for step in steps)
            event = Event(error, number, number, None, tracks=tracks, dos=(fact.do,))
            event.by_grade = self._refused_by_level(incident, refusal, steps)
            yield event

    def _kind_of_refusal(
        self, incident: IncidentTrace, refusal: RefusalTrace, fact: Refused, steps: Iterable[Step]
    ) -> ErrorKind:
        if fact.do in self._trace.playbook.forbidden:
            return ErrorKind.FORBIDDEN
        if refusal.why in _OVERSTEPPING:
            own = {do for step in steps for do in step.not_by_author_of}
            last: dict[str, str] = {}
            for number in incident.steps:
                taken = self._trace.facts[number]
                if number < refusal.sequence and isinstance(taken, StepTaken) and taken.by and taken.do in own:
                    last[taken.do] = taken.by.person
            if refusal.why is RefusalReason.FOUR_EYES or fact.by.person in last.values():
                return ErrorKind.OWN_REPORT_APPROVED
            return ErrorKind.OVERSTEPPED
        return ErrorKind.REFUSED

    def _refused_by_level(self, incident: IncidentTrace, refusal: RefusalTrace, steps: Iterable[Step]) -> bool:
        right = self._truths.level(incident.id)
        if right is None or refusal.level in (None, right):
            return False
        if refusal.why is RefusalReason.STATE:  # done already, though at the right level it could not have been
            done = any(step.do in incident.done and incident.done[step.do] < refusal.sequence for step in steps)
            return done and any(asks_level(step.needs) for step in steps)
        return refusal.why is RefusalReason.NEEDS and any(
            holds_at(step.needs, right, refusal.places) and not holds_at(step.needs, refusal.level, refusal.places)
            for step in steps
            if refusal.places[step.track] in step.sources
        )

    def _law(self, incident: IncidentTrace, clocks: Sequence[ClockView]) -> Iterator[Event]:
        late = {ClockState.OVERDUE, ClockState.FILED_LATE}
        for view in clocks:
            if not isinstance(view, DeadlineView) or not view.clock.binding or view.state not in late:
                continue
            began = view.anchor
            start = incident.filings.get(began.filing) if began.filing else incident.anchors.get(began.anchor.value)
            filed = incident.filings.get(view.clock.id)
            numbers = tuple(number for number in (start, filed) if number is not None)
            if not numbers:
                continue
            by = view.filed.at - view.due.at if view.filed is not None else None
            due = view.due.at - self._trace.scenario.local_time.start
            right = Right(steps=self._filing, clock=view.clock.id, due=due)
            roles = tuple(dict.fromkeys(role for do in self._filing for s in self._steps.called(do) for role in s.by))
            error = DecisionError(
                ErrorKind.LAW_DEADLINE_MISSED, incident.id, view.clock.id, numbers, None, roles, right, late_by=by
            )
            decisive = filed if filed is not None else len(self._trace.facts) - 1
            yield Event(error, numbers[0], decisive, filed, dos=self._filing)

    def _unnoticed(self, incident: IncidentTrace) -> Iterator[Event]:
        """Nobody did anything about an incident that could be noticed."""
        ended = self._trace.ended
        if incident.raised is None or ended is None or not self._truths.flag(incident.id, INCIDENT):
            return
        facts = self._trace.facts
        if any(isinstance(fact := facts[number], StepTaken) and fact.by is not None for number in incident.steps):
            return
        main = self._trace.playbook.main_track
        steps = [step for step in self._steps.from_state(main.id, main.initial) if not step.automatic]
        roles = tuple(dict.fromkeys(role for step in steps for role in step.by))
        right = Right(steps=tuple(step.do for step in steps))
        subject = steps[0].do if steps else ""
        error = DecisionError(ErrorKind.NOT_DONE, incident.id, subject, (incident.raised,), None, roles, right)
        yield Event(error, incident.raised, ended, None, tracks=frozenset({main.id}), dos=right.steps)
