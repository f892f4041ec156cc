"""Texts that people read: always in English and Chinese.

What must never enter here: choosing a language by looking at the environment. The caller says which.
"""

from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["en", "zh"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages."""

    en: str
    zh: str

    def say(self, language: Language) -> str:
        """The text in `language`."""
        return self.zh if language == "zh" else self.en


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
