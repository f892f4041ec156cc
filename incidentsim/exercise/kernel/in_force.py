"""Which facts count: what a facilitator undid stays on record and counts no more."""

from collections.abc import Sequence

from incidentsim.domain.facts import NEVER_UNDONE, Fact, SetAside, StepUndone


def undone_by(facts: Sequence[Fact]) -> dict[int, int]:
    """The sequence numbers of the facts that count no more, each with that of the fact that undid it."""
    found: dict[int, int] = {}
    for sequence, undoing in enumerate(facts):
        if not isinstance(undoing, StepUndone):
            continue
        for number in range(undoing.first, min(undoing.last + 1, sequence)):
            if facts[number].kind not in NEVER_UNDONE:
                found.setdefault(number, sequence)
    return found


def facts_in_force(facts: Sequence[Fact]) -> Sequence[Fact]:
    """The facts with something inert in place of each that counts no more, so that sequence numbers stay.

    Whoever evaluates, counts or judges looks at these; whoever tells what happened looks at the record itself.
    """
    gone = undone_by(facts)
    if not gone:
        return facts
    return [SetAside(fact.at, None) if sequence in gone else fact for sequence, fact in enumerate(facts)]
