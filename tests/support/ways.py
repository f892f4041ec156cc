"""What can be asked of any shipped procedure: its rules with their bases, its texts, and where its ways lead.

`Ways` looks at the procedure as a whole, without the kernel: every place an incident can get to by whatever people
do and whatever comes to light, and from there the way that experts take, who know the truth and avoid detours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

from incidentsim.definitions.playbooks import read_playbook
from incidentsim.domain.conditions import All, AnyOf, Condition, LevelAtLeast, Not, TrackIs
from incidentsim.domain.playbook import Basis, Playbook, Step
from incidentsim.domain.text import Text

PLAYBOOKS = Path(__file__).parents[2] / "playbooks"


def shipped(name: str) -> Playbook:
    """The shipped playbook with this id, as the program reads it."""
    return read_playbook((PLAYBOOKS / f"{name}.yaml").read_bytes(), f"{name}.yaml")


def bases(playbook: Playbook) -> Iterator[tuple[str, Basis]]:
    """Every rule of the playbook, by an address for people, with what it rests on."""
    for number, level in playbook.levels.items():
        yield f"level {number}", level.basis
    for order, modifier in enumerate(playbook.modifiers):
        yield f"graver {order}", modifier.basis
    for role in playbook.roles.values():
        yield f"role {role.id}", role.basis
    for body in playbook.bodies.values():
        yield f"body {body.id}", body.basis
    for vocabulary in playbook.vocabularies.values():
        yield f"list {vocabulary.id}", vocabulary.basis
    for circumstance in playbook.circumstances.values():
        yield f"circumstance {circumstance.id}", circumstance.basis
    for track in playbook.tracks.values():
        for step in track.steps:
            yield f"step {step.rule}", step.basis
    for duty in playbook.duties.values():
        yield f"duty {duty.id}", duty.basis
        yield f"time of duty {duty.id}", duty.within_basis
    for escalation in playbook.escalations:
        yield f"escalation {escalation.id}", escalation.basis
    for act in playbook.forbidden.values():
        yield f"forbidden {act.do}", act.basis


def documented_by(playbook: Playbook) -> set[str]:
    """The clauses that some rule rests on as documented."""
    return {clause for _, basis in bases(playbook) if basis.kind == "documented" for clause in basis.clauses}


def texts(value: object, where: str = "") -> Iterator[tuple[str, Text]]:
    """Every text in `value`, with the way to it."""
    if isinstance(value, Text):
        yield where, value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from texts(part, f"{where}.{key}")
    elif isinstance(value, tuple):
        for order, part in enumerate(value):
            yield from texts(part, f"{where}[{order}]")
    elif is_dataclass(value):
        for one in fields(value):
            yield from texts(getattr(value, one.name), f"{where}.{one.name}")


def step_named(playbook: Playbook, do: str) -> Step:
    """The one step with this name."""
    (found,) = [step for track in playbook.tracks.values() for step in track.steps if step.do == do]
    return found


def stand_ins(playbook: Playbook, role: str) -> set[str]:
    """Whoever may act as `role`: its holders and its deputies."""
    return {role, *playbook.roles[role].deputies}


def may_take(playbook: Playbook, do: str) -> set[str]:
    """Whoever may ever take the step, deputies included."""
    return {who for role in step_named(playbook, do).by for who in stand_ins(playbook, role)}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an incident stands: its level, and one state a track, in the order of `Ways.tracks`."""

    level: int | None
    states: tuple[str, ...]


