"""The first screen of a debrief: five lines, the errors with what was right, decision by decision."""

from collections.abc import Iterator
from functools import cache

import pytest

from incidentsim.domain.text import Language
from incidentsim.exercise.running.outcome import report
from incidentsim.exports.wording.decisions import error_words, expected_words
from incidentsim.ledger.memory import MemoryStore
from incidentsim.messages import spoken
from incidentsim.service.evaluations import EvaluatedView
from incidentsim.session.course import RunView
from incidentsim.tui.debrief.data import Debrief
from incidentsim.tui.debrief.in_short import about_short, in_short_lines
from incidentsim.tui.widgets.line_list import Line
from tests.exercise.evaluation.test_planted_errors import FAST, shipped
from tests.support.evaluating import SCENARIOS, evaluated, played
from tests.support.planting import PLANTS, Planted, Told
from tests.support.procedures import exercise_of
from tests.support.screens import service_on, session_on
from tests.support.sessions import drive

ROWS = 21
"""As many lines of a list as 80×24 shows."""
COLUMNS = 76


def debrief_of(told: Told, planted: Planted, language: Language) -> Debrief:
    facts = played(planted.scenario)
    outcome = report(exercise_of(told.playbook.id, planted.scenario), facts, run=None, digest="", must_rest=False)
    view = RunView(outcome, tuple(facts), planted.scenario, told.playbook, finished=True)
    return Debrief("run", EvaluatedView(view, evaluated(planted.scenario, facts)), language)


def text_of(lines: list[Line]) -> str:
    """The words of the lines without spaces, since they are broken anywhere."""
    return "".join("".join(piece.text for piece in shown.pieces) for shown in lines).replace(" ", "")


def check(told: Told, kind: str, language: Language) -> None:
    """The planted error is named with its right answer and its evidence, at once where it is the worst."""
    planted = PLANTS[kind](told)
    if planted is None:
        return
    with spoken(language):
        debrief = debrief_of(told, planted, language)
        lines = in_short_lines(debrief, COLUMNS)
        judged = debrief.evaluation.judged
        error = next(one for one in judged.errors if one.key == planted.key)
        narrator = debrief.teller.narrator
        words = (error_words(narrator, error), expected_words(narrator, error, debrief.evaluation.ways))
    seen = text_of(lines[:ROWS] if judged.errors[0] is error else lines)
    assert all(said and said.replace(" ", "") in seen for said in words), (kind, language)
    assert all(f"#{number}" in seen for number in error.sequences), (kind, language)


@pytest.mark.parametrize("name", FAST)
def test_a_planted_error_stands_on_the_first_screen(name: str) -> None:
    for kind in FAST[name]:
        check(shipped(name), kind, "en")
    check(shipped(name), FAST[name][0], "zh")


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_planted_error_stands_on_the_first_screen_in_both_languages(name: str) -> None:
    for kind in PLANTS:
        for language in ("en", "zh"):
            check(shipped(name), kind, language)


@cache
def with_bots() -> Debrief:
    """A run in which one person plays and bots do the rest."""
    service = service_on(MemoryStore())
    session = session_on(service)
    drive(session)
    session.close()
    run = str(session.run)
    return Debrief(run, service.evaluations.evaluate(run), "en")


def named(debrief: Debrief) -> Iterator[str]:
    return (shown.name for shown in in_short_lines(debrief, COLUMNS) if shown.name is not None)


def test_every_line_leads_to_its_facts() -> None:
    debrief = with_bots()
    names = list(named(debrief))
    assert {name.partition("/")[0] for name in names} == {"short", "error", "decision"}
    for name in names:
        parts = about_short(debrief, name)
        nothing = any(words == "No errors." for _title, words in parts)
        assert nothing or any(title.startswith("#") for title, _words in parts), name


def test_what_bots_did_stands_apart_and_dimmed() -> None:
    debrief = with_bots()
    evaluation = debrief.evaluation
    ours = [task for task in evaluation.tasks.values() if task.by_people]
    bots = [task for task in evaluation.tasks.values() if task.by_people is False]
    assert ours
    assert bots
    assert sum(evaluation.in_short.ratings.values()) == sum(task.rating is not None for task in ours)
    assert sum(evaluation.in_short.bots.values()) == sum(task.rating is not None for task in bots)
    assert {task.task for task in evaluation.in_short.strengths} <= {task.task for task in ours}
    lines = {shown.name: shown for shown in in_short_lines(debrief, COLUMNS)}
    for number, decision in enumerate(evaluation.judged.decisions):
        styles = {piece.style for piece in lines[f"decision/{number}"].pieces}
        assert (styles == {"dim"}) == (decision.by_people is False)


def test_without_people_nothing_is_said_to_be_theirs_or_of_bots() -> None:
    told = shipped("voice-platform-fault")
    planted = PLANTS["dismissed"](told)
    assert planted is not None
    debrief = debrief_of(told, planted, "en")
    seen = text_of(in_short_lines(debrief, COLUMNS))
    assert "bots" not in seen.casefold()
    assert "Your" not in seen
