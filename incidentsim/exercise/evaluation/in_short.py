"""An evaluation in five lines: what happened, what went well, the one thing, and ratings, people's apart from bots'.

Of a table with people only what is theirs is told first; where nobody is known to have played, everything is one.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.evaluation import RATINGS, Rating, Task
from incidentsim.domain.facts import StepTaken
from incidentsim.exercise.evaluation.decisions.judging import Judged
from incidentsim.exercise.evaluation.decisions.kinds import DecisionError
from incidentsim.exercise.evaluation.ratings import ObjectiveRating, TaskRating
from incidentsim.exercise.evaluation.trace import Trace

MOST_STRENGTHS: Final = 3


@dataclass(frozen=True, slots=True)
class Course:
    """The course of one incident: facts by which it was first acted on, last graded, and came to where it stood last.

    `level` is what it was graded last; each is `None` where that did not happen.
    """

    incident: str
    begun: int | None
    graded: int | None
    level: int | None
    state: str
    ended: int | None


@dataclass(frozen=True, slots=True)
class InShort:
    """An evaluation in short.

    Attributes:
        played: whether people are known to have played; then `strengths`, `thing` and `ratings` are theirs.
        courses: the course of each incident that could be noticed.
        strengths: the tasks performed without challenges that say most, at most three.
        thing: the error that matters most; `None` where there is none.
        errors: how many errors there are that nothing else explains.
        ratings: how many tasks have each rating.
        bots: the same of bots' tasks; empty where nobody is known to have played.
        coached: whether the coach helped anybody.
        hints: the numbers of the facts by which it gave hints.
        told: how many tasks were performed only after a hint had said what to do.
    """

    played: bool
    courses: tuple[Course, ...]
    strengths: tuple[TaskRating, ...]
    thing: DecisionError | None
    errors: int
    ratings: Mapping[Rating, int]
    bots: Mapping[Rating, int]
    coached: bool = False
    hints: tuple[int, ...] = ()
    told: int = 0


def in_short(trace: Trace, objectives: tuple[ObjectiveRating, ...], judged: Judged, *, played: bool) -> InShort:
    """Put an evaluation in short; `played` says whether people are known to have played."""
    tasks = [task for objective in objectives for task in objective.tasks]
    ours = [task for task in tasks if task.by_people is not False]
    errors = [error for error in judged.errors if error.by_people is not False]
    book = trace.playbook.tasks
    telling = _Telling(trace)
    well = sorted(
        (task for task in ours if task.rating == "P"), key=lambda task: not telling.says_much(book[task.task])
    )
    return InShort(
        played=played,
        courses=tuple(_courses(trace)),
        strengths=tuple(well[:MOST_STRENGTHS]),
        thing=errors[0] if errors else None,
        errors=len(errors),
        ratings=_counted(ours),
        bots=_counted([task for task in tasks if task.by_people is False]),
        coached=bool(trace.coached or trace.hints),
        hints=tuple(trace.hints),
        told=sum(task.hints is not None and task.hints.told_what_to_do for task in ours),
    )


def _counted(tasks: list[TaskRating]) -> dict[Rating, int]:
    counts = Counter(task.rating for task in tasks)
    return {rating: counts[rating] for rating in RATINGS if counts[rating]}


def _courses(trace: Trace) -> "list[Course]":
    main = trace.playbook.main_track
    courses = []
    for incident in trace.incidents.values():
        if incident.raised is None:
            continue
        facts = [(number, trace.facts[number]) for number in incident.steps]
        acted = [number for number, fact in facts if isinstance(fact, StepTaken) and fact.by is not None]
        moved = [
            number
            for number, fact in facts
            if isinstance(fact, StepTaken) and fact.track == main.id and fact.source != fact.target
        ]
        courses.append(
            Course(
                incident.id,
                acted[0] if acted else None,
                incident.last_graded,
                incident.level,
                incident.places[main.id],
                moved[-1] if moved else None,
            )
        )
    return courses


class _Telling:
    """Which tasks say most: those by which something is judged, or somebody is told."""

    def __init__(self, trace: Trace) -> None:
        self._saying = {
            step.do
            for track in trace.playbook.tracks.values()
            for step in track.steps
            if step.fits or step.sets_level or track.tells
        }

    def says_much(self, task: Task) -> bool:
        return any(pattern.do in self._saying for pattern in task.performed)
