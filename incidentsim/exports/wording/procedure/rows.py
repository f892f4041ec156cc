"""The rows: frozen, of plain values only. Ids stand beside the words; lengths of time are in ms.

A `mark` is what a rule rests on, as short as it goes (`H2, assumption`); a `basis` says the same in words.
"""

from dataclasses import dataclass

from incidentsim.domain.meanings import Unit


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure that levels are read off: what it is called, and what one of it is."""

    measure: str
    title: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class ThresholdRow:
    """A value of a measure from which on something holds; `words` are the value in its unit, as in `500 or more`."""

    measure: str
    title: str
    at_least: int
    words: str


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level, 1 the most severe; it is reached with any of its thresholds.

    `rest` says that it has none and is the level of whatever reaches no other.
    """

    level: int
    name: str
    thresholds: tuple[ThresholdRow, ...]
    rest: bool
    mark: str


@dataclass(frozen=True, slots=True)
class AggravationRow:
    """An aggravating factor: with this threshold reached, the incident is more severe by so many levels."""

    threshold: ThresholdRow
    levels: int
    words: str
    mark: str


@dataclass(frozen=True, slots=True)
class LevelTable:
    """The levels from the most severe on, what raises them, and the rule by which a level is read off."""

    measures: tuple[MeasureRow, ...]
    levels: tuple[LevelRow, ...]
    aggravations: tuple[AggravationRow, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """Something that speaks for or against an answer; `measures` are the ids of the figures that bear on it.

    `mark` is empty where all criteria of the question rest on the same.
    """

    words: str
    measures: tuple[str, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """A question that has to be judged, with what speaks for a yes and what speaks against it.

    `mark` is what all criteria rest on, empty where they rest on different things.
    """

    judgement: str
    title: str
    mark: str
    speaks_for: tuple[CriterionRow, ...]
    speaks_against: tuple[CriterionRow, ...]


@dataclass(frozen=True, slots=True)
class TimeRow:
    """The time allowed at a level, `None` while the incident is not graded; `limit` is `None` where there is none."""

    level: int | None
    name: str
    limit: int | None
    words: str


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty: who owes it (roles and bodies, and every role behind them), when it begins and ends, and its times.

    `only_if` and `dropped` are empty where there is no such condition. `late` are the escalations when it is overdue.
    `mark` is the basis of the duty, `time_mark` that of its times.
    """

    duty: str
    title: str
    owed_by: str
    roles: tuple[str, ...]
    begins: str
    only_if: str
    ends: str
    dropped: str
    times: tuple[TimeRow, ...]
    late: tuple[str, ...]
    mark: str
    time_mark: str


@dataclass(frozen=True, slots=True)
class EscalationRow:
    """A row of the escalation matrix: when, to whom, by which channel in working hours and out of them.

    `roles` are the roles behind `to`. `hours` says at which time of day it fires, empty where at any. `after` is the
    delay after the breach of a duty (ms), `None` where the row is not about lateness.
    """

    rule: str
    title: str
    when: str
    hours: str
    to: str
    roles: tuple[str, ...]
    channel: str
    out_of_hours: str
    after: int | None
    mark: str


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause: its wording, where it stands, and what rests on it; `context` says why no rule follows, if none does.

    A rule that the clause does not state itself bears `[assumption]` behind its title.
    """

    clause: str
    says: str
    source: str
    phase: str
    context: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepRow:
    """Something that a role may do: `needs` is what must hold first, `not_by` who may not do it (four eyes).

    `tells` names whom the step tells; `takes` is its usual time in words. Each is empty where there is nothing to say.
    """

    do: str
    title: str
    track: str
    needs: str
    not_by: str
    tells: str
    takes: str
    mark: str


@dataclass(frozen=True, slots=True)
class RoleCard:
    """Everything about one role, on one page.

    `bodies` are those that it belongs to; `deputies` stand in for it, in this order, and it stands in for
    `stands_in_for`. `tells` pairs a step that tells with those told; `hears` are the escalations that reach the role.
    `judges` are the questions that its steps answer.
    """

    role: str
    title: str
    outside: bool
    bodies: tuple[str, ...]
    deputies: tuple[str, ...]
    stands_in_for: tuple[str, ...]
    may: tuple[StepRow, ...]
    owes: tuple[DutyRow, ...]
    tells: tuple[tuple[str, str], ...]
    hears: tuple[EscalationRow, ...]
    forbidden: tuple[tuple[str, str], ...]
    mark: str
    judges: tuple[JudgementRow, ...] = ()


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """A regulatory deadline: who owes it to whom by when (`limit`, counted from a moment), and what starts it.

    `trigger` is the moment in the words of the law, `starts_with` what sets it by this playbook, and `after` the
    filing that it waits for. `only_if` is what it asks about the incident. `binding` is false for mere guidance.
    """

    clock: str
    title: str
    jurisdiction: str
    owed_by: str
    to: str
    limit: str
    counted_from: str
    trigger: str
    starts_with: str
    after: str
    only_if: str
    source: str
    binding: bool
