"""A fact: one of a closed list of classes, read from a record and checked."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from incidentsim.domain.facts.afterwards import HotwashAnswered, HotwashVoted, ImprovementSet
from incidentsim.domain.facts.base import LATEST, OfExercise, OfIncident
from incidentsim.domain.facts.coaching import CoachingSet, HintGiven
from incidentsim.domain.facts.course import (
    CircumstanceArose,
    ExerciseEnded,
    ExerciseStarted,
    IncidentRaised,
    InjectAdded,
    InjectDelivered,
    InjectMoved,
    InjectSkipped,
    InjectWithheld,
    Observed,
    PersonErased,
    PlayerSeated,
    RatingSet,
    SetAside,
    StepUndone,
    TextErased,
)
from incidentsim.domain.facts.duties import (
    DutyBreached,
    DutyDropped,
    DutyOpened,
    DutyRescheduled,
    DutySettled,
    Escalated,
    EscalationDropped,
    EscalationPlanned,
)
from incidentsim.domain.facts.kinds import FactKind
from incidentsim.domain.facts.messages import MessageSent
from incidentsim.domain.facts.procedure import (
    AnchorReached,
    Filed,
    LevelSet,
    MeasureTaken,
    Refused,
    StatutoryLevelJudged,
    StepTaken,
)
from incidentsim.domain.facts.texts import Actor, CommittedText, ContentValue, Json
from incidentsim.domain.facts.wire import NotAFactError, parts_from_json, parts_of
from incidentsim.messages import gettext as _

Fact = (
    ExerciseStarted
    | ExerciseEnded
    | InjectDelivered
    | InjectWithheld
    | IncidentRaised
    | CircumstanceArose
    | StepTaken
    | Refused
    | LevelSet
    | AnchorReached
    | MeasureTaken
    | StatutoryLevelJudged
    | Filed
    | DutyOpened
    | DutyRescheduled
    | DutySettled
    | DutyBreached
    | DutyDropped
    | EscalationPlanned
    | EscalationDropped
    | Escalated
    | MessageSent
    | InjectMoved
    | InjectSkipped
    | InjectAdded
    | StepUndone
    | Observed
    | CoachingSet
    | HintGiven
    | PlayerSeated
    | RatingSet
    | ImprovementSet
    | HotwashAnswered
    | HotwashVoted
    | TextErased
    | PersonErased
    | SetAside
)
"""One thing that happened; what is about facts asks for the class, and names them all where it concerns every kind."""

FACT_CLASSES: Final[Mapping[FactKind, type[Fact]]] = {
    FactKind.EXERCISE_STARTED: ExerciseStarted,
    FactKind.EXERCISE_ENDED: ExerciseEnded,
    FactKind.INJECT_DELIVERED: InjectDelivered,
    FactKind.INJECT_WITHHELD: InjectWithheld,
    FactKind.INCIDENT_RAISED: IncidentRaised,
    FactKind.CIRCUMSTANCE_AROSE: CircumstanceArose,
    FactKind.STEP_TAKEN: StepTaken,
    FactKind.REFUSED: Refused,
    FactKind.LEVEL_SET: LevelSet,
    FactKind.ANCHOR_REACHED: AnchorReached,
    FactKind.MEASURE_TAKEN: MeasureTaken,
    FactKind.STATUTORY_LEVEL_JUDGED: StatutoryLevelJudged,
    FactKind.FILED: Filed,
    FactKind.DUTY_OPENED: DutyOpened,
    FactKind.DUTY_RESCHEDULED: DutyRescheduled,
    FactKind.DUTY_SETTLED: DutySettled,
    FactKind.DUTY_BREACHED: DutyBreached,
    FactKind.DUTY_DROPPED: DutyDropped,
    FactKind.ESCALATION_PLANNED: EscalationPlanned,
    FactKind.ESCALATION_DROPPED: EscalationDropped,
    FactKind.ESCALATED: Escalated,
    FactKind.MESSAGE_SENT: MessageSent,
    FactKind.INJECT_MOVED: InjectMoved,
    FactKind.INJECT_SKIPPED: InjectSkipped,
    FactKind.INJECT_ADDED: InjectAdded,
    FactKind.STEP_UNDONE: StepUndone,
    FactKind.OBSERVED: Observed,
    FactKind.COACHING_SET: CoachingSet,
    FactKind.HINT_GIVEN: HintGiven,
    FactKind.PLAYER_SEATED: PlayerSeated,
    FactKind.RATING_SET: RatingSet,
    FactKind.IMPROVEMENT_SET: ImprovementSet,
    FactKind.HOTWASH_ANSWERED: HotwashAnswered,
    FactKind.HOTWASH_VOTED: HotwashVoted,
    FactKind.TEXT_ERASED: TextErased,
    FactKind.PERSON_ERASED: PersonErased,
}
"""The class of every kind of fact that a record may hold, in the order in which kinds are listed."""

FACT_FIELDS: Final[Mapping[FactKind, tuple[str, ...]]] = {
    kind: tuple(part.key for part in parts_of(cls) if not part.traits.if_said) for kind, cls in FACT_CLASSES.items()
}
"""The parts of every kind besides `at`, `fact` and `incident`, as they are called on record.

