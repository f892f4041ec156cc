"""Whether two runs were played by the same team, as far as their records say.

A record knows the names that players gave at the table, unless none were asked for or they were erased, and the roles
that people played. The names behind pseudonyms are those of the story and the same in all its runs: they say nothing
about a team. Names count first; without them, the same roles are all that can be said.
"""

from dataclasses import dataclass
from enum import StrEnum, auto, unique
from typing import Final

from incidentsim.unseen import name_key


@dataclass(frozen=True, slots=True)
class Team:
    """Those who played a run, as its record says.

    Attributes:
        roles: the roles that people played; empty where nobody is known to have played.
        names: the names that players gave, each once.
        erased: whether names that they gave were erased.
    """

    roles: frozenset[str]
    names: tuple[str, ...] = ()
    erased: bool = False

    @property
    def people(self) -> bool:
        """True if people are known to have played."""
        return bool(self.roles)


@unique
class TeamSign(StrEnum):
    """The sign by which two runs count as played by one team, or not.

    `same_names`, `shared_names`: all names are the same, or at least half of those of the larger team. `other_names`:
    fewer are. `same_roles`, `other_roles`: names are missing, and the roles that people played are the same or not.
    `nobody`: nobody is known to have played either. `one_side`: people are known to have played one of both only.
    """

    SAME_NAMES = auto()
    SHARED_NAMES = auto()
    OTHER_NAMES = auto()
    SAME_ROLES = auto()
    OTHER_ROLES = auto()
    NOBODY = auto()
    ONE_SIDE = auto()


_SAME: Final = frozenset({TeamSign.SAME_NAMES, TeamSign.SHARED_NAMES, TeamSign.SAME_ROLES, TeamSign.NOBODY})


@dataclass(frozen=True, slots=True)
class Likeness:
    """The answer whether an earlier run was played by the same team.

    Attributes:
        sign: by what it was told.
        shared: the names that both have, as the later run writes them.
        most: the number of names of the larger team.
        erased: whether names of either were erased.
    """

    sign: TeamSign
    shared: tuple[str, ...] = ()
    most: int = 0
    erased: bool = False

    @property
    def same_team(self) -> bool:
        """True if it counts as the same team."""
        return self.sign in _SAME


def likeness(now: Team, then: Team) -> Likeness:
    """Compare those who played a run with those who played an earlier one."""
    erased = now.erased or then.erased
    if not now.people and not then.people:
        return Likeness(TeamSign.NOBODY, erased=erased)
    if now.people != then.people:
        return Likeness(TeamSign.ONE_SIDE, erased=erased)
    mine, theirs = _known(now), _known(then)
    if mine and theirs:
        shared = tuple(name for key, name in mine.items() if key in theirs)
        most = max(len(mine), len(theirs))
        if len(shared) == most:
            return Likeness(TeamSign.SAME_NAMES, shared, most, erased)
        half = 2 * len(shared) >= most
        return Likeness(TeamSign.SHARED_NAMES if half else TeamSign.OTHER_NAMES, shared, most, erased)
    return Likeness(TeamSign.SAME_ROLES if now.roles == then.roles else TeamSign.OTHER_ROLES, erased=erased)


def _known(team: Team) -> dict[str, str]:
    keyed = {name_key(name): name for name in team.names}
    return {key: name for key, name in keyed.items() if key}
