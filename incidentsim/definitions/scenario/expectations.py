"""What a scenario expects of its end, each expectation beside the words its author wrote."""

from incidentsim.definitions.formats.common import PatternShape
from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.definitions.formats.scenario import (
    CountShape,
    CountsShape,
    EndsAtLevelShape,
    EndsInShape,
    ExpectationShape,
    NeverShape,
    OccursShape,
    OrderShape,
    ScenarioShape,
)
from incidentsim.definitions.rules.conditions import Checker
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.definitions.yaml12.writer import one_line
from incidentsim.domain.scenario import (
    Counts,
    EndsAtLevel,
    EndsIn,
    Expectation,
    Expected,
    InOrder,
    NeverOccurs,
    Occurs,
)
from incidentsim.messages import gettext as _


def expectations(checker: Checker, shape: ScenarioShape) -> tuple[Expectation, ...]:
    """The expectations, in the order of the file; several counts in one mapping become one each."""
    found: list[Expectation] = []
    for index, written in enumerate(shape.expect):
        path: Path = ("expect", index)
        words = one_line(written.model_dump(by_alias=True, exclude_unset=True))
        found.extend(Expectation(words, expected) for expected in _expected(checker, written, path))
    return tuple(found)


def _expected(checker: Checker, shape: ExpectationShape, path: Path) -> list[Expected]:
    match shape:
        case EndsInShape():
            _incident(checker, shape.incident, path)
            if checker.track((*path, "track"), shape.track):
                checker.state((*path, "ends_in"), shape.track, shape.ends_in)
            return [EndsIn(shape.incident, shape.track, shape.ends_in)]
        case EndsAtLevelShape():
            _incident(checker, shape.incident, path)
            if isinstance(shape.ends_at_level, str):
                return [EndsAtLevel(shape.incident, None)]
            checker.level((*path, "ends_at_level"), shape.ends_at_level)
            return [EndsAtLevel(shape.incident, shape.ends_at_level)]
        case NeverShape():
            never = checker.pattern(shape.never, (*path, "never"), must_match=False)
            return [NeverOccurs(never)] if never else []
        case OrderShape():
            order = [checker.pattern(one, (*path, "order", index)) for index, one in enumerate(shape.order)]
            return [InOrder(tuple(pattern for pattern in order if pattern is not None))]
        case CountsShape():
            return _counts(checker, shape, path)
        case OccursShape():
            return _occurs(checker, shape, path)


def _incident(checker: Checker, name: str, path: Path) -> None:
    checker.known((*path, "incident"), _("incident"), name, checker.names.incidents)


def _occurs(checker: Checker, shape: OccursShape, path: Path) -> list[Expected]:
    parts = {name: getattr(shape, name) for name in PatternShape.model_fields}
    pattern = checker.pattern(PatternShape(**parts), path)
    since = checker.pattern(shape.since, (*path, "since")) if shape.since else None
    if shape.since is not None and shape.within is None:
        checker.findings.add((*path, "since"), _("The key since belongs to within, which is missing."), key=True)
    within = parse_duration(shape.within) if shape.within is not None else None
    return [Occurs(pattern, within, since)] if pattern else []


def _counts(checker: Checker, shape: CountsShape, path: Path) -> list[Expected]:
    counts: list[Expected] = []
    for what in ("refusals", "escalations", "breaches"):
        count: int | CountShape | None = getattr(shape, what)
        if count is None:
            continue
        if isinstance(count, int):
            counts.append(Counts(what, count, count))
            continue
        at = (*path, what)
        if count.at_least is None and count.at_most is None:
            checker.findings.add(at, _("Say how many: a number, at_least, or at_most."), key=True)
        if count.at_least is not None and count.at_most is not None and count.at_least > count.at_most:
            checker.findings.add(
                at,
                _("No number is at least {least} and at most {most}.").format(least=count.at_least, most=count.at_most),
                key=True,
            )
        counts.append(Counts(what, count.at_least or 0, count.at_most))
    if not counts:
        checker.findings.add(path, _("Say how many: a number, at_least, or at_most."))
    return counts
