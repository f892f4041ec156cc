"""The scenario's own objectives, rated by the injects that put them to the test.

What an inject should prompt is rated like the critical tasks that it belongs to; a step of no task by whether it was
taken. An inject that comes only because something had not been done in time says so by coming.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto, unique

from incidentsim.domain.evaluation import Rating
from incidentsim.domain.facts import InjectDelivered, InjectWithheld
from incidentsim.domain.scenario import Inject
from incidentsim.exercise.evaluation.ratings import ObjectiveRating, TaskRating, worst
from incidentsim.exercise.evaluation.trace import IncidentTrace, Trace


@unique
class Tested(StrEnum):
    """The ways in which an inject tells how an objective went.

    `prevented`: it would have come, had something not been done in time. `came`: it came, because something had not
    been done. `task`: a critical task that it should prompt. `done`, `not_done`: a step that it should prompt.
    """

    PREVENTED = auto()
    CAME = auto()
    TASK = auto()
    DONE = auto()
    NOT_DONE = auto()


@dataclass(frozen=True, slots=True)
class Test:
    """The word of one inject on an objective: how it tells, about which step or task, with which facts."""

    inject: str
    how: Tested
    subject: str
    rating: Rating
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ScenarioObjective:
    """An objective of the scenario by its place among them, its rating, and the tests that decide it.

    The rating is that of the worst test; `None` where none of its injects came, and none was prevented.
    """

    number: int
    rating: Rating | None
    tests: tuple[Test, ...]


def scenario_objectives(trace: Trace, objectives: tuple[ObjectiveRating, ...]) -> tuple[ScenarioObjective, ...]:
    """Rate every objective of the scenario, in its order; `objectives` are the rated ones of the playbook."""
    wanted = {name for objective in trace.scenario.objectives for name in objective.tested_by}
    if not wanted:
        return tuple(ScenarioObjective(number, None, ()) for number, _one in enumerate(trace.scenario.objectives))
    arrived: dict[str, int] = {}
    for number, fact in enumerate(trace.facts):
        if isinstance(fact, InjectDelivered | InjectWithheld) and fact.inject in wanted:
            arrived.setdefault(fact.inject, number)
    injects = {inject.id: inject for inject in trace.scenario.injects}
    tasks = {task.task: task for objective in objectives for task in objective.tasks}
    tester = _Tester(trace, arrived, tasks)
    rated = []
    for number, objective in enumerate(trace.scenario.objectives):
        tests = tuple(test for name in objective.tested_by if name in injects for test in tester.tests(injects[name]))
        rated.append(ScenarioObjective(number, worst([test.rating for test in tests]), tests))
    return tuple(rated)


class _Tester:
    def __init__(self, trace: Trace, arrived: Mapping[str, int], tasks: Mapping[str, TaskRating]) -> None:
        self._trace = trace
        self._arrived = arrived
        self._tasks = tasks
        self._by_step: dict[str, list[str]] = {}
        for task in trace.playbook.tasks.values():
            for pattern in task.performed:
                if pattern.do is not None:
                    self._by_step.setdefault(pattern.do, []).append(task.id)

    def tests(self, inject: Inject) -> Iterator[Test]:
        """The tests that an inject makes."""
        number = self._arrived.get(inject.id)
        if number is None or self._trace.ended is None:
            return
        incident = self._trace.incidents.get(inject.incident or "")
        if isinstance(self._trace.facts[number], InjectWithheld):
            if inject.unless is not None and inject.unless.do is not None:
                done = incident.done.get(inject.unless.do) if incident is not None else None
                evidence = (number,) if done is None else (done, number)
                yield Test(inject.id, Tested.PREVENTED, inject.unless.do, "P", evidence)
            return
        if inject.unless is not None and inject.unless.do is not None and incident is not None:
            late = incident.done.get(inject.unless.do)
            rating: Rating = "U" if late is None else "M"
            evidence = (number,) if late is None else (number, late)
            yield Test(inject.id, Tested.CAME, inject.unless.do, rating, evidence)
        if incident is not None:
            for do in inject.expects:
                yield from self._expected(inject, incident, do, number)

    def _expected(self, inject: Inject, incident: IncidentTrace, do: str, number: int) -> Iterator[Test]:
        tasks = self._by_step.get(do, ())
        for name in tasks:
            reasons = [reason for reason in self._tasks[name].reasons if reason.incident == incident.id]
            rating = worst([reason.rating for reason in reasons])
            if rating is not None:
                decisive = next(reason for reason in reasons if reason.rating == rating)
                yield Test(inject.id, Tested.TASK, name, rating, decisive.evidence or (number,))
        if not tasks:
            done = incident.done.get(do)
            if done is not None:
                yield Test(inject.id, Tested.DONE, do, "P", (done,))
            else:
                yield Test(inject.id, Tested.NOT_DONE, do, "U", (number,))
