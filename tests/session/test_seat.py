"""A seat: what it sees is frozen and can be written as JSON, what is done at it goes on record, its own is kept."""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from incidentsim import messages
from incidentsim.domain.actions import Action
from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.domain.facts import FactKind
from incidentsim.domain.interventions import Note, Skip, Undo
from incidentsim.domain.speech import Say
from incidentsim.domain.text import FreeText, Language
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.session.console_view import ConsoleView
from incidentsim.session.form_view import ActionKey, FormView
from incidentsim.session.local_seat import LocalSeat
from incidentsim.session.pacing import Halt, Pacing
from incidentsim.session.seat import Seat
from incidentsim.session.seat_view import Outcome, SeatView
from incidentsim.session.seats import Mode, Seats, holders
from incidentsim.session.view_json import from_json, to_json
from incidentsim.session.views import inbox
from tests.support.at_the_table import BOTH, LEAD
from tests.support.facts import on_record
from tests.support.screens import service_on, session_on
from tests.support.sessions import decide, fill_the_disk

if TYPE_CHECKING:
    from incidentsim.domain.facts import Json

SCENARIOS = sorted(path.stem for path in (Path(__file__).parents[2] / "scenarios").glob("*.yaml"))
WORDS = "It is ours."


@pytest.fixture
def service() -> Service:
    return service_on(MemoryStore())


def seat_of(service: Service, roles: tuple[str, ...] = (LEAD,), mode: Mode = "solo") -> LocalSeat:
    return LocalSeat(session_on(service, roles=roles, mode=mode), service.exercises.take_up)


@pytest.fixture
def seat(service: Service) -> LocalSeat:
    return seat_of(service)


def key_to(seat: Seat, do: str) -> ActionKey:
    return next(action.key for action in seat.view("en").actions if action.key.do == do)


def through_json(view: object) -> object:
    written = json.dumps(to_json(view), ensure_ascii=False)
    return from_json(type(view), json.loads(written))


def played(seat: LocalSeat) -> Iterator[SeatView]:
    """Every view of an exercise that is played to its end, as a bot would play it."""
    session, bot = seat.session, BotDecider()
    due: tuple[int, ...] = ()
    while not session.ended:
        yield seat.view("zh" if len(session.facts) % 2 else "en")
        wish = bot.propose(session.exercise)
        if wish is not None and isinstance(wish.action, Action | Say) and wish.action.person in session.course.played:
            decide(session, wish)
            continue
        outcome = seat.go_on(due)
        due = outcome.due
        if outcome.halt is Halt.YOUR_TURN:
            return
    yield seat.view("en")


# What a seat sees.


@pytest.mark.parametrize("scenario", ["false-alarm", "two-fires"])
def test_every_view_of_a_whole_exercise_can_be_written_as_json_and_read(service: Service, scenario: str) -> None:
    known = service.library.playable(scenario)
    session = service.exercises.open_session(scenario, Seats(holders(known.playbook, known.scenario, known.roles[:4])))
    views = list(played(LocalSeat(session)))
    assert len(views) > 5
    assert views[-1].ended
    for view in views:
        assert through_json(view) == view


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_asked_for_one_by_one_can_be_written_as_json(service: Service, language: Language) -> None:
    seat = seat_of(service, BOTH, "facilitated")
    seat.go_on()
    seat.go_on()
    view, console = seat.view(language), seat.console(language)
    asked: list[object] = [seat.form(action.key, language) for action in view.actions]
    asked += [seat.reasons(action.key, language) for action in view.actions]
    asked += [seat.reasons(act.key, language) for act in view.forbidden]
    asked += [seat.check_form(action.key, seat.draft(action.key), language) for action in view.actions]
    asked += [seat.fact(entry.number, language) for entry in view.log.entries]
    asked += [seat.console_fact(entry.number, language) for entry in console.log.entries]
    asked += [seat.duty(duty.number, language) for duty in view.duties]
    asked += [seat.clock(clock.incident, clock.clock, language) for clock in view.clocks]
    asked += [seat.spoilers(planned.id, language) for planned in console.plan]
    asked += [console, seat.inject_form(language), seat.time(language)]
    assert {type(one).__name__ for one in asked} >= {"FormView", "ReasonsView", "FormCheck", "Detail", "ConsoleView"}
    for one in asked:
        assert through_json(one) == one


def plain(value: object) -> bool:
    """Whether this is frozen through and through."""
    if dataclasses.is_dataclass(value):
        frozen: bool = vars(type(value))["__dataclass_params__"].frozen
        return frozen and all(plain(getattr(value, field.name)) for field in dataclasses.fields(value))
    return all(map(plain, value)) if isinstance(value, tuple) else value is None or isinstance(value, str | int)


