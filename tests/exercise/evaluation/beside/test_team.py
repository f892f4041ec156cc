"""Who counts as the same team, and by what."""

from hypothesis import given
from hypothesis import strategies as st

from incidentsim.exercise.evaluation.beside.team import Team, TeamSign, likeness

LEAD = frozenset({"lead"})
NAMES = st.lists(st.sampled_from(["Anna", "Ben", "Cleo", "Dan"]), unique=True, max_size=4).map(tuple)
TEAMS = st.builds(Team, st.sampled_from([frozenset[str](), LEAD, frozenset({"cto"})]), NAMES, st.booleans())


def test_names_are_the_same_however_they_are_written() -> None:
    like = likeness(Team(LEAD, ("Anna", "Wu Fang")), Team(frozenset({"cto"}), ("ＷＵ  fang", "anna ")))
    assert (like.sign, like.shared, like.same_team) == (TeamSign.SAME_NAMES, ("Anna", "Wu Fang"), True)


def test_half_of_the_larger_team_is_mostly_the_same_and_less_is_another() -> None:
    four = Team(LEAD, ("Anna", "Ben", "Cleo", "Dan"))
    half, less = likeness(four, Team(LEAD, ("Anna", "Ben"))), likeness(four, Team(LEAD, ("Anna", "Eve")))
    assert (half.sign, len(half.shared), half.most, half.same_team) == (TeamSign.SHARED_NAMES, 2, 4, True)
    assert (less.sign, less.same_team) == (TeamSign.OTHER_NAMES, False)


def test_without_names_in_both_roles_are_all_that_can_be_said() -> None:
    named, nameless = Team(LEAD, ("Anna",)), Team(LEAD)
    assert likeness(named, nameless).sign is TeamSign.SAME_ROLES
    other = likeness(named, Team(frozenset({"cto"})))
    assert (other.sign, other.same_team) == (TeamSign.OTHER_ROLES, False)


def test_erased_names_are_told_and_count_for_nothing() -> None:
    like = likeness(Team(LEAD, ("Anna",)), Team(LEAD, (), erased=True))
    assert (like.sign, like.erased) == (TeamSign.SAME_ROLES, True)


def test_runs_without_people_are_no_team_and_never_one_with_people() -> None:
    assert likeness(Team(frozenset()), Team(frozenset())).sign is TeamSign.NOBODY
    assert not likeness(Team(frozenset()), Team(LEAD, ("Anna",))).same_team


@given(TEAMS, TEAMS)
def test_it_is_the_same_from_either_side(first: Team, second: Team) -> None:
    one, other = likeness(first, second), likeness(second, first)
    assert (one.sign, set(one.shared), one.most) == (other.sign, set(other.shared), other.most)
    assert likeness(first, first).same_team
