"""What later runs and lists need of a run's evaluation, small enough to be kept: verdict, ratings, items.

A summary is a function of playbook, scenario and facts like the evaluation itself, and is the same in all languages.
It holds no text of the record and names nobody, so there is nothing in it to be erased.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.evaluation import RATINGS, Rating
from incidentsim.domain.text import Text
from incidentsim.exercise.evaluation.aar import ImprovementItem
from incidentsim.exercise.evaluation.evaluate import Evaluation

VERSION: Final = 1
"""Raised whenever the same run may come to another summary: then those that were kept are worked out anew."""


@dataclass(frozen=True, slots=True)
class EvaluationSummary:
    """The verdict on a run, the rating of each of its tasks by id, and what is to be improved.

    `playbook` is the id of the playbook that the run was played by.
    """

    playbook: str
    passed: bool
    ratings: Mapping[str, Rating | None]
    items: tuple[ImprovementItem, ...]

    def to_bytes(self) -> bytes:
        """The summary as JSON."""
        items = [
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
        value = {"playbook": self.playbook, "passed": self.passed, "ratings": dict(self.ratings), "items": items}
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> "EvaluationSummary | None":
        """Read what `to_bytes` wrote; `None` where it is something else, as in a damaged database."""
        try:
            value = json.loads(data)
            ratings = {str(task): _rating(rating) for task, rating in value["ratings"].items()}
            items = tuple(_item(item) for item in value["items"])
            return cls(str(value["playbook"]), value["passed"] is True, ratings, items)
        except (ValueError, KeyError, TypeError, AttributeError):
            return None


def summary_of(evaluation: Evaluation, *, passed: bool) -> EvaluationSummary:
    """Summarise an evaluation; `passed` is the verdict on the run."""
    ratings = {name: task.rating for name, task in evaluation.tasks.items()}
    return EvaluationSummary(evaluation.report.overview.playbook, passed, ratings, evaluation.report.items)


def _rating(value: object) -> Rating | None:
    if value is None:
        return None
    for rating in RATINGS:
        if rating == value:
            return rating
    raise ValueError("no rating")


def _item(value: Mapping[str, object]) -> ImprovementItem:
    rating, due = _rating(value["rating"]), value["due_within"]
    if rating is None or not (due is None or isinstance(due, int)):
        raise ValueError("no improvement item")
    return ImprovementItem(
        objective=str(value["objective"]),
        task=str(value["task"]),
        rating=rating,
        what=_text(value["what"]),
        owner=str(value["owner"]),
        owner_title=_text(value["owner_title"]),
        due_within=due,
        poete=str(value["poete"]),
    )


def _text(value: object) -> Text:
    if not isinstance(value, list):
        raise TypeError("no text in two languages")
    english, chinese = value
    return Text(str(english), str(chinese))
