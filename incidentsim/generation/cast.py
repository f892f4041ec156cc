"""The usual cast of every story: who they are by id, what they are, and which roles of a playbook they hold."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from incidentsim.definitions.formats.common import TextShape
from incidentsim.definitions.rosters.casting import needed_twice
from incidentsim.definitions.rosters.roster import Roster, RosterPerson
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.text import Text
from incidentsim.generation.meant import Meant
from incidentsim.generation.world import package_data

PRONOUNS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "he": ("he", "she", "他", "她"),
    "him": ("him", "her", "他", "她"),
    "his": ("his", "her", "他的", "她的"),
    "He": ("He", "She", "他", "她"),
    "His": ("His", "Her", "他的", "她的"),
}
"""Forms by gender: of a man and of a woman in English, then in Chinese."""

_DATA: Final = package_data("cast.yaml")

CAST: Final[Mapping[str, tuple[str, ...]]] = {name: tuple(roles) for name, roles in _DATA["people"].items()}
"""The usual cast, and what they are in the terms of the field."""

RENAMED: Final[Mapping[str, str]] = _DATA["renamed"]
"""Those whose ids are a role or a body of a shipped playbook; as people they need another id in a scenario."""

NAMELESS: Final = tuple(_DATA["nameless"])
"""They are desks, not persons: they have no name, no gender and no telephone of the house."""

_INVENTED: Final = Text(" (invented)", "（虚构）")
_ALWAYS: Final = tuple(_DATA["always"])

PERSON_FORMS: Final = frozenset({"first", "family", "mail", "account", "ext", *PRONOUNS})


def scenario_id(id_: str, playbook: Playbook) -> str:
    """Return the id of a person in the scenario, which differs from that in the cast where a role or body has it."""
    name = RENAMED.get(id_, id_)
    return f"{name}-person" if name in playbook.roles or name in playbook.bodies else name


def roles_held(meant: Meant, own: Mapping[str, Collection[str]], wanted: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The roles of a playbook that everybody in a story holds: the usual cast, whoever the story adds, and others.

    Args:
        meant: finds the roles.
        own: whom the story adds, with what each of them is.
        wanted: whom the story names; none of them may be missing.

    Returns:
        The roles of each person, by id, in a fixed order: the cast, those whom the story adds, then one for each role
        that is left. Nobody is without a role.
    """
    held: dict[str, list[str]] = {name: [] for name in CAST}
    left = dict.fromkeys(meant.playbook.roles)
    for index in (0, 1):  # what a role is above all comes first, what it is besides after it
        for name, meanings in CAST.items():
            for meaning in meanings:
                fitting = [role for role in _by(meant, meaning, index) if role in left]
                if fitting and not (index and held[name]):
                    held[name].append(fitting[0])
                    del left[fitting[0]]
    for name in CAST:
        if not held[name] and (name in _ALWAYS or name in wanted):
            held[name] = [_shared(meant, CAST[name])]
    people = {name: tuple(roles) for name, roles in held.items() if roles}
    people |= {name: _of_own(meant, meanings) for name, meanings in own.items()}
    taken = {role for roles in people.values() for role in roles}
    return people | {f"staff{number}": (role,) for number, role in enumerate((r for r in left if r not in taken), 1)}


@dataclass(frozen=True, slots=True)
class Played:
    """The parts of a story, each with its player.

    Attributes:
        held: the roles of everybody in it, by the ids of the cast.
        people: those of a roster.
        stands_in: who of the roster does what somebody of the usual cast, who is not there, would do.
        marked: those who are invented although there is a roster.
    """

    held: dict[str, tuple[str, ...]]
    people: dict[str, RosterPerson] = field(default_factory=dict)
    stands_in: dict[str, str] = field(default_factory=dict)
    marked: tuple[str, ...] = ()

    def called(self, name: str, full: Text) -> TextShape:
        """The name of somebody as the story's list of people has it."""
        en, zh = (full.en + _INVENTED.en, full.zh + _INVENTED.zh) if name in self.marked else (full.en, full.zh)
        return TextShape.model_construct(en=en, zh=zh)

    @staticmethod
    def desk(person: RosterPerson) -> TextShape | None:
        """The desk of somebody of the roster; `None` where that is not said."""
        if not person.desk:
            return None
        first = next(iter(person.desk.values()))
        return TextShape.model_construct(en=person.desk.get("en", first), zh=person.desk.get("zh", first))


def played_by(
    roster: Roster | None,
    held: dict[str, tuple[str, ...]],
    day: date,
    playbook: Playbook,
    *,
    apart: Collection[str],
    spoken_of: Collection[str],
) -> Played:
    """Let the people of a roster play the parts of a story.

    Whoever the story adds, such as somebody who lost a laptop, and whoever concealed something, stays invented: nobody
    of a company is written into that part. So does whoever the story speaks of and nobody of the roster is left for.

    Args:
        roster: the people; without one, all are invented.
        held: the roles of everybody, as `roles_held` gives them.
        day: the day on which the story begins.
        playbook: the one that the story is told by.
        apart: whom the story adds or accuses.
        spoken_of: whom the story speaks of.
    """
    if roster is None:
        return Played(held)
    invented = {*apart, *NAMELESS}
    cast = roster.cast(day, frozenset(playbook.roles))
    there = {name: roles for name, roles in cast.items() if roster.people[name].is_there(day)}
    left = dict(there)
    played: dict[str, tuple[str, ...]] = {}
    people: dict[str, RosterPerson] = {}
    for name, roles in held.items():
        match = next((who for who, theirs in left.items() if roles[0] in theirs), None)
        if name in invented or match is None:
            continue
        played[name], people[name] = left.pop(match), roster.people[match]
    for who, roles in left.items():
        free = who
        while free in held or free in RENAMED.values() or free in playbook.roles or free in playbook.bodies:
            free = f"{free}-1"
        played[free], people[free] = roles, roster.people[who]
    twice, stands_in, kept = needed_twice(playbook), {}, {}
    for name, roles in held.items():
        if name in played:
            continue
        holders = [who for who in played if roles[0] in played[who]]
        enough = all(sum(role in theirs for theirs in played.values()) > (role in twice) for role in roles)
        if name in {*invented, *_ALWAYS, *spoken_of} or not enough:
            kept[name] = roles
        else:
            stands_in[name] = holders[0]
    order = [name for name in held if name in played or name in kept] + [name for name in played if name not in held]
    marked = tuple(name for name in held if name in kept and name not in NAMELESS)
    return Played({name: (played | kept)[name] for name in order}, people, stands_in, marked)


def _by(meant: Meant, meaning: str, index: int) -> Iterator[str]:
    """The roles that are something: above all (0), or besides (1)."""
    for role in meant.roles(meaning):
        means = meant.playbook.roles[role].means
        if (means[:1] == (meaning,) or role == meaning) is (index == 0):
            yield role


def _of_own(meant: Meant, meanings: Collection[str]) -> tuple[str, ...]:
    """The roles of somebody whom a story adds."""
    roles = tuple(dict.fromkeys(role for meaning in meanings for role in meant.roles(meaning)[:1]))
    return roles or (meant.nearest_role(meanings),)


def _shared(meant: Meant, meanings: Collection[str]) -> str:
    """A role that somebody else holds already, or the nearest one."""
    shared = [role for meaning in meanings for role in meant.roles(meaning)]
    return shared[0] if shared else meant.nearest_role(meanings)
