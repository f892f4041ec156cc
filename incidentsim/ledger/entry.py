"""One entry of the record: a sealed fact in its envelope, as the exact bytes that are stored, hashed and exported.

An entry is the canonical JSON of one object, so the exported log is nothing but these lines, and `sha256sum` of a
line (without its line feed) is the entry's hash:

    {"fact":{…},"header":{…},"prev":"sha256:…","recorded":"2026-05-01T08:00:00.000Z","run":"…",
     "scheme":"incidentsim/entry/1","seq":0,"source":"engine"}

`header` stands in entry 0 only. Two parts may be left out, and were by earlier versions: `pins` of the header, digests
of whatever else a run rests on, by name; and `seat` of an entry, the place at which it was decided. Neither is part
of a fact, so no outcome digest depends on them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, cast

import orjson

from incidentsim.domain.facts import DecisionSource, Json
from incidentsim.ledger.canonical import UncanonicalError, canonical, read_canonical
from incidentsim.ledger.digests import digest, is_digest
from incidentsim.messages import gettext as _

SCHEME: Final = "incidentsim/entry/1"
FACT_SCHEME: Final = "incidentsim/fact/1"


_SOURCES: Final = tuple(DecisionSource)

_SEAT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", re.ASCII)
_DIGEST: Final = re.compile(rb"sha256:[0-9a-f]{64}")
_RECORDED: Final = re.compile(r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d\.\d{3}Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is stored: `data` are its bytes, `hash` is their SHA-256, `prev` that of the entry before."""

    run: str
    seq: int
    prev: str
    hash: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """The statement of entry 0 about the whole run.

    `program` is a name and a version, `playbook` and `scenario` are digests of the documents' bytes, and `options`
    are the choices that the outcome depends on, such as whether bots decided. `pins` are the digests of whatever else
    the run rests on, by names that a version may add to (`person/p1` is the commitment to a name, see `roster`).
    """

    program: str
    playbook: str
    scenario: str
    options: Mapping[str, Json] = field(default_factory=dict)
    fact_scheme: str = FACT_SCHEME
    pins: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Json]:
        """The header as it stands in the entry; without pins where there are none."""
        value: dict[str, Json] = {
            "program": self.program,
            "playbook": self.playbook,
            "scenario": self.scenario,
            "fact_scheme": self.fact_scheme,
            "options": dict(self.options),
        }
        return {**value, "pins": dict[str, Json](self.pins)} if self.pins else value

    @classmethod
    def from_json(cls, value: Json) -> "Header":
        """The header that `to_json` wrote.

        Raises:
            UncanonicalError: a part is missing, superfluous or of another kind.
        """
        if not isinstance(value, dict) or value.keys() - {"pins"} != _HEADER_PARTS:
            raise _shape_error("$.header", _("a header with the parts {parts}"), sorted(_HEADER_PARTS))
        for name in ("program", "fact_scheme"):
            if not isinstance(value[name], str):
                raise _shape_error(f"$.header.{name}", _("a string"))
        for name in ("playbook", "scenario"):
            if not is_digest(value[name]):
                raise _shape_error(f"$.header.{name}", _("a digest, sha256: and 64 hexadecimal digits"))
        if not isinstance(value["options"], dict):
            raise _shape_error("$.header.options", _("an object"))
        pins = value.get("pins", {})
        if not isinstance(pins, dict):
            raise _shape_error("$.header.pins", _("an object"))
        if not all(map(is_digest, pins.values())):
            raise _shape_error("$.header.pins", _("digests, each sha256: and 64 hexadecimal digits"))
        return cls(
            program=cast("str", value["program"]),
            playbook=cast("str", value["playbook"]),
            scenario=cast("str", value["scenario"]),
            options=value["options"],
            fact_scheme=cast("str", value["fact_scheme"]),
            pins=cast("dict[str, str]", pins),
        )


@dataclass(frozen=True, slots=True)
class Body:
    """The content of an entry.

    `fact` is sealed, `recorded` is UTC as `timestamp` writes it; entry 0 alone has a header. `seat` is the place at
    which it was decided (ASCII letters, digits, `-` and `_`, at most 64), where several decide.
    """

    run: str
    seq: int
    prev: str
    recorded: str
    source: DecisionSource
    fact: Mapping[str, Json]
    header: Header | None = None
    seat: str | None = None

    def to_entry(self) -> Entry:
        """The entry that says this.

        Raises:
            UncanonicalError: a part is outside of what a record can hold.
        """
        value: dict[str, Json] = {
            "scheme": SCHEME,
            "run": self.run,
            "seq": self.seq,
            "prev": self.prev,
            "recorded": self.recorded,
            "source": self.source.value,
            "fact": cast("dict[str, Json]", self.fact),
        }
        if self.header is not None:
            value["header"] = self.header.to_json()
        if self.seat is not None:
            value["seat"] = self.seat
        check_shape(value)
        data = canonical(value)
        return Entry(self.run, self.seq, self.prev, digest(data), data)


