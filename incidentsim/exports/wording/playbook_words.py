"""The names in a playbook where there is no exercise, and in which languages documents say them."""

from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Organisation, Scenario
from incidentsim.domain.text import Language, Text
from incidentsim.exports.wording.names import Names
from incidentsim.messages import gettext as _
from incidentsim.messages import language_name


def playbook_names(playbook: Playbook, language: Language) -> Names:
    """The names that a playbook gives its own things; people and incidents have none."""
    return Names(playbook, _without_people(playbook), language)


def language_notes(scenario: Text, playbook: Text, language: Language) -> list[str]:
    """Return a sentence for each document whose texts stand in another language than the reader's.

    Args:
        scenario: the scenario's title, in the languages that the scenario is written in.
        playbook: the playbook's title, likewise.
        language: the reader's.
    """
    same = [tag for tag, _words in scenario.written] == [tag for tag, _words in playbook.written]
    if scenario.lacks(language) and same:
        message = _("Scenario and procedure have no texts in {language}; they are shown in {shown}.")
        return [_said(message, scenario, language)]
    notes = []
    if scenario.lacks(language):
        message = _("The scenario has no texts in {language}; it is shown in {shown}.")
        notes.append(_said(message, scenario, language))
    if playbook.lacks(language):
        message = _("The procedure has no texts in {language}; it is shown in {shown}.")
        notes.append(_said(message, playbook, language))
    return notes


def _said(message: str, title: Text, language: Language) -> str:
    shown = next(tag for tag, words in title.written if words == title.say(language))
    return message.format(language=language_name(language), shown=language_name(shown))


def _without_people(playbook: Playbook) -> Scenario:
    """A scenario in which nobody is and nothing happens."""
    nothing = Text("", "")
    return Scenario(
        id="", playbook=playbook.id, title=nothing, summary=nothing, languages=(), tags=(), seed=0,
        starts="2000-01-01T00:00+00:00", ends=0, organisation=Organisation(nothing),
        people={}, incidents={}, injects=(), script=(), expectations=(),
    )  # fmt: skip
