"""The duties with their times by level."""

from collections.abc import Iterable

from incidentsim.domain.facts import FactKind
from incidentsim.domain.playbook import Duty, EscalationRule, Playbook
from incidentsim.exports.wording.conditions import condition_words, patterns_words
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.procedure.basis import basis_mark
from incidentsim.exports.wording.procedure.matrix import hours_words
from incidentsim.exports.wording.procedure.rows import DutyRow, TimeRow
from incidentsim.messages import gettext as _


def duty_rows(playbook: Playbook, names: Names) -> tuple[DutyRow, ...]:
    """The duties in the order of the playbook."""
    return tuple(_row(playbook, duty, names) for duty in playbook.duties.values())


def _row(playbook: Playbook, duty: Duty, names: Names) -> DutyRow:
    return DutyRow(
        duty=duty.id,
        title=names.say(duty.title),
        owed_by=names.listed(names.role(name) for name in duty.owed_by),
        roles=tuple(dict.fromkeys(role for name in duty.owed_by for role in playbook.roles_of(name))),
        begins=patterns_words(duty.opens_on, names),
        only_if=condition_words(duty.when, names),
        ends=patterns_words(duty.settled_by, names),
        dropped=patterns_words(duty.dropped_by, names),
        times=tuple(_times(playbook, duty, names)),
        late=tuple(_late(playbook, duty, names)),
        mark=basis_mark(duty.basis, names),
        time_mark=basis_mark(duty.within_basis, names),
    )


def _times(playbook: Playbook, duty: Duty, names: Names) -> Iterable[TimeRow]:
    """The time while the incident is not graded, then for each level; those without a limit say so.

    Where nothing is graded, it is the time of every incident.
    """
    levels = sorted({*playbook.levels, *duty.within.by_level})
    for level in (None, *levels):
        limit = duty.within.limit(level)
        name = names.grade(level) or _("every incident")
        yield TimeRow(level, name, limit, _("no limit") if limit is None else duration_words(limit))


def _late(playbook: Playbook, duty: Duty, names: Names) -> Iterable[str]:
    """Who is told when it is overdue, how long after that, and on which condition; at first those told soonest.

    Rows of the matrix about any duty of anybody are left out: they stand in the matrix.
    """
    late = [rule for rule in playbook.escalations if concerns_lateness(rule, duty)]
    for rule in sorted(late, key=lambda rule: rule.after or 0):
        words = names.listed(names.role(name) for name in rule.to)
        if rule.after:
            words = _("{receivers}, after {length}").format(receivers=words, length=duration_words(rule.after))
        conditions = [condition_words(rule.when, names), hours_words(rule.hours)]
        said = _("; ").join(condition for condition in conditions if condition)
        yield _("{receivers} ({condition})").format(receivers=words, condition=said) if said else words


def concerns_lateness(rule: EscalationRule, duty: Duty) -> bool:
    """Return whether a row of the matrix is about this duty, or a duty of whoever owes it, being overdue."""
    breaches = [pattern for pattern in rule.on if pattern.kind is FactKind.DUTY_BREACHED]
    if rule.owed_by:
        return bool(set(rule.owed_by) & set(duty.owed_by)) and any(one.duty in {None, duty.id} for one in breaches)
    return any(pattern.duty == duty.id for pattern in breaches)
