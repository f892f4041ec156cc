"""Free text is sealed before it enters the log, so that a copy without the texts still verifies and tells nothing.

In the log a text is `{"commitment": "sha256:…"}` over 32 secret bytes (its salt) and the text. The salt and the
text are kept beside the log; whoever is given both can check them against the commitment, and nobody can guess a
short text from the commitment alone. In the outcome form a text is `{"digest": "sha256:…"}` without salt, so that
two runs can be compared; that form is digested and never published.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, cast

from incidentsim.domain.facts import FACT_CLASSES, CommittedText, Fact, Json, NotAFactError, read_fact, text_to_json
from incidentsim.domain.facts.wire import parts_of, texts_of
from incidentsim.domain.text import FreeText, Text, text_by_language
from incidentsim.ledger.canonical import UncanonicalError, canonical, read_canonical
from incidentsim.ledger.digests import digest, is_digest
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.messages import gettext as _

SALT_BYTES: Final = 32

SaltSource = Callable[[int], bytes]
"""Gives so many secret random bytes: `secrets.token_bytes` outside of tests."""

_A_MAPPING: Final = b'{"'
"""How the canonical JSON of a text in several languages begins."""

_CONTENTS: Final = frozenset(
    f"/{part.key}" for cls in FACT_CLASSES.values() for part in parts_of(cls) if part.is_content
)
"""Where a fact holds an action's content: an object whose keys are names, one of which may be `commitment`."""


@dataclass(frozen=True, slots=True)
class TextRecord:
    """A free text of the fact in entry `seq`, at `pointer` (RFC 6901) within the fact, and its secret salt."""

    seq: int
    pointer: str
    salt: bytes
    text: FreeText

    def commitment(self) -> str:
        """Compute the digest, over salt and text, that stands in the log in the text's place.

        Raises:
            UncanonicalError: the text has no UTF-8 form.
        """
        return digest(self.salt + text_bytes(self.text))


def seal(fact: Fact, *, seq: int, salts: SaltSource) -> tuple[dict[str, Json], tuple[TextRecord, ...]]:
    """The fact as the log holds it in entry `seq`, and the texts to keep beside the log.

    Raises:
        UncanonicalError: a text has no UTF-8 form.
        ValueError: `salts` gave too few bytes, or the fact is sealed already.
    """
    sealed, records = fact.to_json(), list[TextRecord]()
    for place, text in texts_of(fact):
        pointer = _pointer(place)
        if isinstance(text, CommittedText):
            raise ValueError(f"the fact is sealed already: there is a commitment at {pointer}")  # noqa: TRY004 - of the fact
        salt = salts(SALT_BYTES)
        if len(salt) != SALT_BYTES:
            raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
        record = TextRecord(seq, pointer, salt, text_of_bytes(text_bytes(text)))
        records.append(record)
        _put(sealed, place, {"commitment": record.commitment()})
    return sealed, tuple(records)


def unseal(sealed: Mapping[str, Json], texts: Iterable[TextRecord]) -> Fact:
    """The fact that was sealed; a text that is not among `texts` stays a commitment.

    Args:
        sealed: the fact as the log holds it.
        texts: the texts of this entry, all or some.

    Raises:
        RecordFaultError: a text does not open the commitment at its pointer, or there is none there.
    """
    value = dict(sealed)
    for record in {record.pointer: record for record in texts}.values():
        first, *rest = _place(record.pointer)
        held = value.get(first)
        if rest and isinstance(held, dict):
            value[first] = dict(held)
            held = held.get(rest[0])
        if len(rest) > 1 or commitment_of(held) != record.commitment():
            message = _("The text at {pointer} of entry {seq} is not the one that the log commits to.")
            raise RecordFaultError(message.format(pointer=record.pointer, seq=record.seq), seq=record.seq)
        _put(value, (first, *rest), text_to_json(record.text))
    try:
        return read_fact(value)
    except NotAFactError as error:
        raise RecordFaultError(_("An entry does not hold a fact: {reason}.").format(reason=error)) from None


