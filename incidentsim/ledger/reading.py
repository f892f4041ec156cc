"""Reading a stored run back into facts, checking the chain on the way: a run goes on only from a sound record."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice
from sys import intern
from typing import Final

from incidentsim.domain.facts import (
    COACHING,
    INTERVENTIONS,
    DecisionSource,
    Fact,
    Json,
    MessageSent,
    Refused,
    StepTaken,
    with_erased_texts,
)
from incidentsim.ledger.canonical import UncanonicalError
from incidentsim.ledger.digests import ZERO, digest
from incidentsim.ledger.entry import Body, Header, read_entry
from incidentsim.ledger.erasures import NOTHING_ERASED, Erasures, erasures_of
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.listing import Difference, differences_in_list, differences_in_row
from incidentsim.ledger.roster import Roster, compare_roster, pinned_people
from incidentsim.ledger.sealing import TextRecord, unseal
from incidentsim.ledger.store import KeptEntry, RecordStore, RunInfo
from incidentsim.messages import gettext as _

OnRead = Callable[[int, int], None]
"""Told how many entries of a record are read, and of how many."""
READ_A_LOOK: Final = 2_000
"""So many entries are read before that is told; no more of them are held as they are stored."""


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """A stored run: what the list says of it, its header, its facts with their sources, its roster, what was erased."""

    info: RunInfo
    header: Header
    facts: tuple[Fact, ...]
    sources: tuple[DecisionSource, ...]
    roster: Roster = field(default_factory=dict)
    erasures: Erasures = NOTHING_ERASED

    def answers_of(self, source: DecisionSource) -> int:
        """Count what `source` decided, said and intervened that was answered; each has one fact that shows it."""
        return sum(
            1 for fact, found in zip(self.facts, self.sources, strict=True) if found == source and _answers(fact)
        )


def _answers(fact: Fact) -> bool:
    if isinstance(fact, StepTaken | Refused):
        return fact.by is not None
    if isinstance(fact, MessageSent):
        return fact.because is None
    return fact.kind in INTERVENTIONS or fact.kind in COACHING


def read_run(store: RecordStore, info: RunInfo, on_read: OnRead | None = None) -> RecordedRun:
    """The facts of a stored run with their texts, each entry checked against the one before.

    What is kept beside the entries is compared with them: the list of runs, numbers, hashes, the roster. `on_read` is
    called now and then while a long record is read.

    Raises:
        RecordFaultError: an entry is damaged, missing or out of its place, something beside it says otherwise, or the
            run holds nothing.
    """
    header: Header | None = None
    facts: list[Fact] = []
    sources: list[DecisionSource] = []
    prev = ZERO
    for seq, row, texts in _with_texts(store, info.id):
        if on_read is not None and seq and seq % READ_A_LOOK == 0:
            on_read(seq, max(info.entries, seq))
        body = _read(row.data, info.id, seq)
        _check_place(info.id, seq, prev, (body.run, body.seq, body.prev))
        prev = digest(row.data)
        _refuse_any(differences_in_row(row, seq, prev), info.id)
        if seq == 0:
            _refuse_any(differences_in_list(info, body), info.id)
        header = body.header or header
        facts.append(unseal(_shared(body.fact), texts))
        if seq and facts[-1].at < facts[-2].at:
            message = _(
                "The record of run {run} is faulty: entry {seq} lies before the one that it follows on, in time."
            )
            raise RecordFaultError(message.format(run=info.id, seq=seq))
        sources.append(body.source)
    if header is None:
        raise RecordFaultError(
            _("The run {run} was created, but nothing is on record. Start the scenario anew.").format(run=info.id)
        )
    erasures = erasures_of(enumerate(facts))
    for seq in erasures.texts:
        if 0 <= seq < len(facts):
            facts[seq] = with_erased_texts(facts[seq])
    roster = store.roster(info.id)
    _check_roster(info.id, roster, header)
    return RecordedRun(info, header, tuple(facts), tuple(sources), roster, erasures)


def _shared(fact: Mapping[str, Json]) -> dict[str, Json]:
    """The same fact, of which every string is one object in all facts: a long record says few different things.

    So is a number that was said a short while before: many facts are of one time, or follow from one fact.
    """
    return {key: _shared_value(value) for key, value in fact.items()}


@lru_cache(maxsize=1024)
def _same_number(number: int) -> int:
    return number


def _shared_value(value: Json) -> Json:
    if isinstance(value, str):
        return intern(value)
    if type(value) is int:
        return _same_number(value)
    if isinstance(value, dict):
        return _shared(value)
    return [_shared_value(item) for item in value] if isinstance(value, list) else value


def _with_texts(store: RecordStore, run: str) -> Iterator[tuple[int, KeptEntry, Sequence[TextRecord]]]:
    """The entries of a run, each with its number and its texts; only so many are held at a time."""
    beside = _TextsBeside(store, run)
    entries = enumerate(store.kept_entries(run))
    while block := list(islice(entries, READ_A_LOOK)):
        texts = beside.of(block[0][0], block[-1][0])
        yield from ((seq, row, texts.get(seq, ())) for seq, row in block)
    beside.refuse_any_left()


class _TextsBeside:
    """The texts beside the entries of a run, read once and in their order.

    While somebody writes, texts of later entries do no harm, and missing ones would: so those of an entry are asked
    for when it has been read, and where there seemed to be no more, once more.
    """

    def __init__(self, store: RecordStore, run: str) -> None:
        self._store, self._run = store, run
        self._following: Iterator[TextRecord] | None = None

    def of(self, first: int, last: int) -> dict[int, list[TextRecord]]:
        """The texts of the entries from `first` to `last`, by entry; each call goes on where the one before ended.

        Raises:
            RecordFaultError: one is of no entry at all.
        """
        following, begun = self._following, self._following is None
        if following is None:
            following = self._store.texts(self._run, first)
        texts: dict[int, list[TextRecord]] = {}
        for text in following:
            if text.seq > last:
                self._following = chain((text,), following)
                return texts
            if text.seq < first:  # all before it were claimed
                raise self._of_no_entry(text)
            texts.setdefault(text.seq, []).append(text)
        self._following = None
        return texts if begun else self.of(first, last)

    def refuse_any_left(self) -> None:
        """Make sure that no text is left when all entries are read, but of those that somebody wrote meanwhile.

        Raises:
            RecordFaultError: there is one.
        """
        left = next(self._following, None) if self._following is not None else None
        if left is not None and left.seq >= self._store.find(self._run).entries:
            raise self._of_no_entry(left)

    def _of_no_entry(self, text: TextRecord) -> RecordFaultError:
        message = _("The record of run {run} is faulty: a text is kept beside entry {seq}, and there is no such entry.")
        return RecordFaultError(message.format(run=self._run, seq=text.seq))


def _refuse_any(differences: Iterable[Difference], run: str) -> None:
    for difference in differences:
        raise difference.error(run)


def _check_roster(run: str, roster: Roster, header: Header) -> None:
    """Make sure that every name in the roster of a run is the one that its first entry pins, if it pins any.

    Raises:
        RecordFaultError: one is another.
    """
    if pinned_people(header.pins):
        verdict = compare_roster(roster, header.pins)
        if verdict.wrong is not None:
            raise contradicting_name(run, verdict.wrong)


def contradicting_name(run: str, pseudonym: str) -> RecordFaultError:
    """Make the error for a roster that names somebody else than the record says."""
    message = _(
        "The record of run {run} is faulty: the name that roster.name holds for {person} is not the one that the run "
        "began with."
    )
    return RecordFaultError(message.format(run=run, person=pseudonym))


def _read(data: bytes, run: str, seq: int) -> Body:
    try:
        return read_entry(data)
    except UncanonicalError as error:
        message = _("The record of run {run} is faulty at entry {seq}: {reason}")
        raise RecordFaultError(message.format(run=run, seq=seq, reason=error), seq=seq) from None


def _check_place(run: str, seq: int, prev: str, found: Sequence[object]) -> None:
    expected = (run, seq, prev)
    if tuple(found) != expected:
        raise RecordFaultError(
            _("The record of run {run} is faulty at entry {seq}: expected {expected}, found {found}.").format(
                run=run, seq=seq, expected=", ".join(map(str, expected)), found=", ".join(map(str, found))
            ),
            seq=seq,
        )
