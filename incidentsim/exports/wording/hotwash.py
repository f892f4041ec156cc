"""The questions of a hot wash, and what can be voted on: made from what happened in the run, in words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, TypeVar

from incidentsim.domain.facts import Appraisal, Observed, Refused
from incidentsim.domain.text import LANGUAGES, Language, Text
from incidentsim.exercise.evaluation.decisions.kinds import Decision, DecisionError, ErrorKind
from incidentsim.exercise.evaluation.evaluate import Evaluation
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.decisions import chosen_words, error_words, question_words
from incidentsim.exports.wording.narrator import Narrator
from incidentsim.exports.wording.plain_text import within_quotes
from incidentsim.messages import gettext as _
from incidentsim.messages import spoken

MOST_ERRORS: Final = 5
"""So many errors become questions, the worst first,"""
MOST_DECISIONS: Final = 2
"""and so many decisions of people that were right."""
MOST_POINTS: Final = 5
"""So many strengths, and as many weaknesses, are put to the vote."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class HotWashQuestion:
    """A question: its id, the words, and the numbers of the facts that it is about."""

    id: str
    words: Text
    about: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class HotWashPoint:
    """A strength or a weakness to be voted on: its id, which of both, the words, and the facts that show it."""

    id: str
    appraisal: Appraisal
    title: Text
    about: tuple[int, ...] = ()


def hot_wash_questions(account: Account, evaluation: Evaluation) -> tuple[HotWashQuestion, ...]:
    """The questions, in the order in which they are asked: always the same for the same record."""
    return _in_both(
        account,
        lambda teller: list(_questions(teller, evaluation)),
        lambda one, other: replace(one, words=Text(one.words.en, other.words.zh)),
    )


def hot_wash_points(account: Account, evaluation: Evaluation) -> tuple[HotWashPoint, ...]:
    """Strengths, then weaknesses: those that observers noted first, then those of the evaluation."""
    return _in_both(
        account,
        lambda teller: list(_points(teller, evaluation)),
        lambda one, other: replace(one, title=Text(one.title.en, other.title.zh)),
    )


def _in_both(account: Account, tell: Callable[[Narrator], list[T]], joined: Callable[[T, T], T]) -> tuple[T, ...]:
    """The same in both languages, joined one by one."""
    told: dict[Language, list[T]] = {}
    for language in LANGUAGES:
        with spoken(language):
            told[language] = tell(Narrator(replace(account, language=language)))
    return tuple(joined(one, other) for one, other in zip(told["en"], told["zh"], strict=True))


def _questions(teller: Narrator, evaluation: Evaluation) -> Iterator[HotWashQuestion]:
    yield _asked("well", _("What went well, and what made it go well?"))
    for error in islice(_errors(evaluation), MOST_ERRORS):
        name = "-".join(["error", error.kind.value, error.incident, *map(str, error.sequences[:1])])
        yield _asked(name, _about_error(teller, error), error.sequences)
    right = (one for one in evaluation.judged.decisions if one.error is None and one.by_people)
    for decision in islice(right, MOST_DECISIONS):
        yield _asked(f"decision-{decision.sequence}", _about_decision(teller, decision), (decision.sequence,))
    yield _asked("known", _("What did somebody know that the others would have needed, and when?"))
    yield _asked("again", _("Which decision would we take again, and which would we not?"))
    yield _asked("change", _("Which one thing do we change now, who does it, and by when?"))


def _asked(name: str, words: str, about: tuple[int, ...] = ()) -> HotWashQuestion:
    return HotWashQuestion(name, Text(words, words), about)


def _errors(evaluation: Evaluation) -> Iterator[DecisionError]:
    """The errors that nothing else explains: those of people first, the worst first."""
    yield from sorted(evaluation.judged.errors, key=lambda error: error.by_people is False)


def _about_error(teller: Narrator, error: DecisionError) -> str:
    wrong = _wrong(teller, error)
    match error.kind:
        case ErrorKind.LATE | ErrorKind.LAW_DEADLINE_MISSED:
            asked = _("What held us up, and what would have saved the time?")
        case ErrorKind.NOT_DONE | ErrorKind.RECIPIENT_MISSED | ErrorKind.FINDING_MISSING:
            asked = _("Who should have thought of it, and what would have reminded us?")
        case ErrorKind.FIGURE_NOT_TOLD:
            asked = _("Who had it, and why did it go no further?")
        case ErrorKind.REFUSED | ErrorKind.OVERSTEPPED | ErrorKind.FORBIDDEN | ErrorKind.OWN_REPORT_APPROVED:
            asked = _("What was it meant to achieve, and what should have been done first?")
        case _:
            asked = _("What did we know then, and what would have led us to another decision?")
    return _("{what} {question}").format(what=wrong, question=asked)


def _wrong(teller: Narrator, error: DecisionError) -> str:
    """The error in a short sentence: of a refusal, what was tried and by whom."""
    fact = teller.account.facts[error.sequences[0]] if error.sequences else None
    if error.kind is ErrorKind.REFUSED and isinstance(fact, Refused):
        step, name = teller.names.step(fact.do), teller.names.actor(fact)
        return _("Refused: “{step}”, tried by {name}.").format(step=within_quotes(step), name=name)
    return error_words(teller, error)


def _about_decision(teller: Narrator, decision: Decision) -> str:
    chosen = _("{question} {chosen}.").format(question=question_words(decision), chosen=chosen_words(teller, decision))
    return _("{what} {question}").format(what=chosen, question=_("This was right. What made us decide so?"))


def _points(teller: Narrator, evaluation: Evaluation) -> Iterator[HotWashPoint]:
    for appraisal in Appraisal:
        noted = [
            HotWashPoint(f"note-{number}", appraisal, _same(teller.words(fact.note)), (number,))
            for number, fact in enumerate(teller.account.facts)
            if isinstance(fact, Observed) and fact.appraisal is appraisal and number not in teller.undone
        ]
        found = _strengths(teller, evaluation) if appraisal is Appraisal.STRENGTH else _weaknesses(teller, evaluation)
        yield from noted
        yield from islice(found, MOST_POINTS)


def _strengths(teller: Narrator, evaluation: Evaluation) -> Iterator[HotWashPoint]:
    for task in evaluation.report.strengths:
        if task.by_people is not False:
            about = tuple(dict.fromkeys(number for reason in task.reasons for number in reason.evidence))
            yield HotWashPoint(f"task-{task.task}", Appraisal.STRENGTH, _same(teller.names.task(task.task)), about)


def _weaknesses(teller: Narrator, evaluation: Evaluation) -> Iterator[HotWashPoint]:
    for error in _errors(evaluation):
        if error.by_people is not False:
            name = "-".join(["error", error.kind.value, error.incident, *map(str, error.sequences[:1])])
            yield HotWashPoint(name, Appraisal.WEAKNESS, _same(_wrong(teller, error)), error.sequences)


def _same(words: str) -> Text:
    return Text(words, words)
