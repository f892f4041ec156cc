"""What people say and decide, as a fact holds it and as it stands on record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.actions import Value
from incidentsim.domain.facts import MAX_INT, CommittedText, Json, recordable_content
from incidentsim.domain.facts.texts import (
    content_value_from_json,
    content_value_to_json,
    recordable,
    text_from_json,
    text_to_json,
)
from incidentsim.domain.text import FreeText, Text

WORDS = st.text(max_size=8)
VALUES: st.SearchStrategy[Value] = (
    WORDS
    | st.integers()
    | st.lists(WORDS, max_size=2).map(tuple)
    | st.builds(FreeText, WORDS | st.builds(Text, WORDS, WORDS))
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (3, 3),
        ("board", "board"),
        (("a", "b"), ["a", "b"]),
        (FreeText("down"), {"text": "down"}),
        (FreeText(Text("down", "停机")), {"text": {"en": "down", "zh": "停机"}}),
        (MAX_INT, MAX_INT),
        (MAX_INT + 1, "0x20000000000000"),
        (-MAX_INT - 1, "-0x20000000000000"),
        ("\ud800", "\\ud800"),
        (FreeText("a\udcffb"), {"text": "a\\udcffb"}),
        (("\udcff",), ["\\udcff"]),
    ],
)
def test_every_value_has_a_form_that_a_record_can_hold(value: Value, written: Json) -> None:
    """Numbers that readers of JSON disagree about, and half characters, are written out."""
    assert content_value_to_json(recordable(value)) == written


@given(VALUES)
def test_whatever_is_recordable_comes_back_from_the_record(value: Value) -> None:
    made = recordable(value)
    assert content_value_from_json(content_value_to_json(made)) == made
    assert recordable(made) == made if not isinstance(made, CommittedText) else True


def test_content_stands_in_alphabetical_order_under_ascii_keys() -> None:
    written = recordable_content({"scope": 1, "nature": 2, "范围": 3})
    assert list(written) == ["nature", "scope", "\\u8303\\u56f4"]


@pytest.mark.parametrize("text", [FreeText("down"), FreeText(Text("down", "停机")), CommittedText("sha256:0")])
def test_a_text_or_its_commitment_comes_back_from_the_record(text: FreeText | CommittedText) -> None:
    assert text_from_json(text_to_json(text)) == text


@pytest.mark.parametrize("value", ["text", 1, None, ["text"], {}, {"text": "x", "more": "y"}, {"sealed": "x"}])
def test_nothing_else_passes_for_a_text(value: Json) -> None:
    assert text_from_json(value) is None


@pytest.mark.parametrize("value", [None, [1], [None], {"sealed": "x"}, {}])
def test_nothing_else_passes_for_content(value: Json) -> None:
    assert content_value_from_json(value) is None
