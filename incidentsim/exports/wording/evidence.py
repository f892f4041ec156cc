"""What is told of the truth, or said to be so: values of a playbook's measures, and yes or no."""

from incidentsim.domain.playbook import Playbook
from incidentsim.exports.wording.measures import measure_value
from incidentsim.exports.wording.names import Names
from incidentsim.messages import gettext as _


def flag_words(name: str) -> str:
    """A yes or no of the ground truth; one that only its playbook knows goes by its name there."""
    words = {
        "incident": _("it is an incident"),
        "unlawful": _("it is unlawful"),
        "crime": _("it is a crime"),
        "at_fault": _("somebody of the house is at fault"),
    }
    return words.get(name, name)


def flag_said(name: str, *, holds: bool) -> str:
    """A yes or no, with what it is about."""
    return _("{measure}: {value}").format(measure=flag_words(name), value=_("yes") if holds else _("no"))


def measure_words(playbook: Playbook, names: Names, measure: str, value: int) -> str:
    """A measured value in its unit, with what was measured."""
    title = names.say(playbook.measures[measure].title) if measure in playbook.measures else measure
    return _("{measure}: {value}").format(measure=title, value=measure_value(playbook, measure, value))
