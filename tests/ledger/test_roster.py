"""A name is pinned by a salted commitment: nothing else opens it, and it gives nothing away."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.text import Text
from incidentsim.ledger.roster import RosterName, compare_roster, pinned_people, pins_of, salted
from tests.support.record import Salts

NAMES = st.dictionaries(
    st.integers(1, 20).map(lambda number: f"p{number}"), st.builds(Text, st.text(max_size=3), st.text(max_size=3)),
    max_size=5,
)  # fmt: skip


@given(NAMES.map(lambda names: {key: Text(name.en + "a", name.zh + "甲") for key, name in names.items()}))
def test_what_was_pinned_opens(names: dict[str, Text]) -> None:
    roster = salted(names, Salts())
    pins = {**pins_of(roster), "zones": "sha256:" + "0" * 64}
    assert pinned_people(pins).keys() == names.keys()
    found = compare_roster(roster, pins)
    assert (found.wrong, found.missing) == (None, ())


def test_equal_names_have_commitments_that_differ_and_so_has_one_name_in_two_runs() -> None:
    salts = Salts()
    both = {"p1": Text("Lin Yue", "林悦"), "p2": Text("Lin Yue", "林悦")}
    pins = [*pins_of(salted(both, salts)).values(), *pins_of(salted(both, salts)).values()]
    assert len(set(pins)) == 4


ROSTER = salted({f"p{n}": Text(f"Name {n}", f"名{n}") for n in (1, 2, 10)}, Salts())
PINS = pins_of(ROSTER)


@pytest.mark.parametrize(
    ("forged", "wrong"),
    [
        ({**ROSTER, "p2": replace(ROSTER["p2"], name=Text("Name 2", "名1"))}, "p2"),
        ({**ROSTER, "p2": replace(ROSTER["p2"], salt=ROSTER["p1"].salt)}, "p2"),
        ({**ROSTER, "p2": replace(ROSTER["p2"], salt=None)}, "p2"),
        ({**ROSTER, "p1": ROSTER["p2"], "p2": ROSTER["p1"]}, "p1"),
        ({**ROSTER, "p2": ROSTER["p10"], "p10": ROSTER["p2"]}, "p2"),
        ({**ROSTER, "p3": RosterName(Text("x", "x"), b"s" * 32)}, "p3"),
        ({**ROSTER, "p3": RosterName(Text("x", "x"))}, "p3"),
    ],
)
def test_the_first_name_that_is_not_the_one_pinned_is_told(forged: dict[str, RosterName], wrong: str) -> None:
    found = compare_roster(forged, PINS)
    assert (found.wrong, found.expected) == (wrong, PINS.get(f"person/{wrong}"))
    assert found.found != found.expected or found.expected is None


def test_names_that_are_not_here_are_no_fault_and_are_told() -> None:
    found = compare_roster({"p2": ROSTER["p2"]}, PINS)
    assert (found.wrong, found.missing) == (None, ("p1", "p10"))
