"""The tree over a log that is being written is the same, whoever makes it."""

from pathlib import Path

import pytest

from incidentsim.evidence import leaves
from incidentsim.evidence.bundle import log_blocks
from incidentsim.evidence.leaves import Leaves
from incidentsim.files import writing
from incidentsim.ledger.merkle import root_of
from tests.support.evidence import bundle, record

LINES = list(record(5_000).entries)


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes help from the second batch on."""
    monkeypatch.setattr(leaves, "PARALLEL_FROM", 1)
    monkeypatch.setattr(leaves, "CHUNK", 500_000)
    monkeypatch.setattr(leaves, "processors", lambda: 2)


def made(path: Path) -> tuple[int, bytes]:
    with path.open("w+b") as file:
        file.write(b"before")
        taking = Leaves(file)
        file.writelines(log_blocks(LINES, taking))
        tree = taking.finish()
    return tree.end, tree.root()


def test_alone(tmp_path: Path) -> None:
    assert made(tmp_path / "log") == (5_000, root_of(LINES))


@pytest.mark.usefixtures("eager")
def test_with_help(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaves, "_result", lambda _chunk, future: future.result())  # nobody else does it
    assert made(tmp_path / "log") == (5_000, root_of(LINES))


@pytest.mark.usefixtures("eager")
def test_where_help_fails_it_is_done_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_given: object, **_named: object) -> None:
        raise OSError("no semaphores here")

    monkeypatch.setattr(leaves, "pool", refuses)
    assert made(tmp_path / "log") == (5_000, root_of(LINES))


@pytest.mark.usefixtures("eager")
def test_the_bundle_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle(tmp_path / "helped.zip", 5_000)
    monkeypatch.setattr(leaves, "PARALLEL_FROM", 1 << 30)
    bundle(tmp_path / "alone.zip", 5_000)
    assert (tmp_path / "helped.zip").read_bytes() == (tmp_path / "alone.zip").read_bytes()


def test_processes_read_a_file_that_has_no_name_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bundle has none until it is whole; its log is read by other processes all the same, not by this one again."""
    monkeypatch.setattr(leaves, "PARALLEL_FROM", 100)
    monkeypatch.setattr(leaves, "CHUNK", 500)
    monkeypatch.setattr(leaves, "processors", lambda: 2)
    lines = [b"%06d" % number for number in range(5000)]
    with writing(tmp_path / "log.jsonl") as file:
        taking = leaves.Leaves(file)
        file.writelines(log_blocks(lines, taking))
        taking._hand_over(taking._pool or pytest.fail("no processes were started"))
        made = [future.result(timeout=60) for _chunk, future in taking._made if future is not None]
        assert len(made) == len(taking._made) > 1
        assert taking.finish().root() == root_of(lines)