def test_a_view_is_frozen_through_and_through(service: Service) -> None:
    seat = seat_of(service, mode="facilitated")
    seat.go_on()
    assert plain(seat.view("en"))
    assert plain(seat.console("en"))
    assert not plain([1])


def test_what_is_no_view_is_not_read_as_one(seat: LocalSeat) -> None:
    written = to_json(seat.view("en"))
    assert isinstance(written, dict)
    faults: list[Json] = [None, [], {}, {**written, "more": 1}, {**written, "title": 1}, {**written, "inbox": "x"}]
    faults += [{**written, "mode": "alone"}, {**written, "time": {}}, {**written, "ended": 1}]
    for fault in faults:
        with pytest.raises(ValueError, match="This is no"):
            from_json(SeatView, fault)
    with pytest.raises(TypeError, match="no plain value"):
        to_json({1})


def test_a_view_is_told_in_the_language_that_is_asked_for_whatever_the_program_speaks(seat: LocalSeat) -> None:
    seat.go_on()
    english, chinese = seat.view("en"), seat.view("zh")
    assert "Assigned to" in english.log.entries[-1].sentence
    assert english.log.entries[-1].sentence != chinese.log.entries[-1].sentence
    assert messages.language() == "en"
    assert [action.key for action in english.actions] == [action.key for action in chinese.actions]
    assert seat.view("en") == dataclasses.replace(english, log=seat.view("en").log)


def test_the_log_is_extended_and_not_rebuilt(seat: LocalSeat) -> None:
    seat.go_on()  # from now on, times are told with seconds
    before = seat.view("en").log
    seat.go_on()
    after = seat.view("en").log
    assert after.edition == before.edition
    assert len(after.entries) > len(before.entries)
    assert all(new is old for new, old in zip(after.entries, before.entries, strict=False))
    assert seat.view("en").log is after


def test_a_log_of_which_something_was_undone_is_another_edition(service: Service) -> None:
    seat = seat_of(service, mode="facilitated")
    seat.go_on()
    seat.act(key_to(seat, "confirm"), {"reasons": WORDS})
    before = seat.view("en").log
    seat.intervene(Undo(FreeText("Said in error.")))
    after = seat.view("en").log
    assert after.edition > before.edition
    undone = {entry.number for entry in after.entries if entry.undone}
    assert undone
    assert [entry.sentence for entry in after.entries[: len(before.entries)]] == [e.sentence for e in before.entries]


def test_what_others_are_told_and_what_the_facilitator_does_is_not_in_a_view(service: Service) -> None:
    seat = seat_of(service, mode="facilitated")
    seat.go_on()
    seat.intervene(Skip("press-call"))
    seat.intervene(Note(FreeText("They are slow."), 1))
    written = json.dumps(to_json(seat.view("en")))
    assert "They are slow." not in written
    assert "A newspaper calls" not in written
    numbers = {entry.number for entry in seat.view("en").log.entries}
    assert numbers < set(range(seat.view("en").recorded)), "of what they may not see, not even that it happened"
    told = json.dumps(to_json(seat.console("en")))
    assert "They are slow." in told
    note = next(entry.number for entry in seat.console("en").log.entries if entry.kind == FactKind.OBSERVED)
    with pytest.raises(InputError):
        seat.fact(note, "en")
    assert seat.console_fact(note, "en").parts


def test_where_nobody_facilitates_nobody_sees_the_console_before_the_end(seat: LocalSeat) -> None:
    seat.go_on()
    for look in (
        lambda: seat.console("en"),
        lambda: seat.console_fact(0, "en"),
        lambda: seat.spoilers("press-call", "en"),
        lambda: seat.inject_form("en"),
    ):
        with pytest.raises(InputError, match="facilitator"):
            look()


@pytest.mark.parametrize("scenario", ["number-masking-leak", "two-fires"])
def test_an_action_keeps_its_place_whatever_happens(service: Service, scenario: str) -> None:
    known = service.library.playable(scenario)
    session = service.exercises.open_session(scenario, Seats(holders(known.playbook, known.scenario, known.roles[:4])))
    place: dict[str, int] = {}
    for view in played(LocalSeat(session)):
        for action in view.actions:
            assert place.setdefault(action.key.do, action.place) == action.place
    assert len(place) > 5
    assert len(set(place.values())) == len(place), "no two have one place"


