"""What later runs and lists need of a run's evaluation, small enough to be kept: verdict, ratings, items.

A summary is a function of playbook, scenario and facts like the evaluation itself, and is the same in all languages.
It holds no text of the record and names nobody, so there is nothing in it to be erased.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from incidentsim.domain.evaluation import RATINGS, Rating
from incidentsim.domain.facts import Fact, ImprovementSet, Json
from incidentsim.domain.text import Text
from incidentsim.exercise.evaluation.aar import ImprovementItem
from incidentsim.exercise.evaluation.evaluate import Evaluation

VERSION: Final = 5
"""Raised whenever the same run may come to another summary: then those that were kept are worked out anew."""


@dataclass(frozen=True, slots=True)
class EvaluationSummary:
    """The verdict on a run, the rating of each of its tasks by id, and what is to be improved.

    `playbook` is the id of the playbook that the run was played by. `performed` has the numbers of the facts by which
    each task was rated that was performed. `in_hand` says that improvement items are on record.
    """

    playbook: str
    passed: bool
    ratings: Mapping[str, Rating | None]
    items: tuple[ImprovementItem, ...]
    performed: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    in_hand: bool = False

    def to_json(self) -> dict[str, Json]:
        """The summary as JSON."""
        items: list[Json] = [
            {
                "objective": item.objective,
                "task": item.task,
                "rating": item.rating,
                "what": [item.what.en, item.what.zh],
                "owner": item.owner,
                "owner_title": [item.owner_title.en, item.owner_title.zh],
                "due_within": item.due_within,
                "poete": item.poete,
            }
            for item in self.items
        ]
        return {
            "playbook": self.playbook,
            "passed": self.passed,
            "ratings": dict(self.ratings),
            "items": items,
            "performed": {task: list(numbers) for task, numbers in self.performed.items()},
            "in_hand": self.in_hand,
        }

    @classmethod
    def from_json(cls, value: Json) -> "EvaluationSummary":
        """Read what `to_json` wrote.

        Raises:
            ValueError: it is something else.
        """
        match value:
            case {
                "playbook": str(playbook),
                "passed": bool(passed),
                "ratings": dict(ratings),
                "items": list(items),
                "performed": dict(performed),
                "in_hand": bool(in_hand),
            }:
                rated = {task: None if rating is None else _rating(rating) for task, rating in ratings.items()}
                shown = {task: _numbers(numbers) for task, numbers in performed.items()}
                return cls(playbook, passed, rated, tuple(map(_item, items)), shown, in_hand)
        raise ValueError("no summary of an evaluation")


def summary_of(evaluation: Evaluation, facts: Iterable[Fact] = (), *, passed: bool) -> EvaluationSummary:
    """Summarise an evaluation; `facts` are those of the run, `passed` is the verdict on it."""
    ratings = {name: task.rating for name, task in evaluation.tasks.items()}
    performed = {
        name: tuple(dict.fromkeys(number for reason in task.reasons for number in reason.evidence))
        for name, task in evaluation.tasks.items()
        if task.rating in {"P", "S"}
    }
    in_hand = any(isinstance(fact, ImprovementSet) for fact in facts)
    report = evaluation.report
    return EvaluationSummary(report.overview.playbook, passed, ratings, report.items, performed, in_hand)


def _numbers(value: Json) -> tuple[int, ...]:
    if isinstance(value, list) and all(type(number) is int for number in value):
        return tuple(number for number in value if isinstance(number, int))
    raise ValueError("no numbers of facts")


def _rating(value: Json) -> Rating:
    for rating in RATINGS:
        if rating == value:
            return rating
    raise ValueError("no rating")


def _item(value: Json) -> ImprovementItem:
    match value:
        case {
            "objective": str(objective),
            "task": str(task),
            "rating": rating,
            "what": [str(english), str(chinese)],
            "owner": str(owner),
            "owner_title": [str(english_title), str(chinese_title)],
            "due_within": None | int() as due_within,
            "poete": str(poete),
        }:
            what, title = Text(english, chinese), Text(english_title, chinese_title)
            return ImprovementItem(objective, task, _rating(rating), what, owner, title, due_within, poete)
    raise ValueError("no improvement item")
