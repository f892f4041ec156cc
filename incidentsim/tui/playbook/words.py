"""What the parts of a playbook are called, where there is no exercise: names, needs, patterns, and why a rule holds."""

from collections.abc import Iterable, Sequence
from typing import Final

from incidentsim.domain.basis import Basis
from incidentsim.domain.conditions import ALWAYS, Condition, Pattern
from incidentsim.domain.facts import FactKind
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Organisation, Scenario
from incidentsim.domain.text import Language, Text
from incidentsim.exercise.kernel.conditions import unmet
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.plain_text import pad, width
from incidentsim.exports.wording.refusals import needs_words
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
        self.names = Names(playbook, _without_people(playbook), language)

    def say(self, text: Text) -> str:
        """The text in this language."""
        return text.say(self.language)

    def needs(self, condition: Condition) -> str:
        """Return the conditions of a rule in words; empty where it has none."""
        return "" if condition == ALWAYS else needs_words(unmet(condition, lambda _one: False), self.names)

    def pattern(self, pattern: Pattern) -> str:
        """Return the words for the facts that a pattern matches."""
        if pattern.do is not None:
            done = self.names.step(pattern.do)
            return done if pattern.kind != FactKind.REFUSED else _("refused: {step}").format(step=done)
        if pattern.track is not None and pattern.state is not None:
            return f"{self.names.track(pattern.track)}: {self.names.state(pattern.track, pattern.state)}"
        if pattern.duty is not None:
            return _("overdue: {duty}").format(duty=self.names.duty(pattern.duty))
        if pattern.circumstance is not None:
            return self.names.circumstance(pattern.circumstance)
        return " ".join(str(part) for part in pattern.parts().values())

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
        clauses = self.names.listed(basis.clauses)
        if basis.kind == "regulation":
            return _("{instrument}, {article}").format(instrument=basis.instrument, article=basis.article)
        if basis.kind == "assumption":
            if clauses:
                return _("assumption of this playbook, on the occasion of clause {clauses}").format(clauses=clauses)
            return _("assumption of this playbook")
        return _("clause {clauses}").format(clauses=clauses)

    def mark(self, basis: Basis) -> str:
        """Return the basis of a rule as a short mark: article or clauses, and whether it is an assumption."""
        if basis.kind == "regulation":
            return self.basis_words(basis)
        assumed = (_("assumption"),) if basis.kind == "assumption" else ()
        return self.names.listed([*basis.clauses, *assumed])

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


def _without_people(playbook: Playbook) -> Scenario:
    """A scenario in which nobody is and nothing happens: what names are looked up in where there is no exercise."""
    nothing = Text("", "")
    return Scenario(
        id="", playbook=playbook.id, title=nothing, summary=nothing, languages=(), tags=(), seed=0,
        starts="2000-01-01T00:00+00:00", ends=0, organisation=Organisation(nothing),
        people={}, incidents={}, injects=(), script=(), expectations=(),
    )  # fmt: skip
