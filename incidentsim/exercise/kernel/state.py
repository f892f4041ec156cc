"""The state of an exercise: the fold of its facts, and nothing else.

Resuming a run, replaying it and playing it on are the same fold. Whatever the kernel needs to go on, the agenda
included, is rebuilt here from facts; nothing is remembered anywhere besides.
"""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import (
    COACHING,
    NEVER_UNDONE,
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
    FactKind,
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
    Refused,
    SetAside,
    StatutoryLevelJudged,
    StepTaken,
    StepUndone,
    TextErased,
)
from incidentsim.domain.facts.patterns import matches
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Inject, Scenario
from incidentsim.exercise.kernel.added_injects import added_inject
from incidentsim.exercise.kernel.agenda import Agenda, Precedence
from incidentsim.exercise.kernel.hearing import Hearing
from incidentsim.exercise.kernel.last_step import last_step
from incidentsim.exercise.kernel.names_on_record import NamesOnRecord
from incidentsim.exercise.kernel.role_holdings import RoleHoldings


@dataclass(slots=True)
class Planned:
    """An escalation that is to come: its order on the agenda, and the fact that it was planned because of."""

    order: int
    because: int


@dataclass(slots=True)
class OpenDuty:
    """A duty that is owed: since when, until when (ms; `None`: no limit), and whether it is late already.

    `deadline` is the order on the agenda of the deadline that counts; `breached_at` is when it became late (ms) and
    `breach` the sequence number of the fact that says so. `planned` are the rules about its lateness that will fire
    if it stays open, `escalated` those that have fired.
    """

    number: int
    duty: str
    incident: str
    opened: int
    due: int | None
    deadline: int | None = None
    breached: bool = False
    breached_at: int = 0
    breach: int = 0
    planned: dict[str, Planned] = field(default_factory=dict)
    escalated: set[str] = field(default_factory=set)


@dataclass(slots=True)
class IncidentState:
    """The state of one incident.

    `entered` holds when each track came into its state (ms) and `visits` how often a track has moved; `authors` who
    last took each step; `done_here` the steps taken since a track entered its state; `fired` the rules that apply once
    only and have applied, `planned` those that wait for their time of day; `anchors` the moments for regulatory
    deadlines that were reached, and when (ms).
    """

    id: str
    tracks: dict[str, str]
    raised: bool = False
    raised_at: int = 0
    level: int | None = None
    entered: dict[str, int] = field(default_factory=dict)
    visits: dict[str, int] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)
    done_here: dict[str, set[str]] = field(default_factory=dict)
    fired: set[str] = field(default_factory=set)
    planned: dict[str, Planned] = field(default_factory=dict)
    anchors: dict[str, int] = field(default_factory=dict)
    duties: dict[str, OpenDuty] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)


