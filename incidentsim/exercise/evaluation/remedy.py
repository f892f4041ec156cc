"""Expected action: for a refused, late or missed step, the allowed path from there.

The path is searched in the playbook's own step tables: which steps, by which roles, lead from where the incident
stood to where the step is allowed, or the duty settled. Steps that follow by themselves are not counted on.
"""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from incidentsim.domain.conditions import All, AnyOf, Condition, Happened, LevelAtLeast, Not, Pattern, RoleIs, TrackIs
from incidentsim.domain.facts import RefusalReason, Refused
from incidentsim.domain.facts.patterns import matches
from incidentsim.domain.playbook import Playbook, Step
from incidentsim.exercise.evaluation.metrics import duty_standing
from incidentsim.exercise.evaluation.trace import DutyTrace, Places, RefusalTrace, Trace

_DETOUR = 20
_UNFITTING = 400
"""How many plain steps a detour, or a step that the ground truth speaks against, counts for in the search."""

_PASSED_ON = frozenset({RefusalReason.NOT_RAISED, RefusalReason.FORBIDDEN})
"""Refusals for which there is no allowed path: nothing had happened yet, or nobody may ever do it."""


@dataclass(frozen=True, slots=True)
class WayStep:
    """One step of a path, and the roles or bodies that may take it."""

    track: str
    do: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorrectPath:
    """The path that would have been right in place of one refused, late or missed step.

    `kind` is `refused`, `late` or `missed`; `sequence` the refusal or the breach; `subject` the step or the duty.
    `steps` lead there, the last one being what was wanted; `None` where there is no path. `why` and `allowed` are those
    of the refusal, `due` (ms) is when the duty was to be settled.
    """

    kind: str
    sequence: int
    incident: str
    subject: str
    steps: tuple[WayStep, ...] | None
    why: RefusalReason | None = None
    allowed: tuple[str, ...] = ()
    due: int | None = None


def ways(trace: Trace) -> tuple[CorrectPath, ...]:
    """The right way for everything that was refused, late or missed, in the order of the record."""
    search = _Search(trace)
    found = [search.instead(refusal) for refusal in trace.refusals]
    found += [
        search.in_time(duty, duty.breached, standing)
        for duty in trace.duties
        if duty.breached is not None and (standing := duty_standing(duty)) in {"late", "missed"}
    ]
    return tuple(sorted(found, key=lambda way: way.sequence))


@dataclass(slots=True)
class _Moment:
    """Where an incident stands in the course of a search; `sequence` is how far its record is known."""

    incident: str
    sequence: int
    places: Places
    level: int | None
    taken: list[Step] = field(default_factory=list)

    def copy(self) -> "_Moment":
        return _Moment(self.incident, self.sequence, dict(self.places), self.level, list(self.taken))


_Key = tuple[tuple[str, str], object, tuple[str, ...], int | None]
"""What a path depends on: what is wanted, the incident's truth (or the incident itself), its places and level."""


