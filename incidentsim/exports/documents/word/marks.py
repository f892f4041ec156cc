"""The bookmarks of a Word document, to which its own links lead."""

from collections.abc import Iterator
from dataclasses import dataclass

from incidentsim.exports.documents.word.elements import Element, add


@dataclass(frozen=True, slots=True)
class Marks:
    """The bookmarks of one part: `name` begins each, `facts` have rows to lead to, `numbers` are those of the file."""

    name: str
    facts: frozenset[int]
    numbers: Iterator[int]

    def of_fact(self, sequence: int) -> str:
        """Return the bookmark at the row of a fact."""
        return f"{self.name}_f{sequence}"

    def of_chapter(self, number: int) -> str:
        """Return the bookmark at a chapter; Word calls those that tables of contents lead to so."""
        return f"_Toc_{self.name}_{number}"

    def put(self, to: Element, bookmark: str) -> None:
        """Put a bookmark at the end of a paragraph."""
        self.end(to, self.begin(to, bookmark))

    def begin(self, to: Element, bookmark: str) -> int:
        """Begin a bookmark here; what is returned is needed to end it."""
        number = next(self.numbers)
        add(to, "w:bookmarkStart", id=number, name=bookmark)
        return number

    @staticmethod
    def end(to: Element, number: int) -> None:
        """End a bookmark here."""
        add(to, "w:bookmarkEnd", id=number)
