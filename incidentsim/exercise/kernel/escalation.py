"""The escalation matrix at work: who has to know now, by which channel, and who if a late duty stays undone.

Escalations asked for in one step are gathered and sent at its end, so that whoever several rules name is told
once, with all the rules that asked for it. What is meant for later is planned by a fact, and brings a fact when it is
due: nothing about it is remembered besides.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from incidentsim.domain.facts import DutyBreached, Escalated, EscalationPlanned, Fact
from incidentsim.domain.facts.patterns import matches
from incidentsim.domain.playbook import EscalationRule
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook, ReadyEscalation
from incidentsim.exercise.kernel.people import Roster
from incidentsim.exercise.kernel.sim_time import hours_begin, in_working_hours
from incidentsim.exercise.kernel.state import IncidentState, OpenDuty


@dataclass(frozen=True, slots=True)
class _Asked:
    """A rule asks that somebody be told: because of which fact, and about which late duty (0: none)."""

    rule: EscalationRule
    to: str
    incident: str
    because: int
    number: int


class Escalations:
    """Gathers what the rules ask for in one step, and turns it into facts."""

    def __init__(self, compiled: CompiledPlaybook, roster: Roster, scenario: Scenario) -> None:
        self._book = compiled
        self._roster = roster
        self._local = scenario.kept_time
        self._asked: list[_Asked] = []

    def ask(self, rule: EscalationRule, incident: IncidentState, because: int, number: int = 0) -> None:
        """Ask that those whom `rule` names be told about `incident`, or about its late duty of this number."""
        self._asked.extend(_Asked(rule, name, incident.id, because, number) for name in rule.to)

    def is_time(self, rule: EscalationRule, now: int) -> bool:
        """Return whether `now` (ms) is in the hours that `rule` is meant for; a rule without hours is meant for all."""
        return rule.hours is None or (rule.hours == "working") == self._at_work(now)

    def once(self, ready: ReadyEscalation, incident: IncidentState, because: int, now: int) -> list[Fact]:
        """Ask what a rule asks once an incident, if its condition holds; or the plan to, at its time of day."""
        rule = ready.rule
        if rule.rule in incident.fired or rule.rule in incident.planned or self._is_asked(rule, incident, 0):
            return []
        if ready.when is not None and not ready.when(incident, now, None):
            return []
        return self._ask_or_plan(rule, incident, None, because, now)

    def late(self, duty: OpenDuty, incident: IncidentState, because: int, now: int) -> list[Fact]:
        """Ask what the rules about lateness ask by now, and plan what they will if the late `duty` stays undone."""
        plans: list[Fact] = []
        for found in self._book.late_rules:
            rule = found.rule
            known = rule.rule in duty.planned or rule.rule in duty.escalated
            known = known or self._is_asked(rule, incident, duty.number)
            if not known and self._concerns(found, duty, incident, now):
                plans.extend(self._ask_or_plan(rule, incident, duty, because, now))
        return plans

    def send(self, now: int) -> list[Fact]:
        """The escalations asked for since the last call, one for each that is told about an incident.

        What is late in two ways is told as two things.
        """
        gathered: list[list[_Asked]] = []
        for asked in self._asked:
            together = next((group for group in gathered if _belongs(asked, group)), None)
            if together is None:
                gathered.append([asked])
            else:
                together.append(asked)
        self._asked.clear()
        return [self._fact(group, now) for group in gathered]

    def _is_asked(self, rule: EscalationRule, incident: IncidentState, number: int) -> bool:
        return any((one.rule, one.incident, one.number) == (rule, incident.id, number) for one in self._asked)

    def _ask_or_plan(
        self, rule: EscalationRule, incident: IncidentState, duty: OpenDuty | None, because: int, now: int
    ) -> list[Fact]:
        due = now if duty is None else max(now, duty.breached_at + (rule.after or 0))
        if rule.hours is not None:
            begins = hours_begin(rule.hours, self._book.playbook.working_hours, due, self._local)
            if begins is None:  # no such hours in a playbook that works round the clock
                return []
            due = begins
        if due == now:
            self.ask(rule, incident, because, 0 if duty is None else duty.number)
            return []
        planned = EscalationPlanned(
            at=now,
            incident=incident.id,
            duty=None if duty is None else duty.duty,
            number=None if duty is None else duty.number,
            to=rule.to,
            due=due,
            rule=rule.rule,
            clause=rule.basis.clause,
            because=because,
        )
        return [planned]

    def _concerns(self, found: ReadyEscalation, duty: OpenDuty, incident: IncidentState, now: int) -> bool:
        rule = found.rule
        owed_by = self._book.duties[duty.duty].owed_by
        if rule.owed_by and not any(name in rule.owed_by for name in owed_by):
            return False
        breach = next(
            fact for fact in reversed(incident.facts) if isinstance(fact, DutyBreached) and fact.number == duty.number
        )
        return any(matches(pattern, breach) for pattern in rule.on) and (
            found.when is None or found.when(incident, now, None)
        )

    def _fact(self, asked: list[_Asked], now: int) -> Fact:
        first = asked[0]
        rule = first.rule
        return Escalated(
            at=now,
            incident=first.incident,
            to=first.to,
            persons=tuple(self._roster.reached([first.to], now)),
            absent=tuple(self._roster.absent([first.to], now)),
            channel=self._channel((one.rule for one in asked), now),
            rule=rule.rule,
            clause=rule.basis.clause,
            basis=rule.basis.kind,
            also=tuple(dict.fromkeys(one.rule.rule for one in asked[1:] if one.rule is not rule)),
            number=next((one.number for one in asked if one.number), None),
            because=first.because,
        )

    def _channel(self, rules: Iterable[EscalationRule], now: int) -> str | None:
        """The channel of the first rule that names one, by the time of day."""
        at_work = self._at_work(now)
        channels = (rule.channel if at_work else rule.out_of_hours or rule.channel for rule in rules)
        return next((channel for channel in channels if channel is not None), None)

    def _at_work(self, now: int) -> bool:
        return in_working_hours(self._book.playbook.working_hours, now, self._local)


def _belongs(asked: _Asked, group: list[_Asked]) -> bool:
    """Whether this is the same message as those: about one incident, to one receiver, about no other late duty."""
    first = group[0]
    numbers = {one.number for one in (asked, *group) if one.number}
    return (asked.incident, asked.to) == (first.incident, first.to) and len(numbers) < 2  # noqa: PLR2004 - one or none
