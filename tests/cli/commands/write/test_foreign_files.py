"""A foreign file handed to any command that reads a file: told as what it is, with exit code 2."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.foreign import SAMPLES

if TYPE_CHECKING:
    from tests.cli.conftest import Run

COMMANDS = (
    "check FILE",
    "replay FILE",
    "replay false-alarm --no-record --playbook FILE",
    "play --plain FILE",
    "preview FILE",
    "generate FILE",
    "diagram FILE",
    "import veris FILE",
    "verify FILE",
    "show FILE",
    "export FILE --format md",
    "compare FILE FILE",
    "rejudge FILE --playbook incident-command",
    "prove FILE 3",
    "cosign FILE --key FILE -o OUT",
)
"""Every command that reads a file which somebody names, in every place where one can be named."""


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("openaev", "an export of OpenAEV (OpenBAS)"),
        ("xlsx", "a workbook"),
        ("msel", "a master scenario events list (MSEL)"),
        ("attack-flow", "an ATT&CK Flow"),
    ],
)
def test_every_command_says_what_a_foreign_file_looks_like(
    run: "Run", tmp_path: Path, command: str, name: str, said: str
) -> None:
    path = tmp_path / "a.file"
    path.write_bytes(SAMPLES[name][0])
    path.chmod(0o600)
    places = {"FILE": str(path), "OUT": str(tmp_path / "out.zip")}
    outcome = run(*(places.get(word, word) for word in command.split()))
    assert outcome.code == 2, outcome
    told = outcome.out + outcome.err
    assert f"It looks like {said}" in told
    assert "There is no importer for it." in told


@pytest.mark.parametrize(
    ("command", "sample", "said"),
    [
        ("check FILE", "bundle", "This is an evidence bundle of incidentsim. “incidentsim verify FILE” checks it"),
        ("replay FILE", "log", "This is an exported log of incidentsim. “incidentsim verify FILE” checks it."),
        ("replay FILE", "playbook", "This is a playbook. “incidentsim check” and “diagram” take it"),
        ("diagram FILE", "scenario", "This is a scenario."),
        ("import veris FILE", "proof", "This is a proof of incidentsim."),
        ("verify FILE", "checkpoint", "“incidentsim verify RUN --checkpoint FILE” compares a record with it."),
        ("prove FILE 3", "log", "This is an exported log of incidentsim."),
        ("replay FILE", "veris", "“incidentsim import veris FILE” makes scenarios of it."),
        ("generate FILE", "scenario", "This is no archetype, which is wanted here. This is a scenario."),
    ],
)
def test_one_of_ours_in_the_wrong_place_is_sent_to_the_right_one(
    run: "Run", tmp_path: Path, command: str, sample: str, said: str
) -> None:
    path = tmp_path / "a.file"
    path.write_bytes(SAMPLES[sample][0])
    outcome = run(*(str(path) if word == "FILE" else word for word in command.split()))
    assert outcome.code == 2
    assert said in outcome.out + outcome.err


@pytest.mark.parametrize("command", ["check", "replay"])
def test_a_folder_of_foreign_files_is_told_by_one_of_them(run: "Run", tmp_path: Path, command: str) -> None:
    (tmp_path / "msel.xlsx").write_bytes(SAMPLES["xlsx"][0])
    outcome = run(command, tmp_path)
    assert outcome.code == 2
    assert "holds no YAML file (*.yaml, *.yml). There is msel.xlsx: It looks like a workbook" in outcome.err


@pytest.mark.parametrize("name", ["veris", "stix", "pdf"])
def test_a_foreign_file_named_like_a_log_is_no_faulty_record(run: "Run", tmp_path: Path, name: str) -> None:
    """Exit code 1 would say that a record was tampered with."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(SAMPLES[name][0])
    outcome = run("verify", path)
    assert outcome.code == 2
    assert "is neither a bundle nor a log nor a proof" in outcome.err
    assert "It looks like" in outcome.err
