"""A role in prose: what it may do, what it owes and how fast, what it is told, and what nobody may do."""

from collections.abc import Iterator

from incidentsim.domain.playbook import Duty, Playbook, Step, Track
from incidentsim.exports.explaining.left_out import LeftOut, marked
from incidentsim.exports.explaining.model import Explained, Section
from incidentsim.exports.wording.conditions import condition_words
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.procedure.roles import role_card
from incidentsim.exports.wording.procedure.rows import DutyRow, RoleCard, StepRow
from incidentsim.messages import gettext as _


def role_section(playbook: Playbook, role: str, names: Names, left_out: LeftOut) -> Section:
    """Return everything about one role of a playbook."""
    card = role_card(playbook, role, names)
    title = marked(card.title, default=("roles", role, "title") in left_out)
    lines = [
        *_who(playbook, card, left_out),
        *_may(playbook, card, names, left_out),
        *_owes(playbook, card, names, left_out),
        *_hears(card),
        *(() if card.outside else _never(playbook, card, left_out)),
    ]
    return Section(title, tuple(lines), role)


def _who(playbook: Playbook, card: RoleCard, left_out: LeftOut) -> Iterator[Explained]:
    parts = [_("outside the organisation")] if card.outside else []
    parts += [_("deputies: {names}").format(names=_(", ").join(card.deputies))] if card.deputies else []
    parts += [_("stands in for: {names}").format(names=_(", ").join(card.stands_in_for))] if card.stands_in_for else []
    parts += [_("belongs to: {names}").format(names=_(", ").join(card.bodies))] if card.bodies else []
    means = playbook.roles[card.role].means
    default = bool(means) and left_out.role_means(card.role)
    if means:
        parts.append(marked(_("means: {terms}").format(terms=_(", ").join(means)), default=default))
    title = ("roles", card.role, "title") in left_out
    if parts:
        yield Explained(_sentence(_("; ").join(parts)), card.mark, default or title)
    elif card.mark:
        yield Explained(_("Is a role of this procedure."), card.mark, title)


def _may(playbook: Playbook, card: RoleCard, names: Names, left_out: LeftOut) -> Iterator[Explained]:
    if not card.may:
        return
    yield Explained(_("May do"), head=True)
    for row in card.may:
        yield _allowed(playbook, row, names, left_out)


def _step(playbook: Playbook, row: StepRow) -> tuple[Track, Step]:
    return next((track, step) for track in playbook.tracks.values() for step in track.steps if step.do == row.do)


def _allowed(playbook: Playbook, row: StepRow, names: Names, left_out: LeftOut) -> Explained:
    """A step: where it leads from and to, what it asks for, its conditions, its usual time, and what it means."""
    track, step = _step(playbook, row)
    title, takes, means = (left_out.step(step, part) for part in ("title", "takes", "means"))
    title_words = marked(row.title, default=title and track.id in playbook.tracks)
    parts = [_way(track, step, names)]
    asked = [names.say(field.title) for field in step.fields if field.required]
    allowed = [names.say(field.title) for field in step.fields if not field.required]
    parts += [_("asks for {fields}").format(fields=names.listed(asked))] if asked else []
    parts += [_("may say {fields}").format(fields=names.listed(allowed))] if allowed else []
    parts += [_("right only where {truths}").format(truths=_fits(playbook, step, names))] if step.fits else []
    parts += [_("needs first: {condition}").format(condition=row.needs)] if row.needs else []
    parts += [_("not by whoever did {steps}").format(steps=row.not_by)] if row.not_by else []
    parts += [_("tells {receivers}").format(receivers=row.tells)] if row.tells else []
    parts += [marked(_("takes {length}").format(length=row.takes), default=takes)] if row.takes else []
    terms = _(", ").join(step.means)
    parts += [marked(_("means: {terms}").format(terms=terms), default=means)] if terms else []
    words = _("{title}: {parts}").format(title=title_words, parts=_sentence(_("; ").join(parts), capital=False))
    return Explained(words, row.mark, title or (takes and bool(row.takes)) or (means and bool(terms)), indent=1)


