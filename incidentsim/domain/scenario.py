"""The exercise's subject: organisation, people, incidents with their ground truth, injects, script, expectations.

Times are milliseconds from the exercise's start; the start itself is kept as text, with the offset of its clocks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from incidentsim.domain.actions import Action
from incidentsim.domain.attachments import Attachment
from incidentsim.domain.clocks import Scope
from incidentsim.domain.conditions import Pattern
from incidentsim.domain.interventions import Intervention
from incidentsim.domain.local_time import LocalTime, Offsets, OffsetTable, instant_and_offset
from incidentsim.domain.speech import Say
from incidentsim.domain.text import Text

_MINUTE: Final = 60_000


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the table. `away` holds daily stretches of local time, in minutes from midnight.

    `pseudonym` is what the record calls the person: a name never enters it.
    """

    id: str
    pseudonym: str
    name: Text
    roles: tuple[str, ...]
    away: tuple[tuple[int, int], ...] = ()
    always_away: bool = False
    desk: Text | None = None


LEVEL: Final = "level"
"""How `late_evidence` names the judgement how severe an incident is; the others bear the names of their flags."""


@dataclass(frozen=True, slots=True)
class Truth:
    """The ground truth of an incident, which the people at the table have to find out.

    `why` holds the measured values (durations in ms, flags 1) and `flags` every yes/no that a step's `fits` may
    ask for, `incident` and `unlawful` among them. `root_cause` says in words what `cause` names. `concealed_by` is the
    pseudonym of whoever concealed it. `late_evidence` names what has to be judged before the evidence that decides it
    comes: `level`, or a flag; then what was known at the time is what counts.
    """

    incident: bool
    level: int | None
    why: Mapping[str, int]
    flags: Mapping[str, bool]
    cause: str
    scope: Text | None = None
    loss: Text | None = None
    concealed_by: str | None = None
    notes: tuple[Text, ...] = ()
    root_cause: Text | None = None
    late_evidence: tuple[str, ...] = ()

    @property
    def unlawful(self) -> bool:
        """True if the law was broken."""
        return self.flags.get("unlawful", False)


@dataclass(frozen=True, slots=True)
class Incident:
    """One thread of the story.

    `working_title` is what people call it until it is judged, if the scenario says so.
    """

    id: str
    title: Text
    truth: Truth
    working_title: Text | None = None


@dataclass(frozen=True, slots=True)
class Emergence:
    """A circumstance that an inject brings to light, and the pseudonym of the person it concerns."""

    circumstance: str
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """Evidence: the value of a measure (durations in ms) or of a flag (1 or 0) that an inject tells, or seems to."""

    kind: Literal["measure", "flag"]
    name: str
    value: int


Part = Literal[
    "cause",
    "spread",
    "symptom",
    "notice",
    "worse",
    "resolve",
    "truth",
    "red_herring",
    "noise",
    "contradiction",
    "late_evidence",
]
"""Which part of the story an inject tells. The last four make an exercise harder."""


@dataclass(frozen=True, slots=True)
class Inject:
    """A piece of the story that reaches roles, bodies or persons (by pseudonym).

    It comes `at` a time; or `after` (ms) a fact like `on`; or `at` a time if until then no fact like `unless`
    has happened. `anchors` are moments that start regulatory deadlines and that it says have come. `shows` is what can
    be learnt from it. `sender` is a role, a body, a person (by pseudonym), or in words somebody outside; `None` where
    the scenario does not say. `attachments` are the files that come with it. `part`, `hint` and `expects` (the steps it
    should prompt) are for facilitators.
    """

    id: str
    to: tuple[str, ...]
    channel: str
    body: Text
    subject: Text | None = None
    at: int | None = None
    on: Pattern | None = None
    after: int = 0
    unless: Pattern | None = None
    incident: str | None = None
    raises: bool = False
    brings: tuple[Emergence, ...] = ()
    anchors: tuple[str, ...] = ()
    part: Part | None = None
    shows: tuple[Shown, ...] = ()
    expects: tuple[str, ...] = ()
    hint: Text | None = None
    sender: Text | str | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class ScriptedAction:
    """A decision written down beforehand."""

    at: int
    action: Action


