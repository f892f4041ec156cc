"""A file is read whole or refused whole, with both numbers; no reader of the package cuts one."""

import ast
import contextlib
import os
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import incidentsim
from incidentsim.definitions.library.files import read_bytes
from incidentsim.definitions.whole_files import FileTooLargeError, read_whole
from incidentsim.definitions.yaml12 import decoding
from incidentsim.domain.errors import InputError
from incidentsim.evidence import keys, members, rfc3161
from incidentsim.evidence.keys import load_key, read_public_key
from incidentsim.evidence.rfc3161 import read_roots
from incidentsim.evidence.trusted_inputs import NO_TRUSTED_INPUTS, read_trusted_checkpoint
from incidentsim.evidence.verifying_files import verify_path
from incidentsim.importing.limits import VERIS_BYTES
from incidentsim.ledger import note

PACKAGE: Final = Path(incidentsim.__file__).parent


@given(size=st.integers(0, 40), most=st.integers(0, 40))
def test_all_the_bytes_or_none(size: int, most: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("files") / "file"
    path.write_bytes(b"x" * size)
    if size <= most:
        assert read_whole(path, most) == b"x" * size
        return
    with pytest.raises(FileTooLargeError) as refused:
        read_whole(path, most)
    assert (refused.value.size, refused.value.most) == (size, most)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize(("size", "most"), [(0, 5), (300_000, 300_000), (300_001, 300_000)])
def test_a_pipe_is_read_to_its_end_or_until_it_has_given_too_much(size: int, most: int, tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)

    def feed() -> None:
        with contextlib.suppress(BrokenPipeError):  # the reader may have had enough
            path.write_bytes(b"x" * size)

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    if size <= most:
        assert len(read_whole(path, most)) == size
    else:
        with pytest.raises(FileTooLargeError, match="gives more than 300000 bytes"):
            read_whole(path, most)
    feeder.join(10)


Reader = Callable[[Path], object]
READERS: Final[dict[str, tuple[Reader, int, bytes]]] = {
    "a definition": (read_bytes, decoding.MAX_BYTES, b"#"),
    "records of VERIS": (lambda path: read_bytes(path, VERIS_BYTES), VERIS_BYTES, b"["),
    "a signing key": (load_key, keys.MAX_BYTES, b"#"),
    "a public key": (read_public_key, keys.MAX_BYTES, b"#"),
    "certificates": (read_roots, rfc3161.MAX_BYTES, b"#"),
    "a checkpoint": (read_trusted_checkpoint, note.MAX_BYTES, b"#"),
    "a proof": (
        lambda path: verify_path(path, NO_TRUSTED_INPUTS),
        members.MAX_LINE,
        b'{"schema":"incidentsim/',
    ),
}


@pytest.mark.parametrize("what", READERS)
@pytest.mark.parametrize("over", [1, 3_000_000])
def test_what_is_over_its_limit_is_refused_with_both_numbers(what: str, over: int, tmp_path: Path) -> None:
    read, most, begins = READERS[what]
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.write(begins)
        file.truncate(most + over)  # a hole, which takes no room
    path.chmod(0o600)
    with pytest.raises(InputError) as refused:
        read(path)
    assert {str(most + over), str(most)} <= set(re.findall(r"[0-9]+", str(refused.value).replace(",", "")))


CUTTING: Final = {"read", "readline", "read_bytes", "read_text"}
WHO_MAY: Final = {
    "definitions/whole_files.py": "it is the one place",
    "definitions/controls/read.py": "files of the package",
    "definitions/clocks/read.py": "files of the package",
    "definitions/library/glossary.py": "a file of the package",
    "exports/manual/pages.py": "files of the package",
    "definitions/library/proposing.py": "a file of the package",
    "definitions/library/scaffold.py": "files of the package",
    "definitions/foreign/content.py": "the beginning and the end of a file that is refused, which say what sort it is",
    "evidence/bundle.py": "a file of the package",
    "evidence/logs.py": "numbers of entries, for sharing out work; whoever takes the entries refuses longer lines",
    "files/targets.py": "blocks of two whole files that are compared",
    "generation/world.py": "files of the package",
    "importing/veris/vocabulary/files.py": "files of the package",
    "exports/documents/pdf_file.py": "files of the package",
    "exports/documents/html_page.py": "files of the package",
    "definitions/local_time/zones.py": "files of the package tzdata",
    "evidence/container.py": "blocks of a member, whose length its directory says and its digest confirms",
    "evidence/timestamping.py": "an answer from the network; a longer one is refused by what decodes it",
    "evidence/trusted_inputs.py": "two bytes, which say what sort of file it is",
    "evidence/verifying_files.py": "a line, which says what sort of file it is",
    "settings.py": "one byte more than a settings file may have; a longer one is refused",
    "cli/dialogue/talk.py": "a line that somebody types",
    "exports/documents/docx_file.py": "parts of a file in memory that was written just before",
    "exports/documents/word/template.py": "parts of an empty document, which come with the program",
}
"""Modules that read from files by themselves, and why nothing is cut there."""
BUNDLES: Final = {"bundle", "evidence", "signs", "knowledge", "self.history", "self.knowledge", "form"}
"""What has a `read` of its own, which is none of a file."""


def _readers(source: str) -> set[int]:
    """The lines of a module on which a file is read by itself, whole files that are only compared left aside."""
    tree = ast.parse(source)
    compared = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Compare) for part in ast.walk(node)}
    return {
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CUTTING
        and id(node) not in compared
        and ast.unparse(node.func.value) not in BUNDLES
    }


def test_one_place_reads_files() -> None:
    """Whoever reads a file by itself may cut it; the exceptions are named, with a reason."""
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if _readers(path.read_text(encoding="utf-8"))
    }
    assert found - set(WHO_MAY) == set()
    assert set(WHO_MAY) - found == set()


def test_the_test_of_readers_sees_one_that_cuts() -> None:
    assert _readers("with path.open('rb') as file:\n    data = file.read(MAX + 1)\n") == {2}
    assert _readers("data = path.read_bytes()[:10]\n") == {1}
    assert _readers("if path.read_bytes() != data:\n    pass\n") == set()
