"""A run's own name can be seen, typed, and taken for nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.errors import InputError
from incidentsim.evidence.reading.paths import is_path
from incidentsim.ledger.labels import LONGEST_NAME, RunLabel, check_name, named_so

TAKEN = {"r1": RunLabel("Team A")}


@pytest.mark.parametrize(
    "name",
    ["last", "LAST", "-x", "a/b", "a\\b", "x.zip", "./x", " x", "x ", "a\u200bb", "\u200b", "a\nb", "x" * 61, "\u3000"],
)
def test_what_would_be_taken_for_something_else_is_no_name(name: str) -> None:
    with pytest.raises(InputError):
        check_name(name, "r2", {})


@pytest.mark.parametrize("name", ["Team A", "team a", "ＴＥＡＭ A"])
def test_two_runs_bear_no_names_that_nobody_can_tell_apart(name: str) -> None:
    with pytest.raises(InputError, match="The run r1 is named Team A already"):
        check_name(name, "r2", TAKEN)
    check_name(name, "r1", TAKEN)


@given(st.text(max_size=LONGEST_NAME + 1))
def test_whatever_is_a_name_finds_its_run_and_is_no_path(name: str) -> None:
    try:
        check_name(name, "r2", {})
    except InputError:
        return
    assert not name or named_so({"r1": RunLabel("other run"), "r2": RunLabel(name)}, name)[-1:] == ["r2"]
    assert not name or not is_path(name)
