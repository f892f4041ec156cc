"""Which tables each report has, by name. Nothing heavy is imported here: help texts name them."""

from typing import Final, Literal

from incidentsim.domain.errors import UnknownNameError
from incidentsim.messages import gettext as _

Kind = Literal["aar", "audit"]
"""The after-action report, for those who took part; the audit report, for those who check."""

TABLES: Final[dict[Kind, tuple[str, ...]]] = {
    "aar": ("timeline", "duties", "escalations", "refusals", "facilitator", "ratings", "metrics", "plan", "clocks"),
    "audit": (
        *("timeline", "steps", "duties", "escalations", "refusals", "facilitator", "ratings", "metrics"),
        *("controls", "clocks"),
    ),
}
"""The tables of each report, in order."""

ALL_TABLES: Final = tuple(dict.fromkeys(name for names in TABLES.values() for name in names))
"""Every table that a file of its own can hold."""


def check_table(name: str) -> None:
    """Make sure that there is a table of this name.

    Raises:
        UnknownNameError: there is none.
    """
    if name not in ALL_TABLES:
        message = _("There is no table {name}; there are: {known}.").format(name=name, known=", ".join(ALL_TABLES))
        raise UnknownNameError(message, kind="table", name=name, known=ALL_TABLES)
