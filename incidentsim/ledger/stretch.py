"""Reading many entries at once, as fast as they can be read completely: parsed, canonical, chained, hashed.

A stretch is sound or it is not. What exactly is wrong, and where, is left to `verify`, which then looks at each entry
alone; so this pass may give up at the least doubt, and only what it accepts matters. It must accept nothing that the
exact way would refuse, which a test holds on many thousands of changed entries.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final, cast

import orjson

from incidentsim.domain.facts import Json
from incidentsim.ledger.canonical import UncanonicalError, canonical, read_canonical
from incidentsim.ledger.digests import PREFIX
from incidentsim.ledger.entry import SCHEME, SOURCES, check_shape, is_timestamp
from incidentsim.ledger.merkle import Tree
from incidentsim.ledger.sealing import commitments

_WRITTEN: Final = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER
_PARTS: Final = 7
_SOURCES: Final = frozenset(SOURCES)
_LEVELS: Final = 16
"""How deep a fact is followed here; deeper ones are left to the exact way."""
_PLAIN, _SEALED, _UNSOUND = 0, 1, 2


@dataclass(slots=True)
class Stretch:
    """A stretch of sound entries that follow on each other.

    Attributes:
        run: the run they all name.
        prev: the hash that the first of them names.
        last: the hash of the last of them.
        tree: their leaves; its `begin` is the first one's number, its `end` that after the last.
        header: what entry 0 says about the run, where it is among them.
        sealed: the commitments to texts, by entry and pointer, that no text was compared with yet.
        unopened: how many further commitments there are whose texts were not at hand.
    """

    run: str
    prev: str
    last: str
    tree: Tree
    header: Json = None
    sealed: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    unopened: int = 0


def read_stretch(lines: Sequence[bytes]) -> Stretch | None:
    """The stretch that these lines, at least one, are; `None` if something in them is, or may be, wrong."""
    try:
        first = read_canonical(lines[0])
        check_shape(first)
    except UncanonicalError:
        return None
    parts = cast("dict[str, Any]", first)
    seq, prev, run = parts["seq"], parts["prev"], parts["run"]
    stretch = Stretch(run=run, prev=prev, last=prev, tree=Tree(seq), header=parts.get("header"))
    leaves: list[bytes] = []
    if "header" in parts:  # the one entry of another shape
        _take_commitments(stretch, seq, parts["fact"])
        leaves.append(sha256(b"\x00" + lines[0]).digest())
        prev = PREFIX + sha256(lines[0]).hexdigest()
        seq += 1
        lines = lines[1:]
    try:
        prev = _read_on(stretch, lines, leaves, seq, prev)
    except (ValueError, KeyError, TypeError):  # no JSON, a part missing, a part of another kind
        return None
    if prev is None:
        return None
    stretch.last = prev
    stretch.tree.extend(leaves)
    return stretch


def _read_on(stretch: Stretch, lines: Sequence[bytes], leaves: list[bytes], seq: int, prev: str) -> str | None:
    """Read entries without a header; the hash of the last, or `None` where one of them is not sound.

    One loop without calls where it can be: it runs a million times.
    """
    loads, dumps, hashed, keep = orjson.loads, orjson.dumps, sha256, leaves.append
    run, recorded = stretch.run, None
    ascii_only = b"".join(lines).isascii()
    for line in lines:
        entry = loads(line)
        if dumps(entry, option=_WRITTEN) != line:  # also sees a key given twice, and a number beyond ±(2^53−1)
            return None
        fact, number, at = entry["fact"], entry["seq"], entry["recorded"]
        if (
            number != seq
            or entry["prev"] != prev
            or entry["run"] != run
            or entry["scheme"] != SCHEME
            or entry["source"] not in _SOURCES
            or len(entry) != _PARTS
            or type(number) is not int
            or type(fact) is not dict
            or type(fact["at"]) is not int
            or type(fact["fact"]) is not str
        ):
            return None
        look = _look(fact.values(), _LEVELS)
        if look == _UNSOUND:
            return None
        if look == _SEALED:
            _take_commitments(stretch, seq, fact)
        if at != recorded:
            if not is_timestamp(at):
                return None
            recorded = at
        if not ascii_only:
            canonical(entry)  # looks at the keys
        keep(hashed(b"\x00" + line).digest())
        prev = PREFIX + hashed(line).hexdigest()
        seq += 1
    return prev


def _look(values: Iterable[Any], levels: int) -> int:
    """What these values, just parsed, hold: `_UNSOUND` for a fraction or what lies too deep, `_SEALED` for texts."""
    seen = _PLAIN
    for value in values:
        kind = type(value)
        if kind is str or kind is int:
            continue
        if kind is float:
            return _UNSOUND
        if kind is dict or kind is list:
            found = _look(value.values() if kind is dict else value, levels - 1) if levels else _UNSOUND
            if found == _UNSOUND:
                return _UNSOUND
            if found or (kind is dict and "commitment" in value):
                seen = _SEALED
    return seen


def _take_commitments(stretch: Stretch, seq: int, fact: dict[str, Json]) -> None:
    found = commitments(fact)
    if found:
        stretch.sealed.append((seq, found))
