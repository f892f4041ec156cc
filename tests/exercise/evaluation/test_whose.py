"""A rating is of whoever did what it rests on: people's errors are never counted among bots' tasks, nor theirs here."""

import pytest

from incidentsim.domain.evaluation import Occurred
from incidentsim.domain.facts import actor_of
from incidentsim.exercise.evaluation.decisions.kinds import ErrorKind
from incidentsim.exercise.evaluation.evaluate import Evaluation, evaluate
from incidentsim.exercise.evaluation.ratings import TaskRating
from tests.support.evaluating import played, scenario
from tests.support.shipped import NAMES, procedure


def of_one(name: str, person: str) -> Evaluation:
    """What a script did, taken as if people had played this one person, and bots the others."""
    told = scenario(name)
    return evaluate(procedure(told.playbook), told, played(told), played={person})


def resting_on(rating: TaskRating, facts: set[int]) -> bool:
    """Whether something that happened decided the rating, and was in one of these facts."""
    return any(
        isinstance(reason.rule, Occurred) and reason.rating == rating.proposed and not facts.isdisjoint(reason.evidence)
        for reason in rating.reasons
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_rating_that_rests_on_somebodys_act_is_theirs(name: str) -> None:
    told = scenario(name)
    facts = played(told)
    for person in {actor.person for fact in facts if (actor := actor_of(fact)) is not None}:
        acts = {
            number for number, fact in enumerate(facts) if (by := actor_of(fact)) is not None and by.person == person
        }
        tasks = [task for objective in of_one(name, person).objectives for task in objective.tasks]
        assert all(task.by_people for task in tasks if resting_on(task, acts)), person


def test_the_first_screen_and_the_ratings_agree_on_who_did_what_nobody_may() -> None:
    acting = {by.person for fact in played(scenario("concealed-outage")) if (by := actor_of(fact)) is not None}
    agreed = set()
    for person in acting:
        found = of_one("concealed-outage", person)
        forbidden = [one for one in found.judged.errors if one.kind is ErrorKind.FORBIDDEN and one.by_people]
        open_report = next(
            task for objective in found.objectives for task in objective.tasks if task.task == "report-openly"
        )
        assert bool(forbidden) is bool(open_report.by_people), person
        agreed.add(bool(forbidden))
    assert agreed == {True, False}
