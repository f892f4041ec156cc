"""Summaries of runs are worked out once, for one head and version, and are read by nothing that proves anything."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

import orjson
import pytest

from incidentsim.domain.errors import SurroundingsError
from incidentsim.exercise.evaluation import summary as summaries
from incidentsim.exercise.evaluation.summary import EvaluationSummary, summary_of
from incidentsim.exports.format_types import ExportOptions
from incidentsim.exports.formats import FORMATS
from incidentsim.ledger.derived import Derived
from incidentsim.ledger.store import LedgerStore
from incidentsim.service import Service
from incidentsim.service.summaries import KIND
from tests.support.evaluating import SCENARIOS, evaluated, scenario
from tests.support.many_runs import many_runs, run_id, service_on
from tests.support.queries import queries

RUNS = 12
GOLDEN = Path(__file__).parents[1] / "golden" / "summaries.json"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("many") / "runs.db"
    many_runs(database, RUNS)
    return database


@pytest.fixture
def database(template: Path, tmp_path: Path) -> Path:
    path = tmp_path / "runs.db"
    with closing(sqlite3.connect(template)) as old, closing(sqlite3.connect(path)) as new:
        old.backup(new)  # what still lies in its write-ahead log as well
    return path


def evaluations(service: Service, *, anew: bool = False) -> int:
    """How many runs are evaluated to say what is to be improved."""
    told: list[tuple[int, int]] = []
    service.evaluations.improvements(lambda done, of: told.append((done, of)), anew=anew)
    assert told == [(number, len(told)) for number in range(1, len(told) + 1)]
    return len(told)


def test_every_run_is_evaluated_once(database: Path) -> None:
    assert evaluations(service_on(database)) == RUNS
    assert evaluations(service_on(database)) == 0
    assert evaluations(service_on(database), anew=True) == RUNS


def test_what_was_kept_says_what_is_worked_out_anew(database: Path) -> None:
    first = service_on(database).evaluations.improvements()
    assert first.items
    assert any(item.closed_by for item in first.items)
    assert service_on(database).evaluations.improvements() == first
    assert service_on(database).evaluations.improvements(anew=True) == first


def test_a_rating_makes_one_run_be_evaluated_anew(database: Path) -> None:
    service = service_on(database)
    item = next(item for item in service.evaluations.improvements().items if item.run == run_id(6))
    service.evaluations.override_rating(item.run, str(item.task), "P", "seen with my own eyes")
    assert evaluations(service) == 1
    left = [(kept.run, kept.task) for kept in service.evaluations.improvements().items]
    assert (item.run, item.task) not in left


@pytest.mark.parametrize(
    "kept",
    [
        lambda known: Derived("sha256:" + "0" * 64, known.version, known.data),
        pytest.param(lambda known: Derived(known.head, "0 incidentsim 0.0.0", known.data), marks=pytest.mark.slow),
        pytest.param(lambda known: Derived(known.head, known.version, b""), marks=pytest.mark.slow),
        pytest.param(lambda known: Derived(known.head, known.version, b"\xff"), marks=pytest.mark.slow),
        pytest.param(lambda known: Derived(known.head, known.version, b"[]"), marks=pytest.mark.slow),
        lambda known: Derived(known.head, known.version, known.data.replace(b'"items":[', b'"items":[3,')),
        pytest.param(
            lambda known: Derived(known.head, known.version, known.data.replace(b'"rating":"', b'"rating":"x')),
            marks=pytest.mark.slow,
        ),
        lambda known: Derived(known.head, known.version, known.data.replace(b'"ratings"', b'"rating"')),
    ],
)
def test_what_does_not_hold_is_worked_out_anew(database: Path, kept: Callable[[Derived], Derived]) -> None:
    service = service_on(database)
    first = service.evaluations.improvements()
    store = service_on_store(database)
    item = first.items[0]
    store.keep_derived(KIND, {item.run: kept(store.derived(KIND)[item.run])})
    again = service_on(database)
    assert evaluations(again) == 1
    assert again.evaluations.improvements() == first


def service_on_store(database: Path) -> LedgerStore:
    from incidentsim.storage import open_store

    return open_store(f"sqlite:///{database.as_posix()}")


@pytest.mark.slow
def test_nothing_is_lost_where_nothing_can_be_kept(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from incidentsim.storage.store import SqlLedgerStore

    kept = service_on(database).evaluations.improvements(anew=True)

    def full(_store: object, _kind: str, _results: Mapping[str, Derived]) -> NoReturn:
        raise SurroundingsError("the disk is full")

    monkeypatch.setattr(SqlLedgerStore, "keep_derived", full)
    assert service_on(database).evaluations.improvements(anew=True) == kept


@pytest.mark.slow
def test_verifying_exporting_and_showing_never_ask_for_them(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from incidentsim.storage.store import SqlLedgerStore

    def asked(*_arguments: object) -> NoReturn:
        raise AssertionError("something derived was read")

    service_on(database).evaluations.improvements()
    monkeypatch.setattr(SqlLedgerStore, "derived", asked)
    monkeypatch.setattr(SqlLedgerStore, "keep_derived", asked)
    service, run = service_on(database), run_id(RUNS - 1)
    assert service.records.verify(run).holds
    assert service.evaluations.evaluate(run).evaluation.objectives
    assert service.exports.views(run)
    for row in FORMATS:
        if row.make is not None and row.extra is None:
            assert b"".join(row.blocks(service.exports.source(run), ExportOptions()))
    with pytest.raises(AssertionError, match="something derived"):
        service.evaluations.improvements()


def test_the_number_of_queries_does_not_grow_with_the_runs(database: Path) -> None:
    service = service_on(database)
    service.evaluations.improvements()
    few = len(queries(service.evaluations.improvements)), len(queries(lambda: service.records.show("last")))
    larger = database.with_name("larger.db")
    many_runs(larger, 3 * RUNS)
    service = service_on(larger)
    service.evaluations.improvements()
    many = len(queries(service.evaluations.improvements)), len(queries(lambda: service.records.show("last")))
    assert many == few
    assert many[0] <= 2
    assert len(queries(service.records.runs)) == 1


def summary(name: str) -> EvaluationSummary:
    return summary_of(evaluated(scenario(name)), passed=True)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_summary_is_read_as_it_was_written(name: str) -> None:
    assert EvaluationSummary.from_json(orjson.loads(orjson.dumps(summary(name).to_json()))) == summary(name)


def test_the_version_rises_when_the_shipped_stories_come_to_another_summary() -> None:
    """Whoever changes the evaluation raises `VERSION` in its `summary.py` and writes both numbers here."""
    known = json.loads(GOLDEN.read_text(encoding="utf-8"))
    found = sha256(orjson.dumps([summary(name).to_json() for name in SCENARIOS])).hexdigest()
    assert {"version": summaries.VERSION, "summaries": found} == known
