"""Who holds which role in an exercise: turns go round, deputies step in, and nobody else does."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from incidentsim.definitions.rosters.roster import Roster, RosterPerson, Rota

NAMES = ("ann", "bob", "cat", "dan")
ROLES = ("finder", "lead", "chief")
DAY = date(2026, 1, 5)


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    roles = st.lists(st.sampled_from(ROLES), unique=True, max_size=2).map(tuple)
    days = st.integers(0, 20).map(lambda n: DAY + timedelta(days=n))
    people = {
        name: RosterPerson(
            name, name, draw(roles), draw(roles), always_away=draw(st.booleans()), absent=((draw(days), draw(days)),)
        )
        for name in NAMES
    }
    turns = draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=1).map(tuple))
    return Roster("r", people, (Rota("watch", DAY, draw(st.integers(1, 9)), turns),))


@given(rosters(), st.integers(-30, 60).map(lambda n: DAY + timedelta(days=n)))
def test_one_of_those_in_turn_holds_the_role_and_deputies_only_where_no_holder_is_there(
    roster: Roster, day: date
) -> None:
    cast = roster.cast(day, frozenset((*ROLES, "watch")))
    (watch,) = (name for name, held in cast.items() if "watch" in held)
    turns = roster.rota[0].people
    assert watch in turns
    assert roster.people[watch].is_there(day) or not any(roster.people[name].is_there(day) for name in turns)
    for role in ROLES:
        own = {name for name in NAMES if role in roster.people[name].roles}
        holding = {name for name, held in cast.items() if role in held}
        assert own <= holding
        standing_in = holding - own
        if any(roster.people[name].is_there(day) for name in own):
            assert not standing_in
        assert len(standing_in) <= 1
        assert all(roster.people[name].is_there(day) for name in standing_in)
    assert all(cast.values()), "nobody takes part without a role"


def test_turns_follow_each_other_and_come_round() -> None:
    rota = Rota("watch", DAY, 7, ("ann", "bob", "cat"))
    turns = [rota.turns(DAY + timedelta(days=n))[0] for n in (0, 6, 7, 14, 20, 21, -1)]
    assert turns == ["ann", "ann", "bob", "cat", "cat", "ann", "cat"]
