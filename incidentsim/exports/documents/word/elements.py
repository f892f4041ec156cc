"""The elements of a Word document (WordprocessingML, ECMA-376 part 1, section 17), made in one place.

Foreign text goes into `w:t` alone, made harmless: Word reads neither markup nor field codes there.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final, TypedDict, Unpack

from docx.oxml.ns import nsmap
from docx.oxml.xmlchemy import BaseOxmlElement

from incidentsim.domain.text import Language
from incidentsim.exports.wording.plain_text import lines_of, visible

Element = BaseOxmlElement
"""An element of the file."""
_NAMESPACES: Final = {
    **nsmap,
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
_SPACE: Final = f"{{{nsmap['xml']}}}space"


@cache
def qualified(name: str) -> str:
    """Return a name such as `w:p` as libraries want it: its namespace in braces before it."""
    prefix, _colon, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def add(to: Element, name: str, /, **attributes: str | int) -> Element:
    """Put an element at the end of another one; attributes of Word's own elements are in Word's namespace too.

    Attributes are our own words: foreign text belongs into `Pen.write`.
    """
    own = "w:" if name.startswith("w:") else ""
    named = {qualified(own + key) if own else key: str(value) for key, value in attributes.items()}
    made: Element = to.makeelement(qualified(name), named)
    to.append(made)
    return made


def paragraph(to: Element, style: str) -> Element:
    """Put a paragraph of this style at the end."""
    made = add(to, "w:p")
    add(add(made, "w:pPr"), "w:pStyle", val=style)
    return made


def field(to: Element, code: str, shown: str) -> None:
    """Put a field of ours at the end of a paragraph, such as the page's number; `shown` until Word counts anew."""
    run = add(add(to, "w:fldSimple", instr=f" {code} "), "w:r")
    add(run, "w:t").text = shown


class Look(TypedDict, total=False):
    """The look of a run: a style of the file, or single properties; `colour` as six hexadecimal digits."""

    style: str
    bold: bool
    struck: bool
    colour: str
    half_points: int


@dataclass(frozen=True, slots=True)
class Pen:
    """A writer of foreign text in one language."""

    language: Language

    def write(self, to: Element, text: str, **look: Unpack[Look]) -> None:
        """Write a text into a paragraph (or a link in it), each of its lines on a line of its own."""
        for place, line in enumerate(lines_of(text)):
            run = add(to, "w:r")
            self._look(run, **look)
            if place:
                add(run, "w:br")
            self._words(run, line)

    def link(self, to: Element, text: str, anchor: str, *, style: str = "Hyperlink", struck: bool = False) -> None:
        """Write a text that leads to a bookmark of the same document."""
        self.write(add(to, "w:hyperlink", anchor=anchor, history=1), text, style=style, struck=struck)

    def _look(self, run: Element, **asked: Unpack[Look]) -> None:
        """Set how a run looks: the parts in the order in which the format wants them."""
        chinese = self.language == "zh"
        if not chinese and not any(asked.values()):
            return
        look = add(run, "w:rPr")
        if style := asked.get("style"):
            add(look, "w:rStyle", val=style)
        if chinese:  # quotation marks and dashes, which both scripts have, are the Chinese ones
            add(look, "w:rFonts", hint="eastAsia")
        if asked.get("bold"):
            add(look, "w:b")
            add(look, "w:bCs")
        if asked.get("struck"):
            add(look, "w:strike")
        if colour := asked.get("colour"):
            add(look, "w:color", val=colour)
        if half_points := asked.get("half_points"):
            add(look, "w:sz", val=half_points)
            add(look, "w:szCs", val=half_points)

    @staticmethod
    def _words(run: Element, line: str) -> None:
        words = add(run, "w:t")
        words.text = visible(line)
        words.set(_SPACE, "preserve")
