"""What the level set so far says to whoever grades anew: what it rests on counts until something speaks against it.

Whoever grades names the measures that decided. A bot that has read no value of one of them takes it to be as high as
the level asks for, and one that has read nothing that a level rests on leaves the level where it is, but for what it
knows of aggravating factors. So news that says nothing of what an incident was graded by does not make it lighter.
"""

from collections.abc import Collection, Mapping

from incidentsim.domain.playbook import Playbook


def level_anew(playbook: Playbook, level: int, named: Collection[str], known: Mapping[str, int]) -> int | None:
    """Return the level that somebody gives to an incident that has one; `None` where the playbook has none for it.

    Args:
        playbook: the procedure.
        level: the level that is set.
        named: the measures that whoever set it named.
        known: the values of measures that whoever grades now has read (durations in ms, flags 1 and 0).
    """
    values = {**_least_values(playbook, level, named), **known}
    deciding = {threshold.measure for rule in playbook.levels.values() for threshold in rule.any_of}
    if deciding.isdisjoint(values):
        return max(level - _raised(playbook, [name for name in known if name not in named], known), 1)
    return playbook.judged_level(values)


def _least_values(playbook: Playbook, level: int, named: Collection[str]) -> dict[str, int]:
    """The lowest value of each measure named with which it reaches the level, or else the nearest one below it."""
    factors = {rule.when.measure: rule.when.at_least for rule in playbook.modifiers}
    values = {name: factors[name] for name in named if name in factors}
    base = level + _raised(playbook, values, values)
    for name in named:
        reached = [
            (number, threshold.at_least)
            for number, rule in playbook.levels.items()
            for threshold in rule.any_of
            if threshold.measure == name and number >= base
        ]
        if reached:
            values[name] = max(min(reached)[1], values.get(name, 0))
    return values


def _raised(playbook: Playbook, names: Collection[str], values: Mapping[str, int]) -> int:
    """By how many levels these measures, as aggravating factors, make an incident more severe."""
    return sum(
        rule.more_severe_by
        for rule in playbook.modifiers
        if rule.when.measure in names and values[rule.when.measure] >= rule.when.at_least
    )
