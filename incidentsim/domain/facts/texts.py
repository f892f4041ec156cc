"""How what people say and decide stands in a fact: free text, the content of an action, and why it was taken."""

from collections.abc import Mapping
from typing import Final

from incidentsim.domain.actions import Because, Value
from incidentsim.domain.text import FreeText, Text

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]
"""What a fact may hold. Floats are missing on purpose."""

MAX_INT: Final = 2**53 - 1
"""The largest integer in a fact: the largest that every reader of JSON keeps exactly (RFC 7493)."""


def content_to_json(content: Mapping[str, Value]) -> dict[str, Json]:
    """The content of an action as it stands in a fact, keys in alphabetical order.

    A refused action may hold anything; what no record can hold stands in the fact in writing: other characters of
    a key escaped, a number too large in hexadecimal.
    """
    return {name_to_json(name): value_to_json(content[name]) for name in sorted(content)}


def because_to_json(because: Because) -> dict[str, Json]:
    """Why somebody decided as they did, as it stands in a fact; what is empty is left out."""
    found: dict[str, Json] = {"reason": because.reason}
    if because.duty is not None:
        found["duty"] = because.duty
    if because.injects:
        found["injects"] = list(because.injects)
    if because.slips:
        found["slips"] = list(because.slips)
    return found


def value_to_json(value: Value) -> Json:
    """One value of an action's content as it stands in a fact."""
    if isinstance(value, FreeText):
        words = value.value
        if isinstance(words, Text):
            return {"text": {"en": _unicode(words.en), "zh": _unicode(words.zh)}}
        return {"text": _unicode(words)}
    if isinstance(value, tuple):
        return [_unicode(one) for one in value]
    if isinstance(value, str):
        return _unicode(value)
    return value if -MAX_INT <= value <= MAX_INT else hex(value)


def name_to_json(name: str) -> str:
    """The name of a piece of content as it stands in a fact, where keys are ASCII."""
    return name.encode("ascii", "backslashreplace").decode("ascii")


def _unicode(words: str) -> str:
    """`words` with half characters (lone surrogates) escaped, which no UTF-8 can hold."""
    return words.encode("utf-8", "backslashreplace").decode("utf-8")


def free_text_of(value: Json) -> FreeText | None:
    """The free text that `value` stands for in a fact; `None` where it is none, or only a commitment to one."""
    if not isinstance(value, dict) or set(value) != {"text"}:
        return None
    words = value["text"]
    if isinstance(words, dict):
        return FreeText(Text(str(words["en"]), str(words["zh"])))
    return FreeText(str(words))
