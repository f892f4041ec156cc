"""Plans: everybody in one hand, four eyes apart, shares balanced, the time kept, and the same every time."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.exercise.forecast.reading import MINUTES_A_DECISION
from incidentsim.exercise.kernel.sim_time import HOUR, MINUTE
from incidentsim.exercise.planning.four_eyes import FourEyes
from incidentsim.exercise.planning.planning import _Hands, least_minutes, plan, seat_for_one
from incidentsim.exercise.planning.shapes import LONG_GAP, MOST_PEOPLE, ItemKind, LeftToBots, Plan
from incidentsim.exercise.planning.typical_play import Arrival, Decision, Stretch, TypicalPlay
from tests.support.examples import examples
from tests.support.planning import expected, made_up, people_of
from tests.support.shipped import NAMES, procedure, scenario

STORY = "number-masking-leak"


def planned(name: str, players: int, minutes: int, played: TypicalPlay | None = None, **more: bool) -> Plan:
    subject = scenario(name)
    return plan(
        procedure(subject.playbook), subject, played or expected(name), players=players, minutes=minutes, **more
    )


def check(name: str, played: TypicalPlay, found: Plan) -> None:
    """Whatever holds for every plan."""
    subject, everybody = scenario(name), people_of(scenario(name))
    hands = [part.people for part in found.players]
    bots = [part.person for part in found.bots]
    assert sorted([*bots, *(one for hand in hands for one in hand)]) == sorted(everybody), "each in exactly one hand"
    assert set(found.outside).isdisjoint(everybody)
    assert set(found.outside) <= {person.pseudonym for person in subject.people.values()}
    assert all(1 <= len(hand) <= MOST_PEOPLE for hand in hands)
    for hand in hands:
        assert all(found.four_eyes.between(*pair) is None for pair in combinations(hand, 2))
    until = played.ends + 1 if found.stops is None else found.stops
    counted = Counter(one.person for one in played.decisions if one.at < until)
    loads = [part.decisions for part in found.players]
    assert loads == [sum(counted[one] for one in hand) for hand in hands]
    assert max(loads) - min(loads) <= found.bound == max(counted[one] for one in everybody)
    for part in found.bots:
        assert (part.why is LeftToBots.NOTHING_TO_DECIDE) == (part.decisions == 0)
    check_agenda(found)


def check_agenda(found: Plan) -> None:
    at = 0
    for item in found.agenda:
        assert item.begins == at
        assert item.minutes >= 0
        at += item.minutes
    assert at == found.minutes
    assert [found.agenda[0].kind, found.agenda[-1].kind] == [ItemKind.BRIEFING, ItemKind.HOT_WASH]
    told = sum(item.decisions for item in found.agenda)
    assert told == sum(part.decisions for part in found.players)
    assert all(gap.ends - gap.begins >= LONG_GAP for gap in found.gaps)
    assert (found.stops is None) or not set(found.left_out) & {item.phase for item in found.agenda}


@given(
    name=st.sampled_from([STORY, "ransomware-at-dawn", "six-people-many-hats"]),
    data=st.data(),
    facilitated=st.booleans(),
)
def test_every_plan_is_sound_whatever_the_play(name: str, data: st.DataObject, facilitated: bool) -> None:
    played = data.draw(made_up(scenario(name)))
    players = data.draw(st.integers(1, len(people_of(scenario(name)))))
    minutes = data.draw(st.integers(least_minutes(played.briefing), 24 * 60))
    found = planned(name, players, minutes, played, facilitated=facilitated)
    assert len(found.players) == players
    check(name, played, found)
    assert found == planned(name, players, minutes, played, facilitated=facilitated)
    assert facilitated or found.speed is None


@pytest.mark.parametrize("name", [STORY, *(pytest.param(one, marks=pytest.mark.slow) for one in NAMES if one != STORY)])
def test_every_shipped_story_can_be_planned_for_any_number_of_people(name: str) -> None:
    for players in range(1, len(people_of(scenario(name))) + 1):
        for minutes in (30, 60, 90, 120, 240, 480):
            check(name, expected(name), planned(name, players, minutes))


@examples(20)
@given(players=st.integers(1, 10), minutes=st.integers(20, 400))
def test_what_is_played_fits_into_the_time(players: int, minutes: int) -> None:
    found, played = planned(STORY, players, minutes), expected(STORY)
    until = played.ends + 1 if found.stops is None else found.stops
    people = {one for part in found.players for one in part.people}
    needed = sum(MINUTES_A_DECISION * MINUTE for one in played.decisions if one.person in people and one.at < until)
    needed += sum(one.reading for one in played.arrivals if people & {*one.people} and one.at < until)
    assert needed <= (minutes - found.agenda[0].minutes - found.agenda[-1].minutes) * MINUTE


def test_with_more_time_the_story_goes_on_and_bots_have_less_to_do() -> None:
    stops = [planned(STORY, 5, minutes).stops for minutes in (60, 90, 120)]
    assert all(stops)
    assert stops == sorted(stops, key=lambda at: at or 0)
    assert planned(STORY, 5, 240).stops is None
    assert sum(part.decisions for part in planned(STORY, 5, 240).bots) == 0
    assert planned(STORY, 5, 90).left_out == ("review",)


def test_where_time_is_over_bots_play_who_else_would_be_played() -> None:
    short = {part.person: part.why for part in planned(STORY, 3, 60).bots if part.decisions}
    assert short
    assert set(short.values()) == {LeftToBots.TIME}


def hand_made(*decisions: tuple[int, str], **more: object) -> TypicalPlay:
    """Decisions by minute and person, in a procedure without phases."""
    made = tuple(Decision(minute * MINUTE, who) for minute, who in decisions)
    return TypicalPlay(made, (), (Stretch(0, None),), made[-1].at, 0, **more)  # type: ignore[arg-type]  # names its fields


def test_nobody_is_given_both_sides_of_a_four_eyes_rule_but_bots() -> None:
    """In the first procedure the head of the leading group looks at what the security administrator proposes."""
    subject = scenario("false-alarm")
    by_role = {role: one.pseudonym for one in subject.people.values() for role in one.roles}
    head, administrator = by_role["leading_group_head"], by_role["security_administrator"]
    played = hand_made((1, administrator), (2, head))
    found = planned("false-alarm", 1, 120, played)
    assert found.players[0].people == (administrator,)
    assert (head, LeftToBots.FOUR_EYES) in [(part.person, part.why) for part in found.bots]
    assert [part.people for part in planned("false-alarm", 2, 120, played).players] == [(administrator,), (head,)]


def test_nobody_plays_more_people_than_one_can_keep_apart() -> None:
    names = people_of(scenario(STORY))
    first, *others = [one for one in names if one in {"p2", "p5", "p6", "p7", "p8"}]
    played = hand_made(*((place, one) for place, one in enumerate([first, first, *others])))
    found = planned(STORY, 1, 240, played)
    assert len(found.players[0].people) == MOST_PEOPLE
    assert {part.why for part in found.bots if part.decisions} == {LeftToBots.MANY_PEOPLE}


def test_nobody_has_so_much_more_to_decide_that_another_is_idle() -> None:
    """Dan, too, could only be played by whoever plays Ann and Cat, and decides seven times to the other's two."""
    eyes = FourEyes({frozenset({"bob", "cat"}): "look", frozenset({"bob", "dan"}): "look"}, ())
    counted = Counter(ann=5, bob=2, cat=2, dan=1)
    hands = _Hands([["ann"], ["bob"]], counted, eyes, hand_made((1, "ann")), HOUR, whole=True)
    assert hands.give("cat") is None
    assert hands.give("dan") is LeftToBots.BALANCE
    assert hands.hands == [["ann", "cat"], ["bob"]]


