"""What a procedure rests on: documents, their clauses in our words, and the stretches that it is thought in."""

from dataclasses import dataclass

from incidentsim.domain.text import Text


@dataclass(frozen=True, slots=True)
class Source:
    """A document that the clauses come from."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True)
class Clause:
    """One statement of a source, in our words. `context` says why no rule follows from it, where none does."""

    id: str
    source: str
    says: Text
    phase: str | None = None
    context: Text | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the lifecycle that a trainee thinks in."""

    id: str
    title: Text
