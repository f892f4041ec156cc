"""Modules stay small, and data never names code."""

import ast
from collections.abc import Callable, Iterable, Iterator
from statistics import median

import pytest

from tests.support.source_tree import NAMES, PACKAGE, arrows, circles, crowded, imported, imports, tree

PURE = ("domain/", "exercise/", "ledger/")

LONGEST, USUAL = 400, 200
FULL = 25
"""So many modules may lie flat in one folder."""

FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "globals", "locals", "vars", "setattr", "delattr"}
FORBIDDEN_IMPORTS = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "runpy", "imp", "code", "codeop", "ctypes"}
LOADERS = {"load", "load_all", "unsafe_load", "full_load", "full_load_all", "unsafe_load_all"}
"""Of PyYAML: they build objects, some of them any."""
DYNAMIC_IMPORTS = {"cli/command_table.py"}
"""Loads a command when it is called, from a table of its own."""
HARMLESS_IMPORTS = ("importlib.resources", "importlib.metadata")
NAMED_PARTS = ("__init__.py", "definitions/", "domain/facts/", "domain/conditions.py")
"""May ask for an attribute by a variable: the parts of a shape or a pattern and the names of the library, which all
stand in the code."""


def names_code(found: ast.Module, name: str) -> Iterator[str]:
    """Where a module could let data choose what code runs."""
    for wanted in imports(found):
        if wanted.split(".")[0] in FORBIDDEN_IMPORTS:
            yield f"imports {wanted}"
        dynamic = wanted.split(".")[0] == "importlib" and not wanted.startswith(HARMLESS_IMPORTS)
        if dynamic and name not in DYNAMIC_IMPORTS:
            yield f"imports {wanted}"
    for node in ast.walk(found):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name(id=called) if called in FORBIDDEN_CALLS:
                yield f"calls {called} in line {node.lineno}"
            case ast.Name(id="getattr") if not isinstance(node.args[1], ast.Constant) and not name.startswith(
                NAMED_PARTS
            ):
                yield f"asks for an attribute by a variable in line {node.lineno}"
            case ast.Attribute(value=ast.Name(id="yaml"), attr=called) if called in LOADERS:
                yield f"calls yaml.{called} in line {node.lineno}"
            case _:
                pass


def offending(check: Callable[[str], Iterable[str]], names: Iterable[str] = NAMES) -> dict[str, list[str]]:
    """What a check complains of, by module."""
    found = {name: list(check(name)) for name in names}
    return {name: complaints for name, complaints in found.items() if complaints}


def test_no_module_lets_data_name_code() -> None:
    assert len(NAMES) > 50, "the modules were found"
    assert offending(lambda name: names_code(tree(name), name)) == {}


@pytest.mark.parametrize(
    "source",
    [
        "eval(text)",
        "exec(text)",
        "compile(text, '', 'exec')",
        "__import__(name)",
        "import importlib\n",
        "from importlib import import_module",
        "import pickle",
        "from pickle import loads",
        "yaml.load(text, Loader=yaml.SafeLoader)",
        "yaml.unsafe_load(text)",
        "getattr(thing, name)()",
        "def later():\n    import marshal",
        "setattr(thing, name, 1)",
    ],
)
def test_the_search_for_such_places_finds_them(source: str) -> None:
    assert list(names_code(ast.parse(source), "exercise/kernel/kernel.py"))


@pytest.mark.parametrize("source", ["getattr(thing, 'name', None)", "re.compile(x)", "from importlib import resources"])
def test_and_leaves_what_is_harmless(source: str) -> None:
    harmless = source.replace("from importlib import resources", "import importlib.resources")
    assert list(names_code(ast.parse(harmless), "exercise/kernel/kernel.py")) == []


def test_only_the_track_machine_imports_transitions_and_only_storage_sql() -> None:
    """Whatever the linter's settings say."""
    users = {name for name in NAMES if any(found.split(".")[0] == "transitions" for found in imports(tree(name)))}
    assert users == {"domain/track_machine.py"}
    sql = {"sqlmodel", "sqlalchemy", "alembic", "psycopg"}
    knowing = {name for name in NAMES if any(found.split(".")[0] in sql for found in imports(tree(name)))}
    assert {name.split("/")[0] for name in knowing} <= {"storage"}


CORE_IMPORTS = {
    "array",
    "bisect",
    "collections",
    "dataclasses",
    "enum",
    "functools",
    "hashlib",
    "heapq",
    "itertools",
    "typing",
    "incidentsim",
}
"""What the core needs; named here, so that more is noticed."""
CALENDAR = {"datetime", "holidays"}
"""For reckoning with given instants and offsets; holidays come with the library, never from the machine."""
CORE_EXCEPTIONS = {
    "domain/track_machine.py": {"transitions"},
    "domain/unknown_names.py": {"difflib"},
    "domain/local_time.py": {"datetime"},
    "exercise/regulatory/dates.py": CALENDAR,
    "exercise/afterwards/due.py": {"datetime"},
    "exercise/quality/expressions.py": {"re"},
}
FETCHING = {"open", "print", "input", "hash", "id", "breakpoint"}
"""`hash` and `id` differ from run to run, the others reach outside."""
IDENTITY = {"exercise/kernel/compiled_playbook.py"}
"""Tells objects apart by `id` while it is built; no fact ever holds one."""


