"""A name that nothing carries is answered with the valid one that was probably meant."""

import time

import pytest

from incidentsim.domain.unknown_names import nearest, unknown_name
from incidentsim.messages import spoken

STEPS = ["discover", "report", "close", "grade"]


def test_the_nearest_valid_name_is_said_in_both_languages() -> None:
    error = unknown_name("step", "clos", STEPS, kind="step", otherwise="not said")
    assert str(error) == "There is no step clos; the nearest valid one is close."
    assert (error.kind, error.name, error.known) == ("step", "clos", tuple(STEPS))
    with spoken("zh"):
        error = unknown_name("步骤", "clos", STEPS, kind="step", otherwise="not said")
        assert str(error) == "没有步骤 clos；最接近的有效值是 close。"


def test_where_none_is_near_all_are_listed() -> None:
    error = unknown_name("step", "xyzzy", STEPS, kind="step", otherwise="No step {name}; there are: {known}.")
    assert str(error) == "No step xyzzy; there are: discover, report, close, grade."


@pytest.mark.parametrize("name", ["{name}", "{0}", "{", "%s", ""])
def test_a_name_is_never_taken_for_a_place_to_be_filled_in(name: str) -> None:
    error = unknown_name("step", name, [*STEPS, "{known}"], kind="step", otherwise="No step {name}; {known}.")
    assert name in str(error)


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("discovr", STEPS, "discover"),
        ("M2", ["M1", "L7"], "M1"),
        ("nothing-like-it", STEPS, None),
        ("close", [], None),
        ("entry-4999", [f"entry-{number}" for number in range(9_000)], "entry-49"),
    ],
)
def test_near_is_what_differs_little(name: str, known: list[str], expected: str | None) -> None:
    found = nearest(name, known)
    assert found == expected or (expected is not None and found is not None and found.startswith(expected[:6]))


def test_a_long_name_among_very_many_is_answered_at_once() -> None:
    before = time.process_time()
    nearest("x" * 2_000, [f"x{number}" for number in range(50_000)])
    assert time.process_time() - before < 2
