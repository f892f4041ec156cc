"""How grave it was: the facts of a record as values of the playbook's measures, and the level that follows.

Where a record leaves a figure open, the more severe reading is taken (who grades in doubt grades higher), and said.
"""

from decimal import Decimal
from typing import Final

from incidentsim.definitions.formats.durations import LONGEST, format_duration
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.playbook import Playbook
from incidentsim.exercise.kernel.sim_time import DAY
from incidentsim.importing.measured import Measured
from incidentsim.importing.veris.content import Facts, Span
from incidentsim.importing.veris.culpability import DELIBERATE
from incidentsim.importing.veris.disclosure import TOTAL, is_disclosure, records_of_people
from incidentsim.importing.veris.facts import span
from incidentsim.importing.veris.gravity import assume_stated_gravity
from incidentsim.importing.veris.loss import IMPACT, Loss
from incidentsim.importing.veris.record import Record
from incidentsim.importing.veris.vocabulary.tables import units
from incidentsim.messages import gettext as _

AVAILABILITY: Final[Path] = ("attribute", "availability")

_SERVING: Final = frozenset({"s", "n", "t", "e", "unknown", "other"})
"""Groups of assets that others depend on; a lost laptop is no outage of a service."""

_SLOWED: Final = frozenset({"degradation", "acceleration"})
_OF_SERVICES: Final = frozenset({"interruption", "degradation"})
"""Effects that the story tells of a service, whatever the assets are."""

_NEVER_RESTORED: Final = 30 * DAY
_MANY: Final = 60
"""Who gives only a unit of time speaks of fewer of it than this."""


def measure(record: Record, facts: Facts, loss: Loss, playbook: Playbook) -> Measured:
    """The measured values of an incident and its level; nothing where it is no incident."""
    measured = Measured(playbook)
    if not facts.is_incident:
        return measured
    _records(record, facts, measured)
    outage = _outage(record, facts, measured)
    if loss.yuan is not None and _put(record, measured, loss.path, "direct_loss", unit="money", value=loss.yuan):
        record.carry((*IMPACT, "iso_currency_code"), *loss.paths)
    _flags(record, facts, measured)
    if not measured.values and not is_disclosure(record, facts) and measured.knows("personal_records", "count"):
        # No records of people are concerned. A level wants a reason.
        _put(record, measured, TOTAL, "personal_records", unit="count", value=0)
    measured.grade()
    if measured.level is None:
        return measured
    assume_stated_gravity(record, facts, loss, measured, outage)
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
    """Take the records of people, and the sensitive ones among them."""
    if "confidentiality" not in record.section(("attribute",)):
        return
    if not is_disclosure(record, facts):
        record.drop(TOTAL, _("No data was disclosed, so no records count."))
        return
    counted = records_of_people(record, facts)
    if counted is None:
        if record.at(TOTAL) is not None:
            message = _("These records are not about people, and the playbook {playbook} measures no others.")
            record.drop(TOTAL, message.format(playbook=measured.playbook.id))
        return
    personal, sensitive = counted
    _put(record, measured, TOTAL, "personal_records", unit="count", value=personal)
    if sensitive:
        _put(record, measured, TOTAL, "sensitive_records", unit="count", value=sensitive)


def _outage(record: Record, facts: Facts, measured: Measured) -> Path | None:
    """Take how long something was out of use, where that was a service.

    Returns:
        The place of the outage, where there was one that the playbook has no measure for.
    """
    if "availability" not in record.section(("attribute",)):
        return None
    path, effects = (*AVAILABILITY, "duration"), {word.id for word in facts.availability}
    slowed = bool(effects) and effects <= _SLOWED
    serves = not facts.assets or any(asset.group in _SERVING for asset in facts.assets)
    if not serves and not effects & _OF_SERVICES:
        record.assume(AVAILABILITY, _("What is out of use is no service, so it does not count towards the level."))
        record.drop(path, _("What was out of use is no service, so its time does not count towards the level."))
        return None
    measure = "degraded" if slowed else "full_outage"
    duration = _length(record, facts.outage, measured.least(measure, "duration"))
    if duration is None or not _put(record, measured, path, measure, unit="duration", value=duration):
        return path if facts.outage is not None else AVAILABILITY
    return None


def _length(record: Record, outage: Span | None, least: int | None) -> int | None:
    """How long it lasted (ms); `least` is what counts at least. `None` where neither is known."""
    path = (*AVAILABILITY, "duration")
    unit = None if outage is None else units()[outage.unit]
    if outage is not None and outage.unit == "never":
        record.assume(path, _("What was never restored counts as {days} days.").format(days=30))
        return _NEVER_RESTORED
    if outage is None or unit is None or unit.ms is None:
        if least is not None:
            message = _("How long it lasted is not given; {duration} is assumed, the least that counts.")
            record.assume(path, message.format(duration=format_duration(least)))
        return least
    if outage.value:
        return int(min(outage.value * unit.ms, Decimal(LONGEST)))
    if least is not None and unit.ms < least < _MANY * unit.ms:
        message = _("Only the unit of time is given; {duration} is assumed, the least that counts.")
        record.assume(path, message.format(duration=format_duration(least)))
        return least
    record.assume(path, _("Only the unit of time is given; one of it is assumed."))
    return unit.ms


def _flags(record: Record, facts: Facts, measured: Measured) -> None:
    """What makes an incident more severe, or of the most severe level, by itself."""
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
