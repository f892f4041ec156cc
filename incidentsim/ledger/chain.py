"""The chain: every entry names the hash of the one before, so that none can be changed, dropped or slipped in.

What a chain cannot show alone: that its end was cut off, or that all of it was written anew. For that, a head
(number of entries and last hash) must be kept elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from incidentsim.domain.facts import DecisionSource, Fact
from incidentsim.ledger.digests import ZERO
from incidentsim.ledger.entry import Body, Entry, Header
from incidentsim.ledger.sealing import SaltSource, TextRecord, seal


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: the number of its entries, and the digest of the last one (`ZERO` where there is none)."""

    size: int = 0
    hash: str = ZERO


def check_follows(run: str, head: Head, entries: Sequence[Entry], texts: Sequence[TextRecord]) -> None:
    """Check that `entries` go on where `head` ends, and that `texts` belong to them.

    Raises:
        ValueError: they do not: whoever made them was not the only writer, or made a mistake.
    """
    for seq, entry in enumerate(entries, head.size):
        prev = entries[seq - head.size - 1].hash if seq > head.size else head.hash
        if (entry.run, entry.seq, entry.prev) != (run, seq, prev):
            raise ValueError(f"entry {entry.seq} of run {entry.run} does not follow on entry {seq - 1} of run {run}")
    for text in texts:
        if not head.size <= text.seq < head.size + len(entries):
            raise ValueError(f"a text of entry {text.seq} comes with other entries")


class Chain:
    """Makes the entries of one run, each naming the one before.

    A chain runs ahead of the store: where storing failed, drop it and begin another from the store's head.
    """

    __slots__ = ("_head", "_run")

    def __init__(self, run: str, head: Head | None = None) -> None:
        self._run = run
        self._head = head or Head()

    @property
    def head(self) -> Head:
        """The present end of the chain; its `size` is the next sequence number."""
        return self._head

    def record(
        self,
        fact: Fact,
        *,
        recorded: str,
        source: DecisionSource,
        salts: SaltSource,
        header: Header | None = None,
        seat: str | None = None,
    ) -> tuple[Entry, tuple[TextRecord, ...]]:
        """Make the next entry.

        Args:
            fact: what happened, with its texts in clear.
            recorded: when it is recorded, as `entry.timestamp` writes it.
            source: whose decision it follows from.
            salts: a source of secret random bytes.
            header: about the whole run; for the first entry, and for no other.
            seat: the place at which it was decided, where several decide.

        Returns:
            The entry, and the texts to keep beside it.

        Raises:
            UncanonicalError: the fact holds what no record can hold. The chain is as before.
        """
        sealed, texts = seal(fact, seq=self._head.size, salts=salts)
        body = Body(self._run, self._head.size, self._head.hash, recorded, source, sealed, header, seat)
        entry = body.to_entry()
        self._head = Head(entry.seq + 1, entry.hash)
        return entry, texts

    def record_step(
        self,
        facts: Sequence[Fact],
        *,
        recorded: str,
        source: DecisionSource,
        salts: SaltSource,
        header: Header | None = None,
        seat: str | None = None,
    ) -> tuple[list[Entry], list[TextRecord]]:
        """Make the entries of one step, and the texts to keep beside them.

        `header` goes into the very first entry of a run; the other arguments are those of `record`.

        Raises:
            UncanonicalError: a fact holds what no record can hold. Drop the chain then: it may be ahead of the store.
        """
        entries: list[Entry] = []
        texts: list[TextRecord] = []
        for fact in facts:
            first = header if self._head.size == 0 else None
            entry, beside = self.record(fact, recorded=recorded, source=source, salts=salts, header=first, seat=seat)
            entries.append(entry)
            texts.extend(beside)
        return entries, texts
