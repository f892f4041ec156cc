"""Whoever facilitates in plain mode does all that the console does on screens, in both languages."""

from typing import TYPE_CHECKING

import pytest

from incidentsim.cli.dialogue.words import FACILITATING, WORDS, word
from incidentsim.domain.facts import Appraisal, FactKind, HintGiven, InjectDelivered, MessageSent, Observed
from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.session.writing.drafts import INJECT_DRAFT, NOTE_DRAFT, Draft
from tests.support.dialogues import Played, played
from tests.support.facts import on_record
from tests.support.screens import service_on, session_on

if TYPE_CHECKING:
    from incidentsim.session.session import Session
    from tests.cli.conftest import Run


@pytest.fixture
def service() -> Service:
    return service_on(MemoryStore())


def facilitated(service: Service, *answers: str, language: Language = "en") -> Played:
    return played(service, session_on(service, mode="facilitated"), answers, language)


def kinds(one: Played) -> list[FactKind]:
    return [fact.kind for fact in one.session.facts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intervention_can_be_made_and_is_on_record(language: Language, service: Service) -> None:
    def said(name: str, rest: str = "") -> str:
        return f"{word(name, language)} {rest}".strip()

    one = facilitated(
        service,
        *(said("release", "3"), "yes", said("skip", "4"), "是", said("delay", "5 10")),
        *(said("add"), "1", "", "", "Another thing", "Its text.", ".", "send"),
        *(said("note", "2"), "+ quick", ".", said("undo"), "a slip", ".", said("step"), said("end"), "yes"),
        language=language,
    )
    assert one.session.ended
    happened = kinds(one)
    for kind in (
        FactKind.INJECT_MOVED, FactKind.INJECT_SKIPPED, FactKind.INJECT_ADDED, FactKind.OBSERVED, FactKind.STEP_UNDONE,
    ):  # fmt: skip
        assert kind in happened
    released, moved = (fact for fact in one.session.facts if fact.kind is FactKind.INJECT_MOVED)
    assert on_record(released)["due"] == 0
    assert on_record(moved)["due"] == (120 + 10) * 60_000
    assert "sample-matches" in {fact.inject for fact in one.session.facts if isinstance(fact, InjectDelivered)}
    (note,) = [fact for fact in one.session.facts if isinstance(fact, Observed)]
    assert (note.about, note.appraisal) == (2, Appraisal.STRENGTH)


def test_a_message_is_written_as_somebody_whom_nobody_plays(service: Service) -> None:
    one = facilitated(
        service, "go", "write", "Client desk of Lupan Rides", "1", "@incident", "", "", "", "Call us.", ".", "send"
    )
    (message,) = [fact for fact in one.session.facts if isinstance(fact, MessageSent) and fact.because is None]
    assert message.by.role == "customer"
    assert "Call us." in one.told


def test_what_cannot_be_taken_back_is_asked_about_first(service: Service) -> None:
    one = facilitated(service, "release 3", "no", "skip 4", "", "end", "perhaps")
    assert kinds(one) == [FactKind.EXERCISE_STARTED]
    assert one.told.count("“yes” does it; anything else leaves it.") == 3


@pytest.mark.parametrize(
    "asked", ["release", "release 99", "skip nothing", "delay 3", "delay 3 soon", "note 99", "truth"]
)
def test_what_is_not_understood_is_said_and_changes_nothing(asked: str, service: Service) -> None:
    one = facilitated(service, asked)
    assert kinds(one) == [FactKind.EXERCISE_STARTED]
    assert "Say " in one.told or "There is no fact" in one.told


def test_the_plan_and_the_truth_are_told_only_where_they_are_asked_for(service: Service) -> None:
    quiet, told = facilitated(service, "step"), facilitated(service, "step", "console", "truth 1")
    assert "What really happened: Level 2 (critical)" not in quiet.told
    assert "Sample compared" not in quiet.told
    assert "What really happened: Level 2 (critical)" in told.told
    assert "3. Sample compared → Incident response team: planned +0:17, expected +0:17 (to come)" in told.told


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_else_can_do_any_of_it_or_is_told_of_it(language: Language, service: Service) -> None:
    answers = [word(name, language) for name in sorted(FACILITATING)]
    one = played(service, session_on(service), [*answers, word("help", language), "nonsense"], language)
    assert kinds(one) == [FactKind.EXERCISE_STARTED]
    assert one.told.count("play --plain --facilitated") == len(FACILITATING)
    helped = facilitated(service, word("help", language), language=language).told
    assert all(f"\n{word(name, language)}" in helped for name in FACILITATING)
    assert not any(f"\n{word(name, language)}:" in one.told for name in FACILITATING - {"step"})
    assert WORDS.keys() >= FACILITATING


def test_it_begins_from_the_command_line(run: "Run", monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("console\nend\nyes\n"))
    outcome = run("play", "--plain", "false-alarm", "--facilitated", "--as", "response_team_lead")
    assert (outcome.code, outcome.err) == (0, "")
    assert "You facilitate: “console” tells what is planned and what came of it." in outcome.out
    assert "Injects: planned and actual" in outcome.out


def test_a_hint_of_a_facilitator_is_given_unasked(service: Service) -> None:
    one = facilitated(service, "go", "hint")
    assert [fact.unasked for fact in one.session.facts if isinstance(fact, HintGiven)] == [True]


def resumed(service: Service, session: "Session", *answers: str) -> Played:
    return played(service, service.exercises.take_up(session.run or ""), answers)


def test_what_a_facilitator_left_is_there_when_the_run_is_taken_up_and_gone_when_it_is_sent(service: Service) -> None:
    """An inject, a message as somebody else and an observation; the last is lost by nobody's hanging up either."""
    session = session_on(service, mode="facilitated")
    left = played(
        service,
        session,
        [
            *("go", "add", "1", "", "", "Another thing", "back"),
            *("write", "Client desk of Lupan Rides", "1", "@incident", "", "", "", "Call us.", ".", "back"),
            *("note 2", "half an observation"),
        ],
    )
    assert left.told.count("Left; what was written is kept.") == 2
    assert not {FactKind.INJECT_ADDED, FactKind.OBSERVED} & set(kinds(left))
    one = resumed(
        service,
        session,
        *("add", "", "", "", "", "Its text.", ".", "send"),
        *("write", "", "", "", "", "", "", "", "send"),
        *("note 2", ""),
    )
    for words in ("Another thing", "Client desk of Lupan Rides, Customer", "Call us.", "half an observation"):
        assert f"There stands “{words}”; Enter keeps it" in one.told
    assert {FactKind.INJECT_ADDED, FactKind.MESSAGE_SENT, FactKind.OBSERVED} <= set(kinds(one))
    anew = service.exercises.take_up(session.run or "")
    assert not anew.workspace.under("draft/")
    anew.close()


def test_a_draft_goes_on_in_the_other_mode(service: Service) -> None:
    """What was begun on the screens stands in plain mode, whatever else lies there."""
    session = session_on(service, mode="facilitated")
    Draft(session.workspace, INJECT_DRAFT).put("subject", "Begun on a screen")
    session.workspace.put(NOTE_DRAFT, "[1, no draft")
    one = played(service, session, ["go", "add", "1", "", "", "", "Text.", ".", "send", "note 2", "Words.", "."])
    assert "There stands “Begun on a screen”; Enter keeps it, “-” empties it." in one.told
    assert {FactKind.INJECT_ADDED, FactKind.OBSERVED} <= set(kinds(one))
