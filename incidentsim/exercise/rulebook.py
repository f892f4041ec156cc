"""A playbook made ready to run: step tables, compiled conditions, and rules by the facts that wake them.

Built once for each playbook and shared by all incidents and exercises; nothing in it changes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from incidentsim.domain.conditions import ALWAYS, Condition
from incidentsim.domain.playbook import ANYONE, Duty, EscalationRule, Playbook, Step
from incidentsim.domain.track_machine import StepTable, TrackMachine
from incidentsim.exercise.patterns import PatternIndex, Test, compile_condition, wakes

T = TypeVar("T")

_BEGINNING = frozenset({"incident_raised"})
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


class Rulebook:
    """Everything the kernel asks of a playbook, by key.

    Attributes:
        steps: track → (state, trigger) → the step, automatic ones included.
        tables: track → who may do what where.
        track_of: trigger → the track it belongs to.
        automatic_on: the steps that follow a fact, by that fact.
        automatic_when: kind of fact → the steps whose condition it may fulfil.
        automatic_from: (track, state) → the steps that wait there; their condition may hold on arrival already.
    """

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook
        self.tables: dict[str, StepTable] = {}
        self.steps: dict[str, dict[tuple[str, str], ReadyStep]] = {}
        self.track_of: dict[str, str] = {}
        on_steps: list[ReadyStep] = []
        once_steps: list[ReadyStep] = []
        for track in playbook.tracks.values():
            table = TrackMachine(track).compile()
            self.tables[track.id] = table
            ready = {id(step): self._ready_step(step) for step in track.steps}
            self.steps[track.id] = {key: ready[id(step)] for key, step in table.steps.items()}
            self.track_of.update((step.do, track.id) for step in track.steps)
            automatic = [ready[id(step)] for step in track.steps if step.automatic]
            on_steps.extend(found for found in automatic if found.step.on)
            once_steps.extend(found for found in automatic if not found.step.on)
        self.automatic_on = PatternIndex((pattern, found) for found in on_steps for pattern in found.step.on)
        self.automatic_when = _by_kind((found, _BEGINNING | wakes(found.step.when)) for found in once_steps)
        self.automatic_from: dict[tuple[str, str], list[ReadyStep]] = {}
        for found in once_steps:
            for source in found.step.sources:
                self.automatic_from.setdefault((found.step.track, source), []).append(found)

        duties = [ReadyDuty(duty, self._test(duty.when)) for duty in playbook.duties.values()]
        self.duties = {found.duty.id: found.duty for found in duties}
        self.opens = PatternIndex((pattern, found) for found in duties for pattern in found.duty.opens_on)
        self.settles = PatternIndex((pattern, d.duty) for d in duties for pattern in d.duty.settled_by)
        self.drops = PatternIndex((pattern, d.duty) for d in duties for pattern in d.duty.dropped_by)

        rules = [ReadyEscalation(rule, self._test(rule.when)) for rule in playbook.escalations]
        self.escalates_on = PatternIndex((pattern, found) for found in rules for pattern in found.rule.on)
        self.escalates_when = _by_kind(
            (found, _BEGINNING | wakes(found.rule.when)) for found in rules if not found.rule.on
        )

    def _ready_step(self, step: Step) -> ReadyStep:
        return ReadyStep(step, self._test(step.needs), self._test(step.when))

    def _test(self, condition: Condition) -> Test | None:
        return None if condition == ALWAYS else compile_condition(condition, self.playbook)

    def by_named(self, step: Step) -> list[str]:
        """Who may take the step, as the playbook names them; all roles where it says anyone."""
        return list(self.playbook.roles) if ANYONE in step.by_named else list(step.by_named or step.by)


def _by_kind(rules: Iterable[tuple[T, frozenset[str]]]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for rule, kinds in rules:
        for kind in sorted(kinds):
            found.setdefault(kind, []).append(rule)
    return found
