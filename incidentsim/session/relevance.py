"""What makes time stop: whether something that happened concerns somebody at the table."""

from collections.abc import Collection, Sequence
from typing import Final

from incidentsim.domain.facts import FACILITATOR, Fact, FactKind, StepTaken
from incidentsim.exercise.kernel.kernel import Exercise

_FOR_ALL: Final = frozenset(
    {FactKind.EXERCISE_ENDED, FactKind.REFUSED, FactKind.OBSERVED, FactKind.INJECT_ADDED, FactKind.STEP_UNDONE}
)


def is_relevant_to(facts: Sequence[Fact], exercise: Exercise, people: Collection[str]) -> bool:
    """Return whether one of these facts concerns one of `people` (pseudonyms), or calls for something that they can do.

    Where nobody in particular is played (a facilitator watches), everything matters but what merely follows.
    """
    if not people:
        return any(
            fact.kind not in {FactKind.DUTY_OPENED, FactKind.DUTY_SETTLED, FactKind.DUTY_RESCHEDULED} for fact in facts
        )
    return any(_concerns(fact, exercise, people) for fact in facts)


def _concerns(fact: Fact, exercise: Exercise, people: Collection[str]) -> bool:
    match fact.kind:
        case FactKind.INJECT_DELIVERED:
            return bool(set(fact.to) & set(people))
        case FactKind.ESCALATED:
            return bool(set(fact.persons) & set(people))
        case FactKind.MESSAGE_SENT:
            return bool(set(fact.receivers) & set(people)) or FACILITATOR in fact.to
        case FactKind.DUTY_OPENED | FactKind.DUTY_BREACHED:
            owed = fact.owed_by
            return bool(set(exercise.roster.reached(owed, fact.at)) & set(people))
        case FactKind.STEP_TAKEN:
            return _opens(fact, exercise, people)
        case FactKind.REFUSED:
            return fact.by.person in people
        case kind:
            return kind in _FOR_ALL


def _opens(fact: StepTaken, exercise: Exercise, people: Collection[str]) -> bool:
    """Whether the state that a step led to offers somebody at the table something to do."""
    if fact.source == fact.target:
        return False
    steps = exercise.compiled.steps[fact.track]
    for (source, _do), ready in steps.items():
        if source != fact.target or ready.step.automatic or ready.step.detour:
            continue
        if any(person.pseudonym in people for role in ready.step.by for person in exercise.roster.able(role, fact.at)):
            return True
    return False
