"""Which texts of a document are missing in a language: no fault, but what a translator has to do."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from incidentsim.definitions.formats.common import Languages, Shape, TextShape
from incidentsim.definitions.formats.languages import playbook_languages, scenario_languages
from incidentsim.definitions.formats.playbook import PlaybookShape
from incidentsim.definitions.formats.scenario import ScenarioShape
from incidentsim.definitions.formats.validation import validate
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.problems import Path, Problem
from incidentsim.definitions.yaml12.reader import Document
from incidentsim.domain.playbook import Playbook
from incidentsim.messages import gettext as _
from incidentsim.messages import language_name

RULE = "translation"
"""The rule by which a missing text is noted."""


def missing_in_playbook(document: Document) -> list[Problem]:
    """The texts of a valid playbook that are missing in a language that it may have, in the order of the file."""
    return _missing(document, PlaybookShape, playbook_languages(document.value))


def missing_in_scenario(document: Document, playbook: Playbook) -> list[Problem]:
    """The same for a valid scenario of this playbook."""
    return _missing(document, ScenarioShape, scenario_languages(document.value, playbook))


def _missing(document: Document, model: type[Shape], languages: Languages) -> list[Problem]:
    shape = validate(Findings(document), model, languages)
    if shape is None:
        return []
    missing = [
        Problem(one.file, one.line, one.column, one.path, one.message, RULE)
        for path, text in _texts(shape, ())
        for tag in languages.known
        if tag not in text.words
        for one in (document.problem((*path, tag), _sentence(tag), key=True),)
    ]
    return sorted(missing, key=lambda problem: (problem.line, problem.column))


def _sentence(tag: str) -> str:
    return _("The text in {language} is missing.").format(language=language_name(tag))


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, TextShape]]:  # noqa: ANN401 - a part of a shape
    """Every text in this part of a document, and where it stands."""
    if isinstance(value, TextShape):
        yield path, value
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            if name in value.model_fields_set:
                yield from _texts(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))
