"""A session: people act, bots play the rest, a facilitator steps in; all of it can be taken up and replayed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.actions import Action
from incidentsim.domain.errors import InputError, SurroundingsError, UnknownNameError
from incidentsim.domain.facts import FactKind
from incidentsim.domain.interventions import Add, End, Intervention, Move, Note, Skip, Undo
from incidentsim.domain.text import FreeText
from incidentsim.exercise.kernel.in_force import undone_by
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.session.pacing import Halt
from incidentsim.session.seats import Seats, holders, playable
from incidentsim.session.session import Session
from incidentsim.session.writing.field_entries import typed
from tests.support.examples import examples
from tests.support.facts import acting, on_record
from tests.support.screens import service_on, session_on
from tests.support.sessions import drive, fill_the_disk, snapshot

SCENARIOS = sorted(path.stem for path in (Path(__file__).parents[2] / "scenarios").glob("*.yaml"))
LEAD = "p2"


@pytest.fixture
def service() -> Service:
    return service_on(MemoryStore())


@pytest.fixture
def session(service: Service) -> Session:
    return session_on(service)


def test_time_jumps_to_what_matters_to_the_people_at_the_table(session: Session) -> None:
    passed = session.go_on()
    assert passed.halt is Halt.MATTERS
    kinds = [fact.kind for fact in session.facts[passed.since :]]
    assert "duty_opened" in kinds
    assert any(
        fact.kind == FactKind.DUTY_OPENED and on_record(fact)["duty"] == "judge-report" for fact in session.facts
    )


def test_bots_leave_to_people_what_is_theirs(session: Session) -> None:
    while session.go_on().halt is Halt.MATTERS:
        pass
    by = {acting(fact) for fact in session.facts if fact.kind == FactKind.STEP_TAKEN}
    assert all(actor is None or actor[0] != LEAD for actor in by)
    assert session.exercise.state.incidents["leak"].tracks["lifecycle"] == "reported"


def test_an_action_costs_its_usual_time(session: Session) -> None:
    session.go_on()
    before = session.now
    session.act(Action(LEAD, "confirm", "leak", None, {"reasons": FreeText("It is ours.")}))
    assert session.now - before == 8 * MINUTE


def test_what_comes_while_somebody_acts_comes_first(session: Session) -> None:
    session.go_on()
    passed = session.act(Action(LEAD, "confirm", "leak", None, {"reasons": FreeText("It is ours.")}), takes=60 * MINUTE)
    kinds = [fact.kind for fact in session.facts[passed.since :]]
    assert kinds.index(FactKind.DUTY_BREACHED) < kinds.index(FactKind.STEP_TAKEN)


def test_an_action_is_answered_with_the_fact_that_says_whether_it_was_taken(session: Session) -> None:
    session.go_on()
    refused = session.act(Action(LEAD, "grade", "leak")).answer
    taken = session.act(Action(LEAD, "confirm", "leak", None, {"reasons": FreeText("It is ours.")})).answer
    assert refused is not None
    assert taken is not None
    assert (refused.taken, taken.taken) == (False, True)
    for answer, do in ((refused, "grade"), (taken, "confirm")):
        assert session.facts[answer.number] is answer.fact
        assert on_record(answer.fact)["do"] == do
        assert (acting(answer.fact) or ("",))[0] == LEAD


def test_an_action_that_the_end_comes_before_has_no_answer(session: Session) -> None:
    acted = session.act(Action(LEAD, "discover", "leak"), takes=session.exercise.scenario.ends + 1)
    assert (acted.halt, acted.answer) == (Halt.ENDED, None)


def test_a_name_that_nothing_carries_costs_no_time(session: Session) -> None:
    session.go_on()
    before, facts = session.now, len(session.facts)
    with pytest.raises(UnknownNameError, match=r"There is no step|has no step"):
        session.act(Action(LEAD, "conform", "leak"))
    assert (session.now, len(session.facts)) == (before, facts)


def test_a_refusal_is_on_record_like_any_other_answer(session: Session) -> None:
    session.go_on()
    session.act(Action(LEAD, "grade", "leak"))
    assert any(fact.kind == FactKind.REFUSED for fact in session.facts)


def test_a_closed_session_does_nothing_more(session: Session) -> None:
    session.close()
    with pytest.raises(InputError, match="closed"):
        session.go_on()


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_session_written_down_as_a_script_replays_to_the_same_outcome(
    service: Service, scenario: str, tmp_path: Path
) -> None:
    looked_at = service.library.playable(scenario)
    session = service.exercises.open_session(
        scenario, Seats(holders(looked_at.playbook, looked_at.scenario, looked_at.roles[:6]))
    )
    drive(session)
    view = session.view()
    session.close()
    assert view.finished
    file = tmp_path / "script.yaml"
    file.write_bytes(service.exports.script(session.run or ""))
    assert service.exercises.replay(file).report.outcome_digest == view.report.outcome_digest


def test_where_time_stopped_is_no_part_of_a_run_and_an_action_taken_there_replays(
    service: Service, tmp_path: Path
) -> None:
    session = session_on(service)
    while session.go_on().halt is not Halt.DEADLINE:
        pass
    answer = session.act(Action(LEAD, "confirm", "leak", None, {"reasons": FreeText("It is ours.")})).answer
    assert answer is not None
    assert answer.taken
    drive(session)
    view = session.view()
    session.close()
    file = tmp_path / "script.yaml"
    file.write_bytes(service.exports.script(session.run or ""))
    assert service.exercises.replay(file).report.outcome_digest == view.report.outcome_digest


def test_interventions_are_part_of_the_script(service: Service, tmp_path: Path) -> None:
    session = session_on(service, mode="facilitated")
    session.intervene(Move("press-call", 5 * MINUTE))
    session.intervene(Skip("seller-silent"))
    session.go_on()
    session.intervene(Add(("response_team",), "phone", FreeText("A call"), typed("[b]Hm[/b]\x1b[31m\n\u202e"), "leak"))
    session.intervene(Note(FreeText("They hesitate."), 2))
    session.intervene(Undo(FreeText("Said in error.")))
    drive(session)
    session.intervene(End()) if not session.ended else None
    view = session.view()
    session.close()
    file = tmp_path / "script.yaml"
    file.write_bytes(service.exports.script(session.run or ""))
    replayed = service.exercises.replay(file)
    assert [fact.to_json() for fact in replayed.facts] == [fact.to_json() for fact in view.facts]


def test_what_was_added_is_told_with_its_words(service: Service) -> None:
    session = session_on(service, mode="facilitated")
    session.intervene(Add((LEAD,), "phone", FreeText("A call"), FreeText("Who is there?")))
    added = session.view().scenario.injects[-1]
    assert (added.body.en, added.to) == ("Who is there?", (LEAD,))


@pytest.mark.parametrize(
    ("intervention", "sentence"),
    [
        (Move("nothing", 0), "There is no inject nothing"),
        (Skip("probe-alert"), "has come already"),
        (Add((), "phone", FreeText("x"), FreeText("y")), "Say whom"),
        (Add((LEAD,), "phone", FreeText("x"), FreeText(" ")), "Say what"),
        (Add((LEAD,), "pigeon", FreeText("x"), FreeText("y")), "There is no channel pigeon"),
        (Add(("nobody",), "phone", FreeText("x"), FreeText("y")), "There is no receiver nobody"),
        (Add((LEAD,), "phone", FreeText("x"), FreeText("y"), "fire"), "There is no incident fire"),
        (Note(FreeText("x"), 10_000), "There is no fact 10000"),
    ],
)
def test_an_intervention_that_cannot_be_is_said_to_be(
    service: Service, intervention: Intervention, sentence: str
) -> None:
    session = session_on(service, mode="facilitated")
    session.go_on()
    with pytest.raises(InputError, match=sentence):
        session.intervene(intervention)


def test_nothing_can_be_undone_before_anything_happened(service: Service) -> None:
    with pytest.raises(InputError, match="Nothing has happened yet"):
        session_on(service, mode="facilitated").intervene(Undo(FreeText("why")))


def test_what_is_undone_counts_no_more_and_is_still_on_record(service: Service) -> None:
    session = session_on(service, mode="facilitated")
    session.go_on()
    before = session.exercise.state.incidents["leak"].tracks.copy()
    session.act(Action(LEAD, "confirm", "leak", None, {"reasons": FreeText("It is ours.")}), takes=0)
    count = len(session.facts)
    session.intervene(Undo(FreeText("They meant to wait.")))
    assert session.exercise.state.incidents["leak"].tracks == before
    assert len(session.facts) == count + 1
    assert session.facts[-1].kind == FactKind.STEP_UNDONE
    assert {session.facts[number].kind for number in undone_by(session.facts)} >= {"step_taken"}


def test_one_can_go_back_step_by_step_to_the_beginning(service: Service) -> None:
    session = session_on(service, mode="facilitated")
    while len(session.facts) < 12:
        session.step()
    before = []
    while (last := session.exercise.state.last_step()) is not None:
        before.append(last)
        session.intervene(Undo(FreeText("back")))
    assert before == sorted(before, reverse=True)
    assert before[-1][0] == 1
    assert not session.exercise.state.incidents["leak"].raised


DECISIONS = st.lists(
    st.tuples(st.sampled_from(["go_on", "step", "bot", "undo", "note", "add", "wait", "wrong"]), st.integers(0, 90)),
    max_size=25,
)


@examples(25)
@given(DECISIONS, st.sampled_from(SCENARIOS))
def test_a_session_taken_up_anew_always_stands_where_it_was_left(
    decisions: list[tuple[str, int]], scenario: str
) -> None:
    store = MemoryStore()
    service = service_on(store)
    looked_at = service.library.playable(scenario)
    seats = Seats(holders(looked_at.playbook, looked_at.scenario, looked_at.roles[:4]), "facilitated")
    session = service.exercises.open_session(scenario, seats)
    for kind, number in decisions:
        if session.ended:
            break
        _decide(session, kind, number)
    left, facts = snapshot(session), [fact.to_json() for fact in session.facts]
    ended = session.ended
    session.close()
    if ended:
        assert service.records.show(session.run or "").finished
        return
    anew = service.exercises.take_up(session.run or "")
    assert [fact.to_json() for fact in anew.facts] == facts
    assert snapshot(anew) == left


def _decide(session: Session, kind: str, number: int) -> None:
    match kind:
        case "go_on":
            session.go_on()
        case "step":
            session.step()
        case "bot":
            drive(session, most=number % 7)
        case "undo":
            if session.exercise.state.last_step() is not None:
                session.intervene(Undo(FreeText("again")))
        case "note":
            session.intervene(Note(FreeText("seen"), number % len(session.facts)))
        case "add":
            to = next(iter(session.course.played))
            session.intervene(Add((to,), "phone", FreeText("A call"), FreeText("Hello?")))
        case "wait":
            session.live_to(session.now + number * MINUTE)
        case "wrong":
            person = session.people[number % len(session.people)]
            dos = list(session.exercise.compiled.track_of)
            session.act(Action(person.pseudonym, dos[number % len(dos)], next(iter(session.exercise.state.incidents))))


def test_where_the_record_fails_nothing_is_shown_and_the_run_can_be_taken_up(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_on(service)
    session.go_on()
    facts = len(session.facts)

    fill_the_disk(session, monkeypatch)
    with pytest.raises(SurroundingsError, match="full"):
        session.go_on()
    assert len(session.facts) == facts
    with pytest.raises(InputError, match="closed"):
        session.go_on()
    session.close()
    assert len(service.exercises.take_up(session.run or "").facts) == facts


def test_seats_are_for_people_who_take_part(service: Service) -> None:
    found = service.library.playable("number-masking-leak")
    assert "customer" not in playable(found.playbook, found.scenario)
    with pytest.raises(UnknownNameError, match="There is no role customer"):
        holders(found.playbook, found.scenario, ["customer"])
    away = found.scenario.people["bao"].pseudonym
    with pytest.raises(InputError, match="cannot be played"):
        service.exercises.open_session("number-masking-leak", Seats(frozenset({away})))
    with pytest.raises(InputError, match="Choose somebody"):
        service.exercises.open_session("number-masking-leak", Seats(frozenset()))


def test_a_replay_is_not_taken_up_as_a_session(service: Service) -> None:
    run = service.exercises.replay("false-alarm").report.run
    with pytest.raises(InputError, match="finished"):
        service.exercises.take_up(run or "")


def test_another_seed_is_part_of_the_run(service: Service) -> None:
    found = service.library.playable("number-masking-leak")
    seats = Seats(holders(found.playbook, found.scenario, ["response_team_lead"]), seed=99)
    session = service.exercises.open_session("number-masking-leak", seats)
    session.go_on()
    session.close()
    assert on_record(session.facts[0])["seed"] == 99
    assert service.exercises.take_up(session.run or "").exercise.scenario.seed == 99


def test_what_lies_on_the_desk_is_there_when_the_run_is_taken_up(session: Session, service: Service) -> None:
    session.workspace.put("draft/leak/confirm/p2", '{"reasons": "[b]half"}')
    session.workspace.put("gone", "x")
    session.workspace.put("gone", None)
    session.close()
    anew = service.exercises.take_up(session.run or "")
    assert anew.workspace.get("draft/leak/confirm/p2") == '{"reasons": "[b]half"}'
    assert anew.workspace.get("gone") is None
