"""The closed lists that facts are told apart by: their kinds, why something is refused, who decided, how it ended.

Every member is a string, the one that stands on record, so that what is written and read stays as it is while a
typing error in a name is seen by the type checker.
"""

from enum import StrEnum, auto, unique
from typing import Final


@unique
class FactKind(StrEnum):
    """The kinds of facts, in the past tense; the classes of facts say which parts each has."""

    EXERCISE_STARTED = auto()
    EXERCISE_ENDED = auto()
    INJECT_DELIVERED = auto()
    INJECT_WITHHELD = auto()
    INCIDENT_RAISED = auto()
    CIRCUMSTANCE_AROSE = auto()
    STEP_TAKEN = auto()
    REFUSED = auto()
    LEVEL_SET = auto()
    ANCHOR_REACHED = auto()
    MEASURE_TAKEN = auto()
    STATUTORY_LEVEL_JUDGED = auto()
    FILED = auto()
    DUTY_OPENED = auto()
    DUTY_RESCHEDULED = auto()
    DUTY_SETTLED = auto()
    DUTY_BREACHED = auto()
    DUTY_DROPPED = auto()
    ESCALATION_PLANNED = auto()
    ESCALATION_DROPPED = auto()
    ESCALATED = auto()
    MESSAGE_SENT = auto()
    INJECT_MOVED = auto()
    INJECT_SKIPPED = auto()
    INJECT_ADDED = auto()
    STEP_UNDONE = auto()
    OBSERVED = auto()
    COACHING_SET = auto()
    HINT_GIVEN = auto()
    PLAYER_SEATED = auto()
    RATING_SET = auto()
    IMPROVEMENT_SET = auto()
    HOTWASH_ANSWERED = auto()
    HOTWASH_VOTED = auto()
    TEXT_ERASED = auto()
    PERSON_ERASED = auto()
    SET_ASIDE = auto()
    """Stands in place of a fact that counts no more. No record holds it, and nothing listens to it."""


INTERVENTIONS: Final[frozenset[FactKind]] = frozenset(
    {
        FactKind.INJECT_MOVED,
        FactKind.INJECT_SKIPPED,
        FactKind.INJECT_ADDED,
        FactKind.STEP_UNDONE,
        FactKind.OBSERVED,
    }
)
"""Kinds of fact with which a facilitator's intervention is answered. See `domain.interventions`.

`step_undone` names the first and the last fact that count no more: all in between do not either, except what was
observed. `inject_added` holds the whole of an inject that the scenario does not have.
"""

COACHING: Final[frozenset[FactKind]] = frozenset({FactKind.COACHING_SET, FactKind.HINT_GIVEN})
"""Kinds of fact that say who is coached and which hints were given. They move nothing in the exercise."""

NEVER_UNDONE: Final[frozenset[FactKind]] = COACHING | {FactKind.OBSERVED, FactKind.STEP_UNDONE}
"""Kinds of fact that stay in force when the step is undone in which they lie: what was seen has been seen."""

ERASURES: Final[frozenset[FactKind]] = frozenset({FactKind.TEXT_ERASED, FactKind.PERSON_ERASED})
"""Kinds of fact that say that something beside the record was erased; the record itself keeps every entry."""

AFTERWARDS: Final[frozenset[FactKind]] = ERASURES | {
    FactKind.PLAYER_SEATED,
    FactKind.RATING_SET,
    FactKind.IMPROVEMENT_SET,
    FactKind.HOTWASH_ANSWERED,
    FactKind.HOTWASH_VOTED,
}
"""Kinds of fact that are added once the exercise is over: they are about it, and no part of its outcome."""


@unique
class RefusalReason(StrEnum):
    """The reasons for refusals, in the order in which the kernel asks."""

    FORBIDDEN = auto()
    NOT_RAISED = auto()
    ROLE_NOT_HELD = auto()
    AWAY = auto()
    STATE = auto()
    ROLE = auto()
    FOUR_EYES = auto()
    CONTENT = auto()
    NEEDS = auto()


@unique
class MessageAct(StrEnum):
    """The acts that somebody carries out by sending a message.

    `inform`: tells something. `ask`: wants to know something. `answer`: answers a message. `forward`: passes on what
    reached the sender. `order`: wants something done, by a time if it says so. `decide`: makes a decision known.
    """

    INFORM = auto()
    ASK = auto()
    ANSWER = auto()
    FORWARD = auto()
    ORDER = auto()
    DECIDE = auto()


@unique
class ImprovementState(StrEnum):
    """The states of an improvement item.

    `open`: nobody has begun. `in_progress`: somebody is at it. `done`: closed with evidence. `dropped`: will not be
    done, for the reason given as evidence.
    """

    OPEN = auto()
    IN_PROGRESS = auto()
    DONE = auto()
    DROPPED = auto()


@unique
class Appraisal(StrEnum):
    """A strength or a weakness: one of both is what an observation shows."""

    STRENGTH = auto()
    WEAKNESS = auto()


@unique
class HintStep(StrEnum):
    """The steps in which hints go, each saying more than the one before.

    `where`: where to look, that is, which messages hold what matters. `criterion`: by which rule, clause and thresholds
    it is judged, beside what is known. `act`: what to do.
    """

    WHERE = auto()
    CRITERION = auto()
    ACT = auto()

    @property
    def number(self) -> int:
        """Its place, from 1."""
        return tuple(HintStep).index(self) + 1


@unique
class EndReason(StrEnum):
    """The ways in which an exercise ends.

    `finished`: every incident that was raised rests in final states. `time_limit`: the scenario's time was over.
    `stalled`: nothing was to come and nobody acted. `stopped`: the facilitator ended it.
    """

    FINISHED = auto()
    TIME_LIMIT = auto()
    STALLED = auto()
    STOPPED = auto()


@unique
class DecisionSource(StrEnum):
    """The source of the decision that a fact follows from, as its envelope says; `engine` where nobody decided."""

    ENGINE = auto()
    SCRIPT = auto()
    BOT = auto()
    PERSON = auto()
