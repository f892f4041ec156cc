"""VERIFY.md, followed by hand, and `verify` agree on every tampering: neither holds where the other finds something.

A third of the corpus, some six hundred, is gone through among the slow tests, all of it among the long ones, and a
tampering of each kind here.
"""

import random
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest

from incidentsim.domain.errors import InputError
from incidentsim.evidence.verifying import verify_bundle
from tests.evidence.test_guide import TEXT, needs_tools, run_in
from tests.support import tampering_corpus, tampering_keys, tampering_packing, tampering_signed
from tests.support.authorities import Authority, needs_openssl
from tests.support.tampering_corpus import Kind, Tampering

GENERATORS: dict[str, Callable[[], Iterator[Tampering]]] = {
    "members": tampering_corpus.of_members,
    "lines": tampering_corpus.of_lines,
    "fields": tampering_corpus.of_fields,
    "signatures": tampering_keys.of_signatures,
    "folders": tampering_keys.of_folders,
    "copies": tampering_keys.of_copies,
    "signed entries": tampering_signed.of_entries,
    "signed texts": tampering_signed.of_texts,
    "signed rosters": tampering_signed.of_rosters,
    "signed checkpoints": tampering_signed.of_checkpoints,
    "signed lists": tampering_signed.of_lists,
}
PARTS = 6
"""So many tests go through the tamperings of each generator, so that several can run at once."""

CANNOT_BE_SEEN = frozenset(
    {
        "a signature: observer's gone with its key",
        "a key: one more has signed",
        "the folder: nothing changed",
        "the folder: a hard link to a member elsewhere",
        "a member removed: all views",
        *(f"a member removed: {name}" for name in ("roster.json", "scenario.yaml", "texts.jsonl")),
    }
)
"""What a forger can do without a trace; the guide says so under “not shown”, and `verify` among its limits."""

BY_WHOM_IT_WAS_SIGNED = (
    "an entry, signed",
    "a text, signed",
    "the roster, signed",
    "the checkpoint, signed",
    "a list, signed",
)


@cache
def corpus() -> tuple[Tampering, ...]:
    return tuple(tampering for generate in GENERATORS.values() for tampering in generate())


def by_verify(path: Path) -> bool:
    """Whether `verify` says that it holds; what is no bundle at all does not."""
    try:
        return verify_bundle(path).holds
    except InputError:
        return False


def by_hand(folder: Path) -> subprocess.CompletedProcess[str]:
    return run_in(folder, TEXT, "-e")


def disagreement(tampering: Tampering, path: Path) -> str | None:
    """What is wrong with the two verdicts on a tampering; `None` where they agree."""
    tampering.write(path)
    verdict, done = by_verify(path), by_hand(path)
    shutil.rmtree(path)
    if "Traceback" in done.stderr:
        return f"{tampering}: {done.stderr}"
    if verdict is not (done.returncode == 0):
        return f"{tampering}: verify says {verdict}, by hand it is {done.returncode == 0}: {done.stderr}"
    forged = not str(tampering).startswith(BY_WHOM_IT_WAS_SIGNED) and tampering.kind not in (Kind.COPY, Kind.EARLIER)
    if forged and verdict is not (str(tampering) in CANNOT_BE_SEEN):
        return f"{tampering}: it was not found by either"
    return None


def disagreements(tamperings: Iterable[Tampering], folder: Path) -> list[str]:
    """The same of many; two are tried at once."""
    with ThreadPoolExecutor(2) as workers:
        found = workers.map(lambda one: disagreement(one[1], folder / str(one[0])), enumerate(tamperings))
        return [what for what in found if what is not None]


def test_there_are_enough_of_every_kind() -> None:
    kinds = [tampering.kind for tampering in corpus()]
    assert len(kinds) >= 1_000
    assert len({str(tampering) for tampering in corpus()}) == len(kinds)
    assert set(kinds) == set(Kind) - {Kind.PACKING, Kind.STAMP}
    assert all(kinds.count(kind) >= 9 for kind in set(kinds))
    assert {str(tampering) for tampering in corpus()} >= CANNOT_BE_SEEN


