"""Everything a report is written from, in one language."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from incidentsim.domain.facts import Fact, FactKind, actor_of
from incidentsim.domain.facts.base import FactBase
from incidentsim.domain.text import Language
from incidentsim.exercise.regulatory.views import ClockView
from incidentsim.exports.documents.model import Moment, Tone
from incidentsim.exports.reports.dossier import Dossier
from incidentsim.exports.reports.provenance import Provenance
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.narrator import Narrator
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.exercise.controls.controls import ControlFinding
    from incidentsim.exercise.evaluation.evaluate import Evaluation


F = TypeVar("F", bound=FactBase)


@dataclass(frozen=True, slots=True)
class Material:
    """One run, in one language."""

    teller: Narrator
    evaluation: "Evaluation"
    clocks: Mapping[str, Sequence[ClockView]]
    provenance: Provenance
    controls: "Sequence[ControlFinding] | None" = None
    opened: Mapping[int, int] = field(default_factory=dict)
    """The number of a duty → the sequence number of the fact that opened it and counts."""

    @property
    def account(self) -> Account:
        """The record and what it takes to tell it."""
        return self.teller.account

    @property
    def language(self) -> Language:
        """The language of the report."""
        return self.teller.names.language

    @property
    def undone(self) -> Mapping[int, int]:
        """The facts that count no more, each with the fact that undid it."""
        return self.teller.undone

    def source(self, number: int) -> str:
        """Return the source of the decision that a fact answers, as the record has it; empty where it is not known."""
        return self.provenance.sources[number] if self.provenance.sources is not None else ""

    @property
    def deciders(self) -> Counter[str]:
        """The number of decisions that count, by source (`person`, `script`, `bot`); empty where none is known."""
        if self.provenance.sources is None:
            return Counter()
        return Counter(
            self.provenance.sources[number]
            for number, fact in self.counting(FactKind.STEP_TAKEN, FactKind.REFUSED)
            if actor_of(fact) is not None
        )

    def of(self, kind: type[F]) -> list[tuple[int, F]]:
        """The facts of this class with their sequence numbers, also those that count no more."""
        return [(number, fact) for number, fact in enumerate(self.account.facts) if isinstance(fact, kind)]

    def of_kind(self, *kinds: FactKind) -> list[tuple[int, Fact]]:
        """The facts of these kinds with their sequence numbers, also those that count no more."""
        return [(number, fact) for number, fact in enumerate(self.account.facts) if fact.kind in kinds]

    def counting(self, *kinds: FactKind) -> list[tuple[int, Fact]]:
        """The facts of these kinds that count, with their sequence numbers."""
        return [(number, fact) for number, fact in self.of_kind(*kinds) if number not in self.undone]

    def moment(self, at: int) -> Moment:
        """A simulated moment: local date and time, and the time since the start below it."""
        clock = self.teller.clock
        day = clock.day(at)
        date = f"{day.isoformat()} " if day is not None else ""
        return Moment(f"{date}{clock.time(at)}\n{clock.elapsed(at)}", clock.instant(at))

    def marked(self, number: int, words: str) -> str:
        """`words` about a fact, which say so where it counts no more."""
        return _("undone: {what}").format(what=words) if number in self.undone else words

    def tone(self, number: int) -> Tone:
        """Return the marking of a fact's row: undone, refused, late or plain."""
        fact = self.account.facts[number]
        if number in self.undone:
            return "undone"
        if fact.kind == FactKind.REFUSED:
            return "refused"
        late = fact.kind == FactKind.DUTY_BREACHED or (fact.kind == FactKind.DUTY_SETTLED and fact.late)
        return "late" if late else "plain"


def gathered(dossier: Dossier, language: Language) -> Material:
    """The material in `language`."""
    teller = Narrator(replace(dossier.account, language=language))
    opened = {
        fact.number: number
        for number, fact in enumerate(dossier.account.facts)
        if fact.kind == FactKind.DUTY_OPENED and number not in teller.undone
    }
    return Material(teller, dossier.evaluation, dossier.clocks, dossier.provenance, dossier.controls, opened)
