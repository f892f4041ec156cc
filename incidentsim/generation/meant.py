"""What an archetype asks for, in the playbook that its story is told by: names of meanings made into ids.

An archetype names meanings (`domain/meanings/`). A name that is no meaning, or that nothing in the playbook means, may
also be an id of the playbook: an archetype of one's own for one's own procedure may use these.
"""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Final, TypeVar

from incidentsim.definitions.formats.common import PatternShape
from incidentsim.domain.meanings import (
    ChannelMeaning,
    CircumstanceMeaning,
    JudgementMeaning,
    MeasureMeaning,
    RoleMeaning,
    StepMeaning,
    TeamMeaning,
    Unit,
    finding,
)
from incidentsim.domain.playbook import Playbook, Step
from incidentsim.generation.world import package_data

_M = TypeVar("_M", bound=StrEnum)

_CAST: Final = package_data("cast.yaml")
_NEAREST: Final[Mapping[str, list[str]]] = _CAST["nearest"]
_TEAMS: Final[Mapping[str, list[str]]] = _CAST["teams"]
_CHANNELS: Final[Mapping[str, list[str]]] = _CAST["channels"]
_IN_THE_END: Final = (
    RoleMeaning.COMMANDER,
    RoleMeaning.RESPONSE_LEAD,
    RoleMeaning.RESPONDER,
    RoleMeaning.DECISION_MAKER,
)
"""Who stands nearest where nobody else does."""

TRUTH: Final = ("incident", "unlawful")
"""The answers that every ground truth gives, whatever a playbook asks."""


class Meant:
    """Finds in one playbook what an archetype asks for."""

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook

    def steps(self, name: str) -> tuple[str, ...]:
        """The steps that are meant, as far as somebody takes them; none where the playbook has none."""
        meaning = term(StepMeaning, name)
        found = finding.steps_above_all(self.playbook, meaning) if meaning is not None else ()
        return tuple(do for do in found if do in self._taken) or ((name,) if name in self._taken else ())

    def pattern(self, shape: PatternShape) -> PatternShape | None:
        """A pattern with the step that is meant in it, the first of several; `None` where the playbook has none."""
        if not isinstance(shape.do, str):
            return shape
        steps = self.steps(shape.do)
        if steps:
            return shape.model_copy(update={"do": steps[0]})
        return shape if shape.do in self._all else None

    def measure(self, name: str) -> str | None:
        """The measure that is meant; `None` where the playbook has none."""
        meaning = term(MeasureMeaning, name)
        found = finding.measure_that_means(self.playbook, meaning) if meaning is not None else None
        return found or (name if name in self.playbook.measures else None)

    def unit(self, name: str) -> Unit | None:
        """The unit of a measure that is named; `None` where there is no such meaning and no such measure."""
        measure, meaning = self.measure(name), term(MeasureMeaning, name)
        if measure is not None:
            return self.playbook.measures[measure].unit
        return None if meaning is None else meaning.unit

    def flags(self, name: str) -> tuple[str, ...]:
        """The answers of the ground truth that are meant, as the playbook calls them."""
        if name in TRUTH:
            return (name,)
        meaning = term(JudgementMeaning, name)
        found = finding.flags_that_mean(self.playbook, meaning) if meaning is not None else ()
        return found or ((name,) if name in self.playbook.asked else ())

    def circumstance(self, name: str) -> str | None:
        """The circumstance that is meant; `None` where the playbook has none."""
        meaning = term(CircumstanceMeaning, name)
        found = finding.circumstance_that_means(self.playbook, meaning) if meaning is not None else None
        return found or (name if name in self.playbook.circumstances else None)

    def channel(self, name: str) -> str | None:
        """The channel that is meant; `None` where the playbook has none."""
        meaning = term(ChannelMeaning, name)
        found = finding.channel_that_means(self.playbook, meaning) if meaning is not None else None
        return found or (name if name in self.playbook.channels else None)

    def nearest_channel(self, name: str) -> str:
        """The channel that is meant, or the one nearest to it; in the end the first of the playbook."""
        found = (self.channel(one) for one in (name, *_CHANNELS.get(name, ())))
        return next((channel for channel in found if channel), next(iter(self.playbook.channels)))

    def roles(self, name: str) -> tuple[str, ...]:
        """The roles that are meant; none where the playbook has none."""
        meaning = term(RoleMeaning, name)
        found = finding.roles_that_mean(self.playbook, meaning) if meaning is not None else ()
        return found or ((name,) if name in self.playbook.roles else ())

    def nearest_role(self, names: Collection[str]) -> str:
        """The role that stands nearest to these, which the playbook has not: somebody of the company."""
        chain = [*(near for name in names for near in _NEAREST.get(name, ())), *_IN_THE_END]
        found = (role for one in chain for role in self.roles(one) if not self.playbook.roles[role].outside)
        acting = (role for step in self._taken.values() for role in step.by)
        return next(found, next(acting, next(iter(self.playbook.roles))))

    def party(self, name: str) -> tuple[str, ...]:
        """The body or the role that is meant; of a body that there is not, the roles; none where there are none."""
        team = term(TeamMeaning, name)
        bodies = finding.bodies_that_mean(self.playbook, team) if team is not None else ()
        if bodies or name in self.playbook.bodies:
            return (bodies[0],) if bodies else (name,)
        roles = self.roles(name)[:1]
        return roles or tuple(dict.fromkeys(role for one in _TEAMS.get(name, ()) for role in self.roles(one)))

    def nearest_party(self, name: str) -> tuple[str, ...]:
        """The body or role that is meant, or whoever stands nearest to it."""
        return self.party(name) or (self.nearest_role((name, *_TEAMS.get(name, ()))),)

    def judges(self, *, flag: str | None = None) -> tuple[str, ...]:
        """The roles that may answer a yes or no, or without one that may set the level."""
        steps = [
            step
            for step in self._taken.values()
            if (step.sets_level is not None if flag is None else flag in step.fits)
        ]
        return tuple(dict.fromkeys(role for step in steps for role in step.by))

    def takers(self, do: str) -> tuple[str, ...]:
        """The roles that may take a step."""
        return self._taken[do].by if do in self._taken else ()

    @cached_property
    def _all(self) -> Collection[str]:
        """Everything that a fact may be about: the steps, those too that follow by themselves, and forbidden acts."""
        steps = (step.do for track in self.playbook.tracks.values() for step in track.steps)
        return dict.fromkeys((*steps, *self.playbook.forbidden))

    @cached_property
    def _taken(self) -> Mapping[str, Step]:
        """The steps that somebody takes, by id."""
        return {step.do: step for track in self.playbook.tracks.values() for step in track.steps if not step.automatic}


def term(terms: type[_M], name: str) -> _M | None:
    """The meaning of this name; `None` where there is none."""
    return next((meaning for meaning in terms if meaning.value == name), None)


def terms_of(*vocabularies: type[StrEnum]) -> Iterator[str]:
    """The names of all meanings of these kinds."""
    for terms in vocabularies:
        yield from (meaning.value for meaning in terms)
