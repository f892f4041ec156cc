"""What lies in a bundle under which name, and how the parts beside the log are written.

Every part has one form for what it says: it is read by writing it again and comparing.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Final, cast

import orjson

from incidentsim.domain.facts import Json
from incidentsim.domain.text import FreeText, Text, text_by_language
from incidentsim.ledger.canonical import MAX_INT, UncanonicalError, canonical, read_canonical
from incidentsim.ledger.note import PublicKey
from incidentsim.ledger.roster import Roster, RosterName
from incidentsim.ledger.sealing import SALT_BYTES, TextRecord
from incidentsim.messages import gettext as _

LOG: Final = "log.jsonl"
CHECKPOINT: Final = "checkpoint"
PLAYBOOK: Final = "playbook.yaml"
SCENARIO: Final = "scenario.yaml"
OFFSETS: Final = "offsets.json"
"""How the clocks change in the exercise; bundles of earlier runs hold none."""
OUTLINE: Final = "outline.yaml"
"""What is kept of a scenario that was erased; an entry that says so holds its digest."""
ROSTER: Final = "roster.json"
TEXTS: Final = "texts.jsonl"
MANIFEST: Final = "manifest.sha256"
GUIDE: Final = "VERIFY.md"
TIMESTAMP: Final = "checkpoint.tsr"
FILES: Final = "files.sha256"
"""The list of what the checkpoint pins beside the record and its documents."""
VIEW_LIST: Final = "views.sha256"
"""The list of what is for reading; it holds a secret salt, and `FILES` holds its digest."""
KEYS: Final = "keys/"
VIEWS: Final = "views/"
"""Folder of what was made from the record for reading: reports, the control map."""

NEEDED: Final = (GUIDE, CHECKPOINT, LOG, MANIFEST, PLAYBOOK)
"""Members without which a bundle is none."""

PRIVATE: Final = (ROSTER, SCENARIO, OUTLINE, TEXTS, VIEW_LIST)
"""Members that name people, hold their words or let names be guessed. (A scenario names its people and holds its
script's texts.)"""

_FIRST: Final = (LOG, TEXTS, ROSTER, PLAYBOOK, SCENARIO, OFFSETS, OUTLINE, VIEW_LIST, FILES, CHECKPOINT, TIMESTAMP)
_LAST: Final = (GUIDE, MANIFEST)
"""Between the first and the last members stand keys and views by name."""

MAX_SMALL: Final = 16 << 20
"""The most bytes that a member may have that is held in memory: any but the log, the texts and what is for reading."""

MAX_LINE: Final = 16 << 20
"""The most bytes that one line of the log or the texts may have."""


class MemberError(ValueError):
    """A member does not say what it should; the message says why."""


def key_name(key: PublicKey, ending: str) -> str:
    """The name of the member that holds a public key; `ending` is `pem` or `vkey`."""
    return f"{KEYS}{key.id.hex()}.{ending}"


def sorted_names(names: Iterable[str]) -> list[str]:
    """Names in the order in which a bundle holds them: what is made from others comes after them."""
    places = {name: place for place, name in enumerate(_FIRST)}
    places.update((name, len(places) + 1 + place) for place, name in enumerate(_LAST))
    return sorted(names, key=lambda name: (places.get(name, len(_FIRST)), name))


def is_known(name: str) -> bool:
    """Return whether a bundle may hold a member of this name."""
    return name in _FIRST or name in _LAST or name.startswith((KEYS, VIEWS))


def write_roster(roster: Roster, salt: bytes) -> bytes:
    """The roster: names by pseudonym, each with the salt of its commitment in the first entry, where there is one.

    One more secret salt keeps the digest of the whole from telling anything about the names.
    """
    people: dict[str, Json] = {}
    for who, named in roster.items():
        name: dict[str, Json] = {"en": named.name.en, "zh": named.name.zh}
        people[who] = name if named.salt is None else {**name, "salt": named.salt.hex()}
    return canonical({"people": people, "salt": salt.hex()}) + b"\n"


def read_roster(data: bytes) -> dict[str, RosterName]:
    """Names by pseudonym, each with its salt where it has one.

    Raises:
        MemberError: this is no roster.
    """
    value = _read_line(data[:-1] if data.endswith(b"\n") else b"", ROSTER)
    people, salt = value.get("people"), value.get("salt")
    if value.keys() != {"people", "salt"} or not isinstance(people, dict) or _unhex(salt) is None:
        raise MemberError(_("The roster does not hold exactly `people` and `salt`."))
    return {who: _roster_name(who, name) for who, name in people.items()}


def _roster_name(who: str, value: Json) -> RosterName:
    if isinstance(value, dict) and value.keys() - {"salt"} == {"en", "zh"}:
        english, chinese, salt = value["en"], value["zh"], _unhex(value.get("salt"))
        if isinstance(english, str) and isinstance(chinese, str) and (salt is not None or "salt" not in value):
            return RosterName(Text(english, chinese), salt)
    raise MemberError(_("In the roster, {who} has no name in both languages.").format(who=who))


def text_json(record: TextRecord) -> dict[str, Json]:
    """A text kept beside the log, as bundles and proofs write it."""
    words = record.text.value
    text: Json = dict(words.by_language()) if isinstance(words, Text) else words
    return {"pointer": record.pointer, "salt": record.salt.hex(), "seq": record.seq, "text": text}


def text_from_json(value: Json) -> TextRecord:
    """The text that `text_json` wrote.

    Raises:
        MemberError: it did not write this.
    """
    if isinstance(value, dict) and value.keys() == {"pointer", "salt", "seq", "text"}:
        seq, pointer, salt, words = value["seq"], value["pointer"], _unhex(value["salt"]), value["text"]
        if type(seq) is int and isinstance(pointer, str) and salt is not None:
            if isinstance(words, str):
                return TextRecord(seq, pointer, salt, FreeText(words))
            several = text_by_language(words)
            if several is not None:
                return TextRecord(seq, pointer, salt, FreeText(several))
    raise MemberError(_("This is not a text with its entry, its place and its salt."))


def write_texts(texts: Iterable[TextRecord]) -> Iterator[bytes]:
    """The texts beside the log, a line each, by pointer within an entry: the one order, whatever the store's."""
    for _seq, same in groupby(texts, key=attrgetter("seq")):
        for record in sorted(same, key=attrgetter("pointer")):
            # Strings and a small number: for these `orjson` writes what `canonical` would, in a fraction of the time.
            yield orjson.dumps(text_json(record), option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def read_text(line: bytes) -> TextRecord:
    """The text in one line.

    Raises:
        MemberError: it holds none.
    """
    value = _parse(line)
    record = text_from_json(value)  # only whole numbers and strings pass, so that writing them again is canonical
    if not -MAX_INT <= record.seq <= MAX_INT or orjson.dumps(value, option=orjson.OPT_SORT_KEYS) != line:
        raise MemberError(_("A text is not in canonical form (RFC 8785)."))
    return record


def write_manifest(digests: Mapping[str, str]) -> bytes:
    """The manifest, as `sha256sum --check` reads it: the digest (hexadecimal) and the name of every other member."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted_names(digests)).encode()


def read_manifest(data: bytes) -> dict[str, str]:
    """The digests (hexadecimal) by name of member.

    Raises:
        MemberError: this is no manifest.
    """
    found: dict[str, str] = {}
    for line in data.decode("ascii", errors="replace").splitlines():
        digest, _spaces, name = line.partition("  ")
        found[name] = digest
    if write_manifest(found) != data:
        raise MemberError(_("The manifest is not a list of digests and names in the order of the members."))
    return found


def _read_line(data: bytes, name: str) -> dict[str, Json]:
    try:
        value = read_canonical(data)
    except UncanonicalError as error:
        raise MemberError(_("In {name}: {reason}").format(name=name, reason=error)) from None
    if not isinstance(value, dict):
        raise MemberError(_("In {name} there is something else than objects.").format(name=name))
    return value


def _unhex(value: Json) -> bytes | None:
    """The salt that `value` writes in lower-case hexadecimal digits; `None` if it is none."""
    if not isinstance(value, str):
        return None
    try:
        found = bytes.fromhex(value)
    except ValueError:
        return None
    return found if len(found) == SALT_BYTES and found.hex() == value else None


def _parse(data: bytes) -> Json:
    """What JSON says; `None` where it is none."""
    try:
        return cast("Json", orjson.loads(data))
    except orjson.JSONDecodeError:
        return None
