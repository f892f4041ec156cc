"""Pages and pictures as trees, written in one place: whatever is text is made harmless and escaped there.

What is written is HTML and well-formed XML alike, which no library writes: `xml.etree` closes what HTML must not see
closed, or the other way round. Hence a writer of ours for its trees.
"""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final
from xml.etree.ElementTree import Element

from incidentsim.exports.wording.plain_text import visible

Node = Element | str
Attribute = str | int | float | None

NEW_LINE: Final = Element("new-line")
"""Between two nodes: the next one begins on a line of its own, in the file; nobody sees it on the page."""

_EMPTY: Final = frozenset(("meta", "br", "col", "path", "circle", "rect"))
"""The elements that hold nothing and end where they begin."""


def tag(name: str, /, *content: Node, **attributes: Attribute) -> Element:
    """An element with these nodes in it, of which the strings are foreign text, each on one line.

    Attributes are named as in HTML, with `_` for `-` and at the end of Python's own words; those of `None` are left
    out.
    """
    made = Element(name)
    for key, value in attributes.items():
        if value is not None:
            made.set(key.rstrip("_").replace("_", "-"), visible(str(value)))
    for node in content:
        if node is NEW_LINE:
            _add_text(made, "\n")
        elif isinstance(node, str):
            _add_text(made, visible(node))
        else:
            made.append(node)
    return made


def style_sheet(css: str) -> Element:
    """A style sheet of our own, which HTML does not unescape.

    Raises:
        ValueError: it holds what XML would take for markup.
    """
    if "<" in css or "&" in css:
        raise ValueError(css)
    made = Element("style")
    made.text = f"\n{css}"
    return made


def on_lines(lines: Iterable[Element | tuple[Element, ...]]) -> Iterator[Element]:
    """Each of these elements, or groups of them, on a line of its own in the file."""
    yield NEW_LINE
    for line in lines:
        yield from (line if isinstance(line, tuple) else (line,))
        yield NEW_LINE


def write(element: Element) -> str:
    """The element as HTML that is also XML."""
    out: list[str] = []
    _write(element, out)
    return "".join(out)


def _add_text(to: Element, text: str) -> None:
    if len(to):
        to[-1].tail = (to[-1].tail or "") + text
    else:
        to.text = (to.text or "") + text


def _write(element: Element, out: list[str]) -> None:
    attributes = "".join(f' {key}="{_quoted(value)}"' for key, value in element.items())
    if element.tag in _EMPTY:
        out.append(f"<{element.tag}{attributes}/>")
        return
    out.append(f"<{element.tag}{attributes}>")
    if element.text:
        out.append(element.text if element.tag == "style" else escape(element.text))
    for child in element:
        _write(child, out)
        if child.tail:
            out.append(escape(child.tail))
    out.append(f"</{element.tag}>")


def _quoted(value: str) -> str:
    """An attribute's value between double quotes: single ones stay readable, as in a policy or a style."""
    return escape(value, quote=False).replace('"', "&quot;")
