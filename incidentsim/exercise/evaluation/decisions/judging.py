"""Decision by decision: every judgement in a record, and every error with what followed from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from incidentsim.domain.facts import InjectDelivered, StepTaken
from incidentsim.domain.playbook import Step
from incidentsim.exercise.evaluation.decisions.attributing import Attribution
from incidentsim.exercise.evaluation.decisions.events import Event, Events
from incidentsim.exercise.evaluation.decisions.evidence import Arrivals
from incidentsim.exercise.evaluation.decisions.kinds import (
    GRAVITY,
    Decision,
    DecisionError,
    ErrorKind,
    Owed,
    Question,
    Right,
)
from incidentsim.exercise.evaluation.decisions.knowledge import Knowledge
from incidentsim.exercise.evaluation.decisions.owed import Obligations
from incidentsim.exercise.evaluation.decisions.steps import Steps
from incidentsim.exercise.evaluation.decisions.truth import INCIDENT, Truths
from incidentsim.exercise.evaluation.hints import HintsGiven
from incidentsim.exercise.evaluation.trace import IncidentTrace, Trace
from incidentsim.exercise.evaluation.whose import Whose
from incidentsim.exercise.regulatory.views import ClockView

_JUDGED_WRONGLY = frozenset({ErrorKind.DISMISSED, ErrorKind.TOO_MILD, ErrorKind.NOT_REGRADED, ErrorKind.FINDING_WRONG})
"""The errors after which the record no longer calls for what the truth does."""


@dataclass(frozen=True)  # without slots: what is looked up by incident is kept
class Judged:
    """The judgement on everything that was decided.

    Attributes:
        decisions: every judgement, in the order of the record.
        errors: the errors that nothing else explains, the worst first; what followed stands under each.
        owed: by incident, the tasks owed by the truth and not called for on record.
        notices_owed: by incident, the tracks of notices among them.
        unasked: the numbers of the steps by which somebody was told whom neither record nor truth wanted told.
    """

    decisions: tuple[Decision, ...]
    errors: tuple[DecisionError, ...]
    owed: Mapping[str, tuple[Owed, ...]]
    notices_owed: Mapping[str, frozenset[str]]
    unasked: frozenset[int]

    @cached_property
    def by_incident(self) -> Mapping[str, tuple[Decision, ...]]:
        """The judgements on each incident that any was made on, by its id, in the order of the record."""
        found: dict[str, list[Decision]] = {}
        for decision in self.decisions:
            found.setdefault(decision.incident, []).append(decision)
        return {incident: tuple(decisions) for incident, decisions in found.items()}

    @property
    def all_errors(self) -> tuple[DecisionError, ...]:
        """Every error, each followed by its consequences."""
        return tuple(one for error in self.errors for one in (error, *error.consequences))


def judged(trace: Trace, whose: Whose, clocks: Mapping[str, Sequence[ClockView]] | None = None) -> Judged:
    """Judge every decision of a record; `whose` says which were people's.

    `clocks` is where the regulatory deadlines of each incident stood at the end; without them none is judged.
    """
    return _Judge(trace, whose, clocks or {}).all()


class _Judge:
    def __init__(self, trace: Trace, whose: Whose, clocks: Mapping[str, Sequence[ClockView]]) -> None:
        self._trace = trace
        self._whose = whose
        self._clocks = clocks
        self._steps = Steps(trace.playbook)
        self._knowledge = Knowledge(trace)
        self._truths = Truths(trace.playbook, trace.scenario, self._knowledge)
        self._events = Events(trace, self._knowledge, self._truths, self._steps)
        self._obligations = Obligations(trace, self._truths)
        self._withheld_until = [inject for inject in trace.scenario.injects if inject.unless is not None]

    def all(self) -> Judged:
        decisions: list[Decision] = []
        roots: list[DecisionError] = []
        owed: dict[str, tuple[Owed, ...]] = {}
        notices: dict[str, frozenset[str]] = {}
        for incident in self._trace.incidents.values():
            events = self._events.of(incident, self._clocks.get(incident.id, ()))
            for event in events:
                by_people = self._whose.person(event.error.person, event.error.roles)
                event.error = replace(event.error, by_people=by_people)
            wrong = [(e.decisive, e.error.right.steps) for e in _judged_wrongly(events)]
            if wrong:
                owed[incident.id] = self._obligations.owed(incident, wrong)
                notices[incident.id] = self._obligations.notices_owed(owed[incident.id])
            told, of_event = self._gathered(incident, events, owed.get(incident.id, ()))
            roots += told
            decisions += self._decisions(incident, events, of_event)
        by_gravity = sorted(roots, key=_gravity)
        arrivals = Arrivals(self._trace)
        hints = HintsGiven(self._trace)
        decisions = [replace(arrivals.told(one), hints=hints.of_decision(one)) for one in decisions]
        decisions.sort(key=lambda decision: decision.sequence)
        every = (one for error in roots for one in (error, *error.consequences))
        unasked = {n for one in every if one.kind is ErrorKind.WRONG_RECIPIENT for n in one.sequences}
        return Judged(tuple(decisions), tuple(by_gravity), owed, notices, frozenset(unasked))

    def _gathered(
        self, incident: IncidentTrace, events: Sequence[Event], owed: Sequence[Owed]
    ) -> tuple[list[DecisionError], dict[int, DecisionError]]:
        """The errors that nothing explains with their consequences, and the error told for each event."""
        attribution = Attribution(self._trace, incident, self._steps, events)
        follow: dict[int, list[int]] = {}
        for index in range(len(events)):
            follow.setdefault(attribution.root(index), []).append(index)
        roots: list[DecisionError] = []
        told: dict[int, DecisionError] = {}
        for root, members in follow.items():
            event = events[root]
            after = tuple(events[index].error for index in members if index != root)
            error = replace(
                event.error,
                consequences=after,
                instead=self._instead(event, after),
                owed=tuple(one for one in owed if one.sequence == event.decisive),
                led_to=tuple(self._led_to(incident, [events[index] for index in members])),
            )
            roots.append(error)
            told.update((index, events[index].error) for index in members)
            told[root] = error
        return roots, told

    def _instead(self, event: Event, after: Sequence[DecisionError]) -> tuple[str, ...]:
        if event.error.kind is not ErrorKind.WRONG_RECIPIENT:
            return ()
        missed = (one for one in after if one.kind in {ErrorKind.RECIPIENT_MISSED, ErrorKind.LATE})
        return tuple(dict.fromkeys(do for one in missed for do in one.right.steps))

    def _led_to(self, incident: IncidentTrace, events: Sequence[Event]) -> Iterator[int]:
        """What the story brought because something had not been done, and what followed by automatic steps."""
        late = {do for event in events for do in event.error.right.steps if event.error.kind is not ErrorKind.REFUSED}
        brought = {
            inject.id
            for inject in self._withheld_until
            if inject.unless is not None and inject.incident == incident.id and inject.unless.do in late
        }
        if brought:
            for number in self._trace.tellings:
                fact = self._trace.facts[number]
                if isinstance(fact, InjectDelivered) and fact.inject in brought:
                    yield number
        shown = {number for event in events for number in event.error.sequences}
        for number in incident.steps:
            fact = self._trace.facts[number]
            if isinstance(fact, StepTaken) and fact.by is None and fact.because in shown:
                yield number

    def _decisions(
        self, incident: IncidentTrace, events: Sequence[Event], errors: Mapping[int, DecisionError]
    ) -> Iterator[Decision]:
        by_answer: dict[int, list[int]] = {}
        for index, event in enumerate(events):
            if event.answer is not None:
                by_answer.setdefault(event.answer, []).append(index)
        for number in incident.judged:
            fact = self._trace.facts[number]
            if not isinstance(fact, StepTaken) or fact.by is None:
                continue
            step = self._steps.at(fact.track, fact.source, fact.do)
            wrong = [errors[index] for index in by_answer.get(number, ())]
            knew = self._knowledge.known(incident.id, fact.by.person, number)
            for question, right, level in self._questions(incident, step, fact.source, number):
                error = min(
                    (one for one in wrong if _answers(one.kind, question)),
                    key=lambda one: GRAVITY.index(one.kind),
                    default=None,
                )
                ours = self._whose.person(fact.by.person, (fact.by.role,))
                yield Decision(question, incident.id, number, fact.by.person, knew, fact.do, level, right, error, ours)
        for index, event in enumerate(events):
            asked = _ASKED.get(event.error.kind)
            if event.answer is None and asked is not None:
                error = errors[index]
                person = error.person
                knew = self._knowledge.known(incident.id, person, event.decisive) if person is not None else ()
                chosen = error.subject if error.kind is ErrorKind.OWN_REPORT_APPROVED else ""
                yield Decision(
                    asked, incident.id, event.decisive, person, knew, chosen, None, error.right, error, error.by_people
                )

    def _questions(
        self, incident: IncidentTrace, step: Step, source: str, number: int
    ) -> Iterator[tuple[Question, Right, int | None]]:
        for flag in step.fits:
            question = Question.INCIDENT if flag == INCIDENT else Question.FINDING
            fitting = self._events.fitting(incident.id, step, source, flag)
            yield question, self._truths.right_flag(incident.id, flag, fitting), None
        if step.sets_level:
            level = next((level for graded, level in incident.gradings if graded > number), None)
            yield Question.LEVEL, self._truths.right_level(incident.id, (step.do,)), level
        if self._trace.playbook.tracks[step.track].tells:
            yield Question.RECIPIENTS, Right(steps=(step.do,)), None
        if step.not_by_author_of and not step.fits:
            yield Question.APPROVAL, Right(steps=(step.do,)), None


def _judged_wrongly(events: Sequence[Event]) -> list[Event]:
    """The wrong judgements; where a level was kept, that counts and not the grading, which was right as known."""
    kept = any(event.error.kind is ErrorKind.NOT_REGRADED for event in events)
    return [event for event in events if event.error.kind in _JUDGED_WRONGLY and not (kept and event.error.as_known)]


def _gravity(error: DecisionError) -> tuple[bool, int, int, int, int]:
    """The worst first, of two late ones the later; what nobody could know better comes last."""
    return (error.as_known, GRAVITY.index(error.kind), -abs(error.off), -(error.late_by or 0), error.sequences[0])


_ASKED: Mapping[ErrorKind, Question] = {
    ErrorKind.FINDING_MISSING: Question.FINDING,
    ErrorKind.NOT_REGRADED: Question.LEVEL,
    ErrorKind.RECIPIENT_MISSED: Question.RECIPIENTS,
    ErrorKind.OWN_REPORT_APPROVED: Question.APPROVAL,
}
"""The questions that nobody answered, or that the wrong person did."""


def _answers(kind: ErrorKind, question: Question) -> bool:
    match kind:
        case ErrorKind.DISMISSED | ErrorKind.FALSE_ALARM:
            return question is Question.INCIDENT
        case ErrorKind.TOO_MILD | ErrorKind.TOO_SEVERE | ErrorKind.NOT_REGRADED | ErrorKind.FIGURE_NOT_TOLD:
            return question is Question.LEVEL
        case ErrorKind.FINDING_WRONG:
            return question is Question.FINDING
        case ErrorKind.WRONG_RECIPIENT:
            return question is Question.RECIPIENTS
        case _:
            return True
