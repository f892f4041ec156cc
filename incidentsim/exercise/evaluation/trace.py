"""One pass over the facts of a run that notes everything the evaluation asks about, by incident.

The pass must stay cheap: it looks at each fact once and keeps sequence numbers, never facts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.evaluation import Challenge, ElapsedRule, Lacking, Occurred, OutOfOrder
from incidentsim.domain.facts import (
    AnchorReached,
    CircumstanceArose,
    CoachingSet,
    DutyBreached,
    DutyDropped,
    DutyOpened,
    DutyRescheduled,
    DutySettled,
    Escalated,
    EscalationDropped,
    EscalationPlanned,
    ExerciseEnded,
    ExerciseStarted,
    Fact,
    Filed,
    HintGiven,
    HotwashAnswered,
    HotwashVoted,
    ImprovementSet,
    IncidentRaised,
    InjectAdded,
    InjectDelivered,
    InjectMoved,
    InjectSkipped,
    InjectWithheld,
    LevelSet,
    MeasureTaken,
    MessageSent,
    Observed,
    PersonErased,
    PlayerSeated,
    RatingSet,
    RefusalReason,
    Refused,
    SetAside,
    StatutoryLevelJudged,
    StepTaken,
    StepUndone,
    TextErased,
)
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.kernel.in_force import facts_in_force
from incidentsim.exercise.kernel.triggers import FactSignature, Subscription, by_kind, signature_of, subscriptions

Places = dict[str, str]
"""Where an incident stands: track → state."""


@dataclass(slots=True)
class DutyTrace:
    """The course of one duty. `due` (the last one set) and `settled_at` are times (ms); the rest are sequence numbers.

    `breached`, `settled` and `dropped` are `None` where that did not happen. `open_from` are the places of the incident
    and `level` its level when the duty was breached.
    """

    duty: str
    incident: str
    opened: int
    due: int | None
    breached: int | None = None
    settled: int | None = None
    settled_at: int = 0
    dropped: int | None = None
    open_from: Places = field(default_factory=dict)
    level: int | None = None


@dataclass(frozen=True, slots=True)
class RefusalTrace:
    """A refusal, and where the incident stood."""

    sequence: int
    incident: str
    why: RefusalReason
    places: Places
    level: int | None


@dataclass(slots=True)
class InjectTrace:
    """An inject that reached somebody, and the first decision of one of them about its incident."""

    sequence: int
    inject: str
    incident: str | None
    answered: int | None = None


@dataclass(slots=True)
class IncidentTrace:
    """The record of one incident as read so far, as sequence numbers in order.

    `places`, `level` and `first_level` are not sequence numbers but how the incident stands, and the first level set.
    `hits` go by the number of a pattern, `misjudged` and `unasked` by the step's `do`, `anchors` by anchor, `filings`
    by clock, `done` holds the first time that each step was taken. `steps` are all steps taken, `judged` those of
    people that answer a question about the truth, grade, tell somebody or approve; `gradings` are pairs of a sequence
    number and the level set.
    """

    id: str
    places: Places
    raised: int | None = None
    level: int | None = None
    first_graded: int | None = None
    first_level: int | None = None
    last_graded: int | None = None
    hits: dict[int, list[int]] = field(default_factory=dict)
    misjudged: dict[str, list[int]] = field(default_factory=dict)
    unasked: dict[str, list[int]] = field(default_factory=dict)
    told: list[int] = field(default_factory=list)
    unreached: list[int] = field(default_factory=list)
    reached: list[int] = field(default_factory=list)
    anchors: dict[str, int] = field(default_factory=dict)
    filings: dict[str, int] = field(default_factory=dict)
    done: dict[str, int] = field(default_factory=dict)
    steps: list[int] = field(default_factory=list)
    judged: list[int] = field(default_factory=list)
    gradings: list[tuple[int, int]] = field(default_factory=list)

    def level_at(self, sequence: int) -> int | None:
        """The level that the incident was graded at before this fact; `None` while it was not graded."""
        return next((level for number, level in reversed(self.gradings) if number < sequence), None)


class Trace:
    """Everything noted in one pass.

    Attributes:
        facts: the facts that count, at their sequence numbers; something inert where one was undone.
        incidents: by id, in the order of the scenario.
        duties: every duty that opened, in order.
        refusals: every refusal, in order.
        injects: every delivered inject, in order.
        actions: person → (steps taken, refusals).
        overrides: the ratings that a facilitator set, in order.
        tellings: every delivered inject and every message, in order.
        hints: every hint that the coach gave, in order.
        coached: the pseudonyms of all whom the coach ever helped.
        ended: the sequence number of the exercise's end.
    """

    def __init__(self, playbook: Playbook, scenario: Scenario, facts: Sequence[Fact]) -> None:
        self.playbook = playbook
        self.scenario = scenario
        self.facts = facts_in_force(facts)
        initial = {track.id: track.initial for track in playbook.tracks.values()}
        self.incidents = {name: IncidentTrace(name, dict(initial)) for name in scenario.incidents}
        self.duties: list[DutyTrace] = []
        self.refusals: list[RefusalTrace] = []
        self.injects: list[InjectTrace] = []
        self.actions: dict[str, list[int]] = {person.pseudonym: [0, 0] for person in scenario.people.values()}
        self.overrides: list[int] = []
        self.tellings: list[int] = []
        self.hints: list[int] = []
        self.coached: set[str] = set()
        self.ended: int | None = None
        self._patterns = {pattern: number for number, pattern in enumerate(dict.fromkeys(patterns_in(playbook)))}
        self._asked = by_kind(self._patterns.items())
        self._asking: dict[FactSignature, tuple[Subscription[int], ...]] = {}
        self._fits = {
            (track.id, source, step.do): tuple(step.fits.items())
            for track in playbook.tracks.values()
            for step in track.steps
            if step.fits
            for source in step.sources
        }
        self._judging = {
            (track.id, source, step.do)
            for track in playbook.tracks.values()
            for step in track.steps
            if step.fits or step.sets_level or step.not_by_author_of or track.tells
            for source in step.sources
        }
        self._telling = {track.id: track.initial for track in playbook.tracks.values() if track.tells}
        self._numbers: dict[int, DutyTrace] = {}
        self._waiting: dict[tuple[str, str | None], list[InjectTrace]] = {}
        self._run()

    def hits(self, incident: IncidentTrace, patterns: Iterable[Pattern]) -> list[int]:
        """The facts about the incident that match one of the patterns, in order."""
        found = [incident.hits.get(self._patterns[pattern], ()) for pattern in patterns]
        return list(found[0]) if len(found) == 1 else sorted({number for numbers in found for number in numbers})

    def first(self, incident: IncidentTrace, patterns: Iterable[Pattern], after: int = -1) -> int | None:
        """The first such fact not before the sequence number `after`."""
        return next((number for number in self.hits(incident, patterns) if number >= after), None)

    def _run(self) -> None:
        asking = self._asking
        for sequence, fact in enumerate(self.facts):
            incident = self.incidents.get(fact.incident) if fact.incident is not None else None
            if incident is not None:
                sort = signature_of(fact)
                heard = asking.get(sort)
                if heard is None:
                    heard = asking[sort] = subscriptions(self._asked.get(fact.kind, ()), sort)
                for listener in heard:
                    if listener.matches(fact):
                        incident.hits.setdefault(listener.rule, []).append(sequence)
            self._note(incident, fact, sequence)

    def _note(self, incident: IncidentTrace | None, fact: Fact, sequence: int) -> None:  # noqa: C901, PLR0912 - a case a kind
        match fact:
            case StepTaken():
                self._step(incident, fact, sequence)
            case Refused():
                self._refused(incident, fact, sequence)
            case IncidentRaised():
                self._raised(incident, fact, sequence)
            case LevelSet():
                self._level(incident, fact, sequence)
            case DutyOpened():
                self._opened(incident, fact, sequence)
            case DutyRescheduled():
                self._rescheduled(incident, fact, sequence)
            case DutyBreached():
                self._breached(incident, fact, sequence)
            case DutySettled():
                self._settled(incident, fact, sequence)
            case DutyDropped():
                self._dropped(incident, fact, sequence)
            case Escalated():
                self._escalated(incident, fact, sequence)
            case InjectDelivered():
                self._delivered(incident, fact, sequence)
            case RatingSet():
                self._rated(incident, fact, sequence)
            case ExerciseEnded():
                self._ended(incident, fact, sequence)
            case AnchorReached():
                if incident is not None:
                    incident.anchors.setdefault(fact.anchor, sequence)
            case Filed():
                if incident is not None:
                    incident.filings.setdefault(fact.clock, sequence)
            case ExerciseStarted() | InjectWithheld() | CircumstanceArose() | MeasureTaken() | StatutoryLevelJudged():
                pass
            case MessageSent():
                self.tellings.append(sequence)
            case EscalationPlanned() | EscalationDropped() | TextErased() | PersonErased():
                pass
            case PlayerSeated() | ImprovementSet() | HotwashAnswered() | HotwashVoted():
                pass
            case HintGiven():
                self.hints.append(sequence)
            case CoachingSet():
                self.coached.update(fact.people)
            case InjectMoved() | InjectSkipped() | InjectAdded() | StepUndone() | Observed() | SetAside():
                pass
            case _:
                assert_never(fact)

    def _decided(self, person: str, incident: str | None, sequence: int, *, refused: bool) -> None:
        self.actions.setdefault(person, [0, 0])[refused] += 1
        for key in ((person, incident), (person, None)):
            for waiting in self._waiting.pop(key, ()):
                if waiting.answered is None:
                    waiting.answered = sequence

    def _step(self, incident: IncidentTrace | None, fact: StepTaken, sequence: int) -> None:
        if incident is None:
            return
        track, do, source = fact.track, fact.do, fact.source
        incident.steps.append(sequence)
        incident.done.setdefault(do, sequence)
        if fact.by is not None:
            if (track, source, do) in self._judging:
                incident.judged.append(sequence)
            self._decided(fact.by.person, incident.id, sequence, refused=False)
            fits = self._fits.get((track, source, do))
            if fits is not None:
                flags = self.scenario.incidents[incident.id].truth.flags
                if any(flags.get(name, False) != value for name, value in fits):
                    incident.misjudged.setdefault(do, []).append(sequence)
            if track in self._telling:
                incident.told.append(sequence)
                if source == self._telling[track]:
                    incident.unasked.setdefault(do, []).append(sequence)
        incident.places[track] = fact.target

    def _refused(self, incident: IncidentTrace | None, fact: Refused, sequence: int) -> None:
        if incident is None:
            return
        self._decided(fact.by.person, incident.id, sequence, refused=True)
        self.refusals.append(RefusalTrace(sequence, incident.id, fact.why, dict(incident.places), incident.level))

    def _raised(self, incident: IncidentTrace | None, _fact: IncidentRaised, sequence: int) -> None:
        if incident is not None and incident.raised is None:
            incident.raised = sequence

    def _level(self, incident: IncidentTrace | None, fact: LevelSet, sequence: int) -> None:
        if incident is None:
            return
        incident.level = fact.level
        incident.last_graded = sequence
        incident.gradings.append((sequence, fact.level))
        if incident.first_graded is None:
            incident.first_graded, incident.first_level = sequence, incident.level

    def _opened(self, incident: IncidentTrace | None, fact: DutyOpened, sequence: int) -> None:
        if incident is None:
            return
        duty = DutyTrace(fact.duty, incident.id, sequence, fact.due)
        self.duties.append(duty)
        self._numbers[fact.number] = duty

    def _rescheduled(self, _incident: IncidentTrace | None, fact: DutyRescheduled, _sequence: int) -> None:
        self._numbers[fact.number].due = fact.due

    def _breached(self, incident: IncidentTrace | None, fact: DutyBreached, sequence: int) -> None:
        duty = self._numbers[fact.number]
        duty.breached = sequence
        if incident is not None:
            duty.open_from, duty.level = dict(incident.places), incident.level

    def _settled(self, _incident: IncidentTrace | None, fact: DutySettled, sequence: int) -> None:
        duty = self._numbers[fact.number]
        duty.settled, duty.settled_at = sequence, fact.at

    def _dropped(self, _incident: IncidentTrace | None, fact: DutyDropped, sequence: int) -> None:
        self._numbers[fact.number].dropped = sequence

    def _escalated(self, incident: IncidentTrace | None, fact: Escalated, sequence: int) -> None:
        if incident is not None:
            (incident.reached if fact.persons else incident.unreached).append(sequence)

    def _delivered(self, incident: IncidentTrace | None, fact: InjectDelivered, sequence: int) -> None:
        people = fact.to
        if not people:
            return
        self.tellings.append(sequence)
        found = InjectTrace(sequence, fact.inject, incident.id if incident is not None else None)
        self.injects.append(found)
        for person in people:
            self._waiting.setdefault((person, found.incident), []).append(found)

    def _rated(self, _incident: IncidentTrace | None, _fact: RatingSet, sequence: int) -> None:
        self.overrides.append(sequence)

    def _ended(self, _incident: IncidentTrace | None, _fact: ExerciseEnded, sequence: int) -> None:
        self.ended = sequence


def patterns_in(playbook: Playbook) -> list[Pattern]:
    """Every pattern that the evaluation of this playbook asks about."""
    found: list[Pattern] = []
    for rule in playbook.metrics.values():
        groups = (rule.start, rule.end) if isinstance(rule, ElapsedRule) else (rule.first, rule.then, rule.when)
        found.extend(pattern for group in groups for pattern in group)
    for task in playbook.tasks.values():
        found.extend((*task.performed, *task.when))
        for challenge in (*task.some, *task.major, *task.unable):
            found.extend(_patterns_of(challenge))
    return found


def _patterns_of(challenge: Challenge) -> tuple[Pattern, ...]:
    match challenge:
        case Occurred(pattern) | Lacking(pattern):
            return (pattern,)
        case OutOfOrder(first, then):
            return (first, then)
        case _:
            return ()
