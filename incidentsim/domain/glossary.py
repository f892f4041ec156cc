"""The glossary: what each thing is called in both languages, what it means, and what it is not called here."""

from collections.abc import Mapping
from dataclasses import dataclass

from incidentsim.domain.text import LANGUAGES, Language, Text


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the field.

    Attributes:
        id: its name in files.
        name: the term, in both languages.
        definition: one or two sentences of ours.
        source: the documents that use the term; `ours` where the thing is this program's own.
        avoid: by language, what the thing is not called in texts of this program, in lower case.
    """

    id: str
    name: Text
    definition: Text
    source: str
    avoid: Mapping[Language, tuple[str, ...]]

    def mentions(self, words: str) -> bool:
        """Return whether a name, a definition or what is to be avoided holds `words`, whatever the case."""
        parts = (self.id, self.name.en, self.name.zh, self.definition.en, self.definition.zh)
        avoided = (word for language in LANGUAGES for word in self.avoid.get(language, ()))
        return any(words.casefold() in part.casefold() for part in (*parts, *avoided))
