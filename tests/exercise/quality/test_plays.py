"""What the trial plays say: branches, misled experts, and that all of it is a function of what is given."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import FactKind, RefusalReason
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.quality import quality
from incidentsim.exercise.quality.plays import Plays
from incidentsim.exercise.quality.possible import Possible
from incidentsim.exercise.quality.reach import unreachable
from incidentsim.exercise.quality.story import Story
from tests.support.examples import examples
from tests.support.shipped import NAMES, procedure, scenario

if TYPE_CHECKING:
    from incidentsim.domain.playbook import Playbook
    from incidentsim.domain.scenario import Scenario
    from tests.exercise.quality.conftest import Plant

MISLEADING = """\
  - id: drill
    at: 1m
    to: [response_team]
    channel: email
    body: {en: This is the drill of last year., zh: 这是去年的演练。}
    incident: leak
    part: notice
    shows: [{flag: incident, is: false}]
  - id: no-drill
    at: 40m
    to: [response_team]
    channel: email
    body: {en: It was no drill., zh: 不是演练。}
    incident: leak
    part: truth
    shows: [{flag: incident, is: true}]
"""


@pytest.mark.parametrize("name", NAMES)
def test_shipped_scenarios_are_worth_playing(name: str) -> None:
    subject = scenario(name)
    assert quality(procedure(subject.playbook), subject) == ()


def test_false_evidence_that_comes_before_the_truth_misleads_even_experts(plant: "Plant") -> None:
    found = plant((("    truth:\n", "    truth:¦\n"), ("  - id: access-log\n", MISLEADING + "  - id: access-log\n")))
    assert "misled-experts" in found.rules
    assert "Even experts take dismiss" in found.messages


@pytest.mark.parametrize(
    "waited_for",
    [
        Pattern(FactKind.DUTY_BREACHED, duty="take-over"),
        Pattern(FactKind.REFUSED, why=RefusalReason.ROLE),
        Pattern(FactKind.STEP_TAKEN, do="reopen"),
        Pattern(FactKind.STEP_TAKEN, do="find_unlawful"),
        Pattern(FactKind.ESCALATED, to="board"),
        Pattern(FactKind.INJECT_DELIVERED, inject="reporter-calls"),
    ],
)
def test_an_inject_for_those_who_go_astray_need_not_come(
    waited_for: Pattern, platform: "Playbook", clean: "Scenario"
) -> None:
    astray = tuple(replace(inject, on=waited_for) if inject.id == "late-report" else inject for inject in clean.injects)
    assert unreachable(Story(CompiledPlaybook(platform), replace(clean, injects=astray))) == set()


@pytest.mark.slow
def test_whatever_comes_in_some_play_is_possible(platform: "Playbook", clean: "Scenario") -> None:
    """The upper bound holds: no play produces an inject or a step that was found impossible."""
    compiled = CompiledPlaybook(platform)
    for name in NAMES:
        subject = scenario(name)
        story = Story(CompiledPlaybook(procedure(subject.playbook)), subject)
        possible = Possible(story)
        for play in story.plays.all():
            assert possible.injects >= set(play.came)
            for fact in play.facts:
                pattern = Pattern(fact.kind, do=None, incident=fact.incident)
                assert possible.fact(pattern) or fact.kind == FactKind.EXERCISE_ENDED, fact
    assert Possible(Story(compiled, clean)).injects == {inject.id for inject in clean.injects}


@examples(8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(seed=st.integers(0, 2**53 - 1))
def test_the_lint_always_says_the_same_of_the_same_scenario_and_changes_nothing(
    seed: int, platform: "Playbook", clean: "Scenario"
) -> None:
    subject = replace(clean, seed=seed)
    compiled = CompiledPlaybook(platform)
    before = repr(subject)
    assert quality(platform, subject) == quality(platform, subject, compiled) == quality(platform, subject, compiled)
    assert repr(subject) == before


def test_a_play_is_made_once_and_only_when_it_is_asked_for(
    platform: "Playbook", clean: "Scenario", monkeypatch: pytest.MonkeyPatch
) -> None:
    from incidentsim.exercise.quality import plays

    made: list[str] = []
    real = plays.played

    def counted(compiled: CompiledPlaybook, subject: "Scenario") -> plays.Play:
        made.append(subject.id)
        return real(compiled, subject)

    monkeypatch.setattr(plays, "played", counted)
    trial = Plays(CompiledPlaybook(platform), clean)
    assert made == []
    assert trial.expert is trial.expert
    assert len(made) == 1
    assert len(list(trial.proper())) == 1
    assert len(list(trial.all())) == 4
    assert len(made) == 4


@pytest.mark.parametrize("dropped", ["access-log", "full-count", "closed"])
def test_without_any_piece_of_evidence_something_is_missing(
    dropped: str, platform: "Playbook", clean: "Scenario"
) -> None:
    rest = tuple(inject for inject in clean.injects if inject.id != dropped)
    found = {one.rule for one in quality(platform, replace(clean, injects=rest))}
    assert found & {"unsupported-truth", "uncorrected-evidence"}
