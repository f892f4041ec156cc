"""Finding the rules that a fact concerns, and compiling conditions, both once a playbook."""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from incidentsim.domain.conditions import (
    All,
    AnyOf,
    Condition,
    Happened,
    LevelAtLeast,
    Not,
    Pattern,
    RoleIs,
    TrackIs,
)
from incidentsim.domain.facts import Fact, Json, matches
from incidentsim.domain.playbook import Playbook
from incidentsim.exercise.state import IncidentState

T = TypeVar("T")

Test = Callable[[IncidentState, int, str | None], bool]
"""A compiled condition: asks about an incident, the time now (ms) and the role that acts."""

_Key = tuple[str, Json, Json, Json, Json, Json, Json]


class PatternIndex(Generic[T]):
    """Rules by the patterns that wake them, in the order they were given.

    The parts that vary little (kind, step, track, state, duty, circumstance, kind of refusal) are looked up once
    and remembered; only the rest is compared for each fact.
    """

    def __init__(self, rules: Iterable[tuple[Pattern, T]]) -> None:
        self._rules = tuple(rules)
        self._kinds = frozenset(pattern.kind for pattern, _ in self._rules)
        self._known: dict[_Key, tuple[tuple[Pattern, T], ...]] = {}

    def concerned(self, fact: Fact) -> list[T]:
        """The rules whose pattern `fact` matches; one that matches by two patterns comes once."""
        if fact.kind not in self._kinds:
            return []
        data = fact.data
        key = (
            fact.kind,
            data.get("do"),
            data.get("track"),
            data.get("to") if fact.kind == "step_taken" else None,
            data.get("duty"),
            data.get("circumstance"),
            data.get("why"),
        )
        near = self._known.get(key)
        if near is None:
            near = tuple((pattern, rule) for pattern, rule in self._rules if _may_match(pattern, key))
            self._known[key] = near
        found: list[T] = []
        for pattern, rule in near:
            if matches(pattern, fact) and not any(rule is other for other in found):
                found.append(rule)
        return found


def _may_match(pattern: Pattern, key: _Key) -> bool:
    kind, do, track, state, duty, circumstance, why = key
    return pattern.kind == kind and all(
        wanted is None or wanted == found
        for wanted, found in (
            (pattern.do, do),
            (pattern.track, track),
            (pattern.state, state),
            (pattern.duty, duty),
            (pattern.circumstance, circumstance),
            (pattern.why, why),
        )
    )


def compile_condition(condition: Condition, playbook: Playbook) -> Test:
    """The condition as a function; bodies named by a `RoleIs` are taken apart into roles."""
    match condition:
        case All(parts):
            return _compile_all(tuple(compile_condition(part, playbook) for part in parts))
        case AnyOf(parts):
            tests = tuple(compile_condition(part, playbook) for part in parts)
            return lambda incident, now, role: any(test(incident, now, role) for test in tests)
        case Not(part):
            test = compile_condition(part, playbook)
            return lambda incident, now, role: not test(incident, now, role)
        case TrackIs(track, states):
            wanted = frozenset(states)
            return lambda incident, now, role: incident.tracks[track] in wanted  # noqa: ARG005 - one signature
        case LevelAtLeast(level):
            return lambda incident, now, role: incident.level is not None and incident.level <= level  # noqa: ARG005
        case RoleIs(roles):
            held = frozenset(name for role in roles for name in playbook.roles_of(role))
            return lambda incident, now, role: role in held  # noqa: ARG005 - one signature
        case Happened(pattern, within):
            return lambda incident, now, role: _happened(incident, now, pattern, within)  # noqa: ARG005
    raise TypeError(f"not a condition: {condition!r}")  # pragma: no cover - the union is closed


def _compile_all(tests: tuple[Test, ...]) -> Test:
    if not tests:
        return lambda incident, now, role: True  # noqa: ARG005 - one signature
    if len(tests) == 1:
        return tests[0]
    return lambda incident, now, role: all(test(incident, now, role) for test in tests)


def _happened(incident: IncidentState, now: int, pattern: Pattern, within: int | None) -> bool:
    for fact in reversed(incident.facts):
        if within is not None and fact.at < now - within:
            return False
        if matches(pattern, fact):
            return True
    return False


def wakes(condition: Condition) -> frozenset[str]:
    """The kinds of fact that can make the condition true."""
    match condition:
        case All(parts) | AnyOf(parts):
            return frozenset().union(*(wakes(part) for part in parts))
        case Not(part):
            return wakes(part)
        case TrackIs():
            return frozenset({"step_taken", "incident_raised"})
        case LevelAtLeast():
            return frozenset({"level_set"})
        case Happened(pattern, _):
            return frozenset({pattern.kind})
        case _:
            return frozenset()


def unmet(condition: Condition, test: Callable[[Condition], bool]) -> list[str]:
    """What is missing for the condition, as short codes such as `legality:lawful`; empty where it holds."""
    if test(condition):
        return []
    match condition:
        case All(parts):
            return [code for part in parts for code in unmet(part, test)]
        case AnyOf(parts):
            return [code for part in parts for code in unmet(part, test)]
        case TrackIs(track, states):
            return [f"{track}:{state}" for state in states]
        case LevelAtLeast(level):
            return [f"level:{level}"]
        case RoleIs(roles):
            return [f"role:{role}" for role in roles]
        case Happened(pattern, _):
            return [":".join(["fact", *(str(part) for part in pattern.parts().values())])]
        case Not(part):
            return [_negated(code) for code in unmet(part, lambda _: False)]
    raise TypeError(f"not a condition: {condition!r}")  # pragma: no cover - the union is closed


def _negated(code: str) -> str:
    return code.removeprefix("not:") if code.startswith("not:") else f"not:{code}"


def tracks_named(condition: Condition) -> tuple[str, ...]:
    """The tracks that the condition looks at, each once, in order."""
    match condition:
        case All(parts) | AnyOf(parts):
            return tuple(dict.fromkeys(track for part in parts for track in tracks_named(part)))
        case Not(part):
            return tracks_named(part)
        case TrackIs(track, _):
            return (track,)
        case _:
            return ()
