"""How the tables of words are written down: identifier, English, Chinese."""

from collections.abc import Mapping
from dataclasses import dataclass

from incidentsim.domain.text import Text
from incidentsim.importing.phrasing import spaced


@dataclass(frozen=True, slots=True)
class Noun:
    """Something that can be counted: `one` with its article, `many`, the Chinese word and its measure word."""

    one: str
    many: str
    zh: str
    measure: str

    def named(self) -> Text:
        """The thing itself, not counted."""
        return Text(self.one, self.zh)

    def counted(self, number: int) -> Text:
        """So many of it; `number` is at least 1."""
        if number == 1:
            return Text(self.one, spaced(f"1 {self.measure}{self.zh}"))
        return Text(f"{number:,} {self.many}", spaced(f"{number:,} {self.measure}{self.zh}"))


def texts(entries: Mapping[str, tuple[str, str]]) -> dict[str, Text]:
    """A table from identifiers (in lower case, for the lookup) to texts."""
    return {identifier.casefold(): Text(en, zh) for identifier, (en, zh) in entries.items()}


def nouns(entries: Mapping[str, tuple[str, str, str, str]]) -> dict[str, Noun]:
    """A table from identifiers (in lower case) to nouns: one, many, Chinese, Chinese measure word."""
    return {identifier.casefold(): Noun(*parts) for identifier, parts in entries.items()}
