"""The procedure as one seat reads it while an exercise is under way: what it says, beside what is known by now.

It holds the public side of the scenario, the procedure, and what reached this seat; nothing of the ground truth.
"""

from dataclasses import dataclass

from incidentsim.domain.text import Language
from incidentsim.exports.wording.procedure.rows import (
    ClauseRow,
    DeadlineRow,
    DutyRow,
    EscalationRow,
    JudgementRow,
    LevelTable,
    RoleCard,
)
from incidentsim.session.seat_view import InboxMessage


@dataclass(frozen=True, slots=True)
class FigureView:
    """The value of a measure that a message told somebody at this seat.

    `value` is raw (ms, whole units, flags 1 and 0), `words` the same in its unit; `number` is the fact that brought
    it, and `source` says so in words, as in `alert #3`.
    """

    measure: str
    title: str
    value: int
    words: str
    number: int
    source: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """A yes or no that a message told somebody at this seat: that it is so (`holds`) or is not.

    `number` is the fact that brought it; the words name its source.
    """

    judgement: str
    holds: bool
    words: str
    number: int


@dataclass(frozen=True, slots=True)
class IncidentFigures:
    """The figures of an incident that has come to notice, those that came last first.

    `unknown` names the measures of which no message told anything, `said` what was said of what has to be judged.
    """

    incident: str
    title: str
    level_name: str
    figures: tuple[FigureView, ...]
    unknown: tuple[str, ...]
    said: tuple[StatementView, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody of the exercise: who they are, what they are called to do, and whether they can be reached.

    `mine` says that somebody at this seat plays them. `reach` is what is known of where they are, in words, empty
    where nothing is.
    """

    person: str
    name: str
    roles: tuple[str, ...]
    role_names: tuple[str, ...]
    desk: str
    mine: bool
    reach: str


@dataclass(frozen=True, slots=True)
class Colleagues:
    """A role and the people who hold it now, by name."""

    role: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MyRole:
    """A role of somebody at the keyboard: its card, and by name who stands in for it and for whom it stands in."""

    person: str
    person_name: str
    card: RoleCard
    others: tuple[str, ...]
    deputies: tuple[Colleagues, ...]
    stands_in_for: tuple[Colleagues, ...]


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """A regulatory deadline that concerns the organisation, and where it stands for each incident, in words."""

    row: DeadlineRow
    stands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProcedureView:
    """The procedure, the story so far and the known figures, as one seat may read them.

    Attributes:
        language: the language of its words.
        title: the title of the procedure, with its version.
        story: the briefing, line by line, as it was told before the exercise began.
        reached: the messages that reached the people at the keyboard, oldest first.
        roles: the roles of the people at the keyboard.
        judgements: the questions that have to be judged, with their criteria.
        levels: the levels with their thresholds.
        figures: what is known by now, for each incident that has come to notice.
        duties: every duty with its times.
        escalations: the escalation matrix.
        working_hours: the hours of work in words, and whether it is such an hour now; empty where there are none.
        people: everybody, in the order of the scenario.
        clauses: the clauses with what rests on them.
        without_clause: the rules that rest on no clause, each with what it rests on instead.
        deadlines: the regulatory deadlines that concern the organisation.
        deadlines_rest_on: the sentence that says which law the organisation declares itself subject to.
    """

    language: Language
    title: str
    story: tuple[str, ...]
    reached: tuple[InboxMessage, ...]
    roles: tuple[MyRole, ...]
    judgements: tuple[JudgementRow, ...]
    levels: LevelTable
    figures: tuple[IncidentFigures, ...]
    duties: tuple[DutyRow, ...]
    escalations: tuple[EscalationRow, ...]
    working_hours: str
    people: tuple[PersonRow, ...]
    clauses: tuple[ClauseRow, ...]
    without_clause: tuple[tuple[str, str], ...]
    deadlines: tuple[DeadlineView, ...]
    deadlines_rest_on: str
