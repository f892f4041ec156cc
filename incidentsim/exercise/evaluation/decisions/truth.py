"""What the ground truth called for: the right level and why, the right answer to a yes or no, what the level asks."""

from collections.abc import Iterable, Mapping

from incidentsim.domain.conditions import All, AnyOf, Condition, Happened, LevelAtLeast, Not, RoleIs, TrackIs
from incidentsim.domain.playbook import Playbook, Step, Threshold
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.evaluation.decisions.kinds import KnownInject, Reached, Right
from incidentsim.exercise.evaluation.decisions.knowledge import Knowledge

INCIDENT = "incident"
"""The yes or no of the truth that says whether it is an incident at all."""


class Truths:
    """The ground truth of each incident, as answers with their reasons."""

    def __init__(self, playbook: Playbook, scenario: Scenario, knowledge: Knowledge) -> None:
        self._playbook = playbook
        self._scenario = scenario
        self._knowledge = knowledge
        self._showing: dict[tuple[str, str, str], list[tuple[str, int]]] = {}
        for inject in scenario.injects:
            for shown in inject.shows:
                key = (inject.incident or "", shown.kind, shown.name)
                self._showing.setdefault(key, []).append((inject.id, shown.value))
        self._measured = {
            inject.id: {shown.name: shown.value for shown in inject.shows if shown.kind == "measure"}
            for inject in scenario.injects
        }
        self._levels: dict[str, Right] = {}

    def level(self, incident: str) -> int | None:
        """The level by the ground truth; `None` where it has none."""
        return self._scenario.incidents[incident].truth.level

    def flag(self, incident: str, name: str) -> bool:
        """A yes or no of the ground truth."""
        return self._scenario.incidents[incident].truth.flags.get(name, False)

    def fits(self, incident: str, step: Step) -> bool:
        """Return whether the ground truth speaks for the step, or at least not against it."""
        flags = self._scenario.incidents[incident].truth.flags
        return all(flags.get(name, False) == value for name, value in step.fits.items())

    def right_level(self, incident: str, steps: tuple[str, ...]) -> Right:
        """The right level, and the thresholds that give it; `steps` are those by which it is graded."""
        known = self._levels.get(incident)
        if known is None:
            known = self._levels[incident] = Right(level=self.level(incident), reached=self._reached(incident))
        return Right(steps=steps, level=known.level, reached=known.reached)

    def _reached(self, incident: str) -> tuple[Reached, ...]:
        why = self._scenario.incidents[incident].truth.why
        reached = [
            (number, threshold)
            for number, level in self._playbook.levels.items()
            for threshold in level.any_of
            if _reaches(threshold, why)
        ]
        base = min((number for number, _threshold in reached), default=None)
        if base is None:
            return ()
        deciding = [self._reason(incident, threshold, base, 0) for number, threshold in reached if number == base]
        raising = [
            self._reason(incident, rule.when, base, rule.more_severe_by)
            for rule in self._playbook.modifiers
            if _reaches(rule.when, why)
        ]
        return (*deciding, *raising)

    def _reason(self, incident: str, threshold: Threshold, level: int, more_severe_by: int) -> Reached:
        value = self._scenario.incidents[incident].truth.why[threshold.measure]
        shown = self._facts(self.showing_measure(incident, threshold.measure, threshold.at_least))
        return Reached(threshold, value, level, more_severe_by, shown)

    def showing_measure(self, incident: str, measure: str, at_least: int) -> tuple[str, ...]:
        """The injects that show a value of the measure which reaches `at_least`."""
        showing = self._showing.get((incident, "measure", measure), ())
        return tuple(inject for inject, value in showing if value >= at_least)

    def measured_by(self, inject: str) -> Mapping[str, int]:
        """The values of measures that an inject tells, or seems to."""
        return self._measured.get(inject, {})

    def level_by(self, known: Iterable[KnownInject]) -> int | None:
        """The level that the figures of these injects give, the later over the earlier; `None` where they tell none."""
        values: dict[str, int] = {}
        for one in known:
            values.update(self.measured_by(one.inject))
        return self._playbook.judged_level(values) if values else None

    def right_flag(self, incident: str, name: str, steps: tuple[str, ...]) -> Right:
        """The right answer to a yes or no, and what showed it; `steps` are those by which it is given."""
        holds = self.flag(incident, name)
        showing = self._showing.get((incident, "flag", name), ())
        shown = self._facts(tuple(inject for inject, value in showing if bool(value) == holds))
        reached: tuple[Reached, ...] = ()
        if name == INCIDENT and holds and not shown:
            reached = self.right_level(incident, ()).reached
        return Right(steps=steps, flag=name, holds=holds, shown=shown, reached=reached)

    def _facts(self, injects: tuple[str, ...]) -> tuple[int, ...]:
        first = (self._knowledge.shown.get(inject, [])[:1] for inject in injects)
        return tuple(sorted(number for numbers in first for number in numbers))


def _reaches(threshold: Threshold, values: Mapping[str, int]) -> bool:
    return threshold.measure in values and values[threshold.measure] >= threshold.at_least


def holds_at(condition: Condition, level: int | None, places: Mapping[str, str] | None = None) -> bool:
    """Return whether a condition can hold for an incident graded at `level` that stands at `places` (track → state).

    Without places every question but the one for the level is taken to be answered as the condition wants it.
    """
    return _holds(condition, level, places, wanted=True)


def _holds(condition: Condition, level: int | None, places: Mapping[str, str] | None, *, wanted: bool) -> bool:
    match condition:
        case All(parts):
            return all(_holds(part, level, places, wanted=wanted) for part in parts)
        case AnyOf(parts):
            return any(_holds(part, level, places, wanted=wanted) for part in parts)
        case Not(part):
            return not _holds(part, level, places, wanted=not wanted)
        case LevelAtLeast(asked):
            return level is not None and level <= asked
        case TrackIs(track, states):
            return wanted if places is None else places.get(track) in states
        case RoleIs() | Happened():
            return wanted


def asks_level(condition: Condition) -> bool:
    """Return whether the condition asks for the level anywhere in it."""
    match condition:
        case All(parts) | AnyOf(parts):
            return any(asks_level(part) for part in parts)
        case Not(part):
            return asks_level(part)
        case LevelAtLeast():
            return True
        case _:
            return False
