"""The people of a scenario that names a roster: put in its place before anything else looks at them.

A scenario says `people: {roster: acme}`, with people of its own beside it, such as customers. What is read, stored and
pinned is the scenario with all its people, so a record needs no roster, and whatever protects a scenario's people
protects these.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from incidentsim.definitions.formats.common import Languages
from incidentsim.definitions.rosters.read import read_roster
from incidentsim.definitions.rosters.roster import Roster, RosterPerson
from incidentsim.definitions.yaml12.problems import DefinitionError
from incidentsim.definitions.yaml12.reader import Document, read_head
from incidentsim.domain.errors import UnknownNameError
from incidentsim.domain.text import LANGUAGES
from incidentsim.messages import gettext as _

ROSTER: Final = "roster"
"""The key among a scenario's people that names a roster; as a mapping, it is a person of that id."""

Rosters = Callable[[str], tuple[Path, bytes]]
"""Gives the file of the roster of an id, and its bytes, as a library does; an `UnknownNameError` where none is."""


def names_roster(data: bytes, file: str) -> bool:
    """Tell whether the scenario in `data` names a roster; `file` is what it is called in a problem.

    Raises:
        DefinitionError: it is no YAML of the kind that definitions use.
    """
    return b"roster" in data and roster_named(read_head(data, file, ("people",)).value) is not None


def roster_named(value: Any) -> str | None:  # noqa: ANN401 - whatever the file holds
    """The id of the roster that a scenario names; `None` where it names none."""
    people = value.get("people") if isinstance(value, dict) else None
    named = people.get(ROSTER) if isinstance(people, dict) else None
    return named if isinstance(named, str) else None


def resolve(document: Document, rosters: Rosters | None, roles: Collection[str], languages: Languages) -> Roster | None:
    """Put the people of the roster that a scenario names among its own, which come first and count where ids agree.

    Args:
        document: the scenario, whose value is changed.
        rosters: where rosters are found by id; `None` where there is no library.
        roles: the roles of its playbook.
        languages: those of the scenario.

    Returns:
        The roster; `None` where it names none.

    Raises:
        DefinitionError: there is no such roster, or it is not valid.
    """
    named = roster_named(document.value)
    if named is None:
        return None
    path = ("people", ROSTER)
    if rosters is None:
        message = _("This names the roster {name}, and there is no library here to find it in.")
        raise DefinitionError([document.problem(path, message.format(name=named))])
    try:
        file, data = rosters(named)
        roster = read_roster(data, str(file))
    except UnknownNameError as error:
        raise DefinitionError([document.problem(path, str(error))]) from None
    except DefinitionError as error:
        message = _("The roster {name} has problems of its own, so its people are not known: {problem}")
        text = message.format(name=named, problem=error.problems[0])
        raise DefinitionError([document.problem(path, text)]) from None
    own = {name: person for name, person in document.value["people"].items() if name != ROSTER}
    document.value["people"] = {**own, **without(people_of(roster, _begins(document.value), roles, languages), own)}
    return roster


def without(people: Mapping[str, Any], taken: Collection[str]) -> dict[str, Any]:
    """Those of the people whose ids are not taken."""
    return {name: person for name, person in people.items() if name not in taken}


def people_of(roster: Roster, day: date, roles: Collection[str], languages: Languages) -> dict[str, dict[str, Any]]:
    """The people of a roster as a scenario writes them: those who hold one of these roles on this day.

    Args:
        roster: the people.
        day: the day on which the exercise begins.
        roles: the roles of its playbook.
        languages: those of the scenario.
    """
    cast = roster.cast(day, frozenset(roles))
    return {_free(name, roles): _person(roster.people[name], held, day, languages) for name, held in cast.items()}


def _free(name: str, roles: Collection[str]) -> str:
    """The person's id, or one like it where a role is called so."""
    return f"{name}-1" if name in roles else name


def _person(person: RosterPerson, held: tuple[str, ...], day: date, languages: Languages) -> dict[str, Any]:
    written: dict[str, Any] = {"name": _name(person, languages), "roles": list(held)}
    if person.desk:
        written["desk"] = _words(person.desk, languages)
    if not person.is_there(day):
        written["away"] = "always"
    elif person.away:
        written["away"] = list(person.away)
    return written


def _name(person: RosterPerson, languages: Languages) -> dict[str, str] | str:
    """The name: by language where it is written in all that are asked for and in both of the program's, else once."""
    wanted = tuple(dict.fromkeys((*languages.asked, *LANGUAGES)))
    if isinstance(person.name, str) or any(tag not in person.name for tag in wanted):
        return person.said(languages.asked)
    return {tag: person.name[tag] for tag in wanted}


def _words(words: Mapping[str, str], languages: Languages) -> dict[str, str]:
    """A text in each language that is asked for; where one is missing, in the first that there is."""
    first = next(iter(words.values()))
    return {tag: words.get(tag, first) for tag in languages.asked or languages.known[:1]}


def _begins(value: Mapping[str, Any]) -> date:
    """The day on which the exercise begins; any where the scenario does not say it as it should, which is told."""
    try:
        return datetime.fromisoformat(str(value.get("starts"))).date()
    except ValueError:
        return date(2000, 1, 1)
