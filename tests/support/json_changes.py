"""Ways to change a JSON value, at every place in it: what a field says, whether it is there, and how it is written."""

import json
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

Place = tuple[str | int, ...]
"""The keys that lead to a part of a value, one after the other."""


@dataclass(frozen=True)
class Raw:
    """Stands in a value for what is written exactly so, JSON or not."""

    text: str


GONE: Final = object()
"""Stands in place of what is to be left out."""


def written(value: Any) -> str:
    """The value as canonical JSON, but for what is to be written otherwise."""
    if isinstance(value, Raw):
        return value.text
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{_key(key)}:{written(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _key(key: str) -> str:
    return json.dumps(key, ensure_ascii=False)


def places(value: Any, at: Place = ()) -> Iterator[Place]:
    """Every place in a value, the whole of it first."""
    yield at
    parts = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in parts:
        yield from places(inner, (*at, key))


def at_place(value: Any, place: Place) -> Any:
    """What stands there."""
    for key in place:
        value = value[key]
    return value


def with_other(value: Any, place: Place, other: Any) -> Any:
    """A copy in which something else stands there, or nothing."""
    if not place:
        return other
    copied = deepcopy(value)
    *way, last = place
    holder = at_place(copied, tuple(way))
    if other is GONE:
        del holder[last]
    else:
        holder[last] = other
    return copied


def changes(value: Any) -> dict[str, Any]:
    """Other values and other ways to write this one, by what they are; most of them are wrong anywhere in a record."""
    always = {
        "as null": None if value is not None else 0,
        "in a list": [value],
        "a space before": Raw(" " + written(value)),
    }
    match value:
        case bool():
            return {"the opposite": not value, "as a number": int(value), **always}
        case int():
            return {
                "one more": value + 1,
                "negative": -value - 1,
                "with a fraction": Raw(f"{value}.0"),
                "with an exponent": Raw(f"{value}e0"),
                "as text": str(value),
                "too large": 2**53,
                "far too large": 10**30,
                "as true": True,
                "no number": Raw("NaN"),
                "with a zero before": Raw(f"0{value}"),
                **always,
            }
        case str():
            return {
                "longer": value + "x",
                "empty": "",
                "as a number": 1,
                "in capitals": value.upper() if value.upper() != value else value + "X",
                "escaped": Raw(f'"\\u{ord(value[0]):04x}{written(value[1:])[1:]}') if value else Raw('"\\u0041"'),
                "half a character": Raw(written(value)[:-1] + '\\ud800"'),
                "a line end": value + "\n",
                "a control character": Raw(written(value)[:-1] + '\x01"'),
                "what looks alike": value.replace("e", "е") if "e" in value else value + "е",
                **always,
            }
        case Mapping():
            turned = "{" + ",".join(f"{_key(key)}:{written(value[key])}" for key in sorted(value)[::-1]) + "}"
            doubled = written(value)[:-1] + "," + written(value)[1:] if value else '{"a":1,"a":1}'
            return {
                "a part more": {**value, "zz": 1},
                "a part with a foreign name": {**value, "é": 1},
                "keys turned round": Raw(turned if len(value) > 1 else turned.replace(":", ": ", 1)),
                "every part twice": Raw(doubled),
                "nothing in it": {},
                **always,
            }
        case list():
            return {
                "one more": [*value, 1],
                "turned round": value[::-1] if value[::-1] != value else [*value, *value],
                **always,
            }
        case _:
            return {
                "as false": False,
                "as text": "null",
                "empty": "",
                "in a list": [value],
                "a space before": Raw(" null"),
            }


def tampered(value: Any) -> Iterator[tuple[Place, str, str]]:
    """Every change at every place: where, which, and the value as it is then written."""
    for place in places(value):
        for name, other in changes(at_place(value, place)).items():
            yield place, name, written(with_other(value, place, other))
        if place:
            yield place, "gone", written(with_other(value, place, GONE))
            if isinstance(place[-1], str):
                renamed = with_other(value, place, GONE)
                at_place(renamed, place[:-1])[place[-1] + "_"] = at_place(value, place)
                yield place, "under another name", written(renamed)


def pointer(place: Place) -> str:
    """How a place is called in the name of a test."""
    return "/" + "/".join(map(str, place))


def rotating(found: Sequence[tuple[Place, str, str]], count: int) -> list[tuple[Place, str, str]]:
    """So many of the changes at each place, others at each, so that every change and every place is among them."""
    by_place: dict[Place, list[tuple[Place, str, str]]] = {}
    for change in found:
        by_place.setdefault(change[0], []).append(change)
    chosen = []
    for number, there in enumerate(by_place.values()):
        chosen += [there[(number * count + more) % len(there)] for more in range(min(count, len(there)))]
    return chosen
