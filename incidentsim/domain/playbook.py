"""The procedure: what a playbook says, with every name resolved and every duration in milliseconds.

A `Playbook` here has passed the checks of `definitions`; nothing here looks at YAML or positions.
Levels count from 1, the most severe.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from incidentsim.domain.basis import Basis
from incidentsim.domain.conditions import ALWAYS, Condition, Pattern
from incidentsim.domain.evaluation import ImprovementRule, MetricRule, Objective, Task
from incidentsim.domain.field_kinds import FieldContent, FieldKind
from incidentsim.domain.judgements import Judgement
from incidentsim.domain.meanings import (
    ChannelMeaning,
    CircumstanceMeaning,
    MeasureMeaning,
    RoleMeaning,
    StepMeaning,
    TeamMeaning,
    Unit,
)
from incidentsim.domain.sources import Clause, Phase, Source
from incidentsim.domain.speech import Telling
from incidentsim.domain.text import LANGUAGES, Text

ANYONE = "anyone"
"""Written in place of roles where the procedure speaks of everybody."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that can be counted about an incident; `unit` is what one of it is."""

    id: str
    title: Text
    unit: Unit
    means: tuple[MeasureMeaning, ...] = ()


@dataclass(frozen=True, slots=True)
class Threshold:
    """A measure reaches a value; durations in ms, money in whole units, flags 1."""

    measure: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Level:
    """A failure level. An incident has the most severe level of which any threshold is reached."""

    number: int
    name: Text
    any_of: tuple[Threshold, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class LevelModifier:
    """Something that makes an incident more severe by so many levels."""

    when: Threshold
    more_severe_by: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class Role:
    """A function somebody performs. `deputies` may act for it, in this order, while its holders are absent."""

    id: str
    title: Text
    basis: Basis
    deputies: tuple[str, ...] = ()
    outside: bool = False
    means: tuple[RoleMeaning, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """Several roles that decide or are told together."""

    id: str
    title: Text
    members: tuple[str, ...]
    head: str | None
    basis: Basis
    means: tuple[TeamMeaning, ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """The head first, then the members."""
        if self.head is None or self.head in self.members:
            return self.members
        return (self.head, *self.members)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list that choices are made from, such as kinds of evidence or penalties."""

    id: str
    title: Text
    items: Mapping[str, Text]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Field:
    """A piece of content that a step asks for.

    `choices` are the valid answers of a `choice`, `choices`, `clock` or `statutory_level` field, and the names of the
    measures of a `clock_measures` field; `at_least` of them must be given. `holds` is what a text field is about;
    `None`: all that is known.
    """

    name: str
    kind: FieldKind
    title: Text
    choices: tuple[str, ...] = ()
    required: bool = True
    at_least: int = 1
    vocabulary: str | None = None
    holds: FieldContent | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A state of a track. A track may rest for good in a `final` one."""

    id: str
    title: Text
    phase: str | None = None
    final: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A way from one state of a track to another.

    A step is either taken by somebody (`by` holds roles) or is triggered automatically: `on` a fact, and/or `when` a
    condition holds. `target` is `None` where the track stays in its state. `fits` says for which ground truth the
    step is the right one, `detour` that it does not belong to the straight way through; `takes` is how long it
    usually takes (ms), `tells` whom it tells, `means` what it is in the terms of the field.
    """

    do: str
    title: Text
    track: str
    sources: tuple[str, ...]
    target: str | None
    basis: Basis
    by: tuple[str, ...] = ()
    by_named: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    needs: Condition = ALWAYS
    not_by_author_of: tuple[str, ...] = ()
    takes: int = 0
    on: tuple[Pattern, ...] = ()
    when: Condition = ALWAYS
    automatic: bool = False
    sets_level: str | None = None
    fits: Mapping[str, bool] = field(default_factory=dict)
    detour: bool = False
    tells: Telling | None = None
    means: tuple[StepMeaning, ...] = ()

    @property
    def rule(self) -> str:
        """The step's address inside its playbook."""
        return f"{self.track}.{self.do}"


@dataclass(frozen=True, slots=True)
class Track:
    """A flat state machine that one aspect of an incident moves along. `main` is the one that has phases."""

    id: str
    title: Text
    initial: str
    states: Mapping[str, State]
    steps: tuple[Step, ...]
    main: bool = False
    tells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Within:
    """The limit of a duty (ms): by level, and while the incident is ungraded. A level left out has no limit."""

    by_level: Mapping[int, int]
    ungraded: int | None

    def limit(self, level: int | None) -> int | None:
        """The time allowed at `level`, or `None` where the procedure sets no limit."""
        return self.ungraded if level is None else self.by_level.get(level)


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that somebody owes once a fact has happened, settled by another fact, within a time."""

    id: str
    title: Text
    opens_on: tuple[Pattern, ...]
    owed_by: tuple[str, ...]
    settled_by: tuple[Pattern, ...]
    within: Within
    basis: Basis
    within_basis: Basis
    dropped_by: tuple[Pattern, ...] = ()
    when: Condition = ALWAYS

    @property
    def rule(self) -> str:
        """The duty's address inside its playbook."""
        return f"duties.{self.id}"


Hours = Literal["working", "out"]
"""In or out of working hours."""


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The hours of work: on `days` (0 Monday … 6 Sunday) from `begins` to `ends` (minutes, local)."""

    days: tuple[int, ...]
    begins: int
    ends: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class EscalationRule:
    """One row of the escalation matrix: who has to know what, when and how.

    It fires when a fact like `on` happens while `when` holds, or, without `on`, once an incident as soon as `when`
    holds. A row with `after` (ms; 0: at once) is about lateness: it fires once for a duty like `on` that is still
    open so long after its breach, if `when` holds then and one of `owed_by` owes it, as the duty names them
    (anybody, where that is empty).

    `hours` is the time of day that a row is meant for. A fact at another time does not fire it; a condition that
    comes to hold, or a lateness that is reached, at another time waits until such hours begin, and fires then if
    it is still so. `channel` is the usual channel, `out_of_hours` the one out of working hours where it is another.
    """

    id: str
    to: tuple[str, ...]
    basis: Basis
    title: Text
    on: tuple[Pattern, ...] = ()
    when: Condition = ALWAYS
    channel: str | None = None
    out_of_hours: str | None = None
    hours: Hours | None = None
    after: int | None = None
    owed_by: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """The rule's address inside its playbook."""
        return f"escalations.{self.id}"


@dataclass(frozen=True, slots=True)
class ForbiddenAct:
    """Something that nobody may do; an attempt is always refused, and the refusal is on record."""

    do: str
    title: Text
    basis: Basis

    @property
    def rule(self) -> str:
        """The prohibition's address inside its playbook."""
        return f"forbidden.{self.do}"


@dataclass(frozen=True, slots=True)
class Circumstance:
    """Something that may come to light about an incident, such as that it was concealed."""

    id: str
    title: Text
    basis: Basis
    means: tuple[CircumstanceMeaning, ...] = ()


@dataclass(frozen=True, slots=True)
class AnchorRule:
    """A fact like one of `on` is, the first time, a moment that starts regulatory deadlines: the anchor `id`.

    `establishes` holds the measures of the clock packs that are known with it, such as that a crime is suspected.
    """

    id: str
    on: tuple[Pattern, ...]
    basis: Basis
    establishes: Mapping[str, int] = field(default_factory=dict)

    @property
    def rule(self) -> str:
        """The rule's address inside its playbook."""
        return f"anchors.{self.id}"


@dataclass(frozen=True, slots=True)
class Playbook:
    """A whole procedure. Mappings keep the order of the file, which is the order of all lists shown.

    `prevailing` is the language whose words count where two differ; every text is written in each of `languages`.
    """

    id: str
    version: str
    title: Text
    prevailing: str
    sources: Mapping[str, Source]
    clauses: Mapping[str, Clause]
    phases: Mapping[str, Phase]
    measures: Mapping[str, Measure]
    levels: Mapping[int, Level]
    modifiers: tuple[LevelModifier, ...]
    roles: Mapping[str, Role]
    bodies: Mapping[str, Body]
    vocabularies: Mapping[str, Vocabulary]
    circumstances: Mapping[str, Circumstance]
    tracks: Mapping[str, Track]
    duties: Mapping[str, Duty]
    escalations: tuple[EscalationRule, ...]
    forbidden: Mapping[str, ForbiddenAct]
    channels: Mapping[str, Text]
    working_hours: WorkingHours | None = None
    anchors: Mapping[str, AnchorRule] = field(default_factory=dict)
    metrics: Mapping[str, MetricRule] = field(default_factory=dict)
    objectives: Mapping[str, Objective] = field(default_factory=dict)
    improvements: ImprovementRule | None = None
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    languages: tuple[str, ...] = LANGUAGES
    channel_means: Mapping[str, tuple[ChannelMeaning, ...]] = field(default_factory=dict)

    @property
    def tasks(self) -> dict[str, Task]:
        """The critical tasks of all objectives, by id."""
        return {task.id: task for objective in self.objectives.values() for task in objective.tasks.values()}

    @property
    def main_track(self) -> Track:
        """The track that carries the phases."""
        return next(track for track in self.tracks.values() if track.main)

    @property
    def asked(self) -> tuple[str, ...]:
        """The answers (yes or no) that steps ask for by `fits`, each once, in the order of the file."""
        asked = (name for track in self.tracks.values() for step in track.steps for name in step.fits)
        return tuple(dict.fromkeys(asked))

    def roles_of(self, name: str) -> tuple[str, ...]:
        """The roles behind a role's or a body's name."""
        return self.bodies[name].roles if name in self.bodies else (name,)

    def title_of(self, name: str) -> Text:
        """The title of a role, a body or a channel; the bare name where there is none."""
        if name in self.roles:
            return self.roles[name].title
        if name in self.bodies:
            return self.bodies[name].title
        return self.channels.get(name, Text(name, name))

    def judged_level(self, values: Mapping[str, int]) -> int | None:
        """The level that the thresholds give for these measured values.

        Where none is reached it is the level without thresholds, or `None` if the playbook has no such level.
        Every modifier that applies makes the incident more severe, never more severe than level 1.
        """
        reached = [n for n, level in self.levels.items() if _reaches(level.any_of, values)]
        reached = reached or [n for n, level in self.levels.items() if not level.any_of]
        if not reached:
            return None
        raised = sum(rule.more_severe_by for rule in self.modifiers if _reaches((rule.when,), values))
        return max(min(reached) - raised, 1)


def _reaches(thresholds: tuple[Threshold, ...], values: Mapping[str, int]) -> bool:
    return any(t.measure in values and values[t.measure] >= t.at_least for t in thresholds)
