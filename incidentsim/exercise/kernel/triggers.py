"""Which rules a fact wakes, looked up once for each sort of fact.

Facts of a sort are alike in the parts that vary little: kind, step, track, state, duty, circumstance, kind of
refusal. What a pattern asks for besides is compared for each fact.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import CircumstanceArose, Fact, FactKind, MessageSent, RefusalReason, Refused, StepTaken
from incidentsim.domain.facts.patterns import matches

T = TypeVar("T")

FactSignature = tuple[FactKind, str | None, str | None, str | None, str | None, str | None, RefusalReason | None]
"""Kind, step, track, state (of a step), duty, circumstance, kind of refusal."""


@dataclass(frozen=True, slots=True)
class Subscription(Generic[T]):
    """A rule that facts of one sort may wake; it hears all of them where no pattern asks for more."""

    rule: T
    patterns: tuple[Pattern, ...]

    def matches(self, fact: Fact) -> bool:
        """Return whether the rule is woken by this very fact, which must be of the sort."""
        if not self.patterns:
            return True
        return any(matches(pattern, fact) for pattern in self.patterns)


def signature_of(fact: Fact) -> FactSignature:
    """The sort that `fact` is of."""
    if isinstance(fact, StepTaken):
        return (fact.kind, fact.do, fact.track, fact.target, None, None, None)
    if isinstance(fact, Refused):
        return (fact.kind, fact.do, None, None, None, None, fact.why)
    if isinstance(fact, MessageSent):
        return (fact.kind, fact.do, None, None, None, None, None)
    if isinstance(fact, CircumstanceArose):
        return (fact.kind, None, None, None, None, fact.circumstance, None)
    return (fact.kind, None, None, None, getattr(fact, "duty", None), None, None)


def subscriptions(rules: Iterable[tuple[Iterable[Pattern], T]], sort: FactSignature) -> tuple[Subscription[T], ...]:
    """Those of the rules that facts of this sort may wake, in their order, each once."""
    found: list[Subscription[T]] = []
    for patterns, rule in rules:
        near = tuple(pattern for pattern in patterns if _may_match(pattern, sort))
        if near:
            found.append(Subscription(rule, () if any(_asks_no_more(pattern) for pattern in near) else near))
    return tuple(found)


def by_kind(rules: Iterable[tuple[Pattern, T]]) -> dict[FactKind, list[tuple[tuple[Pattern], T]]]:
    """The rules, each with one pattern, by the kind of facts that may wake them: sorts of a kind look among its own."""
    known: dict[FactKind, list[tuple[tuple[Pattern], T]]] = {}
    for pattern, rule in rules:
        known.setdefault(pattern.kind, []).append(((pattern,), rule))
    return known


def _may_match(pattern: Pattern, sort: FactSignature) -> bool:
    kind, *parts = sort
    if pattern.kind != kind:  # most are about something else
        return False
    asked = (pattern.do, pattern.track, pattern.state, pattern.duty, pattern.circumstance, pattern.why)
    return all(wanted is None or wanted == part for wanted, part in zip(asked, parts, strict=True))


def _asks_no_more(pattern: Pattern) -> bool:
    by_fact = (pattern.incident, pattern.by, pattern.to, pattern.inject, pattern.level, pattern.anchor, pattern.clock)
    return all(part is None for part in (*by_fact, pattern.act))
