"""Texts with slots: compiled once per archetype, filled once per story and language."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from incidentsim.definitions.formats.common import TextShape
from incidentsim.definitions.formats.values import text
from incidentsim.domain.text import LANGUAGES, Language

_SLOT: Final = re.compile(
    r"\$(?:(?P<dollar>\$)"
    r"|\{(?P<braced>[a-z][a-z0-9]*(?:_[a-z0-9]+)*)(?:\.(?P<braced_form>[A-Za-z]+))?\}"
    r"|(?P<bare>[a-z][a-z0-9]*(?:_[a-z0-9]+)*)(?:\.(?P<bare_form>[A-Za-z]+))?)"
)
_SENTENCE: Final = re.compile(r"([.!?][”’\"')]?\s+|^|[.!?]\s[“‘\"'(]|^[“‘\"'(])$")
"""The text before the first word of a sentence."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A slot as a text names it; the form is empty where none is given, `opens` says that a sentence begins there."""

    name: str
    form: str
    opens: bool = False


Lookup = Callable[[Ref, Language], str]
"""The words for a slot in a language."""


class Template:
    """A text in both languages, taken apart at its slots."""

    __slots__ = ("_parts", "refs")

    def __init__(self, shape: TextShape) -> None:
        words = text(shape)
        self._parts: dict[Language, tuple[str | Ref, ...]] = {"en": parse(words.en), "zh": parse(words.zh)}
        self.refs: dict[Language, tuple[Ref, ...]] = {
            language: tuple(dict.fromkeys(part for part in self._parts[language] if isinstance(part, Ref)))
            for language in LANGUAGES
        }

    def fill(self, lookup: Lookup) -> TextShape:
        """The text with every slot filled."""
        return TextShape.model_construct(en=self.say("en", lookup), zh=self.say("zh", lookup))

    def say(self, language: Language, lookup: Lookup) -> str:
        """The text in one language."""
        return "".join(part if isinstance(part, str) else lookup(part, language) for part in self._parts[language])

    def names(self) -> Iterator[Ref]:
        """Every slot that the text names in some language."""
        for language in LANGUAGES:
            yield from self.refs[language]


def parse(text: str) -> tuple[str | Ref, ...]:
    """`text` in pieces: words as they stand, and slots."""
    parts: list[str | Ref] = []
    end = 0
    for slot in _SLOT.finditer(text):
        if slot.start() > end:
            parts.append(text[end : slot.start()])
        if slot["dollar"]:
            parts.append("$")
        else:
            form = slot["braced_form"] or slot["bare_form"] or ""
            opens = _SENTENCE.search(text[max(slot.start() - 4, 0) : slot.start()]) is not None
            parts.append(Ref(slot["braced"] or slot["bare"], form, opens))
        end = slot.end()
    if end < len(text):
        parts.append(text[end:])
    return tuple(parts)


def stray_dollars(text: str) -> list[int]:
    """Return the positions in `text` of dollar signs that begin no slot and are not doubled."""
    taken = {found.start() + offset for found in _SLOT.finditer(text) for offset in range(2)}
    return [index for index, character in enumerate(text) if character == "$" and index not in taken]
