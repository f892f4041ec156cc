"""The hot wash on record: what was answered to which question by whom, and how many voted for what."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import (
    MAX_INT,
    Appraisal,
    CommittedText,
    Fact,
    HotwashAnswered,
    HotwashVoted,
    RecordedText,
    recordable_text,
)
from incidentsim.domain.text import FreeText, Text
from incidentsim.messages import gettext as _

MOST_VOTES: Final = 9_999
"""More hands than that are a slip."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that stands.

    `number` is the number of its fact, `place` that of the first one that it stands in place of, or its own; the other
    attributes are those of the fact `hotwash_answered`.
    """

    number: int
    place: int
    question: str
    about: tuple[int, ...]
    asked: RecordedText
    answer: RecordedText
    said_by: RecordedText
    person: str | None


@dataclass(frozen=True, slots=True)
class Point:
    """A strength or a weakness that was voted on.

    `number` is the number of the fact that counts; the other attributes are those of the fact `hotwash_voted`.
    """

    number: int
    point: str
    appraisal: Appraisal
    title: RecordedText
    votes: int


@dataclass(frozen=True, slots=True)
class HotWash:
    """The answers and votes that stand, both in the order in which they were first given."""

    answers: tuple[Answer, ...] = ()
    points: tuple[Point, ...] = ()

    def to(self, question: str) -> tuple[Answer, ...]:
        """The answers to one question."""
        return tuple(answer for answer in self.answers if answer.question == question)

    def most_voted(self, appraisal: Appraisal) -> tuple[Point, ...]:
        """The strengths, or the weaknesses: the most votes first."""
        return tuple(sorted((one for one in self.points if one.appraisal is appraisal), key=lambda one: -one.votes))


def hot_wash(facts: Iterable[Fact]) -> HotWash:
    """Fold the facts of a run into its hot wash; a fact's place is its number."""
    answers: dict[int, Answer] = {}
    places: dict[int, int] = {}
    points: dict[str, Point] = {}
    for number, fact in enumerate(facts):
        if isinstance(fact, HotwashAnswered):
            place = number if fact.instead_of is None else places.get(fact.instead_of, number)
            places[number] = place
            if is_empty(fact.answer):
                answers.pop(place, None)
            else:
                answers[place] = Answer(
                    number, place, fact.question, fact.about, fact.asked, fact.answer, fact.said_by, fact.person
                )
        elif isinstance(fact, HotwashVoted):
            points[fact.point] = Point(number, fact.point, fact.appraisal, fact.title, fact.votes)
    return HotWash(tuple(answers[place] for place in sorted(answers)), tuple(points.values()))


def is_empty(text: RecordedText) -> bool:
    """Return whether nothing was said; a text that is not here, or erased, was."""
    return not isinstance(text, CommittedText) and not (text.say("en") + text.say("zh")).strip()


def answer_fact(  # the parts of the fact, one by one
    at: int,
    *,
    question: str,
    about: tuple[int, ...],
    asked: str | Text,
    answer: str,
    said_by: str = "",
    person: str | None = None,
    instead_of: int | None = None,
) -> HotwashAnswered:
    """The fact that puts an answer on record, at the time of the run's last fact (ms); see `HotwashAnswered`.

    Raises:
        InputError: nothing is said, and there is no answer to take back.
    """
    if not answer.strip() and instead_of is None:
        raise InputError(_("An answer needs words."))
    return HotwashAnswered(
        at=at,
        incident=None,
        question=question,
        about=about,
        asked=recordable_text(FreeText(asked)),
        answer=recordable_text(FreeText(answer)),
        said_by=recordable_text(FreeText(said_by)),
        person=person,
        instead_of=instead_of,
    )


def vote_fact(at: int, *, point: str, appraisal: Appraisal, title: str | Text, votes: int) -> HotwashVoted:
    """The fact that puts a count of hands on record, at the time of the run's last fact (ms); see `HotwashVoted`.

    Raises:
        InputError: the count is none, or nothing is named.
    """
    if not 0 <= votes <= min(MOST_VOTES, MAX_INT):
        message = _("{n} cannot be a number of votes: it goes from 0 to {most}.")
        raise InputError(message.format(n=votes, most=MOST_VOTES))
    words = FreeText(title)
    if is_empty(words):
        raise InputError(_("Say what the strength or the weakness is."))
    return HotwashVoted(at, None, point, appraisal, recordable_text(words), votes)
