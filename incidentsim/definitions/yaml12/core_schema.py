"""Which plain word means what under YAML 1.2's core schema (YAML 1.2.2, 10.3.2), without its fractions."""

import re
from typing import Final

from incidentsim.messages import gettext as _

MAX_INTEGER: Final = 2**53 - 1
"""The largest integer that every JSON reader keeps exactly (RFC 7493)."""

_INTEGERS: Final = (
    (re.compile(r"[-+]?[0-9]+"), 10),
    (re.compile(r"0o[0-7]+"), 8),
    (re.compile(r"0x[0-9a-fA-F]+"), 16),
)
_FRACTION: Final = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)
_MAX_DIGITS: Final = 60  # more are beyond the largest integer; Python refuses to convert thousands of them
_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER_STARTS: Final = frozenset("+-.0123456789")


class NotHereError(ValueError):
    """The core schema knows what the word means, and it is nothing that definitions use; its text says why."""


def plain_value(word: str) -> str | int | bool | None:
    """Return the value of a plain scalar under the core schema (YAML 1.2.2, 10.3.2): null, a flag, an integer or text.

    Raises:
        NotHereError: it is a fraction, or an integer beyond `MAX_INTEGER` in either direction.
    """
    if word in _WORDS:
        return _WORDS[word]
    if word[0] not in _NUMBER_STARTS:
        return word
    for pattern, base in _INTEGERS:
        if pattern.fullmatch(word):
            return _integer(word, base)
    if _FRACTION.fullmatch(word):
        message = _("{text} is not a whole number; if it is meant as a text, put it in quotes.")
        raise NotHereError(message.format(text=word))
    return word


def _integer(word: str, base: int) -> int:
    number = int(word, base) if len(word) <= _MAX_DIGITS else MAX_INTEGER + 1
    if abs(number) > MAX_INTEGER:
        message = _("The number is too large; whole numbers go up to {most}, either sign.")
        raise NotHereError(message.format(most=MAX_INTEGER))
    return number


def reads_as_text(word: str) -> bool:
    """Return whether `word`, written without quotes, is read as text."""
    try:
        return isinstance(plain_value(word), str)
    except NotHereError:
        return False
