"""What a log can be narrowed down to: kinds of facts that belong together."""

from typing import Final

from incidentsim.domain.facts import FactKind
from incidentsim.messages import gettext as _

FILTERS: Final = ("all", "escalations", "refusals", "duties", "steps", "messages", "story")
"""What the log can be narrowed down to."""

_KINDS: Final = {
    "escalations": (FactKind.ESCALATED, FactKind.ESCALATION_PLANNED, FactKind.ESCALATION_DROPPED),
    "refusals": (FactKind.REFUSED,),
    "duties": (
        FactKind.DUTY_OPENED,
        FactKind.DUTY_RESCHEDULED,
        FactKind.DUTY_SETTLED,
        FactKind.DUTY_BREACHED,
        FactKind.DUTY_DROPPED,
    ),
    "steps": (FactKind.STEP_TAKEN, FactKind.LEVEL_SET, FactKind.STEP_UNDONE),
    "messages": (FactKind.MESSAGE_SENT, FactKind.INJECT_DELIVERED, FactKind.ESCALATED),
    "story": (
        FactKind.INJECT_DELIVERED,
        FactKind.INJECT_WITHHELD,
        FactKind.INCIDENT_RAISED,
        FactKind.CIRCUMSTANCE_AROSE,
        FactKind.INJECT_ADDED,
        FactKind.OBSERVED,
        FactKind.COACHING_SET,
        FactKind.HINT_GIVEN,
    ),
}


def filter_words() -> dict[str, str]:
    """Return the title of each filter, by its id."""
    return {
        "all": _("everything"),
        "escalations": _("escalations"),
        "refusals": _("refusals"),
        "duties": _("duties"),
        "steps": _("steps"),
        "messages": _("messages"),
        "story": _("the story"),
    }


def passes(kind: FactKind, chosen: str) -> bool:
    """Return whether the filter `chosen` (one of `FILTERS`) shows facts of this kind."""
    return chosen == "all" or kind in _KINDS[chosen]
