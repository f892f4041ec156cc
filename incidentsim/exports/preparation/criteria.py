"""The criteria of a procedure as blocks of a paper: levels, times, the escalation matrix, what is forbidden, clauses.

They say what the procedure says and nothing about any exercise, so they may be handed to anybody.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from incidentsim.domain.playbook import Playbook
from incidentsim.exports.documents.model import Block, Heading, Listing, Paragraph, Row, Table
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.procedure.basis import basis_mark
from incidentsim.exports.wording.procedure.clauses import clause_rows
from incidentsim.exports.wording.procedure.duties import duty_rows
from incidentsim.exports.wording.procedure.judgements import criterion_words, judgement_rows
from incidentsim.exports.wording.procedure.levels import level_table
from incidentsim.exports.wording.procedure.matrix import escalation_rows, working_hours_words
from incidentsim.exports.wording.procedure.rows import (
    AggravationRow,
    CriterionRow,
    DutyRow,
    EscalationRow,
    JudgementRow,
    LevelTable,
)
from incidentsim.messages import gettext as _

NOTHING: Final = "–"


def criteria(playbook: Playbook, names: Names) -> list[Block]:
    """Return everything that people at the table have to judge and act by."""
    return [
        *judgements(judgement_rows(playbook, names)),
        *levels(playbook, names),
        *times(playbook, names),
        *matrix(playbook, names),
        *forbidden(playbook, names),
        *clauses(playbook, names),
    ]


def judgements(rows: Sequence[JudgementRow]) -> list[Block]:
    """The questions that have to be judged, with what speaks for a yes and what against it."""
    if not rows:
        return []
    head = (_("Question"), _("Speaks for it"), _("Speaks against it"), _("Rests on"))
    body = tuple(
        Row((row.title, _criteria_words(row.speaks_for), _criteria_words(row.speaks_against), row.mark)) for row in rows
    )
    return [Heading(2, _("What has to be judged, and by what")), Table(head, body, (4, 11, 11, 3))]


def _criteria_words(rows: Iterable[CriterionRow]) -> str:
    return " ".join(map(criterion_words, rows)) or NOTHING


def levels(playbook: Playbook, names: Names) -> list[Block]:
    """The levels: a row for each measure, a column for each level; nothing where the playbook has no levels."""
    table = level_table(playbook, names)
    if not table.levels:
        return []
    blocks: list[Block] = [Heading(2, _("The levels and their thresholds")), Listing(table.rules)]
    graded = [level for level in table.levels if level.thresholds]
    if graded:
        head = (_("Measure"), *(level.name for level in graded))
        rows = tuple(Row(cells) for cells in _threshold_rows(table))
        blocks.append(Table(head, rows, (4, *(3 for _level in graded))))
    marks = dict.fromkeys(level.mark for level in table.levels if level.mark)
    if marks:
        blocks.append(Paragraph(_("Rests on: {basis}").format(basis=_("; ").join(marks))))
    if table.aggravations:
        blocks += [Paragraph(_("Aggravating factors:")), Listing(tuple(map(_factor_words, table.aggravations)))]
    return blocks


def _factor_words(factor: AggravationRow) -> str:
    words = _("{measure}: {threshold} – {levels}").format(
        measure=factor.threshold.title, threshold=factor.threshold.words, levels=factor.words
    )
    return act_words((words, factor.mark))


def _threshold_rows(table: LevelTable) -> Iterable[tuple[str, ...]]:
    graded = [level for level in table.levels if level.thresholds]
    for measure in table.measures:
        cells = tuple(
            next((one.words for one in level.thresholds if one.measure == measure.measure), NOTHING) for level in graded
        )
        if any(cell != NOTHING for cell in cells):
            yield (measure.title, *cells)


def times(playbook: Playbook, names: Names) -> list[Block]:
    """The duties: who owes what, from when on, within which time at which level."""
    rows = duty_rows(playbook, names)
    if not rows:
        return []
    assumed = times_assumed(playbook)
    blocks: list[Block] = [Heading(2, _("Duties and their times")), duty_table(rows, owed_by=True, assumed=assumed)]
    if assumed:
        blocks.append(Paragraph(times_note()))
    words = working_hours_words(playbook)
    if words:
        blocks.append(Paragraph(_("Working hours: {hours}.").format(hours=words)))
    return blocks


def duty_table(rows: Sequence[DutyRow], *, owed_by: bool, assumed: bool) -> Table:
    """Duties with their times by level.

    `owed_by` says whether a column names who owes them, `assumed` that a note says what all times rest on.
    """
    levels = [time.level for time in rows[0].times]
    used = [place for place in range(len(levels)) if any(row.times[place].limit is not None for row in rows)]
    titles = [_("Not graded") if level is None else _("Level {n}").format(n=level) for level in levels]
    head = [_("Duty"), *([_("Owed by")] if owed_by else []), _("Owed from"), *(titles[place] for place in used)]
    body = []
    for row in rows:
        limits = [NOTHING if time.limit is None else time.words for time in row.times]
        cells = (row.title, *([row.owed_by] if owed_by else []), begins_words(row), *(limits[place] for place in used))
        body.append(Row((*cells, row.mark if assumed else marks_of(row))))
    widths = (6, *([5] if owed_by else []), 7, *(3 for _place in used), 4)
    return Table((*head, _("Rests on")), tuple(body), widths)


def begins_words(row: DutyRow) -> str:
    """Return when a duty begins, and on which condition."""
    if not row.only_if:
        return row.begins
    return _("{begins}; only if: {condition}").format(begins=row.begins, condition=row.only_if)


def marks_of(row: DutyRow) -> str:
    """Return what a duty rests on, and what its times rest on where that is something else."""
    if row.time_mark in {"", row.mark}:
        return row.mark
    return _("{basis}; times: {times}").format(basis=row.mark, times=row.time_mark)


def times_assumed(playbook: Playbook) -> bool:
    """Return whether every time of a duty is an assumption of the playbook, where its sources name none."""
    return all(duty.within_basis.kind == "assumption" for duty in playbook.duties.values())


def times_note() -> str:
    """Return the sentence that says so."""
    return _("“{nothing}” means no limit. The times are an assumption of the playbook.").format(nothing=NOTHING)


def matrix(playbook: Playbook, names: Names) -> list[Block]:
    """The escalation matrix."""
    rows = escalation_rows(playbook, names)
    if not rows:
        return []
    return [Heading(2, _("Escalation matrix")), escalation_table(rows)]


def escalation_table(rows: Sequence[EscalationRow]) -> Table:
    """Escalations: on what, at which hours, to whom, by which channel."""
    head = (_("Occasion"), _("Who is told"), _("Channel"), _("Rests on"))
    body = tuple(Row((when_words(row), row.to, channel_words(row), row.mark)) for row in rows)
    return Table(head, body, (9, 5, 4, 3))


def when_words(row: EscalationRow) -> str:
    """Return when a row of the matrix applies, with the time of day that it is meant for."""
    return _("{what} ({hours})").format(what=row.when, hours=row.hours) if row.hours else row.when


def channel_words(row: EscalationRow) -> str:
    """Return the channel, and the one out of working hours where it is another."""
    if row.out_of_hours == row.channel:
        return row.channel
    return _("{channel}; out of working hours: {other}").format(channel=row.channel or NOTHING, other=row.out_of_hours)


def forbidden(playbook: Playbook, names: Names) -> list[Block]:
    """The acts that nobody may do, whatever the reason."""
    acts = [(names.say(act.title), basis_mark(act.basis, names)) for act in playbook.forbidden.values()]
    if not acts:
        return []
    return [Heading(2, _("What nobody may do")), Listing(tuple(map(act_words, acts)))]


def act_words(act: tuple[str, str]) -> str:
    """Return a forbidden act with what the prohibition rests on."""
    title, mark = act
    return _("{title} [{basis}]").format(title=title, basis=mark) if mark else title


def clauses(playbook: Playbook, names: Names) -> list[Block]:
    """The clauses that somebody at the table is held to: those that a step, duty, level, escalation or ban rests on."""
    cited = cited_at_the_table(playbook)
    rows = tuple(Row((one.clause, one.says)) for one in clause_rows(playbook, names) if one.clause in cited)
    if not rows:
        return []
    title = _("“{playbook}”, version {version}.").format(playbook=names.say(playbook.title), version=playbook.version)
    return [
        Heading(2, _("The clauses behind it")),
        Paragraph(_("{playbook} What it rests on, in our own words:").format(playbook=title)),
        Table((_("Clause"), _("What it says")), rows, (1, 10)),
    ]


def cited_at_the_table(playbook: Playbook) -> frozenset[str]:
    """Return the clauses that a rule rests on which people can keep or break; who is in which body is no such rule."""
    bases = [
        *(level.basis for level in playbook.levels.values()),
        *(criterion.basis for judgement in playbook.judgements.values() for criterion in judgement.criteria),
        *(step.basis for track in playbook.tracks.values() for step in track.steps),
        *(basis for duty in playbook.duties.values() for basis in (duty.basis, duty.within_basis)),
        *(rule.basis for rule in playbook.escalations),
        *(act.basis for act in playbook.forbidden.values()),
    ]
    return frozenset(clause for basis in bases for clause in basis.clauses)
