"""Finding where the texts beside a log first are not what they should be, once it is known that they are not."""

from collections.abc import Iterable

from incidentsim.evidence.members import MemberError, read_text
from incidentsim.ledger.canonical import UncanonicalError
from incidentsim.ledger.entry import read_entry
from incidentsim.ledger.sealing import commitments


def first_wrong_text(entries: Iterable[bytes], lines: Iterable[bytes]) -> int | None:
    """The entry whose text is the first that is missing, changed, or not where it should be.

    One for each commitment, in the order of entries and of pointers within an entry: that is how texts are written.
    Where a line too many follows on the last of them, or its end is cut off, the entry of that last one is named.

    Args:
        entries: the bytes of all entries; those that cannot be read are left out.
        lines: the texts, as they are written.
    """
    coming, last = iter(lines), None
    for seq, data in enumerate(entries):
        try:
            committed = commitments(read_entry(data).fact)
        except UncanonicalError:
            continue
        for pointer in sorted(committed):
            if _place(next(coming, b"")) != (seq, pointer, committed[pointer]):
                return seq
            last = seq
    return last


def _place(line: bytes) -> tuple[int, str, str] | None:
    """Of which entry a text is, at which pointer, and what commits to it; `None` where the line is no text."""
    try:
        text = read_text(line)
        return text.seq, text.pointer, text.commitment()
    except (MemberError, UncanonicalError):
        return None
