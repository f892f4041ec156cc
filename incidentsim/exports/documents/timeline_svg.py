"""The picture of the timeline as SVG: shapes tell the sorts apart, colours only help.

Colours stand in attributes, so that the picture is right wherever it is shown; a page may override them by class.
Time is compressed: each wait is drawn by the logarithm of its length, so that minutes and weeks fit on one axis.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element

from incidentsim.exports.documents.markup import Attribute, on_lines, tag, write
from incidentsim.exports.documents.model import Bar, Lane, Mark, Picture
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
_Attributes = Mapping[str, Attribute]
_BOLD: Final[_Attributes] = {"font_weight": "bold"}
_HALO: Final[_Attributes] = {"stroke": _PAPER, "stroke_width": 3, "paint_order": "stroke"}
"""Keeps a text legible on whatever it stands."""


class Scale:
    """The time axis of the picture: a horizontal place for every moment, with long gaps shortened (logarithmic)."""

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


def svg(picture: Picture, *, name: str) -> str:
    """The picture as a file of its own; `name` makes its ids its own."""
    return write(drawing(picture, name=name, xmlns="http://www.w3.org/2000/svg"))


def drawing(picture: Picture, *, name: str, xmlns: str | None = None) -> Element:
    """The picture as part of a page; `name` makes its ids its own."""
    scale = Scale(picture.times)
    body: list[Element | tuple[Element, ...]] = []
    top = 34
    body += _axis(picture, scale)
    lanes_top = top
    titled = sum(len(lane.marks) for lane in picture.lanes) <= _MOST_TITLES
    for lane in picture.lanes:
        body += _lane(lane, scale, lanes_top, titled=titled)
        lanes_top += _LANE
    rows_top = lanes_top + 6
    for bar in picture.bars:
        body.append(_bar(bar, scale, rows_top, picture.ends))
        rows_top += _ROW
    if picture.left_out:
        body.append(_text(8, rows_top + 13, picture.left_out, size=11))
        rows_top += _ROW
    legend, height = _legend(picture, rows_top + 20)
    body += legend
    grid = [tag("path", class_="pale", d=f"M{x} 30V{rows_top}", stroke=_PALE, stroke_width=0.6) for x in _ticks(scale)]
    return tag(
        "svg",
        tag("title", picture.title, id=f"{name}-title"),
        tag("desc", picture.words, id=f"{name}-words"),
        *on_lines([*grid, *body]),
        xmlns=xmlns,
        class_="timeline",
        viewBox=f"0 0 {_WIDE} {height}",
        role="img",
        aria_labelledby=f"{name}-title {name}-words",
        font_family=_FONTS,
    )


def _text(
    x: float, y: float, text: str, *, size: int = 12, anchor: str = "start", more: _Attributes | None = None
) -> Element:
    place: _Attributes = {"x": x, "y": y, "font_size": size, "text_anchor": anchor, "fill": _INK}
    return tag("text", text, class_="ink", **place, **(more or {}))


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


def _axis(picture: Picture, scale: Scale) -> Iterator[Element]:
    before = ""
    for at, x in _labelled(scale):
        time, date = picture.times[at]
        anchor = "middle" if x < _RIGHT - 24 else "end"
        if date != before:
            yield _text(x, 12, date, size=10, anchor=anchor)
            before = date
        yield _text(x, 25, time, size=11, anchor=anchor)


def _lane(lane: Lane, scale: Scale, top: int, *, titled: bool) -> Iterator[Element]:
    labels = [_text(8, top + 16 + 15 * n, line, more=_BOLD) for n, line in enumerate(_lines(lane.title, 32))]
    yield tag("g", tag("title", lane.title), *labels)
    for place, stretch in enumerate(lane.stretches):
        begins, ends = scale.x(stretch.begins), scale.x(stretch.ends)
        wide = round(ends - begins, 1)
        box = tag(
            "rect",
            class_="phase",
            x=begins,
            y=top + 2,
            width=wide,
            height=14,
            fill=_PALE,
            fill_opacity=0.9 if place % 2 else 0.5,
        )
        label = _short(stretch.title, int(wide / 6.2))
        fits = width(label) >= _SAYS_SOMETHING or label == stretch.title
        labels = [_text(begins + 3, top + 13, label, size=10)] if fits else []
        yield tag("g", tag("title", stretch.title), box, *on_lines(labels))
    seen: set[tuple[str, int]] = set()
    for mark in sorted(lane.marks, key=lambda mark: mark.sort == "level"):  # a level is not hidden by its step
        x = scale.x(mark.at)
        key = (mark.sort, round(x))
        if key in seen and not titled:
            continue  # one on top of the other would not be told apart
        seen.add(key)
        words = (tag("title", mark.words),) if titled else ()
        yield tag("g", *words, *_shape(mark, x, top + _HEIGHTS[mark.sort]))


def _shape(mark: Mark, x: float, y: float) -> tuple[Element, ...]:
    match mark.sort:
        case "step":
            return (tag("circle", class_="fill", cx=x, cy=y, r=3.4, fill=_FILL),)
        case "level":
            box = tag("rect", class_="paper", x=x - 5, y=y - 6, width=10, height=12, fill=_PAPER, stroke=_INK)
            return box, _text(x, y + 4, mark.label, size=10, anchor="middle")
        case "refused":
            cross = f"M{x - 4} {y - 4}l8 8m0 -8l-8 8"
            return (tag("path", class_="alarm", d=cross, stroke=_ALARM, stroke_width=2.2, fill="none"),)
        case "escalated":
            up = f"M{x} {y - 5}l5 9h-10z"
            return (tag("path", class_="ink-line", d=up, fill="none", stroke=_INK, stroke_width=1.3),)
        case _overdue:
            bang = f"M{x} {y - 6}l6 6l-6 6l-6 -6z"
            return (tag("path", class_="alarm-fill", d=bang, fill=_ALARM),)


def _bar(bar: Bar, scale: Scale, top: int, ends: int) -> Element:
    label = f"{bar.title} – {bar.late}" if bar.late else bar.title
    return tag("g", tag("title", label), *on_lines(_bar_parts(bar, scale, top, ends)))


def _bar_parts(bar: Bar, scale: Scale, top: int, ends: int) -> Iterator[Element]:
    end = bar.ends if bar.ends is not None else ends
    begins, done = scale.x(bar.begins), scale.x(end)
    late_from = scale.x(bar.due) if bar.late and bar.due is not None and bar.due <= ends else done
    yield _text(8, top + 13, _short(bar.title), size=11)
    wide = round(max(late_from - begins, 1.5), 1)
    yield tag("rect", class_="fill", x=begins, y=top + 5, width=wide, height=8, fill=_FILL)
    if bar.late:
        yield _frame(late_from, top + 4, round(max(done - late_from, 3), 1))
        size = width(bar.late) * 6.8
        x, anchor = (done + 5, "start") if done + size + 6 < _WIDE else (begins - 5, "end")
        if anchor == "end" and done - late_from > size + 2 * _GAP:  # there is room within what is late
            yield _text(round(late_from + _GAP, 1), top + 13, bar.late, size=10, more={**_BOLD, **_HALO})
        elif anchor == "start" or begins - size > _LEFT:
            yield _text(round(x, 1), top + 13, bar.late, size=10, anchor=anchor, more=_BOLD)
        else:
            yield _text(_WIDE - 6, top + 13, bar.late, size=10, anchor="end", more={**_BOLD, **_HALO})
    elif bar.ends is None:
        yield tag("path", class_="ink-line", d=f"M{done - 6} {top + 5}l6 4l-6 4", fill="none", stroke=_INK)
    if bar.due is not None and bar.due <= ends:
        yield _due(scale.x(bar.due), top + 2)


def _frame(x: float, y: float, wide: float) -> Element:
    """What is late."""
    look: _Attributes = {"fill": _PAPER, "fill_opacity": 0, "stroke": _ALARM, "stroke_width": 1.6}
    return tag("rect", class_="alarm-line", x=x, y=y, width=wide, height=10, **look, stroke_dasharray="4 2")


def _due(x: float, y: float) -> Element:
    """Until when something is due."""
    return tag("path", class_="ink-line", d=f"M{x} {y}v14", stroke=_INK, stroke_width=1.6, fill="none")


def _legend(picture: Picture, y: int) -> tuple[list[tuple[Element, ...]], int]:
    """What the shapes mean, and how high the picture is with that."""
    elements: list[tuple[Element, ...]] = []
    x = 8.0
    for sort, title in picture.kinds.items():
        if sort == "due":
            shape: tuple[Element, ...] = (_due(x + 6, y - 10),)
        elif sort == "late":
            shape = (_frame(x, y - 9, 14),)
        else:
            shape = _shape(Mark(0, sort, "", "1"), x + 6, y - 4)
        elements += [shape, (_text(x + 18, y, title, size=11),)]
        x += 44 + width(visible(title)) * 6.5
    return elements, y + 12