class _Search:
    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._playbook: Playbook = trace.playbook
        self._by_do: dict[str, list[Step]] = {}
        self._from: dict[str, dict[str, list[Step]]] = {}
        for track in self._playbook.tracks.values():
            ways_out = self._from.setdefault(track.id, {})
            for step in track.steps:
                self._by_do.setdefault(step.do, []).append(step)
                for source in () if step.automatic else step.sources:
                    ways_out.setdefault(source, []).append(step)
        self._asks_back = any(asks_back(step.needs) for steps in self._by_do.values() for step in steps)
        self._known: dict[_Key, tuple[WayStep, ...] | None] = {}

    def instead(self, refusal: RefusalTrace) -> CorrectPath:
        """The way for a refusal."""
        fact = self._trace.facts[refusal.sequence]
        do, names = (fact.do, fact.allowed) if isinstance(fact, Refused) else ("", ())
        wanted = [step for step in self._by_do.get(do, ()) if not step.automatic]
        steps = None
        if refusal.why not in _PASSED_ON and wanted:
            moment = _Moment(refusal.incident, refusal.sequence, refusal.places, refusal.level)
            steps = self._path(("step", do), wanted, moment)
        return CorrectPath("refused", refusal.sequence, refusal.incident, do, steps, refusal.why, names)

    def in_time(self, duty: DutyTrace, breached: int, standing: str) -> CorrectPath:
        """The way for a duty that was late or missed."""
        wanted = [
            step
            for pattern in self._playbook.duties[duty.duty].settled_by
            for step in self._steps_like(pattern)
        ] if duty.duty in self._playbook.duties else []  # fmt: skip
        moment = _Moment(duty.incident, breached, duty.open_from, duty.level)
        steps = self._path(("duty", duty.duty), wanted, moment) if wanted else None
        return CorrectPath(standing, breached, duty.incident, duty.duty, steps, due=duty.due)

    def _steps_like(self, pattern: Pattern) -> list[Step]:
        if pattern.kind != "step_taken":
            return []
        return [
            step
            for do, steps in self._by_do.items()
            for step in steps
            if not step.automatic
            and pattern.do in (None, do)
            and pattern.track in (None, step.track)
            and pattern.state in (None, step.target)
        ]

    def _path(self, key: tuple[str, str], wanted: Sequence[Step], moment: "_Moment") -> tuple[WayStep, ...] | None:
        incident = moment.incident
        known = (key, self._kind(incident), tuple(moment.places.values()), moment.level)
        if known not in self._known:
            found = [end for step in wanted if (end := self._take(step, moment.copy(), ())) is not None]
            best = min(found, key=lambda end: self._cost(end.taken, incident), default=None)
            self._known[known] = (
                None if best is None else tuple(WayStep(s.track, s.do, s.by_named or s.by) for s in best.taken)
            )
        return self._known[known]

    def _kind(self, incident: str) -> object:
        """Incidents with the same truth have the same paths, unless a step asks what has happened before."""
        if self._asks_back:
            return incident
        truth = self._trace.scenario.incidents[incident].truth
        return (truth.level, *sorted(truth.flags.items()))

    def _cost(self, steps: Sequence[Step], incident: str) -> int:
        return sum(self._weight(step, incident) for step in steps)

    def _weight(self, step: Step, incident: str) -> int:
        flags = self._trace.scenario.incidents[incident].truth.flags
        unfitting = any(flags.get(name, False) != value for name, value in step.fits.items())
        return 1 + (_DETOUR if step.detour else 0) + (_UNFITTING if unfitting else 0)

    # Each of these goes on from a moment to a later one, or gives None; `busy` are the tracks being moved already.

    def _take(self, step: Step, moment: _Moment, busy: tuple[str, ...]) -> _Moment | None:
        """Go to where the step is allowed, and take it."""
        if moment.places[step.track] not in step.sources:
            if step.track in busy:
                return None
            moved = self._move(step.track, step.sources, moment, busy)
            if moved is None:
                return None
            moment = moved
        met = self._meet(step.needs, moment, (*busy, step.track))
        if met is None or met.places[step.track] not in step.sources:
            return None
        met.taken.append(step)
        if step.target is not None:
            met.places[step.track] = step.target
        if step.sets_level is not None and met.level is None:
            met.level = self._trace.scenario.incidents[moment.incident].truth.level
        return met

    def _move(self, track: str, targets: Sequence[str], moment: _Moment, busy: tuple[str, ...]) -> _Moment | None:
        """Bring a track to one of these states, by the cheapest steps that can be taken."""
        if track in busy:
            return None
        waiting: list[tuple[int, int, _Moment]] = [(0, 0, moment)]
        seen: set[str] = set()
        entered = 0
        while waiting:
            cost, _order, here = heapq.heappop(waiting)
            state = here.places[track]
            if state in targets:
                return here
            if state in seen:
                continue
            seen.add(state)
            for step in self._from[track].get(state, ()):
                if step.target is None or step.target in seen:
                    continue
                there = self._take(step, here.copy(), busy)
                if there is not None:
                    entered += 1
                    before = self._cost(here.taken, moment.incident)
                    added = self._cost(there.taken, moment.incident) - before
                    heapq.heappush(waiting, (cost + added, entered, there))
        return None

    def _meet(self, needs: Condition, moment: _Moment, busy: tuple[str, ...]) -> _Moment | None:
        """Bring about what a step needs."""
        if self._holds(needs, moment):
            return moment
        found = min(
            self._brought_about(needs, moment, busy),
            key=lambda end: self._cost(end.taken, moment.incident),
            default=None,
        )
        return found if found is not None and self._holds(needs, found) else None

    def _brought_about(self, needs: Condition, moment: _Moment, busy: tuple[str, ...]) -> Iterator[_Moment]:
        """The ways to bring a condition about; what nobody can bring about has none."""
        ends: Iterable[_Moment | None] = ()
        match needs:
            case All(parts):
                ends = (self._all_of(parts, moment, busy),)
            case AnyOf(parts):
                ends = (self._meet(part, moment.copy(), busy) for part in parts)
            case TrackIs(track, states):
                ends = (self._move(track, states, moment.copy(), busy),)
            case Not(TrackIs(track, states)):
                others = [state for state in self._playbook.tracks[track].states if state not in states]
                ends = (self._move(track, others, moment.copy(), busy),)
            case Happened(pattern):
                ends = (self._take(step, moment.copy(), busy) for step in self._steps_like(pattern))
            case _:
                pass
        yield from (end for end in ends if end is not None)

    def _all_of(self, parts: Sequence[Condition], moment: _Moment, busy: tuple[str, ...]) -> _Moment | None:
        found: _Moment | None = moment.copy()
        for part in parts:
            found = self._meet(part, found, busy) if found is not None else None
        return found

    def _holds(self, condition: Condition, moment: _Moment) -> bool:
        match condition:
            case All(parts):
                return all(self._holds(part, moment) for part in parts)
            case AnyOf(parts):
                return any(self._holds(part, moment) for part in parts)
            case Not(part):
                return not self._holds(part, moment)
            case TrackIs(track, states):
                return moment.places[track] in states
            case LevelAtLeast(level):
                return moment.level is not None and moment.level <= level
            case RoleIs():
                return True  # whoever takes the step can do it in that role
            case Happened(pattern, _within):
                return self._happened(pattern, moment)

    def _happened(self, pattern: Pattern, moment: _Moment) -> bool:
        if pattern.kind == "step_taken" and any(step in moment.taken for step in self._steps_like(pattern)):
            return True
        facts = self._trace.facts
        return any(facts[n].incident == moment.incident and matches(pattern, facts[n]) for n in range(moment.sequence))


def asks_back(condition: Condition) -> bool:
    """Return whether the condition asks, anywhere in it, for something that happened before."""
    match condition:
        case All(parts) | AnyOf(parts):
            return any(asks_back(part) for part in parts)
        case Not(part):
            return asks_back(part)
        case Happened():
            return True
        case _:
            return False
