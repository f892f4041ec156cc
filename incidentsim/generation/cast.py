"""The usual cast of every story: who they are by id, what they are, and which roles of a playbook they hold."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from incidentsim.domain.playbook import Playbook
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
