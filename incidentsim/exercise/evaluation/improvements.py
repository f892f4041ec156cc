"""Improvement items carried from run to run: what a run asks for stays open until a later run performs the task."""

from collections.abc import Iterable
from dataclasses import dataclass

from incidentsim.domain.evaluation import Rating
from incidentsim.exercise.evaluation.aar import ImprovementItem
from incidentsim.exercise.evaluation.summary import EvaluationSummary

GOOD_ENOUGH: frozenset[Rating] = frozenset({"P", "S"})
"""A later run that performs the task so closes the item."""


@dataclass(frozen=True, slots=True)
class EvaluatedRun:
    """A run with the summary of its evaluation, and when it was made (UTC as in entries)."""

    run: str
    created: str
    summary: EvaluationSummary


@dataclass(frozen=True, slots=True)
class CarriedItem:
    """An improvement item, the run that asks for it, and the run that closed it (`None`: it is open)."""

    run: str
    created: str
    playbook: str
    item: ImprovementItem
    closed_by: str | None = None


def carry_over(runs: Iterable[EvaluatedRun]) -> tuple[CarriedItem, ...]:
    """All items of these runs, oldest run first, each closed by the first later run that performs its task.

    An item belongs to its playbook's id: a task of the same name in another procedure is another task.
    """
    items: list[CarriedItem] = []
    waiting: dict[tuple[str, str], list[int]] = {}
    for run in runs:
        playbook = run.summary.playbook
        for name, rating in run.summary.ratings.items():
            if rating in GOOD_ENOUGH:
                for index in waiting.pop((playbook, name), ()):
                    old = items[index]
                    items[index] = CarriedItem(old.run, old.created, old.playbook, old.item, run.run)
        for item in run.summary.items:
            waiting.setdefault((playbook, item.task), []).append(len(items))
            items.append(CarriedItem(run.run, run.created, playbook, item))
    return tuple(items)
