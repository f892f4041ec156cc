"""What is measured, on a small procedure of our own, fact by fact."""

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.domain.conditions import Pattern
from incidentsim.domain.evaluation import ElapsedRule, OrderRule
from incidentsim.domain.facts import FactKind
from incidentsim.domain.playbook import Playbook, Within
from incidentsim.domain.scenario import Scenario, Truth
from incidentsim.exercise.evaluation.evaluate import evaluate
from incidentsim.exercise.evaluation.metrics import Metric
from incidentsim.exercise.evaluation.trace import Trace
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import HOUR, MINUTE
from incidentsim.exercise.regulatory.situation import clocks_of
from incidentsim.exercise.regulatory.views import ClockState, DeadlineView
from tests.support.evaluating import metrics_of, played, scenario
from tests.support.facts import on_record
from tests.support.play import wait_until
from tests.support.procedures import playbook
from tests.support.small import OURS, WORDS, act, small_playbook, small_scenario, text

if TYPE_CHECKING:
    from incidentsim.domain.facts import Fact

TOLD = Pattern(FactKind.STEP_TAKEN, do="tell")
ACCEPTED = Pattern(FactKind.STEP_TAKEN, do="accept")
NOTIFIED = Pattern(FactKind.STEP_TAKEN, do="notify")


def measuring() -> Playbook:
    return replace(
        small_playbook(),
        metrics={
            "to_tell": ElapsedRule("to_tell", text("to tell"), OURS, (Pattern(FactKind.INCIDENT_RAISED),), (TOLD,)),
            "to_finish": ElapsedRule(
                "to_finish", text("to finish"), OURS, (TOLD,), (Pattern(FactKind.STEP_TAKEN, do="finish"),)
            ),
            "told_first": OrderRule("told_first", text("told first"), OURS, (TOLD,), (NOTIFIED,), (ACCEPTED,)),
        },
    )


class Played:
    """A small exercise, played step by step."""

    def __init__(self, scenario: Scenario | None = None) -> None:
        self.scenario = scenario or small_scenario()
        self.playbook = measuring()
        self.begin()

    def begin(self) -> None:
        """Begin with the playbook as it is now."""
        self.exercise = Exercise(CompiledPlaybook(self.playbook), self.scenario)
        self.facts: list[Fact] = [*self.exercise.begin(), *self.exercise.run_next_due()]

    def do(self, person: str, do: str, at: int, role: str | None = None, **content: int) -> int:
        """Let somebody try something; gives the sequence number of the answer."""
        self.facts += wait_until(self.exercise, at)
        given = dict(WORDS) if do == "tell" else dict(content)
        self.facts += self.exercise.act(act(person, do, role, **given), at)
        return next(n for n in reversed(range(len(self.facts))) if on_record(self.facts[n]).get("do") == do)

    def measured(self) -> dict[tuple[str, str], Metric]:
        found = metrics_of(Trace(self.playbook, self.scenario, self.facts))
        return {(metric.kind, metric.subject): metric for metric in found}


def test_elapsed_time_runs_from_the_first_fact_to_the_first_one_after_it() -> None:
    played = Played()
    raised = next(n for n, fact in enumerate(played.facts) if fact.kind == FactKind.INCIDENT_RAISED)
    told = played.do("p1", "tell", 7 * MINUTE)
    found = played.measured()
    assert found["elapsed", "to_tell"].value == 7 * MINUTE
    assert found["elapsed", "to_tell"].evidence == (raised, told)
    assert found["elapsed", "to_finish"].value is None  # begun, not finished
    assert found["elapsed", "to_finish"].evidence == (told,)


def test_what_has_not_begun_is_not_measured() -> None:
    assert ("elapsed", "to_finish") not in Played().measured()


def test_an_order_is_measured_only_where_it_was_asked_for() -> None:
    played = Played()
    told = played.do("p1", "tell", MINUTE)
    notified = played.do("p3", "notify", 2 * MINUTE)
    assert ("order", "told_first") not in played.measured()
    played.do("p2", "accept", 3 * MINUTE, level=2)
    found = played.measured()["order", "told_first"]
    assert (found.value, found.evidence) == (True, (told, notified))


def test_an_order_that_was_not_kept_says_so() -> None:
    played = Played()
    notified = played.do("p3", "notify", MINUTE)
    told = played.do("p1", "tell", 2 * MINUTE)
    played.do("p2", "accept", 3 * MINUTE, level=2)
    found = played.measured()["order", "told_first"]
    assert (found.value, found.evidence) == (False, (told, notified))


def test_a_grading_error_is_positive_where_the_level_is_too_mild_and_follows_a_regrading() -> None:
    played = Played()
    played.do("p1", "tell", MINUTE)
    played.do("p2", "accept", 2 * MINUTE, level=3)
    assert played.measured()["grading_error", ""].value == 1
    played.do("p2", "regrade", 3 * MINUTE, level=1)
    found = played.measured()
    assert found["grading_error", ""].value == -1
    assert found["first_grading_error", ""].value == 1


def test_dismissing_what_is_an_incident_is_a_wrong_dismissal() -> None:
    played = Played()
    played.do("p1", "tell", MINUTE)
    dropped = played.do("p2", "drop", 2 * MINUTE)
    found = played.measured()
    assert found["wrong_dismissals", ""].evidence == (dropped,)
    assert found["false_alarms_escalated", ""].value == 0


