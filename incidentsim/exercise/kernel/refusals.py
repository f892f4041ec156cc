"""Whether an action may happen: the questions in their order, and the answer a refusal gives.

The order is that of `domain.facts.RefusalReason`: first whether anybody may ever do it, then whether there is anything
to act on, then who acts, then the step, then its content and what it needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from incidentsim.domain.actions import Action, Value
from incidentsim.domain.basis import Basis
from incidentsim.domain.conditions import Condition
from incidentsim.domain.errors import UnknownNameError
from incidentsim.domain.facts import RefusalReason, recordable_name
from incidentsim.domain.playbook import Playbook, Step
from incidentsim.domain.scenario import Person
from incidentsim.domain.unknown_names import unknown_name
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook, ReadyStep
from incidentsim.exercise.kernel.conditions import compile_condition, unmet
from incidentsim.exercise.kernel.field_values import accepts
from incidentsim.exercise.kernel.people import Capacity, Roster, capacity_in
from incidentsim.exercise.kernel.state import IncidentState
from incidentsim.messages import gettext as _


@dataclass(frozen=True, slots=True)
class Allowed:
    """The action may happen: this step, taken in this capacity."""

    ready: ReadyStep
    capacity: Capacity


@dataclass(frozen=True, slots=True)
class Refusal:
    """The action may not happen: why, by which rule and clause, and what would be allowed instead."""

    why: RefusalReason
    rule: str
    clause: str | None
    allowed: tuple[str, ...]
    capacity: Capacity


class Examiner:
    """Answers whether actions are allowed, for one exercise."""

    def __init__(self, compiled: CompiledPlaybook, roster: Roster) -> None:
        self._compiled = compiled
        self._playbook: Playbook = compiled.playbook
        self._roster = roster

    def examine(self, action: Action, incident: IncidentState, now: int, *, content: bool = True) -> Allowed | Refusal:
        """Examine whether `action` may happen to `incident` at `now` (ms), and if not, say why.

        Without `content`, what the action holds is not looked at: as if it held what it should.

        Raises:
            UnknownNameError: nobody carries the person's, step's or role's name.
        """
        person = self._person(action.person)
        if action.role is not None and action.role not in self._playbook.roles:
            raise self._unknown_role(action.role)
        track = self._compiled.track_of.get(action.do)
        roles = self._roster.roles_of(person)
        first = capacity_in(action.role or roles[0])
        if track is None:
            return self._forbidden(action.do, first)
        ready = self._compiled.steps[track].get((incident.tracks[track], action.do))
        rule, basis = self._rule_of(track, action.do, ready)
        if not incident.raised:
            return Refusal(RefusalReason.NOT_RAISED, rule, basis.clause, (), first)
        capacity = self._capacity(action, person, ready, now)
        if capacity is None:
            return Refusal(RefusalReason.ROLE_NOT_HELD, rule, basis.clause, roles, first)
        if (person.away and self._roster.away(person, now)) or person.always_away:
            others = self._roster.able(capacity.role, now)
            return Refusal(RefusalReason.AWAY, rule, basis.clause, tuple(other.pseudonym for other in others), capacity)
        if ready is None or ready.step.automatic:
            return Refusal(RefusalReason.STATE, rule, basis.clause, self._ways_out(track, incident), capacity)
        may = self._compiled.tables[track].may
        if (incident.tracks[track], action.do, capacity.role) not in may:
            return Refusal(RefusalReason.ROLE, rule, basis.clause, tuple(self._compiled.by_named(ready.step)), capacity)
        own = self._four_eyes(action.person, incident, now, ready, capacity)
        if own is not None:
            return own
        return (self._content(action, ready, capacity) if content else None) or self._needs(
            incident, now, ready, capacity
        )

    def _four_eyes(
        self, person: str, incident: IncidentState, now: int, ready: ReadyStep, capacity: Capacity
    ) -> Refusal | None:
        step = ready.step
        authors = {incident.authors.get(do) for do in step.not_by_author_of}
        if person not in authors:
            return None
        others = (other.pseudonym for role in step.by for other in self._roster.able(role, now))
        names = tuple(dict.fromkeys(name for name in others if name not in authors))
        return Refusal(RefusalReason.FOUR_EYES, step.rule, step.basis.clause, names, capacity)

    def _content(self, action: Action, ready: ReadyStep, capacity: Capacity) -> Refusal | None:
        step = ready.step
        wrong = self.wrong_fields(step, action.content)
        return Refusal(RefusalReason.CONTENT, step.rule, step.basis.clause, wrong, capacity) if wrong else None

    def wrong_fields(self, step: Step, content: Mapping[str, Value]) -> tuple[str, ...]:
        """The fields that are missing or hold what they cannot, and those that the step does not have."""
        if not step.fields and not content:
            return ()
        wrong = [f.name for f in step.fields if not accepts(f, content.get(f.name), self._playbook, self._roster)]
        known = {f.name for f in step.fields}
        return (*wrong, *sorted(recordable_name(name) for name in content if name not in known))

    def _needs(self, incident: IncidentState, now: int, ready: ReadyStep, capacity: Capacity) -> Allowed | Refusal:
        step = ready.step
        if ready.needs is not None and not ready.needs(incident, now, capacity.role):
            missing = self._unmet(step.needs, incident, now, capacity.role)
            return Refusal(RefusalReason.NEEDS, step.rule, step.basis.clause, tuple(dict.fromkeys(missing)), capacity)
        return Allowed(ready, capacity)

    def _person(self, pseudonym: str) -> Person:
        person = self._roster.people.get(pseudonym)
        if person is None:
            message = _("There is no person {name} in this scenario; there are: {known}.").format(
                name=pseudonym, known=", ".join(self._roster.people)
            )
            raise UnknownNameError(message, kind="person", name=pseudonym, known=self._roster.people)
        return person

    def _unknown_role(self, name: str) -> UnknownNameError:
        known = self._playbook.roles
        message = _("The playbook {playbook} has no role {name}; it has: {known}.")
        message = message.replace("{playbook}", self._playbook.id)
        return unknown_name(_("role"), name, known, kind="role", otherwise=message)

    def _forbidden(self, do: str, capacity: Capacity) -> Refusal:
        act = self._playbook.forbidden.get(do)
        if act is None:
            known = [*self._compiled.track_of, *self._playbook.forbidden]
            message = _("The playbook {playbook} has no step {name}; it has: {known}.")
            message = message.replace("{playbook}", self._playbook.id)
            raise unknown_name(_("step"), do, known, kind="step", otherwise=message)
        return Refusal(RefusalReason.FORBIDDEN, act.rule, act.basis.clause, (), capacity)

    def _rule_of(self, track: str, do: str, ready: ReadyStep | None) -> tuple[str, Basis]:
        if ready is not None:
            return ready.step.rule, ready.step.basis
        step = next(step for step in self._playbook.tracks[track].steps if step.do == do)
        return step.rule, step.basis

    def _capacity(self, action: Action, person: Person, ready: ReadyStep | None, now: int) -> Capacity | None:
        if action.role is not None:
            return self._roster.capacity(person, action.role, now)
        wanted = ready.step.by if ready is not None else ()
        for role in wanted:
            if role in self._roster.roles_of(person):
                return capacity_in(role)
        for role in wanted:
            capacity = self._roster.capacity(person, role, now)
            if capacity is not None:
                return capacity
        return capacity_in(self._roster.roles_of(person)[0])

    def _ways_out(self, track: str, incident: IncidentState) -> tuple[str, ...]:
        state = incident.tracks[track]
        ready = self._compiled.steps[track]
        return tuple(do for (source, do), found in ready.items() if source == state and not found.step.automatic)

    def _unmet(self, needs: Condition, incident: IncidentState, now: int, role: str) -> list[str]:
        def holds(part: Condition) -> bool:
            return compile_condition(part, self._playbook)(incident, now, role)

        return unmet(needs, holds)
