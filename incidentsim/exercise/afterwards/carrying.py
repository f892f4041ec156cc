"""Improvement items carried from run to run: proposed, taken in hand, and shown by later runs to be done.

What nobody has taken in hand is closed by the first later run that performs its task. What somebody has (there is a
fact about it on record) stays open until somebody closes it; such a run only proposes that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from incidentsim.domain.evaluation import Rating
from incidentsim.domain.facts import ImprovementState, RecordedText
from incidentsim.domain.text import FreeText, Text
from incidentsim.exercise.afterwards.actions import proposed_action
from incidentsim.exercise.afterwards.due import Day, due_after, written_day
from incidentsim.exercise.afterwards.items import CLOSED, ItemChange, RecordedItem, proposed_id
from incidentsim.exercise.evaluation.aar import ImprovementItem
from incidentsim.exercise.evaluation.summary import EvaluationSummary

GOOD_ENOUGH: Final[frozenset[Rating]] = frozenset({"P", "S"})
"""A later run that performs the task so shows that the item is done."""


@dataclass(frozen=True, slots=True)
class EvaluatedRun:
    """A run with the summary of its evaluation, when it was made (UTC as in entries), and its items on record."""

    run: str
    created: str
    summary: EvaluationSummary
    recorded: Mapping[str, RecordedItem] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CarriedItem:
    """An improvement item over all runs.

    Attributes:
        id: what it is called; unique within the run that asks for it.
        run: that run.
        created: when it was made (UTC as in entries).
        playbook: the id of its playbook.
        task: the critical task that it is from; `None` where somebody typed it in.
        proposal: what the evaluation of the run proposes; `None` where it proposes none any more, or never did.
        action: what is to be done.
        owner: who sees to it; empty: nobody yet.
        due: until when; `None`: no date.
        state: where it stands.
        evidence: what it was closed with, in words.
        closed_by: the run that shows that it is done.
        facts: the numbers of the facts of that run that do.
        performed_by: a later run that performed the task, where somebody has still to close the item.
        performed: the numbers of the facts of that run.
        changes: the numbers of the facts about it in the run that asks for it.
    """

    id: str
    run: str
    created: str
    playbook: str
    task: str | None
    proposal: ImprovementItem | None
    action: RecordedText
    owner: RecordedText
    due: Day | None
    state: ImprovementState
    evidence: RecordedText | None = None
    closed_by: str | None = None
    facts: tuple[int, ...] = ()
    performed_by: str | None = None
    performed: tuple[int, ...] = ()
    changes: tuple[int, ...] = ()

    @property
    def open(self) -> bool:
        """True if something is left to be done."""
        return self.state not in CLOSED

    def overdue(self, today: Day) -> bool:
        """Return whether it should be done by now and is not."""
        return self.open and self.due is not None and self.due < today


def carry_over(runs: Iterable[EvaluatedRun]) -> tuple[CarriedItem, ...]:
    """All items of these runs, oldest run first.

    An item belongs to its playbook's id: a task of the same name in another procedure is another task.
    """
    items: list[CarriedItem] = []
    waiting: dict[tuple[str, str], list[int]] = {}
    for run in runs:
        playbook = run.summary.playbook
        for name, rating in run.summary.ratings.items():
            if rating in GOOD_ENOUGH:
                shown = run.summary.performed.get(name, ())
                for index in waiting.pop((playbook, name), ()):
                    items[index] = _performed(items[index], run.run, shown)
        for item in items_of(run):
            if item.task is not None and item.open:
                waiting.setdefault((playbook, item.task), []).append(len(items))
            items.append(item)
    return tuple(items)


def items_of(run: EvaluatedRun) -> tuple[CarriedItem, ...]:
    """The items of one run: those that its evaluation proposes, as the record leaves them, then those typed in."""
    left = dict(run.recorded)
    proposed = []
    for proposal in run.summary.items:
        name = proposed_id(run.run, proposal.task)
        recorded = left.pop(name, None)
        proposed.append(_unrecorded(run, name, proposal) if recorded is None else _recorded(run, recorded, proposal))
    return (*proposed, *(_recorded(run, recorded, None) for recorded in left.values()))


def proposal_of(item: CarriedItem) -> ItemChange:
    """Return the change that puts all of a proposed item on record."""
    words, owner = _words(item.action), _words(item.owner)
    return ItemChange(action=words, owner=owner, due="" if item.due is None else item.due.isoformat())


def _words(text: RecordedText) -> str | Text:
    return text.value


def _unrecorded(run: EvaluatedRun, name: str, proposal: ImprovementItem) -> CarriedItem:
    return CarriedItem(
        id=name,
        run=run.run,
        created=run.created,
        playbook=run.summary.playbook,
        task=proposal.task,
        proposal=proposal,
        action=FreeText(proposed_action(proposal)),
        owner=FreeText(proposal.owner_title),
        due=due_after(run.created, proposal.due_within),
        state=ImprovementState.OPEN,
    )


def _recorded(run: EvaluatedRun, recorded: RecordedItem, proposal: ImprovementItem | None) -> CarriedItem:
    return CarriedItem(
        id=recorded.id,
        run=run.run,
        created=run.created,
        playbook=run.summary.playbook,
        task=recorded.task,
        proposal=proposal,
        action=recorded.action,
        owner=recorded.owner,
        due=written_day(recorded.due),
        state=recorded.state,
        evidence=recorded.evidence,
        closed_by=recorded.closed_by,
        facts=recorded.facts,
        changes=recorded.changes,
    )


def _performed(item: CarriedItem, run: str, facts: tuple[int, ...]) -> CarriedItem:
    """An open item after a later run that performed its task."""
    if item.changes:
        return replace(item, performed_by=run, performed=facts)
    return replace(item, state=ImprovementState.DONE, closed_by=run, facts=facts)
