"""Views as JSON, and back: any frozen class of plain values, by the types of its fields and nothing else."""

from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from incidentsim.domain.facts import Json

T = TypeVar("T")


def to_json(view: object) -> Json:
    """A view as objects, arrays, strings, numbers, booleans and null; every field under its own name.

    Raises:
        TypeError: it holds something that is no plain value.
    """
    if is_dataclass(view) and not isinstance(view, type):
        return _plain(asdict(view))
    return _plain(view)


def _plain(value: object) -> Json:
    if value is None or isinstance(value, bool | int) or type(value) is str:
        return value
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):  # a view inside a view
        return {str(name): _plain(part) for name, part in value.items()}
    message = f"A {type(value).__name__} is no plain value."
    raise TypeError(message)


def from_json(kind: type[T], value: Json) -> T:
    """The view of this class that `to_json` gave `value` for.

    Raises:
        ValueError: it is not of this shape.
    """
    return cast("T", _read(kind, value))


def _read(kind: Any, value: Json) -> object:  # noqa: ANN401 - a type, or what typing makes of one
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        return _either(get_args(kind), value)
    if origin is tuple:
        return _several(get_args(kind), value)
    if origin is Literal:
        return _checked(value, ok=value in get_args(kind), kind=kind)
    if is_dataclass(kind):
        return _whole(kind, value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return _checked(value, ok=type(value) is kind, kind=kind)


def _either(kinds: tuple[Any, ...], value: Json) -> object:
    if value is None and NoneType in kinds:
        return None
    (kind,) = [one for one in kinds if one is not NoneType]
    return _read(kind, value)


def _several(kinds: tuple[Any, ...], value: Json) -> object:
    items = value if isinstance(value, list) else []
    _checked(value, ok=isinstance(value, list), kind=kinds)
    if len(kinds) == 2 and kinds[1] is Ellipsis:  # noqa: PLR2004 - as tuple[T, ...] is written
        return tuple(_read(kinds[0], item) for item in items)
    return tuple(_read(kind, item) for kind, item in zip(kinds, items, strict=True))


def _whole(kind: Any, value: Json) -> object:  # noqa: ANN401 - a class
    parts = value if isinstance(value, Mapping) else {}
    hints = _hints(kind)
    _checked(value, ok=set(parts) == set(hints), kind=kind)
    return kind(**{name: _read(hint, parts[name]) for name, hint in hints.items()})


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _checked(value: Json, *, ok: bool, kind: object) -> Json:
    if not ok:
        message = f"This is no {kind}: {value!r:.80}"
        raise ValueError(message)
    return value
