"""The incidents that a procedure is walked through with: one for each level and each answer that its steps ask for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import (
    Emergence,
    Incident,
    Inject,
    Organisation,
    Person,
    Scenario,
    Truth,
)
from incidentsim.domain.text import Text
from incidentsim.exercise.kernel.sim_time import DAY, HOUR

LONGEST: Final = 400 * DAY
"""How long (ms) a made-up exercise lasts at most."""
MONDAY_MORNING: Final = "2026-01-05T09:00+00:00"
_INCIDENT: Final = "incident"
_MADE_UP: Final = Text("walk-through", "走查")


@dataclass(frozen=True, slots=True)
class Tried:
    """A truth that the procedure is tried with.

    Attributes:
        level: the right level; `None` where it is no incident.
        flags: every answer that a step asks for, and `incident`.
        circumstances: what comes to light a while after it was noticed.
    """

    level: int | None
    flags: dict[str, bool]
    circumstances: tuple[str, ...] = ()


def asked(playbook: Playbook) -> tuple[str, ...]:
    """The answers that steps ask for by `fits`, in the order of the file; `incident` is not among them."""
    return tuple(name for name in playbook.asked if name != _INCIDENT)


def truths(playbook: Playbook) -> Iterator[Tried]:
    """No incident; each level with every answer yes and with every answer no; each answer that alone is yes.

    Where the playbook knows circumstances, all of them come to light in two more, of the most severe level.
    """
    flags = asked(playbook)
    yes, no = {**dict.fromkeys(flags, True), _INCIDENT: True}, {**dict.fromkeys(flags, False), _INCIDENT: True}
    answers = [yes, no] if flags else [yes]
    yield Tried(None, {**no, _INCIDENT: False})
    levels: list[int | None] = [*sorted(playbook.levels)] or [None]
    for level in levels:
        yield from (Tried(level, flags) for flags in answers)
    if len(flags) > 1:
        yield from (Tried(levels[0], {**no, flag: True}) for flag in flags)
    if playbook.circumstances:
        yield from (Tried(levels[0], flags, tuple(playbook.circumstances)) for flags in answers)


def scenario_of(playbook: Playbook, tried: Tried) -> Scenario:
    """Make an exercise of a truth: everybody holds one role, is there, and is told of one incident."""
    people = {
        role: Person(role, f"p{number}", title.title, (role,))
        for number, (role, title) in enumerate(playbook.roles.items(), start=1)
    }
    truth = Truth(tried.flags[_INCIDENT], tried.level, {}, {"unlawful": False, **tried.flags}, "unknown")
    inside = tuple(role for role, held in playbook.roles.items() if not held.outside)
    channel = next(iter(playbook.channels))
    raised = Inject(
        "noticed", inside or tuple(playbook.roles), channel, _MADE_UP, at=0, incident=_INCIDENT, raises=True
    )
    injects = [raised]
    if tried.circumstances:
        brings = tuple(Emergence(name, "p1") for name in tried.circumstances)
        injects.append(
            Inject("came-to-light", raised.to, channel, _MADE_UP, at=HOUR, incident=_INCIDENT, brings=brings)
        )
    return Scenario(
        id="walk-through",
        playbook=playbook.id,
        title=_MADE_UP,
        summary=_MADE_UP,
        languages=(playbook.prevailing,),
        tags=(),
        seed=1,
        starts=MONDAY_MORNING,
        ends=LONGEST,
        organisation=Organisation(_MADE_UP),
        people=people,
        incidents={_INCIDENT: Incident(_INCIDENT, _MADE_UP, truth)},
        injects=tuple(injects),
        script=(),
        expectations=(),
    )