def _way(track: Track, step: Step, names: Names) -> str:
    """Where the step leads from and to; of a notice, that it tells somebody."""
    sources = names.listed(names.state(track.id, state) for state in step.sources)
    if step.target is None:
        return _("while “{states}”").format(states=sources)
    return _("from “{states}” to “{target}”").format(states=sources, target=names.state(track.id, step.target))


def _fits(playbook: Playbook, step: Step, names: Names) -> str:
    said = []
    for flag, value in step.fits.items():
        judgement = playbook.judgements.get(flag)
        question = names.say(judgement.title) if judgement is not None else flag
        answer = _("“{question}” is answered yes") if value else _("“{question}” is answered no")
        said.append(answer.format(question=question))
    return names.listed(said)


def _owes(playbook: Playbook, card: RoleCard, names: Names, left_out: LeftOut) -> Iterator[Explained]:
    if not card.owes:
        return
    yield Explained(_("Owes"), head=True)
    for row in card.owes:
        yield _owed(playbook, playbook.duties[row.duty], row, names, left_out)


def _owed(playbook: Playbook, duty: Duty, row: DutyRow, names: Names, left_out: LeftOut) -> Explained:
    """A duty: from when on, until what, within which time, and who is told where it is late."""
    title = left_out.duty(duty.id, "title")
    notice = playbook.tracks.get(duty.id.replace("notify_", "notice_", 1)) if duty.id.startswith("notify_") else None
    begins = _("once {fact}").format(fact=row.begins)
    if notice is not None:
        due = next(step for step in notice.steps if step.automatic)
        begins = _("once this holds: {condition}").format(condition=condition_words(due.when, names) or row.begins)
    parts = [begins]
    parts += [_("only if {condition}").format(condition=row.only_if)] if row.only_if else []
    parts.append(_("until {fact}").format(fact=row.ends))
    parts += [_("no longer after {fact}").format(fact=row.dropped)] if row.dropped else []
    parts.append(_limits(row))
    parts += [_("if late, told: {names}").format(names=_("; ").join(row.late))] if row.late else []
    words = _("{title}: {parts}").format(
        title=marked(row.title, default=title), parts=_sentence(_("; ").join(parts), capital=False)
    )
    mark = row.mark
    if row.time_mark != row.mark:
        mark = _("{basis}; time: {time}").format(basis=row.mark, time=row.time_mark)
    return Explained(words, mark, title, indent=1)


def _limits(row: DutyRow) -> str:
    """The times, in one phrase where they are the same at every level."""
    told = [time for time in row.times if time.level is not None or time.limit is not None] or row.times
    if len({time.words for time in told}) == 1:
        only = told[0]
        return _("no limit") if only.limit is None else _("within {length}").format(length=only.words)
    said = [_("{level}: {length}").format(level=time.name, length=time.words) for time in told]
    return _("within: {limits}").format(limits=_(", ").join(said))


def _hears(card: RoleCard) -> Iterator[Explained]:
    if not card.hears:
        return
    yield Explained(_("Is told"), head=True)
    for row in card.hears:
        parts = [_("{title}: {parts}").format(title=row.title, parts=row.when)]
        parts += [row.hours] if row.hours else []
        parts += [_("by {channel}").format(channel=row.channel)] if row.channel else []
        yield Explained(_sentence(_("; ").join(parts), capital=False), row.mark, indent=1)


def _never(playbook: Playbook, card: RoleCard, left_out: LeftOut) -> Iterator[Explained]:
    if not card.forbidden:
        return
    yield Explained(_("Never"), head=True)
    for index, (_do, (title, mark)) in enumerate(zip(playbook.forbidden, card.forbidden, strict=True)):
        default = ("forbidden", index, "title") in left_out
        yield Explained(_sentence(marked(title, default=default)), mark, default, indent=1)


def _sentence(words: str, *, capital: bool = True) -> str:
    """The words as a sentence."""
    begun = words[:1].upper() + words[1:] if capital else words
    return begun if begun.endswith((".", "。")) else _("{words}.").format(words=begun)
