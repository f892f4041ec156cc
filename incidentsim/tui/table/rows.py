"""What the panes of the table show, line by line: read off the session, told by a `Teller`."""

from collections.abc import Sequence
from typing import Final

from incidentsim.exports.wording.local_time import duration_words
from incidentsim.exports.wording.plain_text import pad, width
from incidentsim.exports.wording.refusals import reason_kind_words
from incidentsim.messages import gettext as _
from incidentsim.session.narration import Teller, length_left
from incidentsim.session.sentences import channel, clause, message_words
from incidentsim.session.views import Message, Offer, Owed, Position, forbidden
from incidentsim.tui.log_rows import incident_mark
from incidentsim.tui.widgets.line_list import Line, Piece, line
from incidentsim.tui.widgets.text import cut

KEYS: Final = "abceghilmoqsuyzABCEGHILMOQSUYZ"
"""The keys of the open actions: letters that nothing else at the table listens to."""

_MOST_CLAUSE: Final = 30
"""Columns beyond which the name of a law is cut; it stands in full where the action is opened."""


def inbox_lines(teller: Teller, messages: Sequence[Message]) -> list[Line]:
    """Messages, newest first: unread ones bear a mark, so that nothing hangs on boldness alone."""
    found = []
    for message in reversed(messages):
        subject, _body = message_words(teller, message)
        mark = Piece("  " if message.read else "● ", "" if message.read else "accent")
        day = teller.day(message.at)
        date = "" if day == teller.day(teller.session.now) else f"{day[5:]} "
        head = f"{date}{teller.time(message.at)} {channel(teller, message.channel)} "
        style = "" if message.read else "strong"
        about = incident_mark(teller, message.incident)
        found.append(line(mark, Piece(head, "dim"), about, Piece(subject, style), name=str(message.number)))
    return found


def action_lines(teller: Teller, offers: Sequence[Offer]) -> list[Line]:
    """Open steps with their keys, then those that are closed with what closes them, then what nobody may do."""
    opened = [offer for offer in offers if offer.open]
    closed = [offer for offer in offers if not offer.open]
    lines = [line(Piece(_("Open now"), "heading")), *_open_lines(teller, opened)]
    if closed:
        lines += [line(""), line(Piece(_("Closed: Enter says why"), "heading"))]
    for offer in closed:
        why = reason_kind_words(offer.refusal.why) if offer.refusal is not None else ""
        pieces = (
            Piece("✕  ", "dim"),
            teller.names.step(offer.step.do),
            Piece(f"  [{_clause(teller, offer)}] {why}", "dim"),
        )
        lines.append(line(*pieces, name=f"shut/{offer.step.do}"))
    session = teller.session
    if offers and session.people:
        lines += [line(""), line(Piece(_("Forbidden to everybody"), "heading"))]
        for action in forbidden(session, offers[0].incident, session.people[0]):
            act = session.exercise.playbook.forbidden[action.do]
            mark = teller.names.mark(act.rule, act.basis.clause)
            never = (Piece("⊘  ", "bad"), teller.names.step(action.do), Piece(f"  [{mark}]", "dim"))
            lines.append(line(*never, name=f"never/{action.do}"))
    return lines


def _clause(teller: Teller, offer: Offer) -> str:
    return cut(clause(teller, offer), _MOST_CLAUSE)


def _open_lines(teller: Teller, opened: Sequence[Offer]) -> list[Line]:
    if not opened:
        return [line(Piece(_("Nothing is for you to do right now; let time go on."), "dim"))]
    several = len(teller.session.people) > 1
    keys = iter(KEYS)
    found = []
    for offer in opened:
        takes = duration_words(offer.step.takes) if offer.step.takes else ""
        notes = [takes, teller.names.person(offer.person.pseudonym) if several else ""]
        told = _(", ").join(note for note in notes if note)
        pieces = (
            Piece(f"{next(keys, ' ')}  ", "accent"),
            Piece(teller.names.step(offer.step.do), "strong"),
            Piece(f"  [{_clause(teller, offer)}] {told}", "dim"),
        )
        found.append(line(*pieces, name=f"open/{offer.step.do}"))
    return found


def duty_lines(teller: Teller, owed: Sequence[Owed]) -> list[Line]:
    """Open duties as countdowns, each with how it ends."""
    lines: list[Line] = [line(Piece(_("Duties"), "heading"))]
    names = teller.names
    left = [_("no limit") if one.due is None else length_left(one.due - teller.session.now) for one in owed]
    columns = max(map(width, left), default=0)
    for duty, rest in zip(owed, left, strict=True):
        sign, style = ("‼ ", "bad") if duty.late else ("! ", "warn") if _soon(teller, duty) else ("  ", "")
        ends = _("until: {steps}").format(steps=names.listed(names.step(do) for do in duty.settled_by))
        by = _("by {time}").format(time=teller.until(duty.due)) if duty.due is not None else ""
        lines.append(
            line(
                Piece(sign, style),
                Piece(pad(rest, columns) + "  ", style),
                Piece(_("yours") + "  " if duty.mine else "", "accent"),
                incident_mark(teller, duty.incident),
                names.duty(duty.duty),
                Piece("  " + _(" · ").join(part for part in (ends, by) if part), "dim"),
                name=str(duty.number),
            )
        )
    if not owed:
        lines.append(line(Piece(_("Nobody owes anything right now."), "dim")))
    return lines


def _soon(teller: Teller, duty: Owed) -> bool:
    """Whether less than a fifth of the time is left."""
    return duty.due is not None and (duty.due - teller.session.now) * 5 < duty.due - duty.opened


def track_words(teller: Teller, position: Position) -> str:
    """A side track in a few words."""
    state = teller.names.state(position.track, position.state)
    return f"{teller.names.track(position.track)}: {state}"
