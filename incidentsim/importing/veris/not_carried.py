"""Why what nobody took from a record was left: the last part of the account, so that nothing goes unmentioned."""

from typing import Final

from incidentsim.definitions.yaml12.problems import Path
from incidentsim.importing.imported import NotCarried
from incidentsim.importing.veris.record import NO_ANSWERS, Record
from incidentsim.messages import gettext as _

_TEXTS: Final = frozenset(
    {"summary", "notes", "discovery_notes", "comment", "corrective_action", "control_failure", "cve", "ioc"}
)
_IDENTITIES: Final = frozenset(
    {"incident_id", "source_id", "campaign_id", "reference", "victim_id", "name", "master_id", "github", "analyst"}
)
_PLACES: Final = frozenset({"country", "region"})
_COMPANY: Final = frozenset({"industry", "revenue", "employee_count", "government"})
_VERIS: Final = frozenset(
    {
        "action", "actor", "asset", "attribute", "campaign_id", "confidence", "control_failure", "corrective_action",
        "cost_corrective_action", "discovery_method", "discovery_notes", "extra", "impact", "incident_id", "ioc",
        "notes", "plus", "reference", "schema_name", "schema_version", "security_incident", "source_id", "subsets",
        "summary", "targeted", "timeline", "value_chain", "victim",
    }
)  # fmt: skip
"""The parts that VERIS 1.3 to 1.4 has at the top."""


def not_carried(record: Record, when_no_incident: bool) -> tuple[NotCarried, ...]:
    """Everything of the record that is not in the scenario, in its order; a subtree with one reason is one entry."""
    reasons: dict[Path, str] = {}
    for leaf in record.leaves:
        told = leaf in record.carried
        spoken_of = _reason_given(record, leaf)
        if spoken_of is not None:
            reasons[leaf] = spoken_of
        elif not told:
            reasons[leaf] = _reason(record, leaf, when_no_incident)
    return tuple(NotCarried(record.named(path), reason) for path, reason in _grouped(record, reasons))


def _reason_given(record: Record, leaf: Path) -> str | None:
    """The reason that somebody gave for the leaf, or for what it stands in."""
    return next((record.dropped[leaf[:n]] for n in range(len(leaf), -1, -1) if leaf[:n] in record.dropped), None)


def _reason(record: Record, leaf: Path, when_no_incident: bool) -> str:
    names = {part for part in leaf if isinstance(part, str)}
    first, value = str(leaf[0]) if leaf else "", record.leaves[leaf]
    rules = (
        (first not in _VERIS, _("VERIS has no such part as far as we know.")),
        (
            first in ("plus", "extra", "subsets"),
            _("This lies outside the core of VERIS; only the day on which the record was made is looked at."),
        ),
        (
            first == "victim",
            _("It is about the real victim, of whom nothing is carried over; the company here is invented."),
        ),
        (
            bool(names & _IDENTITIES),
            _("It points at a real case, company or person; such things are left out."),
        ),
        (bool(names & _TEXTS), _("Texts about a real case are never carried over; the story is worded anew.")),
        (bool(names & _PLACES), _("Real places are left out, so that nothing points at real people.")),
        (bool(names & _COMPANY), _("It describes a real company; the one of the story is invented.")),
        (_says_nothing(value), _("The record says nothing here.")),
        (first == "value_chain", _("The procedure has no use for how an attacker makes a living.")),
        (when_no_incident, _("It is no incident, so nothing of this came to pass.")),
    )
    return next((reason for fits, reason in rules if fits), _("A scenario has no place for this."))


def _says_nothing(value: object) -> bool:
    return value is None or value in ([], {}) or (isinstance(value, str) and value.strip().casefold() in NO_ANSWERS)


def _grouped(record: Record, reasons: dict[Path, str]) -> list[tuple[Path, str]]:
    """The leaves with their reasons, brought together under the highest path where all leaves have the same."""
    whole: dict[Path, set[str | None]] = {}
    for leaf in record.leaves:
        reason = reasons.get(leaf)
        for length in range(len(leaf) + 1):
            whole.setdefault(leaf[:length], set()).add(reason)
    grouped: dict[Path, str] = {}
    for leaf, reason in reasons.items():
        top = next(leaf[:length] for length in range(len(leaf) + 1) if whole[leaf[:length]] == {reason})
        grouped[top] = reason
    return list(grouped.items())
