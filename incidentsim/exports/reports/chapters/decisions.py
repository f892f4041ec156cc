"""Decision by decision: the errors with what was right and what followed, then every judgement."""

from typing import TYPE_CHECKING

from incidentsim.exports.documents.model import Block, Heading, Listing, Numbers, Paragraph, Row, Table
from incidentsim.exports.reports.material import Material
from incidentsim.exports.text.decisions import in_order, marked
from incidentsim.exports.wording.causes import cause_words
from incidentsim.exports.wording.decisions import (
    chosen_words,
    error_words,
    expected_words,
    followed_words,
    knew_words,
    question_words,
    right_words,
)
from incidentsim.exports.wording.evaluation import hints_words, numbers
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.exercise.evaluation.decisions.kinds import Decision


def decisions(material: Material) -> list[Block]:
    """Every error as a section, and the judgements as a table."""
    blocks: list[Block] = [Heading(2, _("Errors and what followed from them"))]
    errors = in_order(material.evaluation)
    if not errors:
        blocks.append(Paragraph(_("No errors.")))
    for error in errors:
        head = _("{what} {facts}").format(what=error_words(material.teller, error), facts=numbers(error.sequences))
        said = [expected_words(material.teller, error, material.evaluation.ways)]
        cause = material.evaluation.cause_of(error)
        said += [_("Usual cause: {cause}").format(cause=cause_words(cause))] if cause is not None else []
        said += [_("What followed: {what}").format(what=words) for words in followed_words(material.teller, error)]
        blocks += [Heading(3, marked(error, head)), Listing(tuple(words for words in said if words))]
    return [*blocks, Heading(2, _("Decision by decision")), _table(material)]


def chosen(material: Material, decision: "Decision") -> str:
    """Return what was chosen, and how far the coach's hints had gone before."""
    words, said = chosen_words(material.teller, decision), hints_words(decision.hints)
    return _("{what} ({hints})").format(what=words, hints=said) if said else words


def _table(material: Material) -> Block:
    rows = tuple(
        Row(
            (
                Numbers((decision.sequence,)),
                marked(decision, question_words(decision)),
                knew_words(material.teller, decision),
                chosen(material, decision),
                right_words(material.teller, decision.question, decision.right),
            ),
            "plain" if decision.error is None else "refused",
        )
        for decision in material.evaluation.judged.decisions
    )
    if not rows:
        return Paragraph(_("Nobody had to judge anything."))
    head = (_("No."), _("Question"), _("Known then"), _("Chosen"), _("Right answer"))
    return Table(head, rows, (2, 4, 8, 5, 7))
