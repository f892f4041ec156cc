"""What the panes of the table show, line by line, drawn from what the seat sees."""

from collections.abc import Sequence
from typing import Final

from incidentsim.exports.wording.local_time import duration_words
from incidentsim.exports.wording.plain_text import pad, width
from incidentsim.messages import gettext as _
from incidentsim.session.countdown import length_left
from incidentsim.session.seat_view import AvailableAction, OpenDutyView, SeatView
from incidentsim.tui.log_rows import incident_mark
from incidentsim.tui.widgets.line_list import Line, Piece, line
from incidentsim.tui.widgets.text import cut

ACTION_KEYS: Final = "abcegilmoqsuyzABCEGILMOQSUYZ"
"""The keys of the open actions: letters that nothing else at the table listens to."""

_MOST_CLAUSE: Final = 30
"""Columns beyond which the name of a law is cut; it stands in full where the action is opened."""


def inbox_lines(view: SeatView) -> list[Line]:
    """Messages, newest first: unread ones bear a mark, so that nothing hangs on boldness alone."""
    lines = []
    for message in reversed(view.inbox):
        mark = Piece("  " if message.read else "● ", "" if message.read else "accent")
        date = "" if message.day == view.time.day else f"{message.day[5:]} "
        head = f"{date}{message.time} {message.channel} "
        style = "" if message.read else "strong"
        about = incident_mark(message.incident, several=view.several)
        lines.append(line(mark, Piece(head, "dim"), about, Piece(message.subject, style), name=str(message.number)))
    return lines


def action_lines(view: SeatView) -> list[Line]:
    """Open steps with their keys, then those that are closed with what closes them, then what nobody may do."""
    opened = [action for action in view.actions if action.open]
    closed = [action for action in view.actions if action.refusal is not None]
    lines = [line(Piece(_("Open now"), "heading")), *_open_lines(view, opened)]
    if closed:
        lines += [line(""), line(Piece(_("Closed: Enter says why"), "heading"))]
    for action in closed:
        why = action.refusal.words if action.refusal is not None else ""
        pieces = (Piece("✕  ", "dim"), action.title, Piece(f"  [{_clause(action)}] {why}", "dim"))
        lines.append(line(*pieces, name=f"shut/{action.key.do}"))
    if view.actions and view.forbidden:
        lines += [line(""), line(Piece(_("Forbidden to everybody"), "heading"))]
        for act in view.forbidden:
            never = (Piece("⊘  ", "bad"), act.title, Piece(f"  [{act.mark}]", "dim"))
            lines.append(line(*never, name=f"never/{act.key.do}"))
    return lines


def _clause(action: AvailableAction) -> str:
    return cut(action.mark, _MOST_CLAUSE)


def _open_lines(view: SeatView, opened: Sequence[AvailableAction]) -> list[Line]:
    if not opened:
        return [line(Piece(_("Nothing is for you to do right now; let time go on."), "dim"))]
    several = len(view.people) > 1
    keys = iter(ACTION_KEYS)
    lines = []
    for action in opened:
        takes = duration_words(action.takes) if action.takes else ""
        notes = [takes, action.person_name if several else ""]
        told = _(", ").join(note for note in notes if note)
        pieces = (
            Piece(f"{next(keys, ' ')}  ", "accent"),
            Piece(action.title, "strong"),
            Piece(f"  [{_clause(action)}] {told}", "dim"),
        )
        lines.append(line(*pieces, name=f"open/{action.key.do}"))
    return lines


def duty_lines(view: SeatView) -> list[Line]:
    """Open duties as countdowns, each with how it ends."""
    lines: list[Line] = [line(Piece(_("Duties"), "heading"))]
    now = view.time.now
    left = [_("no limit") if duty.due is None else length_left(duty.due - now) for duty in view.duties]
    columns = max(map(width, left), default=0)
    for duty, rest in zip(view.duties, left, strict=True):
        sign, style = ("‼ ", "bad") if duty.late else ("! ", "warn") if _soon(duty, now) else ("  ", "")
        ends = _("until: {steps}").format(steps=_(", ").join(duty.ends))
        by = _("by {time}").format(time=duty.until) if duty.due is not None else ""
        lines.append(
            line(
                Piece(sign, style),
                Piece(pad(rest, columns) + "  ", style),
                Piece(_("yours") + "  " if duty.mine else "", "accent"),
                incident_mark(duty.incident, several=view.several),
                duty.title,
                Piece("  " + _(" · ").join(part for part in (ends, by) if part), "dim"),
                name=str(duty.number),
            )
        )
    if not view.duties:
        lines.append(line(Piece(_("Nobody owes anything right now."), "dim")))
    return lines


def _soon(duty: OpenDutyView, now: int) -> bool:
    """Whether less than a fifth of the time is left."""
    return duty.due is not None and (duty.due - now) * 5 < duty.due - duty.opened
