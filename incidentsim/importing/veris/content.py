"""What a VERIS record says, as plain facts: identifiers of our tables, exact numbers, and where each of them stood."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from incidentsim.definitions.yaml12.problems import Path
from incidentsim.importing.veris.record import Found

KINDS_OF_ACTOR: Final = ("external", "internal", "partner", "unknown")

_MOST_TELLING: Final = ("malware", "physical", "hacking", "social", "misuse", "error", "environmental")
"""In which order categories give a case its name: what is most striking first."""


@dataclass(frozen=True, slots=True)
class Deed:
    """An action of one VERIS category: by which means (`varieties`), through what, to whom, and to what end."""

    category: str
    varieties: tuple[Found, ...]
    ways: tuple[Found, ...]
    targets: tuple[Found, ...]
    results: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody behind it. `kind` is one of KINDS_OF_ACTOR."""

    kind: str
    varieties: tuple[Found, ...]
    motives: tuple[Found, ...]
    job_changes: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Asset:
    """A kind of thing that was affected, and how many, where the record says."""

    id: str
    paths: tuple[Path, ...]
    amount: int | None

    @property
    def group(self) -> str:
        """The letter with which VERIS groups assets, such as `s` for servers; `unknown` or `other` without one."""
        return self.id.partition(" - ")[0]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of data, and how many records of it, where the record says."""

    id: str
    paths: tuple[Path, ...]
    amount: int | None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time: a unit of our table, and how many, where the record says."""

    path: Path
    unit: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Facts:
    """The values of a VERIS record that the importer makes a scenario from."""

    version: str
    status: str
    deeds: tuple[Deed, ...]
    actors: tuple[Actor, ...]
    assets: tuple[Asset, ...]
    kinds: tuple[Kind, ...]
    disclosure: Found | None
    integrity: tuple[Found, ...]
    availability: tuple[Found, ...]
    outage: Span | None
    discovery: tuple[str, Found | None, Path] | None

    @property
    def is_incident(self) -> bool:
        """True where the record is about an incident, confirmed or suspected."""
        return self.status in ("confirmed", "suspected")

    def has(self, place: str, *identifiers: str) -> Found | None:
        """The first of `identifiers` that the record has at a place of `PLACES`; `None` where it has none of them."""
        return next((found for found in self._all_at(place) if found.id in identifiers), None)

    def chief_deed(self) -> tuple[str, str | None]:
        """The deed that names the case: its category, and its means as far as they are known."""
        by_category = {deed.category: deed for deed in self.deeds}
        for category in _MOST_TELLING:
            known = [word.id for word in by_category[category].varieties] if category in by_category else []
            known.sort(key=lambda means: means != "ransomware")
            means = next((means for means in known if means not in ("unknown", "other")), None)
            if means is not None:
                return category, means
        return next((category for category in _MOST_TELLING if category in by_category), "unknown"), None

    def motives(self) -> frozenset[str]:
        """The motives of all actors."""
        return frozenset(motive.id for actor in self.actors for motive in actor.motives)

    def categories(self) -> frozenset[str]:
        """The categories of all deeds."""
        return frozenset(deed.category for deed in self.deeds)

    def _all_at(self, place: str) -> Sequence[Found]:
        if place == "attribute.integrity.variety":
            return self.integrity
        _action, category, part = place.split(".")
        deeds = [deed for deed in self.deeds if deed.category == category]
        return [found for deed in deeds for found in (deed.varieties if part == "variety" else deed.ways)]
