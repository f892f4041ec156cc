"""The sentences of the story, by name; what fills their braces is named beside them in the file."""

import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import Final, Literal

from pydantic import Field

from incidentsim.definitions.formats.common import Shape
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.domain.text import Text
from incidentsim.importing.veris.vocabulary.files import TextEntry, read_words, shipped
from incidentsim.messages import gettext as _

CATEGORIES: Final = ("social", "hacking", "malware", "physical", "misuse", "error", "environmental", "unknown")
"""The kinds of action, in the order of the story."""

WITH_WAYS: Final = ("social", "hacking", "malware", "physical", "misuse", "error")
"""The kinds of action that go through something."""

_BY_CATEGORY: Final[Mapping[str, Collection[str]]] = {
    "headline_unknown": CATEGORIES,
    "deeds": CATEGORIES,
    "ways": WITH_WAYS,
    "ways_unknown": WITH_WAYS,
}
_BRACE: Final = re.compile(r"{\w*}")


class Story(Shape):
    """Every sentence of the story."""

    schema_: Literal["incidentsim/veris-story/1"] = Field(alias="schema")

    # Titles

    headline: TextEntry
    headline_unknown: dict[str, TextEntry]
    suspicion: TextEntry
    suspicion_only: TextEntry

    # What comes to notice first

    concerns: TextEntry
    concerns_unknown: TextEntry
    sign_of_disclosure: TextEntry
    sign_of_change: TextEntry
    sign_of_absence: TextEntry
    unchecked: TextEntry

    # What was done, and how

    findings: TextEntry
    deeds: dict[str, TextEntry]
    ways: dict[str, TextEntry]
    ways_unknown: dict[str, TextEntry]
    aimed_at: TextEntry
    cause_unsaid: TextEntry

    # How far it goes

    extent: TextEntry
    affected: TextEntry
    assets_in_all: TextEntry
    data: TextEntry
    data_about: TextEntry
    records: TextEntry
    volume: TextEntry
    lasts: TextEntry
    lasts_forever: TextEntry
    lasts_unknown: TextEntry
    still_active: TextEntry
    grading_estimate: TextEntry

    # Who, and why

    who: TextEntry
    behind_it: TextEntry
    motive: TextEntry
    job_change: TextEntry
    partner: TextEntry
    nobody_known: TextEntry

    # The course of events

    course: TextEntry
    oldest_traces: TextEntry
    to_damage: TextEntry
    no_damage: TextEntry
    to_outflow: TextEntry
    no_outflow: TextEntry

    # The damage

    damage: TextEntry
    estimate: TextEntry
    estimate_range: TextEntry
    estimate_most: TextEntry
    losses: TextEntry

    # Where it was no incident

    outcome: TextEntry
    tried: TextEntry
    harmless: TextEntry
    failed: TextEntry
    nothing_happened: TextEntry

    # For the facilitator

    contained_in: TextEntry
    never_contained: TextEntry
    unlawful: TextEntry
    lawful: TextEntry
    crime: TextEntry
    at_fault: TextEntry
    stated: TextEntry
    residual: TextEntry

    # The scenario as a whole

    summary: TextEntry
    fiction: TextEntry
    fiction_with_people: TextEntry
    company: TextEntry
    company_about: TextEntry
    objectives: list[TextEntry]


@cache
def story() -> Story:
    """The sentences that ride inside the package."""
    return read_story(shipped("story.yaml"), "story.yaml")


def read_story(data: bytes, file: str) -> Story:
    """The sentences in a file.

    Args:
        data: the file's bytes.
        file: what the file is called in a problem.

    Raises:
        DefinitionError: the file is no YAML, lacks a sentence, or a sentence has other braces in the two languages;
            every problem at once.
    """
    words, findings = read_words(data, file, Story)
    values: dict[str, object] = dict(words)
    for name, wanted in _BY_CATEGORY.items():
        _check_categories(findings, name, values[name], wanted)
    for name, value in values.items():
        _check_braces(findings, (name,), value)
    if findings:
        raise findings.error()
    return words


def _check_categories(findings: Findings, name: str, table: object, wanted: Collection[str]) -> None:
    """Note which kinds of action a table of sentences lacks, and which it has that there are not."""
    categories = list(table) if isinstance(table, Mapping) else []
    for category in categories:
        if category not in wanted:
            findings.unknown((name, category), _("kind of action"), category, wanted, key=True)
    for category in wanted:
        if category not in categories:
            findings.add((name,), _("The key {key} is missing.").format(key=category))


def _check_braces(findings: Findings, path: tuple[str | int, ...], value: object) -> None:
    """Note where a text has other braces in Chinese than in English."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            _check_braces(findings, (*path, str(key)), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            _check_braces(findings, (*path, index), inner)
    elif isinstance(value, Text):
        en, zh = (sorted(set(_BRACE.findall(words))) for words in (value.en, value.zh))
        if en != zh:
            message = _("The texts have different braces: {en} in English, {zh} in Chinese.")
            findings.add(path, message.format(en=" ".join(en) or "–", zh=" ".join(zh) or "–"))
