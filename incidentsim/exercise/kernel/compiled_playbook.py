"""A playbook made ready to run: step tables, compiled conditions, and rules by the facts that wake them.

Built once for each playbook and shared by all incidents and exercises; nothing in it changes.
"""

from dataclasses import dataclass

from incidentsim.domain.conditions import ALWAYS, Condition
from incidentsim.domain.facts import Fact, FactKind
from incidentsim.domain.playbook import ANYONE, AnchorRule, Duty, EscalationRule, Playbook, Step
from incidentsim.domain.track_machine import StepTable, compile_track
from incidentsim.exercise.kernel.conditions import Test, compile_condition, wakes
from incidentsim.exercise.kernel.triggers import FactSignature, Subscription, signature_of, subscriptions

_BEGINNING = frozenset({FactKind.INCIDENT_RAISED})
"""What wakes every condition besides the facts it speaks of: it may hold from the first."""


@dataclass(frozen=True, slots=True)
class ReadyStep:
    """A step with its conditions compiled; `None` stands for a condition that always holds."""

    step: Step
    needs: Test | None
    when: Test | None


@dataclass(frozen=True, slots=True)
class ReadyDuty:
    """A duty with its condition compiled."""

    duty: Duty
    when: Test | None


@dataclass(frozen=True, slots=True)
class ReadyEscalation:
    """An escalation rule with its condition compiled."""

    rule: EscalationRule
    when: Test | None


@dataclass(frozen=True, slots=True)
class Woken:
    """The rules that a fact of one sort may wake: those that follow the fact, and those whose condition may hold now.

    `steps_when` and `escalations_when` wait for a condition alone; the patterns of all others name the fact.
    """

    anchors: tuple[Subscription[AnchorRule], ...]
    settles: tuple[Subscription[Duty], ...]
    drops: tuple[Subscription[Duty], ...]
    opens: tuple[Subscription[ReadyDuty], ...]
    steps: tuple[Subscription[ReadyStep], ...]
    escalations: tuple[Subscription[ReadyEscalation], ...]
    steps_when: tuple[ReadyStep, ...]
    escalations_when: tuple[ReadyEscalation, ...]


class CompiledPlaybook:
    """Everything the kernel asks of a playbook, by key.

    Attributes:
        steps: track → (state, trigger) → the step, automatic ones included.
        tables: track → who may do what where.
        track_of: trigger → the track it belongs to.
        duties: the duties by id.
        rules: the escalation rules by their address.
        late_rules: those among them that are about lateness.
    """

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook
        self.tables: dict[str, StepTable] = {}
        self.steps: dict[str, dict[tuple[str, str], ReadyStep]] = {}
        self.track_of: dict[str, str] = {}
        self._automatic: list[ReadyStep] = []
        for track in playbook.tracks.values():
            table = compile_track(track)
            self.tables[track.id] = table
            ready = {id(step): self._ready_step(step) for step in track.steps}
            self.steps[track.id] = {key: ready[id(step)] for key, step in table.steps.items()}
            self.track_of.update((step.do, track.id) for step in track.steps)
            self._automatic.extend(ready[id(step)] for step in track.steps if step.automatic)
        self.duties = dict(playbook.duties)
        self._duties = [ReadyDuty(duty, self._test(duty.when)) for duty in playbook.duties.values()]
        self._escalations = [ReadyEscalation(rule, self._test(rule.when)) for rule in playbook.escalations]
        self.rules = {found.rule.rule: found for found in self._escalations}
        self.late_rules = tuple(found for found in self._escalations if found.rule.after is not None)
        self._woken: dict[FactSignature, Woken] = {}

    def triggered_by(self, fact: Fact) -> Woken:
        """Return the rules that `fact` may wake, in the order of the playbook; looked up once for each sort of fact."""
        sort = signature_of(fact)
        found = self._woken.get(sort)
        if found is None:
            found = self._woken[sort] = self._wake(sort)
        return found

    def _wake(self, sort: FactSignature) -> Woken:
        duties, steps, rules = self._duties, self._automatic, self._escalations
        kind, _do, track, state, *_rest = sort
        waiting = [found for found in steps if not found.step.on]
        arriving = [found for found in waiting if found.step.track == track and state in found.step.sources]
        woken = [found for found in waiting if found not in arriving and kind in _BEGINNING | wakes(found.step.when)]
        return Woken(
            anchors=subscriptions(((rule.on, rule) for rule in self.playbook.anchors.values()), sort),
            settles=subscriptions(((found.duty.settled_by, found.duty) for found in duties), sort),
            drops=subscriptions(((found.duty.dropped_by, found.duty) for found in duties), sort),
            opens=subscriptions(((found.duty.opens_on, found) for found in duties), sort),
            steps=subscriptions(((found.step.on, found) for found in steps), sort),
            escalations=subscriptions(((found.rule.on, found) for found in rules if found.rule.after is None), sort),
            steps_when=(*woken, *arriving),
            escalations_when=tuple(
                found for found in rules if not found.rule.on and kind in _BEGINNING | wakes(found.rule.when)
            ),
        )

    def _ready_step(self, step: Step) -> ReadyStep:
        return ReadyStep(step, self._test(step.needs), self._test(step.when))

    def _test(self, condition: Condition) -> Test | None:
        return None if condition == ALWAYS else compile_condition(condition, self.playbook)

    def by_named(self, step: Step) -> list[str]:
        """Return who may take the step, as the playbook names them; all roles where it says anyone."""
        return list(self.playbook.roles) if ANYONE in step.by_named else list(step.by_named or step.by)
