"""The log as a person reads it: dated, aligned, harmless, and silent about the ground truth."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import ExerciseObjective, Scenario
from incidentsim.domain.text import Text
from incidentsim.exports.text.narrative import cast_list, escalation_log, excerpt, hanging, story, timeline
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.plain_text import COLUMNS, PAGE, visible, width
from tests.support.examples import examples

if TYPE_CHECKING:
    from tests.exports.conftest import MakeAccount, MakeFact

MINUTE = 60_000


def test_the_timeline_has_a_line_a_fact_and_a_heading_a_day(account: "MakeAccount", fact: "MakeFact") -> None:
    facts = [fact("inject_delivered"), fact("step_taken", 4 * MINUTE), fact("level_set", 12 * MINUTE)]
    assert list(timeline(account(*facts))) == [
        "Wednesday, 30 June 2021",
        "  #0  23:50  +0:00  leak  Phone to Lin Shu: “Alarm”",
        "  #1  23:54  +0:04  leak  Lin Shu (Finder): Tell the team. Course: now “Told”. [X1]",
        "",
        "Thursday, 1 July 2021",
        "  #2  00:02  +0:12  leak  Graded: Level 1.",
    ]


def test_details_stand_below_the_line_they_belong_to(account: "MakeAccount", fact: "MakeFact") -> None:
    told = fact("step_taken", **{"with": {"nature": {"text": "numbers go out"}}})
    lines = list(timeline(account(told), details=True))
    assert lines[2] == "                          | nature: numbers go out"
    assert len(list(timeline(account(told)))) == 2


def test_lines_are_never_wider_than_the_page_and_go_on_below_their_beginning(
    account: "MakeAccount", fact: "MakeFact"
) -> None:
    long = {"nature": {"text": "很长的描述" * 60}, "stray": {"text": "word " * 80}}
    lines = list(timeline(account(fact("step_taken", **{"with": long})), details=True))
    assert max(width(line) for line in lines) <= COLUMNS
    margin = "                          | "
    assert lines[2].startswith(margin + "nature: 很长")
    assert lines[3].startswith(margin + "的描述")


def test_evidence_is_an_excerpt_of_the_timeline(account: "MakeAccount", fact: "MakeFact") -> None:
    whole = account(*(fact("level_set", n * MINUTE) for n in range(3)))
    assert excerpt(whole, [2, 0, 2, 99]) == [list(timeline(whole))[n] for n in (0, 1, 3)]
    assert excerpt(whole, []) == []


def test_an_escalation_says_to_whom_why_and_on_what_ground(account: "MakeAccount", fact: "MakeFact") -> None:
    facts = [fact("duty_breached", 10 * MINUTE), fact("escalated", 10 * MINUTE, because=0)]
    assert list(escalation_log(account(*facts))) == [
        "Thursday, 1 July 2021",
        "  #1  00:00  +0:10  leak  To Boss (Wu Ke), by Phone",
        "                          What: A late report goes to the boss",
        "                          Why: #0 OVERDUE – Finder had until 00:00: Tell the team at once. [X1]",
        "                          Basis: assumption of this playbook, on the occasion of clause X1",
    ]


def test_what_several_are_told_for_one_reason_is_said_once_below_the_last(
    account: "MakeAccount", fact: "MakeFact"
) -> None:
    facts = [
        fact("duty_breached", 10 * MINUTE),
        fact("escalated", 10 * MINUTE, because=0),
        fact("escalated", 10 * MINUTE, because=0, to="team", persons=["p2", "p3"], absent=["p1"], channel="email"),
        fact("escalated", 20 * MINUTE, because=0),
    ]
    log = list(escalation_log(account(*facts)))
    assert log[1:4] == [
        "  #1  00:00  +0:10  leak  To Boss (Wu Ke), by Phone",
        "  #2  00:00  +0:10  leak  To Team (Wu Ke, Mo Yan Li), by E-mail; away: Lin Shu",
        "                          What: A late report goes to the boss",
    ]
    assert [line for line in log if "What: " in line] == [log[3]] * 2, "what comes later says so for itself"


def test_an_escalation_names_its_further_rules_each_with_its_ground(account: "MakeAccount", fact: "MakeFact") -> None:
    log = list(escalation_log(account(fact("escalated", also=["escalations.law"], because=9))))
    assert log[-1].strip() == "Also: By law [Some Act, s. 9]"


def test_an_escalation_about_lateness_whose_reason_is_another_fact_names_the_duty(
    account: "MakeAccount", fact: "MakeFact"
) -> None:
    """A higher level brings somebody in, and the sentence about the level does not say what is late."""
    facts = [fact("duty_opened"), fact("duty_breached", 10 * MINUTE), fact("level_set", 11 * MINUTE)]
    by_level = list(escalation_log(account(*facts, fact("escalated", 11 * MINUTE, because=2, number=1))))
    assert "Undone: Tell the team at once" in [line.strip() for line in by_level]
    by_breach = list(escalation_log(account(*facts, fact("escalated", 11 * MINUTE, because=1, number=1))))
    assert not any("Undone: " in line for line in by_breach)


def test_an_escalation_by_law_names_instrument_and_article(account: "MakeAccount", fact: "MakeFact") -> None:
    log = list(escalation_log(account(fact("escalated", rule="escalations.law", clause=None, to="team", persons=[]))))
    assert log[-1].strip() == "Basis: Some Act, s. 9"


def test_a_quiet_exercise_has_an_escalation_log_that_says_so(account: "MakeAccount", fact: "MakeFact") -> None:
    assert list(escalation_log(account(fact("level_set")))) == ["Nothing was escalated."]
    assert list(timeline(account())) == []


def test_the_story_tells_what_it_is_about_and_nothing_of_the_ground_truth(scenario: Scenario) -> None:
    told = "\n".join(story(scenario, "en"))
    assert "A tiny story" in told
    assert "Something small happens." in told
    assert "Invented Ltd: sells nothing" in told
    assert "- Report in time" in told
    assert "SECRET" not in told
    assert "发生了一件小事。" in "\n".join(story(scenario, "zh"))


def test_the_people_are_listed_in_columns(account: "MakeAccount") -> None:
    assert cast_list(account()) == [
        "  Lin Shu    Finder – Operations",
        "  Wu Ke      Boss",
        "  Mo Yan Li  Member, Finder",
    ]
    assert cast_list(account(language="zh"))[0] == "  林舒    发现人 – 运维"


@examples(50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(st.characters(exclude_categories=()), min_size=1))
def test_whatever_is_typed_anywhere_the_log_stays_plain_text(
    typed: str, playbook: Playbook, scenario: Scenario, fact: "MakeFact"
) -> None:
    evil = Text(typed, typed)
    people = {name: replace(person, name=evil) for name, person in scenario.people.items()}
    injects = tuple(replace(inject, subject=evil, body=evil) for inject in scenario.injects)
    told = replace(
        scenario, title=evil, summary=evil, people=people, injects=injects, objectives=(ExerciseObjective(evil),)
    )
    facts = (
        fact("exercise_started"),
        fact("inject_delivered"),
        fact("step_taken", **{"with": {"nature": {"text": typed}, typed: typed}}),
        fact("refused", rule=typed, allowed=[typed]),
        fact("escalated", to=typed, persons=[typed], rule=typed),
    )
    account = Account(facts, playbook, told, "en")
    lines = [*story(told, "en"), *cast_list(account), *timeline(account, details=True), *escalation_log(account)]
    assert lines == [visible(line) for line in lines]


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_a_log_fits_the_page_it_is_laid_out_for(account: "MakeAccount", fact: "MakeFact", columns: int) -> None:
    """A front end that knows its terminal says how wide a line may be."""
    told = account(fact("step_taken", **{"with": {"nature": {"text": "one word after another " * 20}}}))
    token = PAGE.set(columns)
    try:
        lines = [*story(told.scenario, told.language), *timeline(told, details=True), *hanging("", "word " * 60, "  ")]
    finally:
        PAGE.reset(token)
    assert columns // 2 < max(width(line) for line in lines) <= columns
