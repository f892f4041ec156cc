"""Files over a limit, and files of broken records: refused as a whole, early, with what was not looked at."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.definitions.yaml12.problems import DefinitionError
from incidentsim.domain.playbook import Playbook
from incidentsim.importing.imported import Imported, NoRecordsError
from incidentsim.importing.limits import MOST_BROKEN, MOST_COUNTED, VERIS_BYTES
from incidentsim.importing.veris import import_veris_file
from incidentsim.importing.veris.source import Records


def refusal(data: bytes, playbook: Playbook) -> str:
    with pytest.raises(DefinitionError) as refused:
        import_veris_file(data, "large.json", playbook)
    return str(refused.value)


@pytest.mark.parametrize("begins", [b"[", b"{", b'{}\n{"a": 1}\n'])
def test_a_list_lines_and_one_record_have_the_same_limit(begins: bytes, playbook: Playbook) -> None:
    said = refusal(begins + b" " * (VERIS_BYTES + 1 - len(begins)), playbook)
    assert said == f"large.json:1:1: The file has {VERIS_BYTES + 1} bytes; {VERIS_BYTES} is the most that is read. ($)"


@pytest.mark.parametrize("by_line", [False, True])
def test_records_beyond_the_limit_of_definitions_are_read_to_the_last(
    by_line: bool, invent: Any, playbook: Playbook
) -> None:
    records = [json.dumps(invent({"incident_id": f"n{number}", "notes": "x" * 120_000})) for number in range(12)]
    data = ("\n".join(records) if by_line else f"[{','.join(records)}]").encode()
    assert len(data) > 1024 * 1024
    results = import_veris_file(data, "large.json", playbook)
    assert len(results) == 12
    assert all(isinstance(result, Imported) for result in results)


@pytest.mark.parametrize("by_line", [False, True])
@pytest.mark.parametrize("left", [0, 1, 7_000])
def test_after_too_many_broken_records_the_rest_is_counted_and_nothing_is_imported(
    by_line: bool, left: int, invent: Any, playbook: Playbook
) -> None:
    parts = [json.dumps(invent()), *["{}"] * (MOST_BROKEN + 1 + left)]
    data = ("\n".join(parts) if by_line else f"[{' , '.join(parts)} ]").encode()
    said = refusal(data, playbook)
    assert f"{MOST_BROKEN + 1:,} of the first {MOST_BROKEN + 2:,} records are broken. The {left:,} behind them" in said
    assert said.count("\n") == 3


def test_as_many_broken_records_as_may_be_are_told_one_by_one(playbook: Playbook) -> None:
    assert len(import_veris_file(b"[" + b"{}," * (MOST_BROKEN - 1) + b"{}]", "broken.json", playbook)) == MOST_BROKEN


@pytest.mark.slow
@pytest.mark.parametrize(("before", "record"), [("[{}", ",     {}"), ("{}", "\n{}     ")], ids=["list", "lines"])
def test_millions_of_broken_records_take_little_time_and_memory(before: str, record: str, tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    path.write_text(before + record * 7_000_000 + ("]" if before[0] == "[" else ""), encoding="ascii")
    code = (
        "import sys, time, pathlib; from incidentsim.cli.main import run; code = run(sys.argv[1:]);"
        "told = pathlib.Path('/proc/self/status'); lines = told.read_text().splitlines() if told.exists() else [];"
        "peak = next((line.split()[1] for line in lines if line.startswith('VmHWM')), 0);"  # not ru_maxrss
        "print(code, time.process_time(), peak)"
    )
    asked = [sys.executable, "-c", code, "import", "veris", str(path), "-o", str(tmp_path / "made")]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert f"The more than {MOST_COUNTED:,} behind them" in done.stderr
    result, seconds, kilobytes = done.stdout.split()
    assert int(result) == 2
    assert float(seconds) < 5
    assert int(kilobytes) < 500_000  # 0 where the system does not tell


parts = st.sampled_from(["{}", '{"a": [1, "]},{"]}', "5", '"[,]"', "[[],[{}]]", "null"])
space = st.sampled_from(["", " ", "\n", "\t "])


@given(records=st.lists(parts, min_size=1, max_size=12), blank=space, seen=st.integers(1, 12))
def test_what_was_not_looked_at_is_counted_whatever_it_is(records: list[str], blank: str, seen: int) -> None:
    text = f"[{blank}{f'{blank},{blank}'.join(records)}{blank}]"
    looking = Records(text.encode(), "some.json")
    for _number, _record in zip(range(min(seen, len(records))), looking, strict=False):
        pass
    assert looking.left() == len(records) - min(seen, len(records))


def test_a_schema_beside_the_records_holds_none(playbook: Playbook) -> None:
    data = json.dumps({"$schema": "http://json-schema.org/draft-04/schema#", "properties": {}}).encode()
    with pytest.raises(NoRecordsError, match=r"schema\.json is a JSON schema and holds no records"):
        import_veris_file(data, "schema.json", playbook)
