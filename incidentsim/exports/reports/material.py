"""Everything a report is written from, in one language; and speaking that language while it is written."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from incidentsim import messages
from incidentsim.domain.facts import Fact
from incidentsim.domain.text import Language
from incidentsim.exercise.clock_views import ClockView
from incidentsim.exports.account import Account
from incidentsim.exports.narrator import Narrator
from incidentsim.exports.reports.model import Tone
from incidentsim.exports.reports.pins import ControlFinding, Pins

if TYPE_CHECKING:
    from incidentsim.exercise.evaluation.evaluate import Evaluation


@dataclass(frozen=True, slots=True)
class Material:
    """One run, in one language."""

    teller: Narrator
    evaluation: "Evaluation"
    clocks: Mapping[str, Sequence[ClockView]]
    pins: Pins
    controls: Sequence[ControlFinding] | None = None
    opened: Mapping[int, int] = field(default_factory=dict)
    """The number of a duty → the sequence number of the fact that opened it."""

    @property
    def account(self) -> Account:
        """The record and what it takes to tell it."""
        return self.teller.account

    @property
    def language(self) -> Language:
        """The language of the report."""
        return self.teller.names.language

    def of_kind(self, *kinds: str) -> list[tuple[int, Fact]]:
        """The facts of these kinds with their sequence numbers."""
        return [(number, fact) for number, fact in enumerate(self.account.facts) if fact.kind in kinds]

    def moment(self, at: int) -> str:
        """A simulated moment: local date and time, and the time since the start below it."""
        clock = self.teller.clock
        day = clock.day(at)
        date = f"{day.isoformat()} " if day is not None else ""
        return f"{date}{clock.time(at)}\n{clock.elapsed(at)}"


def gathered(
    account: Account,
    evaluation: "Evaluation",
    clocks: Mapping[str, Sequence[ClockView]],
    *,
    language: Language,
    pins: Pins | None,
    controls: Sequence[ControlFinding] | None,
) -> Material:
    """The material in `language`."""
    opened = {fact.number("number"): n for n, fact in enumerate(account.facts) if fact.kind == "duty_opened"}
    found = None if controls is None else [ControlFinding(*one) for one in controls]
    teller = Narrator(replace(account, language=language))
    return Material(teller, evaluation, clocks, pins or Pins(), found, opened)


@contextmanager
def spoken(language: Language) -> Iterator[None]:
    """Speak `language` for a while, and afterwards what was spoken before."""
    before = messages.language()
    messages.use(language)
    try:
        yield
    finally:
        messages.use(before)


def tone_of(fact: Fact) -> Tone:
    """How the row of a fact is marked."""
    if fact.kind == "refused":
        return "refused"
    late = fact.kind == "duty_breached" or (fact.kind == "duty_settled" and fact.data.get("late") is True)
    return "late" if late else "plain"


def integer(value: object) -> int | None:
    """`value`, if it is an integer."""
    return value if type(value) is int else None
