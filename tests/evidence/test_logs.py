"""A long log is verified by several processes at once, and the verdict is that of one."""

import threading
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile
from zlib import crc32

import pytest

from incidentsim.evidence import logs, members
from incidentsim.evidence.bundle import write_bundle
from incidentsim.evidence.logs import LogVerdict, batches, entries_of, verify_log
from incidentsim.evidence.open_bundle import Hashed, Region
from incidentsim.evidence.verifying import verify_bundle
from incidentsim.ledger.merkle import root_of
from incidentsim.ledger.verify import Checker
from tests.support.evidence import key, record
from tests.support.record import PLAYBOOK, SCENARIO

COUNT = 3_000
MADE = record(COUNT)
LINES = list(MADE.entries)
LOG = b"".join(line + b"\n" for line in LINES)
TEXTS = b"".join(members.write_texts(MADE.texts))


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any log is long enough for several processes here."""
    monkeypatch.setattr(logs, "PARALLEL_FROM", 0)


def region(path: Path, data: bytes) -> Region:
    """A file in whose middle the data lies."""
    path.write_bytes(b"before\n" + data + b"after\n")
    return Region(path, 7, 7 + len(data))


def both(tmp_path: Path, log: bytes, texts: bytes | None = TEXTS) -> tuple[LogVerdict, LogVerdict]:
    """What several processes and one say."""
    where = region(tmp_path / "log", log)
    beside = None if texts is None else region(tmp_path / "texts", texts)
    alone = verify_log(where, run="r1", playbook=PLAYBOOK, scenario=SCENARIO, texts=beside, processes=1)
    together = verify_log(where, run="r1", playbook=PLAYBOOK, scenario=SCENARIO, texts=beside, processes=2)
    return together, alone


@pytest.mark.parametrize("texts", [TEXTS, None, b""], ids=["with texts", "without", "with none"])
def test_the_verdict_on_a_sound_log_is_the_same(
    texts: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together, alone = both(tmp_path, LOG, texts)
    assert together == alone
    assert together.verdict.holds
    assert (together.verdict.root, together.verdict.head.size) == (root_of(LINES), COUNT)
    monkeypatch.setattr(Checker, "take", None)  # several processes said it, not one after them
    again = verify_log(region(tmp_path / "log", LOG), processes=2)
    assert again.verdict.holds


def test_members_are_hashed_by_the_processes_that_verify_the_log(tmp_path: Path) -> None:
    where, beside = region(tmp_path / "log", LOG), region(tmp_path / "texts", TEXTS)
    found = verify_log(where, texts=beside, also=[where, beside], processes=2)
    assert found.verdict.holds
    assert found.hashed == {
        where: Hashed(sha256(LOG).hexdigest(), crc32(LOG)),
        beside: Hashed(sha256(TEXTS).hexdigest(), crc32(TEXTS)),
    }
    assert verify_log(where, texts=beside, also=[where, beside], processes=1).hashed == {}


@pytest.mark.parametrize("processes", [1, 2])
def test_a_bundle_whose_log_or_texts_are_others_than_listed_is_found_either_way(tmp_path: Path, processes: int) -> None:
    bundle = tmp_path / "b.zip"
    write_bundle(bundle, record(40), key())
    with ZipFile(bundle) as packed:
        packed.extractall(tmp_path / "folder")
    assert verify_bundle(tmp_path / "folder", processes=processes).holds
    for name in (members.LOG, members.TEXTS):
        path = tmp_path / "folder" / name
        before = path.read_bytes()
        path.write_bytes(before[:-1])
        findings = verify_bundle(tmp_path / "folder", processes=processes)
        path.write_bytes(before)
        assert [check.found.partition("  ")[2] for check in findings.checks if check.name == "manifest"] == [name]


def test_the_verdict_on_a_faulty_log_is_the_same(tmp_path: Path) -> None:
    middle = len(LOG) // 2
    for spoilt in (
        LOG[:middle] + b"X" + LOG[middle + 1 :],
        LOG[: len(LOG) - 700],
        b"".join(line + b"\n" for line in [*LINES[:999], *LINES[1000:]]),
        b"".join(line + b"\n" for line in [*LINES[:999], LINES[1000], LINES[999], *LINES[1001:]]),
    ):
        together, alone = both(tmp_path, spoilt)
        assert together == alone
        assert not (together.verdict.holds and together.ends_well)


@pytest.mark.slow
def test_the_verdict_on_faulty_texts_is_the_same(tmp_path: Path) -> None:
    made = list(MADE.texts)
    swapped = [*made[:500], made[501], made[500], *made[502:]]
    for spoilt in (
        TEXTS[:-1],
        TEXTS[: len(TEXTS) // 2],
        TEXTS.replace(b"number 1500", b"number 1501"),
        TEXTS + TEXTS.splitlines(keepends=True)[-1],
        b"".join(members.write_texts(swapped)),
        b"".join(members.write_texts([replace(made[0], seq=2_999), *made[1:]])),
        b"nonsense\n" + TEXTS,
    ):
        together, alone = both(tmp_path, LOG, spoilt)
        assert together == alone


def test_where_no_process_can_be_started_one_does_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_given: object, **_named: object) -> None:
        raise OSError("no semaphores here")

    monkeypatch.setattr(logs, "pool", refuses)
    together, alone = both(tmp_path, LOG)
    assert together == alone
    assert together.verdict.holds


def test_processes_are_started_afresh_where_other_things_go_on(tmp_path: Path) -> None:
    """Copying a process with several threads could leave one waiting for ever."""
    resting = threading.Event()
    other = threading.Thread(target=resting.wait)
    other.start()
    try:
        together, alone = both(tmp_path, LOG)
    finally:
        resting.set()
        other.join()
    assert together == alone
    assert together.verdict.holds


@pytest.mark.parametrize("parts", [1, 2, 3, 7, 50, 5_000])
def test_a_log_is_cut_between_lines(parts: int, tmp_path: Path) -> None:
    where = region(tmp_path / "log", LOG)
    with where.path.open("rb") as file:
        cuts = logs._cuts(file, where, parts)
        assert (cuts[0], cuts[-1]) == (where.start, where.end)
        assert cuts == sorted(set(cuts))
        data = where.path.read_bytes()
        assert all(data[cut - 1 : cut] == b"\n" for cut in cuts)


@pytest.mark.parametrize("seq", [0, 1, 2, 3, 4, 1500, 1501, 2997, 2998, 2999, 5000])
def test_the_texts_of_an_entry_are_found(seq: int, tmp_path: Path) -> None:
    where = region(tmp_path / "texts", TEXTS)
    before = sum(
        len(line) for line, text in zip(TEXTS.splitlines(keepends=True), MADE.texts, strict=True) if text.seq < seq
    )
    with where.path.open("rb") as file:
        assert logs._find_text(file, where, seq) == where.start + before


@pytest.mark.parametrize("block", [1, 7, 100, 1 << 20])
def test_lines_come_as_they_are_whatever_the_blocks(
    block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from incidentsim.evidence import container

    monkeypatch.setattr(container, "BLOCK", block)
    data = b"one\n\ntwo\r\nthree"
    where = region(tmp_path / "log", data)
    assert list(entries_of(where)) == [b"one", b"", b"two\r", b"three"]
    with where.path.open("rb") as file:
        assert [line for batch in batches(file, where.start, where.start) for line in batch] == []
