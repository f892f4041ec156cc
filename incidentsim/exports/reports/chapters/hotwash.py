"""The hot wash in a report: every answer with its question and who gave it, and what was voted on."""

from incidentsim.domain.facts import Appraisal, FactKind, Observed
from incidentsim.exercise.afterwards.hotwash import Answer, hot_wash
from incidentsim.exports.documents.model import Block, Heading, Numbers, Paragraph, Row, Table
from incidentsim.exports.reports.material import Material
from incidentsim.exports.wording.afterwards import appraisal_words, said_by_words
from incidentsim.messages import gettext as _


def hotwash(material: Material) -> list[Block]:
    """The chapter, where anything was said, voted or noted as a strength or a weakness."""
    answers, points, notes = answers_table(material), votes_table(material), _notes_table(material)
    blocks: list[Block] = []
    if answers.rows:
        blocks += [Paragraph(_("What those who took part said right after the exercise, in their own words.")), answers]
    if points.rows:
        blocks += [Paragraph(_("Strengths and weaknesses, by the hands raised for each.")), points]
    if notes.rows:
        blocks += [Paragraph(_("What observers noted as a strength or a weakness.")), notes]
    return [Heading(2, _("Hot wash")), *blocks] if blocks else []


def answers_table(material: Material) -> Table:
    """Every answer that stands, those to the same question one below the other."""
    said = hot_wash(material.account.facts)
    by_question: dict[str, list[Answer]] = {}
    for answer in said.answers:
        by_question.setdefault(answer.question, []).append(answer)
    rows = []
    for answers in by_question.values():
        rows.append(Row((material.teller.words(answers[0].asked), "", Numbers(answers[0].about)), "group"))
        rows += [
            Row(
                (
                    material.teller.words(answer.answer),
                    said_by_words(material.teller, answer.said_by, answer.person),
                    Numbers((answer.number,)),
                )
            )
            for answer in answers
        ]
    return Table((_("Question and answers"), _("Said by"), _("No.")), tuple(rows), (14, 5, 3))


def votes_table(material: Material) -> Table:
    """Strengths, then weaknesses, the most votes first."""
    said = hot_wash(material.account.facts)
    rows = tuple(
        Row(
            (
                appraisal_words(point.appraisal),
                material.teller.words(point.title),
                str(point.votes),
                Numbers((point.number,)),
            )
        )
        for appraisal in Appraisal
        for point in said.most_voted(appraisal)
    )
    return Table((_("Kind"), _("What"), _("Votes"), _("No.")), rows, (4, 14, 2, 2))


def _notes_table(material: Material) -> Table:
    rows = tuple(
        Row((appraisal_words(fact.appraisal), material.teller.words(fact.note), Numbers((number,))))
        for number, fact in material.counting(FactKind.OBSERVED)
        if isinstance(fact, Observed) and fact.appraisal is not None
    )
    return Table((_("Kind"), _("What was noted"), _("No.")), rows, (4, 16, 2))
