"""The picture of who did what when, as data: rows with marks, bars and phases, read off the record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, cast

from incidentsim.domain.facts import (
    INTERVENTIONS,
    DutyFact,
    EndReason,
    Escalated,
    Fact,
    FactKind,
    InjectDelivered,
    MessageSent,
    actor_of,
)
from incidentsim.exercise.kernel.in_force import facts_in_force, undone_by
from incidentsim.exports.text.duty_table import DutyLine, duty_lines
from incidentsim.exports.wording.account import Account

Sign = Literal["refused", "step", "told", "message", "note", "undo", "undone", "moved", "skipped", "end"]

RANK: Final[tuple[Sign, ...]] = (
    "refused", "step", "undo", "end", "note", "told", "message", "moved", "skipped", "undone",
)  # fmt: skip
"""Which sign is seen where several fall into one column."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened at a time (ms), in the fact of this number."""

    at: int
    sign: Sign
    number: int


@dataclass(frozen=True, slots=True)
class Phase:
    """An incident in a phase (of the playbook; else in this state of its main track) for a time (ms)."""

    start: int
    end: int
    phase: str | None
    state: str
    number: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row: of an incident, a person, a duty, of what is triggered automatically, or of the facilitator.

    `name` is the incident's id, the person's pseudonym or the duty's number. `numbers` are the facts it shows.
    """

    kind: Literal["incident", "person", "duty", "itself", "facilitator"]
    name: str
    marks: tuple[Mark, ...] = ()
    phases: tuple[Phase, ...] = ()
    duty: DutyLine | None = None
    numbers: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """The name of its line: kind and name, joined by a slash."""
        return f"{self.kind}/{self.name}"


@dataclass(frozen=True, slots=True)
class Picture:
    """All rows from top to bottom, the last time (ms), and every time at which something happens."""

    rows: tuple[Row, ...]
    end: int
    times: tuple[int, ...] = field(default=())


def picture(account: Account) -> Picture:
    """The picture of a record. What was undone is marked so; it moves no phase and makes no duty late."""
    facts = facts_in_force(account.facts)
    end = account.facts[-1].at if account.facts else 0
    rows = [*_incidents(account, facts, end), *_people(account), *_duties(account, facts)]
    times = {0, end}
    for row in rows:
        times |= {mark.at for mark in row.marks} | {phase.start for phase in row.phases}
        if row.duty is not None:
            times |= {at for at in (row.duty.opened, row.duty.end, row.duty.due) if at is not None and at <= end}
    return Picture(tuple(rows), end, tuple(sorted(times)))


def _incidents(account: Account, facts: Sequence[Fact], end: int) -> Iterable[Row]:
    main = account.playbook.main_track
    for name in account.scenario.incidents:
        known: list[tuple[int, str, int]] = []
        for number, fact in enumerate(facts):
            if fact.incident != name:
                continue
            if fact.kind == FactKind.INCIDENT_RAISED and not known:
                known.append((fact.at, main.initial, number))
            elif fact.kind == FactKind.STEP_TAKEN and fact.track == main.id and fact.source != fact.target:
                known.append((fact.at, fact.target, number))
        phases: list[Phase] = []
        for at, state, number in known:
            phase = main.states[state].phase if state in main.states else None
            if phases and phases[-1].phase == phase and phase is not None:
                continue
            if phases:
                phases[-1] = _until(phases[-1], at)
            phases.append(Phase(at, end, phase, state, number))
        if phases:
            yield Row("incident", name, phases=tuple(phases), numbers=tuple(number for _at, _state, number in known))


def _until(phase: Phase, end: int) -> Phase:
    return Phase(phase.start, end, phase.phase, phase.state, phase.number)


def _people(account: Account) -> Iterable[Row]:
    gone = undone_by(account.facts)
    marks: dict[tuple[str, str], list[Mark]] = {}
    for number, fact in enumerate(account.facts):
        for whose, sign in _marked(fact):
            shown: Sign = "undone" if number in gone else sign
            marks.setdefault(whose, []).append(Mark(fact.at, shown, number))
    order = [("person", person.pseudonym) for person in account.scenario.people.values()]
    order += [("itself", "")]
    for kind, name in [*order, ("facilitator", "")]:
        shown_marks = tuple(marks.get((kind, name), ()))
        if shown_marks:
            numbers = tuple(dict.fromkeys(mark.number for mark in shown_marks))
            yield Row(cast("Literal['person']", kind), name, shown_marks, numbers=numbers)


def _marked(fact: Fact) -> Iterable[tuple[tuple[str, str], Sign]]:
    """Whose row a fact is marked in, and how."""
    actor = actor_of(fact)
    if fact.kind in {FactKind.STEP_TAKEN, FactKind.REFUSED}:
        whose = ("person", actor.person) if actor is not None else ("itself", "")
        yield whose, "step" if fact.kind == FactKind.STEP_TAKEN else "refused"
    elif isinstance(fact, InjectDelivered | Escalated):
        told = isinstance(fact, Escalated)
        for person in fact.persons if isinstance(fact, Escalated) else fact.to:
            yield ("person", person), "told" if told else "message"
    elif isinstance(fact, MessageSent):
        for person in (fact.by.person, *fact.receivers):
            yield ("person", person), "message"
    elif fact.kind in INTERVENTIONS:
        signs: dict[str, Sign] = {
            FactKind.OBSERVED: "note",
            FactKind.STEP_UNDONE: "undo",
            FactKind.INJECT_SKIPPED: "skipped",
        }
        yield ("facilitator", ""), signs.get(fact.kind, "moved")
    elif fact.kind == FactKind.EXERCISE_ENDED and fact.reason == EndReason.STOPPED:
        yield ("facilitator", ""), "end"


def _duties(account: Account, facts: Sequence[Fact]) -> Iterable[Row]:
    about: dict[int, list[int]] = {}
    for number, fact in enumerate(facts):
        if isinstance(fact, DutyFact):
            about.setdefault(fact.number, []).append(number)
    for duty in duty_lines(account):
        yield Row("duty", str(duty.number), duty=duty, numbers=tuple(about.get(duty.number, ())))
