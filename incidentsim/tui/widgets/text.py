"""Text from scenarios, playbooks and people, made fit to be shown: never markup, never anything that acts."""

from typing import Final

from rich.cells import cell_len
from rich.text import Text
from textual.content import Content
from textual.widgets import Static

from incidentsim.exports.wording.plain_text import visible, width, wrap

_UNSETTLED: Final = dict.fromkeys((0x200D, 0xFE0E, 0xFE0F))
"""What makes terminals disagree on how wide an emoji is; without it, each part of it has a width that all agree on."""

_LONGEST: Final = 8
"""Characters a column beyond which a line is not looked at: what is piled up on one letter is left out."""


def settled(text: str) -> str:
    """`text` in one line, nothing in it acts, and its width is the same on every terminal."""
    return text if text.isascii() and text.isprintable() else visible(text).translate(_UNSETTLED)


def plain(text: str, style: str = "") -> Content:
    """`text` in one line, as it stands: brackets are brackets, and control characters are seen instead of obeyed."""
    return Content.styled(settled(text), style) if style else Content(settled(text))


def paragraphs(text: str) -> Content:
    """`text` with its own line breaks, else as `plain`."""
    return Content("\n".join(settled(part) for part in text.splitlines()))


def lines(text: str, columns: int) -> list[str]:
    """`text` broken into lines of so many columns, its own line breaks kept."""
    return [line for part in text.splitlines() or [""] for line in wrap(settled(part), max(columns, 1))]


def cut(text: str, columns: int) -> str:
    """`text` in at most so many columns, with an ellipsis where something is left out. Wide characters stay whole."""
    columns = max(columns, 1)
    most = columns * _LONGEST
    shown = settled(text[:most])
    if len(text) <= most and max(cell_len(shown), width(shown)) <= columns:
        return shown
    kept = ""
    used = 0
    for character in shown:
        used += cell_len(character)
        if used >= columns:
            break
        kept += character
    while kept and max(cell_len(kept), width(kept)) >= columns:
        kept = kept[:-1]
    return kept + "…"


class Words(Static):
    """Text on a screen that is only ever text, whoever wrote it."""

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__(paragraphs(text), id=id, classes=classes, markup=False)
        self.said = text

    def say(self, text: str) -> None:
        """Say something else."""
        if text != self.said:
            self.said = text
            height = self.styles.height  # where it is fixed, nothing else moves, and a layout costs time
            self.update(paragraphs(text), layout=height is None or height.is_auto)


def show(widget: Static, content: Text, before: Text | None) -> None:
    """Show `content`, whose lines do not wrap, instead of what was shown `before`; laid out anew only if it must be."""
    if before is None or content != before:
        widget.update(content, layout=before is None or content.plain.count("\n") != before.plain.count("\n"))
