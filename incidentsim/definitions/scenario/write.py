"""Writing a scenario as YAML: the same shape always gives the same bytes, and reading them gives the shape back."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from incidentsim.definitions.formats.scenario import ScenarioShape
from incidentsim.definitions.yaml12.writer import one_line, scalar

_WIDTH: Final = 100
_STEP: Final = "  "


def scenario_to_yaml(shape: ScenarioShape) -> bytes:
    """The scenario file that `shape` is the content of: UTF-8, one line feed a line, keys in the format's order.

    What is left at its default is left out. A string that some YAML reader could take for something else stands
    in quotes.
    """
    value = shape.model_dump(by_alias=True, exclude_defaults=True)
    return ("\n".join(_mapping(value, "")) + "\n").encode()


def _mapping(value: Mapping[Any, Any], indent: str) -> Iterator[str]:
    for key, held in value.items():
        yield from _entry(f"{indent}{scalar(key)}:", held, indent + _STEP)


def _entry(head: str, held: Any, indent: str) -> Iterator[str]:  # noqa: ANN401 - plain data
    """`head`, a key with its colon, and what it holds: behind it where that is short, else below."""
    if not isinstance(held, dict | list) or not held or _fits(head, held):
        yield f"{head} {one_line(held)}"
        return
    yield head
    yield from _mapping(held, indent) if isinstance(held, dict) else _list(held, indent)


def _list(value: list[Any], indent: str) -> Iterator[str]:
    for item in value:
        lead = f"{indent}- "
        if not isinstance(item, dict | list) or not item or _fits(lead, item):
            yield lead + one_line(item)
            continue
        below = indent + _STEP
        lines = list(_mapping(item, below) if isinstance(item, dict) else _list(item, below))
        yield lead + lines[0][len(below) :]
        yield from lines[1:]


def _fits(head: str, value: Any) -> bool:  # noqa: ANN401 - plain data
    """Whether a mapping or list is small enough to be read at a glance on the line of its key."""
    held = list(value.values()) if isinstance(value, dict) else value
    if any(isinstance(item, dict | list) and _holds_structure(item) for item in held):
        return False
    return len(head) + 1 + len(one_line(value)) <= _WIDTH


def _holds_structure(value: Any) -> bool:  # noqa: ANN401 - plain data
    held = value.values() if isinstance(value, dict) else value
    return any(isinstance(item, dict | list) for item in held)
