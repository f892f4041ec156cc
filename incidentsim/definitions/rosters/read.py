"""Reading a roster, every problem at once."""

from datetime import date
from itertools import pairwise
from typing import Final

from incidentsim.definitions.foreign.definitions import read_definition
from incidentsim.definitions.formats.common import TextShape
from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.definitions.formats.languages import roster_languages
from incidentsim.definitions.formats.roster import ROSTER_SCHEMA, RosterPersonShape, RosterShape, RotaShape
from incidentsim.definitions.formats.validation import validate
from incidentsim.definitions.rosters.roster import Roster, RosterPerson, Rota
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.messages import gettext as _

_DAY: Final = 86_400_000


def read_roster(data: bytes, file: str) -> Roster:
    """The roster in `data`.

    Args:
        data: the file's bytes.
        file: what the file is called in a problem.

    Raises:
        DefinitionError: the file is no YAML, not of the roster format, or says something that cannot be.
    """
    findings = Findings(read_definition(data, file, ROSTER_SCHEMA))
    shape = validate(findings, RosterShape, roster_languages(findings.document.value))
    if shape is None:
        raise findings.error()
    people = {name: _person(findings, name, written) for name, written in shape.people.items()}
    rota = [_rota(findings, role, written, shape) for role, written in shape.rota.items()]
    for name, written in shape.people.items():
        if not written.roles and not written.deputy_for and not any(name in turns.people for turns in rota if turns):
            message = _("{name} holds no role and stands in for none; such a person takes part in nothing.")
            findings.add(("people", name), message.format(name=name), key=True)
    if findings:
        raise findings.error()
    return Roster(shape.id, people, tuple(turns for turns in rota if turns is not None))


def _person(findings: Findings, name: str, written: RosterPersonShape) -> RosterPerson:
    path: Path = ("people", name)
    for key, roles in (("roles", written.roles), ("deputy_for", written.deputy_for)):
        for index, role in enumerate(roles):
            if role in roles[:index]:
                findings.add((*path, key, index), _("{role} stands here twice.").format(role=role))
    for index, role in enumerate(written.deputy_for):
        if role in written.roles:
            message = _("{name} holds the role {role} and cannot stand in for it too.")
            findings.add((*path, "deputy_for", index), message.format(name=name, role=role))
    always = isinstance(written.away, str)
    return RosterPerson(
        id=name,
        name=written.name.words if isinstance(written.name, TextShape) else written.name,
        roles=tuple(written.roles),
        deputy_for=tuple(written.deputy_for),
        desk=written.desk.words if written.desk is not None else None,
        away=(*_stretches(findings, written, path), *_outside(findings, written, path)),
        always_away=always,
        absent=tuple(
            stretch
            for index, days in enumerate(written.absent)
            if (stretch := _days(findings, days, (*path, "absent", index))) is not None
        ),
    )


def _stretches(findings: Findings, written: RosterPersonShape, path: Path) -> tuple[str, ...]:
    if isinstance(written.away, str):
        return ()
    for index, stretch in enumerate(written.away):
        begins, ends = stretch.split("/")
        if begins == ends:
            message = _("{stretch} ends when it begins; for a whole day write always.")
            findings.add((*path, "away", index), message.format(stretch=stretch))
    return tuple(written.away)


def _outside(findings: Findings, written: RosterPersonShape, path: Path) -> tuple[str, ...]:
    """The daily stretches that lie outside the working hours; none where no hours are said."""
    hours = [tuple(stretch.split("/")) for stretch in written.works]
    for index, (begins, ends) in enumerate(hours):
        if begins == ends:
            message = _("{stretch} ends when it begins; leave working hours out for a whole day.")
            findings.add((*path, "works", index), message.format(stretch=written.works[index]))
    for (_begins, ends), (begins, _ends) in pairwise(hours):
        if begins < ends:
            message = _(
                "Working hours stand in the order of the day, and the next begin when the ones before are over."
            )
            findings.add((*path, "works"), message, key=True)
    around = [*hours, *hours[:1]]
    return tuple(f"{ends}/{begins}" for (_begins, ends), (begins, _ends) in pairwise(around) if ends != begins)


def _rota(findings: Findings, role: str, written: RotaShape, shape: RosterShape) -> Rota | None:
    path: Path = ("rota", role)
    for index, name in enumerate(written.people):
        if name not in shape.people:
            findings.unknown((*path, "people", index), _("person"), name, shape.people)
        elif role in shape.people[name].roles:
            message = _("{name} holds the role {role} anyway; who takes turns holds it by the rota only.")
            findings.add((*path, "people", index), message.format(name=name, role=role))
    since = _day(findings, written.since, (*path, "since"))
    lasts = parse_duration(written.every)
    if not lasts or lasts % _DAY:
        findings.add((*path, "every"), _("A turn lasts whole days; write it like 1d or 7d."))
        return None
    known = tuple(name for name in written.people if name in shape.people)
    return Rota(role, since, lasts // _DAY, known) if since is not None and known else None


def _days(findings: Findings, written: str, path: Path) -> tuple[date, date] | None:
    begins, _slash, ends = written.partition("/")
    first, last = (_day(findings, day, path) for day in (begins, ends or begins))
    if first is None or last is None:
        return None
    if last < first:
        findings.add(path, _("{days} ends before it begins.").format(days=written))
        return None
    return first, last


def _day(findings: Findings, written: str, path: Path) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        findings.add(path, _("{day} is no day of the calendar.").format(day=written))
        return None
