"""The names in a playbook where there is no exercise."""

from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Organisation, Scenario
from incidentsim.domain.text import Language, Text
from incidentsim.exports.wording.names import Names


def playbook_names(playbook: Playbook, language: Language) -> Names:
    """The names that a playbook gives its own things; people and incidents have none."""
    return Names(playbook, _without_people(playbook), language)


def _without_people(playbook: Playbook) -> Scenario:
    """A scenario in which nobody is and nothing happens."""
    nothing = Text("", "")
    return Scenario(
        id="", playbook=playbook.id, title=nothing, summary=nothing, languages=(), tags=(), seed=0,
        starts="2000-01-01T00:00+00:00", ends=0, organisation=Organisation(nothing),
        people={}, incidents={}, injects=(), script=(), expectations=(),
    )  # fmt: skip
