"""No class is cut into files by inheritance: an ancestor has several heirs, or is made itself, or is a part of ours."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pytest

from tests.support.source_tree import NAMES, tree

KNOWN = {"Lookup": "asks for names only; `Checker` asks of patterns and conditions, too, and has heirs"}


def _last(name: ast.expr) -> str | None:
    match name:
        case ast.Subscript(value=value):
            return _last(value)
        case ast.Name(id=last) | ast.Attribute(attr=last):
            return last
    return None


def slices(modules: Iterable[ast.Module]) -> Iterator[str]:
    """Names of classes that nobody makes, and that are there for one heir alone."""
    heirs: dict[str, set[str]] = defaultdict(set)
    classes, made = set(), set()
    for node in (node for module in modules for node in ast.walk(module)):
        match node:
            case ast.ClassDef(name=name, bases=bases):
                classes.add(name)
                for base in bases:
                    heirs[_last(base) or ""].add(name)
            case ast.Call(func=func):
                made.add(_last(func))
    yield from sorted(name for name in classes - made if len(heirs[name] - {name}) == 1)


def test_no_class_is_there_for_one_heir_alone() -> None:
    assert list(slices(tree(name) for name in NAMES)) == sorted(KNOWN)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("class Showing: ...\nclass Screen(Showing): ...\nScreen()", ["Showing"]),
        ("class Browser: ...\nclass Home(Browser): ...\nclass Reader(Browser): ...", []),
        ("class Shown: ...\nclass Chosen(Shown): ...\nShown()", []),
        ("class Screen(textual.Screen[None]): ...", []),
    ],
    ids=["a slice", "two heirs", "made itself", "of a library"],
)
def test_a_slice_is_told_from_an_ancestor(source: str, found: list[str]) -> None:
    assert list(slices([ast.parse(source)])) == found
