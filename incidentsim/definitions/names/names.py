"""Every name that a rule may speak of, gathered before the rules are looked at."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from incidentsim.definitions.formats.common import PatternShape
from incidentsim.definitions.formats.owing import DutyShape
from incidentsim.definitions.formats.playbook import PlaybookShape, StepShape
from incidentsim.domain.playbook import ANYONE, Playbook

SAME = "same"
"""Written in place of a state where a step leaves the track where it is."""

NOTICE_STATES = ("not_due", "due", "done", "overdue")
"""The states of a notice's track, in order."""


@dataclass(frozen=True, slots=True)
class StepName:
    """The track of a step, the states it may lead to and the roles that take it, known before its rules are read."""

    track: str
    leads_to: tuple[str, ...]
    by: tuple[str, ...]
    automatic: bool


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a playbook, and in a scenario those of its people, incidents and injects.

    Attributes:
        bodies: the roles behind each body.
        tracks: the states of each track, those of notices too.
        steps: the steps of each trigger.
        told: whom some escalation rule names.
        people: the pseudonym of each person.
    """

    roles: Collection[str]
    bodies: Mapping[str, Sequence[str]]
    tracks: Mapping[str, Collection[str]]
    steps: Mapping[str, Sequence[StepName]]
    forbidden: Collection[str]
    duties: Collection[str]
    circumstances: Collection[str]
    levels: Collection[int]
    told: Collection[str]
    people: Mapping[str, str] = field(default_factory=dict)
    incidents: Collection[str] = ()
    injects: Collection[str] = ()

    @property
    def parties(self) -> tuple[str, ...]:
        """The roles, then the bodies: the names by which a rule can address somebody."""
        return (*self.roles, *self.bodies)

    def roles_behind(self, names: Sequence[str]) -> tuple[str, ...]:
        """The roles that these roles, bodies and `anyone` stand for, each once; unknown names stand for none."""
        found: dict[str, None] = {}
        for name in names:
            if name == ANYONE:
                found.update(dict.fromkeys(self.roles))
            elif name in self.bodies:
                found.update(dict.fromkeys(self.bodies[name]))
            elif name in self.roles:
                found[name] = None
        return tuple(found)


def as_tuple(value: object) -> tuple[str, ...]:
    """The names of a key that holds one name, several, or none."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]  # the shape holds names


def patterns_of(value: PatternShape | list[PatternShape] | None) -> list[PatternShape]:
    """The patterns of a key that holds one, several, or none."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def names_in(shape: PlaybookShape) -> Names:
    """The names that a playbook file declares, those that its notices bring along included."""
    bodies = {
        name: tuple(dict.fromkeys([*([body.head] if body.head else []), *body.members]))
        for name, body in shape.bodies.items()
    }
    tracks: dict[str, Collection[str]] = {name: tuple(track.states) for name, track in shape.tracks.items()}
    steps: dict[str, list[StepName]] = {}
    duties = [duty.id for duty in shape.duties]
    told = [*(name for rule in shape.escalations for name in rule.to), *_told_late(shape.duties)]
    bare = Names(tuple(shape.roles), bodies, {}, {}, (), (), (), (), ())
    for name, track in shape.tracks.items():
        for step in track.steps:
            steps.setdefault(step.do, []).append(_step_name(name, step, bare))
    for name, notice in shape.notices.items():
        own = f"notice_{name}"
        tracks[own] = NOTICE_STATES
        duties.append(f"notify_{name}")
        told.extend(notice.late.escalate_to if notice.late else ())
        roles = bare.roles_behind(notice.by)
        for do, target, by in (("fall_due", "due", ()), ("notify", "done", roles), ("lapse", "overdue", ())):
            steps.setdefault(f"{do}_{name}", []).append(StepName(own, (target,), by, automatic=not by))
    return Names(
        roles=tuple(shape.roles),
        bodies=bodies,
        tracks=tracks,
        steps=steps,
        forbidden=tuple(act.do for act in shape.forbidden),
        duties=tuple(duties),
        circumstances=tuple(shape.circumstances),
        levels=tuple(shape.numbered_levels),
        told=tuple(told),
    )


def names_of(
    playbook: Playbook, people: Mapping[str, str], incidents: Collection[str], injects: Collection[str]
) -> Names:
    """The names of a playbook that passed, together with those of a scenario."""
    steps: dict[str, list[StepName]] = {}
    for track in playbook.tracks.values():
        for step in track.steps:
            leads_to = step.sources if step.target is None else (step.target,)
            steps.setdefault(step.do, []).append(StepName(track.id, leads_to, step.by, step.automatic))
    return Names(
        roles=tuple(playbook.roles),
        bodies={name: body.roles for name, body in playbook.bodies.items()},
        tracks={name: tuple(track.states) for name, track in playbook.tracks.items()},
        steps=steps,
        forbidden=tuple(playbook.forbidden),
        duties=tuple(playbook.duties),
        circumstances=tuple(playbook.circumstances),
        levels=tuple(playbook.levels),
        told=tuple(name for rule in playbook.escalations for name in rule.to),
        people=people,
        incidents=incidents,
        injects=injects,
    )


def _step_name(track: str, step: StepShape, bare: Names) -> StepName:
    leads_to = as_tuple(step.from_) if step.to == SAME else (step.to,)
    return StepName(track, leads_to, bare.roles_behind(step.by), automatic=not step.by)


def _told_late(duties: list[DutyShape]) -> list[str]:
    return [name for duty in duties if duty.late for name in duty.late.escalate_to]
