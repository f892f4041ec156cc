"""People who cannot be told apart."""

from collections.abc import Iterator

from incidentsim.domain.text import LANGUAGES
from incidentsim.exercise.quality.finding import Finding
from incidentsim.exercise.quality.story import Story
from incidentsim.messages import gettext as _
from incidentsim.unseen import name_key


def findings(story: Story) -> Iterator[Finding]:
    """Two people of one name, in either language."""
    first: dict[tuple[str, str], str] = {}
    for person in story.scenario.people.values():
        for language in LANGUAGES:
            name = person.name.say(language)
            other = first.setdefault((language, name_key(name)), person.id)
            if other != person.id:
                message = _("{person} and {other} are both called {name}.")
                path = ("people", person.id, "name")
                yield Finding(path, "same-name", message.format(person=person.id, other=other, name=name))
                break
