"""Free text is sealed before it enters the log, so that a copy without the texts still verifies and tells nothing.

In the log a text is `{"commitment": "sha256:…"}` over 32 secret bytes (its salt) and the text. The salt and the
text are kept beside the log; whoever is given both can check them against the commitment, and nobody can guess a
short text from the commitment alone. In the outcome form a text is `{"digest": "sha256:…"}` without salt, so that
two runs can be compared; that form is digested and never published.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, cast

from incidentsim.domain.facts import Fact, Json
from incidentsim.domain.text import FreeText, Text
from incidentsim.ledger.canonical import UncanonicalError, canonical
from incidentsim.ledger.digests import digest, is_digest
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.messages import gettext as _

SALT_BYTES: Final = 32

SaltSource = Callable[[int], bytes]
"""Gives so many secret random bytes: `secrets.token_bytes` outside of tests."""

_FIELDS: Final = "/with"
"""Where a fact holds an action's fields: an object whose keys are names, one of which may be `text`."""


@dataclass(frozen=True, slots=True)
class TextRecord:
    """A free text of the fact in entry `seq`, at `pointer` (RFC 6901) within the fact, and its secret salt."""

    seq: int
    pointer: str
    salt: bytes
    text: FreeText

    def commitment(self) -> str:
        """What the log says in the text's place."""
        return digest(self.salt + text_bytes(self.text))


def seal(fact: Fact, *, seq: int, salts: SaltSource) -> tuple[dict[str, Json], tuple[TextRecord, ...]]:
    """The fact as the log holds it in entry `seq`, and the texts to keep beside the log.

    Raises:
        UncanonicalError: a text has no UTF-8 form.
        ValueError: `salts` gave too few bytes, or the fact is sealed already.
    """
    texts: list[TextRecord] = []

    def commit(pointer: str, value: dict[str, Json]) -> Json | None:
        text = _free_text(value)
        if text is None and commitment_of(value):
            raise ValueError(f"the fact is sealed already: there is a commitment at {pointer}")
        if text is None:
            return None
        salt = salts(SALT_BYTES)
        if len(salt) != SALT_BYTES:
            raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
        record = TextRecord(seq, pointer, salt, text)
        texts.append(record)
        return {"commitment": record.commitment()}

    return _rewrite(fact.to_json(), "", commit), tuple(texts)


def unseal(sealed: Mapping[str, Json], texts: Iterable[TextRecord]) -> Fact:
    """The fact that was sealed; a text that is not among `texts` stays a commitment.

    Args:
        sealed: the fact as the log holds it.
        texts: the texts of this entry, all or some.

    Raises:
        RecordFaultError: a text does not open the commitment at its pointer, or there is none there.
    """
    known = {record.pointer: record for record in texts}

    def disclose(pointer: str, value: dict[str, Json]) -> Json | None:
        commitment = commitment_of(value)
        record = known.get(pointer) if commitment else None
        if record is None or record.commitment() != commitment:
            return None
        del known[pointer]
        words = record.text.value
        return {"text": {"en": words.en, "zh": words.zh} if isinstance(words, Text) else words}

    value = _rewrite(dict(sealed), "", disclose)
    for record in known.values():
        message = _("The text at {pointer} of entry {seq} is not the one that the log commits to.")
        raise RecordFaultError(message.format(pointer=record.pointer, seq=record.seq), seq=record.seq)
    try:
        return Fact.from_json(value)
    except (KeyError, TypeError) as error:
        raise RecordFaultError(_("An entry does not hold a fact: {reason}.").format(reason=error)) from None


def outcome_form(fact: Fact) -> dict[str, Json]:
    """The fact with every text's unsalted digest in its place.

    Raises:
        UncanonicalError: a text has no UTF-8 form.
        RecordFaultError: a text is missing, only its commitment is known.
    """

    def digested(pointer: str, value: dict[str, Json]) -> Json | None:
        text = _free_text(value)
        if text is None and commitment_of(value):
            message = _("The words at {pointer} are not here, only a commitment to them; they were taken out.")
            raise RecordFaultError(message.format(pointer=pointer))
        return {"digest": digest(text_bytes(text))} if text else None

    return _rewrite(fact.to_json(), "", digested)


def text_bytes(text: FreeText) -> bytes:
    """What commitments and digests of a text are taken over: its UTF-8, or in two languages its canonical JSON.

    Raises:
        UncanonicalError: the text has no UTF-8 form.
    """
    words = text.value
    if isinstance(words, Text):
        return canonical({"en": words.en, "zh": words.zh})
    try:
        return words.encode()
    except UnicodeEncodeError:
        message = _("A text holds half a character (a lone surrogate) and has no UTF-8 form.")
        raise UncanonicalError(message) from None


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
            commitment = commitment_of(item) if len(item) == 1 and "commitment" in item and inner != _FIELDS else None
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


def _free_text(value: dict[str, Json]) -> FreeText | None:
    words = value.get("text")
    if isinstance(words, str):
        return FreeText(words)
    if isinstance(words, dict) and words.keys() == {"en", "zh"}:
        english, chinese = words["en"], words["zh"]
        if isinstance(english, str) and isinstance(chinese, str):
            return FreeText(Text(english, chinese))
    return None


def _rewrite(
    value: dict[str, Json], pointer: str, slot: Callable[[str, dict[str, Json]], Json | None]
) -> dict[str, Json]:
    """A copy in which each object with a single key that may be a text's place is what `slot` makes of it."""
    result: dict[str, Json] = {}
    for key, item in value.items():
        if isinstance(item, dict | list):
            result[key] = _rewritten(item, f"{pointer}/{_escaped(key)}", slot)
        else:
            result[key] = item
    return result


def _rewritten(value: Json, pointer: str, slot: Callable[[str, dict[str, Json]], Json | None]) -> Json:
    if isinstance(value, dict):
        replaced = slot(pointer, value) if len(value) == 1 and pointer != _FIELDS else None
        return _rewrite(value, pointer, slot) if replaced is None else replaced
    if isinstance(value, list):
        return [_rewritten(item, f"{pointer}/{index}", slot) for index, item in enumerate(value)]
    return value
