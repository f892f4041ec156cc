"""Advice rests on what somebody knows and on the playbook's rule: never on what is true."""

from dataclasses import replace

import pytest

from incidentsim.domain.playbook import Playbook, Step
from incidentsim.exercise.coaching.advice import Adviser
from incidentsim.exercise.kernel.hearing import Heard
from incidentsim.exercise.knowledge.knowledge import Finding
from tests.support.shipped import procedure, scenario

HEARD = Heard(3, 0, 0)


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return procedure("platform-incidents")


@pytest.fixture
def adviser(playbook: Playbook) -> Adviser:
    return Adviser(playbook, scenario("number-masking-leak"))


def steps(playbook: Playbook, *dos: str) -> list[Step]:
    return [step for track in playbook.tracks.values() for step in track.steps if step.do in dos]


def told(name: str, value: int, origin: int = 3) -> Finding:
    kind = "flag" if name in {"incident", "unlawful"} else "measure"
    return Finding(kind, name, value, doubtful=False, inject=f"i{origin}", message=None, origin=origin, heard=HEARD)  # type: ignore[arg-type]  # one of both


def test_a_level_follows_from_the_figures_known_and_from_nothing_where_none_is(
    adviser: Adviser, playbook: Playbook
) -> None:
    grading = steps(playbook, "grade")
    assert adviser.advice(grading, [told("personal_records", 184_000)]).level == 2
    nothing = adviser.advice(grading, [told("incident", 1)])
    assert nothing.level is None
    assert not nothing.decides


def test_a_yes_or_no_follows_from_what_was_told_last(adviser: Adviser, playbook: Playbook) -> None:
    judging = steps(playbook, "confirm", "dismiss")
    advice = adviser.advice(judging, [told("incident", 1, 3), told("incident", 0, 9)])
    assert advice.flags == (("incident", False),)
    assert advice.step == "dismiss"


def test_what_nothing_speaks_for_is_not_so_but_a_report_is_taken_seriously(
    adviser: Adviser, playbook: Playbook
) -> None:
    judging, law = steps(playbook, "confirm", "dismiss"), steps(playbook, "find_lawful", "find_unlawful")
    assert adviser.advice(judging, []).step == "confirm"
    assert adviser.advice(law, []).flags == (("unlawful", None),)
    assert {step.do for step in law if step.fits == {"unlawful": False}} == {adviser.advice(law, []).step}
    assert not adviser.advice(law, []).decides


def test_nothing_is_to_be_judged_where_no_step_asks(adviser: Adviser, playbook: Playbook) -> None:
    advice = adviser.advice(steps(playbook, "escalate"), [told("personal_records", 184_000)])
    assert not advice.judges
    assert advice.decides


def test_what_is_true_makes_no_difference(playbook: Playbook) -> None:
    subject = scenario("number-masking-leak")
    turned = {
        name: replace(one, truth=replace(one.truth, level=5, why={}, flags={}, incident=False))
        for name, one in subject.incidents.items()
    }
    known = [told("personal_records", 184_000), told("incident", 1)]
    grading = steps(playbook, "grade", "confirm", "dismiss")
    advice = [Adviser(playbook, one).advice(grading, known) for one in (subject, replace(subject, incidents=turned))]
    assert advice[0] == advice[1]
