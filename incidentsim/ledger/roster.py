"""The names behind the pseudonyms of a run, and what the first entry says of each: a salted commitment, and no name.

A name is kept beside the log with 32 secret bytes, as a text is. The first entry pins, under `person/PSEUDONYM`, the
digest over both; so a copy without the roster gives nothing away, not even to somebody who guesses names, and a name
that was changed, or given to another pseudonym, does not open what was pinned.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.text import FreeText, Text
from incidentsim.ledger.digests import digest
from incidentsim.ledger.sealing import SALT_BYTES, SaltSource, text_bytes

_PIN: Final = "person/"


@dataclass(frozen=True, slots=True)
class RosterName:
    """A name in both languages and its secret salt; `None` in runs begun before names were pinned."""

    name: Text
    salt: bytes | None = None

    def commitment(self) -> str | None:
        """Compute the digest, over salt and name, that the first entry pins; `None` where there is no salt.

        Raises:
            UncanonicalError: the name has no UTF-8 form.
        """
        return None if self.salt is None else digest(self.salt + text_bytes(FreeText(self.name)))


Roster = Mapping[str, RosterName]
"""Names by pseudonym."""


def salted(names: Mapping[str, Text], salts: SaltSource) -> dict[str, RosterName]:
    """Give each name a secret salt of its own.

    Args:
        names: by pseudonym.
        salts: a source of secret random bytes.
    """
    return {pseudonym: RosterName(name, salts(SALT_BYTES)) for pseudonym, name in names.items()}


def pins_of(roster: Roster) -> dict[str, str]:
    """Make what the first entry pins of a roster: the commitment to each name, by the name of the pin.

    Raises:
        UncanonicalError: a name has no UTF-8 form.
    """
    commitments = ((_PIN + pseudonym, name.commitment()) for pseudonym, name in roster.items())
    return {pin: commitment for pin, commitment in commitments if commitment is not None}


def pinned_people(pins: Mapping[str, str]) -> dict[str, str]:
    """Return the commitments to names among the pins of a first entry, by pseudonym."""
    return {pin.removeprefix(_PIN): value for pin, value in pins.items() if pin.startswith(_PIN)}


@dataclass(frozen=True, slots=True)
class RosterVerdict:
    """The outcome of comparing a roster with the first entry.

    Attributes:
        wrong: the pseudonym of the first name that is not the one pinned; `None` where there is none.
        expected: the commitment pinned for it; `None` where none was.
        found: that of the name at hand; `None` where it has no salt.
        missing: the pseudonyms pinned whose names are not at hand.
    """

    wrong: str | None
    expected: str | None
    found: str | None
    missing: tuple[str, ...]


def compare_roster(roster: Roster, pins: Mapping[str, str]) -> RosterVerdict:
    """Compare every name with what the first entry pins for its pseudonym."""
    pinned = pinned_people(pins)
    missing = tuple(pseudonym for pseudonym in pinned if pseudonym not in roster)
    for pseudonym in _in_order(roster):
        expected, found = pinned.get(pseudonym), roster[pseudonym].commitment()
        if expected is None or expected != found:
            return RosterVerdict(pseudonym, expected, found, missing)
    return RosterVerdict(None, None, None, missing)


def name_unlike(roster: Roster, named: Mapping[str, Text]) -> str | None:
    """Find the first pseudonym in a roster whose name is not the one in `named`; `None` where all are.

    Names that are not in the roster are no difference: they may have been left out.
    """
    return next((who for who in _in_order(roster) if named.get(who) != roster[who].name), None)


def _in_order(pseudonyms: Iterable[str]) -> list[str]:
    """Pseudonyms as people count them: p2 before p10."""
    return sorted(pseudonyms, key=lambda pseudonym: (len(pseudonym), pseudonym))
