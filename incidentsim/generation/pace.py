"""Telling a story at the pace of a procedure that it was not written for: what decides comes before who decides.

Experts play it, and wherever they had to judge without what decides the judgement, the story is told faster, or its
truth says that the evidence comes late; whoever cannot be spared is there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from incidentsim.definitions.formats.scenario import ScenarioShape
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.definitions.scenario.write import scenario_to_yaml
from incidentsim.domain.playbook import Playbook
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.quality import reach, solvable, timing
from incidentsim.exercise.quality.finding import Finding
from incidentsim.exercise.quality.story import Story

_ROUNDS: Final = 8
_FASTEST: Final = 25


@dataclass(frozen=True, slots=True)
class Pace:
    """The way in which a story is told.

    Attributes:
        percent: of the time that passes before what comes at a time; 100 as the archetype says.
        there: people, by their ids in the scenario, who are not away.
        late: judgements whose evidence comes late, besides those that the archetype knows of.
        in_time: judgements whose evidence comes in time, whatever the archetype says.
    """

    percent: int = 100
    there: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    in_time: tuple[str, ...] = ()


def told(playbook: Playbook, tell: Callable[[Pace], ScenarioShape]) -> ScenarioShape:
    """The story as it is told at the pace of a playbook; `tell` tells it at any."""
    pace = Pace()
    compiled = CompiledPlaybook(playbook)
    shape = tell(pace)
    for _round in range(_ROUNDS):
        story = Story(compiled, read_scenario(scenario_to_yaml(shape), shape.id, playbook))
        of_people = (*reach.findings(story, set()), *timing.four_eyes(story), *timing.overloads(story))
        findings = (*of_people, *solvable.findings(story))
        better = _better(pace, shape, findings)
        if better == pace:
            break
        pace = better
        shape = tell(pace)
    return shape


def _better(pace: Pace, shape: ScenarioShape, findings: tuple[Finding, ...]) -> Pace:
    there, late, in_time, percent = set(pace.there), set(pace.late), set(pace.in_time), pace.percent
    for finding in findings:
        match finding.rule:
            case "four-eyes" | "overloaded-person" | "unread-inject":
                there |= set(shape.people)
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
    return Pace(percent, tuple(sorted(there)), tuple(sorted(late)), tuple(sorted(in_time)))
