"""What does not hold is handed out in no form: every format refuses every kind of damage."""

from pathlib import Path

import pytest

from incidentsim.domain.errors import IncidentsimError
from incidentsim.exports.format_types import ExportFormat, ExportOptions
from incidentsim.exports.formats import FORMATS, find
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from tests.support.damage import DAMAGES
from tests.support.evidence import key
from tests.support.exporting import service_with_a_run

SOUND = service_with_a_run().exports.source("run-1")
MADE = [row for row in FORMATS if row.make is not None]


def damaged(how: str) -> Service:
    service = service_with_a_run()
    store = service._context.store
    assert isinstance(store, MemoryStore)
    DAMAGES[how](store, "run-1")
    return service


def refused(row: ExportFormat, how: str) -> None:
    with pytest.raises(IncidentsimError) as told:
        list(row.blocks(damaged(how).exports.source("run-1"), ExportOptions()))
    assert str(told.value).endswith(".")


@pytest.mark.parametrize("how", DAMAGES)
def test_the_log_of_a_faulty_record_is_not_handed_out(how: str) -> None:
    refused(find("jsonl"), how)


@pytest.mark.parametrize("row", MADE, ids=lambda row: row.name)
def test_no_format_hands_out_a_faulty_record(row: ExportFormat) -> None:
    for how in ("a bit of an entry", "other words", "no scenario"):
        refused(row, how)


@pytest.mark.slow
@pytest.mark.parametrize("how", DAMAGES)
@pytest.mark.parametrize("row", MADE, ids=lambda row: row.name)
def test_every_format_refuses_every_kind_of_damage(row: ExportFormat, how: str) -> None:
    refused(row, how)


@pytest.mark.parametrize("how", DAMAGES)
def test_no_bundle_vouches_for_a_faulty_record(how: str, tmp_path: Path) -> None:
    with pytest.raises(IncidentsimError):
        damaged(how).exports.bundle("run-1", tmp_path / "b.zip", key())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("row", MADE, ids=lambda row: row.name)
def test_every_format_hands_out_a_sound_one(row: ExportFormat) -> None:
    if row.extra is None:
        assert b"".join(row.blocks(SOUND, ExportOptions()))
