"""No truth leaks: of what somebody may not see, or not yet, nothing is shown to them in any way, whatever they ask."""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout

import pytest

from incidentsim import messages
from incidentsim.cli.dialogue.loop import Dialogue
from incidentsim.domain.actions import Action
from incidentsim.domain.errors import InputError
from incidentsim.domain.speech import Say
from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.exercise.bots.decider import BotDecider
from incidentsim.exercise.kernel.sim_time import HOUR
from incidentsim.session import visibility
from incidentsim.session.local_seat import LocalSeat
from incidentsim.session.pacing import Halt
from incidentsim.session.seats import playable
from incidentsim.session.session import Session
from incidentsim.session.view_json import to_json
from incidentsim.session.views import at_keyboard
from tests.support.canaries import leaks, planted, session_with_canaries
from tests.support.dialogues import Watched
from tests.support.sessions import decide
from tests.support.shipped import NAMES, procedure

SMALL = "false-alarm"
SEATS = ("discoverer", "response_team_lead")
WORDS = ["", "go", "inbox", "read", "log all", "duties", "tracks", "why", "incident", "log 1", "log 2", "do 1", "back"]


def roles_of(name: str) -> tuple[str, ...]:
    subject = planted(name)
    return playable(procedure(subject.playbook), subject)


def everything_shown(seat: LocalSeat, language: Language, since: int = 0) -> Iterator[object]:
    """Whatever can be asked of a seat; of facts, the details of those from number `since` on."""
    view = seat.view(language)
    yield view
    yield seat.time(language)
    yield seat.story(language)
    yield seat.procedure(language)
    yield from (seat.message_form(person, language) for person in view.keyboard)
    for action in view.actions:
        yield seat.form(action.key, language)
        yield seat.reasons(action.key, language)
        yield seat.check_form(action.key, {}, language)
    yield from (seat.reasons(act.key, language) for act in view.forbidden)
    yield from (seat.duty(duty.number, language) for duty in view.duties)
    yield from (seat.clock(clock.incident, clock.clock, language) for clock in view.clocks)
    for number in range(since, view.recorded):
        yield seat.refusal(number, language)
        try:
            yield seat.fact(number, language)
        except InputError:
            assert number not in {entry.number for entry in view.log.entries}


def written(shown: object) -> str:
    return json.dumps(to_json(shown), ensure_ascii=False)


def leaked(seat: LocalSeat, language: Language, since: int = 0) -> list[str]:
    """What is shown at a seat now and must not be."""
    session = seat.session
    here = [person.pseudonym for person in at_keyboard(session)]
    return [what for one in everything_shown(seat, language, since) for what in leaks(session, here, written(one))]


def moments(session: Session, seat: LocalSeat, *, insist: bool = False) -> Iterator[None]:
    """Every stop of an exercise that is played as bots would play it; they know that they are late.

    Where nothing more happens before somebody at the seat acts, and a bot would not, that is its end; with `insist`,
    time passes all the same, so that every seat comes to the end of the exercise.
    """
    bot, due = BotDecider(), tuple[int, ...]()
    yield
    while not session.ended:
        wish = bot.propose(session.exercise)
        if wish is not None and isinstance(wish.action, Action | Say) and wish.action.person in session.course.played:
            decide(session, wish)
        else:
            outcome = seat.go_on(due)
            if outcome.halt is Halt.YOUR_TURN:
                if not insist:
                    return
                seat.wait(12 * HOUR)
            due = outcome.due
        yield


def found_in_a_play(name: str, role: str, *, insist: bool = False) -> list[str]:
    """What is leaked to whoever plays a role in a whole exercise, in either language."""
    session = session_with_canaries(name, [role])
    seat, found, since = LocalSeat(session), list[str](), 0
    for number, _moment in enumerate(moments(session, seat, insist=insist)):
        found += leaked(seat, LANGUAGES[number % 2], since)
        since = max(len(session.facts) - 5, 0)
    assert session.ended or not insist, "it was not played to its end"
    return found


def _hints(seat: LocalSeat) -> None:
    """Have the coach say all that it can of what is owed first."""
    if seat.session.ended:
        return
    if seat.view("en").coach is None:
        seat.set_coaching(on=True)
    while (coach := seat.view("en").coach) is not None and coach.next is not None:
        seat.hint()


