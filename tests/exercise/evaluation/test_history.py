"""A run beside earlier ones: the run before, the best so far, and what is better than what."""

from dataclasses import replace

import pytest

from incidentsim.exercise.evaluation.evaluate import Evaluation
from incidentsim.exercise.evaluation.history import EarlierRun, badness, better, so_far
from incidentsim.exercise.evaluation.metrics import Metric, Unit
from incidentsim.exports.wording.earlier import change_words
from tests.support.evaluating import evaluated, scenario


def metric(value: int | bool | None, unit: Unit = "ms", kind: str = "elapsed", subject: str = "x") -> Metric:
    return Metric(kind, subject, "leak", value, unit, ())


def run(name: str, *metrics: Metric) -> EarlierRun:
    return EarlierRun(name, "2026-01-05T08:00:00Z", with_metrics(*metrics))


def with_metrics(*metrics: Metric) -> Evaluation:
    return replace(evaluated(scenario("false-alarm")), metrics=metrics)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (metric(1), metric(2)),
        (metric(2), metric(None)),
        (metric(-1, "levels"), metric(2, "levels")),
        (metric(True, "yes_no"), metric(False, "yes_no")),
        (metric(0, "count", "refusals"), metric(1, "count", "refusals")),
        (metric(3, "count", "duties", "kept"), metric(2, "count", "duties", "kept")),
        (metric(0, "count", "clocks", "missed"), metric(2, "count", "clocks", "missed")),
        (metric(2, "count", "right_receivers_told"), metric(1, "count", "right_receivers_told")),
    ],
)
def test_one_value_is_better_than_the_other(one: Metric, other: Metric) -> None:
    assert better(one, other) is True
    assert better(other, one) is False


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (metric(1), metric(1)),
        (metric(-1, "levels"), metric(1, "levels")),
        (metric(1, "count", "escalations_received"), metric(9, "count", "escalations_received")),
        (metric(1, "count", "duties", "dropped"), metric(9, "count", "duties", "dropped")),
    ],
)
def test_neither_is_better(one: Metric, other: Metric) -> None:
    assert better(one, other) is None


def test_the_latest_is_the_run_before_and_the_best_is_the_first_of_the_best() -> None:
    earlier = [run("a", metric(5)), run("b", metric(3)), run("c", metric(3)), run("d", metric(8))]
    (found,) = so_far(with_metrics(metric(4)), earlier)
    assert (found.before_run, found.best_run) == ("d", "b")
    assert found.best is not None
    assert found.best.value == 3


def test_runs_that_measured_nothing_like_it_are_passed_over() -> None:
    (found,) = so_far(with_metrics(metric(4)), [run("a", metric(5)), run("b")])
    assert found.before_run == "a"
    (alone,) = so_far(with_metrics(metric(4)), [run("b")])
    assert (alone.before, alone.best) == (None, None)


def test_what_is_neither_good_nor_bad_has_no_best() -> None:
    count = metric(4, "count", "escalations_received")
    assert badness(count) is None
    (found,) = so_far(with_metrics(count), [run("a", count)])
    assert found.before == count
    assert found.best is None


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        (metric(60_000), metric(60_000), "the same"),
        (metric(60_000), metric(180_000), "better: 2 minutes shorter"),
        (metric(180_000), metric(60_000), "worse: 2 minutes longer"),
        (metric(None), metric(60_000), "worse: not reached this time"),
        (metric(60_000), metric(None), "better: reached this time"),
        (metric(True, "yes_no"), metric(False, "yes_no"), "better: yes this time"),
        (metric(False, "yes_no"), metric(True, "yes_no"), "worse: no this time"),
        (metric(0, "levels"), metric(-1, "levels"), "better: 1 level nearer to the truth"),
        (metric(2, "levels"), metric(0, "levels"), "worse: 2 levels farther from the truth"),
        (metric(1, "levels"), metric(-1, "levels"), "as far off, the other way"),
        (metric(1, "count", "refusals"), metric(3, "count", "refusals"), "better: 2 fewer"),
        (metric(3, "count", "escalations_received"), metric(1, "count", "escalations_received"), "2 more"),
    ],
)
def test_the_difference_in_words(now: Metric, then: Metric, said: str) -> None:
    assert change_words(now, then) == said
