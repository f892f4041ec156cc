"""A page to be read: blocks of rows, whose words whoever shows them breaks into lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Emphasis = Literal["", "strong", "dim", "heading", "accent", "bad"]
"""How a row, or its head, stands out; it never carries anything that the words do not say."""


@dataclass(frozen=True, slots=True)
class Row:
    """Words behind a head. Further lines begin below the first."""

    words: str
    style: Emphasis = ""
    head: str = ""
    head_style: Emphasis = "accent"
    indent: int = 0


Block = Sequence[Row]
"""Rows that belong together: a search shows all of them or none."""


def block(title: str, *rows: Row | None, note: str = "") -> Block:
    """A block under a title, behind which a note may stand in brackets; rows that are `None` are left out."""
    head = f"{title}  [{note}]" if note else title
    return [Row(head, "strong"), *(row for row in rows if row is not None)]


def said(head: str, words: str) -> Row | None:
    """A row with its head, where there is anything to say."""
    return Row(words, head=f"{head}: ", head_style="dim", indent=2) if words else None


def listed(words: str, style: Emphasis = "") -> Row:
    """A row of a list."""
    return Row(words, style, head="· ", head_style="dim", indent=2)


def having(blocks: Iterable[Block], words: str) -> list[Block]:
    """The blocks in which all of these words occur, in any order and case."""
    wanted = words.casefold().split()
    return [rows for rows in blocks if all(word in _text(rows) for word in wanted)]


def _text(rows: Block) -> str:
    return " ".join(f"{row.head}{row.words}" for row in rows).casefold()
