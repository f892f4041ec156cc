"""Edits of the tree that a JSON or YAML text stands for: the gate lets the result pass, so that it gets further in.

A path is drawn from the root; only what lies on it is made anew, so that an edit of a large file costs little.
"""

import json
from functools import lru_cache
from random import Random
from typing import Any, Final

import yaml

LEAVES: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, -1, 1, 2, 255, 2**31, 2**53 - 1, 2**53, -(2**53), 2**63, 2**64, 10**400, 1.5, 1e308),
    *(
        "",
        " ",
        "x",
        "X" * 300,
        "a b",
        "id-1",
        "no",
        "~",
        "2h",
        "-2h",
        "0m",
        "99999d",
        "1d 25h",
        "P1D",
        "09:00",
        "24:00",
    ),
    *(
        "2026-02-30",
        "2026-10-25T02:30",
        "Europe/Berlin",
        "Nowhere/Land",
        "*",
        "any",
        "last",
        "\x00",
        "\x1b[2J",
        "\ud800",
    ),
    *("\u202e", "\u200b", "e\u0301", "\U0001f600", "话", "=cmd()", "[bold]x[/]", "<b>", "{x}", "%s", "$.a", "../x"),
    *([], {}, [[]], [None], {"": None}, {"en": "x", "zh": "话"}, {"en": ""}, [1, 1], ["x", "x"], {"text": {"en": 1}}),
)
"""What to put in the place of a value."""

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_PARSED: Final = 200_000


def edited_tree(data: bytes, other: bytes, random: Random) -> bytes:
    """Edit one or several places; what is no tree comes back as it is."""
    tree, lines = _parsed(data)
    if tree is _NO_TREE:
        return data
    giver = _parsed(other)[0]
    for _time in range(random.choice((1, 1, 2, 3))):
        tree = edited(tree, giver, random)
    return _written(tree, lines=lines, random=random)


class _NoTree:
    """Stands for what cannot be parsed."""


_NO_TREE: Final = _NoTree()


@lru_cache(maxsize=64)
def _parsed(data: bytes) -> tuple[Any, bool]:
    """The tree, and whether it is one value a line. It is shared: nobody may change it."""
    if len(data) > _MOST_PARSED:
        return _NO_TREE, False
    if data.startswith(b"{") and data.count(b"\n") > 1:
        try:
            return [json.loads(line) for line in data.splitlines()], True
        except (ValueError, RecursionError):
            pass
    try:
        return json.loads(data), False
    except (ValueError, RecursionError):
        pass
    if data.count(b"[") + data.count(b"{") > 2_000:  # PyYAML calls itself for every level
        return _NO_TREE, False
    try:
        return yaml.load(data, _LOADER), False  # noqa: S506 - a safe loader
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, RecursionError, KeyError):
        return _NO_TREE, False


def edited(tree: Any, giver: Any, random: Random) -> Any:
    """A tree with one edit, at a place that is deep more often than not; `giver` is another, to take branches from."""
    if isinstance(tree, dict) and tree and random.random() < 0.9:
        key = random.choice(list(tree))
        return {name: edited(value, giver, random) if name is key else value for name, value in tree.items()}
    if isinstance(tree, list) and tree and random.random() < 0.9:
        place = random.randrange(len(tree))
        return [*tree[:place], edited(tree[place], giver, random), *tree[place + 1 :]]
    return _other_value(tree, giver, random)


def _other_value(value: Any, giver: Any, random: Random) -> Any:
    if isinstance(value, dict) and random.random() < 0.8:
        return _other_mapping(value, giver, random)
    if isinstance(value, list) and random.random() < 0.8:
        return _other_list(value, giver, random)
    if isinstance(value, str) and random.random() < 0.4:
        return _other_string(value, random)
    if isinstance(value, int) and random.random() < 0.4:
        return value + random.choice((-1, 1, 1000, -value, value))
    return random.choice(LEAVES) if random.random() < 0.7 else _branch(giver, random)


def _other_string(value: str, random: Random) -> str:
    place = random.randint(0, len(value))
    return random.choice(
        (
            *(
                value + " ",
                " " + value,
                value.upper(),
                value[:place],
                value * 2,
                value[:place] + "\u200b" + value[place:],
            ),
            *(
                value.replace("-", "_"),
                value + "\n" + value,
                value + "-2",
                value[::-1],
                value[:place] + "-" + value[place:],
            ),
        )
    )


def _other_mapping(value: dict[Any, Any], giver: Any, random: Random) -> dict[Any, Any]:
    pairs = list(value.items())
    new_key = random.choice((*value, "", "x", 1, "schema", "id", "en", "zh", "level", "at", "kind", "text", "\u202e"))
    kind = random.randrange(6)
    if kind == 0 and pairs:
        del pairs[random.randrange(len(pairs))]
    elif kind == 1 and pairs:
        place = random.randrange(len(pairs))
        pairs[place] = (new_key, pairs[place][1])
    elif kind == 2:
        random.shuffle(pairs)
    elif kind == 3 and len(pairs) > 1:
        first, second = random.sample(range(len(pairs)), 2)
        pairs[first], pairs[second] = (pairs[first][0], pairs[second][1]), (pairs[second][0], pairs[first][1])
    else:
        pairs.append((new_key, random.choice(LEAVES) if random.random() < 0.5 else _branch(giver, random)))
    return dict(pairs)


def _other_list(value: list[Any], giver: Any, random: Random) -> list[Any]:
    items = list(value)
    kind = random.randrange(6)
    if kind == 0 and items:
        del items[random.randrange(len(items))]
    elif kind == 1 and items:
        items.insert(random.randint(0, len(items)), random.choice(items))
    elif kind == 2:
        random.shuffle(items)
    elif kind == 3 and items:
        items *= random.choice((2, 2, 30))
    elif kind == 4:
        items = []
    else:
        items.insert(random.randint(0, len(items)), _branch(giver, random))
    return items


def _branch(tree: Any, random: Random) -> Any:
    """A branch from anywhere in a tree."""
    while isinstance(tree, dict | list) and tree and random.random() < 0.8:
        tree = random.choice(list(tree.values()) if isinstance(tree, dict) else tree)
    return None if tree is _NO_TREE else tree


def _written(tree: Any, *, lines: bool, random: Random) -> bytes:
    """The tree as JSON: compact and in order of keys, as records write it, or otherwise."""
    if lines and isinstance(tree, list):
        return b"".join(_written(item, lines=False, random=random) + b"\n" for item in tree)
    tidy = lines or random.random() < 0.7
    separators = (",", ":") if tidy else None
    try:
        text = json.dumps(tree, ensure_ascii=False, sort_keys=tidy, separators=separators, default=str)
    except TypeError:  # keys of several kinds have no order
        text = json.dumps(tree, ensure_ascii=False, separators=separators, default=str)
    except (ValueError, RecursionError):
        return b"null"
    return text.encode("utf-8", "surrogatepass")
