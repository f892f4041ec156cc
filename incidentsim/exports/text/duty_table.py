"""The duties of an exercise: who owed what until when, and what became of it."""

from dataclasses import dataclass
from typing import assert_never

from incidentsim.domain.facts import (
    DutyBreached,
    DutyDropped,
    DutyFact,
    DutyOpened,
    DutyRescheduled,
    DutySettled,
    FactKind,
)
from incidentsim.exercise.kernel.in_force import facts_in_force
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.exports.wording.narrator import Narrator
from incidentsim.exports.wording.plain_text import columns, visible
from incidentsim.messages import gettext as _


@dataclass(slots=True)
class DutyLine:
    """One duty from its opening to its end. Times are ms from the start; `end` is `None` while it is owed.

    `outcome` is one of `open`, `overdue` (late and still owed), `in_time`, `late`, `no_limit` (done, and
    nothing said until when), `dropped`.
    """

    number: int
    duty: str
    incident: str
    owner: str
    opened: int
    due: int | None
    outcome: str = "open"
    end: int | None = None


def duty_lines(account: Account) -> list[DutyLine]:
    """Every duty that was opened, in order; those whose opening was undone left out."""
    narrator = Narrator(account)
    by_number: dict[int, DutyLine] = {}
    for fact in facts_in_force(account.facts):
        if fact.kind == FactKind.DUTY_OPENED:
            by_number[fact.number] = DutyLine(
                number=fact.number,
                duty=fact.duty,
                incident=fact.incident or "",
                owner=narrator.somebody(fact.owed_by),
                opened=fact.at,
                due=fact.due,
            )
        elif isinstance(fact, DutyFact) and fact.number in by_number:
            _follow(by_number[fact.number], fact)
    return list(by_number.values())


def _follow(line: DutyLine, fact: DutyFact) -> None:
    match fact:
        case DutyRescheduled():
            line.due = fact.due
        case DutyBreached():
            line.outcome = "overdue"
        case DutySettled():
            in_time = "in_time" if line.due is not None else "no_limit"
            line.outcome, line.end = "late" if fact.late else in_time, fact.at
        case DutyDropped():
            line.outcome, line.end = "dropped", fact.at
        case DutyOpened():
            pass  # where the line began
        case _:
            assert_never(fact)


def duty_table(account: Account) -> list[str]:
    """The duties as an aligned table, with a heading."""
    narrator = Narrator(account)
    clock = narrator.clock

    def when(at: int | None) -> str:
        return "–" if at is None else f"{clock.time(at)} {clock.elapsed(at)}"

    rows = [[_("No."), _("Incident"), _("Owed since"), _("Due by"), _("Outcome"), _("Duty"), _("Owed by")]]
    rows += [
        [
            str(line.number),
            visible(line.incident),
            when(line.opened),
            when(line.due),
            outcome_words(line),
            visible(narrator.names.duty(line.duty)),
            visible(line.owner),
        ]
        for line in duty_lines(account)
    ]
    return columns(rows) if len(rows) > 1 else [_("Nobody owed anything.")]


def outcome_words(line: DutyLine) -> str:
    """Return the words for the outcome of a duty."""
    match line.outcome:
        case "in_time":
            return _("done in time")
        case "no_limit":
            return _("done, no limit")
        case "late" if line.due is not None and line.end is not None:
            return _("done {length} late").format(length=duration_words(line.end - line.due))
        case "late":
            return _("done late")
        case "overdue":
            return _("overdue")
        case "dropped":
            return _("no longer asked for")
        case _other:
            return _("still owed")
