"""The duties and escalation rules of a playbook, those that notices and lateness bring along included."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.definitions.formats.common import NO_LIMIT
from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.definitions.formats.owing import (
    DutyShape,
    EscalationShape,
    LatenessShape,
    LateShape,
    NoticeShape,
    WithinShape,
)
from incidentsim.definitions.formats.values import text
from incidentsim.definitions.rules.rules import RuleChecker
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import FactKind
from incidentsim.domain.playbook import ANYONE, Duty, EscalationRule, Within
from incidentsim.domain.text import Text
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.domain.basis import Basis

UNGRADED = "ungraded"


@dataclass(frozen=True, slots=True)
class PlacedDuty:
    """A duty, where it stands, and the rule for when it is late.

    `made` says that a notice brought it along, so that its form is ours.
    """

    duty: Duty
    path: Path
    late: EscalationRule | None
    made: bool = False


def duties(checker: RuleChecker) -> list[PlacedDuty]:
    """All duties, in the order of the file, those of the notices last."""
    found = [_duty(checker, shape, ("duties", index)) for index, shape in enumerate(checker.shape.duties)]
    found.extend(_notice_duty(checker, name, notice) for name, notice in checker.shape.notices.items())
    seen: set[str] = set()
    for placed in found:
        if placed.duty.id in seen:
            message = _("There is another duty {name}; give this one an id of its own.").format(name=placed.duty.id)
            checker.findings.add(placed.path if placed.made else (*placed.path, "id"), message)
        seen.add(placed.duty.id)
    return found


def escalations(checker: RuleChecker, placed: list[PlacedDuty]) -> tuple[EscalationRule, ...]:
    """The escalation rules of the file, and then those of duties that are late."""
    late = [duty.late for duty in placed if duty.late is not None]
    seen = {rule.id for rule in late}
    rules = []
    for index, shape in enumerate(checker.shape.escalations):
        path: Path = ("escalations", index)
        if shape.id in seen:
            message = _("There is another escalation rule {name}; give this one an id of its own.").format(
                name=shape.id
            )
            checker.findings.add((*path, "id"), message)
        seen.add(shape.id)
        rules.append(_escalation(checker, shape, path))
        if shape.after is not None:
            _check_owed(checker, rules[-1], placed, path)
    return (*rules, *late)


def _check_owed(checker: RuleChecker, rule: EscalationRule, placed: list[PlacedDuty], path: Path) -> None:
    """Whoever a rule about lateness names owes some duty that it speaks of; else it would never fire."""
    for index, name in enumerate(rule.owed_by):
        owed = (one.duty for one in placed if name in one.duty.owed_by)
        if not any(pattern.duty in {None, duty.id} for duty in owed for pattern in rule.on):
            message = _("None of the duties that this rule is about is owed by {name}, so it would never fire.")
            checker.findings.add((*path, "owed_by", index), message.format(name=name))


def _duty(checker: RuleChecker, shape: DutyShape, path: Path) -> PlacedDuty:
    basis, within_basis = checker.duty_bases(shape, path)
    duty = Duty(
        id=shape.id,
        title=text(shape.title),
        opens_on=checker.patterns(shape.opens_on, (*path, "opens_on")),
        owed_by=checker.parties((*path, "owed_by"), shape.owed_by),
        settled_by=checker.patterns(shape.settled_by, (*path, "settled_by")),
        within=_within(checker, shape.within, (*path, "within")),
        basis=basis,
        within_basis=within_basis,
        dropped_by=checker.patterns(shape.cancelled_by, (*path, "cancelled_by")),
        when=checker.condition(shape.when, (*path, "when")),
    )
    return PlacedDuty(duty, path, _late(checker, duty, shape.late, path))


def _notice_duty(checker: RuleChecker, name: str, notice: NoticeShape) -> PlacedDuty:
    path: Path = ("notices", name)
    basis, within_basis = checker.duty_bases(notice, path)
    owed_by = checker.names.roles if ANYONE in notice.by else notice.by
    duty = Duty(
        id=f"notify_{name}",
        title=text(notice.title),
        opens_on=(Pattern(FactKind.STEP_TAKEN, track=f"notice_{name}", state="due"),),
        owed_by=tuple(owed_by),
        settled_by=(Pattern(FactKind.STEP_TAKEN, do=f"notify_{name}"),),
        within=_within(checker, notice.within, (*path, "within")),
        basis=basis,
        within_basis=within_basis,
    )
    return PlacedDuty(duty, path, _late(checker, duty, notice.late, path), made=True)


def _within(checker: RuleChecker, shape: WithinShape, path: Path) -> Within:
    if isinstance(shape, str):
        limit = _limit(shape)
        by_level = dict.fromkeys(sorted(checker.names.levels), limit) if limit is not None else {}
        return Within(by_level, limit)
    by_level = {}
    ungraded = None
    for level, written in shape.items():
        if isinstance(level, int):
            if level not in checker.names.levels:
                checker.findings.unknown((*path, level), _("level"), level, checker.names.levels, key=True)
            limit = _limit(written)
            if limit is not None:
                by_level[level] = limit
        else:
            ungraded = _limit(written)
    return Within(by_level, ungraded)


def _limit(written: str) -> int | None:
    return None if written == NO_LIMIT else parse_duration(written)


def _late(checker: RuleChecker, duty: Duty, shape: LateShape | None, path: Path) -> EscalationRule | None:
    if shape is None:
        return None
    at = (*path, "late")
    told_by = checker.shape.lateness
    own = shape.clause is not None or shape.basis is not None
    basis: Basis = checker.basis(shape, at) if own else duty.within_basis
    return EscalationRule(
        id=f"late-{duty.id}",
        to=checker.parties((*at, "escalate_to"), shape.escalate_to),
        basis=basis,
        title=Text(f"“{duty.title.en}” is late", f"“{duty.title.zh}”逾期"),
        on=(Pattern(FactKind.DUTY_BREACHED, duty=duty.id),),
        channel=told_by.channel if told_by is not None else None,
        out_of_hours=told_by.out_of_hours if told_by is not None else None,
    )


def _escalation(checker: RuleChecker, shape: EscalationShape, path: Path) -> EscalationRule:
    on = checker.patterns(shape.when_fact, (*path, "when_fact"))
    if shape.after is not None:
        on = _late_patterns(checker, on, path)
    elif shape.when_fact is None and shape.when is None:
        message = _("An escalation rule says what triggers it: when_fact, when or after; none of these keys is there.")
        checker.findings.add(path, message)
    if shape.owed_by and shape.after is None:
        checker.findings.add((*path, "owed_by"), _("This key belongs to rules about lateness, which have `after`."))
    _check_channels(checker, shape, path)
    if shape.hours is not None:
        _check_hours(checker, (*path, "hours"))
    return EscalationRule(
        id=shape.id,
        to=checker.parties((*path, "to"), shape.to),
        basis=checker.basis(shape, path),
        title=text(shape.title),
        on=on,
        when=checker.condition(shape.when, (*path, "when")),
        channel=shape.channel,
        out_of_hours=shape.out_of_hours,
        hours=shape.hours,
        after=parse_duration(shape.after) if shape.after is not None else None,
        owed_by=checker.parties((*path, "owed_by"), shape.owed_by) if shape.owed_by else (),
    )


def check_lateness(checker: RuleChecker) -> None:
    """The channels by which lateness is told exist."""
    shape = checker.shape.lateness
    if shape is not None:
        checker.basis(shape, ("lateness",))
        _check_channels(checker, shape, ("lateness",))


def _check_channels(checker: RuleChecker, shape: EscalationShape | LatenessShape, path: Path) -> None:
    for key, channel in (("channel", shape.channel), ("out_of_hours", shape.out_of_hours)):
        if channel is not None:
            checker.known((*path, key), _("channel"), channel, checker.shape.channels)
    if shape.out_of_hours is not None:
        _check_hours(checker, (*path, "out_of_hours"))


def _check_hours(checker: RuleChecker, path: Path) -> None:
    if checker.shape.working_hours is None:
        message = _("This key needs the section working_hours; without it the playbook works round the clock.")
        checker.findings.add(path, message)


def _late_patterns(checker: RuleChecker, on: tuple[Pattern, ...], path: Path) -> tuple[Pattern, ...]:
    """A rule about lateness is about any late duty, or about those that its `when_fact` names."""
    if any(pattern.kind != FactKind.DUTY_BREACHED for pattern in on):
        message = _("A rule with `after` is about late duties: its `when_fact`, if any, has the fact duty_breached.")
        checker.findings.add((*path, "when_fact"), message)
    return on or (Pattern(FactKind.DUTY_BREACHED),)
