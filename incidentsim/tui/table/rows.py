"""What the panes of the table show, line by line, drawn from what the seat sees."""

from typing import Final

from incidentsim.exports.wording.local_time import duration_words
from incidentsim.exports.wording.plain_text import pad, width
from incidentsim.messages import gettext as _
from incidentsim.session.countdown import length_left, owed_words
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
    """Open steps with their keys, what is owed or leads on first; closed ones with the reason; forbidden acts.

    What is owed bears a sign, the duty that it ends, and until when.
    """
    opened = [action for action in view.actions if action.open]
    closed = [action for action in view.actions if action.refusal is not None]
    to_do = [action for action in opened if action.called_for]
    possible = [action for action in opened if not action.called_for]
    lines = [line(Piece(_("To be done now"), "heading")), *(_open_line(view, action) for action in to_do)]
    if not to_do:
        lines.append(line(Piece(_("Nothing is for you to do right now; let time go on."), "dim")))
    if possible:
        lines += [line(""), line(Piece(_("Possible, but not called for now"), "heading"))]
        lines += [_open_line(view, action) for action in possible]
    if closed:
        lines += [line(""), line(Piece(_("Closed: Enter says why"), "heading"))]
    for action in closed:
        why = action.refusal.words if action.refusal is not None else ""
        pieces = (Piece("   ✕ ", "dim"), action.title, Piece(f"  [{_clause(action)}] {why}", "dim"))
        lines.append(line(*pieces, name=f"shut/{action.key.do}"))
    if view.actions and view.forbidden:
        lines += [line(""), line(Piece(_("Forbidden to everybody"), "heading"))]
        for act in view.forbidden:
            never = (Piece("   ⊘ ", "bad"), act.title, Piece(f"  [{act.mark}]", "dim"))
            lines.append(line(*never, name=f"never/{act.key.do}"))
    return lines


def is_marked(view: SeatView, action: AvailableAction) -> bool:
    """Return whether the coach marks an action: it is, or may be, what is owed first."""
    coach = view.coach
    return coach is not None and coach.act is not None and action.key in coach.act.keys


def _clause(action: AvailableAction) -> str:
    return cut(action.mark, _MOST_CLAUSE)


def letter_of(action: AvailableAction) -> str:
    """Return the key of an action, the same for the whole exercise; a space where there are no letters left for it."""
    return ACTION_KEYS[action.place] if action.place < len(ACTION_KEYS) else " "


def _open_line(view: SeatView, action: AvailableAction) -> Line:
    takes = duration_words(action.takes) if action.takes else ""
    told = _(", ").join(note for note in (takes, action.person_name if len(view.people) > 1 else "") if note)
    owed = next((duty for duty in view.duties if duty.number in action.settles), None)
    late = owed is not None and owed.late
    return line(
        Piece(f"{letter_of(action)} ", "accent"),
        Piece("◇" if is_marked(view, action) else " ", "good"),
        Piece("‼ " if late else "! " if owed is not None else "  ", "bad" if late else "warn"),
        Piece(action.title, "strong"),
        Piece("  " + owed_words(owed) if owed is not None else "", "bad" if late else "warn"),
        Piece(f"  [{_clause(action)}] {told}", "dim"),
        name=f"open/{action.key.do}",
    )


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
