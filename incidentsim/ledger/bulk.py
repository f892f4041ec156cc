"""Reading many entries at once, as fast as they can be read completely: parsed, canonical, chained, hashed.

A batch is sound or it is not. What exactly is wrong, and where, is left to `verify`, which then looks at each entry
alone; so this pass may give up at the least doubt, and only what it accepts matters. It must accept nothing that the
exact way would refuse, which a test holds on many thousands of changed entries.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final, cast

import orjson

from incidentsim.domain.facts import ERASURES, DecisionSource, Json
from incidentsim.ledger.canonical import UncanonicalError, canonical, read_canonical
from incidentsim.ledger.digests import PREFIX, ZERO, digest, is_digest
from incidentsim.ledger.entry import SCHEME, check_shape, is_timestamp
from incidentsim.ledger.merkle import Tree, leaf_hashes
from incidentsim.ledger.sealing import commitments

_WRITTEN: Final = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER
_BEGIN: Final = b'{"fact":'
_AT_ONCE: Final = 64
"""So many entries are taken through all steps together: few enough for a processor to have them all at hand."""

_NO_TIME: Final = "0000-00-00T00:00:00.000Z"
_TIME: Final = slice(len(f',"prev":"{ZERO}","recorded":"'), len(f',"prev":"{ZERO}","recorded":"{_NO_TIME}'))
"""Where in an entry's end its time of recording stands."""

_SHORTEST: Final = 8
_ENDS: Final = {end[-_SHORTEST:].encode(): end for end in (f',"source":"{source}"}}' for source in DecisionSource)}
"""How an entry ends, by its last bytes: enough of them that no two sources end alike."""

_SEAT: Final = re.compile(
    rb',"scheme":"'
    + re.escape(SCHEME.encode())
    + rb'",("seat":"[A-Za-z0-9][A-Za-z0-9_-]{0,63}",)"seq":[0-9]+,"source":"[a-z]+"}\Z'
)
_TAIL: Final = 200
"""So many bytes at the end of an entry hold its seat, where one is named."""

_LEVELS: Final = 16
"""How deep a fact is followed here; deeper ones are left to the exact way."""
_UNSOUND: Final = -1


@dataclass(slots=True)
class Batch:
    """A batch of sound entries that follow on each other.

    Attributes:
        run: the run they all name.
        prev: the hash that the first of them names.
        last: the hash of the last of them.
        tree: their leaves; its `begin` is the first one's number, its `end` that after the last.
        header: what entry 0 says about the run, where it is among them.
        sealed: the commitments to texts, by entry and pointer, that no text was compared with yet.
        unopened: how many further commitments there are whose texts were not at hand.
        erases: whether one of them says that something was erased.
    """

    run: str
    prev: str
    last: str
    tree: Tree
    header: Json = None
    sealed: dict[int, dict[str, str]] = field(default_factory=dict)
    unopened: int = 0
    erases: bool = False


def read_batch(lines: Sequence[bytes]) -> Batch | None:
    """The batch that these lines, at least one, are; `None` if something in them is, or may be, wrong."""
    try:
        first = read_canonical(lines[0])
        check_shape(first)
    except UncanonicalError:
        return None
    parts = cast("dict[str, Any]", first)
    seq, prev, run = parts["seq"], parts["prev"], parts["run"]
    batch = Batch(run=run, prev=prev, last=prev, tree=Tree(seq), header=parts.get("header"))
    rest = list(lines)
    if "header" in parts:  # the one entry of another shape
        _take_commitments(batch, seq, parts["fact"])
        batch.erases = parts["fact"].get("fact") in ERASURES
        prev, seq, rest = digest(lines[0]), seq + 1, rest[1:]
    last: str | None = prev
    try:
        for start in range(0, len(rest), _AT_ONCE):
            if last is not None:
                last = _read_on(batch, rest[start : start + _AT_ONCE], seq + start, last)
    except (ValueError, KeyError, TypeError):  # no JSON, a part missing, a part of another kind
        return None
    if last is None:
        return None
    batch.last = last
    batch.tree.extend(leaf_hashes(lines))
    return batch


