"""The parts of a playbook that say how an exercise is evaluated, every name in them checked."""

from collections.abc import Sequence
from typing import Final

from incidentsim.definitions.formats.common import PatternShape
from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.definitions.formats.evaluation import ChallengeShape, MetricShape, ObjectiveShape, TaskShape
from incidentsim.definitions.formats.values import text
from incidentsim.definitions.rules.rules import RuleChecker
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.evaluation import (
    Challenge,
    ElapsedRule,
    ImprovementRule,
    Lacking,
    Late,
    LevelOff,
    MetricRule,
    Misjudged,
    Missed,
    Objective,
    Occurred,
    OrderRule,
    OutOfOrder,
    Task,
    Unasked,
)
from incidentsim.domain.facts import FactKind
from incidentsim.messages import gettext as _

_KINDS: Final = tuple(name for name in ChallengeShape.model_fields if name != "beyond")


def metrics(checker: RuleChecker) -> dict[str, MetricRule]:
    """Return the rules by which a run is measured, by the metric's id; faulty ones are noted and left out."""
    found = ((name, _metric(checker, name, shape)) for name, shape in checker.shape.metrics.items())
    return {name: metric for name, metric in found if metric is not None}


def _metric(checker: RuleChecker, name: str, shape: MetricShape) -> MetricRule | None:
    path: Path = ("metrics", name)
    basis = checker.basis(shape, path)
    patterns = {
        key: checker.patterns(getattr(shape, field), (*path, key))
        for key, field in (("from", "from_"), ("to", "to"), ("first", "first"), ("then", "then"), ("when", "when"))
    }
    given = {key for key, field in (("from", "from_"), ("to", "to"), ("first", "first"), ("then", "then"))
             if getattr(shape, field) is not None}  # fmt: skip
    if given == {"from", "to"} and shape.when is None:
        return ElapsedRule(name, text(shape.title), basis, patterns["from"], patterns["to"])
    if given == {"first", "then"}:
        return OrderRule(name, text(shape.title), basis, patterns["first"], patterns["then"], patterns["when"])
    message = _("A metric is a time, with from and to, or an order, with first and then (and when, if need be).")
    checker.findings.add(path, message, key=True)
    return None


def objectives(checker: RuleChecker) -> dict[str, Objective]:
    """The objectives and their critical tasks, whose ids are unique in the playbook."""
    found: dict[str, Objective] = {}
    seen: set[str] = set()
    for name, shape in checker.shape.objectives.items():
        path: Path = ("objectives", name)
        tasks = _tasks(checker, shape, path, seen)
        found[name] = Objective(name, text(shape.title), checker.basis(shape, path), tasks)
    return found


def _tasks(checker: RuleChecker, shape: ObjectiveShape, path: Path, seen: set[str]) -> dict[str, Task]:
    found: dict[str, Task] = {}
    for index, task in enumerate(shape.tasks):
        at = (*path, "tasks", index)
        if task.id in seen:
            checker.findings.add(
                (*at, "id"), _("There is another task {name}; give this one an id of its own.").format(name=task.id)
            )
        seen.add(task.id)
        found[task.id] = _task(checker, task, at)
    return found


def _task(checker: RuleChecker, shape: TaskShape, path: Path) -> Task:
    checker.role((*path, "owner"), shape.owner)
    under = (*path, "challenges")
    return Task(
        id=shape.id,
        title=text(shape.title),
        basis=checker.basis(shape, path),
        performed=checker.patterns(shape.performed, (*path, "performed")),
        owner=shape.owner,
        poete=shape.poete,
        cause=text(shape.cause),
        when=checker.patterns(shape.when, (*path, "when")),
        truth=dict(shape.truth),
        some=_challenges(checker, shape.challenges.some, (*under, "some")),
        major=_challenges(checker, shape.challenges.major, (*under, "major")),
        unable=_challenges(checker, shape.challenges.unable, (*under, "unable")),
    )


def _challenges(checker: RuleChecker, shapes: Sequence[ChallengeShape], path: Path) -> tuple[Challenge, ...]:
    found = (_challenge(checker, shape, (*path, index)) for index, shape in enumerate(shapes))
    return tuple(challenge for challenge in found if challenge is not None)


def _challenge(checker: RuleChecker, shape: ChallengeShape, path: Path) -> Challenge | None:
    given = [name for name in _KINDS if getattr(shape, name) is not None]
    if len(given) != 1 or (shape.beyond is not None and given != ["late"]):
        message = _("A challenge has just one of the keys {valid}; beyond stands beside late only.")
        checker.findings.add(path, message.format(valid=", ".join(_KINDS)))
        return None
    if shape.late is not None:
        checker.known((*path, "late"), _("duty"), shape.late, checker.names.duties)
        return Late(shape.late, parse_duration(shape.beyond) if shape.beyond is not None else 0)
    if shape.missed is not None:
        checker.known((*path, "missed"), _("duty"), shape.missed, checker.names.duties)
        return Missed(shape.missed)
    if shape.level_error is not None:
        return LevelOff(shape.level_error.at_least, shape.level_error.at_most)
    if shape.misjudged is not None:
        checker.known((*path, "misjudged"), _("step"), shape.misjudged, checker.names.steps)
        return Misjudged(shape.misjudged)
    if shape.unasked is not None:
        checker.known((*path, "unasked"), _("step"), shape.unasked, checker.names.steps)
        return Unasked(shape.unasked)
    return _by_pattern(checker, shape, path)


def _by_pattern(checker: RuleChecker, shape: ChallengeShape, path: Path) -> Challenge | None:
    if shape.before is not None:
        first, then = (checker.pattern(one, (*path, "before", n)) for n, one in enumerate(shape.before))
        return OutOfOrder(first, then) if first is not None and then is not None else None
    if shape.refused is not None:
        refused = PatternShape(**{**shape.refused.model_dump(), "fact": shape.refused.fact or FactKind.REFUSED})
        pattern = checker.pattern(refused, (*path, "refused"))
        return Occurred(pattern) if pattern is not None else None
    if shape.happened is not None:
        pattern = checker.pattern(shape.happened, (*path, "happened"))
        return Occurred(pattern) if pattern is not None else None
    if shape.never is not None:
        pattern = checker.pattern(shape.never, (*path, "never"))
        return Lacking(pattern) if pattern is not None else None
    return None


def improvements(checker: RuleChecker) -> ImprovementRule | None:
    """Return the rule for when improvements are due (ms after the exercise, by rating); `None` where there is none."""
    shape = checker.shape.improvements
    if shape is None:
        return None
    due = shape.due
    within = {"S": parse_duration(due.S), "M": parse_duration(due.M), "U": parse_duration(due.U)}
    return ImprovementRule(within, checker.basis(shape, ("improvements",)))  # type: ignore[arg-type]  # keys are ratings
