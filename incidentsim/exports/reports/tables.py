"""Which tables each report has, by name. Nothing heavy is imported here: help texts name them."""

from collections.abc import Mapping
from typing import Final, Literal

from incidentsim.domain.unknown_names import unknown_name
from incidentsim.messages import N_
from incidentsim.messages import gettext as _

Kind = Literal["aar", "audit"]
"""The after-action report, for those who took part; the audit report, for those who check."""

TABLES: Final[dict[Kind, tuple[str, ...]]] = {
    "aar": (
        *("timeline", "duties", "escalations", "refusals", "messages", "decisions", "facilitator", "ratings"),
        *("metrics", "plan", "clocks"),
    ),
    "audit": (
        *("timeline", "steps", "duties", "escalations", "refusals", "messages", "decisions", "facilitator"),
        *("ratings", "metrics", "controls", "clocks"),
    ),
}
"""The tables of each report, in order."""

ALL_TABLES: Final = tuple(dict.fromkeys(name for names in TABLES.values() for name in names))
"""Every table that a file of its own can hold."""

_TITLES: Final[Mapping[str, str]] = {
    "timeline": N_("Timeline"),
    "steps": N_("Steps"),
    "duties": N_("Duties"),
    "escalations": N_("Escalations"),
    "refusals": N_("Refusals"),
    "messages": N_("Messages"),
    "decisions": N_("Decision log"),
    "facilitator": N_("Facilitator"),
    "ratings": N_("Ratings"),
    "metrics": N_("Metrics"),
    "plan": N_("Improvement plan"),
    "controls": N_("Controls"),
    "clocks": N_("Regulatory deadlines"),
}
"""The titles of the tables, by name: a message each."""


def table_title(name: str) -> str:
    """Return the title of a table, in the language spoken now.

    Raises:
        KeyError: there is no table of this name.
    """
    return _(_TITLES[name])


def check_table(name: str) -> None:
    """Make sure that there is a table of this name.

    Raises:
        UnknownNameError: there is none.
    """
    if name not in ALL_TABLES:
        message = _("There is no table {name}; there are: {known}.")
        raise unknown_name(_("table"), name, ALL_TABLES, kind="table", otherwise=message)
