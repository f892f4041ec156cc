"""Texts that people read. The program's own are in English and Chinese; a document's are in whichever it is written in.

What must never enter here: choosing a language by looking at the environment. The caller says which.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["en", "zh"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")
"""The languages that the program itself speaks."""

LANGUAGE_TAG: Final = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"
"""A language tag as documents write it: language, script and region of RFC 5646 (`de`, `zh-Hant`, `pt-BR`)."""

_SEVERAL: Final = 2
_LONGEST: Final = 3
_SCRIPT: Final = 4


def is_language_tag(word: str) -> bool:
    """Tell by its form whether `word` is a language tag (`LANGUAGE_TAG`)."""
    language, *more = word.split("-")
    script = bool(more) and len(more[0]) == _SCRIPT and more[0].isalpha() and more[0].istitle()
    region = more[1:] if script else more
    if not word.isascii() or len(region) > 1:
        return False
    of_region = not region or _is_region(region[0])
    return _SEVERAL <= len(language) <= _LONGEST and language.isalpha() and language.islower() and of_region


def _is_region(part: str) -> bool:
    return (len(part) == _SEVERAL and part.isalpha() and part.isupper()) or (len(part) == _LONGEST and part.isdigit())


@dataclass(frozen=True, slots=True)
class Text:
    """One text, as it is shown to people who read English and to people who read Chinese.

    Attributes:
        en: the words shown to readers of English.
        zh: the words shown to readers of Chinese.
        written: the words by language tag, in the tags' order, where a document does not hold exactly these two;
            what one of the two shows is then one of these (`in_languages`). Empty where it holds both and no other.
    """

    en: str
    zh: str
    written: tuple[tuple[str, str], ...] = ()

    @staticmethod
    def in_languages(words: Mapping[str, str]) -> "Text":
        """The text that a document gives in these languages.

        A reader whose language is missing reads that of the same language with another script or region, else the
        program's other language, else the first by tag.

        Args:
            words: the words by language tag (RFC 5646), one at least.

        Raises:
            ValueError: there are no words.
        """
        if not words:
            raise ValueError("a text has words in one language at least")
        english, chinese = _best(words, "en"), _best(words, "zh")
        first = words[min(words)]
        shown_en = english if english is not None else chinese if chinese is not None else first
        shown_zh = chinese if chinese is not None else english if english is not None else first
        return Text(shown_en, shown_zh, () if words.keys() == set(LANGUAGES) else tuple(sorted(words.items())))

    def say(self, language: Language) -> str:
        """The text in `language`, or in what stands for it where the document has no such text."""
        return self.zh if language == "zh" else self.en

    def lacks(self, language: Language) -> bool:
        """Tell whether the document has no text in `language`, so that `say` gives one in another."""
        return bool(self.written) and _best(dict(self.written), language) is None

    def by_language(self) -> dict[str, str]:
        """The words by language tag, as they are written."""
        return dict(self.written) if self.written else {"en": self.en, "zh": self.zh}


def _best(words: Mapping[str, str], language: Language) -> str | None:
    """The words in this language, whatever their script and region."""
    if language in words:
        return words[language]
    return next((words[tag] for tag in sorted(words) if tag.split("-")[0] == language), None)


def text_by_language(value: object) -> Text | None:
    """The text in several languages that this mapping writes (`Text.by_language`); `None` where it is none.

    One language is no reason for a mapping: such a text is plain words on record.
    """
    if not isinstance(value, dict) or len(value) < _SEVERAL:
        return None
    words = {tag: said for tag, said in value.items() if isinstance(said, str) and isinstance(tag, str)}
    if len(words) < len(value) or not all(map(is_language_tag, words)):
        return None
    return Text.in_languages(words)


ERASED: Final = Text("(erased)", "（已删除）")
"""In the place of a text or a name that was erased."""

NOT_HERE: Final = Text("(not in this copy)", "（此副本中未包含）")
"""In the place of a text or a name that is missing, and of which nothing says that it was erased."""


@dataclass(frozen=True, slots=True)
class FreeText:
    """Words that a person wrote into an action: never shown as markup, never in the published log in clear.

    `value` is what was typed, or a `Text` where a script was written in both languages.
    """

    value: str | Text

    def say(self, language: Language) -> str:
        """The words, in `language` where there is a choice."""
        return self.value if isinstance(self.value, str) else self.value.say(language)
