"""Shipped scenarios, played by their scripts and evaluated; scripts with one thing changed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from incidentsim.composition import shipped
from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.definitions.scenario.read import read_scenario, scenario_head
from incidentsim.domain.actions import Action, Value
from incidentsim.domain.facts import Fact
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario, ScriptedAction
from incidentsim.exercise.evaluation.decisions.judging import judged
from incidentsim.exercise.evaluation.evaluate import Evaluation, evaluate
from incidentsim.exercise.evaluation.metrics import Metric, metrics
from incidentsim.exercise.evaluation.ratings import ObjectiveRating, ratings
from incidentsim.exercise.evaluation.trace import Trace
from incidentsim.exercise.evaluation.whose import Whose
from incidentsim.exercise.regulatory.situation import clocks_of
from incidentsim.exercise.running.deciders import ScriptDecider
from tests.support.play import play
from tests.support.procedures import exercise_of, playbook

SCENARIOS = tuple(path.stem for path in sorted(shipped("scenarios").glob("*.yaml")))

Script = tuple[ScriptedAction, ...]
Change = Callable[[Script], Script]


@cache
def scenario(name: str) -> Scenario:
    """A shipped scenario."""
    path = shipped("scenarios") / f"{name}.yaml"
    data = path.read_bytes()
    return read_scenario(data, str(path), playbook(scenario_head(data, str(path)).playbook), folder=path.parent)


def procedure(name: str) -> Playbook:
    """The playbook of a shipped scenario."""
    return playbook(scenario(name).playbook)


def played(told: Scenario) -> list[Fact]:
    """The facts of a scenario played by its script alone."""
    return play(exercise_of(told.playbook, told), ScriptDecider(told.script))


def evaluated(told: Scenario, facts: Sequence[Fact] | None = None) -> Evaluation:
    """The evaluation of a scenario played by its script alone."""
    happened = facts if facts is not None else played(told)
    return evaluate(playbook(told.playbook), told, happened, clocks_of(shipped_packs(), told, happened))


def ratings_of(trace: Trace) -> tuple[ObjectiveRating, ...]:
    """The ratings of a record, where nobody is known to have played."""
    whose = Whose(trace, None)
    return ratings(trace, judged(trace, whose), whose)


def metrics_of(trace: Trace) -> tuple[Metric, ...]:
    """The metrics of a record, without regulatory deadlines."""
    whose = Whose(trace, None)
    return metrics(trace, judged(trace, whose), whose)


def changed(told: Scenario, *changes: Change) -> Scenario:
    """The scenario with its script changed, in order of time again."""
    script = told.script
    for change in changes:
        script = change(script)
    return replace(told, script=tuple(sorted(script, key=lambda one: one.at)))


def at(do: str, when: int) -> Change:
    """The (first) decision `do` is taken at `when` (ms) instead."""

    def change(script: Script) -> Script:
        index = next(n for n, one in enumerate(script) if one.action.do == do)
        return (*script[:index], replace(script[index], at=when), *script[index + 1 :])

    return change


def content(do: str, **values: Value) -> Change:
    """The decisions `do` have other content."""

    def change(script: Script) -> Script:
        return tuple(
            replace(one, action=replace(one.action, content={**one.action.content, **values}))
            if one.action.do == do
            else one
            for one in script
        )

    return change


def without(*dos: str) -> Change:
    """The decisions are left out."""
    return lambda script: tuple(one for one in script if one.action.do not in dos)


def without_by(person: str, do: str) -> Change:
    """The decisions of one person (a pseudonym) are left out."""
    return lambda script: tuple(one for one in script if (one.action.person, one.action.do) != (person, do))


def also(when: int, action: Action) -> Change:
    """One more decision."""
    return lambda script: (*script, ScriptedAction(when, action))


def delayed(do: str, by: int) -> Change:
    """`do` and everything after it happens `by` (ms) later."""

    def change(script: Script) -> Script:
        start = next(one.at for one in script if one.action.do == do)
        return tuple(replace(one, at=one.at + by) if one.at >= start else one for one in script)

    return change
