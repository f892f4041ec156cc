"""What the organisation of a scenario declares about itself, checked against what the clock packs ask."""

from typing import TYPE_CHECKING

from incidentsim.definitions.formats.scenario import DeclarationShape, ScopeShape
from incidentsim.definitions.local_time.zones import known_zones
from incidentsim.definitions.rules.conditions import Checker
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.clocks import Attribute, Declaration, Scope
from incidentsim.exercise.regulatory.dates import known_calendars
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from collections.abc import Collection

_SCOPE: Path = ("organisation", "scope")


def scope(checker: Checker, shape: ScopeShape | None, more_zones: "Collection[str]" = ()) -> Scope | None:
    """The declared scope; `None` where nothing is declared.

    Time zones that were resolved for a run (`more_zones`) are valid there, whether today's zone data know them or not.
    """
    if shape is None:
        return None
    from incidentsim.definitions.clocks.read import attributes_of, shipped_packs  # read only where somebody declares

    packs = shipped_packs()
    asked_in: dict[str, list[str]] = {}
    for pack in packs:
        for name in pack.attributes:
            asked_in.setdefault(name, []).append(pack.jurisdiction)
    checker.once((*_SCOPE, "jurisdictions"), shape.jurisdictions)
    for index, name in enumerate(shape.jurisdictions):
        at: Path = (*_SCOPE, "jurisdictions", index)
        checker.known(at, _("jurisdiction"), name, [pack.jurisdiction for pack in packs])
    attributes = attributes_of(packs)
    declared: dict[str, Declaration] = {}
    for name, written in shape.declares.items():
        at = (*_SCOPE, "declares", name)
        if name not in attributes:
            checker.findings.unknown(at, _("attribute"), name, attributes, key=True)
        elif not set(asked_in[name]) & set(shape.jurisdictions):
            message = _("{name} is asked only in {asked}, which is not among the jurisdictions declared.")
            checker.findings.add(at, message.format(name=name, asked=", ".join(asked_in[name])), key=True)
        else:
            value = _answer(checker, attributes[name], written, at)
            if value is not None:
                declared[name] = value
    _check_places(checker, shape, "zones", (*known_zones(), *more_zones) if shape.zones else ())
    _check_places(checker, shape, "calendars", known_calendars() if shape.calendars else ())
    return Scope(tuple(shape.jurisdictions), declared, dict(shape.zones), dict(shape.calendars))


def _answer(checker: Checker, attribute: Attribute, written: DeclarationShape, path: Path) -> Declaration | None:
    """The answer at `path`; `None` where it answers something else than was asked, which is noted."""
    value: Declaration = tuple(written) if isinstance(written, list) else written
    if attribute.accepts(value):
        if isinstance(written, list):
            checker.once(path, written)
        return value
    match attribute.kind, written:
        case "one_of", str():
            checker.known(path, _("answer"), written, attribute.options)
        case "some_of", list():
            for index, option in enumerate(written):
                checker.known((*path, index), _("answer"), option, attribute.options)
        case "one_of", _written:
            message = _("{name} is answered with one of {options}.")
            checker.findings.add(path, message.format(name=attribute.id, options=", ".join(attribute.options)))
        case "some_of", _written:
            message = _("{name} is answered with a list of some of {options}.")
            checker.findings.add(path, message.format(name=attribute.id, options=", ".join(attribute.options)))
        case "flag", _written:
            checker.findings.add(path, _("{name} is answered with true or false.").format(name=attribute.id))
        case _:
            message = _("{name} is answered with a whole number from 0.")
            checker.findings.add(path, message.format(name=attribute.id))
    return None


def _check_places(checker: Checker, shape: ScopeShape, key: str, valid: "Collection[str]") -> None:
    """The time zone or holiday calendar of the organisation's place in some of its jurisdictions."""
    kind = _("time zone") if key == "zones" else _("holiday calendar")
    for jurisdiction, name in getattr(shape, key).items():
        at: Path = (*_SCOPE, key, jurisdiction)
        if jurisdiction not in shape.jurisdictions:
            checker.findings.unknown(at, _("jurisdiction declared"), jurisdiction, shape.jurisdictions, key=True)
        checker.known(at, kind, name, valid)
