"""The picture of the timeline in a Word document: the shapes of its SVG as Word's own (DrawingML), to be edited too.

The source of every shape is `timeline_svg.drawing`, so both pictures are one: rectangles, circles, paths of straight
lines and texts, with the attributes that are read here and no others.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element as Svg

from incidentsim.domain.text import Language
from incidentsim.exports.documents.model import Picture
from incidentsim.exports.documents.timeline_svg import drawing
from incidentsim.exports.documents.word.elements import Element, Pen, add
from incidentsim.exports.wording.plain_text import visible, width

MOST: Final = 1500
"""A picture of more shapes is told in words: Word takes too long to draw it."""
_HIGHEST: Final = 230 * 36_000
"""The most height that a page has for it, in English Metric Units, of which a point has 12,700."""
_POINT: Final = 12_700
_TWIP: Final = 635
_SHAPES: Final = frozenset(("rect", "circle", "path", "text"))
_GROUP: Final = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
_PATH: Final = re.compile(r"[MmLlHhVvZz]|-?\d+(?:\.\d+)?")
_LETTER: Final = 0.62
"""The width of a column of text by the size of its font: room enough for the widest fonts."""
_LINE, _RISE = 1.3, 1.0
"""The height of a line of text, and that of its baseline over its top, by the size of its font."""
Point = tuple[float, float]
Frame = tuple[float, float, float, float]
"""Left, top, width and height, in the units of the SVG."""


def shapes_of(picture: Picture) -> list[Svg]:
    """Return what the picture consists of, in the order in which it is drawn."""
    return [shape for shape in drawing(picture, name="picture").iter() if shape.tag in _SHAPES]


def draw(to: Element, picture: Picture, language: Language, room: int, ids: Iterator[int]) -> None:
    """Draw the picture into a paragraph that is `room` wide (twentieths of a point)."""
    whole = drawing(picture, name="picture")
    wide, high = map(int, whole.get("viewBox", "0 0 1 1").split()[2:])
    scale = min(room * _TWIP / wide, _HIGHEST / high)
    either = add(add(to, "w:r"), "mc:AlternateContent")
    frame = add(add(either, "mc:Choice", Requires="wpg"), "w:drawing")
    add(add(either, "mc:Fallback"), "w:t").text = visible(picture.words)
    inline = add(frame, "wp:inline", distT=0, distB=0, distL=0, distR=0)
    size = {"cx": round(wide * scale), "cy": round(high * scale)}
    add(inline, "wp:extent", **size)
    add(inline, "wp:docPr", id=next(ids), name=visible(picture.title), descr=visible(picture.words))
    add(inline, "wp:cNvGraphicFramePr")
    group = add(add(add(inline, "a:graphic"), "a:graphicData", uri=_GROUP), "wpg:wgp")
    add(group, "wpg:cNvGrpSpPr")
    place = add(add(group, "wpg:grpSpPr"), "a:xfrm")
    for corner, extent in (("a:off", "a:ext"), ("a:chOff", "a:chExt")):
        add(place, corner, x=0, y=0)
        add(place, extent, **size)
    sketch = _Sketch(group, Pen(language), scale, ids)
    for shape in shapes_of(picture):
        sketch.put(shape)


@dataclass(frozen=True, slots=True)
class _Sketch:
    """The group of shapes that is drawn, `scale` times as large as the SVG (in English Metric Units)."""

    group: Element
    pen: Pen
    scale: float
    ids: Iterator[int]

    def put(self, shape: Svg) -> None:
        """Put a shape on top of those before it."""
        match shape.tag:
            case "rect":
                left, top, wide, high = (_number(shape, name) for name in ("x", "y", "width", "height"))
                self._preset(shape, "rect", (left, top, wide, high))
            case "circle":
                x, y, radius = (_number(shape, name) for name in ("cx", "cy", "r"))
                self._preset(shape, "ellipse", (x - radius, y - radius, 2 * radius, 2 * radius))
            case "path":
                self._lines(shape)
            case _text:
                self._text(shape)

    def _shape(self, frame: Frame, *, box: bool = False) -> tuple[Element, Element]:
        """A shape without a form yet, and where its properties go."""
        left, top, wide, high = frame
        made = add(self.group, "wps:wsp")
        number = next(self.ids)
        add(made, "wps:cNvPr", id=number, name=f"{number}")
        add(made, "wps:cNvSpPr", **({"txBox": 1} if box else {}))
        look = add(made, "wps:spPr")
        place = add(look, "a:xfrm")
        add(place, "a:off", x=self._long(left), y=self._long(top))
        add(place, "a:ext", cx=self._long(wide), cy=self._long(high))
        return made, look

    def _long(self, length: float) -> int:
        return round(length * self.scale)

    def _preset(self, shape: Svg, form: str, frame: Frame) -> None:
        made, look = self._shape(frame)
        add(add(look, "a:prstGeom", prst=form), "a:avLst")
        self._ink(look, shape)
        add(made, "wps:bodyPr")

    def _lines(self, shape: Svg) -> None:
        """A path of straight lines."""
        lines = list(strokes(shape.get("d", "")))
        points = [point for stroke, _closed in lines for point in stroke]
        left, top = min(x for x, _y in points), min(y for _x, y in points)
        wide, high = max(x for x, _y in points) - left, max(y for _x, y in points) - top
        made, look = self._shape((left, top, wide, high))
        form = add(look, "a:custGeom")
        for nothing in ("a:avLst", "a:gdLst", "a:ahLst", "a:cxnLst"):
            add(form, nothing)
        add(form, "a:rect", l="0", t="0", r="r", b="b")
        path = add(add(form, "a:pathLst"), "a:path", w=self._long(wide), h=self._long(high))
        for stroke, closed in lines:
            for number, (x, y) in enumerate(stroke):
                step = add(path, "a:lnTo" if number else "a:moveTo")
                add(step, "a:pt", x=self._long(x - left), y=self._long(y - top))
            if closed:
                add(path, "a:close")
        self._ink(look, shape)
        add(made, "wps:bodyPr")

    def _ink(self, look: Element, shape: Svg) -> None:
        """What a shape is filled and drawn with."""
        fill, opacity = shape.get("fill", "none"), float(shape.get("fill-opacity", "1"))
        if fill == "none" or not opacity:
            add(look, "a:noFill")
        else:
            colour = add(add(look, "a:solidFill"), "a:srgbClr", val=fill[1:])
            if opacity < 1:
                add(colour, "a:alpha", val=round(opacity * 100_000))
        stroke = shape.get("stroke", "none")
        line = add(look, "a:ln", w=self._long(float(shape.get("stroke-width", "1"))))
        if stroke == "none":
            add(line, "a:noFill")
            return
        add(add(line, "a:solidFill"), "a:srgbClr", val=stroke[1:])
        if shape.get("stroke-dasharray") is not None:
            add(line, "a:prstDash", val="dash")

    def _text(self, shape: Svg) -> None:
        """A line of text; its box reaches to the side to which it is set."""
        words, size = shape.text or "", _number(shape, "font-size")
        side = {"middle": "center", "end": "right"}.get(shape.get("text-anchor", "start"), "left")
        wide = (width(words) + 1) * size * _LETTER
        left = _number(shape, "x") - {"left": 0, "center": wide / 2, "right": wide}[side]
        made, look = self._shape((left, _number(shape, "y") - _RISE * size, wide, _LINE * size), box=True)
        add(add(look, "a:prstGeom", prst="rect"), "a:avLst")
        add(look, "a:noFill")
        line = add(add(add(made, "wps:txbx"), "w:txbxContent"), "w:p")
        layout = add(line, "w:pPr")
        height = self._long(_LINE * size) // _TWIP
        add(layout, "w:spacing", before=0, after=0, line=height, lineRule="exact")
        add(layout, "w:jc", val=side)
        half_points = max(round(self._long(size) * 2 / _POINT), 2)
        bold = shape.get("font-weight") == "bold"
        self.pen.write(line, words, bold=bold, colour=shape.get("fill", "")[1:], half_points=half_points)
        add(made, "wps:bodyPr", wrap="none", lIns=0, tIns=0, rIns=0, bIns=0, anchor="t")


def _number(shape: Svg, name: str) -> float:
    return float(shape.get(name, "0"))


def strokes(path: str) -> Iterator[tuple[list[Point], bool]]:
    """Return the lines of a path, each by its points and whether it is closed.

    Raises:
        ValueError: it has something else than straight lines.
    """
    if re.sub(r"[\s,]", "", _PATH.sub("", path)):
        raise ValueError(path)
    stroke: list[Point] = []
    x = y = 0.0
    words = iter(_PATH.findall(path))
    for command in words:
        if command in "Mm" and stroke:
            yield stroke, False
            stroke = []
        if command in "Zz":
            yield stroke, True
            stroke = []
            continue
        from_here = command.islower()
        if command in "MmLlHh":
            x = float(next(words)) + (x if from_here else 0)
        if command in "MmLlVv":
            y = float(next(words)) + (y if from_here else 0)
        stroke.append((x, y))
    if stroke:
        yield stroke, False
