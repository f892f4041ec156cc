"""`incidentsim import` is made from the table of foreign formats: a new importer is a row, and it is known at once."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from incidentsim.definitions.rosters.roster import Roster
from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.domain.errors import InputError
from incidentsim.domain.playbook import Playbook
from incidentsim.importing import formats
from incidentsim.importing.formats import FORMATS, ImportFormat
from incidentsim.importing.imported import Assumed, Imported, NotCarried
from tests.cli.conftest import Run

RECORD = {
    "schema_version": "1.3.7",
    "incident_id": "invented-1",
    "source_id": "tests",
    "security_incident": "Confirmed",
    "summary": "Invented.",
    "timeline": {"incident": {"year": 2025, "month": 3, "day": 4}},
    "victim": {"victim_id": "Nobody", "industry": "518210", "employee_count": "101 to 1000", "country": ["DE"]},
    "actor": {"external": {"variety": ["Organized crime"], "motive": ["Financial"], "country": ["Unknown"]}},
    "action": {"hacking": {"variety": ["Use of stolen creds"], "vector": ["Web application"]}},
    "asset": {"assets": [{"variety": "S - Database", "amount": 2}]},
    "attribute": {"availability": {"variety": ["Interruption"], "duration": {"unit": "Hours", "value": 7}}},
    "discovery_method": {"external": {"variety": ["Customer"]}},
}
"""An invented VERIS record."""


def dummy_importer(
    data: bytes, file: str, playbook: Playbook, roster: Roster | None
) -> Sequence[Imported | InputError]:
    """Every line is a record; one that says `broken` is one."""
    assert roster is None
    return [
        InputError(f"{file} is broken.")
        if line == "broken"
        else Imported(
            line,
            f"id: {line}\nplaybook: {playbook.id}\n".encode(),
            (NotCarried("$.name", "Left out."),),
            (Assumed("$", "All is well."),),
            (),
        )
        for line in data.decode().split()
    ]


DUMMY = ImportFormat("dummy", "lines of words", "a text file", "text", ".txt", 1_000, dummy_importer)


@pytest.fixture
def dummy(monkeypatch: pytest.MonkeyPatch) -> ImportFormat:
    """A format of which nothing but its row in the table is known."""
    monkeypatch.setattr(formats, "FORMATS", (*FORMATS, DUMMY))
    return DUMMY


@pytest.mark.usefixtures("dummy")
def test_a_row_in_the_table_makes_an_importer_a_choice_of_the_command(run: Run, tmp_path: Path) -> None:
    (tmp_path / "some.txt").write_text("first second\n")
    outcome = run("import", "dummy", tmp_path / "some.txt", "-o", tmp_path / "made")
    assert outcome.code == 0
    assert (tmp_path / "made" / "first.yaml").read_text() == "id: first\nplaybook: platform-incidents\n"
    assert (tmp_path / "made" / "second.yaml").is_file()
    assert "All is well. ($)" in outcome.out
    assert "Left out. $.name" in outcome.out


@pytest.mark.usefixtures("dummy")
def test_a_broken_record_of_any_format_is_reported_and_the_others_are_imported(run: Run, tmp_path: Path) -> None:
    (tmp_path / "some.txt").write_text("first broken\n")
    outcome = run("import", "dummy", tmp_path, "-o", tmp_path / "made")
    assert outcome.code == 2
    assert f"{tmp_path / 'some.txt'} is broken." in outcome.err
    assert (tmp_path / "made" / "first.yaml").is_file()


@pytest.mark.usefixtures("dummy")
def test_a_folder_is_searched_for_files_of_the_format(run: Run, tmp_path: Path) -> None:
    (tmp_path / "record.json").write_text("{}")
    outcome = run("import", "dummy", tmp_path)
    assert outcome.code == 2
    assert outcome.err == f"Error: The folder {tmp_path} holds no text file, nor does any folder below it.\n"


@pytest.mark.usefixtures("dummy")
def test_the_help_names_every_format_and_what_it_is(run: Run) -> None:
    words = " ".join(run("import", "--help").out.split())
    assert "FORMAT is veris or dummy; FILE is a JSON file with one record or several or a text file" in words
    assert "veris: incident records of the VERIS schema" in words
    assert "dummy: lines of words" in words


def test_the_help_of_one_format_does_not_tell_it_from_others(run: Run) -> None:
    words = " ".join(run("import", "--help").out.split())
    assert "FORMAT is veris; FILE is a JSON file with one record or several, or a folder with such files" in words
    assert "veris:" not in words


def test_the_people_of_a_roster_take_part_and_whom_it_lacks_is_said(run: Run, tmp_path: Path) -> None:
    record = tmp_path / "record.json"
    record.write_text(json.dumps(RECORD))
    roster = tmp_path / "acme.yaml"
    roster.write_text(
        "schema: incidentsim/roster/1\nid: acme\npeople:\n"
        "  ada: {name: Ada Park, roles: [response_team_lead, security_administrator]}\n"
        "  ben: {name: Ben, roles: [cook]}\n"
    )
    made = run("import", "veris", record, "-o", tmp_path / "made", "--people", roster)
    assert made.code == 0, made.err
    assert "Nobody in the roster acme who is there holds" in made.out
    (scenario,) = (tmp_path / "made").iterdir()
    value = read_yaml(scenario.read_bytes(), scenario.name).value
    assert value["people"]["ada"] == {"name": "Ada Park", "roles": ["response_team_lead", "security_administrator"]}
    assert "ben" not in value["people"]
    others = [person["name"]["en"] for name, person in value["people"].items() if name != "ada"]
    assert all("(invented)" in name for name in others)
    assert "those of a roster" in value["fiction"]["en"]
    assert run("check", "--quality", scenario).code == 0
    assert run("replay", "--bots", "--no-record", scenario).code == 0
    refused = run("import", "veris", record, "--people", "nobody")
    assert (refused.code, "There is no roster nobody" in refused.err) == (2, True)
