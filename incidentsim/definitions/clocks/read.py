"""Reading clock packs: a file's bytes in, clocks that hold together out, or every problem at once."""

from collections.abc import Collection, Iterable
from functools import cache
from importlib.resources import files as resources_of
from typing import TYPE_CHECKING

from incidentsim.definitions.clocks.parts import PackChecker, text_or_words
from incidentsim.definitions.foreign.definitions import read_definition
from incidentsim.definitions.formats.clocks import CLOCKS_SCHEMA, BusinessDaysShape, ClockPackShape, ClockShape
from incidentsim.definitions.formats.validation import validate
from incidentsim.definitions.formats.values import text
from incidentsim.definitions.local_time.zones import known_zones
from incidentsim.definitions.names.names import as_tuple
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.domain.clock_limits import Anchor, anchors_of
from incidentsim.domain.clocks import (
    Attribute,
    Clock,
    ClockPack,
    ClockStatus,
    Criterion,
    StatutoryLevel,
    StatutoryScale,
)
from incidentsim.domain.errors import InputError
from incidentsim.domain.playbook import Measure
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.definitions.yaml12.problems import Path


def read_clock_pack(data: bytes, file: str, calendars: Collection[str] | None = None) -> ClockPack:
    """The clock pack in `data`.

    Args:
        data: the file's bytes.
        file: what the file is called in a problem.
        calendars: the codes of the holiday calendars that exist; `None` leaves the pack's code unchecked (listing
            them takes a tenth of a second).

    Raises:
        DefinitionError: the file is no YAML, not of the clock pack format, or says something that cannot be.
    """
    findings = Findings(read_definition(data, file, CLOCKS_SCHEMA))
    shape = validate(findings, ClockPackShape)
    if shape is None:
        raise findings.error()
    pack = _resolved(PackChecker(shape, findings), calendars)
    if findings:
        raise findings.error()
    return pack


@cache
def shipped_packs() -> tuple[ClockPack, ...]:
    """The packs that ride inside the package, in alphabetical order of their ids."""
    folder = resources_of("incidentsim") / "clockpacks"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    packs = tuple(read_clock_pack(file.read_bytes(), file.name) for file in files)
    attributes_of(packs)
    return packs


def attributes_of(packs: Iterable[ClockPack]) -> dict[str, Attribute]:
    """Every attribute that some pack asks about: what an organisation can declare.

    Raises:
        InputError: two packs share an attribute, a measure or a clock by name and mean different things by it.
    """
    attributes: dict[str, tuple[ClockPack, Attribute]] = {}
    measures: dict[str, tuple[ClockPack, Measure]] = {}
    owners: dict[str, ClockPack] = {}
    for pack in packs:
        for attribute in pack.attributes.values():
            other, same = attributes.setdefault(attribute.id, (pack, attribute))
            _alike(same == attribute, attribute.id, pack, other)
        for measure in pack.measures.values():
            other, known = measures.setdefault(measure.id, (pack, measure))
            _alike(known == measure, measure.id, pack, other)
        for clock in pack.clocks:
            _alike(owners.setdefault(clock, pack) is pack, clock, pack, owners[clock])
    return {name: attribute for name, (_pack, attribute) in attributes.items()}


def _alike(alike: bool, name: str, pack: ClockPack, other: ClockPack) -> None:
    if not alike:
        message = _("The clock packs {one} and {other} mean different things by {name}.")
        raise InputError(message.format(one=other.id, other=pack.id, name=name))


def _resolved(checker: PackChecker, calendars: Collection[str] | None) -> ClockPack:
    shape, findings = checker.shape, checker.findings
    if shape.zone not in known_zones():
        findings.unknown(("zone",), _("time zone"), shape.zone, known_zones())
    if shape.calendar is not None and calendars is not None:
        checker.known(("calendar",), _("holiday calendar"), shape.calendar, calendars)
    scales = {name: _scale(checker, name) for name in shape.scales}
    clocks = {name: _clock(checker, name, one) for name, one in shape.clocks.items()}
    _check_chains(checker, clocks)
    _check_used(checker, clocks)
    return ClockPack(
        id=shape.id,
        version=shape.version,
        title=text(shape.title),
        jurisdiction=shape.jurisdiction,
        as_of=checker.date(shape.as_of, ("as_of",)),
        disclaimer=text(shape.disclaimer),
        zone=shape.zone,
        calendar=shape.calendar,
        attributes=checker.attributes,
        measures={name: Measure(name, text(one.title), one.unit) for name, one in shape.measures.items()},
        scales=scales,
        clocks=clocks,
    )