def test_the_owed_action_comes_first_and_names_its_duty(service: Service) -> None:
    for view in played(seat_of(service, BOTH)):
        opened = [action for action in view.actions if action.open]
        called = [action.called_for for action in opened]
        assert called == sorted(called, reverse=True)
        assert all(action.called_for for action in opened if action.settles)
        numbers = [duty.number for duty in view.duties if duty.incident == view.incident]
        owed = [min(map(numbers.index, action.settles)) for action in opened if action.settles]
        assert owed == sorted(owed)


# What is done at a seat.


def test_an_incident_that_was_dismissed_is_over_and_its_later_phases_come_no_more(seat: LocalSeat) -> None:
    seat.go_on()
    (before,) = seat.view("en").incidents
    assert [phase.place for phase in before.phases] == ["here", "ahead", "ahead", "ahead"]
    assert seat.act(key_to(seat, "dismiss"), {"reasons": WORDS}).taken
    (after,) = seat.view("en").incidents
    assert [phase.place for phase in after.phases] == ["behind", "over", "left_out", "left_out"]


def test_an_action_is_answered(seat: LocalSeat) -> None:
    seat.go_on()
    refused = seat.act(key_to(seat, "grade"))
    assert refused.taken is False
    assert refused.answer is not None
    assert "This step is not open in this state" in seat.refusal(refused.answer, "en")
    taken = seat.act(key_to(seat, "confirm"), {"reasons": WORDS})
    assert taken.taken
    fact = seat.session.facts[taken.answer or 0]
    assert (on_record(fact)["do"], fact.at) == ("confirm", seat.session.now)


def test_a_form_says_what_is_wrong_and_whether_it_was_closed_meanwhile(seat: LocalSeat) -> None:
    seat.go_on()
    key = key_to(seat, "confirm")
    form = seat.form(key, "en")
    assert isinstance(form, FormView)
    assert [field.name for field in form.fields] == ["reasons"]
    assert [name for name, _sentence in seat.check_form(key, {}, "en").problems] == ["reasons"]
    check = seat.check_form(key, {"reasons": WORDS}, "en")
    assert (check.problems, check.closed, check.ended) == ((), False, False)
    seat.act(key, {"reasons": WORDS})
    assert seat.check_form(key, {"reasons": WORDS}, "en").closed


@pytest.mark.parametrize("step", ["", "lifecycle", "lifecycle/x", "lifecycle/999", "lifecycle/0", "nowhere/0"])
def test_a_key_that_names_no_such_step_opens_no_form(seat: LocalSeat, step: str) -> None:
    seat.go_on()
    key = dataclasses.replace(key_to(seat, "confirm"), step=step)
    with pytest.raises(InputError):
        seat.form(key, "en")
    with pytest.raises(InputError):
        seat.check_form(key, {}, "en")


def test_what_is_not_there_is_not_told(seat: LocalSeat) -> None:
    seat.go_on()
    with pytest.raises(InputError):
        seat.fact(10_000, "en")
    with pytest.raises(InputError):
        seat.duty(10_000, "en")
    with pytest.raises(InputError):
        seat.clock("leak", "x", "en")


def test_listeners_hear_of_everything_until_they_listen_no_more(seat: LocalSeat) -> None:
    heard: list[Outcome] = []
    done = [seat.go_on()]
    stop = seat.subscribe(heard.append)
    done = [seat.go_on(), seat.act(key_to(seat, "grade")), seat.wait(MINUTE)]
    stop()
    seat.wait(MINUTE)
    assert heard == done


def test_time_runs_by_itself_only_while_it_is_live_and_not_paused(seat: LocalSeat) -> None:
    assert seat.live(500) is None
    seat.set_pacing(Pacing(live=True, speed=2))
    assert seat.live(500) is not None
    assert seat.view("en").time.now == 1_000
    seat.set_pacing(Pacing(live=True, speed=2, paused=True))
    assert seat.live(500) is None
    assert seat.view("en").pacing == Pacing(live=True, speed=2, paused=True)


def test_live_an_action_costs_no_more_time_than_it_took(seat: LocalSeat) -> None:
    seat.go_on()
    seat.set_pacing(Pacing(live=True))
    now = seat.session.now
    seat.act(key_to(seat, "confirm"), {"reasons": WORDS})
    assert seat.session.now == now


def test_a_seat_that_is_stepped_does_not_look_at_what_was_chosen_before(service: Service) -> None:
    session = session_on(service)
    Pacing(live=True).keep(session.workspace)
    assert LocalSeat(session).view("en").pacing == Pacing(live=True, paused=True)
    assert LocalSeat(session, stepped=True).view("en").pacing == Pacing()


