"""Putting facts on record once a run is over: ratings, improvement items, the hot wash."""

from collections.abc import Callable, Sequence

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import DecisionSource, Fact
from incidentsim.ledger.chain import Chain
from incidentsim.ledger.entry import timestamp
from incidentsim.ledger.reading import RecordedRun, read_run
from incidentsim.ledger.store import RunInfo
from incidentsim.messages import gettext as _
from incidentsim.service.context import ServiceContext

MakeFacts = Callable[[RecordedRun], Sequence[Fact]]
"""Makes the facts to be added, given the record as it stands while nobody else can write it."""


def check_finished(info: RunInfo) -> None:
    """Check that a run is over.

    Raises:
        InputError: it is not.
    """
    if not info.finished:
        message = _("The run {run} is not finished; play it to its end first (“incidentsim play --resume {run}”).")
        raise InputError(message.format(run=info.id))


def append_afterwards(context: ServiceContext, run: str, make: MakeFacts) -> tuple[str, tuple[int, ...]]:
    """Add facts to a finished run, as the decision of a person. Returns the run's id, and the numbers of the facts.

    Raises:
        InputError: there is no such run, it is not finished, or its record is faulty; or `make` says so.
        RunBusyError: another process is writing the run.
        SurroundingsError: the record could not be kept.
    """
    info = context.store.find(run)
    check_finished(info)
    with context.store.writer(info.id) as writer:
        recorded = read_run(context.store, info)
        facts = make(recorded)
        chain = Chain(info.id, writer.head())
        recorded_at = timestamp(context.now())
        entries, texts = chain.record_step(
            facts, recorded=recorded_at, source=DecisionSource.PERSON, salts=context.salts
        )
        if entries:
            writer.append(entries, texts)
    return info.id, tuple(entry.seq for entry in entries)
