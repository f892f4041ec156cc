"""How grave it was: the facts of a record as values of the playbook's measures, and the level that follows.

Where a record leaves a figure open, the graver reading is taken (who grades in doubt grades higher), and said.
"""

from decimal import Decimal
from typing import Final

from incidentsim.definitions.formats.durations import LONGEST
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.playbook import Playbook
from incidentsim.exercise.kernel.sim_time import DAY
from incidentsim.importing.measured import Measured
from incidentsim.importing.veris.content import Facts, Span
from incidentsim.importing.veris.culpability import DELIBERATE
from incidentsim.importing.veris.facts import span
from incidentsim.importing.veris.loss import IMPACT, Loss
from incidentsim.importing.veris.record import Record
from incidentsim.importing.veris.vocabulary.tables import units
from incidentsim.messages import gettext as _

CONFIDENTIALITY: Final[Path] = ("attribute", "confidentiality")

SENSITIVE: Final = frozenset({"bank", "medical", "payment", "sensitive personal"})
PERSONAL: Final = SENSITIVE | {"personal", "credentials", "multi-factor credential"}
"""Kinds of data that are about people: a set of credentials is somebody's."""

OPEN_KINDS: Final = frozenset({"unknown", "other"})
"""Kinds of data that may be about people."""

_SERVING: Final = frozenset({"s", "n", "t", "e", "unknown", "other"})
"""Groups of assets that others depend on; a lost laptop is no outage of a service."""

_NEVER_RESTORED: Final = 30 * DAY


def measure(record: Record, facts: Facts, loss: Loss, playbook: Playbook) -> Measured:
    """The measured values of an incident and its level; nothing where it is no incident."""
    measured = Measured(playbook)
    if not facts.is_incident:
        return measured
    _records(record, facts, measured)
    _outage(record, facts, measured)
    if loss.yuan is not None and _put(record, measured, loss.path, "direct_loss", unit="money", value=loss.yuan):
        record.carry((*IMPACT, "iso_currency_code"), *loss.paths)
    _flags(record, facts, measured)
    if not measured.values and measured.knows("personal_records", "count"):
        # No records of people are concerned. A level wants a reason.
        _put(record, measured, (*CONFIDENTIALITY, "data_total"), "personal_records", unit="count", value=0)
    measured.grade()
    if measured.residual:
        message = _("No figure in the record reaches a threshold; level {level} is assumed, as for everything else.")
        record.assume((), message.format(level=measured.level))
    return measured


def _put(record: Record, measured: Measured, path: Path, measure: str, *, unit: str, value: int) -> bool:
    """Take the value that stands at `path`, if the playbook has the measure; say whether it has."""
    if not measured.put(measure, unit, value):
        message = _("The playbook {playbook} has no measure {measure}, so this does not count towards the level.")
        record.drop(path, message.format(playbook=measured.playbook.id, measure=measure))
        return False
    if path not in record.dropped:
        record.carry(path)
    return True


def _records(record: Record, facts: Facts, measured: Measured) -> None:
    """Records of people, and sensitive ones among them."""
    total_path = (*CONFIDENTIALITY, "data_total")
    total = record.count(total_path)
    if not record.section(CONFIDENTIALITY):
        return
    if facts.disclosure is not None and facts.disclosure.id == "no":
        record.drop(total_path, _("No data was disclosed, so no records count."))
        return
    summed = sum(kind.amount or 0 for kind in facts.kinds)
    if total is not None and summed > total:
        message = _(
            "The kinds of data add up to {summed} records, more than the {total} in all; the larger figure counts."
        )
        record.assume(total_path, message.format(summed=f"{summed:,}", total=f"{total:,}"))
    whole = max(total or 0, summed)
    personal = _share(facts, whole, PERSONAL)
    sensitive = _share(facts, whole, SENSITIVE)
    if personal is None:
        if total is not None or summed:
            message = _("These records are not about people, and the playbook {playbook} measures no others.")
            record.drop(total_path, message.format(playbook=measured.playbook.id))
        return
    if personal == 0 and total is None:
        record.assume(total_path, _("The number of records is not given; at least one is assumed."))
        personal, sensitive = 1, None if sensitive is None else 1
    if facts.disclosure is None or facts.disclosure.id != "yes":
        record.assume(
            (*CONFIDENTIALITY, "data_disclosure"),
            _("Disclosure is not established; the records count all the same, as the graver case."),
        )
    if not any(kind.id in PERSONAL for kind in facts.kinds):
        record.assume((*CONFIDENTIALITY, "data"), _("The kind of data is not known; records of people are assumed."))
    if sensitive and sum(kind.amount is None for kind in facts.kinds) > 1:
        record.assume((*CONFIDENTIALITY, "data"), _("How many records are of which kind is not given; all may be."))
    _put(record, measured, total_path, "personal_records", unit="count", value=personal)
    if sensitive:
        _put(record, measured, total_path, "sensitive_records", unit="count", value=sensitive)


