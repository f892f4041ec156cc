"""Reading a record into plain facts.

Here the forms that real records come in (one value or a list, numbers as texts, older spellings, parents beside
their children) become one form. What a fact means for the scenario is decided elsewhere.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from incidentsim.definitions.formats.scenario import BIGGEST
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.importing.veris.content import (
    KINDS_OF_ACTOR,
    Actor,
    Asset,
    Deed,
    Facts,
    Kind,
    Span,
)
from incidentsim.importing.veris.record import NO_ANSWERS, Found, Record
from incidentsim.importing.veris.vocabulary.story import CATEGORIES
from incidentsim.importing.veris.vocabulary.tables import PLACES, identifiers
from incidentsim.messages import gettext as _

_VERSION: Final = re.compile(r"1\.[34](\.[0-9]{1,3}){0,2}")
_PARENTS: Final[Mapping[str, Mapping[str, frozenset[str]]]] = {
    "action.hacking.vector": {"desktop sharing software": frozenset({"3rd party desktop", "desktop sharing"})},
    "action.malware.variety": {
        "backdoor or c2": frozenset({"backdoor", "c2"}),
        "click fraud and cryptocurrency mining": frozenset({"click fraud", "cryptocurrency mining"}),
    },
    "action.malware.vector": {
        "email": frozenset({"email attachment", "email autoexecute", "email link", "email unknown", "email other"}),
        "web application": frozenset({"web application - download", "web application - drive-by"}),
    },
    "action.social.target": {"end-user or employee": frozenset({"end-user", "other employee"})},
    "asset.assets.variety": {
        "u - desktop or laptop": frozenset({"u - desktop", "u - laptop"}),
        "p - end-user or employee": frozenset({"p - end-user", "p - other employee"}),
    },
}
"""Values that records carry beside a more exact one, because statistics count both."""

_OLD_METHODS: Final[Mapping[str, str]] = {"ext": "external", "int": "internal", "prt": "partner"}
_OLD_VARIETIES: Final[Mapping[str, str]] = {
    "reported by user": "reported by employee",
    "it audit": "it review",
    "unrelated party": "unrelated 3rd party",
}


def facts_of(record: Record) -> Facts:
    """Read the facts out of a VERIS record.

    Raises:
        DefinitionError: it is not a VERIS record of versions 1.3 to 1.4, or something in it is not what VERIS has
            there; all that is wrong at once.
    """
    _require_record(record)
    confidentiality = ("attribute", "confidentiality")
    for section in ("action", "actor", "asset", "attribute", "timeline", "impact"):
        record.section((section,))
    record.section(confidentiality)
    facts = Facts(
        version=_version(record),
        status=_status(record),
        deeds=_deeds(record),
        actors=_actors(record),
        assets=_assets(record),
        kinds=_kinds(record),
        disclosure=record.word((*confidentiality, "data_disclosure"), "attribute.confidentiality.data_disclosure"),
        integrity=_varieties(record, ("attribute", "integrity"), "attribute.integrity"),
        availability=_varieties(record, ("attribute", "availability"), "attribute.availability"),
        outage=span(record, ("attribute", "availability", "duration"), "attribute.availability.duration.unit"),
        discovery=_discovery(record),
    )
    record.stop_if_faulty()
    return facts


def span(record: Record, path: Path, place: str) -> Span | None:
    """The stretch of time at `path`; `None` where the record says nothing of the kind."""
    if not record.section(path):
        return None
    unit = record.word((*path, "unit"), place)
    value = record.number((*path, "value"))
    return None if unit is None else Span(path, unit.id, value)


def telling(record: Record, words: Sequence[Found], place: str) -> tuple[Found, ...]:
    """The identifiers that a story should tell: no parent beside its child, no `Unknown` beside something known."""
    ids = {word.id for word in words}
    kept = []
    for word in words:
        if _PARENTS.get(place, {}).get(word.id, frozenset()) & ids:
            record.carry(word.path)
        elif word.id in ("unknown", "na") and ids - {"unknown", "na"}:
            record.drop(word.path, _("The record says nothing here."))
        else:
            kept.append(word)
    return tuple(kept)


def _require_record(record: Record) -> None:
    if not isinstance(record.source.value, Mapping):
        record.fault((), _("This is not a VERIS record, which is a JSON object."))
    elif not any(part in record.source.value for part in ("action", "actor", "asset", "attribute")):
        record.fault((), _("This is not a VERIS record: it has no action, actor, asset or attribute."))
    record.stop_if_faulty()


def _version(record: Record) -> str:
    path = ("schema_version",)
    value = record.at(path)
    text = str(value).strip() if isinstance(value, str | Decimal) else ""
    if value is None:
        record.fault(path, _("The key {key} is missing.").format(key="schema_version"))
    elif not _VERSION.fullmatch(text):
        record.fault(path, _("This is not a version that can be read here; valid are 1.3.3 to 1.4.x."))
    record.carry(path)
    return text


def _status(record: Record) -> str:
    path = ("security_incident",)
    value = record.at(path)
    if value is None:
        record.assume(path, _("The record does not say whether it is an incident; a confirmed one is assumed."))
        return "confirmed"
    known = value.strip().casefold() if isinstance(value, str) else ""
    if known not in identifiers("security_incident"):
        message = _("This does not say whether it is an incident; valid are {valid}.")
        record.fault(path, message.format(valid="Confirmed, Suspected, Near miss, False positive"))
    record.carry(path)
    return known


def _varieties(record: Record, path: Path, place: str, part: str = "variety") -> tuple[Found, ...]:
    record.section(path)
    place = f"{place}.{part}"
    return telling(record, record.words((*path, part), place), place) if place in PLACES else ()


def _deeds(record: Record) -> tuple[Deed, ...]:
    deeds = []
    for category in CATEGORIES:
        path, place = ("action", category), f"action.{category}"
        if record.at(path) is None and category not in record.section(("action",)):
            continue
        parts = [_varieties(record, path, place, part) for part in ("variety", "vector", "target", "result")]
        deeds.append(Deed(category, *parts))
    # Records put `unknown` beside what is known when there may be more; the story tells what is known.
    return tuple(deed for deed in deeds if deed.category != "unknown" or len(deeds) == 1)


def _actors(record: Record) -> tuple[Actor, ...]:
    actors = []
    for kind in KINDS_OF_ACTOR:
        path, place = ("actor", kind), f"actor.{kind}"
        if kind not in record.section(("actor",)):
            continue
        parts = [_varieties(record, path, place, part) for part in ("variety", "motive", "job_change")]
        actors.append(Actor(kind, *parts))
    return tuple(actors)


def _assets(record: Record) -> tuple[Asset, ...]:
    place = "asset.assets.variety"
    tallies = _tallies(record, ("asset", "assets"), place)
    words = [Found(path, asset) for asset, tally in tallies.items() if asset for path in tally.paths]
    told = {word.id for word in telling(record, words, place)}
    return tuple(Asset(name, tuple(tallies[name].paths), tallies[name].amount) for name in tallies if name in told)


def _kinds(record: Record) -> tuple[Kind, ...]:
    place = "attribute.confidentiality.data.variety"
    path = ("attribute", "confidentiality")
    tallies = _tallies(record, (*path, "data"), place)
    total = record.count((*path, "data_total"))
    return tuple(
        Kind(name or "unknown", tuple(tally.paths), _of_one_kind(record, tally, total))
        for name, tally in tallies.items()
    )


def _of_one_kind(record: Record, tally: "_Tally", total: int | None) -> int | None:
    """How many records of one kind there are: not more than in all, or than one entry says, if that is more."""
    if tally.amount is None or tally.amount == tally.greatest:
        return tally.amount
    if total is None:
        what = _("One kind of data stands here more than once; its figures are added up, because no total is given.")
        record.assume(tally.paths[0], what)
        return tally.amount
    most = max(total, tally.greatest)
    if tally.amount > most:
        what = _("One kind of data stands here more than once and adds up to more than the total; the total counts.")
        record.assume(tally.paths[0], what)
    return min(tally.amount, most)


@dataclass(slots=True)
class _Tally:
    """The entries of one variety in a list, and how many they are together, where they say."""

    paths: list[Path] = field(default_factory=list)
    amount: int | None = None
    greatest: int = 0


def _tallies(record: Record, path: Path, place: str) -> dict[str, _Tally]:
    """The entries of a list of varieties and amounts, by variety; an entry without one stands under an empty name."""
    tallies: dict[str, _Tally] = {}
    for entry in record.entries(path):
        written_short = isinstance(record.at(entry), str)
        if not written_short and not record.section(entry):
            continue
        word = record.word(entry if written_short else (*entry, "variety"), place)
        amount = None if written_short else record.count((*entry, "amount"))
        if word is None and amount is None:
            continue
        tally = tallies.setdefault("" if word is None else word.id, _Tally())
        tally.paths.append(entry)
        if amount is not None:
            tally.amount = min(amount + (tally.amount or 0), BIGGEST)
            tally.greatest = max(tally.greatest, amount)
    return tallies


def _discovery(record: Record) -> tuple[str, Found | None, Path] | None:
    """The kind of discovery, its variety if known, and where that stands."""
    path = ("discovery_method",)
    value = record.at(path)
    if isinstance(value, str):
        return _discovery_before_1_3_3(record, value)
    ways = []
    for kind in ("internal", "external", "partner"):
        if kind in record.section(path):
            place = f"discovery_method.{kind}"
            words = _varieties(record, (*path, kind), place) or (None,)
            ways += [(kind, word, (*path, kind) if word is None else word.path) for word in words]
    ways += [
        (kind, None, (*path, kind))
        for kind in ("other", "unknown")
        if kind in record.section(path) and record.at((*path, kind)) is not False
    ]
    if not ways:
        return None
    first = next((way for way in ways if way[1] is not None and way[1].id not in ("unknown", "other")), ways[0])
    record.drop_all([way[2] for way in ways if way != first], _("The story opens with one way of discovery only."))
    return first


def _discovery_before_1_3_3(record: Record, value: str) -> tuple[str, Found | None, Path]:
    """Once this was one text, such as `Ext - customer`."""
    path = ("discovery_method",)
    short, _dash, variety = value.strip().casefold().partition(" - ")
    kind = _OLD_METHODS.get(short, short)
    variety = _OLD_VARIETIES.get(variety, variety)
    if f"discovery_method.{kind}.variety" not in PLACES:
        if kind not in ("other", *NO_ANSWERS):
            record.drop(path, _("VERIS has no such value here as far as we know; the story keeps to general words."))
        return ("other" if kind == "other" else "unknown", None, path)
    known = variety in identifiers(f"discovery_method.{kind}.variety")
    return (kind, Found(path, variety) if known else None, path)