def test_live_is_as_slow_as_the_time_allows_and_leaves_time_to_decide() -> None:
    played = hand_made((0, "p1"), (100, "p2"))
    assert planned(STORY, 2, 180, played, facilitated=True).speed == 1
    assert planned(STORY, 2, 60, played, facilitated=True).speed == 5
    hurried = hand_made((0, "p1"), (100, "p2"), shortest_duty=10 * MINUTE)
    assert planned(STORY, 2, 60, hurried, facilitated=True).speed is None, "ten minutes would be two"
    assert planned(STORY, 2, 180, hurried, facilitated=True).speed == 1
    assert planned(STORY, 2, 180, hurried).speed is None, "who shares a keyboard lets time jump"


def test_long_gaps_are_named() -> None:
    found = planned(STORY, 2, 120, hand_made((0, "p1"), (7 * 60, "p2"), (30 * 60, "p1")))
    assert [(gap.begins, gap.ends) for gap in found.gaps] == [(7 * HOUR, 30 * HOUR)]


@pytest.mark.parametrize(("players", "minutes"), [(0, 90), (-1, 90), (99, 90), (3, 0), (3, 5)])
def test_what_cannot_be_is_refused(players: int, minutes: int) -> None:
    with pytest.raises(ValueError, match="players of"):
        planned(STORY, players, minutes)


@pytest.mark.parametrize(
    ("name", "role"),
    [(STORY, "response_team_lead"), ("false-alarm", "response_team_lead"), ("ransomware-at-dawn", "on_call_responder")],
)
def test_whoever_plays_alone_sits_where_the_first_message_is_judged(name: str, role: str) -> None:
    subject = scenario(name)
    seat = seat_for_one(procedure(subject.playbook), subject, expected(name))
    assert role in next(one.roles for one in subject.people.values() if one.pseudonym == seat)
    assert planned(name, 1, 60).players[0].people[0] == seat


def test_the_seat_for_one_is_the_first_reached_of_those_who_judge_else_the_busiest() -> None:
    subject = scenario(STORY)
    rules = procedure(subject.playbook)
    judged = (Decision(9, "p3", judges=True), Decision(8, "p5", judges=True), Decision(1, "p1"))
    reached = (Arrival(0, ("p1",), message=True), Arrival(5, ("p5", "p3")))
    played = TypicalPlay(judged, reached, (Stretch(0, None),), 9, 0)
    assert seat_for_one(rules, subject, played) == "p5"
    assert seat_for_one(rules, subject, TypicalPlay(judged[2:], reached, (Stretch(0, None),), 9, 0)) == "p1"
    assert seat_for_one(rules, subject, TypicalPlay((), (), (Stretch(0, None),), 0, 0)) is not None