def _scale(checker: PackChecker, name: str) -> StatutoryScale:
    shape, path = checker.shape.scales[name], ("scales", name)
    instrument = checker.instrument(shape.instrument, (*path, "instrument"))
    levels = {}
    for level, level_shape in shape.levels.items():
        under: Path = (*path, "levels", level)
        if level_shape.residual and (level_shape.any or level != list(shape.levels)[-1]):
            checker.findings.add(under, _("Only the last level can be what remains, and it has no criteria."), key=True)
        criteria = []
        for index, criterion in enumerate(level_shape.any):
            at: Path = (*under, "any", index)
            when = checker.needs(criterion.when, (*at, "when"))
            evidence = checker.evidence(criterion.evidence, instrument, criterion.disabled, at)
            criteria.append(Criterion(when, evidence, text(criterion.disabled) if criterion.disabled else None))
        levels[level] = StatutoryLevel(level, text(level_shape.title), tuple(criteria), level_shape.residual)
    return StatutoryScale(name, text(shape.title), shape.instrument, levels)


def _clock(checker: PackChecker, name: str, shape: ClockShape) -> Clock:
    path: Path = ("clocks", name)
    instrument = checker.instrument(shape.instrument, (*path, "instrument"))
    parties = checker.shape.parties
    for index, party in enumerate(shape.to):
        checker.known((*path, "to", index), _("party"), party, parties)
    checker.known((*path, "obligor"), _("party"), shape.obligor, parties)
    reason = shape.disabled or shape.reason
    status: ClockStatus = "disabled" if shape.disabled else shape.status
    if (shape.reason is not None) != (shape.status == "not_in_force"):
        message = _("A clock that is not in force says under reason why, and no other has that key.")
        checker.findings.add((*path, "reason"), message, key=True)
    if isinstance(shape.deadline, BusinessDaysShape) and checker.shape.calendar is None:
        message = _("Business days need a holiday calendar; the pack's key calendar is missing.")
        checker.findings.add((*path, "deadline"), message)
    return Clock(
        id=name,
        title=text(shape.title),
        instrument=instrument,
        article=text_or_words(shape.article),
        obligor=text(parties[shape.obligor]) if shape.obligor in parties else text(shape.title),
        recipients=tuple(text(parties[party]) for party in shape.to if party in parties),
        trigger=text(shape.trigger),
        deadline=checker.deadline(shape.deadline, (*path, "deadline")),
        evidence=checker.evidence(shape.evidence, instrument, shape.disabled, path),
        scope=checker.scope(shape.scope, (*path, "scope")),
        needs=checker.needs(shape.needs, (*path, "needs")),
        after=as_tuple(shape.after),
        relief=checker.relief(shape.relief, (*path, "relief")),
        status=status,
        reason=text(reason) if reason else None,
        since=checker.date(shape.since, (*path, "since")) if shape.since is not None else None,
        since_verified=shape.since_verified,
        note=text(shape.note) if shape.note else None,
    )


def _check_chains(checker: PackChecker, clocks: dict[str, Clock]) -> None:
    """Every clock that another waits for exists, none waits for itself, and a prior filing has a clock to be of."""
    for name, clock in clocks.items():
        path: Path = ("clocks", name)
        written = checker.shape.clocks[name].after
        for index, prior in enumerate(clock.after):
            at = (*path, "after", index) if isinstance(written, list) else (*path, "after")
            if checker.known(at, _("clock"), prior, clocks) and _waits_for(clocks, prior, name):
                message = _("The clock {name} would wait for its own filing.")
                checker.findings.add(at, message.format(name=name))
        if Anchor.PRIOR_FILING in anchors_of(clock.deadline) and not clock.after:
            message = _("It starts with a prior filing, but the key after does not say of which clock.")
            checker.findings.add(path, message, key=True)


def _waits_for(clocks: dict[str, Clock], start: str, wanted: str) -> bool:
    """Whether the clock `start` is, or waits directly or through others for, `wanted`."""
    waiting, seen = [start], set[str]()
    while waiting:
        name = waiting.pop()
        if name == wanted:
            return True
        if name in clocks and name not in seen:
            seen.add(name)
            waiting.extend(clocks[name].after)
    return False


def _check_used(checker: PackChecker, clocks: dict[str, Clock]) -> None:
    """Instruments and parties that no clock names are slips of the pen."""
    shape = checker.shape
    instruments = {one.instrument.id for one in clocks.values()} | {one.instrument for one in shape.scales.values()}
    parties = {name for one in shape.clocks.values() for name in (one.obligor, *one.to)}
    for section, used in (("instruments", instruments), ("parties", parties)):
        for name in getattr(shape, section):
            if name not in used:
                checker.findings.add((section, name), _("Nothing here names {name}.").format(name=name), key=True)
