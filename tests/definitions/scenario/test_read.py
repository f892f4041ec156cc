"""What a scenario file becomes."""

import pytest

from incidentsim.definitions.scenario.read import ScenarioHead, read_scenario, scenario_head
from incidentsim.domain.actions import Action, Because
from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import FactKind
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import (
    Counts,
    Emergence,
    EndsAtLevel,
    EndsIn,
    ExerciseObjective,
    InOrder,
    NeverOccurs,
    Occurs,
    Scenario,
    Shown,
)
from incidentsim.domain.text import FreeText, Text


@pytest.fixture
def small(scenario_text: str, tiny: Playbook) -> Scenario:
    return read_scenario(scenario_text.encode(), "scenario.yaml", tiny)


def test_the_head_says_which_playbook_without_reading_the_rest(scenario_text: str) -> None:
    cut = scenario_text[: scenario_text.index("fiction:")] + "\t{ this is no YAML"
    assert scenario_head(cut.encode(), "scenario.yaml") == ScenarioHead("small", "tiny")


def test_people_are_called_p1_p2_in_the_order_of_the_file(small: Scenario) -> None:
    assert {person.id: person.pseudonym for person in small.people.values()} == {
        "ann": "p1",
        "bob": "p2",
        "cat": "p3",
        "dan": "p4",
    }
    assert small.people["ann"].name == Text("Ann", "Ann")
    assert small.people["bob"].name == Text("Bob", "鲍勃")


def test_an_absence_over_midnight_is_two(small: Scenario) -> None:
    assert small.people["bob"].away == ((720, 810), (1320, 1440), (0, 360))
    assert small.people["cat"].always_away


def test_the_start_is_known_by_the_clock_on_the_wall(small: Scenario) -> None:
    assert (small.starts, small.ends) == ("2021-06-30T09:10+08:00", 432_000_000)
    assert small.local_time.kept(0) // 60_000 % (24 * 60) == 550


def test_the_truth_holds_numbers_flags_and_a_pseudonym(small: Scenario) -> None:
    truth = small.incidents["leak"].truth
    assert truth.why == {"users": 250, "outage": 3_600_000, "active": 1}
    assert truth.flags == {"crime": False, "incident": True, "unlawful": True}
    assert truth.concealed_by == "p2"
    assert truth.unlawful


def test_injects_come_at_a_time_on_a_fact_or_unless_one(small: Scenario) -> None:
    alarm, call, press = small.injects
    assert (alarm.at, alarm.raises, alarm.incident, alarm.to) == (0, True, "leak", ("finder", "p4"))
    assert (call.on, call.after) == (Pattern(FactKind.STEP_TAKEN, do="report", by="p1"), 300_000)
    assert (press.unless, press.at) == (Pattern(FactKind.ESCALATED, to="chief"), 5_400_000)
    assert press.brings == (Emergence("silence", "p2"),)
    assert not press.raises


def test_the_script_is_in_the_order_of_time_and_then_of_the_file(small: Scenario) -> None:
    assert [scripted.at for scripted in small.script] == [240_000, 240_000, 300_000, 540_000]
    first, second, hush, grade = (scripted.action for scripted in small.script)
    assert first == Action("p1", "report", "leak", None, {"channel": "phone", "summary": FreeText("It is red")})
    assert second.content["summary"] == FreeText(Text("It is red", "红灯亮了"))
    assert hush == Action("p2", "hush", "leak")
    assert grade == Action(
        "p2",
        "grade",
        "leak",
        "lead",
        {"level": 1, "criteria": ("users",), "cause": "slip", "subject": "p1", "office": "chief"},
    )


def test_a_decision_may_say_why(scenario_text: str, tiny: Playbook) -> None:
    because = "because: {reason: evidence, duty: report-soon, injects: [alarm], slips: [lost_time, too_thin]}"
    text = scenario_text.replace("do: hush, incident: leak", f"do: hush, incident: leak, {because}")
    hush = read_scenario(text.encode(), "scenario.yaml", tiny).script[2].action
    assert hush.because == Because("evidence", "report-soon", ("alarm",), ("lost_time", "too_thin"))


def test_expectations_keep_their_author_s_words(small: Scenario) -> None:
    assert [(one.text, one.expected) for one in small.expectations] == [
        ("{incident: leak, track: main, ends_in: closed}", EndsIn("leak", "main", "closed")),
        ("{incident: leak, ends_at_level: 1}", EndsAtLevel("leak", 1)),
        ("{fact: escalated, to: dan, within: 60m}", Occurs(Pattern(FactKind.ESCALATED, to="p4"), 3_600_000)),
        (
            "{do: grade, within: 1h 30m, since: {do: report, by: ann}}",
            Occurs(
                Pattern(FactKind.STEP_TAKEN, do="grade"), 5_400_000, Pattern(FactKind.STEP_TAKEN, do="report", by="p1")
            ),
        ),
        ("{never: {do: close, by: finder}}", NeverOccurs(Pattern(FactKind.STEP_TAKEN, do="close", by="finder"))),
        (
            "{order: [{do: report}, {track: main, state: graded}, {fact: state_entered, track: main, state: closed}]}",
            InOrder(
                (
                    Pattern(FactKind.STEP_TAKEN, do="report"),
                    Pattern(FactKind.STEP_TAKEN, track="main", state="graded"),
                    Pattern(FactKind.STEP_TAKEN, track="main", state="closed"),
                )
            ),
        ),
        ("{refusals: 2, breaches: {at_most: 1}}", Counts("refusals", 2, 2)),
        ("{refusals: 2, breaches: {at_most: 1}}", Counts("breaches", 0, 1)),
    ]


def test_the_rest_is_taken_as_it_stands(small: Scenario) -> None:
    assert (small.id, small.playbook, small.languages, small.seed) == ("small", "tiny", ("en", "zh"), 7)
    assert small.proficiency == {"lead": 80}
    assert small.objectives == (ExerciseObjective(Text("Report at once.", "立即报告。"), ("alarm",)),)
    assert [(inject.part, inject.expects, inject.hint) for inject in small.injects][:2] == [
        ("symptom", ("report", "grade"), Text("Ask who saw it.", "问问谁看见的。")),
        (None, (), None),
    ]
    assert small.injects[0].shows == (
        Shown("measure", "users", 250),
        Shown("measure", "outage", 3_600_000),
        Shown("flag", "unlawful", 1),
        Shown("flag", "incident", 1),
    )
    assert small.organisation.name == Text("Acme", "极美公司")
