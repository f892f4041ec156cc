"""What laws ask about an incident: who is to be told by when, what starts that, and levels of statutory scales."""

from collections.abc import Iterable
from typing import assert_never

from incidentsim.domain.clock_conditions import (
    AllHold,
    AnyHolds,
    ClockCondition,
    DeclaredAs,
    DeclaredAtLeast,
    DeclaredIn,
    DoesNotHold,
    MeasureReaches,
    StatutoryLevelReached,
)
from incidentsim.domain.clock_limits import EarlierOf, Immediately, anchors_of
from incidentsim.domain.clocks import Clock, ClockPack, StatutoryLevel
from incidentsim.domain.playbook import Playbook
from incidentsim.exercise.regulatory.words import anchor_title, rule_in_words
from incidentsim.exports.wording.conditions import patterns_words
from incidentsim.exports.wording.measures import threshold_words
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.procedure.rows import DeadlineRow
from incidentsim.messages import gettext as _


def deadline_row(playbook: Playbook, pack: ClockPack, clock: Clock, names: Names) -> DeadlineRow:
    """One regulatory deadline: to whom, by when, and what starts it under this playbook."""
    anchors = anchors_of(clock.deadline)
    rules = [rule for rule in playbook.anchors.values() if rule.id in anchors]
    limit = rule_in_words(clock.deadline)
    if isinstance(clock.deadline, Immediately):
        limit = _("“{word}”; the law gives no number").format(word=limit)
    counted = "" if isinstance(clock.deadline, EarlierOf) else _(" or ").join(map(anchor_title, anchors))
    return DeadlineRow(
        clock=clock.id,
        title=names.say(clock.title),
        jurisdiction=names.say(pack.title),
        owed_by=names.say(clock.obligor),
        to=names.listed(names.say(recipient) for recipient in clock.recipients),
        limit=limit,
        counted_from=counted,
        trigger=names.say(clock.trigger),
        starts_with=patterns_words((pattern for rule in rules for pattern in rule.on), names),
        after=_(" or ").join(map(names.clock, clock.after)),
        only_if=clock_condition_words(clock.needs, pack, names),
        source=_("{instrument}, {article}").format(
            instrument=names.say(clock.instrument.title), article=names.say(clock.article)
        ),
        binding=clock.binding,
    )


def level_criteria(level: StatutoryLevel, pack: ClockPack, names: Names) -> str:
    """Return what speaks for a level of a statutory scale; criteria that were never verified are left out."""
    told = [clock_condition_words(one.when, pack, names) for one in level.any_of if one.disabled is None]
    if level.residual:
        told.append(_("whatever reaches no other level"))
    return _(" or ").join(told)


def measure_limits(measure: str, packs: Iterable[ClockPack], names: Names) -> str:
    """Return from which value of a measure on the levels of each statutory scale are reached; empty where none asks."""
    told: dict[str, None] = {}
    for pack in packs:
        for scale in pack.scales.values():
            limits = [
                _("{level}: {value}").format(level=names.say(level.title), value=_limit(criterion.when, pack))
                for level in scale.levels.values()
                for criterion in level.any_of
                if criterion.disabled is None
                and isinstance(criterion.when, MeasureReaches)
                and criterion.when.measure == measure
            ]
            if limits:
                title = names.say(scale.title)
                told[_("{title} – {limits}").format(title=title, limits=_(" · ").join(limits))] = None
    return _("; ").join(told)


def clock_condition_words(condition: ClockCondition, pack: ClockPack, names: Names) -> str:
    """A condition of a clock pack, as a phrase; empty where it always holds."""
    match condition:
        case AllHold(parts):
            return _("; ").join(_nested(part, pack, names) for part in parts)
        case AnyHolds(parts):
            return _(" or ").join(_nested(part, pack, names) for part in parts)
        case DoesNotHold(part):
            return _("not ({needs})").format(needs=clock_condition_words(part, pack, names))
        case MeasureReaches(measure):
            known = pack.measures.get(measure)
            title = names.say(known.title) if known is not None else measure
            return _("{measure}: {value}").format(measure=title, value=_limit(condition, pack))
        case StatutoryLevelReached(scale, level):
            graded = pack.scales[scale]
            return _("{title}: {level} or more severe").format(
                title=names.say(graded.title), level=names.say(graded.levels[level].title)
            )
        case DeclaredIn(attribute, values):
            asked = pack.attributes[attribute]
            options = _(" or ").join(names.say(asked.options[value]) for value in values)
            return _("{title}: {options}").format(title=names.say(asked.title), options=options)
        case DeclaredAs(attribute, value):
            title = names.say(pack.attributes[attribute].title)
            return (_("{title}: yes") if value else _("{title}: no")).format(title=title)
        case DeclaredAtLeast(attribute, least):
            title = names.say(pack.attributes[attribute].title)
            return _("{measure}: {value}").format(measure=title, value=threshold_words("count", least))
        case _:
            assert_never(condition)


def _limit(asked: MeasureReaches, pack: ClockPack) -> str:
    unit = pack.measures[asked.measure].unit if asked.measure in pack.measures else "count"
    return threshold_words(unit, asked.limit, beyond=asked.beyond)


def _nested(part: ClockCondition, pack: ClockPack, names: Names) -> str:
    words = clock_condition_words(part, pack, names)
    several = isinstance(part, AllHold | AnyHolds) and len(part.parts) > 1
    return _("({condition})").format(condition=words) if several else words
