"""The evaluator's sheet: every task that can be called for, with the criteria of the playbook and the four ratings."""

from dataclasses import replace

import pytest

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.evaluation import (
    Challenge,
    Lacking,
    Late,
    LevelOff,
    Misjudged,
    Missed,
    Occurred,
    OutOfOrder,
    Unasked,
)
from incidentsim.domain.facts import FactKind
from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.exports.preparation.evaluator import evaluator_sheet
from incidentsim.exports.wording.challenges import challenge_words
from incidentsim.exports.wording.playbook_words import playbook_names
from incidentsim.messages import spoken
from tests.support.papers import markdown
from tests.support.shipped import PROCEDURES, procedure, scenario


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PROCEDURES)
def test_every_objective_and_task_of_a_playbook_stands_in_it(name: str, language: Language) -> None:
    playbook = procedure(name)
    with spoken(language):
        page = markdown(evaluator_sheet(playbook, None, language)).replace("\\", "")
    for objective in playbook.objectives.values():
        assert objective.title.say(language) in page
    for task in playbook.tasks.values():
        assert f"| {task.title.say(language)}<br>" in page
    assert page.count("| P   S   M   U |") == len(playbook.tasks)


def test_a_scenario_leaves_out_what_its_truth_never_calls_for_and_adds_its_own_objectives() -> None:
    alarm = scenario("false-alarm")
    page = markdown(evaluator_sheet(procedure(alarm.playbook), alarm, "en")).replace("\\", "")
    playbook = procedure(alarm.playbook)
    never = [task for task in playbook.tasks.values() if task.truth.get("unlawful")]
    assert never
    assert [task.title.en for task in never if f"| {task.title.en}<br>" in page] == []
    assert "| Report first and be wrong, rather than be sure and late. |" in page
    bare = replace(alarm, objectives=())
    assert "Objectives of this scenario" not in markdown(evaluator_sheet(playbook, bare, "en"))


@pytest.mark.parametrize(
    ("challenge", "words"),
    [
        (Late("report-at-once"), "“Report immediately” done late"),
        (Late("report-at-once", 3_600_000), "“Report immediately” done more than 1 hour late"),
        (Missed("report-at-once"), "“Report immediately” due and never done"),
        (Occurred(Pattern(FactKind.REFUSED, do="close")), "“Approve the report and close” tried and refused"),
        (Lacking(Pattern(FactKind.STEP_TAKEN, do="close")), "lacking: “Approve the report and close” done"),
        (LevelOff(1, 1), "first grading 1 level off"),
        (LevelOff(2), "first grading 2 levels off or more"),
        (LevelOff(1, 2), "first grading 1 to 2 levels off"),
        (Misjudged("dismiss"), "“Dismiss as not an incident” although the ground truth speaks against it"),
        (
            OutOfOrder(Pattern(FactKind.STEP_TAKEN, do="report"), Pattern(FactKind.STEP_TAKEN, do="close")),
            "“Approve the report and close” done before “Report to the response team” done",
        ),
        (Unasked("close"), "“Approve the report and close” although nothing asked for it"),
    ],
)
def test_every_kind_of_criterion_has_words(challenge: Challenge, words: str) -> None:
    names = playbook_names(procedure("platform-incidents"), "en")
    assert challenge_words(challenge, names) == words
