"""Improvement items: listed over all runs, typed in, edited, assigned and closed, each change on record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import Fact, ImprovementState
from incidentsim.domain.unknown_names import unknown_name
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.reading import RecordedRun, read_run
from incidentsim.ledger.store import RunInfo
from incidentsim.messages import gettext as _
from incidentsim.service.afterwards import append_afterwards
from incidentsim.service.context import ServiceContext
from incidentsim.service.summaries import OnRun, Summaries

if TYPE_CHECKING:  # imported when something is evaluated: replaying starts without it
    from incidentsim.domain.text import Text
    from incidentsim.exercise.afterwards.carrying import CarriedItem, EvaluatedRun
    from incidentsim.exercise.afterwards.items import ItemChange
    from incidentsim.exercise.evaluation.summary import EvaluationSummary


@dataclass(frozen=True, slots=True)
class Improvements:
    """Improvement items over all finished runs, oldest first; `unread` are runs whose records cannot be read."""

    items: "tuple[CarriedItem, ...]"
    unread: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A change of an item that is on record: the run, the item's id, and the number of the fact."""

    run: str
    item: str
    sequence: int


class ImprovementService:
    """Lists improvement items and puts changes of them on record."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    @property
    def today(self) -> date:
        """The day by which it is told what is overdue."""
        return self._context.now().date()

    def all(self, on_run: OnRun | None = None, *, anew: bool = False) -> Improvements:
        """The improvement items of all finished runs, as their evaluations propose them and the record leaves them.

        Args:
            on_run: called after each run that had to be evaluated.
            anew: evaluate all of them, whatever was kept of earlier evaluations.

        Raises:
            SurroundingsError: the database cannot be read.
        """
        from incidentsim.exercise.afterwards.carrying import carry_over

        summarised = Summaries(self._context).of(self._context.store.runs(), on_run, anew=anew)
        unread = list(summarised.unread)
        runs = []
        for info, summary in summarised.runs:
            try:
                runs.append(self._evaluated(info, summary))
            except (InputError, RecordFaultError) as error:
                unread.append((info.id, str(error)))
        return Improvements(carry_over(runs), tuple(unread))

    def find(self, item: str, run: str | None = None) -> "CarriedItem":
        """The item of this id, or whose id begins so; `run` says of which run, where several have one.

        Raises:
            InputError: there is none, or there are several.
            SurroundingsError: the database cannot be read.
        """
        wanted = None if run is None else self._context.store.find(run).id
        items = [carried for carried in self.all().items if wanted in {None, carried.run}]
        matching = [carried for carried in items if carried.id == item]
        matching = matching or [carried for carried in items if item and carried.id.startswith(item)]
        if not matching:
            message = _("There is no improvement item {name}; “incidentsim improvements --all” lists them.")
            raise unknown_name(
                _("improvement item"),
                item,
                [carried.id for carried in items],
                kind="improvement",
                otherwise=message,
            )
        if len(matching) > 1:
            listed = _(", ").join(_("{item} of run {run}").format(item=one.id, run=one.run) for one in matching)
            message = _("{name} can be several improvement items: {known}. Name the run with --run.")
            raise InputError(message.format(name=item, known=listed))
        return matching[0]

    def weak_tasks(self, run: str) -> "tuple[tuple[str, Text], ...]":
        """The critical tasks that a run asks to improve, each by its id with its title.

        Raises:
            InputError: there is no such run.
            SurroundingsError: the database cannot be read.
        """
        info = self._context.store.find(run)
        summarised = Summaries(self._context).of([info])
        return tuple((item.task, item.what) for _info, summary in summarised.runs for item in summary.items)

    def add(self, run: str, change: "ItemChange", item: str | None = None, task: str | None = None) -> Changed:
        """Type in a new item, on record in the run that it comes from.

        Args:
            run: its id, the beginning of it, its name, or `last`.
            change: what it says; the action at least.
            item: its id; one is made up if it is left out.
            task: the critical task that shows that it is done, once a later run performs it: its id, its title, or its
                number among `weak_tasks`; empty or `None`: none.

        Raises:
            InputError: there is no such run, it is not finished, the id is taken or none, the action is missing, or
                there is no such task.
            RunBusyError: another process is writing the run.
            SurroundingsError: the record could not be kept.
        """
        from incidentsim.exercise.afterwards.carrying import items_of
        from incidentsim.exercise.afterwards.items import change_fact, items_on_record, typed_id, unlike_ids

        info = self._context.store.find(run)
        summarised = Summaries(self._context).of([info])
        proposed = [one.id for _info, summary in summarised.runs for one in items_of(self._evaluated(info, summary))]
        named: list[str] = []
        weak = self.weak_tasks(info.id) if task else ()

        def make(recorded: RecordedRun) -> Sequence[Fact]:
            known = items_on_record(recorded.facts)
            name = typed_id(recorded.info.id, [*known, *proposed]) if item is None else item
            unlike_ids([*known, *proposed], name)
            named.append(name)
            shown_by = self._task(recorded, weak, task or "")
            return [change_fact(recorded.facts[-1].at, name, shown_by, change, new=True)]

        run_id, numbers = append_afterwards(self._context, info.id, make)
        return Changed(run_id, named[0], numbers[0])

    def _task(self, recorded: RecordedRun, weak: "Sequence[tuple[str, Text]]", words: str) -> str | None:
        """The task that is meant by its id, its title or its number; `None` where none is."""
        wanted = words.strip().casefold()
        if not wanted:
            return None
        if wanted.isascii() and wanted.isdecimal() and 0 < int(wanted[:9]) <= len(weak):
            return weak[int(wanted) - 1][0]
        playbook = self._context.stored(recorded).playbook
        for task in playbook.tasks.values():
            if wanted in {task.id.casefold(), task.title.en.casefold(), task.title.zh.casefold()}:
                return task.id
        message = _("There is no task {name}; known are: {known}.")
        raise unknown_name(_("task"), words, playbook.tasks, kind="task", otherwise=message)

    def change(self, item: "CarriedItem", change: "ItemChange") -> Changed:
        """Change an item; a proposed one is taken in hand by that, as it was proposed but for the change.

        Raises:
            InputError: the change is none (see `change_fact`), or the record is faulty.
            RunBusyError: another process is writing the run.
            SurroundingsError: the record could not be kept.
        """
        from incidentsim.exercise.afterwards.carrying import proposal_of
        from incidentsim.exercise.afterwards.items import ItemChange, change_fact, items_on_record, taken_in_hand

        def make(recorded: RecordedRun) -> Sequence[Fact]:
            new = item.id not in items_on_record(recorded.facts)
            said = taken_in_hand(change, proposal_of(item)) if new and change != ItemChange() else change
            return [change_fact(recorded.facts[-1].at, item.id, item.task, said, new=new)]

        run, numbers = append_afterwards(self._context, item.run, make)
        return Changed(run, item.id, numbers[0])

    def close(
        self, item: "CarriedItem", *, evidence: str = "", by_run: str | None = None, dropped: bool = False
    ) -> Changed:
        """Close an item, with words or with a later run that performed its task.

        Args:
            item: the item.
            evidence: what shows that it is done, or why it is dropped.
            by_run: the run that shows it; the one that performed the task if neither it nor words are given.
            dropped: it is not to be done any more.

        Raises:
            InputError: nothing shows it, there is no such run, or that run did not perform the task and there are no
                words either.
            RunBusyError: another process is writing the run.
            SurroundingsError: the record could not be kept.
        """
        from incidentsim.exercise.afterwards.items import ItemChange

        shown, facts = (None, ()) if by_run is None else self._shown_by(item, by_run, said=bool(evidence.strip()))
        if by_run is None and not evidence.strip() and not dropped:
            shown, facts = item.performed_by or item.closed_by, item.performed or item.facts
        state = ImprovementState.DROPPED if dropped else ImprovementState.DONE
        said = evidence if evidence.strip() else None
        return self.change(item, ItemChange(state=state, evidence=said, closed_by=shown, facts=facts))

    def _shown_by(self, item: "CarriedItem", by_run: str, *, said: bool) -> tuple[str, tuple[int, ...]]:
        """The run that shows that an item is done, with the facts that do."""
        info = self._context.store.find(by_run)
        facts: tuple[int, ...] | None = None
        for _info, summary in Summaries(self._context).of([info]).runs:
            later = info.id != item.run and info.created >= item.created
            if later and item.task is not None and summary.playbook == item.playbook:
                facts = summary.performed.get(item.task)
        if facts is None and not said:
            message = _(
                "The run {run} did not perform the task of {item} later; say in words what shows that it is done."
            )
            raise InputError(message.format(run=info.id, item=item.id))
        return info.id, facts or ()

    def _evaluated(self, info: RunInfo, summary: "EvaluationSummary") -> "EvaluatedRun":
        from incidentsim.exercise.afterwards.carrying import EvaluatedRun
        from incidentsim.exercise.afterwards.items import items_on_record

        known = EvaluatedRun(info.id, info.created, summary)
        if not summary.in_hand:
            return known
        return replace(known, recorded=items_on_record(read_run(self._context.store, info).facts))
