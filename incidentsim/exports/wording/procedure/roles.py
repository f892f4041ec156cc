"""A role on one page: what it may do and owes, whom it tells, who stands in for it, and what is forbidden."""

from collections.abc import Iterable

from incidentsim.domain.facts import FactKind
from incidentsim.domain.playbook import EscalationRule, Playbook, Step, Track
from incidentsim.exports.wording.conditions import condition_words
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.procedure.basis import basis_mark
from incidentsim.exports.wording.procedure.duties import duty_rows
from incidentsim.exports.wording.procedure.judgements import judged_by
from incidentsim.exports.wording.procedure.matrix import escalation_rows
from incidentsim.exports.wording.procedure.rows import RoleCard, StepRow
from incidentsim.exports.wording.said import receiver_words
from incidentsim.messages import gettext as _


def role_card(playbook: Playbook, role: str, names: Names) -> RoleCard:
    """Return what a playbook says about one of its roles: authority, duties, deputies, receivers."""
    rule = playbook.roles[role]
    may = tuple(_steps(playbook, role, names))
    return RoleCard(
        role=role,
        title=names.say(rule.title),
        outside=rule.outside,
        bodies=tuple(names.say(body.title) for body in playbook.bodies.values() if role in body.roles),
        deputies=tuple(names.role(deputy) for deputy in rule.deputies),
        stands_in_for=tuple(
            names.say(other.title) for other in playbook.roles.values() if role in other.deputies and other.id != role
        ),
        may=may,
        owes=tuple(duty for duty in duty_rows(playbook, names) if role in duty.roles),
        tells=tuple(_told(playbook, may, names)),
        hears=tuple(row for row in escalation_rows(playbook, names) if role in row.roles),
        forbidden=tuple((names.say(act.title), basis_mark(act.basis, names)) for act in playbook.forbidden.values()),
        mark=basis_mark(rule.basis, names),
        judges=judged_by(playbook, (step for _track, step in _taken_by(playbook, role)), names),
    )


def _taken_by(playbook: Playbook, role: str) -> Iterable[tuple[Track, Step]]:
    for track in playbook.tracks.values():
        yield from ((track, step) for step in track.steps if not step.automatic and role in step.by)


def _steps(playbook: Playbook, role: str, names: Names) -> Iterable[StepRow]:
    """The steps that a role may take, each trigger once on a track."""
    known: set[tuple[str, str]] = set()
    for track, step in _taken_by(playbook, role):
        if (track.id, step.do) in known:
            continue
        known.add((track.id, step.do))
        yield StepRow(
            do=step.do,
            title=names.say(step.title),
            track=names.say(track.title),
            needs=condition_words(step.needs, names),
            not_by=names.listed(names.step(do) for do in step.not_by_author_of),
            tells=_told_words(track, step, names),
            takes=duration_words(step.takes) if step.takes else "",
            mark=basis_mark(step.basis, names),
        )


def _told(playbook: Playbook, may: Iterable[StepRow], names: Names) -> Iterable[tuple[str, str]]:
    """Whom each step tells: as the step says itself, and by the rows of the matrix that follow from it."""
    for step in may:
        told = [step.tells] if step.tells else []
        told += [
            _receivers(rule, names)
            for rule in playbook.escalations
            if any(pattern.kind is FactKind.STEP_TAKEN and pattern.do == step.do for pattern in rule.on)
        ]
        if told:
            yield step.title, _("; ").join(dict.fromkeys(told))


def _told_words(track: Track, step: Step, names: Names) -> str:
    to = names.listed(receiver_words(names, name) for name in told_by(track, step))
    if step.tells is None or step.tells.field is not None:
        return to
    return _("{receivers} by {channel}").format(receivers=to, channel=names.role(step.tells.channel))


def _receivers(rule: EscalationRule, names: Names) -> str:
    to = names.listed(names.role(name) for name in rule.to)
    if rule.channel is not None:
        to = _("{receivers} by {channel}").format(receivers=to, channel=names.role(rule.channel))
    when = condition_words(rule.when, names)
    return _("{receivers} ({condition})").format(receivers=to, condition=when) if when else to


def told_by(track: Track, step: Step) -> tuple[str, ...]:
    """Return the roles, bodies and persons whom a step tells."""
    if step.tells is not None:
        return step.tells.to
    return track.tells if step.by else ()