def _share(facts: Facts, whole: int, wanted: frozenset[str]) -> int | None:
    """How many of the `whole` records are of the `wanted` kinds; `None` where none of the kinds is.

    Whatever no kind accounts for goes to a wanted kind without a figure of its own, or to people in general.
    """
    kinds = [kind for kind in facts.kinds if kind.id in wanted]
    about_people = wanted is PERSONAL
    if about_people:
        kinds += [kind for kind in facts.kinds if kind.id in OPEN_KINDS]
    if not kinds and not (about_people and not facts.kinds):
        return None
    own = sum(kind.amount or 0 for kind in kinds)
    unaccounted = whole - sum(kind.amount or 0 for kind in facts.kinds)
    takes_rest = about_people or any(kind.amount is None for kind in kinds)
    return own + (unaccounted if takes_rest else 0)


def _outage(record: Record, facts: Facts, measured: Measured) -> None:
    """How long something was out of use, where that was a service."""
    if facts.outage is None:
        return
    path, effects = facts.outage.path, {word.id for word in facts.availability}
    slowed = bool(effects) and effects <= {"degradation", "acceleration"}
    if not slowed and facts.assets and not any(asset.group in _SERVING for asset in facts.assets):
        record.drop(path, _("What was out of use is no service, so its time does not count towards the level."))
        return
    duration = _length(record, facts.outage)
    if duration is not None:
        _put(record, measured, path, "degraded" if slowed else "full_outage", unit="duration", value=duration)


def _length(record: Record, outage: Span) -> int | None:
    unit = units()[outage.unit]
    if outage.unit == "never":
        record.assume(outage.path, _("What was never restored counts as {days} days.").format(days=30))
        return _NEVER_RESTORED
    if unit.ms is None:
        return None
    if not outage.value:
        record.assume(outage.path, _("Only the unit of time is given; one of it is assumed."))
        return unit.ms
    return int(min(outage.value * unit.ms, Decimal(LONGEST)))


def _flags(record: Record, facts: Facts, measured: Measured) -> None:
    """What makes an incident graver, or gravest, by itself."""
    escape = facts.has("action.hacking.variety", "virtual machine escape", "user breakout") or facts.has(
        "action.hacking.vector", "hypervisor", "inter-tenant"
    )
    if escape and _put(record, measured, escape.path, "control_plane_compromised", unit="flag", value=1):
        record.assume(escape.path, _("This is taken to mean that an intruder controlled the platform itself."))
    tampered = facts.has("attribute.integrity.variety", "log tampering")
    if tampered and _put(record, measured, tampered.path, "evidence_lost", unit="flag", value=1):
        record.assume(tampered.path, _("This is taken to mean that evidence was lost."))
    containment = span(record, ("timeline", "containment"), "timeline.containment.unit")
    active = containment is not None and containment.unit == "never" and bool(facts.categories() & DELIBERATE)
    path = ("timeline", "containment", "unit")
    if active and _put(record, measured, path, "attacker_active", unit="flag", value=1):
        record.assume(path, _("This is taken to mean that the attacker is still active."))
