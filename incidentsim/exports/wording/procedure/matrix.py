"""The escalation matrix: when, who, by which channel, in and out of working hours."""

from typing import Final

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import FactKind
from incidentsim.domain.playbook import EscalationRule, Hours, Playbook
from incidentsim.exports.wording.conditions import condition_words, patterns_words
from incidentsim.exports.wording.local_time import duration_words, weekday_words
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.procedure.basis import basis_mark
from incidentsim.exports.wording.procedure.rows import EscalationRow
from incidentsim.messages import gettext as _

_WHATEVER: Final = Pattern(FactKind.DUTY_BREACHED)
"""Any duty that is overdue."""


def escalation_rows(playbook: Playbook, names: Names) -> tuple[EscalationRow, ...]:
    """The rows of the matrix, in the order of the playbook."""
    return tuple(_row(playbook, rule, names) for rule in playbook.escalations)


def _row(playbook: Playbook, rule: EscalationRule, names: Names) -> EscalationRow:
    channel = names.role(rule.channel) if rule.channel is not None else ""
    return EscalationRow(
        rule=rule.id,
        title=names.say(rule.title),
        when=_when(rule, names),
        hours=hours_words(rule.hours),
        to=names.listed(names.role(name) for name in rule.to),
        roles=tuple(dict.fromkeys(role for name in rule.to for role in playbook.roles_of(name))),
        channel=channel,
        out_of_hours=names.role(rule.out_of_hours) if rule.out_of_hours is not None else channel,
        after=rule.after,
        mark=basis_mark(rule.basis, names),
    )


def _when(rule: EscalationRule, names: Names) -> str:
    """The fact and the condition, and for a row about lateness whose duty and how long it is overdue."""
    what = patterns_words(rule.on, names)
    if rule.owed_by and rule.on == (_WHATEVER,):
        owed_by = _(" or ").join(names.role(name) for name in rule.owed_by)
        what = _("a duty of {roles} overdue").format(roles=owed_by)
    if rule.after:
        what = _("{what}, for {length}").format(what=what, length=duration_words(rule.after))
    return _("; ").join(words for words in (what, condition_words(rule.when, names)) if words)


def hours_words(hours: Hours | None) -> str:
    """Return the time of day that a row is meant for; empty where it is meant for any."""
    match hours:
        case "working":
            return _("in working hours")
        case "out":
            return _("out of working hours")
        case None:
            return ""


def working_hours_words(playbook: Playbook) -> str:
    """Return the hours of work with their days; empty where the playbook knows none."""
    hours = playbook.working_hours
    if hours is None:
        return ""
    days = _(", ").join(weekday_words(day) for day in hours.days)
    return _("{days}: {begins} to {ends}").format(days=days, begins=_time(hours.begins), ends=_time(hours.ends))


def _time(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
