"""Whether a debrief's first screen and a report's page one name a planted error, its right answer and its evidence."""

import re

from incidentsim.domain.text import Language
from incidentsim.exercise.evaluation.decisions.kinds import DecisionError, ErrorKind
from incidentsim.exercise.running.outcome import report
from incidentsim.exports.documents import markdown_page
from incidentsim.exports.reports.chapters.errors_in_brief import error_in_brief
from incidentsim.exports.reports.chapters.summary import MOST_CHARACTERS, MOST_WORDS, length
from incidentsim.exports.reports.compose import compose
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.decisions import error_words, expected_words
from incidentsim.exports.wording.narrator import Narrator
from incidentsim.messages import spoken
from incidentsim.service.evaluations import EvaluatedView
from incidentsim.session.course import RunView
from incidentsim.tui.debrief.data import Debrief
from incidentsim.tui.debrief.in_short import ROWS, in_short_lines
from incidentsim.tui.widgets.line_list import Line
from tests.support.planted_errors.subjects import Outcome
from tests.support.procedures import exercise_of
from tests.support.reporting import material

ANNEX = {"en": "\n## Annex\n", "zh": "\n## 附件\n"}
COLUMNS = 76
_RECOGNISED = 30
"""By so many characters the beginning of a sentence is recognised, where a line has no room for all of it."""
_UNASKED = {ErrorKind.WRONG_RECIPIENT, ErrorKind.OWN_REPORT_APPROVED}
"""The kinds whose right answer is that nobody does it, or somebody else."""


def planted_error(outcome: Outcome) -> DecisionError:
    """The planted error as the evaluation tells it."""
    return next(error for error in outcome.evaluation.judged.errors if error.key == outcome.key)


def right_answers(teller: Narrator, error: DecisionError) -> list[str]:
    """What the right answer is: a level, a time, or steps of which one is enough."""
    names, right = teller.names, error.right
    if error.kind in _UNASKED:
        return [names.step(do) for do in error.instead or (error.subject,)]
    if right.level is not None:
        return [names.level(right.level)]
    if right.due is not None and error.kind is not ErrorKind.FINDING_MISSING:
        return [teller.clock.until(right.due, teller.account.facts[error.sequences[0]].at)]
    return [names.step(do) for do in right.steps]


def squeezed(text: str) -> str:
    """A text without the spaces and the marks that a format puts into it."""
    return re.sub(r"[\s\\]", "", text)


def page_one(outcome: Outcome, language: Language) -> str:
    """What stands in Markdown before the annex."""
    paper = compose(material(outcome.planted.scenario, outcome.facts), languages=(language,))
    text = markdown_page.render(paper).decode()
    return text[: text.index(ANNEX[language])]


def check_page_one(outcome: Outcome, language: Language) -> None:
    """The planted error stands on page one with its right answer and its evidence, and page one is no longer for it."""
    page = page_one(outcome, language)
    assert length(page, language) <= {"en": MOST_WORDS, "zh": MOST_CHARACTERS}[language]
    error, ways = planted_error(outcome), outcome.evaluation.ways
    with spoken(language):
        teller = Narrator(Account(outcome.facts, outcome.told.playbook, outcome.planted.scenario, language))
        whole = f"{error_words(teller, error)} {_facts(error)} {expected_words(teller, error, ways)}"
        brief = [error_in_brief(teller, error, ways, terse=terse).words for terse in (False, True)]
        said = [words for words in (whole, *brief) if squeezed(words) in squeezed(page)]
        assert said, outcome.key
        assert any(words in said[0] for words in right_answers(teller, error)), said
    assert re.search(rf"#{error.sequences[0]}\b", said[0])


def _facts(error: DecisionError) -> str:
    return " ".join(f"#{number}" for number in error.sequences)


def debrief_of(outcome: Outcome, language: Language) -> Debrief:
    """The debrief of a run with a planted error; nobody is known to have played it."""
    facts, subject = list(outcome.facts), outcome.planted.scenario
    told = report(exercise_of(outcome.told.playbook.id, subject), facts, run=None, digest="", must_rest=False)
    view = RunView(told, outcome.facts, subject, outcome.told.playbook, finished=True)
    return Debrief("run", EvaluatedView(view, outcome.evaluation), language)


def text_of(lines: list[Line]) -> str:
    """The words of the lines without spaces, since they are broken anywhere."""
    return "".join("".join(piece.text for piece in shown.pieces) for shown in lines).replace(" ", "")


def check_first_screen(outcome: Outcome, language: Language) -> None:
    """The planted error is named with its right answer and its evidence, at once where it is the worst.

    Of every other error the first screen names the kind.
    """
    error = planted_error(outcome)
    with spoken(language):
        debrief = debrief_of(outcome, language)
        lines = in_short_lines(debrief, COLUMNS)
        narrator = debrief.teller.narrator
        words = (error_words(narrator, error), expected_words(narrator, error, outcome.evaluation.ways))
        answers = right_answers(narrator, error)
        kind = error_in_brief(narrator, error, outcome.evaluation.ways)
    first, worst = text_of(lines[:ROWS]), outcome.evaluation.in_short.thing
    named = worst is error or (kind.label or words[0]).replace(" ", "")[:_RECOGNISED] in first
    assert named, (outcome.key, kind)
    seen = text_of(lines[:ROWS] if outcome.evaluation.judged.errors[0] is error else lines)
    assert all(said and said.replace(" ", "") in seen for said in words), outcome.key
    assert any(answer in " ".join(words) for answer in answers), words
    assert all(f"#{number}" in seen for number in error.sequences), outcome.key
