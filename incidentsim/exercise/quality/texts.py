"""Every text of a scenario, and what is wrong with its wording."""

from collections.abc import Iterator
from dataclasses import dataclass

from incidentsim.domain.scenario import Scenario, ScriptedMessage
from incidentsim.domain.text import LANGUAGES, FreeText, Text
from incidentsim.exercise.quality import addresses, languages, wording
from incidentsim.exercise.quality.finding import Finding, Path


@dataclass(frozen=True, slots=True)
class Placed:
    """A text and where it stands. What is only `named` (a person) may be in letters of any language."""

    path: Path
    text: Text
    named: bool = False


def findings(scenario: Scenario) -> Iterator[Finding]:
    """Unfinished texts, texts in another language than they claim, and addresses that somebody may really have."""
    for placed in texts_of(scenario):
        for language in LANGUAGES:
            words = placed.text.say(language)
            if language == "zh" and words == placed.text.en:
                continue  # what is wrong with both alike has been said
            yield from wording.findings((*placed.path, language), words)
            yield from addresses.findings((*placed.path, language), words)
        if not placed.named:
            yield from languages.findings(placed.path, placed.text, scenario.languages)


def texts_of(scenario: Scenario) -> Iterator[Placed]:
    """Every text that people may read, in the order of the file."""
    yield Placed(("title",), scenario.title)
    yield Placed(("summary",), scenario.summary)
    for number, objective in enumerate(scenario.objectives):
        yield Placed(("objectives", number), objective.text)
    yield Placed(("organisation", "name"), scenario.organisation.name)
    if scenario.organisation.about is not None:
        yield Placed(("organisation", "about"), scenario.organisation.about)
    for person in scenario.people.values():
        yield Placed(("people", person.id, "name"), person.name, named=True)
        if person.desk is not None:
            yield Placed(("people", person.id, "desk"), person.desk)
    yield from _of_incidents(scenario)
    yield from _of_injects(scenario)
    for number, line in enumerate(scenario.asides):
        if isinstance(line, ScriptedMessage) and line.say.text is not None and isinstance(line.say.text.value, Text):
            yield Placed(("script", "messages", number, "text"), line.say.text.value)
    for number, scripted in enumerate(scenario.script):
        for field, value in scripted.action.content.items():
            if isinstance(value, FreeText) and isinstance(value.value, Text):
                yield Placed(("script", number, "with", field), value.value)


def _of_incidents(scenario: Scenario) -> Iterator[Placed]:
    for incident in scenario.incidents.values():
        path: Path = ("incidents", incident.id)
        yield Placed((*path, "title"), incident.title)
        for key, text in (("scope", incident.truth.scope), ("loss", incident.truth.loss)):
            if text is not None:
                yield Placed((*path, "truth", key), text)
        for number, note in enumerate(incident.truth.notes):
            yield Placed((*path, "truth", "notes", number), note)


def _of_injects(scenario: Scenario) -> Iterator[Placed]:
    for number, inject in enumerate(scenario.injects):
        path: Path = ("injects", number)
        for key, text in (
            ("subject", inject.subject),
            ("body", inject.body),
            ("hint", inject.hint),
            ("from", inject.sender),
        ):
            if isinstance(text, Text):
                yield Placed((*path, key), text)
