"""Whole exercises played by nothing but the coach's third hints."""

import pytest

from incidentsim.domain.facts import EndReason, ExerciseEnded, Refused
from incidentsim.exercise.evaluation.evaluate import Evaluation, evaluate
from incidentsim.session.session import Session
from tests.support.coaching import DEMO, LEAD, coached_session, play_by_hints
from tests.support.shipped import NAMES

SEATS = {"ransomware-at-dawn": "incident_commander", "six-people-many-hats": "on_call_responder"}
"""Who is played in the scenarios of another procedure than that of the platform."""


def evaluated(session: Session) -> Evaluation:
    exercise = session.exercise
    return evaluate(exercise.playbook, exercise.scenario, session.facts, None, session.course.played)


def errors(session: Session) -> list[str]:
    """The errors of people that they could have known better."""
    judged = evaluated(session).judged
    return [f"{one.kind} {one.subject}" for one in judged.errors if one.by_people and not one.as_known]


@pytest.mark.parametrize("name", [one if one == DEMO else pytest.param(one, marks=pytest.mark.slow) for one in NAMES])
def test_whoever_does_what_the_hints_say_makes_no_error(name: str) -> None:
    session = coached_session(name, (SEATS.get(name, LEAD),))
    play_by_hints(session)
    end = session.facts[-1]
    assert isinstance(end, ExerciseEnded)
    assert end.reason is EndReason.FINISHED
    assert errors(session) == []
    assert not [fact for fact in session.facts if isinstance(fact, Refused) and fact.by.person in session.course.played]
