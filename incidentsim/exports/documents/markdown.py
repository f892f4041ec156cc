r"""Markdown in which foreign text shows as it was typed.

Scenarios are data: a body such as `# x`, `<script>` or a row of pipes must not become a heading, a tag or a table.
Every character that Markdown (CommonMark with GitHub's tables, links and mathematics) could take for markup is
escaped by a backslash, which CommonMark allows before any ASCII punctuation.
"""

import re
from collections.abc import Sequence

from incidentsim.exports.wording.plain_text import lines_of, visible

_ANYWHERE = re.compile(r"[\\`*\[\]<#|~$]|&(?=#|\w+;)|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_AT_START = re.compile(r"[-+=>]|\d+(?=[.)](?:\s|$))")
_LINKS = re.compile(r"(?<=https)(?=://)|(?<=http)(?=://)|(?<=ftp)(?=://)|(?<=\bwww)(?=\.)", re.IGNORECASE)
_EMOJI = re.compile(r":(?=[a-z+-][\w+-]*:)")


def inline(text: str) -> str:
    """One line of text, as it stands, for where no line begins with it; control characters are made visible."""
    line = _ANYWHERE.sub(lambda found: "\\" + found[0], visible(text).strip())
    return _EMOJI.sub(r"\\:", _LINKS.sub(r"\\", line))


def escaped(text: str) -> str:
    """One line of text for anywhere: nothing in it begins a list, a quote or an underline either."""
    line = inline(text)
    found = _AT_START.match(line)
    if found is None:
        return line
    # "1." would begin a list: there it is the point that has to be escaped
    place = found.end() if found[0].isdigit() else 0
    return line[:place] + "\\" + line[place:]


def quote(text: str) -> list[str]:
    """A text as a block quote, line by line as it was typed."""
    given = lines_of(text)
    out: list[str] = []
    for number, line in enumerate(given):
        words = escaped(line)
        goes_on = words and number + 1 < len(given) and given[number + 1].strip()
        out.append(f"> {words}\\" if goes_on else f"> {words}".rstrip())
    return out


def cell(text: str) -> str:
    """A text inside a cell of a table; its lines are kept apart by breaks."""
    return "<br>".join(inline(line) for line in lines_of(text))


def grid(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table; cells are foreign text."""
    lines = ["| " + " | ".join(map(cell, head)) + " |", "|" + " --- |" * len(head)]
    return lines + ["| " + " | ".join(map(cell, row)) + " |" for row in rows]


def bullets(items: Sequence[str]) -> list[str]:
    """A list of foreign text."""
    return [f"- {escaped(item)}" for item in items]


def picture(lines: Sequence[str]) -> list[str]:
    """Lines drawn in characters, shown as they are: an indented block, which no text inside can end."""
    return [("    " + line).rstrip() for line in lines]


def section(title: str, *parts: Sequence[str], level: int = 2) -> list[str]:
    """A heading and what stands under it, parts kept apart by empty lines."""
    out = ["#" * level + " " + inline(title), ""]
    for part in parts:
        if part:
            out += [*part, ""]
    return out


def document(*sections: Sequence[str]) -> str:
    """Sections one after the other; the file ends in one line break."""
    return "\n".join(line for lines in sections for line in lines).rstrip() + "\n"
