"""The questions that have to be judged with yes or no, and by what."""

from collections.abc import Iterable

from incidentsim.domain.judgements import Criterion, Judgement
from incidentsim.domain.playbook import Playbook, Step
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.procedure.basis import basis_mark
from incidentsim.exports.wording.procedure.rows import CriterionRow, JudgementRow
from incidentsim.messages import gettext as _


def judgement_rows(playbook: Playbook, names: Names) -> tuple[JudgementRow, ...]:
    """Return every question of a playbook with its criteria, in the order of the file."""
    return tuple(_row(judgement, names) for judgement in playbook.judgements.values())


def judged_by(playbook: Playbook, steps: Iterable[Step], names: Names) -> tuple[JudgementRow, ...]:
    """Return the questions that any of these steps answers, each once and in the order of the file."""
    asked = {name for step in steps for name in step.fits}
    return tuple(_row(judgement, names) for judgement in playbook.judgements.values() if judgement.id in asked)


def question_words(row: JudgementRow) -> str:
    """Return a question with what all its criteria rest on."""
    return _marked(row.title, row.mark)


def criterion_words(row: CriterionRow) -> str:
    """Return a criterion with what it rests on, where others rest on something else."""
    return _marked(row.words, row.mark)


def _marked(words: str, mark: str) -> str:
    return _("{title} [{mark}]").format(title=words, mark=mark) if mark else words


def _row(judgement: Judgement, names: Names) -> JudgementRow:
    marks = {basis_mark(criterion.basis, names) for criterion in judgement.criteria}
    common = marks.pop() if len(marks) == 1 else ""
    return JudgementRow(
        judgement=judgement.id,
        title=names.say(judgement.title),
        mark=common,
        speaks_for=_criteria(judgement.speaks_for, names, common),
        speaks_against=_criteria(judgement.speaks_against, names, common),
    )


def _criteria(criteria: Iterable[Criterion], names: Names, common: str) -> tuple[CriterionRow, ...]:
    return tuple(
        CriterionRow(
            names.say(criterion.says), criterion.measures, "" if common else basis_mark(criterion.basis, names)
        )
        for criterion in criteria
    )
