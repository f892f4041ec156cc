"""What the coach says unasked of what is owed: why, and what good looks like, all of it from the playbook."""

from collections.abc import Iterator

from incidentsim.domain.facts import AT_WORK
from incidentsim.domain.field_kinds import FieldContent, FieldKind
from incidentsim.domain.playbook import Field, Step
from incidentsim.exports.wording.evidence import judged_words
from incidentsim.exports.wording.procedure.levels import level_table
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.session.coaching.owed_acts import Matter
from incidentsim.session.reading.reader import Reader
from incidentsim.session.sentences import clause_words

_MOST_ITEMS = 6
"""So many items of a list are named."""


def title(reader: Reader, matter: Matter) -> str:
    """Return what is to be done, in a few words."""
    names = reader.names
    if matter.duty is not None:
        return names.duty(matter.duty.duty)
    if matter.clock is not None:
        return names.say(matter.clock.clock.title)
    return _(" / ").join(names.step(do) for do in matter.acts)


def by_when(reader: Reader, matter: Matter) -> str:
    """Return until when it is to be done; empty where no time is set."""
    if matter.due is None:
        return ""
    time = reader.narrator.until(matter.due)
    if matter.due < reader.session.now:
        return _("late since {time}").format(time=time)
    return _("by {time} ({left})").format(time=time, left=reader.narrator.left(matter.due))


def in_a_line(reader: Reader, matter: Matter) -> str:
    """Return what is to be done, until when, and by which clause."""
    first = matter.steps[0]
    parts = (title(reader, matter), by_when(reader, matter), reader.names.mark(first.rule, first.basis.clause))
    return _(" · ").join(part for part in parts if part)


def why(reader: Reader, matter: Matter) -> tuple[str, ...]:
    """Return why it is to be done, a line each: what asks for it, of whom, until when, and the clauses."""
    return tuple(line for line in _why(reader, matter) if line)


def _why(reader: Reader, matter: Matter) -> Iterator[str]:
    names, session, first = reader.names, reader.session, matter.steps[0]
    clauses = first.basis.clauses
    if matter.duty is not None:
        rule = session.exercise.compiled.duties[matter.duty.duty]
        clauses = tuple(dict.fromkeys((*rule.basis.clauses, *clauses)))
        owed_by = names.listed(names.somebody(role) for role in rule.owed_by)
        yield _("Owed by {roles}: {duty}.").format(roles=owed_by, duty=names.duty(rule.id))
    elif matter.clock is not None:
        yield _("The law waits for it: {clock}.").format(clock=names.say(matter.clock.clock.title))
    elif first.sets_level is not None and first.detour:
        yield _("Figures have come since it was graded that give another level.")
    else:
        state = session.exercise.state.incidents[matter.incident].tracks[first.track]
        yield _("No duty asks for it; it leads on from “{state}”.").format(state=names.state(first.track, state))
    for clause, says in clause_words(reader.narrator, clauses):
        yield _("{clause}: {says}").format(clause=clause, says=says)


def good(reader: Reader, matter: Matter) -> tuple[str, ...]:
    """Return what good looks like, a line each: what is asked for, whom it tells, who may not do it, the criterion."""
    told: dict[str, None] = {}
    for step in matter.steps:
        told.update(dict.fromkeys(_good(reader, step)))
    return tuple(told)


def _good(reader: Reader, step: Step) -> Iterator[str]:
    names = reader.names
    for field in step.fields:
        if field.required:
            yield _("Asked for: {field}").format(field=_asked(reader, field))
    if step.tells is not None:
        to = names.listed(receiver(reader, name) for name in step.tells.to)
        yield _("It tells {receivers}, by {channel}.").format(receivers=to, channel=names.role(step.tells.channel))
    elif told := reader.session.exercise.playbook.tracks[step.track].tells:
        yield _("It is for {receivers}.").format(receivers=names.listed(receiver(reader, name) for name in told))
    if step.not_by_author_of:
        steps = names.listed(names.step(do) for do in step.not_by_author_of)
        yield _("Four eyes: not by whoever did this: {steps}.").format(steps=steps)
    if step.sets_level is not None:
        rules = level_table(reader.session.exercise.playbook, names).rules
        yield from (_("Criterion: {rule}").format(rule=rule) for rule in rules[:1])
    for flag in step.fits:
        yield _("Criterion: {judged}, by what the messages show.").format(judged=judged_words(flag))


def receiver(reader: Reader, name: str) -> str:
    """Return what a receiver of a step is called."""
    return _("everybody at work on the incident") if name == AT_WORK else reader.names.somebody(name)


def _asked(reader: Reader, field: Field) -> str:
    """A field, and what is to stand in it."""
    names = reader.names
    called = names.say(field.title)
    if field.kind is FieldKind.TEXT:
        holds = holds_words(field.holds)
        return _("{field} – {holds}").format(field=called, holds=holds) if holds else called
    if field.kind not in {FieldKind.CHOICE, FieldKind.CHOICES} or not field.choices:
        return called
    items = [names.value(field, choice) for choice in field.choices[:_MOST_ITEMS]]
    listed = _(", ").join([*items, "…"] if len(field.choices) > _MOST_ITEMS else items)
    if field.kind is FieldKind.CHOICE:
        return _("{field} – one of: {items}").format(field=called, items=listed)
    if field.at_least == 0:
        return _("{field} – any of: {items}").format(field=called, items=listed)
    least = ngettext("{field} – at least {n} of: {items}", "{field} – at least {n} of: {items}", field.at_least)
    return least.format(field=called, n=field.at_least, items=listed)


def holds_words(holds: FieldContent | None) -> str:
    """Return what a text is about; empty where the playbook does not say so."""
    match holds:
        case FieldContent.CIRCUMSTANCES:
            return _("what happened, and from which messages that is known")
        case FieldContent.FIGURES:
            return _("how far it goes: figures with their sources")
        case FieldContent.SEVERITY:
            return _("how severe it is, and what is not known yet")
        case None:
            return ""
