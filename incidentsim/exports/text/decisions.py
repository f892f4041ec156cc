"""Decision by decision as people read it: every error with what followed from it, then every judgement."""

from typing import TYPE_CHECKING

from incidentsim.exports.text.narrative import hanging
from incidentsim.exports.wording.decisions import (
    decided_words,
    error_words,
    evidence_words,
    expected_words,
    followed_words,
    knew_words,
    right_words,
)
from incidentsim.exports.wording.evaluation import numbers
from incidentsim.exports.wording.plain_text import visible
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.exercise.evaluation.decisions.kinds import Decision, DecisionError
    from incidentsim.exercise.evaluation.evaluate import Evaluation
    from incidentsim.exports.wording.narrator import Narrator


def error_lines(teller: "Narrator", evaluation: "Evaluation") -> list[str]:
    """The errors, the worst first, those of people before those of bots; under each what followed."""
    lines: list[str] = []
    for error in in_order(evaluation):
        head = _("{what} {facts}").format(what=error_words(teller, error), facts=numbers(error.sequences))
        lines += hanging("  ✗ ", visible(marked(error, head)))
        expected = expected_words(teller, error, evaluation.ways)
        if expected:
            lines += hanging("      ⇒ ", visible(expected))
        for followed in followed_words(teller, error):
            lines += hanging("      → ", visible(followed))
    return lines or ["  " + _("No errors.")]


def in_order(evaluation: "Evaluation") -> "list[DecisionError]":
    """The errors that nothing else explains, those of people first, the worst first."""
    return sorted(evaluation.judged.errors, key=lambda error: error.by_people is False)


def marked(error: "DecisionError | Decision", words: str) -> str:
    """`words` about something, which say so where bots did it at a table with people."""
    return _("bots: {what}").format(what=words) if error.by_people is False else words


def decision_lines(teller: "Narrator", evaluation: "Evaluation") -> list[str]:
    """Every judgement: the question, what was known, what was chosen, and the right answer."""
    lines: list[str] = []
    for decision in evaluation.judged.decisions:
        mark = "✗" if decision.error is not None else "✓"
        head = decided_words(teller, decision)
        lines += hanging(f"  {mark} #{decision.sequence}  ", visible(marked(decision, head)))
        knew = knew_words(teller, decision)
        if knew:
            lines += hanging("        ", visible(_("Known then: {messages}").format(messages=knew)))
        right = right_words(teller, decision.question, decision.right)
        if right and decision.question.value in {"incident", "level", "finding"}:
            lines += hanging("        ", visible(right))
        came = evidence_words(teller, decision)
        if came:
            lines += hanging("        ", visible(came))
    return lines or ["  " + _("Nobody had to judge anything.")]
