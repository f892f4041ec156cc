"""Every judgement of a shipped story can be reasoned, and no more once the messages that decide it show nothing."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from incidentsim.domain.facts import InjectDelivered, MessageSent
from incidentsim.domain.scenario import Inject, Scenario, Shown
from incidentsim.exercise.evaluation.decisions.evidence import REASONED, Arrivals
from incidentsim.exercise.evaluation.decisions.judging import judged
from incidentsim.exercise.evaluation.decisions.kinds import Coming, Decision, Question
from incidentsim.exercise.evaluation.trace import Trace
from incidentsim.exercise.evaluation.whose import Whose
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.quality import quality
from incidentsim.exercise.quality.solvable import findings
from incidentsim.exercise.quality.story import Story
from tests.support.shipped import NAMES, procedure, scenario


def story(subject: Scenario) -> Story:
    return Story(CompiledPlaybook(procedure(subject.playbook)), subject)


def decisions(told: Story) -> tuple[Trace, list[Decision]]:
    """The judgements of the experts' play that rest on evidence."""
    trace = Trace(told.playbook, told.scenario, told.plays.expert.facts)
    made = judged(trace, Whose(trace, None)).decisions
    return trace, [one for one in made if one.question in REASONED and one.evidence and one.evidence.looked_for]


def deciding(told: Story) -> Iterator[tuple[Decision, frozenset[str]]]:
    """Each first judgement that can be reasoned, with the injects read by then that show any of what decides it."""
    trace, made = decisions(told)
    arrivals, seen = Arrivals(trace), set()
    shown = arrivals.deciding.is_shown
    for one in made:
        subject = (one.incident, one.question, one.right.flag)
        late = told.scenario.incidents[one.incident].truth.late_evidence
        assert one.evidence is not None
        if subject in seen or (one.right.flag or "level") in late:
            continue
        seen.add(subject)
        known = {inject.id: inject for inject in told.scenario.injects if inject.incident == one.incident}
        yield (
            one,
            frozenset(
                name
                for name, inject in known.items()
                for need in one.evidence.needs
                for wanted in need
                for shows in inject.shows
                if shown(one.question, need, wanted, shows)
            ),
        )


def without(subject: Scenario, names: frozenset[str]) -> Scenario:
    """The scenario in which these injects show nothing."""
    dropped = (replace(inject, shows=()) if inject.id in names else inject for inject in subject.injects)
    return replace(subject, injects=tuple(dropped))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_without_the_messages_that_decide_a_judgement_the_check_fails(name: str) -> None:
    """A judgement may rest on several messages that say the same; only together are they what decides."""
    subject = scenario(name)
    told = story(subject)
    assert list(findings(told)) == []
    tried = 0
    for decision, injects in deciding(told):
        assert injects, decision
        poorer = without(subject, injects)
        assert any(one.rule == "unreasoned-judgement" for one in findings(story(poorer))), (decision.question, injects)
        assert quality(procedure(subject.playbook), poorer) != ()
        tried += 1
    assert tried


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_without_the_late_evidence_the_check_fails(name: str) -> None:
    subject = scenario(name)
    for incident in subject.incidents.values():
        for judgement in incident.truth.late_evidence:
            kind = "measure" if judgement == "level" else "flag"
            names = frozenset(
                inject.id
                for inject in subject.injects
                if inject.incident == incident.id and any(one.kind == kind for one in inject.shows)
            )
            assert quality(procedure(subject.playbook), without(subject, names)) != ()


def test_what_is_said_to_come_late_is_not_asked_for_in_time_and_what_is_not_said_is() -> None:
    subject = scenario("sms-account-hijack")
    assert list(findings(story(subject))) == []
    hijack = subject.incidents["hijack"]
    silent = replace(subject, incidents={"hijack": replace(hijack, truth=replace(hijack.truth, late_evidence=()))})
    (finding,) = findings(story(silent))
    assert finding.rule == "unreasoned-judgement"
    assert "gu has to grade hijack (grade)" in finding.message
    assert "The inject hotline-alarmed does: gu reads it at 56m." in finding.message
    assert finding.path == ("injects", 2, "shows")


def test_a_message_that_says_otherwise_later_takes_the_answer_away() -> None:
    subject = scenario("two-fires")
    place = next(n for n, inject in enumerate(subject.injects) if inject.id == "bag-gone")
    raising = subject.injects[place]
    fewer = Shown("measure", "personal_records", 3)
    at = (raising.at or 0) + 1
    later = Inject("fewer", ("response_team",), "email", raising.body, at=at, incident="laptop", shows=(fewer,))
    injects = (*subject.injects[: place + 1], later, *subject.injects[place + 1 :])
    (finding,) = findings(story(replace(subject, injects=injects)))
    assert "something read later says otherwise" in finding.message


@pytest.mark.parametrize("name", ["two-fires", "ransomware-at-dawn"])
def test_evidence_came_by_a_fact_that_brought_it_and_never_to_the_judge_before_anybody(name: str) -> None:
    trace, made = decisions(story(scenario(name)))
    assert made
    for one in made:
        evidence = one.evidence
        assert evidence is not None
        for arrival in (evidence.anybody, evidence.judge):
            if arrival is not None:
                fact = trace.facts[arrival.sequence]
                assert isinstance(fact, InjectDelivered | MessageSent)
                assert arrival.at >= fact.at
        if evidence.judge is not None:
            assert evidence.anybody is not None
            assert (evidence.anybody.at, evidence.anybody.sequence) <= (evidence.judge.at, evidence.judge.sequence)


def test_what_never_came_and_what_was_not_looked_for_are_told_apart() -> None:
    subject = scenario("two-fires")
    names = frozenset(inject.id for inject in subject.injects if inject.incident == "laptop")
    trace, _made = decisions(story(without(subject, names)))
    every = {
        (one.incident, one.question): one.evidence
        for one in judged(trace, Whose(trace, None)).decisions
        if one.evidence is not None
    }
    level, lawful = every["laptop", Question.LEVEL], every["laptop", Question.FINDING]
    assert level is not None
    assert lawful is not None
    assert level.coming(level.anybody) is Coming.NEVER_REACHED
    assert lawful.coming(lawful.anybody) is Coming.NOT_LOOKED_FOR
    recipients = [one for one in judged(trace, Whose(trace, None)).decisions if one.question not in REASONED]
    assert recipients
    assert all(one.evidence is None for one in recipients)
