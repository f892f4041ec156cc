"""A run is read from a file as it is from the database: the same exports, byte for byte, and no database."""

import shutil
from pathlib import Path

import pytest

from incidentsim import composition
from incidentsim.domain.errors import InputError
from incidentsim.domain.text import LANGUAGES
from incidentsim.exports.format_types import ExportFormat, ExportOptions
from incidentsim.exports.formats import FORMATS
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from tests.support.evidence import key, members_of
from tests.support.exporting import service_with_a_run

FREE = [row for row in FORMATS if row.make is not None and row.extra is None]
STORED = service_with_a_run().exports.source("run-1", in_bundle=True)


def elsewhere() -> Service:
    """A service in whose database there is nothing."""
    return Service(
        library=composition.library(),
        store=MemoryStore(),
        now=composition.now,
        new_id=lambda: "never",
        salts=bytes,
        program="incidentsim test",
    )


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bundle") / "b.zip"
    service_with_a_run().exports.bundle("run-1", path, key())
    return path


@pytest.fixture(scope="module")
def unpacked(packed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    shutil.unpack_archive(packed, folder, "zip")
    return folder


@pytest.mark.parametrize("row", FREE, ids=lambda row: row.name)
def test_what_is_exported_from_a_bundle_is_what_is_exported_from_the_run(row: ExportFormat, packed: Path) -> None:
    assert b"".join(row.blocks(elsewhere().exports.source(packed), ExportOptions())) == b"".join(
        row.blocks(STORED, ExportOptions())
    )


@pytest.mark.slow
def test_reports_made_from_a_bundle_are_those_that_lie_in_it(packed: Path, unpacked: Path) -> None:
    """So whoever doubts that the views say what the record says makes them anew, and compares."""
    views = {name.removeprefix("views/"): data for name, data in members_of(packed).items() if name[:6] == "views/"}
    for path in (packed, unpacked):
        source = elsewhere().exports.source(path)
        for row in FREE:
            if row.in_bundle:
                options = ExportOptions(LANGUAGES[: row.languages], members="../")
                assert b"".join(row.blocks(source, options)) == views[row.member]


def test_a_bundle_is_shown_evaluated_compared_and_judged_anew_like_the_run(packed: Path, unpacked: Path) -> None:
    here, there = service_with_a_run(), elsewhere()
    for path in (packed, unpacked):
        assert there.records.show(path) == here.records.show("run-1")
        assert there.evaluations.evaluate(path).evaluation == here.evaluations.evaluate("run-1").evaluation
        first, second, comparison = there.evaluations.compare(path, packed)
        assert (first.view, second.view) == (here.records.show("run-1"),) * 2
        assert comparison.divergence is None
        assert not there.evaluations.rejudge(path, "platform-incidents")[2].changes
    with pytest.raises(InputError):
        there.evaluations.compare(packed, "run-1")


def test_a_run_is_compared_with_its_own_bundle(packed: Path) -> None:
    assert service_with_a_run().evaluations.compare("run-1", packed)[2].divergence is None


def test_a_bundle_that_was_changed_is_shown_in_no_way(packed: Path, tmp_path: Path) -> None:
    data = packed.read_bytes()
    forged = tmp_path / "c.zip"
    forged.write_bytes(data.replace(b"false_alarm", b"false-alarm", 1).replace(b"monitoring", b"monitorinh", 1))
    assert forged.read_bytes() != data
    there = elsewhere()
    for attempt in (
        lambda: there.records.show(forged),
        lambda: there.evaluations.evaluate(forged),
        lambda: there.evaluations.compare(packed, forged),
        lambda: there.evaluations.rejudge(forged, "platform-incidents"),
        lambda: list(there.exports.source(forged).log()),
        lambda: there.exports.script(forged),
    ):
        with pytest.raises(InputError):
            attempt()
