"""The claims about every exercise, tried on many more examples than a developer waits for."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.chaos import MOVES, Move
from tests.support.claims import CLAIMS
from tests.support.examples import examples
from tests.support.procedures import NAMES


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.__name__)
@given(st.data(), MOVES)
@examples(100)
def test_the_claim_holds_at_length(
    claim: Callable[[str, st.DataObject, list[Move]], None], name: str, data: st.DataObject, moves: list[Move]
) -> None:
    claim(name, data, moves)