Those that stand there only if there is something to say are missing.
"""


def read_fact(value: Mapping[str, Json]) -> Fact:
    """The fact that `to_json` wrote; texts may be missing, with commitments in their place.

    Raises:
        NotAFactError: there is no such kind, it lies outside of any exercise, or a part
            is missing, superfluous or of another type.
    """
    rest = dict(value)
    at, name, incident = rest.pop("at", None), rest.pop("fact", None), rest.pop("incident", None)
    if type(at) is not int or not isinstance(name, str) or not isinstance(incident, str | None):
        raise NotAFactError(_("a fact needs an integer `at`, a string `fact` and, if any, a string `incident`"))
    if not 0 <= at <= LATEST:
        raise NotAFactError(_("a fact lies between the start of the exercise and a hundred years after it"))
    if name not in FACT_CLASSES:
        raise NotAFactError(_("there is no kind of fact {kind}").format(kind=name))
    cls = FACT_CLASSES[FactKind(name)]
    if issubclass(cls, OfIncident) and incident is None:
        raise NotAFactError(_("the fact {kind} has no part {part}").format(kind=name, part="incident"))
    if issubclass(cls, OfExercise) and incident is not None:
        raise NotAFactError(_("the fact {kind} holds what it should not: {parts}").format(kind=name, parts="incident"))
    read = parts_from_json(cls, name, rest)
    return cls(at, incident, **read)  # type: ignore[arg-type]  # every part was checked against its field just now


def with_erased_texts(fact: Fact) -> Fact:
    """The same fact, of which every text that is missing counts as erased."""
    marked: dict[str, Any] = {}
    for part in parts_of(type(fact)):
        if part.traits.text:
            value = getattr(fact, part.name)
            marked[part.name] = (
                {key: _erased(item) for key, item in value.items()} if part.is_content else _erased(value)
            )
    return replace(fact, **marked)


def _erased(value: ContentValue | None) -> ContentValue | None:
    return replace(value, erased=True) if isinstance(value, CommittedText) else value


def actor_of(fact: Fact) -> Actor | None:
    """Return who decided on a step, by a step or a refusal; `None` where nobody did. See `sender_of` for messages."""
    return fact.by if isinstance(fact, StepTaken | Refused) else None


def sender_of(fact: Fact) -> Actor | None:
    """Return who acted in a fact: who sent a message, or decided on a step; `None` where nobody did."""
    return fact.by if isinstance(fact, MessageSent) else actor_of(fact)


def basis_of(fact: Fact) -> tuple[str | None, str | None]:
    """The rule of the playbook that a fact follows from, and the clause that this rests on; `None`: none."""
    return getattr(fact, "rule", None), getattr(fact, "clause", None)


def cause_of(fact: Fact) -> int | None:
    """The sequence number of the fact that caused this one; `None` where none did, or somebody decided."""
    because = getattr(fact, "because", None)
    return because if isinstance(because, int) else None


def duty_number_of(fact: Fact) -> int | None:
    """The number of the duty that a fact is about; `None` where it is about none."""
    number = None if isinstance(fact, MessageSent) else getattr(fact, "number", None)
    return number if isinstance(number, int) else None
