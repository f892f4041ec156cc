"""Improvement items on record: what each fact changes about an item, and what all of them together come to."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import Fact, ImprovementSet, ImprovementState, RecordedText, recordable_text
from incidentsim.domain.text import FreeText, Text
from incidentsim.exercise.afterwards.due import written_day
from incidentsim.messages import gettext as _

CLOSED: Final = frozenset({ImprovementState.DONE, ImprovementState.DROPPED})
"""The states in which nothing is left to be done."""

LONGEST_ID: Final = 80
"""An id of an item has so many characters at most."""

_IN_IDS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")
_MARK: Final = 6
"""So many hexadecimal digits of the run's digest tell items of the same task in different runs apart."""


@dataclass(frozen=True, slots=True)
class ItemChange:
    """A change to be put on record about an item; `None`: as it was.

    Attributes:
        action: what is to be done; not empty.
        owner: who sees to it; empty: nobody yet.
        due: until when, as in ISO 8601; empty: no date.
        state: where it stands from now on.
        evidence: what shows that it is done, or why it was dropped.
        closed_by: the id of the run that shows it.
        facts: the numbers of the facts of that run that do.
    """

    action: str | Text | None = None
    owner: str | Text | None = None
    due: str | None = None
    state: ImprovementState | None = None
    evidence: str | None = None
    closed_by: str | None = None
    facts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordedItem:
    """An item as its facts leave it.

    `changes` are the numbers of these facts; the other attributes are those of the fact `improvement_set`.
    """

    id: str
    task: str | None
    action: RecordedText
    owner: RecordedText
    due: str
    state: ImprovementState
    evidence: RecordedText | None
    closed_by: str | None
    facts: tuple[int, ...]
    changes: tuple[int, ...]


def proposed_id(run: str, task: str) -> str:
    """The id of the item that the evaluation of a run proposes for a critical task: always the same."""
    return f"{task}-{sha256(run.encode()).hexdigest()[:_MARK]}"


def typed_id(run: str, known: Iterable[str]) -> str:
    """An id for an item that somebody types in, other than those that are known in this run."""
    taken = set(known)
    number = next(number for number in range(1, len(taken) + 2) if proposed_id(run, f"item-{number}") not in taken)
    return proposed_id(run, f"item-{number}")


def items_on_record(facts: Iterable[Fact]) -> dict[str, RecordedItem]:
    """The items of a run by id, in the order in which they came on record."""
    items: dict[str, RecordedItem] = {}
    for number, fact in enumerate(facts):
        if isinstance(fact, ImprovementSet):
            items[fact.item] = changed(items.get(fact.item), number, fact)
    return items


def changed(before: RecordedItem | None, number: int, fact: ImprovementSet) -> RecordedItem:
    """An item after this fact with this number; `before` is the item before it, `None` where there was none.

    What it was closed with goes once it is open again.
    """
    item = before or _EMPTY
    reopened = fact.state is not None and fact.state not in CLOSED
    said = fact.evidence is not None or fact.closed_by is not None
    evidence, closed_by, facts = item.evidence, item.closed_by, item.facts
    if said:
        evidence, closed_by, facts = fact.evidence, fact.closed_by, fact.facts
    elif reopened:
        evidence, closed_by, facts = None, None, ()
    return RecordedItem(
        id=fact.item,
        task=fact.task,
        action=item.action if fact.action is None else fact.action,
        owner=item.owner if fact.owner is None else fact.owner,
        due=item.due if fact.due is None else fact.due,
        state=item.state if fact.state is None else fact.state,
        evidence=evidence,
        closed_by=closed_by,
        facts=facts,
        changes=(*item.changes, number),
    )


_EMPTY: Final = RecordedItem("", None, FreeText(""), FreeText(""), "", ImprovementState.OPEN, None, None, (), ())


def change_fact(at: int, item: str, task: str | None, change: ItemChange, *, new: bool) -> ImprovementSet:
    """The fact that puts a change on record, at the time of the run's last fact (ms).

    Args:
        at: that time.
        item: the item's id.
        task: the critical task that it is from, if any.
        change: what is to change.
        new: it is not on record yet.

    Raises:
        InputError: the id is none, the action is empty, the date is none, or it is closed without evidence; or nothing
            would change.
    """
    check_id(item)
    if change == ItemChange():
        raise InputError(_("Say what is to change: the action, the owner, the date or the state."))
    if (new and change.action is None) or (change.action is not None and not _said(change.action)):
        raise InputError(_("Say what is to be done: an action that somebody can carry out."))
    shown = _said(change.evidence) or change.closed_by is not None
    if change.state in CLOSED and not shown:
        raise InputError(
            _("An improvement item is closed with evidence: say what shows it, or name the run that does.")
        )
    if shown and change.state not in CLOSED:
        raise InputError(_("Evidence is given when an improvement item is closed."))
    if change.due:
        _check_date(change.due)
    return ImprovementSet(
        at=at,
        incident=None,
        item=item,
        task=task,
        action=_text(change.action),
        owner=_text(change.owner),
        due=change.due,
        state=change.state,
        evidence=_text(change.evidence) if _said(change.evidence) else None,
        closed_by=change.closed_by,
        facts=change.facts,
    )


def check_id(item: str) -> None:
    """Check that something can be the id of an item.

    Raises:
        InputError: it cannot.
    """
    if not 0 < len(item) <= LONGEST_ID or not set(item) <= _IN_IDS:
        message = _("“{name}” cannot be the id of an improvement item: use up to {n} letters (A–Z), digits, - _ and .")
        raise InputError(message.format(name=item[:LONGEST_ID], n=LONGEST_ID))


def taken_in_hand(change: ItemChange, proposal: ItemChange) -> ItemChange:
    """A first change of a proposed item: what it does not say, the proposal does, so that the record holds it all."""
    return replace(
        change,
        action=proposal.action if change.action is None else change.action,
        owner=proposal.owner if change.owner is None else change.owner,
        due=proposal.due if change.due is None else change.due,
    )


def unlike_ids(items: Collection[str], item: str) -> None:
    """Check that no item of the run is called so already.

    Raises:
        InputError: one is.
    """
    if item in items:
        raise InputError(_("There is an improvement item {item} already.").format(item=item))


def _check_date(due: str) -> None:
    if written_day(due) is None:
        raise InputError(_("“{words}” is no date; write it as 2026-12-31.").format(words=due[:LONGEST_ID]))


def _said(words: str | Text | None) -> bool:
    if words is None:
        return False
    return bool((f"{words.en}{words.zh}" if isinstance(words, Text) else words).strip())


def _text(words: str | Text | None) -> RecordedText | None:
    return None if words is None else recordable_text(FreeText(words))
