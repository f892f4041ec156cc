"""The two lines at the top of the table: what time it is and for whom, and what happened last."""

from collections.abc import Callable, Sequence
from typing import Final

from incidentsim.domain.facts import FactKind
from incidentsim.messages import gettext as _
from incidentsim.session.seat_view import LogEntry, PersonView, SeatView
from incidentsim.tui.widgets.line_list import Line

_NAMED: Final = 2
"""Whoever sits at the keyboard is named where they are no more than these."""

_TELLING: Final = frozenset(
    {
        FactKind.INJECT_DELIVERED,
        FactKind.INCIDENT_RAISED,
        FactKind.CIRCUMSTANCE_AROSE,
        FactKind.STEP_TAKEN,
        FactKind.REFUSED,
        FactKind.LEVEL_SET,
        FactKind.DUTY_OPENED,
        FactKind.DUTY_BREACHED,
        FactKind.ESCALATED,
        FactKind.FILED,
        FactKind.STEP_UNDONE,
        FactKind.EXERCISE_ENDED,
    }
)
"""What a line of news is about, where there is any of it: the rest only follows."""


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


class News:
    """The line about the last thing that happened, and the number of others since then."""

    def __init__(self, drawn: Callable[[LogEntry], Line]) -> None:
        """`drawn` gives the line of an entry of the log."""
        self._drawn = drawn
        self.words = ""
        self.more = ""

    def tell(self, words: str) -> None:
        """Say this, which is no news of the log."""
        self.words, self.more = words, ""

    def tell_since(self, entries: Sequence[LogEntry], since: int) -> None:
        """Tell what has happened since the fact of this number; where nothing has, what was told stays."""
        new: list[LogEntry] = []
        for entry in reversed(entries):
            if entry.number < since:
                break
            new.append(entry)
        if not new:
            return
        last = next((entry for entry in new if entry.kind in _TELLING), new[0])
        words = "".join(piece.text for piece in self._drawn(last).pieces[1:]).strip()
        more = len(new) - 1
        self.words, self.more = f"» {words}", f" (+{more})" if more else ""

    def shown(self, view: SeatView) -> tuple[str, str]:
        """Return the news, and how much else there was; once the exercise is over, that it is, and empty text."""
        if not view.ended:
            return self.words, self.more
        return _("■ The exercise is over. Press d to see how it went.") if view.run is not None else _("■ Over."), ""
