"""The beginning of any file, looked at from whatever side a telltale asks about; nothing is believed or kept of it.

Every part is found at most once, when it is first asked for, and none of it fails for any bytes.
"""

import codecs
import json
import re
from functools import cached_property
from pathlib import Path
from typing import Final

BEGINNING: Final = 1024 * 1024
"""So many bytes of a file are looked at; of a zip its end as well, where the list of its members is."""

_END: Final = 64 * 1024
_LOCAL, _CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
_MOST_MEMBERS: Final = 1_000
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_NUL_SHARE: Final = 3
_LOOKED_AT: Final = 400
_NOT_IN_TEXT: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_JSON_KEY: Final = re.compile(r'"((?:[^"\\]|\\.){1,80})"\s*:\s*(?:"((?:[^"\\]|\\.){0,200})")?')
_YAML_KEY: Final = re.compile(r"^['\"]?([A-Za-z_$][\w.$-]{0,79})['\"]?:(?:[ \t]+(.{0,200}?))?[ \t]*\r?$", re.MULTILINE)
_XML_ROOT: Final = re.compile(
    r"\s*+(?>(?:<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*+(?:\[.*?\])?[^>]*+>)\s*+)*+<([A-Za-z_][\w.:-]*+)([^>]*+)",
    re.DOTALL | re.IGNORECASE,
)
_SEPARATORS: Final = ",;\t|"
_LONGEST_HEADING: Final = 60
"""A first line with more characters between two separators is a sentence, and no row of headings."""


def beginning(path: Path) -> bytes:
    """Return what is looked at of a file; empty where it is no file that could be looked at without waiting."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            data = file.read(BEGINNING)
            if data.startswith(_LOCAL) and len(data) == BEGINNING:
                file.seek(-_END, 2)
                data += file.read(_END)
            return data
    except (OSError, ValueError):
        return b""


class Content:
    """The bytes of a file, or its beginning.

    Attributes:
        data: the bytes.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data[:BEGINNING] + data[-_END:] if len(data) > BEGINNING + _END else data

    @cached_property
    def members(self) -> tuple[tuple[str, str], ...]:
        """The members of a zip file, each with the comment on it; empty of any other file."""
        if not self.data.startswith(_LOCAL):
            return ()
        members: dict[str, str] = {}
        for mark, offset, name_at, comment_at in ((_LOCAL, 30, 26, None), (_CENTRAL, 46, 28, 32)):
            at = self.data.find(mark)
            while at >= 0 and len(members) < _MOST_MEMBERS:
                start = at + offset
                name = self.data[start : start + self._length(at + name_at)]
                if comment_at is None:
                    members.setdefault(name.decode("utf-8", "replace"), "")
                else:
                    behind = start + len(name) + self._length(at + name_at + 2)
                    comment = self.data[behind : behind + self._length(at + comment_at)]
                    members[name.decode("utf-8", "replace")] = comment.decode("utf-8", "replace")
                at = self.data.find(mark, at + 1)
        return tuple(members.items())

    def _length(self, at: int) -> int:
        return int.from_bytes(self.data[at : at + 2], "little")

    @cached_property
    def encoding(self) -> str:
        """The name of the encoding, as far as the bytes tell; empty where it is no text."""
        for mark, name in _MARKS:
            if self.data.startswith(mark):
                return name
        head = self.data[:_LOOKED_AT]
        if b"\x00" in head:
            for name, zeros, others in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
                if zeros.count(0) * _NUL_SHARE >= len(zeros) * (_NUL_SHARE - 1) and not others.count(0):
                    return name
            return ""
        for name in ("utf-8", "gb18030", "latin-1"):
            try:
                text = codecs.getincrementaldecoder(name)().decode(self.data)
            except UnicodeDecodeError:
                continue
            return "" if _NOT_IN_TEXT.search(text[: _LOOKED_AT * 10]) else name
        return ""

    @cached_property
    def text(self) -> str:
        """The file as text, without a byte order mark; empty where it is none."""
        if not self.encoding:
            return ""
        return codecs.getincrementaldecoder(self.encoding)("replace").decode(self.data).removeprefix("\ufeff")

    @cached_property
    def is_json(self) -> bool:
        """True if it begins as JSON does: with an object or a list of objects."""
        return re.match(r'\s*(?:\[\s*)?\{\s*(?:"|\})', self.text) is not None

    @cached_property
    def is_list(self) -> bool:
        """True if it begins with a list."""
        return self.text.lstrip().startswith("[")

    @cached_property
    def strings(self) -> dict[str, str]:
        """The keys of the object in a JSON or YAML file (of the first one, in a list), with the texts they lead to.

        A key that leads to something else has an empty text. Where the file is long or broken, keys within are among
        them as well.
        """
        if self.is_json:
            value = self._first_object()
            if value is not None:
                return {str(key): part if isinstance(part, str) else "" for key, part in value.items()}
            return {match[1]: match[2] or "" for match in reversed([*_JSON_KEY.finditer(self.text)])}
        return {match[1]: (match[2] or "").strip("'\"") for match in reversed([*_YAML_KEY.finditer(self.text)])}

    def _first_object(self) -> dict[str, object] | None:
        try:
            value, _end = json.JSONDecoder(strict=False).raw_decode(self.text.lstrip())
        except (ValueError, RecursionError):
            return None
        if isinstance(value, list):
            value = value[0] if value else None
        return value if isinstance(value, dict) else None

    @cached_property
    def keys(self) -> frozenset[str]:
        """Only the keys of `strings`."""
        return frozenset(self.strings)

    @cached_property
    def root(self) -> tuple[str, str]:
        """The name of an XML or HTML file's first element in lower case, without its prefix, and its attributes."""
        if not self.text.lstrip().startswith("<"):
            return "", ""
        match = _XML_ROOT.match(self.text)
        return (match[1].rpartition(":")[2].lower(), match[2]) if match is not None else ("", "")

    @cached_property
    def header(self) -> tuple[str, ...]:
        """The cells of the first row of a table with separators, as they are compared; empty where it is no table."""
        lines = [line for line in self.text.splitlines()[:20] if line.strip()]
        if len(lines) < 2 or self.is_json or self.root[0]:  # noqa: PLR2004 - a heading and a row
            return ()
        separator = max(_SEPARATORS, key=lines[0].count)
        cells = lines[0].split(separator)
        if len(cells) < 2 + (separator == ",") or lines[1].count(separator) < len(cells) - 1:
            return ()
        if max(map(len, cells)) > _LONGEST_HEADING:
            return ()
        return tuple(" ".join(cell.strip(" \t'\"").casefold().split()) for cell in cells)
