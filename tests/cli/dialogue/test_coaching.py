"""The coach in plain mode: what it says unasked, hints by a word, on and off, in both languages."""

import io
from typing import TYPE_CHECKING

import pytest

from incidentsim.domain.facts import CoachingSet, HintGiven
from incidentsim.domain.interventions import Coach
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from tests.support.dialogues import played
from tests.support.screens import service_on, session_on

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def test_what_is_owed_first_is_said_unasked_and_hints_by_a_word() -> None:
    service = service_on(MemoryStore())
    session = session_on(service)
    session.intervene(Coach(tuple(session.course.played)))
    one = played(service, session, ["go", "hint", "hint", "hint", "hint", "coach", "quit"])
    told = " ".join(one.told.split())
    assert "Coach: Judge the report · by 09:40:31 (20 minutes left) · H1" in told
    assert "Hint 1 of 3: where to look" in told
    assert "Do: “Confirm that it is an incident”, as Response team lead." in told
    assert "All hints about it were given: Judge the report." in told
    assert "(owed first, due by 09:40:31: Judge the report" in told
    assert [fact.step.number for fact in one.session.facts if isinstance(fact, HintGiven)] == [1, 2, 3]


def test_the_coach_is_switched_on_and_off_by_words_of_either_language() -> None:
    service = service_on(MemoryStore())
    one = played(service, session_on(service), ["继续", "提示", "教练 开", "提示", "教练 关", "退出"], "zh")
    told = "".join(one.told.split())
    assert "此席位没有教练" in told
    assert "提示1/3：看哪里" in told
    assert [bool(fact.people) for fact in one.session.facts if isinstance(fact, CoachingSet)] == [True, False]


@pytest.mark.parametrize("argv", [("play", "--plain", "number-masking-leak", "--as", "response_team_lead", "--coach")])
def test_play_with_the_coach_says_so_on_record(
    argv: tuple[str, ...], run: "Run", service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("go\nhint\nquit\n"))
    outcome = run(*argv)
    assert (outcome.code, outcome.err) == (0, "")
    assert "Hint 1 of 3: where to look" in outcome.out
    facts = service.records.facts("last").facts
    assert [fact.people for fact in facts if isinstance(fact, CoachingSet)] == [("p2",)]