class ExerciseState:
    """The state of an exercise at one moment, folded from its facts.

    `general` holds the facts that concern no incident; the others stand with theirs. `free_from` is the first time (ms)
    at which anything can be decided that rests on a deadline that has passed. `refolds` counts how often something was
    undone: whoever remembers what was read here has to read anew when it grows. `delivered` are the injects
    that came and `messages` the messages, by number; `messages_sent` counts those that were undone, too. `hearing` is
    who has read which of them, from when and by which fact. `moved` is the time of the last fact that is no hint, since
    hints take no time. `coached` are the pseudonyms of those whom the coach helps.
    """

    def __init__(self, playbook: Playbook, scenario: Scenario) -> None:
        self.now = 0
        self.moved = 0
        self.sequence = 0
        self.refolds = 0
        self.messages_sent = 0
        self._log: list[Fact] = []
        self._numbers = array("q")  # the sequence number of each: what was undone is missing among them
        self.holdings = RoleHoldings(scenario)
        self._initial = {track.id: track.initial for track in playbook.tracks.values()}
        self._playbook, self._scenario = playbook, scenario
        self._clear()

    def _clear(self) -> None:
        """Begin anew: what every part is before there is a fact."""
        scenario = self._scenario
        self.holdings.reset()
        self.ended = False
        self.free_from = 0
        self.coached: frozenset[str] = frozenset()
        self.duties_opened = 0
        self.acted: dict[str, int] = {}
        self.done_with: set[str] = set()
        self.delivered: dict[str, InjectDelivered] = {}
        self.messages: dict[int, MessageSent] = {}
        self.hearing = Hearing(scenario)
        self.general: list[Fact] = []
        self.agenda = Agenda()
        self.open_duties: dict[int, OpenDuty] = {}
        self.incidents: Mapping[str, IncidentState] = {
            name: IncidentState(name, dict(self._initial)) for name in scenario.incidents
        }
        self._injects = {inject.id: inject for inject in scenario.injects}
        self._waiting: dict[tuple[FactKind, str | None], list[tuple[int, Inject, Pattern]]] = {}
        for place, inject in enumerate(scenario.injects):
            if inject.on is not None:
                waiting = (place, inject, inject.on)
                self._waiting.setdefault((inject.on.kind, inject.on.incident), []).append(waiting)
        self._scheduled: set[str] = set()
        self._moved: dict[str, int] = {}

    def fold(self, facts: Iterable[Fact]) -> None:
        """Take in facts that were recorded before.

        Raises:
            ValueError: one names what is not there, so no exercise led to it.
            KeyError: one cannot follow on those before it.
        """
        names = NamesOnRecord(self._playbook, self._scenario)
        for fact in facts:
            names.check(fact, self.sequence, self._injects)
            self.apply(fact)

    def apply(self, fact: Fact) -> None:
        """Take in one fact."""
        if isinstance(fact, StepUndone):
            self._undo(fact)
            return
        self._note(fact, self.sequence)
        self._take(fact, self.sequence)

    def _note(self, fact: Fact, sequence: int) -> None:
        self._log.append(fact)
        self._numbers.append(sequence)

    def last_step(self) -> tuple[int, int] | None:
        """The first and the last sequence number of the last step that still counts; `None` at the beginning.

        A step is what one call of the kernel led to. Facts of one time that nothing tells apart are taken as one.
        """
        return last_step(self.standing())

    def standing(self, since: int = 0) -> Iterable[tuple[int, Fact]]:
        """The facts that count, each with its sequence number, but for the first `since` of them."""
        return zip(self._numbers[since:], self._log[since:], strict=True)

    def _undo(self, undone: StepUndone) -> None:
        first, last, number = undone.first, undone.last, self.sequence
        log = [one for one in self.standing() if not first <= one[0] <= last or one[1].kind in NEVER_UNDONE]
        self._log, self._numbers = [], array("q")
        self.refolds += 1
        self._clear()
        for sequence, fact in log:
            self._note(fact, sequence)
            self._take(fact, sequence)
        self._note(undone, number)
        self.general.append(undone)
        self.now = self.moved = undone.at
        self.sequence = number + 1

    def _take(self, fact: Fact, sequence: int) -> None:
        self.now = fact.at
        if fact.kind not in COACHING:
            self.moved = fact.at
        self.sequence = sequence + 1
        (self.general if fact.incident is None else self.incidents[fact.incident].facts).append(fact)
        self._schedule_injects(fact)
        self._change(fact)

    def _schedule_injects(self, fact: Fact) -> None:
        waiting = self._waiting.get((fact.kind, None), ())
        if fact.incident is not None and (about := self._waiting.get((fact.kind, fact.incident))):
            waiting = sorted((*waiting, *about), key=lambda item: item[0]) if waiting else about
        for _place, inject, pattern in waiting:
            if inject.id not in self._scheduled and matches(pattern, fact):
                self._scheduled.add(inject.id)
                self.agenda.add(fact.at + inject.after, Precedence.INJECT, inject.id)

    def has_happened(self, pattern: Pattern) -> bool:
        """Return whether a fact like this is on record, about any incident or none."""
        if pattern.incident is not None:
            incident = self.incidents.get(pattern.incident)
            return incident is not None and any(matches(pattern, fact) for fact in incident.facts)
        everything = (self.general, *(incident.facts for incident in self.incidents.values()))
        return any(matches(pattern, fact) for facts in everything for fact in facts)

    def inject(self, name: str) -> Inject:
        """The inject with this id, of the scenario or added since."""
        return self._injects[name]

    @property
    def injects(self) -> Mapping[str, Inject]:
        """Every inject by id, those that were added included."""
        return self._injects

    def is_planned(self, name: str, order: int) -> bool:
        """Return whether the inject is still to come by the agenda item of this `order`; one moved only by its last."""
        return name not in self.done_with and self._moved.get(name, order) == order

    def due_of(self, name: str) -> int | None:
        """Return when an inject that is still to come is due (ms); `None` while nothing has called for it."""
        for item in self.agenda:
            if item.precedence is Precedence.INJECT and item.subject == name and self.is_planned(name, item.order):
                return item.due
        return None

    def planned(self, incident: IncidentState, number: int) -> dict[str, Planned]:
        """The escalations to come about the open duty of this number, or about the incident as such (0)."""
        return self.open_duties[number].planned if number in self.open_duties else {} if number else incident.planned

    def _change(self, fact: Fact) -> None:  # noqa: C901, PLR0912, PLR0915 - one case a kind of fact
        """What a fact changes, the most frequent kinds first: this is the innermost loop of every replay."""
        match fact:
            case StepTaken():
                self._on_step(self.incidents[fact.incident], fact)
            case DutyOpened():
                self._on_duty_opened(self.incidents[fact.incident], fact)
            case DutySettled() | DutyDropped():
                duty = self.open_duties.pop(fact.number)
                del self.incidents[fact.incident].duties[duty.duty]
            case Escalated():
                self._on_escalated(self.incidents[fact.incident], fact)
            case InjectDelivered():
                self.done_with.add(fact.inject)
                self.delivered[fact.inject] = fact
                self.hearing.deliver(fact, self.sequence - 1)
            case InjectWithheld() | InjectSkipped():
                self.done_with.add(fact.inject)
            case MessageSent():
                self._on_message(fact)
            case EscalationPlanned():
                self._on_planned(self.incidents[fact.incident], fact)
            case Refused():
                self.acted[fact.by.person] = fact.at
            case LevelSet():
                self.incidents[fact.incident].level = fact.level
            case AnchorReached():
                self.incidents[fact.incident].anchors.setdefault(fact.anchor, fact.at)
            case DutyRescheduled():
                self._on_duty_rescheduled(fact)
            case DutyBreached():
                duty = self.open_duties[fact.number]
                self.free_from = fact.at + 1
                duty.breached, duty.breached_at, duty.breach = True, fact.at, self.sequence - 1
            case EscalationDropped():
                self.planned(self.incidents[fact.incident], fact.number or 0).pop(fact.rule, None)
                self.free_from = fact.at + 1
            case IncidentRaised():
                incident = self.incidents[fact.incident]
                incident.raised, incident.raised_at = True, fact.at
                incident.entered = dict.fromkeys(incident.tracks, fact.at)
            case InjectMoved():
                self._scheduled.add(fact.inject)
                self._moved[fact.inject] = self.agenda.add(fact.due, Precedence.INJECT, fact.inject)
            case InjectAdded():
                added = added_inject(fact)
                self._injects[added.id] = added
                self.hearing.add(added.id, added.incident)
            case ExerciseStarted():
                self.holdings.take_in(fact)
                for inject in self._injects.values():
                    if inject.at is not None:
                        self.agenda.add(inject.at, Precedence.INJECT, inject.id)
            case ExerciseEnded():
                self.ended = True
            case CircumstanceArose() | MeasureTaken() | StatutoryLevelJudged() | Filed():
                pass  # others ask whether it happened
            case PlayerSeated() | RatingSet() | ImprovementSet() | HotwashAnswered() | HotwashVoted():
                pass  # about an exercise that is over
            case CoachingSet():
                self.coached = frozenset(fact.people)
            case StepUndone() | Observed() | HintGiven() | TextErased() | PersonErased() | SetAside():
                pass  # what is undone is folded anew, see `_undo`; the others change nothing
            case _:
                assert_never(fact)

    def _on_step(self, incident: IncidentState, fact: StepTaken) -> None:
        track, target = fact.track, fact.target
        if fact.by is not None:
            incident.authors[fact.do] = fact.by.person
            self.acted[fact.by.person] = fact.at
        if incident.tracks[track] == target and fact.source == target:
            incident.done_here.setdefault(track, set()).add(fact.do)
            return
        incident.tracks[track] = target
        incident.entered[track] = fact.at
        incident.visits[track] = incident.visits.get(track, 0) + 1
        if track in incident.done_here:
            del incident.done_here[track]

    def _on_message(self, fact: MessageSent) -> None:
        self.messages[fact.number] = fact
        self.messages_sent = max(self.messages_sent, fact.number)
        if fact.because is None:
            self.acted[fact.by.person] = fact.at
        self.hearing.message(fact, self.sequence - 1)

    def _on_duty_opened(self, incident: IncidentState, fact: DutyOpened) -> None:
        number, due = fact.number, fact.due
        duty = OpenDuty(number, fact.duty, incident.id, fact.at, due)
        incident.duties[duty.duty] = duty
        self.open_duties[number] = duty
        self.duties_opened = number
        if due is not None:
            duty.deadline = self.agenda.add(due, Precedence.DEADLINE, duty.duty, number)

    def _on_duty_rescheduled(self, fact: DutyRescheduled) -> None:
        duty = self.open_duties[fact.number]
        duty.due = fact.due
        duty.deadline = None
        if duty.due is not None:
            duty.deadline = self.agenda.add(max(duty.due, fact.at), Precedence.DEADLINE, duty.duty, duty.number)

    def _on_planned(self, incident: IncidentState, fact: EscalationPlanned) -> None:
        number = fact.number or 0
        order = self.agenda.add(fact.due, Precedence.ESCALATION, fact.rule, number, incident.id)
        self.planned(incident, number)[fact.rule] = Planned(order, fact.because)

    def _on_escalated(self, incident: IncidentState, fact: Escalated) -> None:
        rules = (fact.rule, *fact.also)
        number = fact.number or 0
        incident.fired.update(rules)
        if number in self.open_duties:
            self.open_duties[number].escalated.update(rules)
        for plans in (incident.planned, self.planned(incident, number)):
            for rule in rules:
                if plans.pop(rule, None) is not None:
                    self.free_from = fact.at + 1
