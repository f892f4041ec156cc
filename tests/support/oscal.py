"""Whether an OSCAL document is valid: by NIST's schema, and by what no schema says, that every reference resolves."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import regex
from jsonschema import Draft7Validator, ValidationError
from jsonschema.validators import extend

SCHEMA: Final = Path(__file__).parents[1] / "exports/oscal/schema/oscal_assessment-results_schema-1.2.1.json"

_DECLARED: Final[Mapping[str, str]] = {
    "resources": "resource",
    "parties": "party",
    "components": "component",
    "assessment-platforms": "platform",
    "tasks": "task",
    "observations": "observation",
    "findings": "finding",
    "results": "result",
}
"""The name of a list → what the objects with a `uuid` in it are."""

_REFERRED: Final[Mapping[str, str]] = {
    "party-uuids": "party",
    "observation-uuid": "observation",
    "task-uuid": "task",
    "component-uuid": "component",
    "role-id": "role",
    "role-ids": "role",
    "objective-id": "objective",
}
"""The name of a value → what it refers to."""

_TYPED: Final[Mapping[str, Mapping[str, str]]] = {
    "actor-uuid": {"tool": "component", "assessment-platform": "platform", "party": "party"},
    "subject-uuid": {"component": "component", "resource": "resource", "party": "party"},
    "target-id": {"objective-id": "objective"},
}
"""The name of a value → what it refers to, by the `type` beside it."""


def schema_errors(document: Any) -> list[str]:
    """What NIST's schema has against the document."""
    return [f"{error.json_path}: {error.message[:200]}" for error in _validator().iter_errors(document)]


@cache
def _validator() -> Draft7Validator:
    kind = extend(Draft7Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]  # its stubs leave it untyped
    return cast("Draft7Validator", kind(json.loads(SCHEMA.read_bytes())))


def _pattern(validator: Any, pattern: str, value: Any, _schema: Any) -> Iterator[ValidationError]:
    # ECMA 262 as JSON Schema has it: `\p{L}` is known, and `$` is the very end, not also before a last line break
    if validator.is_type(value, "string") and not regex.search(regex.sub(r"\$$", r"\\Z", pattern), value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def reference_errors(document: Any) -> list[str]:
    """References to nothing, ids given twice, and references of a sort that this does not know."""
    declared, referred, problems = Counter[tuple[str, str]](), [], []
    uuids: Counter[str] = Counter()
    for path, name, value, beside in _walk(document):
        if name == "uuid":
            uuids[value] += 1
            declared[(_sort(path), value)] += 1
        elif name == "id":
            declared[("role" if "roles" in path else "objective", value)] += 1
        elif name in _REFERRED:
            referred.append((path, _REFERRED[name], value))
        elif name in _TYPED:
            referred.append((path, _TYPED[name].get(str(beside.get("type")), "something unknown"), value))
        elif name in {"href", "control-id"}:
            referred += _further(path, name, value)
            if name == "control-id" and "include-controls" in path:
                declared[("control", value)] += 1
        elif name.endswith(("-uuid", "-uuids")):
            problems.append(f"{'/'.join(path)}: nobody knows what {name} refers to")
    problems += [f"{value}: given {times} times" for value, times in uuids.items() if times > 1]
    problems += [f"{sort} {value}: given {times} times" for (sort, value), times in declared.items() if times > 1]
    problems += [
        f"{'/'.join(path)}: no {sort} {value}" for path, sort, value in referred if (sort, value) not in declared
    ]
    return problems


def _further(path: tuple[str, ...], name: str, value: str) -> list[tuple[tuple[str, ...], str, str]]:
    if name == "control-id":
        return [(path, "control", value)] if "objectives-and-methods" in path else []
    return [(path, "resource", value[1:])] if value.startswith("#") else []


def _sort(path: tuple[str, ...]) -> str:
    lists = [part for part in path if part in _DECLARED]
    return _DECLARED[lists[-1]] if lists else "document"


def _walk(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str, str, Mapping[str, Any]]]:
    """Every string with the way to it, its name, and the object that it stands in."""
    if isinstance(value, dict):
        for name, part in value.items():
            for one in part if isinstance(part, list) else [part]:
                if isinstance(one, str):
                    yield (*path, name), name, one, value
                else:
                    yield from _walk(one, (*path, name))
