"""The invented world: organisations, companies and towns, read from the package's own data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.domain.text import Text

KINDS: Final = (
    "ride_hailing", "bank", "hospital", "retailer", "insurer", "logistics", "university", "airline", "property",
    "district_office", "school", "supplier_software", "supplier_outsourcing", "newspaper", "courier", "utility",
)  # fmt: skip
"""The kinds of invented companies; which there are for each stands in the data."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """The company whose procedure is exercised.

    Attributes:
        domain: of its addresses, under .example.
        zone: the IANA time zone it works in.
        scope: what it declares to the clock packs, as in a scenario file; empty where it declares nothing.
    """

    name: Text
    about: Text
    city: Text
    domain: str
    zone: str
    scope: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Company:
    """Another invented company; `kind` says in words what it is."""

    name: Text
    domain: str
    kind: Text


@dataclass(frozen=True, slots=True)
class World:
    """The invented organisations and companies of a locale, and words to make names of.

    Attributes:
        organisations: those that an exercise can be set in.
        companies: others, by their kind.
        words: for names of hosts and the like.
    """

    organisations: tuple[Organisation, ...]
    companies: Mapping[str, tuple[Company, ...]]
    words: tuple[str, ...]


@cache
def world(locale: str) -> World:
    """The world of a locale."""
    data = package_data("world.yaml")
    scope = data["scopes"][locale]
    companies = {
        kind: tuple(
            Company(Text(one["en"], one["zh"]), f"{one['domain']}.example", _text(data["kinds"][kind])) for one in known
        )
        for kind, known in data["companies"][locale].items()
    }
    organisations = tuple(
        Organisation(_text(one["name"]), _text(one["about"]), _text(one["city"]), one["domain"], one["zone"], scope)
        for one in data["organisations"][locale]
    )
    return World(organisations, companies, tuple(data["words"]))


@cache
def package_data(name: str) -> dict[str, Any]:
    """A data file of this room."""
    data = files("incidentsim.generation").joinpath("data", name).read_bytes()
    value: dict[str, Any] = read_yaml(data, name).value
    return value


def _text(value: Mapping[str, str]) -> Text:
    return Text(value["en"], value["zh"])
