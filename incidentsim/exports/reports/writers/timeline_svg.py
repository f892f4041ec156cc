"""The picture of the timeline as SVG: shapes tell the sorts apart, colours only help.

Colours stand in attributes, so that the picture is right wherever it is shown; a page may override them by class.
Time is compressed: each wait is drawn by the logarithm of its length, so that minutes and weeks fit on one axis.
"""

import math
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from incidentsim.exports.reports.model import Bar, Lane, Mark, Picture
from incidentsim.exports.wording.plain_text import visible, width, wrap

_WIDE: Final = 960
_LEFT: Final = 270
_RIGHT: Final = 944
_INK, _PALE, _FILL, _ALARM, _PAPER = "#1b1f24", "#c9d1d9", "#5b7083", "#b3261e", "#ffffff"
_TICK_GAP: Final = 74
_LABEL_COLUMNS: Final = 44
_FONTS: Final = "Libertinus Serif, Noto Serif CJK SC, Noto Sans CJK SC, Source Han Sans SC, sans-serif"
_MINUTE: Final = 60_000
_GAP: Final = 8
_MOST_TITLES: Final = 600
"""More marks than this carry no words of their own: the table does."""
_LANE, _ROW = 60, 19
_LINES: Final = 3
"""So many lines of its title fit beside a lane."""
_HEIGHTS: Final = {"step": 25, "level": 25, "escalated": 38, "refused": 51, "overdue": 51}
"""Each sort has its own line below the phases, but for those that seldom meet."""
_SAYS_SOMETHING: Final = 4
"""A label cut shorter than so many columns is left out."""
_BOLD: Final = ' font-weight="bold"'
_HALO: Final = f' stroke="{_PAPER}" stroke-width="3" paint-order="stroke"'
"""Keeps a text legible on whatever it stands."""


class Scale:
    """Where a moment stands on the axis."""

    def __init__(self, times: Iterable[int]) -> None:
        """`times` are all moments that are drawn (ms)."""
        self._at = sorted(set(times)) or [0]
        steps = [math.log2(1 + (b - a) / _MINUTE) + 0.4 for a, b in zip(self._at, self._at[1:], strict=False)]
        total = sum(steps) or 1.0
        gone, places = 0.0, [float(_LEFT)]
        for step in steps:
            gone += step
            places.append(_LEFT + (_RIGHT - _LEFT) * gone / total)
        self._x = dict(zip(self._at, places, strict=True))

    def x(self, at: int) -> float:
        """The place of a moment; what lies after the end stands at the end."""
        return round(self._x.get(at, self._x[self._at[-1]]), 1)


def svg(picture: Picture, *, name: str, alone: bool = False) -> str:
    """The picture. `name` makes its ids its own; `alone`: it is a file, not part of a page."""
    scale = Scale(picture.times)
    body: list[str] = []
    top = 34
    body += _axis(picture, scale)
    lanes_top = top
    titled = sum(len(lane.marks) for lane in picture.lanes) <= _MOST_TITLES
    for lane in picture.lanes:
        body += _lane(lane, scale, lanes_top, titled=titled)
        lanes_top += _LANE
    rows_top = lanes_top + 6
    for bar in picture.bars:
        body += _bar(bar, scale, rows_top, picture.ends)
        rows_top += _ROW
    if picture.left_out:
        body.append(_text(8, rows_top + 13, picture.left_out, size=11))
        rows_top += _ROW
    legend, height = _legend(picture, rows_top + 20)
    body += legend
    grid = [f'<path class="pale" d="M{x} 30V{rows_top}" stroke="{_PALE}" stroke-width="0.6"/>' for x in _ticks(scale)]
    space = ' xmlns="http://www.w3.org/2000/svg"' if alone else ""
    head = (
        f'<svg{space} class="timeline" viewBox="0 0 {_WIDE} {height}" role="img" '
        f'aria-labelledby="{name}-title {name}-words" font-family="{_FONTS}">'
        f'<title id="{name}-title">{_safe(picture.title)}</title><desc id="{name}-words">{_safe(picture.words)}</desc>'
    )
    return "\n".join([head, *grid, *body, "</svg>"])