class Ways:
    """All ways through a procedure.

    Tracks of notices count only where some step looks at them; the others hold nothing up (`idle_notices`).
    """

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook
        steps = [step for track in playbook.tracks.values() for step in track.steps]
        looked_at = {name for step in steps for name in _tracks_in(step.needs)}
        self.tracks = tuple(t.id for t in playbook.tracks.values() if not t.tells or t.id in looked_at)
        self.idle_notices = tuple(t for t in playbook.tracks.values() if t.id not in self.tracks)
        own = [step for step in steps if step.track in self.tracks]
        self._manual = [step for step in own if not step.automatic]
        self._on_step = [s for s in own if s.automatic and any(p.kind == "step_taken" for p in s.on)]
        self._of_itself = [s for s in own if s.automatic and any(p.kind != "step_taken" for p in s.on)]
        self._when = [s for s in own if s.automatic and not s.on]
        self.start = self._settled(Place(None, tuple(playbook.tracks[name].initial for name in self.tracks)))

    def state(self, place: Place, track: str) -> str:
        """Where the place stands on this track."""
        return place.states[self.tracks.index(track)]

    def holds(self, condition: Condition, place: Place) -> bool:
        """Whether a condition on tracks and level holds there."""
        match condition:
            case All(parts):
                return all(self.holds(part, place) for part in parts)
            case AnyOf(parts):
                return any(self.holds(part, place) for part in parts)
            case Not(part):
                return not self.holds(part, place)
            case TrackIs(track, states):
                return self.state(place, track) in states
            case LevelAtLeast(level):
                return place.level is not None and place.level <= level
        raise TypeError(f"the ways of a procedure cannot hang on {condition!r}")

    def open_steps(self, place: Place) -> list[Step]:
        """The steps that somebody could take there."""
        return [
            step
            for step in self._manual
            if self.state(place, step.track) in step.sources and self.holds(step.needs, place)
        ]

    def after(self, place: Place, step: Step) -> list[Place]:
        """Where the step leads, once what follows by itself has followed; one place a level where it sets one."""
        levels = self.playbook.levels if step.sets_level else (place.level,)
        found = []
        for level in levels:
            then = self._moved(Place(level, place.states), step)
            for other in self._on_step:
                caused = any(p.kind == "step_taken" and p.do == step.do for p in other.on)
                if caused and self.state(then, other.track) in other.sources:
                    then = self._moved(then, other)
            found.append(self._settled(then))
        return found

    def reachable(self) -> dict[Place, None]:
        """Every place that an incident can get to, mistakes, detours and whatever comes to light included."""
        found = {self.start: None}
        waiting = [self.start]
        while waiting:
            place = waiting.pop()
            moves = [then for step in self.open_steps(place) for then in self.after(place, step)]
            moves += [
                self._settled(self._moved(place, step))
                for step in self._of_itself
                if self.state(place, step.track) in step.sources and self.holds(step.when, place)
            ]
            for then in moves:
                if then not in found:
                    found[then] = None
                    waiting.append(then)
        return found

    def expert(self, place: Place, truth: Mapping[str, bool]) -> list[Step]:
        """What experts do there: on each track the one straight step that fits the truth, if it may be taken.

        In a state that cannot last and that no step out of fits, somebody erred before: then any step on will do.
        """
        found = []
        for name in self.tracks:
            track, state = self.playbook.tracks[name], self.state(place, name)
            ways = [s for s in self._manual if s.track == name and state in s.sources and s.target and not s.detour]
            fitting = [s for s in ways if all(truth.get(flag, False) == wanted for flag, wanted in s.fits.items())]
            if not fitting and not track.states[state].final:
                fitting = ways
            found += [step for step in fitting if self.holds(step.needs, place)]
        return found

    def at_rest(self, place: Place) -> bool:
        """Whether the incident may rest there for good, on every track."""
        return all(self.playbook.tracks[name].states[self.state(place, name)].final for name in self.tracks)

    def dead_ends(self, places: Mapping[Place, None], truth: Mapping[str, bool]) -> list[Place]:
        """The places where experts have nothing left to do although the incident is not at rest."""
        return [place for place in places if not self.at_rest(place) and not self.expert(place, truth)]

    def runs_in_circles(self, places: Mapping[Place, None], truth: Mapping[str, bool]) -> bool:
        """Whether experts can get back to where they were."""
        ways = {
            place: [then for step in self.expert(place, truth) for then in self.after(place, step)] for place in places
        }
        leads_here = dict.fromkeys(places, 0)
        for thens in ways.values():
            for then in thens:
                leads_here[then] += 1
        free = [place for place, count in leads_here.items() if count == 0]
        for place in free:  # grows while it is walked: places that nothing unvisited leads to
            for then in ways[place]:
                leads_here[then] -= 1
                if leads_here[then] == 0:
                    free.append(then)
        return len(free) < len(leads_here)

    def _moved(self, place: Place, step: Step) -> Place:
        if step.target is None:
            return place
        at = self.tracks.index(step.track)
        return Place(place.level, (*place.states[:at], step.target, *place.states[at + 1 :]))

    def _settled(self, place: Place) -> Place:
        for step in self._when:
            if self.state(place, step.track) in step.sources and self.holds(step.when, place):
                return self._settled(self._moved(place, step))
        return place


def _tracks_in(condition: Condition) -> set[str]:
    match condition:
        case All(parts) | AnyOf(parts):
            return {name for part in parts for name in _tracks_in(part)}
        case Not(part):
            return _tracks_in(part)
        case TrackIs(track, _):
            return {track}
    return set()
