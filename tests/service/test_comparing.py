"""A run beside the earlier runs of its team: which are found, which are left out, and why."""

from dataclasses import replace

import pytest

from incidentsim.domain.errors import InputError
from incidentsim.exercise.evaluation.beside.changes import Scope
from incidentsim.exercise.evaluation.beside.earlier import EarlierRuns, LeftOutWhy, Otherwise
from incidentsim.exercise.evaluation.beside.errors import Fate
from incidentsim.exercise.evaluation.beside.team import TeamSign
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.service.earlier_runs import MOST_ASKED, MOST_EVALUATED
from tests.support.comparing import TEAM, played, series
from tests.support.debrief_screens import LEAD
from tests.support.screens import service_on

LAST = "run-0006"


@pytest.fixture
def service() -> Service:
    return series()


def earlier(service: Service, run: str = LAST) -> EarlierRuns:
    return service.comparing.earlier(run, service.comparing.evaluated(run))


def test_the_latest_run_of_the_same_team_is_proposed_and_the_rest_is_listed_with_its_sign(service: Service) -> None:
    runs = earlier(service)
    assert [(run.run, run.likeness.sign) for run in runs.runs] == [
        ("run-0005", TeamSign.SAME_NAMES),
        ("run-0002", TeamSign.OTHER_NAMES),
        ("run-0001", TeamSign.SAME_NAMES),
    ]
    assert runs.proposed is not None
    assert runs.proposed.run == "run-0005"
    assert runs.team.names == TEAM
    assert [run.run for run in runs.same_team] == ["run-0005", "run-0001"]
    assert runs.whole
    assert set(runs.older.values()) == {0}


def test_hidden_and_unfinished_runs_are_left_out_and_said(service: Service) -> None:
    left = {left.run: left.why for left in earlier(service).left_out}
    assert left == {"run-0003": LeftOutWhy.UNFINISHED, "run-0004": LeftOutWhy.HIDDEN}


def test_a_later_run_is_never_an_earlier_one(service: Service) -> None:
    assert [run.run for run in earlier(service, "run-0002").runs] == ["run-0001"]
    first = earlier(service, "run-0001")
    assert (first.runs, first.proposed) == ((), None)


def test_a_damaged_run_is_left_out_with_the_reason(service: Service) -> None:
    store = service._context.store
    assert isinstance(store, MemoryStore)
    entries = store._runs["run-0001"].entries
    entries[40] = replace(entries[40], data=entries[40].data.replace(b'"at":', b'"at":1'))
    runs = earlier(service)
    assert [(left.run, left.why) for left in runs.left_out if left.why is LeftOutWhy.UNREADABLE] == [
        ("run-0001", LeftOutWhy.UNREADABLE)
    ]
    assert all(left.reason for left in runs.left_out if left.why is LeftOutWhy.UNREADABLE)
    assert "run-0001" not in [run.run for run in runs.runs]


