"""What happened while time passed, in a few lines: what concerns whoever sits there first, the rest counted.

It is made of what the seat sees and of nothing else, so it can tell nobody more than they may know.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from incidentsim.domain.facts import FactKind
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.session.seat_view import LogEntry, Outcome, SeatView, TimeView

MOST: Final = 5
"""Lines in which it is told what happened meanwhile."""

_RANKS: Final = {
    FactKind.EXERCISE_ENDED: 0,
    FactKind.REFUSED: 0,
    FactKind.DUTY_BREACHED: 1,
    FactKind.STEP_TAKEN: 1,
    FactKind.LEVEL_SET: 1,
    FactKind.FILED: 1,
    FactKind.STEP_UNDONE: 1,
    FactKind.INCIDENT_RAISED: 2,
    FactKind.ESCALATED: 2,
    FactKind.MESSAGE_SENT: 2,
    FactKind.CIRCUMSTANCE_AROSE: 3,
}
"""What is told of others, first what comes first; what is not here only follows, and is counted."""
_OWN: Final = 2
"""Where what else became of a duty of one's own stands among these."""


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """An account of what happened: a jump over days (empty where there was none), entries, openings, deadlines.

    `told` are entries of the log, oldest first; `rest` is how many more there are. `opened` are titles of steps, `due`
    sentences about deadlines that are near.
    """

    jump: str
    told: tuple[LogEntry, ...]
    rest: int
    opened: tuple[str, ...]
    due: tuple[str, ...]


def meanwhile(view: SeatView, outcome: Outcome, before: TimeView, most: int = MOST) -> Meanwhile:
    """Tell in at most so many lines what an outcome brought, in the language spoken.

    Args:
        view: what the seat sees now.
        outcome: what was done.
        before: the time when it was done.
        most: how many lines there are for all of it; a line about the rest, where there is any, is one of them.
    """
    jump = jump_words(before, view.time)
    due = tuple(due_words(view, number) for number in outcome.due)
    opened = tuple(action.title for action in view.actions if (action.key.incident, action.key.do) in outcome.opened)
    room = most - bool(jump) - bool(opened) - (len(due) + 1 if due else 0)  # and what is asked about them
    told, rest = pick(view, outcome, max(room, 0))
    return Meanwhile(jump, told, rest, opened, tuple(words for words in due if words))


def pick(view: SeatView, outcome: Outcome, room: int) -> tuple[tuple[LogEntry, ...], int]:
    """Return the entries of an outcome that are told in so many lines, oldest first, and the number of the others.

    Where there are others, a line less is used, so that there is one left to count them.
    """
    mine = {message.number for message in view.inbox} | {outcome.answer}
    everything = _since(view.log.entries, outcome.since)

    def rank(entry: LogEntry) -> int | None:
        if entry.number in mine or (entry.ours and entry.kind is FactKind.DUTY_OPENED):
            return 0
        return _RANKS.get(entry.kind, _OWN if entry.ours else None)

    ranked = [(place, entry) for entry in everything if (place := rank(entry)) is not None]
    if len(ranked) > room or len(ranked) < len(everything):
        room = max(room - 1, 0)
    ranked.sort(key=lambda each: (each[0], -each[1].number))
    told = sorted((entry for _place, entry in ranked[:room]), key=lambda entry: entry.number)
    return tuple(told), len(everything) - len(told)


def _since(entries: Sequence[LogEntry], since: int) -> list[LogEntry]:
    new: list[LogEntry] = []
    for entry in reversed(entries):
        if entry.number < since:
            break
        new.append(entry)
    return new[::-1]


def jump_words(before: TimeView, now: TimeView) -> str:
    """Return how many days later it is, with date and time; empty where it is the same day, or no day is known."""
    if not before.day or not now.day or before.day == now.day:
        return ""
    days = (date.fromisoformat(now.day) - date.fromisoformat(before.day)).days
    later = ngettext("{n} day later", "{n} days later", days).format(n=days)
    return _("{later}, {day} {time}").format(later=later, day=short_date(date.fromisoformat(now.day)), time=now.time)


def short_date(day: date) -> str:
    """A date with its weekday, short: Thu 12 Mar."""
    weekdays = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    months = (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
        _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )  # fmt: skip
    return _("{weekday} {day} {month}").format(
        weekday=weekdays[day.weekday()], day=day.day, month=months[day.month - 1]
    )


def due_words(view: SeatView, number: int) -> str:
    """Return the sentence that says when a duty falls due; empty where it is open no more or has no limit."""
    duty = next((duty for duty in view.duties if duty.number == number), None)
    if duty is None or duty.due is None:
        return ""
    left = duty.due - view.time.now
    if left <= 0:
        return _("{duty} is due now, at {time}.").format(duty=duty.title, time=duty.until)
    return _("{duty} is due in {length}, at {time}.").format(
        duty=duty.title, length=duration_words(left), time=duty.until
    )


def rest_words(rest: int) -> str:
    """Return the words for so many more entries of the log; empty where there are none."""
    return ngettext("{n} more in the log", "{n} more in the log", rest).format(n=rest) if rest else ""


def opened_words(opened: Sequence[str]) -> str:
    """Return the words that say which steps are open now and were not before; empty where none is."""
    return _("Open to you now: {steps}").format(steps=_(", ").join(opened)) if opened else ""
