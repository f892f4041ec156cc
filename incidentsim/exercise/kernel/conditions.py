"""Conditions: compiled once a playbook, the facts that wake them, and what is missing where they do not hold."""

from collections.abc import Callable

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
from incidentsim.domain.facts import FactKind
from incidentsim.domain.facts.patterns import matches
from incidentsim.domain.playbook import Playbook
from incidentsim.exercise.kernel.state import IncidentState

Test = Callable[[IncidentState, int, str | None], bool]
"""A compiled condition: asks about an incident, the time now (ms) and the role that acts."""


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

    def every(incident: IncidentState, now: int, role: str | None) -> bool:
        for test in tests:  # noqa: SIM110 - `all` over a generator takes three times as long
            if not test(incident, now, role):
                return False
        return True

    return every


def _happened(incident: IncidentState, now: int, pattern: Pattern, within: int | None) -> bool:
    for fact in reversed(incident.facts):
        if within is not None and fact.at < now - within:
            return False
        if matches(pattern, fact):
            return True
    return False


def wakes(condition: Condition) -> frozenset[FactKind]:
    """The kinds of fact that can make the condition true."""
    match condition:
        case All(parts) | AnyOf(parts):
            return frozenset().union(*(wakes(part) for part in parts))
        case Not(part):
            return wakes(part)
        case TrackIs():
            return frozenset({FactKind.STEP_TAKEN, FactKind.INCIDENT_RAISED})
        case LevelAtLeast():
            return frozenset({FactKind.LEVEL_SET})
        case Happened(pattern, _):
            return frozenset({pattern.kind})
        case _:
            return frozenset()


def unmet(condition: Condition, test: Callable[[Condition], bool]) -> list[str]:
    """Return what the condition lacks, as short codes such as `legality:lawful`; empty where `test` says it holds.

    The code of something that must not be so begins with `not:`.
    """
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