def _safe(text: str) -> str:
    return escape(visible(text))


def _text(x: float, y: float, text: str, *, size: int = 12, anchor: str = "start", more: str = "") -> str:
    return (
        f'<text class="ink" x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" fill="{_INK}"{more}>'
        f"{_safe(text)}</text>"
    )


def _short(text: str, columns: int = _LABEL_COLUMNS) -> str:
    """A label that fits; what was cut off is said by the title of the row."""
    words = visible(text[: columns * 4])
    if width(words) <= columns and len(text) <= columns * 4:
        return words
    while words and width(words) > columns - 1:
        words = words[:-1]
    return words.rstrip() + "…"


def _lines(text: str, columns: int) -> list[str]:
    """A label in as many lines as a lane is high; what does not fit is cut off."""
    *lines, last = wrap(visible(text[: columns * _LINES * 4]), columns)[: _LINES + 1]
    if len(lines) == _LINES:
        lines, last = lines[:-1], f"{lines[-1]} {last}"
    return [*lines, _short(last, columns)]


def _ticks(scale: Scale) -> list[float]:
    return [x for _at, x in _labelled(scale)]


def _labelled(scale: Scale) -> list[tuple[int, float]]:
    """The moments that are labelled: as many as have room."""
    found: list[tuple[int, float]] = []
    for at, x in scale._x.items():  # noqa: SLF001 - the scale is of this module
        if not found or x - found[-1][1] >= _TICK_GAP:
            found.append((at, round(x, 1)))
    return found


def _axis(picture: Picture, scale: Scale) -> Iterator[str]:
    before = ""
    for at, x in _labelled(scale):
        time, date = picture.times[at]
        anchor = "middle" if x < _RIGHT - 24 else "end"
        if date != before:
            yield _text(x, 12, date, size=10, anchor=anchor)
            before = date
        yield _text(x, 25, time, size=11, anchor=anchor)


def _lane(lane: Lane, scale: Scale, top: int, *, titled: bool) -> Iterator[str]:
    labels = [_text(8, top + 16 + 15 * n, line, more=_BOLD) for n, line in enumerate(_lines(lane.title, 32))]
    yield f"<g><title>{_safe(lane.title)}</title>{''.join(labels)}</g>"
    for place, one in enumerate(lane.stretches):
        begins, ends = scale.x(one.begins), scale.x(one.ends)
        wide = round(ends - begins, 1)
        fill, opacity = (_PALE, "0.9") if place % 2 else (_PALE, "0.5")
        yield (
            f'<g><title>{_safe(one.title)}</title><rect class="phase" x="{begins}" y="{top + 2}" width="{wide}" '
            f'height="14" fill="{fill}" fill-opacity="{opacity}"/>'
        )
        label = _short(one.title, int(wide / 6.2))
        if width(label) >= _SAYS_SOMETHING or label == one.title:
            yield _text(begins + 3, top + 13, label, size=10)
        yield "</g>"
    seen: set[tuple[str, int]] = set()
    for mark in sorted(lane.marks, key=lambda one: one.sort == "level"):  # a level is not hidden by its step
        x = scale.x(mark.at)
        key = (mark.sort, round(x))
        if key in seen and not titled:
            continue  # one on top of the other would not be told apart
        seen.add(key)
        y = top + _HEIGHTS[mark.sort]
        words = f"<title>{_safe(mark.words)}</title>" if titled else ""
        yield f"<g>{words}{_shape(mark, x, y)}</g>"


