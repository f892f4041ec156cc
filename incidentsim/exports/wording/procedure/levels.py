"""The levels with their thresholds."""

from incidentsim.domain.playbook import Playbook, Threshold
from incidentsim.exports.wording.measures import threshold_words, value_words
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.procedure.basis import basis_mark
from incidentsim.exports.wording.procedure.rows import (
    AggravationRow,
    LevelRow,
    LevelTable,
    MeasureRow,
    ThresholdRow,
)
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext


def level_table(playbook: Playbook, names: Names) -> LevelTable:
    """The levels of a playbook, in the language of `names`."""
    return LevelTable(
        measures=tuple(
            MeasureRow(measure.id, names.say(measure.title), measure.unit) for measure in playbook.measures.values()
        ),
        levels=tuple(
            LevelRow(
                level=level.number,
                name=names.say(level.name),
                thresholds=tuple(_threshold(playbook, threshold, names) for threshold in level.any_of),
                rest=not level.any_of,
                mark=basis_mark(level.basis, names),
            )
            for level in sorted(playbook.levels.values(), key=lambda level: level.number)
        ),
        aggravations=tuple(
            AggravationRow(
                threshold=_threshold(playbook, rule.when, names),
                levels=rule.more_severe_by,
                words=_effect(rule.more_severe_by),
                mark=basis_mark(rule.basis, names),
            )
            for rule in playbook.modifiers
        ),
        rules=tuple(_rules(playbook, names)),
    )


def measure_levels(playbook: Playbook, measure: str, names: Names) -> str:
    """Return from which value of a measure on each level is reached, and what it adds as an aggravating factor.

    It is one line, as in `level 1 from 1,000,000 · 2 from 100,000`; empty where no level asks about the measure.
    """
    unit = playbook.measures[measure].unit if measure in playbook.measures else "count"
    told: list[str] = []
    for level in sorted(playbook.levels.values(), key=lambda level: level.number):
        for threshold in level.any_of:
            if threshold.measure == measure:
                message = _("{n} from {value}") if told else _("level {n} from {value}")
                if unit == "flag":
                    message = _("level {n} if {value}")
                told += [message.format(n=level.number, value=value_words(unit, threshold.at_least))]
    told += [
        _("{effect} if {value}").format(
            effect=_effect(rule.more_severe_by), value=_threshold(playbook, rule.when, names).words
        )
        for rule in playbook.modifiers
        if rule.when.measure == measure
    ]
    return _(" · ").join(told)


def _effect(levels: int) -> str:
    return ngettext("{n} level more severe", "{n} levels more severe", levels).format(n=levels)


def _threshold(playbook: Playbook, threshold: Threshold, names: Names) -> ThresholdRow:
    measure = playbook.measures.get(threshold.measure)
    title = names.say(measure.title) if measure is not None else threshold.measure
    words = threshold_words(measure.unit if measure is not None else "count", threshold.at_least)
    return ThresholdRow(threshold.measure, title, threshold.at_least, words)


def _rules(playbook: Playbook, names: Names) -> list[str]:
    """How a level follows from the figures, sentence by sentence; none where the playbook has no levels."""
    if not playbook.levels:
        return []
    told = [_("One threshold is enough. Of the levels that are reached, the most severe one counts.")]
    rest = [level for level in playbook.levels.values() if not level.any_of]
    if rest:
        told.append(_("Where no threshold is reached: {level}.").format(level=names.say(rest[0].name)))
    if playbook.modifiers:
        told.append(
            _("Each aggravating factor makes the level more severe, up to {level}.").format(level=names.level(1))
        )
    return told
