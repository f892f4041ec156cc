"""The hot wash as lines of a list, and what stands beside each."""

from typing import TYPE_CHECKING, Final

from incidentsim.domain.facts import Appraisal, RecordedText
from incidentsim.exports.wording.afterwards import speaker_words
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.tui.widgets.line_list import Line, Piece, line

if TYPE_CHECKING:
    from incidentsim.domain.text import Language
    from incidentsim.exercise.afterwards.hotwash import Answer
    from incidentsim.service.hotwash import HotWashView

QUESTION: Final = "question/"
ANSWER: Final = "answer/"
POINT: Final = "point/"
"""The beginnings of the names of lines; the id, or the place of the answer, follows."""

_SIGNS: Final = {Appraisal.STRENGTH: Piece("+ ", "good"), Appraisal.WEAKNESS: Piece("- ", "warn")}


def said_by(view: "HotWashView", answer: "Answer", language: "Language") -> str:
    """Return the speaker of an answer; empty where nobody is named."""
    people = {person: name.say(language) for name, person in view.speakers if person is not None}
    played = people.get(answer.person, answer.person) if answer.person is not None else ""
    return speaker_words(answer.said_by.say(language), played)


def question_lines(view: "HotWashView", language: "Language") -> list[Line]:
    """Every question with its answers below it; answers to questions that are asked no more stand at the end."""
    lines: list[Line] = []
    for number, question in enumerate(view.questions, 1):
        answers = view.said.to(question.id)
        sign = Piece("✓ ", "good") if answers else Piece("○ ", "warn")
        lines.append(line(sign, f"{number}. {question.words.say(language)}", name=QUESTION + question.id))
        lines += [_answer_line(view, answer, language) for answer in answers]
    known = {question.id for question in view.questions}
    for answer in view.said.answers:
        if answer.question not in known:
            lines.append(line(Piece("  " + answer.asked.say(language), "dim")))
            lines.append(_answer_line(view, answer, language))
    return lines


def _answer_line(view: "HotWashView", answer: "Answer", language: "Language") -> Line:
    who, words = said_by(view, answer, language), answer.answer.say(language)
    said = _("{name}: {words}").format(name=who, words=words) if who else words
    return line(Piece("    ❝ ", "dim"), said, name=f"{ANSWER}{answer.place}")


def point_lines(view: "HotWashView", language: "Language") -> list[Line]:
    """Strengths, then weaknesses, each with its votes; those that were typed in last."""
    lines: list[Line] = []
    voted = {point.point: point for point in view.said.points}
    for appraisal in Appraisal:
        put: list[tuple[str, str | RecordedText]] = [
            (point.id, point.title.say(language)) for point in view.points if point.appraisal is appraisal
        ]
        known = {name for name, _words in put}
        put += [
            (one.point, one.title) for one in view.said.points if one.appraisal is appraisal and one.point not in known
        ]
        if put:
            lines += [line("")] if lines else []
            lines.append(line(Piece(_heading(appraisal), "heading")))
        for name, title in put:
            words = title if isinstance(title, str) else title.say(language)
            count = voted[name].votes if name in voted else None
            votes = "" if count is None else ngettext("  {n} vote", "  {n} votes", count).format(n=count)
            lines.append(line(_SIGNS[appraisal], words, Piece(votes, "accent"), name=POINT + name))
    return lines


def _heading(appraisal: Appraisal) -> str:
    return _("Strengths") if appraisal is Appraisal.STRENGTH else _("Weaknesses")


def about_line(view: "HotWashView", name: str | None, language: "Language") -> tuple[str, list[tuple[str, str]]]:
    """The heading, and titles with texts, for the line of this name."""
    kind, _slash, rest = (name or "").partition("/")
    match kind + "/":
        case "question/":
            question = next((one for one in view.questions if one.id == rest), None)
            if question is not None:
                said = [
                    (said_by(view, answer, language), answer.answer.say(language))
                    for answer in view.said.to(question.id)
                ]
                words = question.words.say(language)
                return _("Question"), [("", words), *_facts(question.about), *said]
        case "answer/":
            answer = next((one for one in view.said.answers if str(one.place) == rest), None)
            if answer is not None:
                who = said_by(view, answer, language)
                return _("The answer"), [
                    ("", answer.asked.say(language)),
                    (who, answer.answer.say(language)),
                    (_("On record as"), f"#{answer.number}"),
                ]
        case "point/":
            point = next((one for one in view.points if one.id == rest), None)
            if point is not None:
                return _kind(point.appraisal), [("", point.title.say(language)), *_facts(point.about)]
            voted = next((one for one in view.said.points if one.point == rest), None)
            if voted is not None:
                return _kind(voted.appraisal), [("", voted.title.say(language))]
    return "", []


def _kind(appraisal: Appraisal) -> str:
    return _("Strength") if appraisal is Appraisal.STRENGTH else _("Weakness")


def _facts(about: tuple[int, ...]) -> list[tuple[str, str]]:
    return [(_("Facts that show it"), _(", ").join(f"#{number}" for number in about))] if about else []
