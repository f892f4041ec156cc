"""What a playbook asks about an incident, in words: patterns of facts, and conditions made of them.

Every rule says itself whole here, whatever holds now; what an action still needs at a moment is said by `refusals`.
"""

from collections.abc import Iterable, Sequence
from typing import assert_never

from incidentsim.domain.clock_limits import Anchor
from incidentsim.domain.conditions import (
    All,
    AnyOf,
    Condition,
    Happened,
    LevelAtLeast,
    Not,
    Pattern,
    RoleIs,
    TrackIs,
)
from incidentsim.domain.facts import FactKind
from incidentsim.exercise.regulatory.words import anchor_title
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.plain_text import within_quotes
from incidentsim.exports.wording.refusals import reason_kind_words
from incidentsim.messages import gettext as _


def pattern_words(pattern: Pattern, names: Names) -> str:
    """A kind of fact, as a phrase."""
    words = _fact_words(pattern, names)
    if pattern.by is not None:
        words = _("{what}, by {role}").format(what=words, role=names.somebody(pattern.by))
    if pattern.incident is not None:
        words = _("{what} ({incident})").format(what=words, incident=names.incident(pattern.incident))
    return words


def patterns_words(patterns: Iterable[Pattern], names: Names) -> str:
    """Several kinds of facts of which any one will do, as a phrase; empty where there is none."""
    return _(" or ").join(dict.fromkeys(pattern_words(pattern, names) for pattern in patterns))


def _fact_words(pattern: Pattern, names: Names) -> str:  # noqa: C901, PLR0911, PLR0912 - one phrase a kind of fact
    match pattern.kind:
        case FactKind.STEP_TAKEN if pattern.do is not None:
            return _("“{step}” done").format(step=names.step(pattern.do))
        case FactKind.STEP_TAKEN if pattern.track is not None and pattern.state is not None:
            state = names.state(pattern.track, pattern.state)
            return _("{track}: {states}").format(track=names.track(pattern.track), states=state)
        case FactKind.STEP_TAKEN if pattern.track is not None:
            return _("any step of “{track}”").format(track=names.track(pattern.track))
        case FactKind.REFUSED if pattern.do is not None:
            return _("“{step}” tried and refused").format(step=names.step(pattern.do))
        case FactKind.REFUSED:
            return _("something refused – {why}").format(
                why=reason_kind_words(pattern.why) if pattern.why is not None else "–"
            )
        case FactKind.DUTY_BREACHED if pattern.duty is not None:
            return _("“{duty}” overdue").format(duty=names.duty(pattern.duty))
        case FactKind.DUTY_BREACHED:
            return _("any duty overdue")
        case FactKind.DUTY_SETTLED if pattern.duty is not None:
            return _("“{duty}” done").format(duty=names.duty(pattern.duty))
        case FactKind.DUTY_OPENED if pattern.duty is not None:
            return _("“{duty}” owed").format(duty=names.duty(pattern.duty))
        case FactKind.ESCALATED if pattern.to is not None:
            return _("{receivers} told").format(receivers=names.somebody(pattern.to))
        case FactKind.LEVEL_SET if pattern.level is not None:
            return _("graded {level}").format(level=names.level(pattern.level))
        case FactKind.LEVEL_SET:
            return _("a level set")
        case FactKind.CIRCUMSTANCE_AROSE if pattern.circumstance is not None:
            return _("brought to light: {circumstance}").format(circumstance=names.circumstance(pattern.circumstance))
        case FactKind.INJECT_DELIVERED if pattern.inject is not None:
            return _("“{heading}” delivered").format(heading=within_quotes(names.inject(pattern.inject)[0]))
        case FactKind.INCIDENT_RAISED:
            return _("the incident can be noticed")
        case FactKind.STATUTORY_LEVEL_JUDGED:
            return _("a statutory level judged")
        case FactKind.ANCHOR_REACHED if pattern.anchor is not None:
            known = pattern.anchor in tuple(Anchor)
            return _("trigger time of a regulatory deadline: {anchor}").format(
                anchor=anchor_title(Anchor(pattern.anchor)) if known else pattern.anchor
            )
        case FactKind.FILED if pattern.clock is not None:
            return _("filed: {clock}").format(clock=names.clock(pattern.clock))
        case FactKind.FILED:
            return _("a report that the law asks for filed")
        case kind:
            parts = (f"{name} {value}" for name, value in pattern.parts().items() if name not in {"kind", "by"})
            return _("on record: {fact}").format(fact=" ".join([kind, *parts]))


def condition_words(condition: Condition, names: Names) -> str:  # noqa: C901, PLR0911, PLR0912 - one phrase a case
    """A condition, as a phrase; empty where it always holds."""
    match condition:
        case All(parts):
            return _("; ").join(_all(parts, names))
        case AnyOf(parts):
            return _(" or ").join(_nested(part, names) for part in parts) or _("never")
        case Not(AnyOf(parts)):
            return _("; ").join(condition_words(Not(part), names) for part in parts)
        case Not(Not(part)):
            return condition_words(part, names)
        case Not(TrackIs(track, states)):
            return _("{track}: not {states}").format(track=names.track(track), states=_states(track, states, names))
        case Not(Happened(pattern, None)):
            return _("not yet: {what}").format(what=pattern_words(pattern, names))
        case Not(part):
            return _("not ({needs})").format(needs=condition_words(part, names))
        case TrackIs(track, states):
            return _("{track}: {states}").format(track=names.track(track), states=_states(track, states, names))
        case LevelAtLeast(level):
            return _at_least(level, names)
        case RoleIs(roles):
            return _("to be done by: {role}").format(role=_(" or ").join(map(names.role, roles)))
        case Happened(pattern, None):
            return pattern_words(pattern, names)
        case Happened(pattern, within):
            return _("{what}, within the last {length}").format(
                what=pattern_words(pattern, names), length=duration_words(within or 0)
            )
        case _:
            assert_never(condition)


def _states(track: str, states: Iterable[str], names: Names) -> str:
    return _(" or ").join(names.state(track, state) for state in states)


def _at_least(level: int, names: Names) -> str:
    if level <= 1:
        return _("graded {level}").format(level=names.level(level))
    return _("graded {level} or more severe").format(level=names.level(level))


def _all(parts: Sequence[Condition], names: Names) -> Iterable[str]:
    """The parts one by one; a range of levels (at least this, and not that) is said as its levels."""
    below = [part.part.level for part in parts if isinstance(part, Not) and isinstance(part.part, LevelAtLeast)]
    above = [part.level for part in parts if isinstance(part, LevelAtLeast)]
    ranged = bool(below and above and max(below) < min(above))
    if ranged:
        levels = range(max(below) + 1, min(above) + 1)
        yield _("graded {level}").format(level=_(" or ").join(map(names.level, levels)))
    for part in parts:
        bound = isinstance(part, LevelAtLeast) or (isinstance(part, Not) and isinstance(part.part, LevelAtLeast))
        if not (ranged and bound):
            words = _nested(part, names)
            if words:
                yield words


def _nested(part: Condition, names: Names) -> str:
    words = condition_words(part, names)
    several = isinstance(part, All | AnyOf) and len(part.parts) > 1
    return _("({condition})").format(condition=words) if several and words else words
