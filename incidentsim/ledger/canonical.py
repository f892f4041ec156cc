"""Canonical bytes: one value, one text, by RFC 8785 (JSON Canonicalization Scheme).

The record holds only ASCII keys, strings, booleans, null, lists, objects and integers that every JSON reader keeps
exactly. Over these values `orjson` with sorted keys writes what RFC 8785 asks for: ASCII keys sort alike by bytes
and by UTF-16 units, and the number form of section 3.2.2.3 differs from plain digits for fractions only. Whatever
lies outside is refused, because `orjson` would write it, but in another way than the standard.
"""

from typing import Any, Final

import orjson

from incidentsim.domain.facts import Json
from incidentsim.messages import gettext as _

MAX_INT: Final = 2**53 - 1
"""The largest integer that a reader which keeps numbers as doubles keeps exactly (RFC 8785 section 3.2.2.3)."""

MAX_DEPTH: Final = 64
"""How deep lists and objects may lie in each other: far beyond any fact, far below any reader's limit."""

_MIN_INT: Final = -MAX_INT
_SHOWN: Final = 200


class UncanonicalError(ValueError):
    """A value that a record cannot hold, or bytes that are not the canonical form of any.

    Attributes:
        path: where in the value, such as `$.with.nature`.
    """

    def __init__(self, message: str, path: str = "$") -> None:
        super().__init__(message)
        self.path = path


def canonical(value: Json) -> bytes:
    """The one canonical text of `value`, in UTF-8.

    Raises:
        UncanonicalError: `value` holds something that a record cannot hold; the message says what and where.
    """
    if not _recordable(value, MAX_DEPTH):
        raise _complaint(value, "$", MAX_DEPTH)
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # a lone surrogate: the one thing that only the encoder sees
        raise _complaint(value, "$", MAX_DEPTH) from None


def read_canonical(data: bytes) -> Json:
    """The value whose canonical text is `data`.

    Raises:
        UncanonicalError: `data` is not JSON, or not in canonical form.
    """
    try:
        value: Json = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise UncanonicalError(_("This is not JSON: {reason}.").format(reason=error)) from None
    if canonical(value) != data:  # also sees a key given twice: only its last value is written back
        raise UncanonicalError(
            _("This is JSON, but not in canonical form (RFC 8785): other spacing, escapes or order of keys.")
        )
    return value


def _recordable(value: Any, depth: int) -> bool:  # noqa: ANN401 - it is here that the type is looked at
    """Whether `value` lies in the domain, lone surrogates aside. Exact types: a subclass may print differently."""
    kind = type(value)
    if kind is dict:
        for key in value:
            if type(key) is not str or not key.isascii():
                return False
        inner = value.values()
    elif kind is list:
        inner = value
    else:
        return kind is str or kind is bool or value is None or (kind is int and _MIN_INT <= value <= MAX_INT)
    for item in inner:
        kind = type(item)
        if kind is str or kind is bool or item is None:
            continue
        if kind is int:
            if _MIN_INT <= item <= MAX_INT:
                continue
            return False
        if not depth or not _recordable(item, depth - 1):
            return False
    return True


def _complaint(value: object, path: str, depth: int) -> UncanonicalError:
    """What is wrong with a value that was refused, at the first place where it is wrong."""
    return _find(value, path, depth) or UncanonicalError(_("This value cannot be recorded."), path)


def _find(value: object, path: str, depth: int) -> UncanonicalError | None:
    if isinstance(value, dict | list) and depth < 0:
        message = _("At {path} the value lies deeper than {limit} levels, which a record does not hold.")
        return UncanonicalError(message.format(path=_short(path), limit=MAX_DEPTH), path)
    if type(value) is dict:
        for key, item in value.items():
            if type(key) is not str or not key.isascii():
                message = _("At {path} the key {key!r} is not an ASCII string; a record holds no other keys.")
                return UncanonicalError(message.format(path=_short(path), key=key), path)
            fault = _find(item, f"{path}.{key}", depth - 1)
            if fault:
                return fault
        return None
    if type(value) is list:
        for index, item in enumerate(value):
            fault = _find(item, f"{path}[{index}]", depth - 1)
            if fault:
                return fault
        return None
    message = _complaint_about_leaf(value)
    return UncanonicalError(message.format(path=_short(path), kind=type(value).__name__), path) if message else None


def _complaint_about_leaf(value: object) -> str:
    """A message with `{path}` and `{kind}` still open; empty where nothing is wrong."""
    if type(value) is str:
        try:
            value.encode()
        except UnicodeEncodeError:
            return _("At {path} the text holds half a character (a lone surrogate) and has no UTF-8 form.")
        return ""
    if type(value) is int:
        if _MIN_INT <= value <= MAX_INT:
            return ""
        return _("At {path} the number lies outside ±(2^53−1), where readers of JSON disagree about it.")
    if value is None or type(value) is bool:
        return ""
    return _(
        "At {path} there is a value of type {kind}; a record holds only text, whole numbers, true, false, "
        "null, lists and objects."
    )


def _short(path: str) -> str:
    return path if len(path) <= _SHOWN else f"{path[:_SHOWN]}…"