@needs_tools
@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.PACKING, Kind.STAMP}))
def test_they_agree_on_a_tampering_of_each_kind(kind: Kind, tmp_path: Path) -> None:
    there = [tampering for tampering in corpus() if tampering.kind is kind]
    chosen = random.Random(14).choice(there)  # noqa: S311 - the same in every run
    assert disagreements([chosen], tmp_path) == []


@needs_tools
@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("part", [0, 1, *(pytest.param(part, marks=pytest.mark.long) for part in range(2, PARTS))])
@pytest.mark.parametrize("generator", GENERATORS)
def test_they_agree_on_every_tampering(generator: str, part: int, tmp_path: Path) -> None:
    assert disagreements(list(GENERATORS[generator]())[part::PARTS], tmp_path) == []


# The zip file: unpacked, nothing of it is left; the guide says so.

ABOUT_THE_ZIP_FILE = (
    "a packed bundle has exactly one form, and `incidentsim verify` refuses every other",
    "打包的证据包只有一种合法形式",
)


def unpacked(path: Path, folder: Path) -> bool:
    """Unpack as tools do; whether that is possible without a warning."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            archive.extractall(folder)
            return len({name.lower() for name in names}) == len(names) and archive.testzip() is None
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError):
        return False


@needs_tools
@pytest.mark.parametrize("tampering", list(tampering_packing.of_packing()), ids=lambda one: one.name)
def test_a_zip_file_in_another_form_is_refused_and_the_guide_says_why_it_cannot_tell(
    tampering: Tampering, tmp_path: Path
) -> None:
    tampering.write(tmp_path / "b.zip")
    assert not by_verify(tmp_path / "b.zip")
    assert all(said in TEXT for said in ABOUT_THE_ZIP_FILE)


@needs_tools
@pytest.mark.slow
@pytest.mark.parametrize("tampering", list(tampering_packing.of_packing()), ids=lambda one: one.name)
def test_what_comes_out_of_such_a_file_is_judged_alike(tampering: Tampering, tmp_path: Path) -> None:
    tampering.write(tmp_path / "b.zip")
    if unpacked(tmp_path / "b.zip", tmp_path / "u"):
        assert by_verify(tmp_path / "u") is (by_hand(tmp_path / "u").returncode == 0)


@needs_tools
@needs_openssl
@pytest.mark.slow
def test_they_agree_on_time_stamps(tmp_path: Path) -> None:
    pytest.importorskip("rfc3161_client")
    (tmp_path / "authority").mkdir()
    stamps = list(tampering_packing.of_stamps(Authority(tmp_path / "authority")))
    verdicts = {}
    for number, stamp in enumerate(stamps):
        path = tmp_path / str(number)
        stamp.write(path)
        verdicts[stamp.name] = by_verify(path), by_hand(path).returncode == 0
    assert {name: verdict for name, verdict in verdicts.items() if verdict[0] is not verdict[1]} == {}
    assert [name for name, verdict in verdicts.items() if verdict[0]] == [
        "a right one",
        "its signature changed",
        "taken away",
    ]


# By hand, one command after the other.


@needs_tools
@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.PACKING, Kind.STAMP}))
def test_whoever_goes_on_after_a_complaint_sees_sentences(kind: Kind, tmp_path: Path) -> None:
    """Even where every command is run all the same: no traceback, and it can be seen that something is wrong."""
    there = [tampering for tampering in corpus() if tampering.kind is kind]
    for number, tampering in enumerate(there[:: max(1, len(there) // 5)]):
        path = tmp_path / str(number)
        tampering.write(path)
        done = run_in(path, TEXT)
        assert "Traceback" not in done.stderr, str(tampering)
        if not by_verify(path):
            assert any(word in done.stdout + done.stderr for word in ("WRONG", "FAILED", "No such file", "cannot")), (
                str(tampering)
            )
