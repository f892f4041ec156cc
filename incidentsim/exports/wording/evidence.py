"""What is told of the truth, or said to be so: values of a playbook's measures, and yes or no."""

from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import LEVEL
from incidentsim.exports.wording.measures import measure_value
from incidentsim.exports.wording.names import Names
from incidentsim.messages import gettext as _


def flag_words(name: str) -> str:
    """A yes or no of the ground truth, as it reads where it holds; one that has no words goes by its name."""
    return _phrases().get(name, (id_words(name), ""))[0]


def flag_said(name: str, *, holds: bool) -> str:
    """A yes or no as somebody says it: that it is so, or that it is not."""
    said = _phrases().get(name)
    if said is None:
        return _("{measure}: {value}").format(measure=id_words(name), value=_("yes") if holds else _("no"))
    return said[0] if holds else said[1]


def judged_words(name: str) -> str:
    """Return what is judged: the level, or whether something is so."""
    return _("the level") if name == LEVEL else _("whether {what}").format(what=flag_words(name))


def _phrases() -> dict[str, tuple[str, str]]:
    return {
        "incident": (_("it is an incident"), _("it is not an incident")),
        "unlawful": (_("it is unlawful"), _("it is not unlawful")),
        "crime": (_("it is a crime"), _("it is not a crime")),
        "at_fault": (_("a member of staff is at fault"), _("no member of staff is at fault")),
        "malicious": (_("somebody did it on purpose"), _("nobody did it on purpose")),
        "public": (_("the public has to be told"), _("the public need not be told")),
    }


def id_words(name: str) -> str:
    """An id as words, where a definition has no others for it."""
    return name.replace("_", " ").replace("-", " ")


def measure_words(playbook: Playbook, names: Names, measure: str, value: int) -> str:
    """A measured value in its unit, with what was measured."""
    title = names.say(playbook.measures[measure].title) if measure in playbook.measures else id_words(measure)
    return _("{measure}: {value}").format(measure=title, value=measure_value(playbook, measure, value))