def read_entry(data: bytes) -> Body:
    """Parse the canonical bytes of an entry, and check its shape.

    Raises:
        UncanonicalError: they are not canonical JSON, or not an entry of this scheme.
    """
    value = read_canonical(data)
    check_shape(value)
    parts = cast("dict[str, Json]", value)
    return Body(
        run=cast("str", parts["run"]),
        seq=cast("int", parts["seq"]),
        prev=cast("str", parts["prev"]),
        recorded=cast("str", parts["recorded"]),
        source=DecisionSource(cast("str", parts["source"])),
        fact=cast("dict[str, Json]", parts["fact"]),
        header=Header.from_json(parts["header"]) if "header" in parts else None,
        seat=cast("str | None", parts.get("seat")),
    )


def last_fact(data: bytes) -> tuple[str | None, int | None]:
    """The kind and time of the fact in an entry, for the list of runs: nothing where the entry is damaged."""
    try:
        fact = orjson.loads(data)["fact"]
        return str(fact["fact"]), int(fact["at"])
    except (ValueError, KeyError, TypeError):
        return None, None


def documents_in(entries: Iterable[bytes]) -> set[str]:
    """Return whatever may be the digest of a document that these entries name, whether they are sound or not."""
    return {found.decode() for data in entries for found in _DIGEST.findall(data)}


def timestamp(moment: datetime) -> str:
    """`moment` as an entry writes it: UTC, RFC 3339, milliseconds, such as `2026-05-01T08:00:00.000Z`.

    Raises:
        ValueError: `moment` says nothing about its zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be recorded")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def is_timestamp(value: object) -> bool:
    """Return whether `value` is a time in the form that `timestamp` writes: UTC, RFC 3339, milliseconds."""
    return isinstance(value, str) and _RECORDED.fullmatch(value) is not None


def is_seat(value: object) -> bool:
    """Return whether `value` is fit to name a seat: ASCII letters, digits, `-` and `_`, at most 64 of them."""
    return isinstance(value, str) and _SEAT.fullmatch(value) is not None


_PARTS: Final = frozenset(("scheme", "run", "seq", "prev", "recorded", "source", "fact"))
_FIRST_PARTS: Final = _PARTS | {"header"}
_HEADER_PARTS: Final = frozenset(("program", "playbook", "scenario", "fact_scheme", "options"))


def check_shape(value: Json) -> None:
    """Check that `value` has an entry's parts, each of its kind, and no others; `seat` may be missing.

    Raises:
        UncanonicalError: it has not; the message says where and what would be right.
    """
    if not isinstance(value, dict):
        raise _shape_error("$", _("an object"))
    scheme = value.get("scheme")
    if scheme != SCHEME:
        raise _shape_error("$.scheme", _("the scheme {parts}"), [SCHEME])
    seq = value.get("seq")
    if type(seq) is not int or seq < 0:
        raise _shape_error("$.seq", _("a sequence number from 0 on"))
    expected = _PARTS if seq else _FIRST_PARTS
    if value.keys() - {"seat"} != expected:
        raise _shape_error("$", _("exactly the parts {parts}"), sorted(expected))
    if not isinstance(value["run"], str) or not value["run"]:
        raise _shape_error("$.run", _("the id of a run"))
    if not is_digest(value["prev"]):
        raise _shape_error("$.prev", _("a digest, sha256: and 64 hexadecimal digits"))
    if not is_timestamp(value["recorded"]):
        raise _shape_error("$.recorded", _("a time like 2026-05-01T08:00:00.000Z"))
    if value["source"] not in _SOURCES:
        raise _shape_error("$.source", _("one of {parts}"), _SOURCES)
    if "seat" in value and not is_seat(value["seat"]):
        raise _shape_error("$.seat", _("the name of a seat, of ASCII letters, digits, - and _"))
    fact = value["fact"]
    if not isinstance(fact, dict) or type(fact.get("at")) is not int or not isinstance(fact.get("fact"), str):
        raise _shape_error("$.fact", _("a fact with its time `at` and its kind `fact`"))
    if not seq:
        Header.from_json(value["header"])


def _shape_error(path: str, wanted: str, parts: "list[str] | tuple[str, ...]" = ()) -> UncanonicalError:
    message = _("At {path} an entry needs {wanted}.")
    return UncanonicalError(message.format(path=path, wanted=wanted.format(parts=", ".join(parts))), path)
