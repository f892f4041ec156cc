"""What a report consists of: numbers are told as stretches, and no number is lost."""

from hypothesis import given
from hypothesis import strategies as st

from incidentsim.exports.documents.model import Numbers, Row, shown, stretches
from incidentsim.exports.reports.chapters.overview import MOST, evidence

numbers = st.sets(st.integers(0, 200), max_size=80).map(sorted)


def test_what_follows_on_each_other_is_told_by_its_ends() -> None:
    assert Numbers((3, 7, 8, 9, 12, 13)).words == "#3 #7–#9 #12 #13"
    assert Numbers((9, 8, 7)).words == "#9 #8 #7", "in the order in which they are given"
    assert Numbers((1, 2, 3, 7, 9), 2).words == "#1–#3 #7 and 1 more"
    assert Numbers((1, 2, 3, 7, 9), 2).all_words == "#1–#3 #7 #9"


@given(numbers)
def test_no_number_is_lost_in_stretches(given: list[int]) -> None:
    assert [one for first, last in stretches(given) for one in range(first, last + 1)] == given


@given(numbers)
def test_of_many_numbers_the_first_are_told_and_the_others_counted(given: list[int]) -> None:
    found = evidence(given)
    if not given:
        assert found == "–"
        return
    assert isinstance(found, Numbers)
    told, _and, more = found.words.partition(" and ")
    assert len(told.split()) <= MOST
    assert found.all_words.startswith(told)
    assert bool(more) == (len(stretches(given)) > MOST)


def test_the_row_of_a_group_reaches_to_the_end() -> None:
    assert shown(Row(("a", "b", "", ""), "group")) == ("a", "b")
    assert shown(Row(("a", "b", "", ""))) == ("a", "b", "", "")
