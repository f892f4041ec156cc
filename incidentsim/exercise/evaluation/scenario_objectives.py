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
from incidentsim.exercise.evaluation.whose import Whose


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
    """The word of one inject on an objective: how it tells, about which step or task, with which facts.

    `by_people` is whether it is about what people at the table did or had to do; `None` where nobody is known to have
    played.
    """

    inject: str
    how: Tested
    subject: str
    rating: Rating
    evidence: tuple[int, ...]
    by_people: bool | None = None


@dataclass(frozen=True, slots=True)
class ScenarioObjective:
    """An objective of the scenario by its place among them, its rating, and the tests that decide it.

    The rating is that of the worst test; `None` where none of its injects came, and none was prevented.
    """

    number: int
    rating: Rating | None
    tests: tuple[Test, ...]

    @property
    def of_people(self) -> Rating | None:
        """The rating by what people at the table did of it; the same where nobody is known to have played."""
        return worst([test.rating for test in self.tests if test.by_people is not False])


def scenario_objectives(
    trace: Trace, objectives: tuple[ObjectiveRating, ...], whose: Whose
) -> tuple[ScenarioObjective, ...]:
    """Rate every objective of the scenario, in its order; `objectives` are the rated ones of the playbook.

    `whose` says what was people's to do.
    """
    wanted = {name for objective in trace.scenario.objectives for name in objective.tested_by}
    if not wanted:
        return tuple(ScenarioObjective(number, None, ()) for number, _one in enumerate(trace.scenario.objectives))
    arrived: dict[str, int] = {}
    for number, fact in enumerate(trace.facts):
        if isinstance(fact, InjectDelivered | InjectWithheld) and fact.inject in wanted:
            arrived.setdefault(fact.inject, number)
    injects = {inject.id: inject for inject in trace.scenario.injects}
    tasks = {task.task: task for objective in objectives for task in objective.tasks}
    tester = _Tester(trace, arrived, tasks, whose)
    rated = []
    for number, objective in enumerate(trace.scenario.objectives):
        tests = tuple(test for name in objective.tested_by if name in injects for test in tester.tests(injects[name]))
        rated.append(ScenarioObjective(number, worst([test.rating for test in tests]), tests))
    return tuple(rated)


class _Tester:
    def __init__(self, trace: Trace, arrived: Mapping[str, int], tasks: Mapping[str, TaskRating], whose: Whose) -> None:
        self._trace = trace
        self._whose = whose
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
                kept = inject.unless.do
                done = incident.done.get(kept) if incident is not None else None
                evidence = (number,) if done is None else (done, number)
                yield Test(inject.id, Tested.PREVENTED, kept, "P", evidence, self._ours(kept, done))
            return
        if inject.unless is not None and inject.unless.do is not None and incident is not None:
            missed = inject.unless.do
            late = incident.done.get(missed)
            rating: Rating = "U" if late is None else "M"
            evidence = (number,) if late is None else (number, late)
            yield Test(inject.id, Tested.CAME, missed, rating, evidence, self._ours(missed, late))
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
                ours = self._tasks[name].by_people
                yield Test(inject.id, Tested.TASK, name, rating, decisive.evidence or (number,), ours)
        if not tasks:
            done = incident.done.get(do)
            if done is not None:
                yield Test(inject.id, Tested.DONE, do, "P", (done,), self._ours(do, done))
            else:
                yield Test(inject.id, Tested.NOT_DONE, do, "U", (number,), self._ours(do, None))

    def _ours(self, do: str, done: int | None) -> bool | None:
        """Whether people took a step, or had to where nobody did."""
        ours = self._whose.fact(done) if done is not None else None
        return ours if ours is not None else self._whose.hold(self._whose.doing(do))
