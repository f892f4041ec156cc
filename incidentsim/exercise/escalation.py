"""The escalation matrix at work: who has to know now, by which channel, and who if a late duty stays undone.

Escalations asked for in one step are gathered and sent at its end, so that whoever several rules name is told
once, with all the rules that asked for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from incidentsim.domain.facts import Fact, Json
from incidentsim.domain.playbook import EscalationRule
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.clock import first_weekday, in_working_hours
from incidentsim.exercise.people import Cast
from incidentsim.exercise.rulebook import ReadyEscalation, Rulebook
from incidentsim.exercise.state import IncidentState, OpenDuty


@dataclass(frozen=True, slots=True)
class _Asked:
    """A rule asks that somebody be told: because of which fact, and about which late duty, if any."""

    rule: EscalationRule
    to: str
    incident: str
    because: int
    number: int | None


class Escalations:
    """Gathers what the rules ask for in one step, and turns it into facts."""

    def __init__(self, rulebook: Rulebook, cast: Cast, scenario: Scenario) -> None:
        self._book = rulebook
        self._cast = cast
        self._start_minute = scenario.start_minute
        self._weekday = first_weekday(scenario.starts)
        self._asked: list[_Asked] = []

    def ask(self, rule: EscalationRule, incident: IncidentState, because: int, now: int, number: int | None) -> None:
        """Ask that those whom `rule` names be told about `incident`, unless it is not the time of day for it."""
        if rule.hours is not None and (rule.hours == "working") != self._at_work(now):
            return
        self._asked.extend(_Asked(rule, name, incident.id, because, number) for name in rule.to)

    def is_asked(self, rule: EscalationRule, incident: IncidentState) -> bool:
        """Whether `rule` has asked for something about `incident` in this step."""
        return any(asked.rule is rule and asked.incident == incident.id for asked in self._asked)

    def send(self, now: int) -> list[Fact]:
        """The escalations asked for since the last call, one for each that is told about an incident."""
        gathered: dict[tuple[str, str], list[_Asked]] = {}
        for asked in self._asked:
            gathered.setdefault((asked.incident, asked.to), []).append(asked)
        self._asked.clear()
        return [self._fact(asked, now) for asked in gathered.values()]

    def plan(self, duty: OpenDuty, incident: IncidentState, because: int, now: int) -> list[Fact]:
        """Say who will be told, and when, if the late `duty` stays undone: for every rule not planned yet."""
        return [
            Fact(now, "escalation_planned", incident.id, _plan(found.rule, duty, because, now))
            for found in self._book.late_rules
            if found.rule.rule not in duty.planned and self._concerns(found, duty, incident, now)
        ]

    def _concerns(self, found: ReadyEscalation, duty: OpenDuty, incident: IncidentState, now: int) -> bool:
        rule = found.rule
        owed_by = self._book.duties[duty.duty].owed_by
        return (
            any(pattern.duty in {None, duty.duty} for pattern in rule.on)
            and (not rule.owed_by or any(name in rule.owed_by for name in owed_by))
            and (found.when is None or found.when(incident, now, None))
        )

    def _fact(self, asked: list[_Asked], now: int) -> Fact:
        first = asked[0]
        rule = first.rule
        data: dict[str, Json] = {
            "to": first.to,
            "persons": list(self._cast.reached([first.to], now)),
            "absent": list(self._cast.absent([first.to], now)),
            "channel": self._channel((one.rule for one in asked), now),
            "rule": rule.rule,
            "clause": rule.basis.clause,
            "basis": rule.basis.kind,
            "also": list(dict.fromkeys(one.rule.rule for one in asked[1:] if one.rule is not rule)),
            "number": next((one.number for one in asked if one.number is not None), None),
            "because": first.because,
        }
        return Fact(now, "escalated", first.incident, data)

    def _channel(self, rules: Iterable[EscalationRule], now: int) -> str | None:
        at_work = self._at_work(now)
        channels = (rule.channel if at_work else rule.out_of_hours or rule.channel for rule in rules)
        return next((channel for channel in channels if channel is not None), None)

    def _at_work(self, now: int) -> bool:
        return in_working_hours(self._book.playbook.working_hours, now, self._start_minute, self._weekday)


def _plan(rule: EscalationRule, duty: OpenDuty, because: int, now: int) -> dict[str, Json]:
    return {
        "duty": duty.duty,
        "number": duty.number,
        "to": list(rule.to),
        "due": max(now, (duty.breached_at or now) + rule.after),
        "rule": rule.rule,
        "clause": rule.basis.clause,
        "because": because,
    }
