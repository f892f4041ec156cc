"""What the parts of a playbook are called, where there is no exercise: names, needs, patterns, and why a rule holds."""

from collections.abc import Iterable, Sequence
from typing import Final

from incidentsim.domain.basis import Basis
from incidentsim.domain.conditions import Condition, Pattern
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.text import Language, Text
from incidentsim.exports.wording.conditions import condition_words, pattern_words
from incidentsim.exports.wording.plain_text import pad, width
from incidentsim.exports.wording.playbook_words import playbook_names
from incidentsim.exports.wording.procedure.basis import basis_mark, basis_words
from incidentsim.messages import gettext as _
from incidentsim.tui.widgets.text import cut

WIDEST: Final = 44
"""Columns of a title in a list; what is longer is cut."""

Parts = list[tuple[str, str]]
"""Titles with texts."""


class PlaybookWords:
    """A playbook in a language."""

    def __init__(self, playbook: Playbook, language: Language) -> None:
        self.playbook = playbook
        self.language: Language = language
        self.names = playbook_names(playbook, language)

    def say(self, text: Text) -> str:
        """The text in this language."""
        return text.say(self.language)

    def needs(self, condition: Condition) -> str:
        """Return the conditions of a rule in words; empty where it has none."""
        return condition_words(condition, self.names)

    def pattern(self, pattern: Pattern) -> str:
        """Return the words for the facts that a pattern matches."""
        return pattern_words(pattern, self.names)

    def basis(self, basis: Basis) -> Parts:
        """Return the basis of a rule and the wording of its clauses, as titles and texts."""
        said = [
            (_("Clause {name}").format(name=one), self.say(self.playbook.clauses[one].says))
            for one in basis.clauses
            if one in self.playbook.clauses
        ]
        return [(_("Basis"), self.basis_words(basis)), *said]

    def basis_words(self, basis: Basis) -> str:
        """Return the basis of a rule in words: a regulation's article, clauses, or an assumption of the playbook."""
        return basis_words(basis, self.names)

    def mark(self, basis: Basis) -> str:
        """Return the basis of a rule as a short mark: article or clauses, and whether it is an assumption."""
        return basis_mark(basis, self.names)

    def bullets(self, items: Iterable[str]) -> str:
        """Several things below one another, each once."""
        return "\n".join(f"· {one}" for one in dict.fromkeys(items))


def filled(parts: Parts) -> Parts:
    """Those that say something."""
    return [part for part in parts if part[1]]


def column(texts: Sequence[str]) -> list[str]:
    """The same texts, cut and filled up to one width."""
    short = [cut(text, WIDEST) for text in texts]
    columns = max(map(width, short), default=0)
    return [pad(text, columns) for text in short]