def test_a_run_that_the_list_tells_otherwise_of_than_its_record_is_left_out(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = service._context.store.runs()
    changed = [replace(info, created="2026-01-05T07:00:00.000Z") if info.id == "run-0002" else info for info in listed]
    monkeypatch.setattr(service._context.store, "runs", lambda: changed)
    left = {left.run: left.reason for left in earlier(service).left_out if left.why is LeftOutWhy.UNREADABLE}
    assert left.keys() == {"run-0002"}
    assert "runs.created" in left["run-0002"]


def test_where_names_were_erased_the_roles_are_all_that_is_left(service: Service) -> None:
    facts = service.records.show("run-0005").facts
    named = [number for number, fact in enumerate(facts) if fact.kind == "player_seated"]
    service.erasures.erase("run-0005", named)
    run = earlier(service).runs[0]
    assert (run.likeness.sign, run.likeness.erased, run.team.names) == (TeamSign.SAME_ROLES, True, ())
    assert Otherwise.ERASED in run.otherwise
    assert run.standing is not None


def test_a_run_whose_people_were_erased_is_compared_and_said_and_bots_cannot_play_it(service: Service) -> None:
    service.erasures.erase("run-0005", [], [LEAD])
    now = service.comparing.evaluated(LAST)
    run = service.comparing.earlier(LAST, now).runs[0]
    assert Otherwise.ERASED in run.otherwise
    assert service.comparing.against(now, run).beside.errors
    with pytest.raises(InputError, match="erased with the name"):
        service.comparing.forecast("run-0005", service.comparing.evaluated("run-0005"), 1)


def test_an_unfinished_run_is_not_compared(service: Service) -> None:
    with pytest.raises(InputError, match="not finished"):
        service.comparing.evaluated("run-0003")


def test_the_comparison_tells_what_the_team_made_better(service: Service) -> None:
    now = service.comparing.evaluated(LAST)
    proposed = service.comparing.earlier(LAST, now).proposed
    assert proposed is not None
    beside = service.comparing.against(now, proposed)
    ours = {row.mark.subject: row.fate for row in beside.beside.errors if not row.mark.by_bots}
    assert ours["conceal_incident"] is Fate.GONE
    assert beside.then.view.report.run == "run-0005"


def test_any_other_run_can_be_named(service: Service) -> None:
    now = service.comparing.evaluated(LAST)
    assert service.comparing.with_run(LAST, now, "run-0002").earlier.likeness.sign is TeamSign.OTHER_NAMES
    with pytest.raises(InputError, match="not finished"):
        service.comparing.with_run(LAST, now, "run-0003")


def test_another_scenario_by_the_same_procedure_stands_apart() -> None:
    service = service_on(MemoryStore())
    played(service, *TEAM, scenario="voice-platform-fault")
    last = played(service, *TEAM)
    runs = earlier(service, last)
    assert [(run.scope, run.likeness.same_team, run.standing) for run in runs.runs] == [(Scope.PROCEDURE, True, None)]
    assert runs.proposed is None
    now = service.comparing.evaluated(last)
    assert service.comparing.against(now, runs.runs[0]).beside.scope is Scope.PROCEDURE


def test_work_is_told_and_can_be_stopped(service: Service) -> None:
    now = service.comparing.evaluated(LAST)
    told: list[tuple[int, int]] = []
    service.comparing.earlier(LAST, now, lambda done, of: told.append((done, of)))
    assert told[-1][0] == told[-1][1]
    assert [done for done, _of in told] == sorted(done for done, _of in told)
    stopped = service.comparing.earlier(LAST, now, enough=lambda: True)
    assert (stopped.whole, stopped.runs) == (False, ())
    plays: list[int] = []
    assert (
        service.comparing.forecast(LAST, now, 2, lambda done, _of: plays.append(done), lambda: len(plays) > 1) is None
    )
    assert plays == [1, 2]


def test_the_forecast_is_the_same_each_time(service: Service) -> None:
    now = service.comparing.evaluated(LAST)
    first, second = (service.comparing.forecast(LAST, now, 1) for _number in range(2))
    assert first is not None
    assert second is not None
    assert first.forecast == second.forecast


def test_of_many_only_the_latest_are_asked_and_the_rest_is_counted(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incidentsim.service.earlier_runs.MOST_ASKED", {Scope.SCENARIO: 2, Scope.PROCEDURE: 1})
    monkeypatch.setattr("incidentsim.service.earlier_runs.MOST_EVALUATED", 1)
    runs = earlier(service)
    assert [run.run for run in runs.runs] == ["run-0005", "run-0002"]
    assert runs.older[Scope.SCENARIO] == 1
    assert [run.run for run in runs.same_team] == ["run-0005"]
    assert min(MOST_ASKED.values()) > MOST_EVALUATED


def test_who_played_is_read_from_a_long_tail_too(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incidentsim.service.played_by._A_LOOK", 1)
    for number in range(3):
        service.evaluations.override_rating("run-0005", "grade-incident", "S", f"reason {number}")
    assert earlier(service).runs[0].likeness.sign is TeamSign.SAME_NAMES
