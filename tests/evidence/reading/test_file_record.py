"""A record in a file is read as it was recorded; one that does not hold is not read at all."""

import shutil
from pathlib import Path

import pytest

from incidentsim.domain.errors import InputError
from incidentsim.evidence.proving import prove_entry
from incidentsim.evidence.reading.file_record import open_record
from incidentsim.evidence.rebundling import pseudonymise
from incidentsim.ledger.digests import digest
from tests.support.evidence import as_log, bundle, members_of, pack, record
from tests.support.record import PLAYBOOK, RECORDED, ROSTER, SCENARIO
from tests.support.tampering import NAMES, TAMPERINGS, member


def nowhere(_digest: str) -> bytes | None:
    return None


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    views = {"audit-report.en.md": b"# Audit report\n", "controls.json": b"{}\n"}
    return bundle(tmp_path_factory.mktemp("sound") / "b.zip", 7, views=views)


def unpacked(path: Path, folder: Path) -> Path:
    shutil.unpack_archive(path, folder, "zip")
    return folder


def log_of(path: Path, folder: Path) -> Path:
    found = folder / "l.jsonl"
    found.write_bytes(members_of(path)["log.jsonl"])
    return found


def test_a_bundle_packed_or_not_gives_what_was_recorded(sound: Path, tmp_path: Path) -> None:
    made = record(7)
    for path in (sound, unpacked(sound, tmp_path / "u")):
        found = open_record(path, nowhere)
        assert list(found.entries("r1")) == list(made.entries)
        assert list(found.entries("r1", 5)) == list(made.entries)[5:]
        assert list(found.texts("r1")) == list(made.texts)
        assert [text.seq for text in found.texts("r1", 4)] == [6, 6]
        assert found.roster("r1") == ROSTER
        assert (found.document(digest(PLAYBOOK)), found.document(digest(SCENARIO))) == (PLAYBOOK, SCENARIO)
        info = found.find("whatever")
        assert (info.id, info.created, info.entries, info.last_kind) == ("r1", RECORDED, 7, "step_taken")


def test_a_log_gives_its_entries_and_what_lies_beside_it(sound: Path, tmp_path: Path) -> None:
    path = log_of(sound, tmp_path)
    found = open_record(path, nowhere)
    assert list(found.entries("r1")) == list(record(7).entries)
    assert (list(found.texts("r1")), found.roster("r1"), found.signed) == ([], {}, False)
    with pytest.raises(InputError, match=r"The playbook that this record was made by .* is not there with .*l\.jsonl"):
        found.document(digest(PLAYBOOK))
    (tmp_path / "playbook.yaml").write_bytes(PLAYBOOK)
    (tmp_path / "scenario.yaml").write_bytes(b"another\n")
    beside = open_record(path, nowhere)
    assert beside.document(digest(PLAYBOOK)) == PLAYBOOK
    with pytest.raises(InputError, match="The scenario that was played"):
        beside.document(digest(SCENARIO))
    assert open_record(path, {digest(SCENARIO): SCENARIO}.get).document(digest(SCENARIO)) == SCENARIO


def test_a_copy_that_names_nobody_says_what_it_is_without(sound: Path, tmp_path: Path) -> None:
    pseudonymise(sound, tmp_path / "p.zip")
    found = open_record(tmp_path / "p.zip", nowhere)
    assert (list(found.texts("r1")), found.roster("r1"), found.document(digest(PLAYBOOK))) == ([], {}, PLAYBOOK)
    with pytest.raises(InputError, match="nothing can be said of what was expected"):
        found.document(digest(SCENARIO))


@pytest.mark.parametrize("how", TAMPERINGS)
@pytest.mark.parametrize("name", NAMES)
def test_what_was_tampered_with_is_not_read(name: str, how: str, sound: Path, tmp_path: Path) -> None:
    parts = members_of(sound)
    full = member(name, parts)
    path = pack(tmp_path / "c.zip", {**parts, full: TAMPERINGS[how](parts[full])})
    with pytest.raises(InputError):
        open_record(path, nowhere)


def test_the_refusal_names_the_finding_and_says_who_says_more(sound: Path, tmp_path: Path) -> None:
    parts = members_of(sound)
    path = pack(tmp_path / "c.zip", {**parts, "log.jsonl": parts["log.jsonl"].replace(b"discoverer", b"discoveree", 1)})
    with pytest.raises(InputError) as told:
        open_record(path, nowhere)
    for part in (
        "was changed or damaged, so nothing is made of it",
        "(entry: 0; expected: sha256:",
        "incidentsim verify",
    ):
        assert part in str(told.value)


def test_a_damaged_log_is_not_read(tmp_path: Path) -> None:
    lines = list(record(7).entries)
    path = tmp_path / "l.jsonl"
    for spoilt in (lines[1:], lines[::-1], [*lines[:3], *lines[4:]], [*lines[:3], b"{}", *lines[4:]], []):
        path.write_bytes(as_log(spoilt))
        with pytest.raises(InputError):
            open_record(path, nowhere)
    path.write_bytes(as_log(lines)[:-1])
    with pytest.raises(InputError, match="The last line is whole"):
        open_record(path, nowhere)


def test_a_proof_is_no_record(sound: Path, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_bytes(prove_entry(sound, 3))
    with pytest.raises(InputError, match="holds no whole record"):
        open_record(tmp_path / "p.json", nowhere)


def test_a_file_that_goes_away_is_told(sound: Path, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    shutil.copy(sound, path)
    found = open_record(path, nowhere)
    path.unlink()
    with pytest.raises(OSError, match="No such file"):
        list(found.entries("r1"))
