"""Two runs side by side."""

from incidentsim.exercise.evaluation.compare import compare, divergence
from incidentsim.exercise.evaluation.overriding import rating_fact
from incidentsim.exercise.kernel.sim_time import MINUTE
from tests.support.evaluating import at, changed, content, evaluated, played, scenario
from tests.support.facts import on_record

VOICE = scenario("voice-platform-fault")


def test_a_run_compared_with_itself_differs_in_nothing() -> None:
    facts = played(VOICE)
    found = compare(evaluated(VOICE, facts), evaluated(VOICE, facts), facts, list(facts))
    assert found.divergence is None
    assert not any(pair.differs for pair in found.metrics)
    assert all(pair.first == pair.second for pair in found.ratings)


def test_the_first_divergence_is_the_first_fact_that_is_not_the_same() -> None:
    other = changed(VOICE, content("grade", level=4))
    facts, others = played(VOICE), played(other)
    found = compare(evaluated(VOICE, facts), evaluated(other, others), facts, others)
    assert found.divergence is not None
    assert on_record(facts[found.divergence])["do"] == "grade"
    assert facts[: found.divergence] == others[: found.divergence]
    # graded too mild, it goes to fewer people
    differing = {"grading_error", "first_grading_error", "escalations_received"}
    assert {pair.either.kind for pair in found.metrics if pair.differs} == differing
    assert [(pair.task, pair.first, pair.second) for pair in found.ratings if pair.first != pair.second] == [
        ("grade-incident", "P", "S")
    ]


def test_where_one_run_ends_the_other_goes_on() -> None:
    facts = played(VOICE)
    assert divergence(facts, facts[:-3]) == len(facts) - 3


def test_a_rating_set_afterwards_is_no_divergence() -> None:
    from tests.support.evaluating import procedure

    facts = played(VOICE)
    fact = rating_fact(procedure("voice-platform-fault"), facts[-1].at, "grade-incident", "S", "too slow")
    assert divergence(facts, [*facts, fact]) is None


def test_a_metric_of_one_run_alone_is_set_beside_nothing() -> None:
    other = changed(VOICE, at("find_lawful", 61 * MINUTE))
    leak = scenario("number-masking-leak")
    facts, others = played(other), played(leak)
    found = compare(evaluated(other, facts), evaluated(leak, others), facts, others)
    assert found.divergence == 0
    assert any(pair.second is None for pair in found.metrics)
    assert any(pair.first is None for pair in found.metrics)