def test_where_the_record_fails_the_run_is_taken_up_anew_and_paused(
    seat: LocalSeat, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat.go_on()
    seat.set_pacing(Pacing(live=True))
    seat.keep_draft(key_to(seat, "confirm"), {"reasons": WORDS})
    before = seat.view("en")
    fill_the_disk(seat.session, monkeypatch)
    with pytest.raises(SurroundingsError):
        seat.act(key_to(seat, "confirm"), {"reasons": WORDS})
    assert seat.take_up_anew()
    after = seat.view("en")
    assert [entry.sentence for entry in after.log.entries] == [entry.sentence for entry in before.log.entries]
    assert after.pacing == Pacing(live=True, paused=True)
    assert seat.draft(key_to(seat, "confirm")) == {"reasons": WORDS}
    assert seat.act(key_to(seat, "confirm"), {"reasons": WORDS}).taken


def test_what_is_not_recorded_cannot_be_taken_up(service: Service) -> None:
    seats = session_on(service).seats
    seat = LocalSeat(
        service.exercises.open_session("number-masking-leak", seats, record=False), service.exercises.take_up
    )
    assert not seat.take_up_anew()


# What is a seat's own.


def test_messages_are_unread_until_they_are_marked(seat: LocalSeat) -> None:
    while not seat.view("en").inbox:
        seat.wait(MINUTE)
    (message,) = seat.view("en").inbox
    assert not message.read
    seat.mark_read([message.number])
    assert seat.view("en").inbox == (dataclasses.replace(message, read=True),)


def test_in_a_hot_seat_everybody_has_an_inbox_of_their_own(service: Service) -> None:
    seat = seat_of(service, BOTH, "hot_seat")
    due: tuple[int, ...] = ()
    for _turn in range(8):
        due = seat.go_on(due).due
    found = {}
    for person in seat.view("en").people:
        seat.sit_down(person.pseudonym)
        view = seat.view("en")
        assert view.at_keyboard == (person,)
        found[person.pseudonym] = [message.number for message in view.inbox]
        assert found[person.pseudonym] == [one.number for one in inbox(seat.session, {person.pseudonym})]
    assert len(set(map(tuple, found.values()))) == 2


def test_the_incident_that_actions_are_about_is_kept(service: Service) -> None:
    session = session_on(service, "two-fires", BOTH)
    seat = LocalSeat(session, service.exercises.take_up)
    due: tuple[int, ...] = ()
    while len(seat.view("en").incidents) < 2:
        outcome = seat.go_on(due)
        due = outcome.due
        assert outcome.halt in {Halt.MATTERS, Halt.DEADLINE}
    assert seat.view("en").incident == "certificate"
    seat.turn_to("nowhere")
    assert seat.view("en").incident == "certificate"
    seat.turn_to("laptop")
    assert seat.view("en").incident == "laptop"
    assert {action.key.incident for action in seat.view("en").actions} == {"laptop"}
    seat.close()
    assert LocalSeat(service.exercises.take_up(session.run or "")).view("en").incident == "laptop"


def test_a_draft_is_kept_until_it_is_empty(seat: LocalSeat) -> None:
    seat.go_on()
    key = key_to(seat, "confirm")
    seat.keep_draft(key, {"reasons": WORDS, "empty": ""})
    assert seat.draft(key) == {"reasons": WORDS}
    seat.keep_draft(key, {"reasons": ""})
    assert seat.workspace.under("draft/") == {}


def test_a_local_seat_is_a_seat(service: Service) -> None:
    def look(seat: Seat) -> ConsoleView:
        return seat.console("en")

    assert look(seat_of(service, mode="facilitated")).plan


def test_a_player_who_plays_several_people_has_them_all_at_the_keyboard(service: Service) -> None:
    looked_at = service.library.playable("number-masking-leak")
    played = holders(looked_at.playbook, looked_at.scenario, (*BOTH, "legal_counsel"))
    lead, administrator, counsel = (
        one.pseudonym for one in looked_at.scenario.people.values() if one.pseudonym in played
    )
    seats = Seats(played, "hot_seat", players=((lead, counsel),))
    seat = LocalSeat(service.exercises.open_session("number-masking-leak", seats))
    view = seat.view("en")
    assert [[person.pseudonym for person in hand] for hand in view.hands] == [[lead, counsel], [administrator]]
    assert view.keyboard == (lead, counsel)
    seat.sit_down(administrator)
    assert seat.view("en").keyboard == (administrator,)
    seat.sit_down(counsel)
    assert seat.view("en").keyboard == (lead, counsel)
    again = service.exercises.take_up
    run = view.run or ""
    seat.close()
    assert again(run).seats == seats
