"""What a regulatory deadline asks: about the organisation (its declared scope), and about the incident.

Structured data, as in `conditions`, and never an expression language. A question can stay open: what nobody has
declared or measured is neither yes nor no, and must never be taken for one of them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeclaredIn:
    """The organisation declared one of these answers for the attribute (or several, this one among them)."""

    attribute: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeclaredAs:
    """The organisation answered yes (`value` true) or no to the attribute."""

    attribute: str
    value: bool


@dataclass(frozen=True, slots=True)
class DeclaredAtLeast:
    """The organisation declared a number that reaches this one."""

    attribute: str
    at_least: int


@dataclass(frozen=True, slots=True)
class MeasureReaches:
    """A measured value of the incident reaches `limit`, or with `beyond` exceeds it.

    Durations in ms, money in whole units, flags 1.
    """

    measure: str
    limit: int
    beyond: bool = False

    def met_by(self, value: int) -> bool:
        """Return whether `value` meets the comparison."""
        return value > self.limit if self.beyond else value >= self.limit


@dataclass(frozen=True, slots=True)
class StatutoryLevelReached:
    """The incident was judged on a statutory scale at this level or a more severe one. Platform levels never count."""

    scale: str
    level: str


Leaf = DeclaredIn | DeclaredAs | DeclaredAtLeast | MeasureReaches | StatutoryLevelReached


@dataclass(frozen=True, slots=True)
class AllHold:
    """Every part holds; an empty one does."""

    parts: tuple["ClockCondition", ...]


@dataclass(frozen=True, slots=True)
class AnyHolds:
    """Some part holds; of an empty one none does."""

    parts: tuple["ClockCondition", ...]


@dataclass(frozen=True, slots=True)
class DoesNotHold:
    """The part does not hold; where the part is open, so is this."""

    part: "ClockCondition"


ClockCondition = AllHold | AnyHolds | DoesNotHold | Leaf

NO_CONDITION = AllHold(())


def subject(leaf: Leaf) -> str:
    """The attribute, measure or scale that a leaf asks about."""
    match leaf:
        case DeclaredIn(attribute) | DeclaredAs(attribute) | DeclaredAtLeast(attribute):
            return attribute
        case MeasureReaches(measure):
            return measure
        case StatutoryLevelReached(scale):
            return scale


def leaves(condition: ClockCondition) -> tuple[Leaf, ...]:
    """Return every question of a condition, in the order in which it is written."""
    match condition:
        case AllHold(parts) | AnyHolds(parts):
            return tuple(leaf for part in parts for leaf in leaves(part))
        case DoesNotHold(part):
            return leaves(part)
        case _:
            return (condition,)
