"""Reading a record entry by entry as far as it can be read, whatever its state: for whoever wants to look at it.

What is wrong with an entry is said at its place. Whether the whole record holds, `verify` says.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from incidentsim.domain.facts import Fact, with_erased_texts
from incidentsim.ledger.canonical import UncanonicalError
from incidentsim.ledger.chain import Head
from incidentsim.ledger.digests import digest
from incidentsim.ledger.entry import Body, read_entry
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.sealing import TextRecord, unseal
from incidentsim.messages import gettext as _


@dataclass(frozen=True, slots=True)
class InspectedEntry:
    """One entry as it was found.

    Attributes:
        place: how many entries come before it in the store.
        data: its bytes.
        hash: their SHA-256.
        body: what they say; `None` where they cannot be read.
        fact: its fact with the texts that are at hand; `None` where there is none to be read.
        texts: the texts kept beside the log for it.
        faults: what is wrong with it, in sentences.
        erased: whether its texts were erased, as a later entry says.
    """

    place: int
    data: bytes
    hash: str
    body: Body | None
    fact: Fact | None
    texts: tuple[TextRecord, ...] = ()
    faults: tuple[str, ...] = ()
    erased: bool = False


def inspect(
    entries: Iterable[bytes],
    texts: Mapping[int, Sequence[TextRecord]],
    *,
    run: str,
    head: Head,
    erased: Container[int] = (),
) -> Iterator[InspectedEntry]:
    """Look at entries one by one.

    Args:
        entries: their bytes, in order.
        texts: the texts kept beside them, by entry.
        run: the run they should be of.
        head: where the part of the record ends that comes before them.
        erased: the numbers of the entries whose texts were erased.
    """
    for place, data in enumerate(entries, head.size):
        found = _inspected(place, data, tuple(texts.get(place, ())), run, head)
        if place in erased:
            fact = None if found.fact is None else with_erased_texts(found.fact)
            found = replace(found, fact=fact, erased=True)
        head = Head(place + 1, found.hash)
        yield found


def _inspected(place: int, data: bytes, texts: tuple[TextRecord, ...], run: str, head: Head) -> InspectedEntry:
    try:
        body = read_entry(data)
    except UncanonicalError as error:
        return InspectedEntry(place, data, digest(data), None, None, texts, (str(error),))
    faults = []
    if body.run != run:
        faults.append(_("It belongs to another run: {found}.").format(found=body.run))
    if body.seq != place:
        message = _("It is numbered {found}, and it stands where {expected} should.")
        faults.append(message.format(found=body.seq, expected=place))
    if body.prev != head.hash:
        message = _(
            "It names {found} as the hash of the entry before, which has {expected}: one of the two was changed."
        )
        faults.append(message.format(found=body.prev, expected=head.hash))
    fact, fault = _opened(body, texts)
    return InspectedEntry(place, data, digest(data), body, fact, texts, (*faults, *fault))


def _opened(body: Body, texts: tuple[TextRecord, ...]) -> tuple[Fact | None, tuple[str, ...]]:
    """The fact with its texts; where they do not fit, without them, and why."""
    try:
        return unseal(body.fact, texts), ()
    except RecordFaultError as error:
        fault = str(error)
    try:
        return unseal(body.fact, ()), (fault,)
    except RecordFaultError:
        return None, (fault,)
