"""What a step on record is: the facts that one call of the kernel led to, told apart from those before."""

from collections.abc import Iterable
from typing import Final

from incidentsim.domain.facts import (
    COACHING,
    INTERVENTIONS,
    NEVER_UNDONE,
    Fact,
    FactKind,
    InjectDelivered,
    MessageSent,
    StepTaken,
)
from incidentsim.exercise.kernel.added_injects import ADDED

_BEGINNINGS: Final = frozenset(
    {
        FactKind.REFUSED,
        FactKind.INJECT_DELIVERED,
        FactKind.INJECT_WITHHELD,
        FactKind.DUTY_BREACHED,
        FactKind.EXERCISE_ENDED,
        *INTERVENTIONS,
        *COACHING,
    }
)


def last_step(standing: Iterable[tuple[int, Fact]]) -> tuple[int, int] | None:
    """The first and the last sequence number of the last step among facts that count; `None` at the beginning.

    Facts of one time that nothing tells apart are taken as one step.

    Args:
        standing: the facts that count, each with its sequence number.
    """
    log = [(number, fact) for number, fact in standing if fact.kind not in NEVER_UNDONE]
    for place in range(len(log) - 1, 0, -1):
        number, fact = log[place]
        if _begins(fact) or fact.at != log[place - 1][1].at:
            return number, log[-1][0]
    return None


def _begins(fact: Fact) -> bool:
    """Whether a step begins with a fact like this. An added inject is delivered in the same step."""
    if isinstance(fact, StepTaken):
        return fact.by is not None
    if isinstance(fact, MessageSent):
        return fact.because is None
    if isinstance(fact, InjectDelivered) and fact.inject.startswith(ADDED):
        return False
    return fact.kind in _BEGINNINGS
