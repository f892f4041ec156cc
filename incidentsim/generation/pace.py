"""Telling a story at the pace of a procedure that it was not written for: what decides comes before who decides.

Experts play it, and wherever they had to judge without what decides the judgement, the story is told faster, or its
truth says that the evidence comes late; so it is where evidence comes when nobody can change the level any more.
Whoever cannot be spared is there, and whoever may do what a message should prompt is told it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from incidentsim.definitions.formats.scenario import ScenarioShape
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.definitions.scenario.write import scenario_to_yaml
from incidentsim.domain.facts import LevelSet
from incidentsim.domain.playbook import Playbook
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.quality import acting, reach, solvable, timing
from incidentsim.exercise.quality.finding import Finding
from incidentsim.exercise.quality.plays import Play, played
from incidentsim.exercise.quality.story import Story

_ROUNDS: Final = 8
_FASTEST: Final = 25
_LESS: Final = 50


@dataclass(frozen=True, slots=True)
class Pace:
    """The way in which a story is told.

    Attributes:
        percent: of the time that passes before what comes at a time; 100 as the archetype says.
        there: people, by their ids in the scenario, who are not away.
        late: judgements whose evidence comes late, besides those that the archetype knows of.
        in_time: judgements whose evidence comes in time, whatever the archetype says.
        prompted: injects, by id, that also go to somebody who may do what they should prompt.
        noise: percent of the noise that the difficulty asks for, where it is more than people can read.
    """

    percent: int = 100
    there: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    in_time: tuple[str, ...] = ()
    prompted: tuple[str, ...] = ()
    noise: int = 100


def told(playbook: Playbook, tell: Callable[[Pace], ScenarioShape]) -> ScenarioShape:
    """The story as it is told at the pace of a playbook; `tell` tells it at any."""
    pace = Pace()
    compiled = CompiledPlaybook(playbook)
    shape = tell(pace)
    for _round in range(_ROUNDS):
        story = Story(compiled, read_scenario(scenario_to_yaml(shape), shape.id, playbook))
        of_people = (*reach.findings(story, set()), *timing.four_eyes(story), *timing.overloads(story))
        findings = (*of_people, *acting.findings(story), *solvable.findings(story))
        plays = (story.plays.expert, played(compiled, story.scenario))
        too_late = any(_ends_otherwise(story, play) for play in plays)
        better = _better(pace, shape, findings, too_late=too_late)
        if better == pace:
            break
        pace = better
        shape = tell(pace)
    return shape


def _ends_otherwise(story: Story, play: Play) -> bool:
    """Whether some incident is left at a level in a play that is not the right one."""
    levels = {fact.incident: fact.level for fact in play.facts if isinstance(fact, LevelSet)}
    return any(
        levels.get(incident.id, incident.truth.level) != incident.truth.level
        for incident in story.scenario.incidents.values()
        if incident.truth.level is not None
    )


def _better(pace: Pace, shape: ScenarioShape, findings: tuple[Finding, ...], *, too_late: bool) -> Pace:
    there, late, in_time, percent = set(pace.there), set(pace.late), set(pace.in_time), pace.percent
    prompted, noise = set(pace.prompted), pace.noise
    if too_late and pace.percent > _FASTEST:
        percent = pace.percent // 2
    for finding in findings:
        match finding.rule:
            case "overloaded-person" if there >= set(shape.people) and pace.noise:
                noise = max(pace.noise - _LESS, 0)
            case "four-eyes" | "overloaded-person" | "unread-inject":
                there |= set(shape.people)
            case "late-inject" if pace.percent > _FASTEST:
                percent = pace.percent // 2
            case "idle-inject" if finding.path[2] == "expects":
                prompted.add(shape.injects[int(finding.path[1])].id)
            case "unreasoned-judgement":
                part = shape.injects[int(finding.path[1])].part if finding.path[0] == "injects" else None
                if part == "late_evidence" or pace.percent <= _FASTEST:
                    late.add(finding.about)
                    in_time.discard(finding.about)
                else:
                    percent = pace.percent // 2
            case "late-evidence" if finding.about not in pace.in_time:
                in_time.add(finding.about)
                late.discard(finding.about)
            case _:
                pass
    late.discard("")
    return Pace(
        percent, tuple(sorted(there)), tuple(sorted(late)), tuple(sorted(in_time)), tuple(sorted(prompted)), noise
    )
