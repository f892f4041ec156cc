"""A comparison as lines of a list: what became of something, what it is, from which value to which."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from incidentsim.exercise.evaluation.beside.changes import Scope
from incidentsim.exports.wording.beside.sheets import Part, Section, SheetRow, Tone, with_numbers
from incidentsim.exports.wording.beside.team import (
    left_out_words,
    otherwise_words,
    run_words,
    standing_words,
    summary_words,
    team_word,
    team_words,
)
from incidentsim.exports.wording.plain_text import pad, width
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.tui.widgets.line_list import Line, Piece, line
from incidentsim.tui.widgets.text import lines as broken

if TYPE_CHECKING:
    from incidentsim.exercise.evaluation.beside.earlier import EarlierRun, EarlierRuns
    from incidentsim.exports.wording.names import Names

RUN: Final = "run/"
"""By which the name of an earlier run's line begins."""
_STYLES: Final = {Tone.GOOD: "good", Tone.BAD: "bad", Tone.PLAIN: ""}
_SIGNS: Final = {Tone.GOOD: "✓ ", Tone.BAD: "✗ ", Tone.PLAIN: "· "}
_GAP: Final = 2
_LEAST: Final = 20


def section_lines(section: Section, columns: int, *, every: bool) -> list[Line]:
    """The rows of a section, in so many columns; rows that are alike only where `every` one is wanted."""
    if section.part is Part.SHORT:
        return [part for row in section.rows for part in _short_lines(row, columns)]
    rows = [row for row in section.rows if every or not row.same]
    lines: list[Line] = []
    verdicts = max((width(row.verdict) for row in rows), default=0)
    group = ""
    for row in rows:
        if row.group != group:
            lines += [line("")] if lines else []
            lines.append(line(Piece(row.group, "dim" if row.by_bots else "heading")))
            group = row.group
        lines += _row_lines(row, verdicts, columns)
    alike = len(section.rows) - len(rows)
    if alike:
        words = ngettext("{n} more is alike (a shows it).", "{n} more are alike (a shows them).", alike)
        lines += [line("")] if lines else []
        lines.append(line(Piece(words.format(n=alike), "dim"), name="alike"))
    return lines


def _short_lines(row: SheetRow, columns: int) -> Iterable[Line]:
    style = "dim" if row.by_bots else _STYLES[row.tone]
    title = _("{title}: ").format(title=row.title)
    for place, part in enumerate(broken(title + row.values, columns)):
        if place == 0 and part.startswith(title):
            head = Piece(title, "dim" if row.by_bots else "strong")
            yield line(head, Piece(part[len(title) :], style), name=row.name)
        else:
            yield line(Piece(part, style), name=row.name if place == 0 else None)


def _row_lines(row: SheetRow, verdicts: int, columns: int) -> Iterable[Line]:
    """Verdict and title, then the values: behind the title where they fit, else in a line of their own."""
    dim = "dim" if row.by_bots else ""
    sign = _SIGNS[row.tone] + pad(row.verdict, verdicts) + " " * _GAP
    indent = " " * width(sign)
    room = max(columns - width(sign), _LEAST)
    values = row.values
    if row.difference:
        values = _("{values} ({difference})").format(values=values, difference=row.difference)
    parts = broken(row.title, room)
    beside = values and len(parts) == 1 and width(parts[0]) + _GAP + width(values) <= room
    for place, part in enumerate(parts):
        pieces = [Piece(indent) if place else Piece(sign, dim or _STYLES[row.tone]), Piece(part, dim)]
        if beside:
            pieces += [Piece(" " * _GAP), Piece(values, dim or "strong")]
        yield line(*pieces, name=None if place else row.name)
    if values and not beside:
        yield from (line(Piece(indent), Piece(part, dim or "strong")) for part in broken(values, room))


def about_row(row: SheetRow) -> tuple[str, Sequence[tuple[str, str]]]:
    """The heading beside the list, and titles with texts."""
    title = _("{verdict}: {what}").format(verdict=row.verdict, what=row.title) if row.verdict else row.title
    return with_numbers(title, row.facts), row.about


def earlier_lines(runs: "EarlierRuns", chosen: str, columns: int) -> list[Line]:
    """The earlier runs, those of this scenario first, with a mark at the compared one; then what is left out."""
    lines = [line(Piece(part, "dim")) for words in summary_words(runs) for part in broken(words, columns)]
    for scope, title in (
        (Scope.SCENARIO, _("Earlier runs of this scenario")),
        (Scope.PROCEDURE, _("Other scenarios by the same procedure")),
    ):
        of_scope = [run for run in runs.runs if run.scope is scope]
        lines += [line(""), line(Piece(title, "heading"))] if of_scope else []
        for run in of_scope:
            lines += _run_lines(run, chosen == run.run, columns)
    if runs.left_out:
        lines += [line(""), line(Piece(_("Left out"), "heading"))]
        for left in runs.left_out:
            told = _("{run}: {why}").format(run=left.run, why=left_out_words(left))
            lines += [line(Piece(part, "dim")) for part in broken(told, columns)]
    return lines


def _run_lines(run: "EarlierRun", here: bool, columns: int) -> Iterable[Line]:
    sign = Piece("● " if here else "○ ", "accent" if here else "")
    style = "" if run.likeness.same_team else "dim"
    name = f"{RUN}{run.run}"
    head = run_words(run)
    if run.scope is Scope.PROCEDURE:
        head = _("{run}, {scenario}").format(run=head, scenario=run.scenario)
    more = _("; ").join((team_word(run.likeness), standing_words(run)))
    room = max(columns - _GAP, _LEAST)
    if width(head) + _GAP + width(more) <= room:
        yield line(sign, Piece(head, style), Piece(" " * _GAP), Piece(more, "dim"), name=name)
        return
    for place, part in enumerate(broken(head, room)):
        yield line(Piece("  ") if place else sign, Piece(part, style), name=None if place else name)
    yield from (line("  ", Piece(part, "dim")) for part in broken(more, room))


def about_run(run: "EarlierRun", names: "Names") -> tuple[str, Sequence[tuple[str, str]]]:
    """Everything about an earlier run."""
    parts = [(_("The team"), team_words(run, names))]
    parts += [(_("Caution") if not place else "", words) for place, words in enumerate(otherwise_words(run))]
    parts.append((_("The run"), standing_words(run)))
    return run_words(run), parts
