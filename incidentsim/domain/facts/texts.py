"""What people say and decide as a fact holds it: free text or its commitment, the content of an action, who and why.

A fact holds only what a record can hold. So whatever comes from an action is first made recordable: half characters
and numbers that readers of JSON disagree about are written out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from incidentsim.domain.actions import Value
from incidentsim.domain.text import ERASED, NOT_HERE, FreeText, Language, Text, text_by_language

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]
"""What a fact may hold on record. Floats are missing on purpose."""

MAX_INT: Final = 2**53 - 1
"""The largest integer in a fact: the largest that every reader of JSON keeps exactly (RFC 7493)."""


@dataclass(frozen=True, slots=True)
class CommittedText:
    """Stands for a text that this copy does not have: what the log commits to (`sha256:…`, over salt and text).

    `erased` is true where the record itself says that the text was erased. It is shown like any other text, by words
    that say that it is not there, so that whoever reads texts needs not ask.
    """

    commitment: str
    erased: bool = False

    @property
    def value(self) -> Text:
        """The words in the text's place."""
        return ERASED if self.erased else NOT_HERE

    def say(self, language: Language) -> str:
        """The words in the text's place, in `language`."""
        return self.value.say(language)


RecordedText = FreeText | CommittedText
"""What somebody wrote, where the copy has it; else only the commitment to it."""

ContentValue = str | int | tuple[str, ...] | RecordedText
Content = Mapping[str, ContentValue]
"""The content of an action: names in alphabetical order, each with its value."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acted: a pseudonym, the role, and for a deputy the role that is their own."""

    person: str
    role: str
    deputy: str | None = None


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A person who takes part (by pseudonym), and the roles they hold at the beginning."""

    person: str
    roles: tuple[str, ...]


def recordable_content(content: Mapping[str, Value]) -> Content:
    """The content of an action as a fact can hold it, names in alphabetical order.

    A refused action may hold anything; what no record can hold stands in the fact in writing: other characters of
    a name escaped, a number too large in hexadecimal.
    """
    return {recordable_name(name): recordable(content[name]) for name in sorted(content)}


def recordable(value: Value) -> ContentValue:
    """One value of an action's content as a fact can hold it."""
    if isinstance(value, FreeText):
        return recordable_text(value)
    if isinstance(value, tuple):
        return tuple(_unicode(item) for item in value)
    if isinstance(value, str):
        return _unicode(value)
    return value if -MAX_INT <= value <= MAX_INT else hex(value)


def recordable_text(text: FreeText) -> FreeText:
    """A free text as a fact can hold it."""
    words = text.value
    if isinstance(words, Text):
        written = words.by_language()
        plain_words = {tag: _unicode(said) for tag, said in written.items()}
        return text if plain_words == written else FreeText(Text.in_languages(plain_words))
    plain = _unicode(words)
    return text if plain is words else FreeText(plain)


def recordable_name(name: str) -> str:
    """The name of a piece of content as it stands in a fact, where keys are ASCII."""
    return name.encode("ascii", "backslashreplace").decode("ascii")


def _unicode(words: str) -> str:
    """`words` with half characters (lone surrogates) escaped, which no UTF-8 can hold; itself where it has none."""
    if words.isascii():
        return words
    try:
        words.encode("utf-8")
    except UnicodeEncodeError:
        return words.encode("utf-8", "backslashreplace").decode("utf-8")
    return words


def text_to_json(text: RecordedText) -> Json:
    """A text as it stands on record before it is sealed: `{"text": …}`, or `{"commitment": …}` in its place."""
    if isinstance(text, CommittedText):
        return {"commitment": text.commitment}
    words = text.value
    return {"text": dict(words.by_language()) if isinstance(words, Text) else words}


def text_from_json(value: Json) -> RecordedText | None:
    """The text that `text_to_json` wrote; `None` where `value` is none."""
    if not isinstance(value, dict) or len(value) != 1:
        return None
    commitment, words = value.get("commitment"), value.get("text")
    if isinstance(commitment, str):
        return CommittedText(commitment)
    said = words if isinstance(words, str) else text_by_language(words)
    return None if said is None else _one_of_equal(FreeText(said))


_SHORT: Final = 1_000
"""Texts of so many characters are kept once, however often they are said; longer ones are hardly said twice."""


def _one_of_equal(text: FreeText) -> FreeText:
    words = text.value
    return _same_text(text) if len(words if isinstance(words, str) else words.en + words.zh) <= _SHORT else text


@lru_cache(maxsize=4096)
def _same_text(text: FreeText) -> FreeText:
    return text


def content_value_to_json(value: ContentValue) -> Json:
    """One value of an action's content as it stands on record."""
    if isinstance(value, FreeText | CommittedText):
        return text_to_json(value)
    return list(value) if isinstance(value, tuple) else value


def content_value_from_json(value: Json) -> ContentValue | None:
    """The value that `content_value_to_json` wrote; `None` where `value` is none."""
    if isinstance(value, list):
        items = tuple(item for item in value if isinstance(item, str))
        return items if len(items) == len(value) else None
    return value if isinstance(value, str | int) else text_from_json(value)
