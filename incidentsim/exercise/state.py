"""The state of an exercise: the fold of its facts, and nothing else.

Resuming a run, replaying it and playing it on are the same fold. Whatever the kernel needs to go on, the agenda
included, is rebuilt here from facts; nothing is remembered anywhere besides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import Fact, matches
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Inject, Scenario
from incidentsim.exercise.agenda import Agenda, Precedence


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
    """Where one incident stands.

    `entered` holds when each track came into its state (ms) and `visits` how often a track has moved; `authors`
    who last took each step; `done_here` the steps taken since a track entered its state; `fired` the rules that
    apply once only and have applied, `planned` those that wait for their time of day;
    `anchors` the moments for regulatory clocks that were reached, and when (ms).
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
    """Everything that is the case at one moment of an exercise.

    `general` holds the facts that concern no incident; the others stand with theirs.
    """

    def __init__(self, playbook: Playbook, scenario: Scenario) -> None:
        self.now = 0
        self.sequence = 0
        self.ended = False
        self.duties_opened = 0
        self.acted: dict[str, int] = {}
        self.done_with: set[str] = set()
        self.general: list[Fact] = []
        self.agenda = Agenda()
        self.open_duties: dict[int, OpenDuty] = {}
        initial = {track.id: track.initial for track in playbook.tracks.values()}
        self.incidents: Mapping[str, IncidentState] = {
            name: IncidentState(name, dict(initial)) for name in scenario.incidents
        }
        self._injects = {inject.id: inject for inject in scenario.injects}
        self._waiting = [inject for inject in scenario.injects if inject.on is not None]
        self._scheduled: set[str] = set()

    def fold(self, facts: Iterable[Fact]) -> None:
        """Take in facts that were recorded before."""
        for fact in facts:
            self.apply(fact)

    def apply(self, fact: Fact) -> None:
        """Take in one fact."""
        self.now = fact.at
        self.sequence += 1
        incident = self.incidents[fact.incident] if fact.incident is not None else None
        (self.general if incident is None else incident.facts).append(fact)
        if self._waiting:
            self._schedule_injects(fact)
        change = _CHANGES.get(fact.kind)
        if change is not None:
            change(self, incident, fact)

    def _schedule_injects(self, fact: Fact) -> None:
        for inject in self._waiting:
            if inject.id not in self._scheduled and inject.on is not None and matches(inject.on, fact):
                self._scheduled.add(inject.id)
                self.agenda.add(fact.at + inject.after, Precedence.INJECT, inject.id)

    def has_happened(self, pattern: Pattern) -> bool:
        """Whether a fact like this is on record, about any incident or none."""
        everything = (self.general, *(incident.facts for incident in self.incidents.values()))
        return any(matches(pattern, fact) for facts in everything for fact in facts)

    def inject(self, name: str) -> Inject:
        """The inject with this id."""
        return self._injects[name]

    def planned(self, incident: IncidentState, number: int) -> dict[str, Planned]:
        """The escalations to come about the open duty of this number, or about the incident as such (0)."""
        return self.open_duties[number].planned if number in self.open_duties else {} if number else incident.planned

    # One method a kind of fact. `incident` is the incident that the fact concerns.

    def _on_started(self, _incident: IncidentState | None, _fact: Fact) -> None:
        for inject in self._injects.values():
            if inject.at is not None:
                self.agenda.add(inject.at, Precedence.INJECT, inject.id)

    def _on_ended(self, _incident: IncidentState | None, _fact: Fact) -> None:
        self.ended = True

    def _on_inject(self, _incident: IncidentState | None, fact: Fact) -> None:
        self.done_with.add(fact.text("inject"))

    def _on_raised(self, incident: IncidentState | None, fact: Fact) -> None:
        incident = _concerned(incident)
        incident.raised = True
        incident.raised_at = fact.at
        incident.entered = dict.fromkeys(incident.tracks, fact.at)

    def _on_step(self, incident: IncidentState | None, fact: Fact) -> None:
        incident = _concerned(incident)
        data = fact.data
        track, do, target = cast("str", data["track"]), cast("str", data["do"]), cast("str", data["to"])
        by = data["by"]
        if isinstance(by, dict):
            person = cast("str", by["person"])
            incident.authors[do] = person
            self.acted[person] = fact.at
        if incident.tracks[track] == target and data["from"] == target:
            incident.done_here.setdefault(track, set()).add(do)
            return
        incident.tracks[track] = target
        incident.entered[track] = fact.at
        incident.visits[track] = incident.visits.get(track, 0) + 1
        if track in incident.done_here:
            del incident.done_here[track]

    def _on_refused(self, _incident: IncidentState | None, fact: Fact) -> None:
        actor = fact.actor()
        if actor is not None:
            self.acted[actor[0]] = fact.at

    def _on_level(self, incident: IncidentState | None, fact: Fact) -> None:
        _concerned(incident).level = fact.number("level")

    def _on_anchor(self, incident: IncidentState | None, fact: Fact) -> None:
        _concerned(incident).anchors.setdefault(fact.text("anchor"), fact.at)

    def _on_duty_opened(self, incident: IncidentState | None, fact: Fact) -> None:
        incident = _concerned(incident)
        number, due = fact.number("number"), cast("int | None", fact.data["due"])
        duty = OpenDuty(number, fact.text("duty"), incident.id, fact.at, due)
        incident.duties[duty.duty] = duty
        self.open_duties[number] = duty
        self.duties_opened = number
        if due is not None:
            duty.deadline = self.agenda.add(due, Precedence.DEADLINE, duty.duty, number)

    def _on_duty_rescheduled(self, _incident: IncidentState | None, fact: Fact) -> None:
        duty = self.open_duties[fact.number("number")]
        duty.due = cast("int | None", fact.data["due"])
        duty.deadline = None
        if duty.due is not None:
            duty.deadline = self.agenda.add(max(duty.due, fact.at), Precedence.DEADLINE, duty.duty, duty.number)

    def _on_duty_breached(self, _incident: IncidentState | None, fact: Fact) -> None:
        duty = self.open_duties[fact.number("number")]
        duty.breached, duty.breached_at, duty.breach = True, fact.at, self.sequence - 1

    def _on_duty_over(self, incident: IncidentState | None, fact: Fact) -> None:
        duty = self.open_duties.pop(fact.number("number"))
        del _concerned(incident).duties[duty.duty]

    def _on_planned(self, incident: IncidentState | None, fact: Fact) -> None:
        incident, rule = _concerned(incident), fact.text("rule")
        number = cast("int | None", fact.data["number"]) or 0
        order = self.agenda.add(fact.number("due"), Precedence.ESCALATION, rule, number, incident.id)
        self.planned(incident, number)[rule] = Planned(order, fact.number("because"))

    def _on_plan_dropped(self, incident: IncidentState | None, fact: Fact) -> None:
        number = cast("int | None", fact.data["number"]) or 0
        self.planned(_concerned(incident), number).pop(fact.text("rule"), None)

    def _on_escalated(self, incident: IncidentState | None, fact: Fact) -> None:
        incident = _concerned(incident)
        rules = [fact.text("rule"), *cast("list[str]", fact.data["also"])]
        number = cast("int | None", fact.data["number"]) or 0
        incident.fired.update(rules)
        if number in self.open_duties:
            self.open_duties[number].escalated.update(rules)
        for plans in (incident.planned, self.planned(incident, number)):
            for rule in rules:
                plans.pop(rule, None)


