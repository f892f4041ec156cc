"""The source of the package as a tree of rooms, each module parsed once for all tests that read it."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import count
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).parents[2] / "incidentsim"
MODULES: Final = sorted(PACKAGE.rglob("*.py"))
NAMES: Final = [path.relative_to(PACKAGE).as_posix() for path in MODULES]
"""As `exercise/kernel/kernel.py`, in order."""

Arrows = Mapping[str, frozenset[str]]
"""What each module imports, both by their dotted names."""


@cache
def tree(name: str) -> ast.Module:
    """The syntax tree of the module in this file of the package."""
    return ast.parse((PACKAGE / name).read_text(encoding="utf-8"), filename=name)


def imports(module: ast.Module) -> Iterator[str]:
    """Every module that is imported, at the top or later."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            # `from importlib import resources` imports importlib.resources, and nothing else of importlib
            parts = [f"importlib.{alias.name}" for alias in node.names]
            yield from parts if node.module == "importlib" else [node.module]


def dotted(name: str) -> str:
    """The dotted name of the module in this file of the package."""
    return f"incidentsim.{name.removesuffix('.py').replace('/', '.')}".removesuffix(".__init__")


@cache
def arrows() -> Arrows:
    """What every module of the package imports of the package."""
    known = frozenset(map(dotted, NAMES))
    return {dotted(name): imported(tree(name), known) - {dotted(name)} for name in NAMES}


def imported(module: ast.Module, known: frozenset[str]) -> frozenset[str]:
    """The modules among `known` that a module imports: at the top, inside functions, or for the type checker only."""
    found: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            parts = (f"{node.module}.{alias.name}" for alias in node.names)
            found.update(part if part in known else node.module for part in parts)
    return frozenset(found & known)


def circles(graph: Arrows) -> list[list[str]]:
    """Every ring of modules that import each other, by Tarjan's algorithm (SIAM J. Comput. 1, 1972)."""
    found: list[list[str]] = []
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_modules: list[str] = []
    numbers = count()

    def visit(module: str) -> None:
        order[module] = lowest[module] = next(numbers)
        open_modules.append(module)
        for other in sorted(graph.get(module, ())):
            if other not in order:
                visit(other)
                lowest[module] = min(lowest[module], lowest[other])
            elif other in open_modules:
                lowest[module] = min(lowest[module], order[other])
        if lowest[module] == order[module]:
            start = open_modules.index(module)
            circle = sorted(open_modules[start:])
            del open_modules[start:]
            if len(circle) > 1 or module in graph.get(module, ()):
                found.append(circle)

    for module in sorted(graph):
        if module not in order:
            visit(module)
    return sorted(found)


def crowded(names: Iterable[str], most: int) -> dict[str, int]:
    """The folders in which more than `most` modules lie flat, and how many do."""
    lying = Counter(name.rpartition("/")[0] for name in names)
    return {folder: number for folder, number in lying.items() if number > most}
