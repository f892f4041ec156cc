"""Plain data as YAML text that every reader, of YAML 1.1 or 1.2, reads as it was meant."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from yaml.resolver import Resolver

from incidentsim.definitions.yaml12.core_schema import reads_as_text

_UNSAFE: Final = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]")
"""The characters that stand in a YAML text only as an escape."""

_INDICATORS: Final = frozenset("-?:,[]{}#&*!|>'\"%@`=<~")
_OTHER_WORDS: Final = frozenset({"y", "Y", "n", "N"})
"""Words that YAML 1.1 reads as yes and no, though PyYAML does not."""

_ESCAPES: Final = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"})
_ASTRAL: Final = 0x10000


def one_line(value: Any) -> str:  # noqa: ANN401 - plain data
    """`value` in flow style, on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {one_line(held)}" for key, held in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(one_line(held) for held in value) + "]"
    return scalar(value)


def scalar(value: Any) -> str:  # noqa: ANN401 - plain data
    """A single value; a string stands in quotes where it could be misread without, in flow style too.

    Raises:
        TypeError: it is no single value.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str):
        raise TypeError(value)
    return _string(value)


@lru_cache(maxsize=4096)
def _string(text: str) -> str:
    """A string; keys come again and again, and a long text is looked at more than once before it is written."""
    return text if _plain(text) else quoted(text)


def quoted(text: str) -> str:
    """`text` in double quotes, on one line."""
    return '"' + _UNSAFE.sub(_escape, text.translate(_ESCAPES)) + '"'


def _escape(found: re.Match[str]) -> str:
    number = ord(found.group())
    return f"\\u{number:04x}" if number < _ASTRAL else f"\\U{number:08x}"


def _plain(text: str) -> bool:
    return (
        text != ""
        and text == text.strip()
        and text[0] not in _INDICATORS
        and not any(mark in text for mark in (": ", " #", ",", "?", "[", "]", "{", "}"))
        and not text.endswith(":")
        and not _UNSAFE.search(text)
        and text not in _OTHER_WORDS
        and reads_as_text(text)
        and not _misread(text)
    )


def _misread(text: str) -> bool:
    """Whether a reader of YAML 1.1 takes it for a number, a date or yes and no."""
    resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = Resolver.yaml_implicit_resolvers
    return any(pattern.match(text) for _tag, pattern in resolvers.get(text[0], []))