def _concerned(incident: IncidentState | None) -> IncidentState:
    if incident is None:
        raise ValueError("a fact of this kind names the incident it concerns")
    return incident


_CHANGES = {
    "exercise_started": ExerciseState._on_started,  # noqa: SLF001 - the dispatch table of the class above
    "exercise_ended": ExerciseState._on_ended,  # noqa: SLF001
    "inject_delivered": ExerciseState._on_inject,  # noqa: SLF001
    "inject_withheld": ExerciseState._on_inject,  # noqa: SLF001
    "incident_raised": ExerciseState._on_raised,  # noqa: SLF001
    "step_taken": ExerciseState._on_step,  # noqa: SLF001
    "refused": ExerciseState._on_refused,  # noqa: SLF001
    "level_set": ExerciseState._on_level,  # noqa: SLF001
    "anchor_reached": ExerciseState._on_anchor,  # noqa: SLF001
    "duty_opened": ExerciseState._on_duty_opened,  # noqa: SLF001
    "duty_rescheduled": ExerciseState._on_duty_rescheduled,  # noqa: SLF001
    "duty_breached": ExerciseState._on_duty_breached,  # noqa: SLF001
    "duty_settled": ExerciseState._on_duty_over,  # noqa: SLF001
    "duty_dropped": ExerciseState._on_duty_over,  # noqa: SLF001
    "escalation_planned": ExerciseState._on_planned,  # noqa: SLF001
    "escalation_dropped": ExerciseState._on_plan_dropped,  # noqa: SLF001
    "escalated": ExerciseState._on_escalated,  # noqa: SLF001
}
