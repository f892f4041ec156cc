"""How much memory everyday commands take does not grow with a record beyond a stated share of its facts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.many_runs import long_run

FEW, MANY = 4_000, 24_000

_CODE = """
import sys
from pathlib import Path
from incidentsim.cli.main import run
code = run(sys.argv[1:])
lines = Path("/proc/self/status").read_text().splitlines()
print(next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")), file=sys.stderr)
sys.exit(code)
"""

BYTES_A_FACT = {
    ("runs",): 0,
    ("verify", "last"): 0,
    ("export", "last", "--format", "jsonl", "-o", os.devnull, "--force"): 900,
    ("show", "last", "--page", "2"): 700,
    ("show", "last"): 1_100,
    ("compare", "last", "last"): 1_300,
    ("compare", "last"): 1_300,
    ("rejudge", "last", "--playbook", "platform-incidents"): 1_200,
    ("show", "last", "--format", "json"): 1_300,
    ("improvements", "--anew"): 1_300,
    ("runs", "script", "last", "-o", os.devnull, "--force"): 4_500,
    ("export", "last", "--format", "controls", "-o", os.devnull, "--force"): 1_800,
    ("export", "last", "--format", "csv", "-o", os.devnull, "--force"): 4_000,
    ("export", "last", "--format", "md", "-o", os.devnull, "--force"): 4_500,
}
"""Commands, and so many bytes of memory for each fact at most.

Facts are held while a run is told or judged, not the lines or the JSON that are told of them; what only looks at the
list of runs, or checks the record, holds nothing of it. Reports, tables and scripts are made as wholes.
"""

SPARE = 6 << 20
"""So many bytes more or less a process takes from one start to the next."""


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("long")
    found = (folder / "few.db", folder / "many.db")
    for database, facts in zip(found, (FEW, MANY), strict=True):
        long_run(database, folder, facts)
    return found


def peak(database: Path, command: tuple[str, ...]) -> int:
    """The most memory that a command takes, in bytes."""
    if not Path("/proc/self/status").exists():
        pytest.skip("there is no /proc here that tells the peak of one program alone")
    done = subprocess.run(
        [sys.executable, "-c", _CODE, *command],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "INCIDENTSIM_DATABASE_URL": f"sqlite:///{database.as_posix()}"},
    )
    assert done.returncode in {0, 1}, done.stderr
    return int(done.stderr.split()[-1]) << 10


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("command", BYTES_A_FACT, ids=" ".join)
def test_memory_grows_with_a_record_by_no_more_than_is_stated(
    command: tuple[str, ...], databases: tuple[Path, Path]
) -> None:
    few, many = (peak(database, command) for database in databases)
    assert many - few < BYTES_A_FACT[command] * (MANY - FEW) + SPARE
