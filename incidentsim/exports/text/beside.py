"""A run beside its team's earlier runs, or beside bots' plays, line by line."""

from collections.abc import Iterator

from incidentsim.exercise.evaluation.beside.changes import Scope
from incidentsim.exercise.evaluation.beside.earlier import EarlierRuns
from incidentsim.exports.text.narrative import hanging
from incidentsim.exports.wording.beside.sheets import Part, Section, Sheet, SheetRow, part_words, with_numbers
from incidentsim.exports.wording.beside.team import (
    left_out_words,
    run_words,
    standing_words,
    summary_words,
    team_word,
)
from incidentsim.exports.wording.plain_text import columns, visible
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

MOST_LISTED = 10
"""So many earlier runs of each kind are listed; the rest is counted."""


def earlier_lines(runs: EarlierRuns) -> list[str]:
    """The earlier runs that there are: of this scenario, of others by the same procedure, and what is left out."""
    lines = [line for words in summary_words(runs) for line in hanging("", visible(words))]
    for scope, title in (
        (Scope.SCENARIO, _("Earlier runs of this scenario")),
        (Scope.PROCEDURE, _("Other scenarios by the same procedure")),
    ):
        rows = [
            [run_words(run), team_word(run.likeness), standing_words(run)] for run in runs.runs if run.scope is scope
        ]
        if rows:
            lines += ["", title, *("  " + line for line in columns(rows[:MOST_LISTED]))]
            lines += _more(len(rows))
    if runs.left_out:
        lines += ["", _("Left out")]
        for left in runs.left_out[:MOST_LISTED]:
            lines += hanging("  ", visible(_("{run}: {why}").format(run=left.run, why=left_out_words(left))))
        lines += _more(len(runs.left_out))
    return lines


def _more(count: int) -> list[str]:
    return ["  " + _("and {n} more").format(n=count - MOST_LISTED)] if count > MOST_LISTED else []


def sheet_lines(sheet: Sheet) -> list[str]:
    """Every section of a sheet, each row with the facts that it rests on; its notes stand in the first one."""
    lines = [visible(sheet.title)]
    for section in sheet.sections:
        lines += ["", part_words(section.part), *section_lines(section)]
    return lines


def section_lines(section: Section) -> Iterator[str]:
    """The rows of a section; those that are alike are only counted."""
    if not section.rows and section.empty:
        yield "  " + section.empty
    group = ""
    for row in section.rows:
        if row.same:
            continue
        if row.group != group:
            group = row.group
            yield "  " + visible(group)
        yield from _row_lines(row, section.part)
    same = sum(row.same for row in section.rows)
    if same:
        yield "  " + ngettext("{n} more is alike.", "{n} more are alike.", same).format(n=same)


def _row_lines(row: SheetRow, part: Part) -> list[str]:
    if part is Part.SHORT:
        words = _("{title}: {words}").format(title=row.title, words=row.values)
        return hanging("  ", visible(words))
    words = row.title
    if row.values and row.title.endswith((".", "。")):
        words = _("{sentence} {more}").format(sentence=row.title, more=_("({words})").format(words=row.values))
    elif row.values:
        words = _("{title}: {words}").format(title=row.title, words=row.values)
    if row.difference:
        words = _("{what} ({difference})").format(what=words, difference=row.difference)
    words = with_numbers(words, row.facts)
    return hanging("  - ", visible(_("{verdict}: {what}").format(verdict=row.verdict, what=words)))
