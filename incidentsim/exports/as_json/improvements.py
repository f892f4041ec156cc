"""Improvement items as JSON. The keys are a contract, as elsewhere."""

from typing import TYPE_CHECKING

from incidentsim.domain.facts import Json, RecordedText
from incidentsim.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from incidentsim.exercise.afterwards.carrying import CarriedItem


def improvements_json(
    items: "Iterable[CarriedItem]", unread: "Sequence[tuple[str, str]]", total: int, today: "date"
) -> dict[str, Json]:
    """The items carried over, or a page of them.

    Args:
        items: the items.
        unread: runs that could not be read, each with the reason.
        total: how many items there are.
        today: the day by which it is told what is overdue.
    """
    return {
        "total": total,
        "items": [item_json(item, today) for item in items],
        "unread": [{"run": run, "message": message} for run, message in unread],
    }


def item_json(item: "CarriedItem", today: "date") -> dict[str, Json]:
    """One item; what only a proposal has is null where somebody typed it in."""
    proposal = item.proposal
    return {
        "id": item.id,
        "run": item.run,
        "created": item.created,
        "playbook": item.playbook,
        "objective": None if proposal is None else proposal.objective,
        "task": item.task,
        "rating": None if proposal is None else proposal.rating,
        "what": _both(item.action if proposal is None else proposal.what),
        "action": _both(item.action),
        "owner": None if proposal is None else proposal.owner,
        "assigned_to": _both(item.owner),
        "due_within": None if proposal is None else proposal.due_within,
        "due": None if item.due is None else item.due.isoformat(),
        "overdue": item.overdue(today),
        "poete": None if proposal is None else proposal.poete,
        "state": item.state.value,
        "evidence": None if item.evidence is None else _both(item.evidence),
        "closed_by": item.closed_by,
        "facts": list(item.facts),
        "performed_by": item.performed_by,
        "performed": list(item.performed),
        "on_record": list(item.changes),
    }


def _both(words: RecordedText | Text) -> Json:
    text = words if isinstance(words, Text) else words.value
    return dict(text.by_language()) if isinstance(text, Text) else {"en": text, "zh": text}
