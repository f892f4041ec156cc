"""An area for improvement is owned by the role that sees to the task it is about, never by whoever erred just so."""

import pytest

from incidentsim.exercise.evaluation.areas import areas
from incidentsim.exercise.evaluation.causes import Causes
from incidentsim.exercise.evaluation.trace import Trace
from tests.support.evaluating import evaluated, played, scenario
from tests.support.shipped import NAMES, procedure


@pytest.mark.parametrize("name", NAMES)
def test_an_owner_is_that_of_a_task_of_the_procedure_or_may_do_what_was_right(name: str) -> None:
    told = scenario(name)
    book, found = procedure(told.playbook), evaluated(told)
    owners = {task.owner for task in book.tasks.values()}
    for area in areas(Trace(book, told, played(told)), found.judged, found.objectives):
        dos = {*area.errors[0].right.steps, area.errors[0].subject}
        steps = [step for track in book.tracks.values() for step in track.steps if step.do in dos]
        assert area.owner in owners | {role for step in steps for by in step.by for role in book.roles_of(by)}


def test_who_conceals_does_not_own_what_is_to_be_done_about_it() -> None:
    told = scenario("concealed-outage")
    book, found = procedure(told.playbook), evaluated(told)
    worst = areas(Trace(book, told, played(told)), found.judged, found.objectives)[0]
    assert worst.errors[0].subject == "conceal_incident"
    assert worst.owner == book.tasks["report-openly"].owner
    assert worst.owner not in worst.errors[0].roles


@pytest.mark.parametrize("name", NAMES)
def test_the_cause_of_a_refusal_is_one_wherever_it_is_told(name: str) -> None:
    """The error and the rating that rests on it are explained alike, by why the procedure refused."""
    told = scenario(name)
    found = evaluated(told)
    causes = Causes(Trace(procedure(told.playbook), told, played(told)), found.judged)
    for error in found.judged.errors:
        if error.refused is not None:
            assert causes.of_error(error) == causes.of_refusal(error.sequences[0])
