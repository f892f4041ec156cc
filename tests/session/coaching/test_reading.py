"""The coach at a seat: what it marks, what its hints say, that they change nothing else and give nothing away."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.actions import Action
from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import COACHING, Fact, HintGiven, HintStep
from incidentsim.domain.interventions import Coach, Undo
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import LANGUAGES, FreeText
from incidentsim.exercise.coaching.advice import Adviser
from incidentsim.exercise.coaching.marking import Marking
from incidentsim.exercise.coaching.progress import ActKind, markings
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.ledger.memory import MemoryStore
from incidentsim.session.course import Course
from incidentsim.session.local_seat import LocalSeat
from incidentsim.session.procedure.coach_view import CoachView, SuggestedAct
from incidentsim.session.seats import Seats
from incidentsim.session.session import Session
from incidentsim.session.view_json import to_json
from incidentsim.session.workspace import Workspace
from tests.support.coaching import DEMO, LEAD, ask_to_the_end, coached_session, filled_in, play_by_hints
from tests.support.examples import examples
from tests.support.screens import service_on, session_on
from tests.support.sessions import drive

DECISIONS = st.lists(
    st.tuples(st.sampled_from(["go_on", "act", "wait", "undo", "wrong", "hint"]), st.integers(0, 60)), max_size=16
)


def coach(session: Session) -> CoachView:
    view = LocalSeat(session).view("en").coach
    assert view is not None
    return view


def words(view: CoachView) -> str:
    return json.dumps(to_json(view), ensure_ascii=False)


@pytest.fixture
def reported() -> Session:
    """The report has reached the lead, who is to judge it."""
    session = coached_session(DEMO)
    session.go_on()
    return session


def test_what_is_owed_first_is_marked_with_why_by_which_clause_and_until_when(reported: Session) -> None:
    view = coach(reported)
    assert view.act is not None
    assert [key.do for key in view.act.keys] == ["confirm", "dismiss"]
    assert view.act.line == "Judge the report · by 09:40:31 (20 minutes left) · H1"
    assert view.act.why[0] == "Owed by Incident response team: Judge the report."
    assert any(line.startswith("H1: ") for line in view.act.why)
    assert "Asked for: reasons" in view.act.good
    assert view.marking is Marking.WHOLE
    assert (view.hints, view.suggested) == ((), None)


def test_hints_go_in_three_steps_and_are_on_record(reported: Session) -> None:
    seat = LocalSeat(reported)
    for step in HintStep:
        assert coach(reported).next is step
        seat.hint()
    given = [fact for fact in reported.facts if isinstance(fact, HintGiven)]
    assert [fact.step for fact in given] == list(HintStep)
    assert {fact.acts for fact in given} == {("confirm", "dismiss")}
    assert {(fact.person, fact.duty, fact.unasked) for fact in given} == {("p2", "judge-report", False)}
    where, criterion, act = (hint.lines for hint in coach(reported).hints)
    assert "Inbox: #10, 09:20:31, from Lin Xia (Reporting person): Information M1: Report to the response team" in where
    assert any("184,000" in line and "level 1 from 1,000,000" in line for line in criterion)
    assert "By what you know, it is an incident." in act
    assert "Do: “Confirm that it is an incident”, as Response team lead." in act
    with pytest.raises(InputError, match="All hints about it were given"):
        seat.hint()


def test_where_what_is_known_does_not_decide_the_hint_says_so_and_whom_to_ask() -> None:
    session = coached_session("voice-platform-fault", ("security_administrator",))
    told = ""
    while not session.ended and "lawful" not in told:
        view = coach(session)
        if view.act is not None and any("lawful" in key.do for key in view.act.keys):
            ask_to_the_end(LocalSeat(session))
            told = words(coach(session))
        elif not drive(session, most=1):
            break
    assert re.search(r"What you know does not decide .*?Ask .*?the answer is no", told)


def test_once_it_is_done_the_next_thing_is_marked_without_the_hints_of_the_last(reported: Session) -> None:
    seat = LocalSeat(reported)
    ask_to_the_end(seat)
    reported.act(Action("p2", "confirm", "leak", LEAD, {"reasons": FreeText("x")}))
    view = coach(reported)
    assert view.act is not None
    assert [key.do for key in view.act.keys] == ["grade"]
    assert view.hints == ()


def test_a_coach_that_is_off_tells_nothing_and_is_switched_on_at_the_table() -> None:
    session = coached_session(DEMO, coach=False)
    session.go_on()
    seat = LocalSeat(session)
    assert seat.view("en").coach is None
    with pytest.raises(InputError, match="No coach helps here"):
        seat.hint()
    seat.set_coaching(on=True)
    assert seat.view("en").coach is not None
    seat.set_coaching(on=False)
    assert seat.view("en").coach is None


def test_in_a_hot_seat_one_may_be_coached_alone_and_nobody_else_sees_the_hint() -> None:
    session = coached_session(DEMO, (LEAD, "security_administrator"), "hot_seat", coach=False)
    lead, other = (person.pseudonym for person in session.people)
    session.intervene(Coach((lead,)))
    session.go_on()
    seat = LocalSeat(session)
    seat.sit_down(lead)
    seat.hint()
    number = len(session.facts) - 1
    assert number in {entry.number for entry in seat.view("en").log.entries}
    seat.sit_down(other)
    assert seat.view("en").coach is None
    assert number not in {entry.number for entry in seat.view("en").log.entries}


def test_the_facilitator_sees_hints_and_gives_one_unasked() -> None:
    session = coached_session(DEMO, mode="facilitated")
    session.go_on()
    seat = LocalSeat(session)
    seat.hint(unasked=True)
    said = seat.console("en").log.entries[-1].sentence
    assert said.startswith("Hint 1 of 3 (where to look), given by the facilitator, for Gu Yan")
    assert coach(session).hints[0].unasked


def test_a_hint_that_was_seen_stays_when_the_step_is_undone(reported: Session) -> None:
    seat = LocalSeat(reported)
    seat.hint()
    reported.intervene(Undo(FreeText("again")))
    reported.go_on()
    assert sum(isinstance(fact, HintGiven) for _number, fact in reported.exercise.state.standing()) == 1


def test_less_is_said_of_what_was_done_right_without_hints_and_all_of_it_again_after_an_error() -> None:
    session = coached_session(DEMO, ("security_administrator",))
    seen: dict[str, list[Marking]] = {}
    while not session.ended:
        view = LocalSeat(session).view("en").coach
        if view is not None and view.act is not None:
            seen.setdefault(view.act.title, []).append(view.marking)
        if not drive(session, most=1):
            break
    order = [marking for markings in seen.values() for marking in markings]
    assert Marking.LINE in order
    assert Marking.MARK in order
    assert order.index(Marking.WHOLE) < order.index(Marking.LINE) < order.index(Marking.MARK)


def test_an_error_brings_the_whole_text_back() -> None:
    session = coached_session(DEMO)
    session.go_on()
    session.act(Action("p2", "confirm", "leak", LEAD, {"reasons": FreeText("x")}))
    session.act(Action("p2", "grade", "leak", LEAD, {"level": 2, "criteria": (), "reasons": FreeText("x")}))
    exercise = session.exercise
    adviser = Adviser(exercise.playbook, exercise.scenario)
    adviser.follow(exercise.state)
    assert markings(exercise, adviser, ["p2"])[ActKind.JUDGE] is Marking.LINE
    session.act(Action("p2", "confirm", "leak", LEAD, {"reasons": FreeText("x")}))  # refused: it was done
    assert markings(exercise, adviser, ["p2"])[ActKind.JUDGE] is Marking.WHOLE
    assert markings(exercise, adviser, ["p2"])[ActKind.GRADE] is Marking.LINE


def test_taken_up_after_a_kill_the_coach_says_the_same() -> None:
    store = MemoryStore()
    service = service_on(store)
    session = session_on(service)
    session.intervene(Coach(("p2",)))
    session.go_on()
    seat = LocalSeat(session)
    seat.hint()
    session.act(Action("p2", "confirm", "leak", LEAD, {"reasons": FreeText("x")}))
    seat.hint()
    left = coach(session)
    session.close()
    assert coach(service.exercises.take_up(session.run or "")) == left


def test_a_script_of_a_coached_run_leads_to_the_same_facts(tmp_path: Path) -> None:
    service = service_on(MemoryStore())
    session = session_on(service, "false-alarm")
    session.intervene(Coach(tuple(session.course.played)))
    play_by_hints(session)
    digest = session.view().report.outcome_digest
    file = tmp_path / "coached.yaml"
    file.write_bytes(service.exports.script(session.run or ""))
    assert "coach: hints" in file.read_text(encoding="utf-8")
    assert service.exercises.replay(file).report.outcome_digest == digest


def _without_hints(facts: Iterable[Fact]) -> list[dict[str, Any]]:
    """The facts besides those of the coach, with the numbers by which they cite each other reckoned without these."""
    listed = list(facts)
    numbers, rest = dict[int, int](), 0
    for number, fact in enumerate(listed):
        numbers[number] = rest
        rest += fact.kind not in COACHING
    told = []
    for fact in listed:
        written: dict[str, Any] = dict(fact.to_json())
        for cited in ("because", "first", "last"):
            if type(written.get(cited)) is int:
                written[cited] = numbers[written[cited]]
        if fact.kind not in COACHING:
            told.append(written)
    return told


def _decide(session: Session, kind: str, number: int, *, coached: bool) -> None:
    match kind:
        case "go_on":
            session.go_on()
        case "act":
            seat = LocalSeat(session)
            opened = [action for action in seat.view("en").actions if action.open]
            if opened:
                key = opened[number % len(opened)].key
                seat.act(key, filled_in(seat, SuggestedAct(key, (), None)))
        case "wait":
            session.live_to(session.now + number * MINUTE)
        case "undo":
            if session.exercise.state.last_step() is not None:
                session.intervene(Undo(FreeText("again")))
        case "wrong":
            person, dos = session.people[number % len(session.people)], list(session.exercise.compiled.track_of)
            session.act(Action(person.pseudonym, dos[number % len(dos)], next(iter(session.exercise.state.incidents))))
        case "hint" if coached:
            seat = LocalSeat(session)
            view = seat.view(LANGUAGES[number % 2]).coach
            for _time in range(number % 4):
                if view is not None and view.next is not None:
                    seat.hint()
                    view = seat.view(LANGUAGES[number % 2]).coach


@examples(30)
@given(DECISIONS, st.sampled_from(["false-alarm", DEMO]))
def test_hints_change_nothing_but_that_they_were_given(decisions: list[tuple[str, int]], name: str) -> None:
    """And asking for one in any state of an exercise never fails."""
    plain, helped = coached_session(name, coach=False), coached_session(name)
    for kind, number in decisions:
        if plain.ended:
            break
        _decide(plain, kind, number, coached=False)
        _decide(helped, kind, number, coached=True)
    assert _without_hints(helped.facts) == _without_hints(plain.facts)


def _other_truth(subject: Scenario) -> Scenario:
    """The same scenario with another truth: every answer and every figure of it is another."""
    incidents = {
        name: replace(
            one,
            truth=replace(
                one.truth,
                incident=not one.truth.incident,
                level=5 if one.truth.level != 5 else 1,
                why={},
                flags={flag: not holds for flag, holds in one.truth.flags.items()},
                cause="another",
            ),
        )
        for name, one in subject.incidents.items()
    }
    return replace(subject, incidents=incidents)


@examples(15)
@given(DECISIONS, st.sampled_from(["false-alarm", DEMO]))
def test_what_the_coach_says_always_rests_on_what_is_known_and_never_on_what_is_true(
    decisions: list[tuple[str, int]], name: str
) -> None:
    session = coached_session(name)
    for kind, number in decisions:
        if not session.ended:
            _decide(session, kind, number, coached=True)
    if session.ended:
        return
    known = session.exercise
    other = Exercise(known.compiled, _other_truth(known.scenario))
    other.resume(session.facts)
    course = Course(other, bots=True, seats=Seats(session.course.played))
    course.add(session.facts)
    beside = Session(None, course, None, Workspace(None, None), lambda: None)
    beside.live_to(session.now)
    if len(beside.facts) == len(session.facts):  # else bots, who know the truth where the story shows nothing, acted
        assert coach(beside) == coach(session)


@examples(20)
@given(DECISIONS, st.sampled_from(["false-alarm", DEMO]), st.sampled_from(LANGUAGES))
def test_a_hint_holds_no_message_and_no_figure_that_the_view_does_not_hold(
    decisions: list[tuple[str, int]], name: str, language: str
) -> None:
    session = coached_session(name)
    seat = LocalSeat(session)
    for kind, number in decisions:
        if session.ended:
            return
        _decide(session, kind, number, coached=True)
    if session.ended:
        return
    ask_to_the_end(seat)
    view = seat.view("zh" if language == "zh" else "en")
    assert view.coach is not None
    lines = [line for hint in view.coach.hints for line in hint.lines]
    numbers = {int(number) for line in lines for number in re.findall(r"#(\d+)", line)}
    assert numbers <= {message.number for message in view.inbox}
    figures = {figure.words for one in seat.procedure(view.language).figures for figure in one.figures}
    shown, told = json.dumps([to_json(message) for message in view.inbox], ensure_ascii=False), "\n".join(lines)
    subject = session.exercise.scenario
    subjects = {inject.subject.say(view.language) for inject in subject.injects if inject.subject is not None}
    assert not [words for words in subjects if words in told and words not in shown]
    for incident in subject.incidents.values():
        values = {f"{value:,}" for value in incident.truth.why.values() if value > 1_000}
        assert not [value for value in values if value in told and value not in figures]
