"""What may come is given in the order in which it may come, whoever is waited for, as if all of it were sorted anew."""

from hypothesis import given
from hypothesis import strategies as st

from incidentsim.exercise.bots.waiting import Coming, Entry, Queue

PEOPLE = (None, "p1", "p2", "p3")
entries = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 1), st.sampled_from(PEOPLE)), max_size=4)


@given(
    turns=st.lists(
        st.tuples(
            st.dictionaries(st.integers(0, 5), entries, max_size=3),
            st.tuples(*(st.integers(0, 3) for _ in PEOPLE)),
            st.integers(0, 12),
        ),
        max_size=6,
    )
)
def test_the_order_is_that_of_all_entries_sorted_anew(
    turns: list[tuple[dict[int, list[tuple[int, int, str | None]]], tuple[int, ...], int]],
) -> None:
    queue, entered = Queue(), dict[int, list[Entry]]()
    free = dict.fromkeys(PEOPLE, 0)
    for changed, later, asked in turns:
        for place, waiting in changed.items():
            entered[place] = [Entry(soonest, kind, place, person) for soonest, kind, person in waiting]
            queue.enter(place, entered[place])
        for person, more in zip(PEOPLE, later, strict=True):
            free[person] += more
        expected = sorted(
            Coming(max(entry.soonest, free[entry.person]), entry.kind, entry.place)
            for waiting in entered.values()
            for entry in waiting
        )
        given_now = [coming for coming, _number in zip(queue.in_turn(free.__getitem__), range(asked), strict=False)]
        assert given_now == expected[:asked]
