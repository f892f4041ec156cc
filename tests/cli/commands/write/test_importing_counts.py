"""What came in is what came out: imported, refused and equal ones are together the records in the files."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from tests.cli.conftest import Run
from tests.support.examples import examples

RECORD: dict[str, Any] = {
    "schema_version": "1.3.7",
    "security_incident": "Confirmed",
    "action": {"hacking": {"variety": ["Use of stolen creds"], "vector": ["Web application"]}},
    "timeline": {"incident": {"year": 2020, "month": 3}},
}

Files = list[tuple[str, list[int]]]
"""For each file its form, and its records: 0 to 4 are good ones, of which equal numbers are equal; below, broken."""

files: st.SearchStrategy[Files] = st.lists(
    st.tuples(st.sampled_from(["list", "lines", "single"]), st.lists(st.integers(-2, 4), min_size=1, max_size=6)),
    min_size=1,
    max_size=4,
)
BROKEN: list[Any] = [{}, {**RECORD, "timeline": {"incident": {"year": "soon"}}}]


def written(folder: Path, form: str, numbers: list[int], name: str) -> tuple[Path, list[int]]:
    records = [{**RECORD, "incident_id": f"n{number}"} if number >= 0 else BROKEN[number] for number in numbers]
    path = folder / "below" / name
    path.parent.mkdir(exist_ok=True)
    if form == "single" or (form == "lines" and len(records) == 1):
        path.write_text(json.dumps(records[0], indent=1), encoding="utf-8")
        return path, numbers[:1]
    texts = [json.dumps(record) for record in records]
    path.write_text("\n".join(texts) if form == "lines" else f"[{', '.join(texts)}]", encoding="utf-8")
    return path, numbers


@examples(60, few=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=files)
def test_imported_refused_and_equal_ones_are_the_records_of_the_files(
    made: Files, run: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("records")
    numbers = [
        number
        for place, (form, records) in enumerate(made)
        for number in written(folder, form, records, f"{place}.json")[1]
    ]
    outcome = run("import", "veris", folder, "-o", folder / "made", "--format", "json")
    found = json.loads(outcome.out)
    good = [number for number in numbers if number >= 0]
    assert found["counts"] == {
        "records": len(numbers),
        "imported": len(set(good)),
        "equal": len(good) - len(set(good)),
        "refused": len(numbers) - len(good),
        "files_refused": 0,
    }
    assert {name: len(found[name]) for name in ("imported", "equal", "broken")} == {
        "imported": found["counts"]["imported"],
        "equal": found["counts"]["equal"],
        "broken": found["counts"]["refused"],
    }
    assert len(list((folder / "made").glob("*.yaml"))) == len(set(good))
    assert outcome.code == (2 if len(numbers) > len(good) else 0)


def test_the_account_is_printed_in_both_languages(run: Run, tmp_path: Path) -> None:
    texts = [json.dumps(RECORD)] * 3 + ["{}"]
    (tmp_path / "four.json").write_text(f"[{','.join(texts)}]", encoding="utf-8")
    (tmp_path / "none.json").write_bytes(b"\xff")
    outcome = run("import", "veris", tmp_path, "-o", tmp_path / "made")
    assert "4 records read: 1 imported, 2 equal to one before, 1 refused.\n1 file refused as a whole." in outcome.err
    outcome = run("--lang", "zh", "import", "veris", tmp_path, "-o", tmp_path / "made")
    assert "共读取4条记录：已导入1条，与前面记录相同2条，拒绝1条。\n1个文件被整体拒绝。" in outcome.err


def test_a_schema_that_lies_beside_records_is_passed_over_aloud(run: Run, tmp_path: Path) -> None:
    (tmp_path / "schema").mkdir()
    schema = tmp_path / "schema" / "some.json"
    schema.write_text('{"$schema": "http://json-schema.org/draft-04/schema#"}', encoding="utf-8")
    (tmp_path / "RECORD.JSON").write_text(json.dumps(RECORD), encoding="utf-8")
    outcome = run("import", "veris", tmp_path, "-o", tmp_path / "made")
    assert outcome.code == 0
    assert f"Passed over: {schema}\n{schema} is a JSON schema and holds no records.\n" in outcome.err
    assert run("import", "veris", schema, "-o", tmp_path / "made").code == 2


def test_who_replays_an_imported_scenario_learns_of_bots(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(RECORD), encoding="utf-8")
    made = tmp_path / "made"
    assert run("import", "veris", tmp_path / "one.json", "-o", made).code == 0
    outcome = run("replay", made, "--no-record")
    assert outcome.code == 1
    assert "1 scenario has no script, so nobody decides anything in it: with --bots, bots do.\n" in outcome.err
    outcome = run("replay", made, "--no-record", "--bots")
    assert outcome.code == 0
    assert "script" not in outcome.err
    assert run("check", "--quality", made).code == 0
