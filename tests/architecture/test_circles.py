"""No module imports, by whatever way round, a module that imports it: not for types either, nor in a function."""

import ast
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]


def import_graph(root: Path) -> dict[str, set[str]]:
    """Which modules of the package in `root` each of them imports, wherever in the file it says so."""
    files = {}
    for path in sorted((root / "incidentsim").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        files[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return {name: set(_imported(path, files.keys())) - {name} for name, path in files.items()}


def _imported(path: Path, known: Collection[str]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                yield from [name for name in (submodule, node.module) if name in known][:1]


def circles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """The sets of modules that reach each other, by name; none where imports run one way."""
    reached = {name: _reachable(graph, name) for name in graph}
    rings = {
        frozenset(other for other in reached[name] if name in reached[other]) for name in graph if name in reached[name]
    }
    return sorted(sorted(ring) for ring in rings)


def _reachable(graph: Mapping[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for name in graph[waiting.pop()] - seen:
            seen.add(name)
            waiting.append(name)
    return seen


def test_no_module_stands_in_a_circle() -> None:
    graph = import_graph(ROOT)
    assert len(graph) > 400, "the modules were found"
    assert circles(graph) == []


def test_a_circle_is_found_also_where_an_import_is_for_types_only(tmp_path: Path) -> None:
    package = tmp_path / "incidentsim"
    (package / "room").mkdir(parents=True)
    for name in ("__init__.py", "room/__init__.py"):
        (package / name).write_text("")
    (package / "app.py").write_text("def open():\n    from incidentsim.room import screen\n")
    (package / "room" / "screen.py").write_text("from incidentsim.room.rows import lines\n")
    (package / "room" / "rows.py").write_text("if TYPE_CHECKING:\n    from incidentsim.app import App\n")
    assert circles(import_graph(tmp_path)) == [
        ["incidentsim.app", "incidentsim.room.rows", "incidentsim.room.screen"],
    ]


def test_no_screen_takes_the_application_for_more_than_a_shell() -> None:
    """One cast, at the base of all screens, from what Textual knows to what a screen may ask for."""
    casts = [
        path.name
        for path in (ROOT / "incidentsim" / "tui").rglob("*.py")
        if "cast(" in (text := path.read_text(encoding="utf-8")) and "self.app)" in text
    ]
    assert casts == ["base_screen.py"]
