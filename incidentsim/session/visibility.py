"""Who may see which part of which fact while an exercise goes on: one rule for all, by the traits of the parts.

Whatever shows an exercise to people gets facts as `seen` returns them (`session/sights/sight.py` keeps them so), and
never asks again. A part of which nobody has said who may see it fails when its class is read (`domain/traits.py`), an
audience without a rule fails the type checker. Once the exercise is over, everything is for everybody.
"""

from dataclasses import dataclass, fields, replace
from enum import StrEnum, unique
from typing import Any, Final, assert_never

from incidentsim.domain.actions import Because
from incidentsim.domain.facts import (
    FACT_CLASSES,
    Actor,
    DutyOpened,
    Fact,
    InjectAdded,
    InjectDelivered,
    MessageSent,
)
from incidentsim.domain.facts.wire import Part, parts_of, value_of
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.traits import NOT_EXERCISED, Audience, traits_of
from incidentsim.exercise.kernel.hearing import Hearing

BACKSTAGE: Final = frozenset(
    kind for kind, cls in FACT_CLASSES.items() if all(part.traits.audience in NOT_EXERCISED for part in parts_of(cls))
)
"""Kinds of fact of which nobody who is exercised may see any part: what was meant to come, and what was noted."""

_BLANK: Final[dict[object, object]] = {str: "", int: 0, bool: False, tuple[str, ...]: (), tuple[int, ...]: ()}
"""What stands in place of a part that may not be seen, where others of the same fact may; `None` where it may be."""


