"""Draws the floors of the house from its imports: `python -m tests.architecture.floors` puts them in ARCHITECTURE.md.

A room is a module or a folder of the package; it stands on the floor above the highest room that it imports anything
of, and the rooms of floor 1 import nothing here. Imports inside functions and for the type checker count like others.
"""

import ast
import textwrap
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from tests.support.source_tree import NAMES, arrows, circles, dotted, tree

PAPER: Final = Path(__file__).parents[2] / "ARCHITECTURE.md"
BEGIN: Final = "<!-- floors: drawn by `python -m tests.architecture.floors` -->"
END: Final = "<!-- /floors -->"
LEGEND: Final = (
    "*Every room imports from the floors below it only; a test holds it. In brackets: the rooms inside a room, "
    "from its own top floor / down.*"
)
WIDE: Final = 100
"""So many columns the picture may take."""
PACKAGE: Final = "incidentsim"


def room_of(module: str, within: str) -> str | None:
    """The room of `within` that `module` lies in; `None` where it lies elsewhere, or is its opening file."""
    return module.removeprefix(f"{within}.").split(".")[0] if module.startswith(f"{within}.") else None


def floors(graph: Mapping[str, frozenset[str]], within: str = PACKAGE) -> list[list[str]]:
    """The rooms of a package by floors, the ground first; rooms that import each other stand on one floor.

    Args:
        graph: what every module imports.
        within: the package whose rooms are wanted, by its dotted name.
    """
    below: dict[str, set[str]] = {}
    for module, imported in graph.items():
        room = room_of(module, within)
        if room is not None:
            below.setdefault(room, set()).update(filter(None, (room_of(other, within) for other in imported)))
    house = {room: frozenset(others & below.keys() - {room}) for room, others in below.items()}
    rings = {room: frozenset(ring) for ring in circles(house) for room in ring}

    @cache
    def floor(room: str) -> int:
        ring = rings.get(room, frozenset({room}))
        under = frozenset[str]().union(*(house[member] for member in ring)) - ring
        return 1 + max(map(floor, under), default=0)

    return [sorted(room for room in house if floor(room) == level) for level in range(1, 1 + max(map(floor, house)))]


def about(name: str) -> str:
    """What a room says of itself: the first sentence of its docstring."""
    said = " ".join((ast.get_docstring(tree(name)) or "").split())
    return said.partition(". ")[0].rstrip(".")


def inside(folder: str) -> str:
    """The folders of a folder from its top floor down, those of one floor beside each other; empty where none are."""
    folders = {name.split("/")[1] for name in NAMES if name.startswith(f"{folder}/") and name.count("/") > 1}
    levels = floors(arrows(), f"{PACKAGE}.{folder}") if folders else []
    named = [" ".join(room for room in level if room in folders) for level in reversed(levels)]
    return " / ".join(filter(None, named))


def picture() -> str:
    """The floors of the package, the top one first; below a room, the rooms in it from its own top floor down."""
    files = {dotted(name).removeprefix(f"{PACKAGE}."): name for name in NAMES}
    levels = floors(arrows())
    margin = " " * (2 + max(len(room) for level in levels for room in level))
    lines: list[str] = []
    for number, level in reversed(list(enumerate(levels, 1))):
        lines += [f"────┼{'─' * (WIDE - 5)}"] if lines else []
        for place, room in enumerate(level):
            lines += wrap(about(files[room]), f"{number if not place else '':>3} │ {room:{len(margin)}}", margin)
            if rooms := inside(room):
                lines += wrap(f"[{rooms}]", f"    │ {margin}", margin)
    return "\n".join(lines)


def wrap(words: str, first: str, margin: str) -> list[str]:
    """Words in lines of the picture, the first of which begins with `first`."""
    return textwrap.wrap(words, WIDE, initial_indent=first, subsequent_indent=f"    │ {margin}", drop_whitespace=True)


def drawn_into(paper: str) -> str:
    """The text of ARCHITECTURE.md with the picture between its two marks.

    Raises:
        ValueError: the marks are not there, each once.
    """
    if paper.count(BEGIN) != 1 or paper.count(END) != 1:
        raise ValueError(f"{PAPER.name} must hold once {BEGIN} and once {END}")
    before, _, rest = paper.partition(BEGIN)
    return f"{before}{BEGIN}\n```text\n{picture()}\n```\n{LEGEND}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAPER.write_text(drawn_into(PAPER.read_text(encoding="utf-8")), encoding="utf-8")
