"""A file is told from a run by what is typed; a run is never mistaken for a file that nobody named."""

from pathlib import Path

import pytest

from incidentsim.evidence.reading.paths import is_path, run_or_path


@pytest.mark.parametrize("name", ["b.zip", "log.jsonl", "p.json", "./b", "folder/", "folder/b"])
def test_what_looks_like_a_file_is_one_there_or_not(name: str) -> None:
    assert is_path(name)
    assert run_or_path(name) == Path(name)


@pytest.mark.parametrize("name", ["last", "20260501-080000-1f2e3d4c", "2026", "b"])
def test_what_does_not_is_a_run(name: str) -> None:
    assert not is_path(name)
    assert run_or_path(name) == name


def test_what_is_there_is_a_file_whatever_it_is_called_but_last_is_the_latest_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("unpacked", "last"):
        (tmp_path / name).mkdir()
    assert run_or_path("unpacked") == Path("unpacked")
    assert run_or_path("last") == "last"
    assert run_or_path("./last") == Path("last")
