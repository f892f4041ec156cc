"""A cell of a CSV file says what was written and is never a formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.exports.cells import FORMULA, safe_cell
from incidentsim.exports.wording.plain_text import visible


@given(st.text(max_size=60))
def test_a_safe_cell_is_what_was_written_but_for_its_guards(text: str) -> None:
    cell = safe_cell(text)
    assert not cell.startswith(FORMULA)
    assert cell.replace("'", "").split() == "\n".join(map(visible, text.replace("'", "").split("\n"))).split()


@pytest.mark.parametrize("text", [" \n ", "\n\n", "\t", " =1", "=1", "a;=1", "a\n=1", '"=1', "＝1", "-1"])
def test_what_might_act_is_guarded(text: str) -> None:
    cells = [part for line in safe_cell(text).split("\n") for part in line.split(";")]
    assert not any(cell.lstrip(' "').startswith(FORMULA) for cell in cells)
