"""A run is found by its id, the beginning of it, or `last`."""

import pytest

from incidentsim.domain.errors import InputError, UnknownNameError
from incidentsim.ledger.labels import RunLabel
from incidentsim.ledger.lookup import check_run_id, find_run
from incidentsim.ledger.store import RunInfo

IDS = ["20260501-080000-aaaa", "20260501-090000-bbbb", "20260502", "20260502-100000-cccc"]
RUNS = [RunInfo(id_, "2026-05-01T08:00:00.000Z", "s", "p", 3, "step_taken", 5) for id_ in IDS]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [(IDS[0], 0), ("20260501-08", 0), ("20260501-09", 1), ("20260502", 2), ("20260502-", 3), ("last", 3)],
)
def test_a_run_is_found(wanted: str, expected: int) -> None:
    assert find_run(RUNS, wanted) == RUNS[expected]


def test_last_is_the_latest_run_in_which_something_has_happened() -> None:
    looked_at = [RunInfo(f"2027{n}", "", "s", "p", 1, "exercise_started", 0) for n in range(2)]
    assert find_run([*RUNS, *looked_at], "last") == RUNS[-1]
    assert find_run(looked_at, "last") == looked_at[-1]


NAMED = {IDS[1]: RunLabel("Team A"), IDS[2]: RunLabel("20260501-08"), IDS[3]: RunLabel(hidden=True)}


@pytest.mark.parametrize(
    ("wanted", "expected"), [("Team A", 1), ("team  a", 1), ("20260501-08", 2), (IDS[0], 0), ("20260501-0900", 1)]
)
def test_a_run_is_found_by_its_name_before_the_beginning_of_an_id(wanted: str, expected: int) -> None:
    assert find_run(RUNS, wanted, NAMED) == RUNS[expected]


def test_a_name_that_two_runs_bear_is_refused_with_both() -> None:
    twice = {run: RunLabel("Team A") for run in IDS[:2]}
    with pytest.raises(InputError, match=f"Team A is the name of several runs: {IDS[0]}, {IDS[1]}"):
        find_run(RUNS, "Team A", twice)


def test_a_name_that_is_nearly_right_is_told() -> None:
    with pytest.raises(UnknownNameError, match="nearest are: Team A"):
        find_run(RUNS, "Tean A", NAMED)


def test_an_id_that_two_begin_with_is_refused_with_both() -> None:
    with pytest.raises(InputError, match=r"beginning of 2 runs' ids: 20260501-080000-aaaa, 20260501-090000-bbbb\."):
        find_run(RUNS, "20260501-0")


def test_a_long_list_of_candidates_is_cut() -> None:
    many = [RunInfo(f"r{n:02}", "", "s", "p", 0, None, None) for n in range(20)]
    with pytest.raises(InputError, match=r"r03, r04, …\. Write more"):
        find_run(many, "r")


@pytest.mark.parametrize("wanted", ["20260501-08000-aaa", "", "LAST", "%", "../x"])
def test_an_unknown_run_is_told_with_the_nearest(wanted: str) -> None:
    with pytest.raises(UnknownNameError, match=r"There is no run called .* The nearest are: 2026") as caught:
        find_run(RUNS, wanted)
    assert caught.value.known == tuple(IDS)


def test_where_nothing_is_recorded_it_says_so() -> None:
    for wanted in ("last", "x"):
        with pytest.raises(UnknownNameError, match="nothing has been recorded"):
            find_run([], wanted)


@pytest.mark.parametrize("run_id", ["", "last", "a/b", "..", "a b", "ä", "-a", "x" * 65, "a\n"])
def test_an_id_that_could_be_a_path_or_a_word_of_ours_is_refused(run_id: str) -> None:
    with pytest.raises(ValueError, match="not fit to be a run's id"):
        check_run_id(run_id)


@pytest.mark.parametrize("run_id", ["a", "20260501-080000-1a2b3c4d", "X_1", "x" * 64])
def test_other_ids_are_taken(run_id: str) -> None:
    check_run_id(run_id)
