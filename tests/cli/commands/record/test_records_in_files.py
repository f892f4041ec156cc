"""Commands that read a run read a bundle or a log as well: verified first, and without a database."""

import json
import shutil
from pathlib import Path

import pytest

from incidentsim.definitions.library.library import Library
from incidentsim.evidence.rebundling import pseudonymise
from incidentsim.service import Service
from tests.cli.conftest import Run
from tests.service.test_record_sources import elsewhere
from tests.support.evidence import key, members_of, pack
from tests.support.exporting import service_with_a_run

COMMANDS = {
    "show": ("show", "{}"),
    "show as json": ("show", "{}", "--format", "json"),
    "compare": ("compare", "{}", "{}"),
    "rejudge": ("rejudge", "{}", "--playbook", "platform-incidents"),
    "export the log": ("export", "{}", "--format", "jsonl"),
    "export a table": ("export", "{}", "--format", "csv"),
    "write a script": ("runs", "script", "{}"),
}
"""Commands that print what they read; `{}` is the run."""


@pytest.fixture
def service() -> Service:
    """The service, with one run on record."""
    return service_with_a_run()


def without_a_database(*, record: bool) -> Service:
    assert not record, "a database was asked for"
    return elsewhere()


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bundle") / "b.zip"
    service_with_a_run().exports.bundle("run-1", path, key())
    return path


def line(name: str, run: Path | str) -> list[str]:
    return [part.format(run) for part in COMMANDS[name]]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_of_a_bundle_what_it_says_of_the_run(name: str, run: Run, packed: Path, tmp_path: Path) -> None:
    shutil.unpack_archive(packed, tmp_path / "u", "zip")
    said = run(*line(name, "last"))
    assert (said.code, bool(said.out)) == (0, True)
    for path in (packed, tmp_path / "u"):
        read = run(*line(name, path), opener=without_a_database)
        assert (read.code, read.out, read.err) == (said.code, said.out, said.err)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_refuses_a_bundle_that_does_not_hold(name: str, run: Run, packed: Path, tmp_path: Path) -> None:
    parts = members_of(packed)
    other = pack(tmp_path / "c.zip", {**parts, "scenario.yaml": parts["scenario.yaml"] + b"# more\n"})
    said = run(*line(name, other), opener=without_a_database)
    assert (said.code, said.out) == (2, "")
    assert "was changed or damaged, so nothing is made of it" in said.err
    assert f"“incidentsim verify {other}” says all that is wrong" in said.err


def test_what_is_there_under_a_run_s_id_is_read_only_by_its_path(run: Run, tmp_path: Path) -> None:
    """The word `last` never means a folder that happens to be called so."""
    (tmp_path / "last").mkdir()
    assert run("show", "last").code == 0
    assert run("show", f"{tmp_path}/last").code == 2


def test_a_file_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    for name in COMMANDS:
        said = run(*line(name, tmp_path / "none.zip"), opener=without_a_database)
        assert (said.code, "There is no file" in said.err) == (2, True)


def test_no_bundle_is_made_from_a_file(run: Run, packed: Path, tmp_path: Path) -> None:
    said = run("export", packed, "--format", "bundle", "-o", tmp_path / "c.zip", opener=without_a_database)
    assert (said.code, "a bundle is made from a run in the database" in said.err) == (2, True)


# What is left where names, words or documents are missing.


@pytest.fixture(scope="module")
def nameless(packed: Path) -> Path:
    path = packed.with_name("p.zip")
    pseudonymise(packed, path)
    return path


def test_a_copy_without_names_is_shown_by_pseudonyms_and_says_what_it_does_not_tell(run: Run, nameless: Path) -> None:
    whole, shown = run("show", "last"), run("show", nameless, opener=without_a_database)
    assert shown.code == 0
    assert "p1 (" in shown.out
    scenario = elsewhere().library.playable("false-alarm").scenario
    assert any(person.name.en in whole.out for person in scenario.people.values())
    for person in scenario.people.values():
        assert person.name.en not in shown.out
    assert "Not told: regulatory deadlines, evaluation and verdict. The scenario that was played" in shown.err
    assert "passed" not in shown.out
    told = json.loads(run("show", nameless, "--format", "json", opener=without_a_database).out)
    before = json.loads(run("show", "last", "--format", "json").out)
    unknown = ("outcome", "outcome_digest", "expectations", "clocks", "evaluation")
    assert [told[part] for part in unknown] == [None] * len(unknown)
    for part in (
        "run",
        "scenario",
        "playbook",
        "final_states",
        "level",
        "facts",
        "escalations",
        "refusals",
        "breaches",
    ):
        assert told[part] == before[part]
    assert len(told["record"]) == len(before["record"])


def test_the_log_of_a_copy_without_names_is_the_log(run: Run, nameless: Path) -> None:
    assert (
        run("export", nameless, "--format", "jsonl", opener=without_a_database).out
        == run("export", "last", "--format", "jsonl").out
    )


@pytest.mark.parametrize("name", ["compare", "rejudge", "export a table", "write a script"])
def test_what_needs_the_scenario_says_so(name: str, run: Run, nameless: Path) -> None:
    said = run(*line(name, nameless), opener=without_a_database)
    assert (said.code, said.out) == (2, "")
    assert "The scenario that was played (sha256:" in said.err
    assert "changed or damaged" not in said.err


@pytest.mark.parametrize("name", COMMANDS)
def test_a_log_of_a_known_procedure_without_its_texts_is_read_as_far_as_it_goes(
    name: str, run: Run, packed: Path, tmp_path: Path
) -> None:
    """An exported log never holds the words; that they are missing is nothing wrong with it."""
    log = tmp_path / "l.jsonl"
    log.write_bytes(members_of(packed)["log.jsonl"])
    (tmp_path / "offsets.json").write_bytes(members_of(packed)["offsets.json"])
    whole, said = run(*line(name, "last")), run(*line(name, log), opener=without_a_database)
    assert (said.code, bool(said.out)) == (whole.code, True)
    if name == "write a script":
        assert "Texts of this run are not in this copy; its replay comes to another outcome digest." in said.err
        assert whole.err == ""


def test_what_is_said_of_a_log_without_its_texts_is_that_they_are_missing(
    run: Run, packed: Path, tmp_path: Path
) -> None:
    log = tmp_path / "l.jsonl"
    log.write_bytes(members_of(packed)["log.jsonl"])
    shown, verified = (run(command, log, opener=without_a_database) for command in ("show", "verify"))
    assert (shown.code, verified.code) == (0, 0)
    assert "The outcome digest cannot be computed any more: texts are missing." in shown.out
    assert "The texts were not given, so they were not compared with their commitments." in verified.out
    bundle = run("export", log, "--format", "bundle", "-o", tmp_path / "b.zip", opener=without_a_database)
    assert (bundle.code, (tmp_path / "b.zip").exists()) == (2, False)


def test_a_log_without_its_playbook_says_that_it_is_missing(run: Run, packed: Path, tmp_path: Path) -> None:
    log = tmp_path / "l.jsonl"
    log.write_bytes(members_of(packed)["log.jsonl"])

    def unknowing(*, record: bool) -> Service:
        service = without_a_database(record=record)
        service._context.library = Library([])
        return service

    said = run("show", log, opener=unknowing)
    assert (said.code, said.out) == (2, "")
    assert "The playbook that this record was made by (sha256:" in said.err
    (tmp_path / "playbook.yaml").write_bytes(members_of(packed)["playbook.yaml"])
    shown = run("show", log, opener=unknowing)
    assert (shown.code, "Not told: regulatory deadlines, evaluation and verdict" in shown.err) == (0, True)
