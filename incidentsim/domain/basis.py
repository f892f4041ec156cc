"""Why a rule holds. Every rule of a playbook says it, and facts cite it."""

from dataclasses import dataclass
from typing import Literal

from incidentsim.domain.text import Text

BasisKind = Literal["documented", "regulation", "assumption"]


@dataclass(frozen=True, slots=True)
class Basis:
    """The ground on which a rule stands: a clause of the sources, an article of a law, or our assumption."""

    kind: BasisKind
    clauses: tuple[str, ...] = ()
    instrument: Text | None = None
    article: Text | None = None

    @property
    def clause(self) -> str | None:
        """The clause that a fact cites; the first where a rule rests on several."""
        return self.clauses[0] if self.clauses else None
