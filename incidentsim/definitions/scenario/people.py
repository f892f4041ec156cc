"""The people of a scenario: who they are, what the record calls them, when they are away, what nobody could do."""

from collections.abc import Mapping

from incidentsim.definitions.formats.scenario import PersonShape, ScenarioShape
from incidentsim.definitions.formats.values import text, words_or_text
from incidentsim.definitions.rosters.roster import Roster
from incidentsim.definitions.rules.conditions import Checker
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Person
from incidentsim.domain.text import Text
from incidentsim.messages import gettext as _

MIDNIGHT = 24 * 60


def pseudonyms(shape: ScenarioShape) -> dict[str, str]:
    """Return the pseudonym of each person, by the id in the file: p1, p2 and so on in the order of the file."""
    return {name: f"p{number}" for number, name in enumerate(shape.people, start=1)}


def people(checker: Checker, shape: ScenarioShape) -> dict[str, Person]:
    """The people, every role they hold checked."""
    by_name = {}
    for name, written in shape.people.items():
        path: Path = ("people", name)
        if name in checker.names.parties:
            message = _("{name} is a role or body of the playbook; a person needs an id of their own.")
            checker.findings.add(path, message.format(name=name), key=True)
        checker.once((*path, "roles"), written.roles)
        for index, role in enumerate(written.roles):
            checker.role((*path, "roles", index), role)
        by_name[name] = Person(
            id=name,
            pseudonym=checker.names.people[name],
            name=_name(words_or_text(written.name)),
            roles=tuple(written.roles),
            away=_away(checker, written, (*path, "away")),
            always_away=written.away == "always",
            desk=text(written.desk) if written.desk else None,
        )
    return by_name


def _away(checker: Checker, written: PersonShape, path: Path) -> tuple[tuple[int, int], ...]:
    """The stretches in minutes from midnight; one over midnight becomes two."""
    if isinstance(written.away, str):
        return ()
    stretches: list[tuple[int, int]] = []
    for index, stretch in enumerate(written.away):
        start, end = (int(clock[:2]) * 60 + int(clock[3:]) for clock in stretch.split("/"))
        if start == end:
            message = _("{stretch} ends when it begins; for a whole day write always.")
            checker.findings.add((*path, index), message.format(stretch=stretch))
        elif start < end:
            stretches.append((start, end))
        else:
            stretches.append((start, MIDNIGHT))
            if end:
                stretches.append((0, end))
    return tuple(stretches)


def check_everything_possible(
    findings: Findings, playbook: Playbook, cast: Mapping[str, Person], roster: Roster | None
) -> None:
    """Note the steps that nobody could ever take: no holder of their roles, nor of a deputy's, is ever there.

    Args:
        findings: where to note them.
        playbook: the procedure.
        cast: the people of the scenario.
        roster: the roster that they are of; `None` where they all stand in the scenario.
    """
    held = {role for person in cast.values() if not person.always_away for role in person.roles}
    able = {
        role.id for role in playbook.roles.values() if role.id in held or any(name in held for name in role.deputies)
    }
    idle: dict[tuple[str, ...], list[str]] = {}
    for track in playbook.tracks.values():
        for step in track.steps:
            if not step.automatic and able.isdisjoint(step.by):
                idle.setdefault(step.by, []).append(step.do)
    for roles, steps in idle.items():
        message = _("Nobody here could ever take {steps}: that needs one of {roles}, or a deputy of theirs.")
        if roster is not None:
            message = _(
                "In the roster {roster}, nobody who is there when this begins could take {steps}: that needs one of "
                "{roles}, or a deputy of theirs. Give somebody in it that role (it has {known}), or name somebody here "
                "beside it."
            )
        text = message.format(
            steps=", ".join(dict.fromkeys(steps)),
            roles=", ".join(roles),
            roster="" if roster is None else roster.id,
            known="" if roster is None else ", ".join(roster.roles),
        )
        findings.add(("people",), text, key=True)


def check_proficiency(checker: Checker, shape: ScenarioShape) -> None:
    """Note the roles that do not exist."""
    for role in shape.proficiency:
        if role not in checker.names.roles:
            checker.findings.unknown(("proficiency", role), _("role"), role, checker.names.roles, key=True)


def _name(written: Text) -> Text:
    """A name as the roster on record holds it: for readers of English and of Chinese, whatever it is written in."""
    return Text(written.en, written.zh)