@dataclass(frozen=True, slots=True)
class ScriptedIntervention:
    """A facilitator's intervention, written down beforehand; it comes before the script's action number `before`."""

    at: int
    intervention: Intervention
    before: int


@dataclass(frozen=True, slots=True)
class ScriptedMessage:
    """A message, written down beforehand; it comes before the script's action number `before`."""

    at: int
    say: Say
    before: int


ScriptedAside = ScriptedIntervention | ScriptedMessage
"""What stands in a script besides actions on the procedure."""


@dataclass(frozen=True, slots=True)
class EndsIn:
    """The incident ends in this state on this track."""

    incident: str
    track: str
    state: str


@dataclass(frozen=True, slots=True)
class EndsAtLevel:
    """The incident ends graded at this level (`None`: never graded)."""

    incident: str
    level: int | None


@dataclass(frozen=True, slots=True)
class Occurs:
    """A fact like this happens; not later than `within` after `since` (after the start, where that is left out)."""

    pattern: Pattern
    within: int | None = None
    since: Pattern | None = None


@dataclass(frozen=True, slots=True)
class NeverOccurs:
    """No fact like this happens."""

    pattern: Pattern


@dataclass(frozen=True, slots=True)
class InOrder:
    """Facts like these happen, each after the one before."""

    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """So many facts of a kind: `what` is one of `refusals`, `escalations`, `breaches`."""

    what: str
    at_least: int
    at_most: int | None


Expected = EndsIn | EndsAtLevel | Occurs | NeverOccurs | InOrder | Counts


@dataclass(frozen=True, slots=True)
class Expectation:
    """Something that must hold at the end; `text` is how the file's author wrote it, in compact form."""

    text: str
    expected: Expected


@dataclass(frozen=True, slots=True)
class ExerciseObjective:
    """An objective of the exercise (HSEEP), and the injects that put it to the test.

    It is the facilitator's and the evaluator's, unless it is `for_participants`, because it gives nothing away.
    """

    text: Text
    tested_by: tuple[str, ...] = ()
    for_participants: bool = False


@dataclass(frozen=True, slots=True)
class Organisation:
    """The company of the story. Invented, and said to be. `scope` decides which regulatory deadlines concern it."""

    name: Text
    about: Text | None = None
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole exercise.

    `starts` is the local date and time with its offset from UTC, as ISO 8601, `zone` its time zone where the scenario
    names one. `offsets` say how the clocks change; without them the offset of the start holds throughout. `asides` are
    what the script holds besides actions, in its order.
    """

    id: str
    playbook: str
    title: Text
    summary: Text
    languages: tuple[str, ...]
    tags: tuple[str, ...]
    seed: int
    starts: str
    ends: int
    organisation: Organisation
    people: Mapping[str, Person]
    incidents: Mapping[str, Incident]
    injects: tuple[Inject, ...]
    script: tuple[ScriptedAction, ...]
    expectations: tuple[Expectation, ...]
    proficiency: Mapping[str, int] = field(default_factory=dict)
    objectives: tuple[ExerciseObjective, ...] = ()
    asides: tuple[ScriptedAside, ...] = ()
    zone: str | None = None
    offsets: OffsetTable | None = None

    @property
    def local_time(self) -> LocalTime:
        """The clock on the wall, asked in ms from the start."""
        start, offset = instant_and_offset(self.starts)
        return LocalTime(start, Offsets(offset) if self.offsets is None else self.offsets.exercise)

    @property
    def kept_time(self) -> LocalTime:
        """The same, as it is asked for the hours that people keep.

        In a run of a version that stored no offsets, these are counted from the minute of the start.
        """
        local = self.local_time
        if self.offsets is None or not self.offsets.to_the_minute:
            return local
        return LocalTime(local.start // _MINUTE * _MINUTE, local.offsets)

    def person_by_pseudonym(self, pseudonym: str) -> Person:
        """The person whom the record calls `pseudonym`."""
        return next(person for person in self.people.values() if person.pseudonym == pseudonym)
