"""What can happen at all: the facts that some play of a scenario could produce, whatever people decide.

An upper bound: conditions that depend on levels or on what was decided are taken to hold at some time. So whatever is
found impossible here really is.
"""

from incidentsim.domain.conditions import All, AnyOf, Condition, Pattern, TrackIs
from incidentsim.domain.facts import AFTERWARDS, FactKind
from incidentsim.domain.playbook import Duty, EscalationRule, Step
from incidentsim.domain.scenario import Inject
from incidentsim.exercise.quality.story import Story

_NOTHING_FOLLOWS = frozenset({FactKind.EXERCISE_ENDED}) | AFTERWARDS
_OF_INJECTS = frozenset(
    {FactKind.INCIDENT_RAISED, FactKind.INJECT_DELIVERED, FactKind.INJECT_WITHHELD, FactKind.CIRCUMSTANCE_AROSE}
)


class Possible:
    """The injects, steps and states that can come about, found as a least fixed point."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._playbook = story.playbook
        self.injects: set[str] = set()
        self._raised: set[str] = set()
        self._states = {(track.id, track.initial) for track in self._playbook.tracks.values()}
        self._steps: list[Step] = []
        self._asking: list[Pattern] = []
        self._taken: set[tuple[str, int]] = set()
        while self._grows():
            pass

    def inject(self, inject: Inject) -> bool:
        """Return whether the inject can come."""
        return inject.id in self.injects

    def fact(self, pattern: Pattern) -> bool:
        """Return whether a fact like this can happen."""
        if pattern.kind in _NOTHING_FOLLOWS or pattern in self._asking:
            return False  # what follows only from itself does not begin
        self._asking.append(pattern)
        try:
            return self._can_happen(pattern)
        finally:
            self._asking.pop()

    def _can_happen(self, pattern: Pattern) -> bool:
        if pattern.kind in _OF_INJECTS:
            return self._told_by_inject(pattern)
        if pattern.kind == FactKind.ANCHOR_REACHED:
            return self._anchor(pattern)
        if pattern.kind == FactKind.EXERCISE_STARTED:
            return True
        raised = bool(self._raised) if pattern.incident is None else pattern.incident in self._raised
        return raised and self._about_raised(pattern)

    def _told_by_inject(self, pattern: Pattern) -> bool:
        arrived = [
            inject
            for inject in self._story.scenario.injects
            if inject.id in self.injects and pattern.incident in (None, inject.incident)
        ]
        match pattern.kind:
            case FactKind.INCIDENT_RAISED:
                return any(inject.raises for inject in arrived)
            case FactKind.CIRCUMSTANCE_AROSE:
                return any(pattern.circumstance in (None, one.circumstance) for i in arrived for one in i.brings)
            case FactKind.INJECT_WITHHELD:
                return any(inject.unless is not None and pattern.inject in (None, inject.id) for inject in arrived)
            case _:
                return any(pattern.inject in (None, inject.id) for inject in arrived)

    def _about_raised(self, pattern: Pattern) -> bool:
        match pattern.kind:
            case FactKind.STEP_TAKEN:
                return any(self._is(pattern, step) for step in self._steps)
            case FactKind.LEVEL_SET:
                return any(step.sets_level for step in self._steps)
            case (
                FactKind.DUTY_BREACHED
                | FactKind.DUTY_OPENED
                | FactKind.DUTY_SETTLED
                | FactKind.DUTY_DROPPED
                | FactKind.DUTY_RESCHEDULED
            ):
                duties = (duty for duty in self._playbook.duties.values() if pattern.duty in (None, duty.id))
                return any(self._duty(pattern, duty) for duty in duties)
            case FactKind.ESCALATED | FactKind.ESCALATION_PLANNED | FactKind.ESCALATION_DROPPED:
                return any(self._told(pattern, rule) for rule in self._playbook.escalations)
            case _:
                return True  # anybody may try anything and be refused, and file whatever they like

    def _grows(self) -> bool:
        size = len(self.injects), len(self._taken)
        for inject in self._story.scenario.injects:
            if inject.id not in self.injects and (inject.on is None or self.fact(inject.on)):
                self.injects.add(inject.id)
                if inject.raises and inject.incident is not None:
                    self._raised.add(inject.incident)
        for track in self._playbook.tracks.values():
            for number, step in enumerate(track.steps):
                self._try(step, (track.id, number))
        return (len(self.injects), len(self._taken)) != size

    def _try(self, step: Step, key: tuple[str, int]) -> None:
        if key in self._taken or not any((step.track, source) in self._states for source in step.sources):
            return
        if step.automatic:
            possible = not step.on or any(self.fact(pattern) for pattern in step.on)
        else:
            possible = bool(self._raised) and bool(self._story.takers(step))
        if possible and self._may_hold(step.needs) and self._may_hold(step.when):
            self._taken.add(key)
            self._steps.append(step)
            if step.target is not None:
                self._states.add((step.track, step.target))

    def _may_hold(self, condition: Condition) -> bool:
        match condition:
            case All(parts):
                return all(self._may_hold(part) for part in parts)
            case AnyOf(parts):
                return any(self._may_hold(part) for part in parts)
            case TrackIs(track, states):
                return any((track, state) in self._states for state in states)
            case _:
                return True

    def _anchor(self, pattern: Pattern) -> bool:
        for inject in self._story.scenario.injects:
            told = inject.id in self.injects and pattern.incident in (None, inject.incident)
            if told and inject.anchors and pattern.anchor in (None, *inject.anchors):
                return True
        rules = (rule for rule in self._playbook.anchors.values() if pattern.anchor in (None, rule.id))
        return any(self.fact(on) for rule in rules for on in rule.on)

    def _is(self, pattern: Pattern, step: Step) -> bool:
        if pattern.do not in (None, step.do) or pattern.track not in (None, step.track):
            return False
        if pattern.state is not None and pattern.state not in ((step.target,) if step.target else step.sources):
            return False
        if pattern.by is None:
            return True
        if pattern.by in self._playbook.roles:
            return pattern.by in step.by and bool(self._story.able(pattern.by))
        return any(person.pseudonym == pattern.by for person in self._story.takers(step))

    def _duty(self, pattern: Pattern, duty: Duty) -> bool:
        if not any(self.fact(opening) for opening in duty.opens_on):
            return False
        match pattern.kind:
            case FactKind.DUTY_BREACHED:
                return duty.within.ungraded is not None or bool(duty.within.by_level)
            case FactKind.DUTY_SETTLED:
                return any(self.fact(settling) for settling in duty.settled_by)
            case FactKind.DUTY_DROPPED:
                return any(self.fact(dropping) for dropping in duty.dropped_by)
            case _:
                return True

    def _told(self, pattern: Pattern, rule: EscalationRule) -> bool:
        if rule.on and not any(self.fact(on) for on in rule.on):
            return False
        if pattern.to is None:
            return True
        roles = {role for name in rule.to for role in (name, *self._playbook.roles_of(name))}
        if pattern.to in roles:
            return True
        return any(person.pseudonym == pattern.to for person in self._story.addressed(rule.to))
