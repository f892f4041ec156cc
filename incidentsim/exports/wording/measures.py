"""Values of measures and thresholds, in their units."""

from typing import assert_never

from incidentsim.domain.meanings import Unit
from incidentsim.domain.playbook import Playbook
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.messages import gettext as _


def measure_value(playbook: Playbook, measure: str, value: int) -> str:
    """A measured value in the unit that the playbook gives its measure; a bare number where it knows no such one."""
    return value_words(playbook.measures[measure].unit if measure in playbook.measures else "count", value)


def value_words(unit: Unit, value: int) -> str:
    """A value in this unit: durations in ms, money in whole units, flags 1 and 0."""
    match unit:
        case "flag":
            return _("yes") if value else _("no")
        case "duration":
            return duration_words(value)
        case "percent":
            return f"{value}%"
        case "count" | "money":
            return f"{value:,}"
        case _:
            assert_never(unit)


def threshold_words(unit: Unit, at_least: int, *, beyond: bool = False) -> str:
    """A threshold in this unit, as a phrase; with `beyond` the value itself does not reach it."""
    value = value_words(unit, at_least)
    if unit == "flag":
        return value
    if beyond:
        return _("more than {value}").format(value=value)
    return (_("{value} or longer") if unit == "duration" else _("{value} or more")).format(value=value)
