"""The outcome digest: one number that is equal wherever the same exercise was run.

It is taken over the facts alone, in their outcome form, in canonical bytes and each followed by a line feed. What
differs from run to run (times of recording, salts, who decided, the program's version) is in the entries around the
facts and leaves it unchanged.
"""

from hashlib import sha256

from incidentsim.domain.facts import AFTERWARDS, Fact
from incidentsim.ledger.canonical import canonical
from incidentsim.ledger.digests import PREFIX
from incidentsim.ledger.sealing import outcome_form


class OutcomeDigest:
    """Takes the facts of a run one by one, in order."""

    __slots__ = ("_count", "_hash", "_missing")

    def __init__(self) -> None:
        self._hash = sha256()
        self._count = 0
        self._missing = False

    def add(self, fact: Fact) -> None:
        """Take one more fact; what people add when the exercise is over is no part of its outcome.

        Raises:
            UncanonicalError: the fact holds what no record can hold.
        """
        if fact.kind in AFTERWARDS:
            return
        form = outcome_form(fact)
        if form is None:
            self._missing = True
        else:
            self._hash.update(canonical(form) + b"\n")
        self._count += 1

    @property
    def count(self) -> int:
        """The number of facts in the digest; those of kinds in `AFTERWARDS` are not counted."""
        return self._count

    def value(self) -> str | None:
        """The digest over the facts so far; more may follow. `None` once a text is missing, such as an erased one."""
        return None if self._missing else PREFIX + self._hash.hexdigest()
