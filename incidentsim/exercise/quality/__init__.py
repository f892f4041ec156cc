"""The quality lint: whether a scenario that is valid is also worth playing.

A function of playbook and scenario. It looks at the story from outside (texts, evidence, who is told what) and from
inside, by a few plays with bots. What must never enter here: files and positions; a finding names the path of what it
is about, and `definitions` knows where that stands.
"""

from collections.abc import Mapping
from typing import Final

from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.quality import acting, evidence, goals, names, reach, solvable, texts, timing
from incidentsim.exercise.quality.finding import RULES, Finding, Rule
from incidentsim.exercise.quality.story import Story

_CAUSES: Final[Mapping[Rule, frozenset[Rule]]] = {
    "unfinished-story": frozenset({"four-eyes"}),
    "misled-experts": frozenset({"uncorrected-evidence"}),
    "unreasoned-judgement": frozenset(
        {"unsupported-truth", "uncorrected-evidence", "contradicted-level", "misled-experts"}
    ),
}
"""What follows from what: where one of the latter was found, the first is no news."""

__all__ = ["RULES", "Finding", "Rule", "quality"]


def quality(playbook: Playbook, scenario: Scenario, compiled: CompiledPlaybook | None = None) -> tuple[Finding, ...]:
    """Find everything that makes the scenario worse than it could be, rule by rule.

    Args:
        playbook: the procedure it is meant for.
        scenario: a scenario that `definitions` has found valid.
        compiled: the same procedure made ready to run, where the caller has it and wants it built once.
    """
    story = Story(compiled or CompiledPlaybook(playbook), scenario)
    missing = reach.unreachable(story)
    problems = (
        *reach.findings(story, missing),
        *timing.dead_gaps(story),
        *acting.findings(story),
        *goals.findings(story, missing),
        *timing.overloads(story),
        *timing.four_eyes(story),
        *evidence.findings(story),
        *solvable.findings(story),
        *names.findings(story),
        *texts.findings(scenario),
    )
    rules = {one.rule for one in problems}
    return tuple(one for one in problems if not rules & _CAUSES.get(one.rule, frozenset()))