def _shape(mark: Mark, x: float, y: float) -> str:
    match mark.sort:
        case "step":
            return f'<circle class="fill" cx="{x}" cy="{y}" r="3.4" fill="{_FILL}"/>'
        case "level":
            box = (
                f'<rect class="paper" x="{x - 5}" y="{y - 6}" width="10" height="12" fill="{_PAPER}" stroke="{_INK}"/>'
            )
            return box + _text(x, y + 4, mark.label, size=10, anchor="middle")
        case "refused":
            cross = f"M{x - 4} {y - 4}l8 8m0 -8l-8 8"
            return f'<path class="alarm" d="{cross}" stroke="{_ALARM}" stroke-width="2.2" fill="none"/>'
        case "escalated":
            up = f"M{x} {y - 5}l5 9h-10z"
            return f'<path class="ink-line" d="{up}" fill="none" stroke="{_INK}" stroke-width="1.3"/>'
        case _overdue:
            bang = f"M{x} {y - 6}l6 6l-6 6l-6 -6z"
            return f'<path class="alarm-fill" d="{bang}" fill="{_ALARM}"/>'


def _bar(bar: Bar, scale: Scale, top: int, ends: int) -> Iterator[str]:
    end = bar.ends if bar.ends is not None else ends
    begins, done = scale.x(bar.begins), scale.x(end)
    late_from = scale.x(bar.due) if bar.late and bar.due is not None and bar.due <= ends else done
    label = f"{bar.title} – {bar.late}" if bar.late else bar.title
    yield f"<g><title>{_safe(label)}</title>"
    yield _text(8, top + 13, _short(bar.title), size=11)
    wide = round(max(late_from - begins, 1.5), 1)
    yield f'<rect class="fill" x="{begins}" y="{top + 5}" width="{wide}" height="8" fill="{_FILL}"/>'
    if bar.late:
        wide = round(max(done - late_from, 3), 1)
        yield (
            f'<rect class="alarm-line" x="{late_from}" y="{top + 4}" width="{wide}" height="10" fill="{_PAPER}" '
            f'fill-opacity="0" stroke="{_ALARM}" stroke-width="1.6" stroke-dasharray="4 2"/>'
        )
        size = width(bar.late) * 6.8
        x, anchor = (done + 5, "start") if done + size + 6 < _WIDE else (begins - 5, "end")
        if anchor == "end" and done - late_from > size + 2 * _GAP:  # there is room within what is late
            yield _text(round(late_from + _GAP, 1), top + 13, bar.late, size=10, more=_BOLD + _HALO)
        elif anchor == "start" or begins - size > _LEFT:
            yield _text(round(x, 1), top + 13, bar.late, size=10, anchor=anchor, more=_BOLD)
        else:
            yield _text(_WIDE - 6, top + 13, bar.late, size=10, anchor="end", more=_BOLD + _HALO)
    elif bar.ends is None:
        yield f'<path class="ink-line" d="M{done - 6} {top + 5}l6 4l-6 4" fill="none" stroke="{_INK}"/>'
    if bar.due is not None and bar.due <= ends:
        x = scale.x(bar.due)
        yield f'<path class="ink-line" d="M{x} {top + 2}v14" stroke="{_INK}" stroke-width="1.6" fill="none"/>'
    yield "</g>"


def _legend(picture: Picture, y: int) -> tuple[list[str], int]:
    """What the shapes mean, and how high the picture is with that."""
    found: list[str] = []
    x = 8.0
    for sort, title in picture.kinds.items():
        if sort == "due":
            shape = f'<path class="ink-line" d="M{x + 6} {y - 10}v14" stroke="{_INK}" stroke-width="1.6" fill="none"/>'
        elif sort == "late":
            shape = (
                f'<rect class="alarm-line" x="{x}" y="{y - 9}" width="14" height="10" fill="{_PAPER}" '
                f'fill-opacity="0" stroke="{_ALARM}" stroke-width="1.6" stroke-dasharray="4 2"/>'
            )
        else:
            shape = _shape(Mark(0, sort, "", "1"), x + 6, y - 4)
        found += [shape, _text(x + 18, y, title, size=11)]
        x += 44 + width(visible(title)) * 6.5
    return found, y + 12
