"""Which words stand for an identifier at a place of a record; a lookup ignores case, because records do.

A place is a path without `$` and without list positions: `action.hacking.variety`.
"""

from collections.abc import Collection, Mapping
from functools import cache
from typing import Final, Literal, TypeVar

from pydantic import Field

from incidentsim.definitions.formats.common import Shape
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.domain.text import Text
from incidentsim.importing.veris.vocabulary.entries import Noun, Opening, Unit
from incidentsim.importing.veris.vocabulary.files import (
    NounEntry,
    OpeningEntry,
    TextEntry,
    UnitEntry,
    read_words,
    shipped,
)
from incidentsim.messages import gettext as _

E = TypeVar("E")

FILES: Final[Mapping[str, tuple[str, ...]]] = {
    "circumstances": ("security_incident", "confidence", "targeted"),
    "hacking": ("action.hacking.variety", "action.hacking.vector"),
    "malware": ("action.malware.variety", "action.malware.vector"),
    "social": ("action.social.variety", "action.social.vector", "action.social.target"),
    "misuse": ("action.misuse.variety", "action.misuse.vector"),
    "physical": ("action.physical.variety", "action.physical.vector"),
    "error": ("action.error.variety", "action.error.vector"),
    "environmental": ("action.environmental.variety",),
    "results": ("action.result",),
    "actors": ("actor.external.variety", "actor.internal.variety", "actor.motive", "actor.internal.job_change"),
    "assets": (
        "asset.assets.variety",
        "asset.ownership",
        "asset.cloud",
        "asset.hosting",
        "asset.management",
        "asset.role",
    ),
    "attributes": (
        "attribute.confidentiality.data_disclosure",
        "attribute.confidentiality.data.variety",
        "attribute.confidentiality.data_victim",
        "attribute.confidentiality.state",
        "attribute.integrity.variety",
        "attribute.availability.variety",
    ),
    "discovery": (
        "discovery_method.internal.variety",
        "discovery_method.external.variety",
        "discovery_method.partner.variety",
        "discovery_method",
    ),
    "impact": ("impact.overall_rating", "impact.loss.variety", "impact.loss.rating"),
    "times": ("unit",),
}
"""The tables in each file of words, by the file's name without its ending."""

_SHARED: Final[Mapping[str, tuple[str, ...]]] = {
    "action.result": tuple(
        f"action.{category}.result" for category in ("hacking", "malware", "social", "misuse", "physical", "unknown")
    ),
    "actor.motive": tuple(f"actor.{kind}.motive" for kind in ("external", "internal", "partner")),
    "unit": (
        "attribute.availability.duration.unit",
        *(f"timeline.{stretch}.unit" for stretch in ("compromise", "exfiltration", "discovery", "containment")),
    ),
    "discovery_method": (),
}
"""Tables that stand for no place of their own name, and the places that they serve."""

_FILE_OF: Final = {table: file for file, tables in FILES.items() for table in tables}

PLACES: Final[Mapping[str, str]] = {place: table for table in _FILE_OF for place in _SHARED.get(table, (table,))}
"""The places of a record for which there are words, and the table of each."""


class VocabularyShape(Shape):
    """A file of tables: by name, what stands for each identifier."""

    schema_: Literal["incidentsim/veris-vocabulary/1"] = Field(alias="schema")
    texts: dict[str, dict[str, TextEntry]] = Field(default={})
    nouns: dict[str, dict[str, NounEntry]] = Field(default={})
    openings: dict[str, dict[str, OpeningEntry]] = Field(default={})
    units: dict[str, dict[str, UnitEntry]] = Field(default={})


Table = Mapping[str, Text | Noun | Opening | Unit]
"""A table: what stands for each identifier, all of one kind."""


def read_tables(data: bytes, file: str, names: Collection[str]) -> dict[str, Table]:
    """The tables of a file.

    Args:
        data: the file's bytes.
        file: what the file is called in a problem.
        names: the tables that it has to hold, and no others.

    Raises:
        DefinitionError: the file is no YAML, not of the format, or lacks a table; every problem at once.
    """
    words, findings = read_words(data, file, VocabularyShape)
    sections: dict[str, Mapping[str, Table]] = {
        "texts": words.texts,
        "nouns": words.nouns,
        "openings": words.openings,
        "units": words.units,
    }
    tables: dict[str, Table] = {}
    for section, held in sections.items():
        for name, table in held.items():
            if name not in names:
                findings.unknown((section, name), _("table"), name, names, key=True)
            tables[name] = _folded(findings, (section, name), table)
    for name in names:
        if name not in tables:
            findings.add((), _("The key {key} is missing.").format(key=name))
    if findings:
        raise findings.error()
    return tables


def identifiers(place: str) -> Collection[str]:
    """The identifiers, in lower case, that there are words for at a place."""
    return _table(PLACES[place])


def words_at(place: str) -> Mapping[str, Text]:
    """The words for the identifiers (in lower case) at a place that has plain texts."""
    return _of(Text, PLACES[place])


def text_of(place: str, identifier: str) -> Text | None:
    """Our words for an identifier at a place; `None` where we have none."""
    return words_at(place).get(identifier.casefold())


def nouns() -> Mapping[str, Noun]:
    """The words for assets, by identifier in lower case."""
    return _of(Noun, "asset.assets.variety")


def units() -> Mapping[str, Unit]:
    """The words for units of time, by identifier in lower case."""
    return _of(Unit, "unit")


def openings(kind: str) -> Mapping[str, Opening]:
    """Return the openings of discoveries of a kind (`internal`, `external`, `partner`), by identifier in lower case."""
    return _of(Opening, f"discovery_method.{kind}.variety")


def other_openings() -> Mapping[str, Opening]:
    """Return the openings for the discoveries without a kind, `other` and `unknown`, by identifier in lower case."""
    return _of(Opening, "discovery_method")


@cache
def _file(name: str) -> Mapping[str, Table]:
    return read_tables(shipped(f"{name}.yaml"), f"{name}.yaml", FILES[name])


def _table(name: str) -> Table:
    return _file(_FILE_OF[name])[name]


def _of(kind: type[E], name: str) -> Mapping[str, E]:
    """The table of this name, which holds entries of this kind.

    Raises:
        TypeError: it holds entries of another kind.
    """
    table = _table(name)
    if not all(isinstance(entry, kind) for entry in table.values()):
        raise TypeError(f"the table {name} holds other entries than {kind.__name__}")
    return table  # type: ignore[return-value]  # just looked at


def _folded(findings: Findings, path: tuple[str, str], table: Table) -> Table:
    """The table with its identifiers in lower case; two that differ by case alone are noted."""
    folded: dict[str, Text | Noun | Opening | Unit] = {}
    for identifier, entry in table.items():
        if identifier.casefold() in folded:
            message = _("{name} stands here twice.").format(name=identifier)
            findings.add((*path, identifier), message, key=True)
        folded[identifier.casefold()] = entry
    return folded
