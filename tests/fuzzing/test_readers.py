"""No reader is forgotten: to whatever in the package takes bytes or texts of others apart, some reader here comes."""

import ast
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random
from types import CodeType, FrameType
from typing import Final

import pytest

import incidentsim
from incidentsim.cli import command_table
from tests.fuzzing.command_lines import VALID, commands, drawn_call
from tests.fuzzing.fuzzing import Count, examine, seeds_of, spoilt
from tests.fuzzing.readers import READERS

PACKAGE: Final = Path(incidentsim.__file__).parent

TAKING_APART: Final = frozenset(
    {
        *("loads", "read_whole", "read_open", "read_yaml", "read_head", "read_canonical", "model_validate", "parse"),
        *("load_pem_private_key", "load_pem_public_key", "load_pem_x509_certificates", "decode_timestamp_response"),
        *("load_der_x509_certificate", "b64decode", "fromhex", "urlsplit", "make_url", "fromisoformat", "unpack"),
        *("unpack_from", "strptime", "read_batch", "read_fact", "literal_eval"),
    }
)
"""Functions of ours and of libraries that take apart what somebody else wrote."""

ELSEWHERE: Final = {
    "definitions/library/glossary.py:read_glossary": "a file of the package",
    "definitions/library/proposing.py:_words": "a file of the package",
    "generation/noise.py:noise_pool": "a file of the package",
    "generation/noise.py:noise_slots": "a file of the package",
    "generation/world.py:package_data": "a file of the package",
    "definitions/scenario/clock_changes.py:_check_start": "a start that was read before: the reader `scenario`",
    "session/attached_view.py:data": "base64 that a seat made just before",
    "exercise/afterwards/due.py:due_after": "times of runs in a database: tests/fuzzing/test_damage.py",
    "tui/ledger/rows.py:entry_details": "an entry that was read just before: the reader `entry`",
}
"""Functions that no reader here comes to, and who attacks what they take apart."""

_LARGE: Final = 20_000
MORE: Final = 6
"""So many spoilt inputs a reader: what only looks closer at what is wrong is reached by these."""


def taking_apart(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The functions of a module that take something apart, by name and by the line where their code begins."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        called = [call.func for call in ast.walk(node) if isinstance(call, ast.Call)]
        names = {func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "") for func in called}
        if names & TAKING_APART:
            yield node.name, min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def sites() -> list[tuple[str, int]]:
    """All of them in the package: file and function, and the line."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += [(f"{name}:{function}", line) for function, line in taking_apart(tree)]
    return found


def reached() -> frozenset[tuple[str, int]]:
    """The functions of the package that run when every reader is given what it begins with: file and line.

    Only in a process of its own: what another test came to may be in a cache and not run again.
    """
    codes: set[CodeType] = set()

    def note(frame: FrameType, event: str, _arg: object) -> None:
        if event == "call":
            codes.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        for reader in READERS.values():
            small = [data for data in seeds_of(reader) if len(data) < _LARGE] or seeds_of(reader)[:1]
            for data in (*small, *(spoilt(reader, "reached", number) for number in range(MORE))):
                examine(reader, data)
    finally:
        sys.setprofile(before)
    return frozenset((code.co_filename, code.co_firstlineno) for code in codes)


@pytest.mark.slow
def test_some_reader_comes_to_every_function_that_takes_something_apart() -> None:
    assert len(sites()) > 50
    with ProcessPoolExecutor(1, get_context("spawn")) as fresh:
        run = fresh.submit(reached).result()
    missed = {name for name, line in sites() if (str(PACKAGE / name.partition(":")[0]), line) not in run}
    assert missed - ELSEWHERE.keys() == set()


def test_a_function_that_takes_something_apart_is_seen() -> None:
    planted = ast.parse(
        "import json\n@cache\ndef read(data):\n    return json.loads(data)\n\ndef other(): return loads\n"
    )
    assert list(taking_apart(planted)) == [("read", 2)]


def test_calls_are_made_of_every_command_and_every_parameter() -> None:
    random = Random("calls")  # noqa: S311 - the same calls in every run
    words = {word for _call in range(8_000) for word in drawn_call(random)}
    assert {name for names in commands() for name in names} <= words
    options = {parameter.opts[-1] for parameters in commands().values() for parameter in parameters}
    assert {name for name in options if name.startswith("-")} <= words
    assert {line.split()[0] for line in VALID} == set(command_table.names())


@pytest.mark.parametrize("name", READERS)
def test_a_reader_reads_what_it_begins_with(name: str) -> None:
    reader = READERS[name]
    for data in min(seeds_of(reader), key=len), seeds_of(reader)[0]:
        assert examine(reader, data, count := Count()) is None
        assert count.read or name == "import-veris"
