"""The tasks that the truth called for, and that nothing on record called for, because something was judged wrongly.

From the right answer to what was judged wrongly one task calls for the next: whoever confirms has to grade, whoever
takes over has to contain. What the level alone brings is asked at the level of the ground truth.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from incidentsim.domain.conditions import All, AnyOf, Condition, Happened, LevelAtLeast, Not, RoleIs, TrackIs
from incidentsim.domain.evaluation import Task
from incidentsim.domain.facts import StepTaken
from incidentsim.exercise.evaluation.decisions.kinds import Owed
from incidentsim.exercise.evaluation.decisions.truth import Truths, asks_level
from incidentsim.exercise.evaluation.trace import IncidentTrace, Trace

Wrong = tuple[int, tuple[str, ...]]
"""A wrong decision: the number of its fact, and the steps of which one was expected (none where it was the level)."""

if TYPE_CHECKING:
    from incidentsim.domain.playbook import Playbook, Step


class Obligations:
    """Finds what is owed by the truth."""

    def __init__(self, trace: Trace, truths: Truths) -> None:
        self._trace = trace
        self._truths = truths
        self._tasks = tuple(trace.playbook.tasks.values())
        self._steps: dict[str, list[Step]] = {}
        for track in trace.playbook.tracks.values():
            for step in track.steps:
                self._steps.setdefault(step.do, []).append(step)
        self._by_level = [
            step for steps in self._steps.values() for step in steps if step.automatic and asks_level(step.when)
        ]

    def owed(self, incident: IncidentTrace, wrong: Iterable[Wrong]) -> tuple[Owed, ...]:
        """The tasks owed by the truth and not called for on record, each with the first wrong decision it follows from.

        `wrong` are the wrong decisions in the order of the record.
        """
        found: dict[str, int] = {}
        for sequence, right in wrong:
            for task in self._called_for(incident, right):
                found.setdefault(task, sequence)
        return tuple(Owed(task, sequence) for task, sequence in found.items())

    def notices_owed(self, owed: Sequence[Owed]) -> frozenset[str]:
        """The tracks of notices that these tasks ask to give."""
        tasks = self._trace.playbook.tasks
        telling = {track.id for track in self._trace.playbook.tracks.values() if track.tells}
        return frozenset(
            step.track
            for one in owed
            for pattern in tasks[one.task].performed
            for step in self._steps.get(pattern.do or "", ())
            if step.track in telling
        )

    def _called_for(self, incident: IncidentTrace, right: Sequence[str]) -> list[str]:
        dos = set(incident.done)
        visited: set[tuple[str, str]] = set()
        for number in incident.steps:
            fact = self._trace.facts[number]
            if isinstance(fact, StepTaken):
                visited.update(((fact.track, fact.source), (fact.track, fact.target)))
        self._take(right, dos, visited)
        level = self._truths.level(incident.id)
        called: dict[str, None] = {}
        waiting, grown = list(self._tasks), True
        while grown:
            grown = False
            for step in self._by_level:
                if step.do not in dos and _can_hold(step.when, level, visited):
                    self._take((step.do,), dos, visited)
                    grown = True
            for task in list(waiting):
                if self._wanted(task, incident, dos):
                    waiting.remove(task)
                    called[task.id] = None
                    self._take(self._right_way(incident, task), dos, visited)
                    grown = True
        tasks = [self._trace.playbook.tasks[name] for name in called]
        return [task.id for task in tasks if not _of_conduct(task) and not self._on_record(incident, task)]

    def _wanted(self, task: Task, incident: IncidentTrace, dos: set[str]) -> bool:
        if any(self._truths.flag(incident.id, name) != value for name, value in task.truth.items()):
            return False
        return any(pattern.kind == "step_taken" and pattern.do in dos for pattern in task.when)

    def _right_way(self, incident: IncidentTrace, task: Task) -> tuple[str, ...]:
        named = [pattern.do for pattern in task.performed if pattern.do is not None]
        return tuple(
            do for do in named if any(self._truths.fits(incident.id, step) for step in self._steps.get(do, ()))
        )

    def _on_record(self, incident: IncidentTrace, task: Task) -> bool:
        return self._trace.first(incident, (*task.when, *task.performed)) is not None

    def _take(self, wanted: Iterable[str], dos: set[str], visited: set[tuple[str, str]]) -> None:
        for do in wanted:
            dos.add(do)
            for step in self._steps.get(do, ()):
                visited.update((step.track, source) for source in step.sources)
                if step.target is not None:
                    visited.add((step.track, step.target))


def _of_conduct(task: Task) -> bool:
    """Whether just what calls for a task performs it: it asks how people behave from then on, and for no act."""
    return task.when == task.performed


def steps_owed(playbook: "Playbook", owed: Iterable[Owed]) -> dict[str, tuple[int, ...]]:
    """The steps by which tasks owed by the truth are done, each with the numbers of the wrong decisions behind it."""
    because: dict[str, set[int]] = {}
    for one in owed:
        for pattern in playbook.tasks[one.task].performed:
            if pattern.do is not None:
                because.setdefault(pattern.do, set()).add(one.sequence)
    return {do: tuple(sorted(numbers)) for do, numbers in because.items()}


def _can_hold(condition: Condition, level: int | None, visited: set[tuple[str, str]]) -> bool:
    """Return whether it holds at the level, once an incident has been in all these states.

    What asks for something else than level and states does not: nothing says that it would have come about.
    """
    match condition:
        case All(parts):
            return all(_can_hold(part, level, visited) for part in parts)
        case AnyOf(parts):
            return any(_can_hold(part, level, visited) for part in parts)
        case LevelAtLeast(asked):
            return level is not None and level <= asked
        case TrackIs(track, states):
            return any((track, state) in visited for state in states)
        case Not(TrackIs(track, states)):
            return any(at == track and state not in states for at, state in visited)
        case Not(part):
            return not _can_hold(part, level, visited)
        case RoleIs() | Happened():
            return False