@unique
class Standing(StrEnum):
    """The part of somebody in an exercise: played in it, watching it to evaluate it, or running it."""

    PARTICIPANT = "participant"
    OBSERVER = "observer"
    FACILITATOR = "facilitator"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks at an exercise.

    Attributes:
        standing: what they are at the exercise.
        people: the pseudonyms of those whom they play, as far as they are at the keyboard.
        roles: the roles that these hold, and the bodies that these roles belong to.
        over: the exercise has ended.
    """

    standing: Standing
    people: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    over: bool = False

    @property
    def sees_all(self) -> bool:
        """True if there is no part of any fact that they may not see."""
        return self.over or self.standing is Standing.FACILITATOR


class Reached:
    """The fold of facts into what has reached a viewer: what they have read (`Hearing`), and what they know of by it.

    What was undone they have read all the same. Facts are taken in by their order.

    Attributes:
        incidents: the incidents that they know of; of any other, they see nothing.
        unseen: the numbers of the facts of which they may see no part, for another reason than the incident.
        uncovered: how often a message to them quoted one that they had not been able to see.
    """

    def __init__(self, scenario: Scenario, people: frozenset[str]) -> None:
        """Begin with nothing; `people` are the pseudonyms of those whom the viewer plays."""
        self._people = people
        self._hearing = Hearing(scenario, people)
        self.incidents: set[str] = set()
        self.unseen: set[int] = set()
        self.uncovered = 0

    @property
    def version(self) -> int:
        """A number that grows whenever they come to read something."""
        return sum(self._hearing.versions.values())

    @property
    def injects(self) -> tuple[str, ...]:
        """The injects that they got, or that a message to them quotes, in the order in which they did."""
        hearing = self._hearing
        read = (
            (heard.fact, name)
            for person in self._people
            for about in hearing.incidents(person)
            for name, heard in hearing.injects(person, about).items()
        )
        return tuple(dict.fromkeys(name for _fact, name in sorted(read, key=lambda came: came[0])))

    def has_read(self, inject: str) -> bool:
        """Return whether an inject reached them, or a message to them quotes it."""
        return any(self._hearing.inject(person, inject) is not None for person in self._people)

    def has_read_message(self, number: int) -> bool:
        """Return whether they sent or got the message of this number, or one that quotes it."""
        return any(self._hearing.read_message(person, number) is not None for person in self._people)

    def take(self, viewer: Viewer, number: int, fact: Fact) -> None:
        """Take in the next fact, whose number is `number`."""
        if type(fact) in _WHOLLY_PUBLIC and fact.incident in self.incidents:
            return
        match fact:
            case InjectAdded():
                self._hearing.add(fact.inject, fact.incident)
            case InjectDelivered():
                self._hearing.deliver(fact, number)
            case MessageSent():
                self._hearing.message(fact, number, sender_too=True)
            case _:
                pass
        if not any(may_see(part, fact, viewer, self) for part in parts_of(type(fact))):
            self.unseen.add(number)
            return
        if isinstance(fact, MessageSent) and is_addressed(fact, viewer, self):
            self._uncover(fact)
        if fact.incident is not None and fact.incident not in self.incidents and _tells_of(fact, viewer, self):
            self.incidents.add(fact.incident)

    def _uncover(self, message: MessageSent) -> None:
        """Show the messages that one to them quotes."""
        sent = self._hearing.sent
        quoted = {sent[number] for number in self._hearing.quotes.messages[message.number] if number in sent}
        self.uncovered += len(quoted & self.unseen)
        self.unseen -= quoted


def may_see(part: Part, fact: Fact, viewer: Viewer, reached: Reached) -> bool:
    """Return whether a viewer, whom all this has reached, may see a part of a fact. This is the whole rule."""
    return viewer.sees_all or _is_among(part.traits.audience, fact, viewer, reached)


def _is_among(audience: Audience, fact: Fact, viewer: Viewer, reached: Reached) -> bool:
    """Whether a viewer is one of those for whom a part of the fact is."""
    match audience:
        case Audience.PUBLIC:
            return True
        case Audience.OWN:
            return viewer.standing is not Standing.PARTICIPANT or bool(viewer.people & _who_acted(fact))
        case Audience.ADDRESSED:
            return viewer.standing is not Standing.PARTICIPANT or is_addressed(fact, viewer, reached)
        case Audience.OBSERVER:
            return viewer.standing is not Standing.PARTICIPANT
        case Audience.FACILITATOR:
            return False
        case _:
            assert_never(audience)


def is_addressed(fact: Fact, viewer: Viewer, reached: Reached) -> bool:
    """Return whether a fact, or a message that quotes it, says that it reached one of those whom a viewer plays."""
    if isinstance(fact, MessageSent) and reached.has_read_message(fact.number):
        return True
    if _was_told(fact, viewer):
        return True
    ways = _WAYS[fact.kind]
    if ways:
        return all(_has_come(value_of(fact, name), reached) for name in ways)
    return any(viewer.people & _people_in(value_of(fact, name)) for name in _NAMING[fact.kind, Audience.ADDRESSED])


def seen(fact: Fact, viewer: Viewer, reached: Reached) -> Fact | None:
    """Return a fact as a viewer may see it, whom all this has reached; `None` where they may see nothing of it.

    Of a fact that they may see in part, the rest is blank.
    """
    if viewer.sees_all:
        return fact
    if fact.incident is not None and viewer.standing is Standing.PARTICIPANT and fact.incident not in reached.incidents:
        return None
    if type(fact) in _WHOLLY_PUBLIC:
        return fact
    parts = parts_of(type(fact))
    hidden = {part.name for part in parts if not may_see(part, fact, viewer, reached)}
    if parts and len(hidden) == len(parts):
        return None
    changed: dict[str, Any] = {name: blank(type(fact), name) for name in hidden}
    for name in _REASONS[fact.kind]:
        because = value_of(fact, name)
        if isinstance(because, Because) and name not in hidden:
            changed[name] = _told(because, fact, viewer, reached)
    return replace(fact, **changed) if changed else fact


def blank(cls: type[Fact], name: str) -> object:
    """Return what stands in place of the part `name` where it may not be seen and others of the same fact may.

    Raises:
        TypeError: nothing can stand there.
    """
    kind: Any = next(field.type for field in fields(cls) if field.name == name)
    if type(None) in getattr(kind, "__args__", ()):
        return None
    if kind not in _BLANK:
        raise TypeError(f"{cls.__name__}.{name} cannot be left out for some: make it optional")
    return _BLANK[kind]


def _told(because: Because, fact: Fact, viewer: Viewer, reached: Reached) -> Because | None:
    """The reason for a decision, as far as a viewer may see it: nothing where it rests on what never reached them."""
    hidden = {
        field.name
        for field in fields(because)
        if not traits_of(field).via and not _is_among(traits_of(field).audience, fact, viewer, reached)
    }
    injects = because.injects
    if viewer.standing is Standing.PARTICIPANT:
        injects = tuple(filter(reached.has_read, injects))
    if because.injects and not injects and because.duty is None:
        return None
    return replace(because, injects=injects, slips=() if "slips" in hidden else because.slips)


def _tells_of(fact: Fact, viewer: Viewer, reached: Reached) -> bool:
    """Whether a viewer learns of an incident by a fact that they may see: it names or reaches them, or somebody acted.

    What merely follows (a moment for deadlines, a duty of others, a step by itself) tells nobody of an incident.
    """
    if viewer.standing is not Standing.PARTICIPANT or _who_acted(fact):
        return True
    if _TOLD[fact.kind]:
        return _was_told(fact, viewer)
    if is_addressed(fact, viewer, reached):
        return True
    if isinstance(fact, DutyOpened):
        return bool(viewer.roles & set(fact.owed_by))
    return any(viewer.people & _people_in(value_of(fact, name)) for name in _NAMING[fact.kind, Audience.PUBLIC])


def _was_told(fact: Fact, viewer: Viewer) -> bool:
    """Whether a viewer plays somebody who was told by the fact itself."""
    return any(viewer.people & _people_in(value_of(fact, name)) for name in _TOLD[fact.kind])


def _has_come(name: object, reached: Reached) -> bool:
    """Whether what a fact came with has reached somebody: an inject by id, or a fact by number."""
    return reached.has_read(name) if isinstance(name, str) else name not in reached.unseen


def _who_acted(fact: Fact) -> frozenset[str]:
    actors = (value_of(fact, name) for name in _ACTING[fact.kind])
    return frozenset(actor.person for actor in actors if isinstance(actor, Actor))


def _people_in(value: object) -> frozenset[str]:
    if isinstance(value, Actor):
        return frozenset({value.person})
    if isinstance(value, str):
        return frozenset({value})
    return frozenset(name for name in value if isinstance(name, str)) if isinstance(value, tuple) else frozenset()


def _reasons(cls: type[Fact]) -> tuple[str, ...]:
    """The parts in which a fact of this class says why somebody decided."""
    return tuple(field.name for field in fields(cls) if Because in getattr(field.type, "__args__", ()))


def _is_public(cls: type[Fact]) -> bool:
    if _reasons(cls):
        return False
    return all(part.traits.audience is Audience.PUBLIC for part in parts_of(cls))


_WHOLLY_PUBLIC: Final = frozenset(cls for cls in FACT_CLASSES.values() if _is_public(cls))
"""The classes of facts all of whose parts are for everybody, and none of which holds anybody's reason."""

_REASONS: Final = {kind: _reasons(cls) for kind, cls in FACT_CLASSES.items()}
"""The parts that say why somebody decided, by kind."""

_WAYS: Final = {
    kind: tuple(part.name for part in parts_of(cls) if part.traits.via) for kind, cls in FACT_CLASSES.items()
}
"""The parts that name what a fact came with, by kind."""

_TOLD: Final = {
    kind: tuple(part.name for part in parts_of(cls) if part.traits.told) for kind, cls in FACT_CLASSES.items()
}
"""The parts that name those who were told by a fact itself, by kind."""

_NAMING: Final = {
    (kind, audience): tuple(
        part.name for part in parts_of(cls) if part.traits.person and part.traits.audience is audience
    )
    for kind, cls in FACT_CLASSES.items()
    for audience in Audience
}
"""The parts that name people and are for such an audience, by kind."""

_ACTING: Final = {
    kind: tuple(field.name for field in fields(cls) if field.type in (Actor, Actor | None))
    for kind, cls in FACT_CLASSES.items()
}
"""The parts that name who acted, by kind."""
