"""The log, line by line: facts told by a `RecordTeller`, for the table, the console and the debrief."""

from collections.abc import Collection
from typing import Final, cast

from incidentsim.domain.facts import Fact, FactKind
from incidentsim.messages import gettext as _
from incidentsim.session.narration import RecordTeller
from incidentsim.tui.widgets.line_list import Line, Piece, line

_SIGNS: Final = {
    FactKind.REFUSED: ("✕ ", "bad"),
    FactKind.DUTY_BREACHED: ("‼ ", "bad"),
    FactKind.ESCALATED: ("↑ ", "warn"),
    FactKind.ESCALATION_PLANNED: ("… ", "dim"),
    FactKind.INJECT_DELIVERED: ("✉ ", "accent"),
    FactKind.INJECT_ADDED: ("✉ ", "accent"),
    FactKind.STEP_TAKEN: ("✓ ", "good"),
    FactKind.STEP_UNDONE: ("↶ ", "warn"),
    FactKind.OBSERVED: ("✎ ", "accent"),
    FactKind.EXERCISE_STARTED: ("▶ ", ""),
    FactKind.EXERCISE_ENDED: ("■ ", ""),
}

BACKSTAGE: Final = frozenset(
    {FactKind.INJECT_WITHHELD, FactKind.INJECT_MOVED, FactKind.INJECT_SKIPPED, FactKind.INJECT_ADDED, FactKind.OBSERVED}
)
"""Kinds of fact that only the facilitator is shown: what was meant to come, and what was noted about people."""


def incident_mark(teller: RecordTeller, incident: str | None) -> Piece:
    """Which incident something is about, where there are several."""
    several = len(teller.account.scenario.incidents) > 1
    return Piece(f"[{incident}] " if several and incident is not None else "", "accent")


def hidden_from(fact: Fact, people: Collection[str]) -> bool:
    """Whether this is a message to others, of which these people (pseudonyms) only know that it was sent."""
    if fact.kind != FactKind.INJECT_DELIVERED or not people:
        return False
    return not set(cast("list[str]", fact.data["to"])) & set(people)


def log_line(teller: RecordTeller, number: int, *, undone: bool, people: Collection[str] = ()) -> Line:
    """One fact in a line; what a message to others says is not for `people`, if any."""
    fact = teller.account.facts[number]
    head = Piece(f"#{number:<4} {teller.time(fact.at)} ", "dim")
    about = incident_mark(teller, fact.incident)
    sign, style = _SIGNS.get(fact.kind, ("  ", ""))
    sentence = others_mail(teller, fact) if hidden_from(fact, people) else teller.sentence(number)
    if undone:
        told = _("undone: {what}").format(what=sentence)
        return line(head, Piece("↶ ", "dim"), about, Piece(told, "dim"), name=str(number))
    return line(head, Piece(sign, style), about, sentence, name=str(number))


def day_line(teller: RecordTeller, at: int) -> Line:
    """What stands in the log where another day begins."""
    return line(Piece(f"── {teller.day(at)} ──", "dim"))


def others_mail(teller: RecordTeller, fact: Fact) -> str:
    """That others got a message, without what it says."""
    by = teller.names.role(str(fact.data["channel"])) if fact.data["channel"] else ""
    return _("{channel} to {people}, not to you").format(channel=by, people=teller.narrator.audience(fact))
