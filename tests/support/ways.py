"""What can be asked of any shipped procedure: its rules with their bases, its texts, and where its ways lead.

`Ways` looks at the procedure as a whole, without the kernel: every place an incident can get to by whatever people
do and whatever comes to light, and from there the way that experts take, who know the truth and avoid detours.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.domain.basis import Basis
from incidentsim.domain.conditions import All, AnyOf, Condition, LevelAtLeast, Not, Pattern, TrackIs
from incidentsim.domain.facts import FactKind
from incidentsim.domain.playbook import Playbook, Step
from incidentsim.domain.text import Text

PLAYBOOKS = Path(__file__).parents[2] / "playbooks"


@cache
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
    """Whoever may ever take a step of this name, from whatever state, deputies included."""
    steps = [step for track in playbook.tracks.values() for step in track.steps if step.do == do]
    return {who for step in steps for role in step.by for who in stand_ins(playbook, role)}


class Place(NamedTuple):
    """Where an incident stands: its level, and one state a track, in the order of `Ways.tracks`."""

    level: int | None
    states: tuple[str, ...]


Places = Mapping[Place, None]
"""Places in the order in which they were found."""


class Ways:
    """All ways through a procedure.

    Tracks of notices count only where some step looks at them; the others hold nothing up (`idle_notices`).
    What comes to light or is attempted may do so at any moment, so automatic steps on such facts are always possible.
    """

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook
        steps = [step for track in playbook.tracks.values() for step in track.steps]
        looked_at = {name for step in steps for asked in (step.needs, step.when) for name in _tracks_in(asked)}
        self.tracks = tuple(t.id for t in playbook.tracks.values() if not t.tells or t.id in looked_at)
        self.idle_notices = tuple(t for t in playbook.tracks.values() if t.id not in self.tracks)
        self._place_of = {name: at for at, name in enumerate(self.tracks)}
        own = [step for step in steps if step.track in self._place_of]
        self._manual: dict[tuple[str, str], list[Step]] = {
            (track, state): [s for s in own if not s.automatic and s.track == track and state in s.sources]
            for track in self.tracks
            for state in playbook.tracks[track].states
        }
        self._on_step = [s for s in own if s.automatic and any(p.kind == FactKind.STEP_TAKEN for p in s.on)]
        self._of_itself = [s for s in own if s.automatic and any(p.kind != FactKind.STEP_TAKEN for p in s.on)]
        self._when = [s for s in own if s.automatic and not s.on]
        self._moves: dict[Place, dict[str, tuple[Step, list[Place]]]] = {}
        self._met: dict[Place, Place] = {}
        self.start = self._settled(Place(None, tuple(playbook.tracks[name].initial for name in self.tracks)))

    def state(self, place: Place, track: str) -> str:
        """Where the place stands on this track."""
        return place.states[self._place_of[track]]

    def holds(self, condition: Condition, place: Place) -> bool:
        """Whether a condition on tracks and level holds there.

        Raises:
            TypeError: the condition asks for something that a place does not tell.
        """
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
        return [step for step, _ in self._moves_from(place).values()]

    def after(self, place: Place, step: Step) -> list[Place]:
        """Where the step leads, once the automatic steps have followed; one place a level where it sets one."""
        graded = [Place(level, place.states) for level in self.playbook.levels] if step.sets_level else [place]
        thens = [self._settled(self._taken(one, step)) for one in graded]
        return [self._met.setdefault(then, then) for then in thens]  # one object a place: far less to keep and compare

    def reachable(self) -> dict[Place, None]:
        """Every place that an incident can get to, mistakes, detours and whatever comes to light included."""
        found = {self.start: None}
        waiting = [self.start]
        while waiting:
            place = waiting.pop()
            moves = [thens for _, thens in self._moves_from(place).values()]
            moves += [self.after(place, step) for step in self._of_itself if self._follows(place, step)]
            for thens in moves:
                for then in thens:
                    if then not in found:
                        found[then] = None
                        waiting.append(then)
        return found

    def expert_ways(self, places: Iterable[Place], truth: Mapping[str, bool]) -> dict[Place, list[Place]]:
        """Where experts, who know the truth, go next from each of the places."""
        right = {at: self._right_steps(at, truth) for at in self._manual}
        ways: dict[Place, list[Place]] = {}
        for place in places:
            moves = self._moves_from(place)
            standing = zip(self.tracks, place.states, strict=True)
            ways[place] = [then for at in standing for do in right[at] if do in moves for then in moves[do][1]]
        return ways

    def at_rest(self, place: Place) -> bool:
        """Whether the incident may rest there for good, on every track."""
        standing = zip(self.tracks, place.states, strict=True)
        return all(self.playbook.tracks[name].states[state].final for name, state in standing)

    def dead_ends(self, experts: Mapping[Place, list[Place]]) -> list[Place]:
        """The places where experts have nothing left to do although the incident is not at rest."""
        return [place for place, thens in experts.items() if not thens and not self.at_rest(place)]

    def _right_steps(self, at: tuple[str, str], truth: Mapping[str, bool]) -> list[str]:
        """What experts do in this state of this track: the straight steps that fit the truth.

        In a state that cannot last and that no step out of fits, somebody erred before: then any step on will do.
        """
        track, state = at
        ways = [step for step in self._manual[at] if step.target and not step.detour]
        fitting = [s for s in ways if all(truth.get(flag, False) == wanted for flag, wanted in s.fits.items())]
        right = fitting if fitting or self.playbook.tracks[track].states[state].final else ways
        return [step.do for step in right]

    def _moves_from(self, place: Place) -> dict[str, tuple[Step, list[Place]]]:
        """The steps that somebody could take there and where they lead; in one place no two have the same name."""
        if place not in self._moves:
            standing = zip(self.tracks, place.states, strict=True)
            taken = [step for at in standing for step in self._manual[at] if self.holds(step.needs, place)]
            self._moves[place] = {step.do: (step, self.after(place, step)) for step in taken}
        return self._moves[place]

    def _follows(self, place: Place, step: Step) -> bool:
        """Whether this automatic step can be taken there."""
        return self.state(place, step.track) in step.sources and self.holds(step.when, place)

    def _taken(self, place: Place, step: Step) -> Place:
        """The place after the step and the automatic steps that follow on it, one upon the other."""
        if step.target is not None:
            at = self._place_of[step.track]
            place = Place(place.level, (*place.states[:at], step.target, *place.states[at + 1 :]))
        for other in self._on_step:
            caused = any(_asks_for(pattern, step) for pattern in other.on)
            if caused and self._follows(place, other):
                place = self._taken(place, other)
        return place

    def _settled(self, place: Place) -> Place:
        """The place after all automatic steps whose condition holds there."""
        for step in self._when:
            if self._follows(place, step):
                return self._settled(self._taken(place, step))
        return place


@cache
def ways_through(name: str) -> Ways:
    """The ways of the shipped playbook with this id."""
    return Ways(shipped(name))


@cache
def places_in(name: str) -> Places:
    """Every place that an incident can get to by the shipped playbook with this id."""
    return ways_through(name).reachable()


def runs_in_circles(experts: Mapping[Place, list[Place]]) -> bool:
    """Whether experts can get back to where they were."""
    try:
        TopologicalSorter(experts).prepare()
    except CycleError:
        return True
    return False


def _asks_for(pattern: Pattern, step: Step) -> bool:
    """Whether taking the step is a fact like this, by whomever it is taken."""
    wanted = ((pattern.do, step.do), (pattern.track, step.track), (pattern.state, step.target))
    return pattern.kind == FactKind.STEP_TAKEN and all(asked in (None, given) for asked, given in wanted)


def _tracks_in(condition: Condition) -> set[str]:
    match condition:
        case All(parts) | AnyOf(parts):
            return {name for part in parts for name in _tracks_in(part)}
        case Not(part):
            return _tracks_in(part)
        case TrackIs(track, _):
            return {track}
    return set()
