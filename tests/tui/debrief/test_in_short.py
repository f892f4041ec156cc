"""The first screen of a debrief: five lines, the errors with what was right, decision by decision."""

from collections.abc import Iterator
from functools import cache

import pytest

from incidentsim.ledger.memory import MemoryStore
from incidentsim.tui.debrief.data import Debrief
from incidentsim.tui.debrief.in_short import about_short, in_short_lines
from tests.exercise.evaluation.test_planted_errors import FAST
from tests.support.planted_errors.naming import COLUMNS, check_first_screen, debrief_of, text_of
from tests.support.planted_errors.subjects import SUBJECTS, outcome, outcomes
from tests.support.screens import service_on, session_on
from tests.support.sessions import drive


@pytest.mark.parametrize("name", FAST)
def test_a_planted_error_stands_on_the_first_screen(name: str) -> None:
    for kind in FAST[name]:
        check_first_screen(outcome(name, kind), "en")
    check_first_screen(outcome(name, FAST[name][0]), "zh")


@pytest.mark.slow
@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_planted_error_stands_on_the_first_screen_in_both_languages(subject: str) -> None:
    for _kind, came in outcomes(subject):
        for language in ("en", "zh"):
            check_first_screen(came, language)


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
    debrief = debrief_of(outcome("voice-platform-fault", "dismissed"), "en")
    seen = text_of(in_short_lines(debrief, COLUMNS))
    assert "bots" not in seen.casefold()
    assert "Your" not in seen
