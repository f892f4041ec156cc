"""Answering what clocks ask: yes, no, or open because something has not been declared, measured or judged."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from incidentsim.domain.clock_conditions import (
    AllHold,
    AnyHolds,
    ClockCondition,
    DeclaredAs,
    DeclaredAtLeast,
    DeclaredIn,
    DoesNotHold,
    Leaf,
    MeasureReaches,
    StatutoryLevelReached,
    subject,
)
from incidentsim.domain.clocks import Declaration, StatutoryScale


@dataclass(frozen=True, slots=True)
class Answered:
    """A leaf, and whether it holds."""

    leaf: Leaf
    holds: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to a condition.

    Attributes:
        holds: yes or no; `None` where it is open.
        because: the answers to the leaves that it rests on.
        open: the attributes, measures and scales on which it is open, each once.
    """

    holds: bool | None
    because: tuple[Answered, ...] = ()
    open: tuple[str, ...] = ()


def judge(condition: ClockCondition, look: Callable[[Leaf], bool | None]) -> Verdict:
    """The answer to `condition`, where `look` knows the answer to each leaf or that it is open.

    One no settles an "all", and one yes an "any", whatever is open besides (Kleene's strong logic).
    """
    match condition:
        case AllHold(parts):
            return _joined([judge(part, look) for part in parts], decisive=False)
        case AnyHolds(parts):
            return _joined([judge(part, look) for part in parts], decisive=True)
        case DoesNotHold(part):
            inner = judge(part, look)
            return Verdict(None if inner.holds is None else not inner.holds, inner.because, inner.open)
        case leaf:
            answer = look(leaf)
            return Verdict(None, (), (subject(leaf),)) if answer is None else Verdict(answer, (Answered(leaf, answer),))


def _joined(verdicts: list[Verdict], *, decisive: bool) -> Verdict:
    deciding = [verdict for verdict in verdicts if verdict.holds is decisive]
    if deciding:
        return Verdict(decisive, _answers(deciding))
    undecided = [verdict for verdict in verdicts if verdict.holds is None]
    if undecided:
        return Verdict(None, (), tuple(dict.fromkeys(name for verdict in undecided for name in verdict.open)))
    return Verdict(not decisive, _answers(verdicts))


def _answers(verdicts: list[Verdict]) -> tuple[Answered, ...]:
    return tuple(dict.fromkeys(answer for verdict in verdicts for answer in verdict.because))


def declared(declarations: Mapping[str, Declaration]) -> Callable[[Leaf], bool | None]:
    """Return a function that answers leaves from what an organisation declared; `None` where that answers nothing.

    An answer of the wrong sort (a number where a yes or no is asked for) answers nothing.
    """

    def look(leaf: Leaf) -> bool | None:
        value = declarations.get(subject(leaf))
        match leaf:
            case DeclaredIn(_, values) if isinstance(value, str):
                return value in values
            case DeclaredIn(_, values) if isinstance(value, tuple):
                return any(one in values for one in value)
            case DeclaredAs(_, wanted) if isinstance(value, bool):
                return value is wanted
            case DeclaredAtLeast(_, least) if isinstance(value, int) and not isinstance(value, bool):
                return value >= least
            case _:
                return None

    return look


def measured(
    measures: Mapping[str, int], levels: Mapping[str, str | None], scales: Mapping[str, StatutoryScale]
) -> Callable[[Leaf], bool | None]:
    """Return a function that answers leaves from what is known of an incident; `None` where nothing is known.

    Args:
        measures: the values known (durations in ms, flags 0 or 1).
        levels: the statutory level judged on each scale, `None` where it was judged to reach none.
        scales: the statutory scales.
    """

    def look(leaf: Leaf) -> bool | None:
        if isinstance(leaf, MeasureReaches):
            value = measures.get(leaf.measure)
            return None if value is None else leaf.met_by(value)
        if isinstance(leaf, StatutoryLevelReached) and leaf.scale in levels:
            level = levels[leaf.scale]
            return level is not None and scales[leaf.scale].reaches(level, leaf.level)
        return None

    return look


@dataclass(frozen=True, slots=True)
class ProposedLevel:
    """The level that the criteria of a scale give for the values known; whoever judges may differ, and has to judge.

    Attributes:
        level: the most severe level that some criterion speaks for, or what remains; `None` for none of them.
        because: what speaks for it.
        open: the measures that nobody has taken and that could make it more severe.
    """

    level: str | None
    because: tuple[Answered, ...]
    open: tuple[str, ...]


def propose_level(scale: StatutoryScale, measures: Mapping[str, int]) -> ProposedLevel:
    """Propose the level that `scale` itself gives for these values. It knows nothing of any platform level.

    `measures` holds durations in ms and flags as 0 or 1. Criteria that are disabled are left out.
    """
    look = measured(measures, {}, {})
    unknown: dict[str, None] = {}
    for level in scale.levels.values():
        verdict = judge(AnyHolds(tuple(one.when for one in level.any_of if one.disabled is None)), look)
        if verdict.holds:
            return ProposedLevel(level.id, verdict.because, tuple(unknown))
        unknown.update(dict.fromkeys(verdict.open))
    remaining = next((level.id for level in scale.levels.values() if level.residual), None)
    return ProposedLevel(remaining, (), tuple(unknown))
