"""What is told of a record looks at each of its facts so many times, however many there are.

A part of the program that goes through all facts for each incident, each action or each expectation does no harm in a
short record, and never ends in a long one. No time is measured here: looks are counted.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import overload

import pytest

from incidentsim.composition import shipped
from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.definitions.controls.read import shipped_control_maps
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.domain.facts import Fact
from incidentsim.exercise.controls.controls import find_evidence
from incidentsim.exercise.evaluation.compare import compare
from incidentsim.exercise.evaluation.rejudge import rejudge
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.regulatory.situation import clocks_of
from incidentsim.exercise.running.outcome import RunReport, Verdict, report
from incidentsim.exports.as_json.run import facts_json
from incidentsim.exports.format_types import ExportFormat, ExportOptions
from incidentsim.exports.formats import FORMATS
from incidentsim.exports.reports import Dossier
from incidentsim.exports.text.clock_table import clock_table
from incidentsim.exports.text.comparison import comparison_lines, rejudgement_lines
from incidentsim.exports.text.duty_table import duty_table
from incidentsim.exports.text.evaluation import evaluation_lines
from incidentsim.exports.text.narrative import escalation_log, timeline
from incidentsim.exports.text.verdict import verdict_lines
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.local_time import LocalClock
from tests.support.evaluating import evaluated, played, procedure, scenario
from tests.support.many_runs import multiplied, with_incidents
from tests.support.procedures import exercise_of
from tests.support.reporting import PINS

STORY = "number-masking-leak"
FEW, MANY = 2, 8
"""So many incidents, each with the same facts."""


class Watched(Sequence[Fact]):
    """Facts that count how often somebody looks at one of them."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._facts = facts
        self.looks = 0

    def __len__(self) -> int:
        return len(self._facts)

    @overload
    def __getitem__(self, place: int) -> Fact: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Fact]: ...
    def __getitem__(self, place: int | slice) -> Fact | Sequence[Fact]:
        found = self._facts[place]
        self.looks += len(found) if isinstance(found, Sequence) else 1
        return found

    def __iter__(self) -> Iterator[Fact]:
        for fact in self._facts:
            self.looks += 1
            yield fact


@cache
def long_record(incidents: int) -> Dossier:
    """The story, told about so many incidents at the same time, with what can be said of it."""
    first = scenario(STORY)
    text = (shipped("scenarios") / f"{STORY}.yaml").read_text(encoding="utf-8")
    story = read_scenario(
        with_incidents(text, incidents).encode(), "long.yaml", procedure(STORY), folder=shipped("scenarios")
    )
    facts = tuple(multiplied(tuple(played(first)), incidents))
    clocks = clocks_of(shipped_packs(), story, facts)
    return Dossier(
        account=Account(facts, procedure(STORY), story, "en"), evaluation=evaluated(story, facts), clocks=clocks
    )


def _report(told: Dossier) -> RunReport:
    """What the run came to, with one expectation for each incident, none of which holds."""
    account = told.account
    exercise = exercise_of(account.playbook.id, account.scenario)
    exercise.resume(account.facts)
    each = tuple(Verdict(name, holds=False, evidence=(3, 5)) for name in account.scenario.incidents)
    return replace(report(exercise, account.facts, run="long", digest=None, must_rest=False), expectations=each)


def _evaluated(told: Dossier) -> object:
    return evaluated(told.account.scenario, told.account.facts)


def _clocks(told: Dossier) -> object:
    return clocks_of(shipped_packs(), told.account.scenario, told.account.facts)


def _rejudged(told: Dossier) -> object:
    account = told.account
    judged = rejudge(CompiledPlaybook(account.playbook), account.playbook, account.scenario, account.facts)
    other = replace(judged, actions=tuple(replace(action, now="unknown_step") for action in judged.actions))
    return rejudgement_lines(account, account.playbook, other)


def _compared(told: Dossier) -> object:
    comparison = compare(told.evaluation, told.evaluation, told.account.facts, told.account.facts)
    return comparison_lines(told.account, told.account, ("a", "b"), comparison)


def _controls(told: Dossier) -> object:
    account = told.account
    maps = shipped_control_maps()
    return find_evidence(maps, account.playbook, account.scenario, account.facts, by_people=(), proofs=())


TELLINGS: dict[str, Callable[[Dossier], object]] = {
    "timeline": lambda told: list(timeline(told.account, details=True)),
    "duties": lambda told: duty_table(told.account),
    "escalations": lambda told: list(escalation_log(told.account)),
    "deadlines": lambda told: clock_table(told.account, told.clocks, shipped_packs(), 0),
    "evaluation in words": lambda told: evaluation_lines(told.account, told.evaluation),
    "verdict": lambda told: verdict_lines(_report(told), told.account),
    "facts as JSON": lambda told: list(facts_json(told.account.facts, LocalClock(told.account.scenario.local_time))),
    "clocks": _clocks,
    "evaluation": _evaluated,
    "rejudge": _rejudged,
    "compare": _compared,
    "controls": _controls,
}


def looks(told: Dossier, tell: Callable[[Dossier], object]) -> float:
    """How often each fact is looked at, on an average."""
    watched = Watched(told.account.facts)
    tell(replace(told, account=replace(told.account, facts=watched)))
    return watched.looks / len(watched)


@pytest.mark.parametrize("name", TELLINGS)
def test_each_fact_is_looked_at_as_often_in_a_long_record_as_in_a_short_one(name: str) -> None:
    few, many = (looks(long_record(incidents), TELLINGS[name]) for incidents in (FEW, MANY))
    assert many < 1.5 * few + 0.1


def test_a_part_that_goes_through_all_facts_for_each_incident_is_noticed() -> None:
    def careless(told: Dossier) -> object:
        return [
            [fact for fact in told.account.facts if fact.incident == name] for name in told.account.scenario.incidents
        ]

    assert looks(long_record(MANY), careless) > 2 * looks(long_record(FEW), careless)


class _Source:
    """A run as formats take it, of which the facts are watched."""

    def __init__(self, told: Dossier) -> None:
        self.evaluated = told

    @property
    def dossier(self) -> Dossier:
        account = self.evaluated.account
        maps = shipped_control_maps()
        found = find_evidence(maps, account.playbook, account.scenario, account.facts, by_people=(), proofs=())
        return replace(self.evaluated, provenance=PINS, controls=found)

    @property
    def report(self) -> RunReport:
        return _report(self.evaluated)

    def log(self) -> Iterable[bytes]:
        return ()

    def script(self) -> bytes:
        return b""


@pytest.mark.slow
@pytest.mark.parametrize("form", [form for form in FORMATS if form.make], ids=lambda form: f"{form.id}-{form.report}")
def test_each_fact_is_looked_at_as_often_in_a_long_record_as_in_a_short_one_by_every_export(
    form: ExportFormat,
) -> None:
    def export(told: Dossier) -> object:
        return b"".join(form.blocks(_Source(told), ExportOptions(("en",))))

    few, many = (looks(long_record(incidents), export) for incidents in (FEW, MANY))
    assert many < 1.5 * few + 0.1