def hinted_in_a_play(name: str, role: str) -> list[str]:
    """What is leaked by the coach's hints to whoever plays a role in a whole exercise, in either language."""
    session = session_with_canaries(name, [role])
    seat, shown = LocalSeat(session), list[str]()
    for _moment in moments(session, seat, insist=True):
        _hints(seat)
        for language in LANGUAGES:
            coach = seat.view(language).coach
            here = [person.pseudonym for person in at_keyboard(session)]
            shown += [] if coach is None else leaks(session, here, written(coach))
    return shown


@pytest.mark.parametrize("role", SEATS)
def test_hints_show_nothing_before_it_may_be_seen(role: str) -> None:
    assert hinted_in_a_play(SMALL, role) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_no_hint_of_a_shipped_scenario_shows_anything_before_it_may_be_seen(name: str) -> None:
    for role in roles_of(name):
        assert hinted_in_a_play(name, role) == [], role


@pytest.mark.parametrize("role", SEATS)
def test_a_view_and_all_that_can_be_asked_of_a_seat_show_nothing_before_it_may_be_seen(role: str) -> None:
    assert found_in_a_play(SMALL, role) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_no_seat_of_a_shipped_scenario_shows_anything_before_it_may_be_seen(name: str) -> None:
    for role in roles_of(name):
        assert found_in_a_play(name, role, insist=True) == [], role


def test_in_a_hot_seat_whoever_has_the_keyboard_sees_only_what_is_theirs() -> None:
    session = session_with_canaries(SMALL, SEATS, "hot_seat")
    seat = LocalSeat(session)
    people = [person.pseudonym for person in session.people]
    assert len(people) > 1
    for number, _moment in enumerate(moments(session, seat)):
        for person in people:
            seat.sit_down(person)
            assert leaked(seat, LANGUAGES[number % 2]) == []
            with pytest.raises(InputError):
                seat.message_form(next(other for other in people if other != person), "en")


def test_the_planted_marks_are_seen_where_they_may_be() -> None:
    """Else the test would hold of a view that shows nothing."""
    session = session_with_canaries(SMALL, SEATS)
    seat = LocalSeat(session)
    shown = ""
    for _moment in moments(session, seat):
        shown += written(seat.view("en"))
    assert "canary-inject-gateway-alert~" in shown
    assert "canary-title-flood~" in shown, "after the end, everything is for everybody"


def _open_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visibility, "may_see", lambda *_asked: True)
    monkeypatch.setattr(visibility, "is_addressed", lambda *_asked: True)


def _full_scenario(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incidentsim.session.sights.sight.Sight._look_around", _all_of_it)


def _all_of_it(sight: object) -> None:
    session: Session = sight.session  # type: ignore[attr-defined]  # a sight
    sight.scenario, sight.incidents = session.exercise.scenario, tuple(session.exercise.scenario.incidents)  # type: ignore[attr-defined]
    sight._titles_changed = False  # type: ignore[attr-defined]


@pytest.mark.parametrize("leak", [_open_rule, _full_scenario])
def test_a_leak_that_is_planted_is_found(
    leak: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    leak(monkeypatch)
    assert found_in_a_play(SMALL, SEATS[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_mode_tells_nothing_before_it_may_be_told(language: Language) -> None:
    told_in_plain_mode(SMALL, SEATS[1], language)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_plain_mode_tells_nothing_of_any_shipped_scenario_before_it_may(name: str) -> None:
    for number, role in enumerate(roles_of(name)):
        told_in_plain_mode(name, role, LANGUAGES[number % 2])


def told_in_plain_mode(name: str, role: str, language: Language) -> None:
    """Play line by line and look at all that was told, before every answer."""
    session = session_with_canaries(name, [role])
    told = io.StringIO()
    here = [person.pseudonym for person in session.people]

    def check() -> None:
        assert leaks(session, here, told.getvalue()) == []

    answers = Watched("".join(f"{answer}\n" for answer in WORDS * 12), check)
    try:
        with redirect_stdout(told):
            Dialogue(LocalSeat(session, stepped=True), language, answers).run()
    finally:
        messages.use("en")
    assert told.getvalue()
