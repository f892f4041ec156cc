"""A hot wash as JSON. The keys are a contract, as elsewhere."""

from typing import TYPE_CHECKING

from incidentsim.domain.facts import Json, RecordedText
from incidentsim.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidentsim.exercise.afterwards.hotwash import HotWash
    from incidentsim.exports.wording.hotwash import HotWashPoint, HotWashQuestion


def hotwash_json(
    run: str, questions: "Iterable[HotWashQuestion]", points: "Iterable[HotWashPoint]", said: "HotWash"
) -> dict[str, Json]:
    """The questions of a run, what can be voted on, the answers and the votes."""
    return {
        "run": run,
        "questions": [
            {"id": question.id, "question": _both(question.words), "about": list(question.about)}
            for question in questions
        ],
        "points": [
            {
                "id": point.id,
                "appraisal": point.appraisal.value,
                "title": _both(point.title),
                "about": list(point.about),
            }
            for point in points
        ],
        "answers": [
            {
                "sequence": answer.number,
                "question": answer.question,
                "asked": _both(answer.asked),
                "answer": _both(answer.answer),
                "said_by": _both(answer.said_by),
                "person": answer.person,
                "about": list(answer.about),
            }
            for answer in said.answers
        ],
        "votes": [
            {
                "sequence": point.number,
                "point": point.point,
                "appraisal": point.appraisal.value,
                "title": _both(point.title),
                "votes": point.votes,
            }
            for point in said.points
        ],
    }


def _both(words: RecordedText | Text) -> Json:
    text = words if isinstance(words, Text) else words.value
    return dict(text.by_language()) if isinstance(text, Text) else {"en": text, "zh": text}
