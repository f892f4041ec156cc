"""What can be told of a record without its scenario, as of a copy that names nobody: what happened, not how it went."""

from contextlib import suppress
from dataclasses import dataclass, replace

from incidentsim.definitions.local_time.table import PIN as OFFSETS
from incidentsim.definitions.local_time.table import read_table
from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import Fact
from incidentsim.domain.local_time import OffsetTable
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.running.outcome import RunReport, report
from incidentsim.exercise.running.outline import outline_of
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.reading import RecordedRun, read_run
from incidentsim.messages import gettext as _
from incidentsim.service.context import ServiceContext
from incidentsim.service.record_sources import RecordSource
from incidentsim.session.course import told


@dataclass(frozen=True, slots=True)
class RecordOutline:
    """A run told by its record and its playbook alone.

    Attributes:
        report: its final states and counts; that it passed, and its digest, it does not say.
        facts: everything that happened.
        scenario: what the facts say of the scenario.
        playbook: the procedure it was played by.
        finished: whether the exercise is over.
    """

    report: RunReport
    facts: tuple[Fact, ...]
    scenario: Scenario
    playbook: Playbook
    finished: bool


def outlined(context: ServiceContext, source: RecordSource) -> RecordOutline:
    """Read a record as far as it can be told without its scenario.

    Raises:
        InputError: its playbook is not there either.
        RecordFaultError: its facts cannot be followed.
    """
    recorded = read_run(source.store, source.info, context.on_read)
    playbook_data = source.store.document(recorded.header.playbook)
    compiled = context.compiled(playbook_data, _("run {run}").format(run=source.info.id) + "/playbook")
    try:
        scenario = replace(outline_of(recorded.facts), offsets=_clocks_of(recorded, source))
        exercise = Exercise(compiled, scenario)
        exercise.resume(recorded.facts)
    except (KeyError, TypeError, ValueError) as error:
        message = _("The record of run {run} holds facts that this version cannot follow ({reason}).")
        raise RecordFaultError(message.format(run=source.info.id, reason=error)) from error
    return RecordOutline(
        report=report(exercise, recorded.facts, run=source.info.id, digest="", must_rest=False),
        facts=recorded.facts,
        scenario=told(scenario, recorded.facts),
        playbook=compiled.playbook,
        finished=exercise.state.ended,
    )


def _clocks_of(recorded: RecordedRun, source: RecordSource) -> OffsetTable | None:
    """The changes of the clocks that the run was begun with; `None` where they are not there: then none is told."""
    pin = recorded.header.pins.get(OFFSETS)
    if pin is not None:
        with suppress(InputError):
            return read_table(source.store.document(pin))
    return None
