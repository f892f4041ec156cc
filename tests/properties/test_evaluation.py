"""What holds of every evaluation, whoever acted: it rests on facts, adds up, and its ways can be walked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.evaluation import RATINGS
from incidentsim.exercise.evaluation.compare import compare
from incidentsim.exercise.evaluation.evaluate import evaluate
from incidentsim.exercise.evaluation.rejudge import rejudge
from incidentsim.exports.as_json.evaluation import evaluation_json, rejudgement_json
from incidentsim.exports.as_json.run import dumps
from incidentsim.exports.text.comparison import comparison_lines, rejudgement_lines
from incidentsim.exports.text.evaluation import evaluation_lines
from incidentsim.exports.wording.account import Account
from tests.support.chaos import MOVES, Move, live_through, stories
from tests.support.examples import examples
from tests.support.play import of
from tests.support.procedures import NAMES, SHIPPED_NAMES, compiled, exercise_of, playbook
from tests.support.walking import check_ways


@pytest.mark.parametrize("name", NAMES)
@given(st.data(), MOVES)
@examples(40)
def test_an_evaluation_rests_on_facts_and_adds_up(name: str, data: st.DataObject, moves: list[Move]) -> None:
    book = playbook(name)
    told = data.draw(stories(book))
    facts = live_through(exercise_of(name, told), moves).facts
    found = evaluate(book, told, facts)
    keys = [metric.key for metric in found.metrics]
    assert len(set(keys)) == len(keys)
    assert all(0 <= sequence < len(facts) for metric in found.metrics for sequence in metric.evidence)
    values = {(metric.kind, metric.subject): metric.value for metric in found.metrics}
    assert sum(v for (kind, _), v in values.items() if kind == "refusals" and v) == len(of(facts, "refused"))
    assert sum(v for (kind, _), v in values.items() if kind == "duties" and v) == len(of(facts, "duty_opened"))
    for objective in found.objectives:
        rated = [task.rating for task in objective.tasks if task.rating is not None]
        assert objective.rating == max(rated, key=RATINGS.index, default=None)
    for task in found.tasks.values():
        assert all(0 <= sequence < len(facts) for reason in task.reasons for sequence in reason.evidence)
    weak = [task for task in found.tasks.values() if task.rating not in {None, "P"}]
    assert len(found.report.items) == len(found.report.areas) == len(weak)
    dumps(evaluation_json(found))
    assert evaluation_lines(Account(facts, book, told, "en"), found)


@pytest.mark.parametrize("name", NAMES)
@given(st.data(), MOVES)
@examples(40)
def test_every_way_can_be_walked(name: str, data: st.DataObject, moves: list[Move]) -> None:
    book = playbook(name)
    told = data.draw(stories(book))
    check_ways(book, told, live_through(exercise_of(name, told), moves).facts)


@pytest.mark.parametrize("name", SHIPPED_NAMES)
@given(st.data(), MOVES)
@examples(20)
def test_any_run_can_be_judged_by_any_procedure_and_compared(name: str, data: st.DataObject, moves: list[Move]) -> None:
    """Unknown steps and roles included; what is judged stays as it is."""
    book = playbook(name)
    told = data.draw(stories(book))
    facts = live_through(exercise_of(name, told), moves).facts
    before = list(facts)
    account = Account(facts, book, told, "en")
    for other in NAMES:
        found = rejudge(compiled(other), book, told, facts)
        assert facts == before
        dumps(rejudgement_json(None, found))
        assert rejudgement_lines(account, playbook(other), found)
        if other == name:
            assert not any(one.verdict == "unknown" for one in found.actions)
    mine = evaluate(book, told, facts)
    shorter = facts[: len(facts) // 2]
    against = compare(mine, evaluate(book, told, shorter), facts, shorter)
    assert against.divergence == (None if shorter == facts else len(shorter))
    assert comparison_lines(account, Account(shorter, book, told, "en"), ("one", "other"), against)
