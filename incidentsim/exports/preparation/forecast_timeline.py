"""A forecast drawn in characters: a row for each state and duty, and columns that stand for time.

An incident's first hour holds as much as its next week, so the columns are not of equal length: between two marks of
the axis lies the same width, and a mark is about twice as late as the one before.
"""

from typing import Final

from incidentsim.exercise.forecast.shapes import DutyTimes, Preview, StageTimes
from incidentsim.exports.preparation.forecast_words import PAGE_WIDTH
from incidentsim.exports.text.narrative import hanging
from incidentsim.exports.wording.beside.bots import people_words
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.plain_text import columns, pad, visible, width, wrap
from incidentsim.messages import gettext as _

_MINUTE = 60_000
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
MARKS: Final = (
    *(0, 5 * _MINUTE, 15 * _MINUTE, 30 * _MINUTE),
    *(hours * _HOUR for hours in (1, 2, 4, 8)),
    *(days * _DAY for days in (1, 2, 4, 8, 15, 30, 60, 120, 240)),
)
"""The times at which the axis may have a mark (ms from the start)."""
LABEL_WIDTH: Final = 26


class Axis:
    """The time axis of the forecast: a column for every time (ms from the start)."""

    def __init__(self, until: int, size: int) -> None:
        """`until` is the last time shown (ms) and `size` the number of columns."""
        after = next((number for number, mark in enumerate(MARKS) if mark >= until), None)
        self.marks = MARKS[: max(after, 1) + 1] if after is not None else (*MARKS, until)
        self.size = size

    def column(self, at: int) -> int:
        """The column of a time (ms), from 0."""
        last = self.size - 1
        spaces = len(self.marks) - 1
        for number in range(spaces):
            begin, end = self.marks[number], self.marks[number + 1]
            if at < end:
                return last * (number * (end - begin) + max(at - begin, 0)) // (spaces * (end - begin))
        return last

    def labels(self) -> str:
        """The marks' names above their columns; one that has no room is left out."""
        line = ""
        for mark in self.marks:
            name, column = _mark(mark), self.column(mark)
            column = min(column, self.size - width(name))
            if not line or column > width(line):
                line = pad(line, column) + name
        return line


def _mark(at: int) -> str:
    if at >= _DAY:
        return _("{n}d").format(n=at // _DAY)
    return _("{n}h").format(n=at // _HOUR) if at >= _HOUR else _("{n}m").format(n=at // _MINUTE)


def timeline_lines(preview: Preview, names: Names) -> list[str]:
    """The timeline as the usual people would have it, with its key below."""
    forecast, usual = preview.forecast, preview.forecast.usual
    stages = [(stage, stage.by[usual]) for stage in forecast.path if usual in stage.by]
    duties = [(duty, duty.by[usual]) for duty in forecast.duties if usual in duty.by]
    ends = [times.left or times.entered for _stage, times in stages]
    ends += [found for _duty, times in duties for found in (times.ends, times.due) if found is not None]
    axis = Axis(max((end.median for end in ends), default=0), PAGE_WIDTH - LABEL_WIDTH - 4)
    lines = _row("", axis.labels())
    several = len({stage.incident for stage, _times in stages}) > 1
    told = None
    for stage, times in stages:
        if several and stage.incident != told:
            told = stage.incident
            lines += ["  " + line for line in wrap(visible(names.incident(told)), PAGE_WIDTH - 2)]
        state = names.state(preview.playbook.main_track.id, stage.state)
        lines += _row(state, _stay(axis, times))
    if duties:
        lines.append("  " + _("Duties"))
    for duty, owed in duties:
        lines += _row(names.duty(duty.duty), _owed(axis, owed))
    return [*lines, "", *_key(usual)]


def _key(usual: int) -> list[str]:
    signs = [
        ["=", _("the incident stands there"), "-", _("the duty is owed")],
        [">", _("it rests there"), "|", _("it is due")],
    ]
    told = _("{people}, middle play; the columns are not of equal length.").format(people=people_words(usual))
    return [*("  " + line for line in columns(signs)), *hanging("  ", told, columns=PAGE_WIDTH)]


def _row(label: str, drawn: str) -> list[str]:
    """A label and what is drawn beside it; a long label goes on below, whole."""
    first, *more = wrap(visible(label), LABEL_WIDTH)
    return [f"  {pad(first, LABEL_WIDTH)}  {drawn}".rstrip(), *(f"    {line}" for line in more)]


def _stay(axis: Axis, times: StageTimes) -> str:
    entered = axis.column(times.entered.median)
    if times.left is None:
        return " " * entered + ">"
    left = axis.column(max(times.left.median, times.entered.median))
    return " " * entered + "=" * max(left - entered, 1)


def _owed(axis: Axis, times: DutyTimes) -> str:
    begins = axis.column(times.begins.median)
    due = axis.column(times.due.median) if times.due is not None else None
    ends = axis.column(max(times.ends.median, times.begins.median)) if times.ends is not None else due
    drawn = " " * begins + "-" * max((ends if ends is not None else begins) - begins, 1)
    if due is None:
        return drawn
    drawn = drawn.ljust(due + 1)
    return drawn[:due] + "|" + drawn[due + 1 :]
