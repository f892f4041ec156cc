"""Reading a stored run back into facts, checking the chain on the way: a run goes on only from a sound record."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidentsim.domain.facts import INTERVENTIONS, DecisionSource, Fact, Refused, StepTaken
from incidentsim.ledger.canonical import UncanonicalError
from incidentsim.ledger.digests import ZERO, digest
from incidentsim.ledger.entry import Body, Header, read_entry
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.sealing import TextRecord, unseal
from incidentsim.ledger.store import RecordStore, RunInfo
from incidentsim.messages import gettext as _


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """A stored run: what the list says of it, its header, and its facts with the source of each."""

    info: RunInfo
    header: Header
    facts: tuple[Fact, ...]
    sources: tuple[DecisionSource, ...]

    def answers_of(self, source: DecisionSource) -> int:
        """Count the decisions and interventions of `source` that were answered; each has one fact that shows it."""
        return sum(
            1 for fact, found in zip(self.facts, self.sources, strict=True) if found == source and _answers(fact)
        )


def _answers(fact: Fact) -> bool:
    if isinstance(fact, StepTaken | Refused):
        return fact.by is not None
    return fact.kind in INTERVENTIONS


def read_run(store: RecordStore, info: RunInfo) -> RecordedRun:
    """The facts of a stored run with their texts, each entry checked against the one before.

    Raises:
        RecordFaultError: an entry is damaged, missing or out of its place, or the run holds nothing.
    """
    log = list(store.entries(info.id))  # before the texts: while somebody writes, those of later entries do no harm
    texts: dict[int, list[TextRecord]] = {}
    for text in store.texts(info.id):
        texts.setdefault(text.seq, []).append(text)
    header: Header | None = None
    facts: list[Fact] = []
    sources: list[DecisionSource] = []
    prev = ZERO
    for seq, data in enumerate(log):
        body = _read(data, info.id, seq)
        _check_place(info.id, seq, prev, (body.run, body.seq, body.prev))
        prev = digest(data)
        header = body.header or header
        facts.append(unseal(body.fact, texts.get(seq, ())))
        sources.append(body.source)
    if header is None:
        raise RecordFaultError(
            _("The run {run} was created, but nothing is on record. Start the scenario anew.").format(run=info.id)
        )
    return RecordedRun(info, header, tuple(facts), tuple(sources))


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
