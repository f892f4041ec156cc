"""The line at the top of the table: what time it is and for whom; and what the panes are called."""

from typing import Final

from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.session.countdown import length_left
from incidentsim.session.seat_view import PersonView, SeatView

_NAMED: Final = 2
"""Whoever sits at the keyboard is named where they are no more than these."""


def head_words(view: SeatView) -> str:
    """Return the head of the table: time, pacing, people at the keyboard, mode, and the title of the scenario."""
    who = _(", ").join(map(_seated, view.at_keyboard[:_NAMED]))
    if len(view.keyboard) > _NAMED:
        who = _("{n} people").format(n=len(view.keyboard))
    mode = {"solo": _("solo"), "hot_seat": _("hot seat"), "facilitated": _("facilitated")}[view.mode]
    state = _("over") if view.ended else view.pacing.words()
    return _(" · ").join(part for part in (view.time.words, state, who, mode, view.title) if part)


def _seated(person: PersonView) -> str:
    """Somebody's name, and their role beside it; of several roles, the first."""
    if not person.role_names:
        return person.name
    more = "…" if len(person.role_names) > 1 else ""
    return _("{name} ({role})").format(name=person.name, role=person.role_names[0] + more)


def strip_words(view: SeatView) -> str:
    """Return the strip above forms and dialogs: the time, the duty of one's own that is due next, and unread mail."""
    own = [duty for duty in view.duties if duty.mine and duty.due is not None]
    soonest = next((duty for duty in own if not duty.late), None)
    late = sum(duty.late for duty in own)
    unread = sum(not message.read for message in view.inbox)
    due = ""
    if soonest is not None and soonest.due is not None:
        due = _("{left}: {duty}").format(left=length_left(soonest.due - view.time.now), duty=soonest.title)
    return _(" · ").join(
        part
        for part in (
            view.time.time,
            _("over") if view.ended else view.pacing.words(),
            ngettext("‼ {n} duty late", "‼ {n} duties late", late).format(n=late) if late else "",
            due,
            ngettext("✉ {n} unread", "✉ {n} unread", unread).format(n=unread) if unread else "",
        )
        if part
    )


def pane_names(view: SeatView) -> list[str]:
    """Return the titles of the panes, each with the number of things in it that ask for attention."""
    unread = sum(not message.read for message in view.inbox)
    opened = sum(action.open for action in view.actions)
    return [
        _("Inbox ({n})").format(n=unread) if unread else _("Inbox"),
        _("Actions ({n})").format(n=opened) if opened else _("Actions"),
        _("Duties ({n})").format(n=len(view.duties)) if view.duties else _("Duties"),
        _("Log"),
    ]
