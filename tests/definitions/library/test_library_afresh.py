"""A library that is looked through anew, and by several threads at once."""

import threading
from pathlib import Path

import pytest

from incidentsim.definitions.library.files import Head, head_of
from incidentsim.definitions.library.library import Library

HEAD = "schema: incidentsim/scenario/1\nid: {name}\nplaybook: any\n"


def write(folder: Path, name: str) -> None:
    (folder / f"{name}.yaml").write_text(HEAD.format(name=name), encoding="utf-8")


def test_files_that_came_since_are_found_when_it_is_looked_through_afresh(tmp_path: Path) -> None:
    write(tmp_path, "one")
    library = Library([tmp_path])
    assert list(library.scenarios) == ["one"]
    write(tmp_path, "two")
    assert list(library.scenarios) == ["one"]
    assert list(library.afresh().scenarios) == ["one", "two"]


def test_files_that_a_call_named_are_kept(tmp_path: Path) -> None:
    write(tmp_path, "one")
    library = Library([]).with_paths([tmp_path / "one.yaml"])
    assert list(library.afresh().scenarios) == ["one"]


def test_nobody_sees_a_library_that_is_only_half_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        write(tmp_path, name)
    library = Library([tmp_path])
    halfway, go_on = threading.Event(), threading.Event()

    def slow(data: bytes, file: str) -> Head:
        if "two" in file and not halfway.is_set():
            halfway.set()
            go_on.wait(20)
        return head_of(data, file)

    monkeypatch.setattr("incidentsim.definitions.library.library.head_of", slow)
    other = threading.Thread(target=lambda: library.scenarios)
    other.start()
    halfway.wait(20)
    try:
        assert list(library.scenarios) == ["one", "two"]
    finally:
        go_on.set()
        other.join()