def _read_on(batch: Batch, lines: list[bytes], seq: int, prev: str) -> str | None:
    """Read entries without a header; the hash of the last, or `None` where one of them is not sound.

    In canonical form the fact stands first, and all that follows it is known but for the time of recording and the
    source. So a line's end is compared as bytes and only its fact parsed: `{"fact":`, a canonical object and that
    end are one canonical entry, and nothing else is. Step by step for all lines, because that costs less.
    """
    loads, dumps = orjson.loads, orjson.dumps
    hashes = [PREFIX + sha256(line).hexdigest() for line in lines]
    ends = _ends(lines, batch.run, seq, [prev, *hashes])
    facts = [loads(line[len(_BEGIN) : -len(end)]) for line, end in zip(lines, ends, strict=True)]
    again = [_BEGIN + dumps(fact, option=_WRITTEN) + end for fact, end in zip(facts, ends, strict=True)]
    if again != lines:  # also sees a key given twice, and a number beyond ±(2^53−1)
        return None
    for number, (line, fact) in enumerate(zip(lines, facts, strict=True), seq):
        if type(fact["at"]) is not int or type(fact["fact"]) is not str:  # this raises where the fact is no object
            return None
        if fact["fact"] in ERASURES:
            batch.erases = True
        seen = _look(fact.values(), _LEVELS)
        if seen:
            if seen == _UNSOUND:
                return None
            _take_commitments(batch, number, fact, seen)
        if not line.isascii():
            canonical(fact)  # looks at the keys
    return hashes[-1]


def _ends(lines: list[bytes], run: str, seq: int, hashes: list[str]) -> list[bytes]:
    """What should follow on the fact in each line, if its time of recording is one.

    Args:
        lines: entries.
        run: the run that they should be of.
        seq: the number that the first of them should have.
        hashes: what the first should name as the hash before it, and so on.

    Raises:
        ValueError: it is no time.
        KeyError: there is no such source.
    """
    between = f'","run":{orjson.dumps(run).decode()},"scheme":"{SCHEME}",'
    recorded, seat, ends = _NO_TIME, "", list[bytes]()
    for number, (line, prev) in enumerate(zip(lines, hashes, strict=False), seq):
        source = _ENDS[line[-_SHORTEST:]]
        end = f',"prev":"{prev}","recorded":"{recorded}{between}{seat}"seq":{number}{source}'.encode()
        if not line.endswith(end):  # another time or seat than that of the entry before
            seat = _seat(line)
            rest = f'{between}{seat}"seq":{number}{source}'
            length = len(f',"prev":"{prev}","recorded":"{_NO_TIME}{rest}'.encode())
            recorded = line[_TIME.start - length : _TIME.stop - length].decode()
            if not is_timestamp(recorded):
                raise ValueError(recorded)
            end = f',"prev":"{prev}","recorded":"{recorded}{rest}'.encode()
        ends.append(end)
    return ends


def _seat(line: bytes) -> str:
    """The part of an entry that names its seat; empty where none is named, or what stands there is none."""
    named = _SEAT.search(line[-_TAIL:]) if b'"seat":' in line[-_TAIL:] else None
    return named[1].decode() if named else ""


def _look(values: Iterable[Any], levels: int) -> int:
    """How many objects with a commitment these values, just parsed, hold; `_UNSOUND` for a fraction or too deep."""
    seen = 0
    for value in values:
        kind = type(value)
        if kind is str or kind is int:
            continue
        if kind is float:
            return _UNSOUND
        if kind is dict or kind is list:
            size = _look(value.values() if kind is dict else value, levels - 1) if levels else _UNSOUND
            if size == _UNSOUND:
                return _UNSOUND
            seen += size
            if kind is dict and "commitment" in value:
                seen += 1
    return seen


def _take_commitments(batch: Batch, seq: int, fact: dict[str, Any], seen: int | None = None) -> None:
    """Note the commitments of a fact; if it is known how many there may be, a look at an action's fields may do."""
    fields, found = fact.get("with"), dict[str, str]()
    if type(fields) is dict:
        for key, item in fields.items():
            if type(item) is dict and len(item) == 1 and is_digest(item.get("commitment")) and key.isidentifier():
                found[f"/with/{key}"] = item["commitment"]
    if len(found) != seen:
        found = commitments(fact)
    if found:
        batch.sealed[seq] = found
