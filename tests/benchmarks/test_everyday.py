"""What everyday commands cost in a database of thousands of runs, beside the same without what is kept of them."""

from pathlib import Path
from time import perf_counter_ns

import pytest

from tests.benchmarks.results import Measured
from tests.support.many_runs import MANY, many_runs, service_on

FEW = 20
"""So many runs show that the benchmark runs."""


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