def fetches(name: str) -> Iterator[str]:
    """Where a module of the core takes what it was not given."""
    yield from (
        {found.split(".")[0] for found in imports(tree(name))} - CORE_IMPORTS - CORE_EXCEPTIONS.get(name, set())
    )
    for node in ast.walk(tree(name)):
        match node:
            case ast.Call(func=ast.Name(id=called)) if called in FETCHING:
                if not (called == "id" and name in IDENTITY):
                    yield f"calls {called} in line {node.lineno}"
            case _:
                pass


def test_the_core_imports_no_clock_no_chance_and_nothing_that_reads() -> None:
    core = [name for name in NAMES if name.startswith(("domain/", "exercise/"))]
    assert len(core) > 15
    assert offending(fetches, core) == {}


def test_no_module_is_too_long_to_be_read_in_one_go() -> None:
    assert {name: lines(name) for name in NAMES if lines(name) > LONGEST} == {}


def test_most_modules_are_short() -> None:
    assert median(lines(name) for name in NAMES) < USUAL


def lines(name: str) -> int:
    return len((PACKAGE / name).read_text(encoding="utf-8").splitlines())


def test_every_module_says_why_it_exists() -> None:
    assert [name for name in NAMES if not ast.get_docstring(tree(name))] == []


def test_nothing_in_the_pure_rooms_depends_on_an_assertion() -> None:
    """`python -O` leaves them out."""
    pure = [name for name in NAMES if name.startswith(PURE)]
    assert [name for name in pure if any(isinstance(node, ast.Assert) for node in ast.walk(tree(name)))] == []


# The rooms


def test_no_folder_is_a_heap() -> None:
    assert crowded(NAMES, FULL) == {}


def test_a_heap_is_found_and_what_lies_in_rooms_of_it_does_not_count() -> None:
    flat = [f"tui/screen{number}.py" for number in range(FULL)]
    assert crowded([*flat, "tui/table/screen.py"], FULL) == {}
    assert crowded([*flat, "tui/app.py"], FULL) == {"tui": FULL + 1}


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Not even for the type checker or inside a function."""
    assert len(arrows()) > 400, "the modules were found"
    assert circles(arrows()) == []


@pytest.mark.parametrize(
    "line",
    [
        "from incidentsim.tui import app",
        "import incidentsim.tui.app",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from incidentsim.tui.app import IncidentSim",
        "def later() -> None:\n    from incidentsim.tui.app import IncidentSim",
    ],
)
def test_a_circle_is_found_however_it_is_closed(line: str) -> None:
    closing = imported(ast.parse(line), frozenset(arrows()))
    assert closing == {"incidentsim.tui.app"}
    below = "incidentsim.tui.home.screen"
    found = circles({**arrows(), below: arrows()[below] | closing})
    assert any({"incidentsim.tui.app", below} <= set(circle) for circle in found)


@pytest.mark.parametrize(
    ("graph", "found"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b", "c"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"a"}}, [["a"]]),
        ({"a": {"b"}, "b": {"a"}}, [["a", "b"]]),
        ({"x": {"a"}, "a": {"b"}, "b": {"c"}, "c": {"a"}, "y": {"z"}, "z": {"y"}}, [["a", "b", "c"], ["y", "z"]]),
    ],
)
def test_rings_are_told_from_arrows_that_only_meet(graph: dict[str, set[str]], found: list[list[str]]) -> None:
    assert circles({module: frozenset(others) for module, others in graph.items()}) == found


def casts(module: ast.Module, wanted: str) -> Iterator[int]:
    """The lines in which a value is taken for a `wanted` on somebody's word."""
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Name(id="cast"), args=[ast.Constant(value=str(named)) | ast.Name(id=named), *_]):
                if named == wanted:
                    yield node.lineno
            case _:
                pass


def test_no_screen_takes_the_application_for_more_than_it_was_promised() -> None:
    assert offending(lambda name: (str(line) for line in casts(tree(name), "IncidentSim"))) == {}


@pytest.mark.parametrize("line", ['cast("IncidentSim", self.app).say()', "app = cast(IncidentSim, self.app)"])
def test_such_a_cast_is_found(line: str) -> None:
    assert list(casts(ast.parse(line), "IncidentSim")) == [1]
    assert list(casts(ast.parse(line.replace("IncidentSim", "Shell")), "IncidentSim")) == []
