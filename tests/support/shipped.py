"""The shipped scenarios, each read once, and played by any version of their procedure."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.scenario.read import read_scenario, scenario_head
from incidentsim.domain.facts import Fact
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.running.deciders import Decider, ScriptDecider
from incidentsim.exercise.running.outcome import RunReport, report
from incidentsim.exercise.running.runner import run

_ROOT: Final = Path(__file__).parents[2]
PATHS: Final = tuple(sorted((_ROOT / "scenarios").glob("*.yaml")))
NAMES: Final = tuple(path.stem for path in PATHS)
PROCEDURES: Final = ("platform-incidents", "incident-command")


@cache
def procedure(name: str) -> Playbook:
    """The shipped playbook of this name."""
    path = _ROOT / "playbooks" / f"{name}.yaml"
    return read_playbook(path.read_bytes(), str(path))


@cache
def scenario(name: str) -> Scenario:
    """The shipped scenario of this name."""
    path = _ROOT / "scenarios" / f"{name}.yaml"
    data = path.read_bytes()
    return read_scenario(data, str(path), procedure(scenario_head(data, str(path)).playbook), folder=path.parent)


def scenarios_of(procedure_name: str) -> list[Scenario]:
    """The shipped scenarios that are meant for this procedure."""
    return [found for found in map(scenario, NAMES) if found.playbook == procedure_name]


def played(subject: Scenario, compiled: CompiledPlaybook, *, bots: bool = False) -> tuple[list[Fact], RunReport]:
    """The facts of a run by the script, with bots for what it does not hold, and the verdict on it."""
    exercise = Exercise(compiled, subject)
    script = ScriptDecider(subject.script)
    deciders: list[Decider] = [script, BotDecider(script)] if bots else [script]
    facts: list[Fact] = []
    run(exercise, deciders, lambda step, _source: facts.extend(step))
    return facts, report(exercise, facts, run=None, digest="", must_rest=bots)


@cache
def facts_of(name: str) -> tuple[Fact, ...]:
    """The facts of the shipped scenario's own script."""
    subject = scenario(name)
    return tuple(played(subject, CompiledPlaybook(procedure(subject.playbook)))[0])


def without_script(subject: Scenario) -> Scenario:
    """The same story with nobody having decided anything yet."""
    return replace(subject, script=())