def test_accepting_what_is_none_passes_a_false_alarm_on() -> None:
    scenario = small_scenario()
    nothing = Truth(False, None, {}, {"incident": False, "unlawful": False}, "load test")
    incident = replace(scenario.incidents["one"], truth=nothing)
    played = Played(replace(scenario, incidents={"one": incident}))
    played.do("p1", "tell", MINUTE)
    accepted = played.do("p2", "accept", 2 * MINUTE, level=3)
    found = played.measured()
    assert found["false_alarms_escalated", ""].evidence == (accepted,)
    assert found["wrong_dismissals", ""].value == 0
    assert ("grading_error", "") not in found  # what is no incident has no level


def test_decision_latency_ends_when_somebody_reached_decides_about_the_incident() -> None:
    played = Played()
    delivered = next(n for n, fact in enumerate(played.facts) if fact.kind == FactKind.INJECT_DELIVERED)
    played.do("p2", "drop", MINUTE)  # refused, and by somebody whom the message did not reach
    assert played.measured()["decision_latency", "alert"].value is None
    told = played.do("p1", "tell", 4 * MINUTE)
    found = played.measured()["decision_latency", "alert"]
    assert (found.value, found.evidence) == (4 * MINUTE, (delivered, told))


def test_a_refusal_answers_a_message_too() -> None:
    played = Played()
    refused = played.do("p1", "drop", 3 * MINUTE)
    assert played.facts[refused].kind == FactKind.REFUSED
    assert played.measured()["decision_latency", "alert"].value == 3 * MINUTE


def test_refusals_are_counted_by_kind() -> None:
    played = Played()
    first, second = played.do("p1", "hide", MINUTE), played.do("p3", "finish", 2 * MINUTE)
    found = played.measured()
    assert found["refusals", "forbidden"].evidence == (first,)
    assert found["refusals", "state"].evidence == (second,)
    assert found["refusals", "role"].value == 0


def test_duties_are_kept_late_missed_or_open() -> None:
    played = Played()
    assert played.measured()["duties", "open"].value == 1
    played.do("p1", "tell", 20 * MINUTE)
    assert played.measured()["duties", "late"].value == 1
    played.do("p2", "accept", 25 * MINUTE, level=2)
    played.do("p3", "settle", 26 * MINUTE)
    played.facts += wait_until(played.exercise, 10 * HOUR)
    assert played.measured()["duties", "missed"].value == 1
    prompt = Played()
    settled = prompt.do("p1", "tell", 2 * MINUTE)
    found = prompt.measured()["duties", "kept"]
    assert found.value == 1
    assert found.evidence[0] > settled
    assert ("duties", "no_limit") not in prompt.measured()
    free = Played()
    told = free.playbook.duties["tell-soon"]
    unlimited = replace(told, within=Within({}, None))
    free.playbook = replace(free.playbook, duties={**free.playbook.duties, "tell-soon": unlimited})
    free.begin()
    settled = free.do("p1", "tell", 2 * MINUTE)
    assert free.measured()["duties", "no_limit"].value == 1
    assert free.measured()["duties", "kept"].value == 0


def test_notices_are_told_as_demanded_unasked_or_not_at_all() -> None:
    demanded = Played()
    demanded.do("p1", "tell", MINUTE)
    demanded.do("p2", "accept", 2 * MINUTE, level=2)
    assert demanded.measured()["receivers_not_told", ""].value == 1
    told = demanded.do("p3", "notify", 3 * MINUTE)
    assert demanded.measured()["right_receivers_told", ""].evidence == (told,)
    assert demanded.measured()["receivers_not_told", ""].value == 0
    unasked = Played()
    told = unasked.do("p3", "notify", MINUTE)
    assert unasked.measured()["wrong_receivers_told", ""].evidence == (told,)
    assert unasked.measured()["right_receivers_told", ""].value == 0


@pytest.mark.parametrize("name", ["new-year-silence", "six-people-many-hats", "ransomware-at-dawn"])
def test_clocks_are_counted_by_how_they_were_met(name: str) -> None:
    """Each rests on the moment that started it and on its filing; without clocks nothing is said of any."""
    told = scenario(name)
    facts = played(told)
    book = playbook(told.playbook)
    views = clocks_of(shipped_packs(), told, facts)
    counted = {one.subject: one for one in evaluate(book, told, facts, views).metrics if one.kind == "clocks"}
    states: Counter[ClockState] = Counter(
        view.state
        for found in views.values()
        for view in found
        if isinstance(view, DeadlineView) and view.clock.binding
    )
    names = {"kept": ClockState.FILED, "late": ClockState.FILED_LATE, "missed": ClockState.OVERDUE}
    for subject, state in names.items():
        assert (counted[subject].value if subject in counted else 0) == states[state]
    assert sum(states.values()) > 0, "the story has clocks with a number"
    for one in counted.values():
        assert {facts[sequence].kind for sequence in one.evidence} <= {"anchor_reached", "filed"}
    assert not any(one.kind == "clocks" for one in evaluate(book, told, facts).metrics)