def outcome_form(fact: Fact) -> dict[str, Json] | None:
    """The fact with every text's unsalted digest in its place; `None` where only the commitment to a text is known.

    Raises:
        UncanonicalError: a text has no UTF-8 form.
    """
    form = fact.to_json()
    for place, text in texts_of(fact):
        if isinstance(text, CommittedText):
            return None
        _put(form, place, {"digest": digest(text_bytes(text))})
    return form


def text_bytes(text: FreeText) -> bytes:
    """Encode a text for commitments and digests: as UTF-8, or in several languages as its canonical JSON (RFC 8785).

    Raises:
        UncanonicalError: the text has no UTF-8 form.
    """
    words = text.value
    if isinstance(words, Text):
        return canonical(dict(words.by_language()))
    try:
        return words.encode()
    except UnicodeEncodeError:
        message = _("A text holds half a character (a lone surrogate) and has no UTF-8 form.")
        raise UncanonicalError(message) from None


def text_of_bytes(data: bytes) -> FreeText:
    """Read the text that `text_bytes` encodes so.

    Which of the two forms it is follows from the bytes, because a commitment is over them alone: what is the canonical
    JSON of a text in several languages is one, whoever wrote it.

    Raises:
        ValueError: no text has these bytes.
    """
    if data.startswith(_A_MAPPING):
        with suppress(UncanonicalError):
            value = read_canonical(data)
            words = text_by_language(value)
            if words is not None:
                return FreeText(words)
    return FreeText(data.decode())


def commitment_of(value: Json) -> str | None:
    """The commitment that stands in a text's place; `None` where `value` is something else."""
    if isinstance(value, dict) and len(value) == 1 and is_digest(value.get("commitment")):
        return cast("str", value["commitment"])
    return None


def commitments(sealed: Mapping[str, Json]) -> dict[str, str]:
    """Every commitment of a sealed fact, by its pointer."""
    found: dict[str, str] = {}
    _find_commitments(sealed, "", found)
    return found


def _find_commitments(value: Mapping[str, Json], pointer: str, found: dict[str, str]) -> None:
    """Note the commitments in `value`: as `_rewrite` goes through it, but without a copy, which costs time."""
    for key, item in value.items():
        if isinstance(item, str):  # most are
            continue
        if type(item) is dict:
            inner = f"{pointer}/{_escaped(key)}"
            # a single key that is not `commitment` needs no closer look
            commitment = (
                commitment_of(item) if len(item) == 1 and "commitment" in item and inner not in _CONTENTS else None
            )
            if commitment:
                found[inner] = commitment
            else:
                _find_commitments(item, inner, found)
        elif type(item) is list:
            _find_commitments_in_list(item, f"{pointer}/{_escaped(key)}", found)


def _find_commitments_in_list(items: list[Json], pointer: str, found: dict[str, str]) -> None:
    for index, item in enumerate(items):
        if type(item) is dict:
            _find_commitments({str(index): item}, pointer, found)
        elif type(item) is list:
            _find_commitments_in_list(item, f"{pointer}/{index}", found)


def _escaped(key: str) -> str:
    """A key as it stands in a pointer (RFC 6901 section 3)."""
    return key.replace("~", "~0").replace("/", "~1") if "~" in key or "/" in key else key


def _pointer(place: tuple[str, ...]) -> str:
    """The pointer to a place in a fact, given as its keys (RFC 6901)."""
    return "".join(f"/{_escaped(key)}" for key in place)


def _place(pointer: str) -> tuple[str, ...]:
    """The keys that a pointer names one after the other."""
    return tuple(key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")[1:]) or ("",)


def _put(value: dict[str, Json], place: tuple[str, ...], replacement: Json) -> None:
    """Let this stand at that place, one or two keys deep."""
    if len(place) == 1:
        value[place[0]] = replacement
    else:
        cast("dict[str, Json]", value[place[0]])[place[1]] = replacement
