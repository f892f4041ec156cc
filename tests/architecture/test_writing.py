"""Only one module writes files for users, so that each is written with the same care."""

import ast
from pathlib import Path

import pytest

import incidentsim

PACKAGE = Path(incidentsim.__file__).parent

ALLOWED = {
    "files/unfinished.py": "opens files that nobody sees yet",
    "files/targets.py": "puts them in their place, and writes into devices and pipes",
    "files/writing.py": "makes folders",
    "exports/documents/docx_file.py": "writes the members of a file in memory",
    "cli/group.py": "sets help texts, by a method of click's that is called write_text",
    "cli/streams.py": "opens standard streams that are closed, and writes to them",
    "storage/sqlite_file.py": "makes the empty file that SQLite then fills",
    "storage/probe.py": "writes a file without a name to find out what ails a disk",
    "storage/lock.py": "makes the folder for locks, which hold nothing",
}
"""Who may write or make files otherwise, and why."""

WRITING = {
    "write_bytes",
    "write_text",
    "mkstemp",
    "mkdtemp",
    "NamedTemporaryFile",
    "TemporaryFile",
    "TemporaryDirectory",
    "mkdir",
    "makedirs",
    "rename",
    "hardlink_to",
    "symlink_to",
    "copyfile",
    "copytree",
    "fdopen",
}
"""Names of functions that write or make files, in the modules `pathlib`, `os`, `tempfile` and `shutil`."""


def writes(tree: ast.AST) -> list[str]:
    """The calls in a module that write or make files."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in WRITING or (name == "open" and _opens_for_writing(node)):
            found.append(f"{name} in line {node.lineno}")
    return found


def _opens_for_writing(call: ast.Call) -> bool:
    """Whether an `open` names a mode that writes: `open(path, "w")`, `path.open("xb")`, `os.open(path, O_CREAT)`."""
    given = [*call.args, *(word.value for word in call.keywords)]
    modes = [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    flags = {node.attr for one in given for node in ast.walk(one) if isinstance(node, ast.Attribute)}
    return any(len(text) <= 3 and set(text) & set("wax+") for text in modes) or bool(
        flags & {"O_WRONLY", "O_RDWR", "O_CREAT"}
    )


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("name", [path.relative_to(PACKAGE).as_posix() for path in MODULES])
def test_no_other_module_writes_files(name: str) -> None:
    if name not in ALLOWED:
        assert writes(ast.parse((PACKAGE / name).read_text(encoding="utf-8"))) == []


def test_every_exception_is_needed() -> None:
    for name in ALLOWED:
        assert writes(ast.parse((PACKAGE / name).read_text(encoding="utf-8"))), name


@pytest.mark.parametrize(
    "line",
    [
        "path.write_bytes(data)",
        "path.write_text(data, encoding='utf-8')",
        "open(path, 'w')",
        "path.open('xb')",
        "path.open(mode='r+b')",
        "os.open(path, os.O_WRONLY | os.O_CREAT)",
        "tempfile.mkstemp()",
        "path.mkdir()",
    ],
)
def test_what_writes_is_found(line: str) -> None:
    assert writes(ast.parse(line)) != []


@pytest.mark.parametrize("line", ["path.open('rb')", "open(path)", "file.write(data)", "path.read_bytes()"])
def test_what_does_not_is_none(line: str) -> None:
    assert writes(ast.parse(line)) == []
