"""What everyday commands cost where there is much: in a database of thousands of runs, and of a very long run."""

import os
from contextlib import redirect_stdout
from pathlib import Path
from statistics import median
from time import perf_counter_ns, process_time_ns

import pytest

from incidentsim.cli.main import run
from tests.benchmarks.results import Measured
from tests.support.many_runs import LONG, MANY, long_run, many_runs, service_on

FEW = 20
"""So many runs show that the benchmark runs."""
FEW_FACTS = 1_000
"""So many facts do."""


def test_improvements_from_what_is_kept_beside_every_run_evaluated_anew(
    tmp_path: Path, measured: Measured, request: pytest.FixtureRequest
) -> None:
    enabled = request.config.getoption("benchmark_enable")
    runs = MANY if enabled else FEW
    many_runs(tmp_path / "runs.db", runs)
    evaluations = service_on(tmp_path / "runs.db").evaluations
    begin = perf_counter_ns()
    anew = evaluations.improvements(anew=True)
    between = perf_counter_ns()
    assert evaluations.improvements() == anew
    kept = perf_counter_ns() - between
    measured(f"improvements of {runs} runs, evaluated anew", "read from what is kept", (between - begin) / kept)


COMMANDS = {
    "show": ("show", "last"),
    "show, a page": ("show", "last", "--page", "3"),
    "compare": ("compare", "last", "last"),
    "compare with earlier runs": ("compare", "last"),
    "rejudge": ("rejudge", "last", "--playbook", "platform-incidents"),
    "show as JSON": ("show", "last", "--format", "json"),
    "verify": ("verify", "last"),
    "improvements": ("improvements", "--anew"),
    "export of the report": ("export", "last", "--format", "md", "-o", os.devnull, "--force"),
    "export of a table": ("export", "last", "--format", "csv", "-o", os.devnull, "--force"),
    "export of controls": ("export", "last", "--format", "controls", "-o", os.devnull, "--force"),
}


def _cost(database: Path, arguments: tuple[str, ...]) -> int:
    """The processor time of a command, in ns, without the start of the program."""
    service = service_on(database)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        begin = process_time_ns()
        assert run(arguments, lambda **_asked: service) in {0, 1}
        return process_time_ns() - begin


@pytest.fixture(scope="module")
def long_runs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """A database with a long run, and one with a run of a quarter, by the number of facts."""
    facts = LONG if request.config.getoption("benchmark_enable") else FEW_FACTS
    folder = tmp_path_factory.mktemp("long")
    databases = {count: folder / f"{count}.db" for count in (facts // 4, facts)}
    for count, database in databases.items():
        long_run(database, folder, count)
    return databases


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_about_a_long_run_beside_one_of_a_quarter(
    long_runs: dict[int, Path], measured: Measured, request: pytest.FixtureRequest, name: str
) -> None:
    """What goes through a record once for each of its parts shows here by a figure far above 4."""
    few, many = long_runs
    rounds = 3 if request.config.getoption("benchmark_enable") else 1
    pairs = [tuple(_cost(long_runs[count], COMMANDS[name]) for count in (few, many)) for _round in range(rounds)]
    ratio = median(whole / quarter for quarter, whole in pairs)
    told = f"{median(whole for _quarter, whole in pairs) / 1e9:.1f} s of processor time"
    measured(f"{name} of a run of {many} facts", f"one of {few}", ratio, aim="at most 5", told=told)
