"""Evaluating a run of 100,000 facts takes at most three times one pass that only parses them.

`pytest tests/benchmarks/test_evaluation_speed.py -s` prints the ratio.
"""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import orjson
import pytest

from incidentsim.domain.facts import Fact, FactKind, read_fact
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.evaluation.evaluate import evaluate
from tests.benchmarks.results import Measured
from tests.support.evaluating import evaluated, played, scenario
from tests.support.facts import a_fact, on_record
from tests.support.procedures import playbook

FACTS = 100_000
MOST = 3.0
ROUNDS = 5
STORIES = ("number-masking-leak", "concealed-outage", "sms-account-hijack", "two-fires", "new-year-silence")


def long_run() -> tuple[Scenario, list[Fact]]:
    """The shipped stories told again and again, about ever new incidents, until there are so many facts.

    Deliberately hard: of the facts one in twenty is a refusal or a breach, for each of which a path is sought.
    """
    facts: list[Fact] = []
    incidents: dict[str, Any] = {}
    told = [scenario(name) for name in STORIES]
    cast = {f"{one.id}-{name}": person for one in told for name, person in one.people.items()}
    runs = [(one, played(one)) for one in told]
    duties = 0
    opening = runs[0][1][0]
    facts.append(opening)
    turn = 0
    while len(facts) < FACTS:
        one, once = runs[turn % len(runs)]
        names = {name: f"{name}-{turn}" for name in one.incidents}
        incidents.update({new: replace(one.incidents[old], id=new) for old, new in names.items()})
        opened = 0
        for fact in once[1:-1]:
            data = dict(on_record(fact))
            if isinstance(data.get("number"), int):  # escalations that are about no duty have none
                data["number"] = on_record(fact)["number"] + duties
                opened = max(opened, on_record(fact)["number"])
            facts.append(a_fact(fact.at, fact.kind, names.get(fact.incident or ""), data))
        duties += opened
        turn += 1
    facts[FACTS - 1 :] = [a_fact(facts[-1].at, FactKind.EXERCISE_ENDED, None, {"reason": "finished"})]
    return replace(told[0], people=cast, incidents=incidents), facts


@contextmanager
def undisturbed() -> Iterator[None]:
    """Without the garbage collector, whose turn comes when it likes."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def seconds(work: Callable[[], object]) -> float:
    with undisturbed():
        begin = time.perf_counter()
        work()
        return time.perf_counter() - begin


@pytest.mark.slow
def test_a_long_run_is_made_of_what_it_should_be() -> None:
    told, facts = long_run()
    assert len(facts) == FACTS
    hard = sum(fact.kind in {"refused", "duty_breached"} for fact in facts)
    assert hard > FACTS // 25
    found = evaluate(playbook(told.playbook), told, facts)
    assert len(found.ways) == hard
    assert len(found.metrics) > len(told.incidents) * 10
    # A long run says of each incident what a short one says of it.
    short = {metric.kind + metric.subject: metric.value for metric in evaluated(scenario(STORIES[0])).metrics}
    # But for what injects show: these are not told again about each incident, so no evidence is about this one.
    told_again = [metric for metric in found.metrics if not metric.kind.startswith("evidence_")]
    here = {m.kind + m.subject: m.value for m in told_again if m.incident == "leak-0"}
    assert here == {key: short[key] for key in here}


@pytest.mark.slow
def test_evaluating_takes_at_most_three_times_parsing(measured: Measured) -> None:
    told, facts = long_run()
    lines = [orjson.dumps(fact.to_json()) for fact in facts]
    book = playbook(told.playbook)

    def parse() -> list[Fact]:
        return [read_fact(orjson.loads(line)) for line in lines]

    read = parse()
    assert read == facts
    parsing = min(seconds(parse) for _round in range(ROUNDS))
    evaluating = min(seconds(lambda: evaluate(book, told, read)) for _round in range(ROUNDS))
    ratio = evaluating / parsing
    times = f"parsing {parsing:.3f} s, evaluating {evaluating:.3f} s"
    measured(f"evaluating {FACTS} facts", "parsing them", ratio, aim=f"at most {MOST:.0f}", told=times)
    assert ratio <= MOST
