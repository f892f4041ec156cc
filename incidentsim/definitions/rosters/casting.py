"""The people of a story that fits any procedure: those of a roster, and invented ones for every role it lacks."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from incidentsim.definitions.formats.common import Languages, TextShape
from incidentsim.definitions.formats.scenario import PersonShape
from incidentsim.definitions.rosters.resolving import people_of
from incidentsim.definitions.rosters.roster import Roster
from incidentsim.domain.playbook import ANYONE, Playbook, Step
from incidentsim.domain.text import Language, Text
from incidentsim.messages import gettext as _
from incidentsim.messages import language

_LONGEST_ID: Final = 76  # an id has at most 80 characters, and a letter comes behind the role
_LETTERS: Final = (Text("A", "甲"), Text("B", "乙"))
"""The letters that tell apart the people who hold the same role."""
_MARKED: Final = Text(" (invented)", "（虚构）")
_HAN: Final = re.compile("[\u4e00-\u9fff（）]")


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of a story, and for which roles of the organisation nobody of the roster was there.

    Attributes:
        people: by id, as a scenario writes them.
        lacking: the ids of these roles; an invented person holds each.
        alone: roles of which the roster has one holder who would have to look at their own work; an invented
            person holds each besides.
    """

    people: dict[str, PersonShape]
    lacking: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()


def invented(playbook: Playbook) -> dict[str, PersonShape]:
    """Somebody for every role, and two where one may not take a step because the other took the one before."""
    twice = needed_twice(playbook)
    return {
        _id(role, letter): _somebody(playbook, role, letter)
        for role in playbook.roles
        for letter in _LETTERS[: 2 if role in twice else 1]
    }


def cast(playbook: Playbook, roster: Roster | None, day: date, languages: Languages) -> Cast:
    """The people of a story.

    Args:
        playbook: the procedure it is for.
        roster: the people of the company; without one, all are invented.
        day: the day on which the story begins.
        languages: those of the story.
    """
    if roster is None:
        return Cast(invented(playbook))
    written = people_of(roster, day, playbook.roles, languages)
    people = {name: PersonShape.model_validate(person, context=languages) for name, person in written.items()}
    there = [person for person in people.values() if person.away != "always"]
    holders = {role: sum(role in person.roles for person in there) for role in playbook.roles}
    twice = needed_twice(playbook)
    for role, count in holders.items():
        letters = _LETTERS[count : 2 if role in twice else 1]
        for letter in letters:
            people[_free(_id(role, letter), people)] = _somebody(playbook, role, letter, mark=True)
    return Cast(
        people,
        lacking=tuple(role for role, count in holders.items() if not count and not playbook.roles[role].outside),
        alone=tuple(role for role, count in holders.items() if count == 1 and role in twice),
    )


def account(playbook: Playbook, roster: Roster, made: Cast) -> list[str]:
    """The sentences to be said of a cast: for which roles somebody was invented, and how to have it otherwise."""
    told = []
    if made.lacking:
        message = _(
            "Nobody in the roster {roster} who is there holds {roles}; invented people do. Give somebody in it these "
            "roles to have your own people play them."
        )
        told.append(message.format(roster=roster.id, roles=_titles(playbook, made.lacking)))
    if made.alone:
        message = _(
            "In the roster {roster}, only one person holds {roles}, and would have to look at their own work; an "
            "invented person holds each of these roles besides."
        )
        told.append(message.format(roster=roster.id, roles=_titles(playbook, made.alone)))
    return told


def _titles(playbook: Playbook, roles: Sequence[str]) -> str:
    spoken: Language = "zh" if language() == "zh" else "en"
    return _(", ").join(f"{playbook.roles[role].title.say(spoken)} ({role})" for role in roles)


def needed_twice(playbook: Playbook) -> set[str]:
    """The roles of which somebody may have to look over another's shoulder."""
    by: dict[str, set[str]] = {}
    for track in playbook.tracks.values():
        for step in track.steps:
            by.setdefault(step.do, set()).update(_roles(playbook, step))
    return {
        role
        for track in playbook.tracks.values()
        for step in track.steps
        for other in step.not_by_author_of
        for role in _roles(playbook, step) & by.get(other, set())
    }


def _roles(playbook: Playbook, step: Step) -> set[str]:
    return set(playbook.roles) if ANYONE in step.by else set(step.by)


def _id(role: str, letter: Text) -> str:
    return f"{role[:_LONGEST_ID]}-{letter.en.lower()}"


def _free(name: str, taken: Collection[str]) -> str:
    while name in taken:
        name = f"{name}-x"
    return name


def _somebody(playbook: Playbook, role: str, letter: Text, *, mark: bool = False) -> PersonShape:
    title, marked = playbook.roles[role].title, _MARKED if mark else Text("", "")
    gap = "" if _HAN.match(title.zh[-1:]) else " "  # a space belongs where Latin letters or digits meet Chinese
    name = TextShape(en=f"{title.en} {letter.en}{marked.en}", zh=f"{title.zh}{gap}{letter.zh}{marked.zh}")
    return PersonShape(name=name, roles=[role])
