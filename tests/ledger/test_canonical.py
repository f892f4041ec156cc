"""One value has one text, and it is the one that RFC 8785 prescribes."""

from enum import IntEnum
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.facts import Json
from incidentsim.ledger.canonical import MAX_DEPTH, MAX_INT, UncanonicalError, canonical, read_canonical

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
# Every character that some encoder escapes: controls, quotes, the solidus, line separators, beyond the first plane.
AWKWARD = st.text(st.sampled_from('\x00\x01\b\t\n\x0b\f\r\x1f "\\/\x7f\x80\u2028\u2029\ufeff\uffff😀é中'))
KEYS = st.text(st.characters(max_codepoint=127))
SCALARS = TEXTS | AWKWARD | st.integers(-MAX_INT, MAX_INT) | st.booleans() | st.none()
VALUES: st.SearchStrategy[Json] = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=30
)


@given(VALUES)
def test_the_bytes_are_those_of_an_independent_implementation_of_the_standard(value: Json) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(VALUES)
def test_canonical_bytes_read_back_as_the_value_they_were_written_from(value: Json) -> None:
    assert read_canonical(canonical(value)) == value


def test_keys_stand_in_order_and_nothing_stands_between() -> None:
    assert canonical({"b": 1, "a": [True, None, "é\n"], "B": {}}) == '{"B":{},"a":[true,null,"é\\n"],"b":1}'.encode()


class Grade(IntEnum):
    GRAVE = 1


class Word(str):
    __slots__ = ()


OUTSIDE: list[tuple[Any, str]] = [
    (1.5, "$"),
    ({"a": [0, 1.0]}, "$.a[1]"),
    ({"a": {"b": float("nan")}}, "$.a.b"),
    (2**53, "$"),
    ([-(2**53)], "$[0]"),
    ({"schlüssel": 1}, "$"),
    ({"a": {1: 2}}, "$.a"),
    ({"with": {"nature": "half \ud83d"}}, "$.with.nature"),
    (["\udc00"], "$[0]"),
    ((1, 2), "$"),
    ({"a": {1, 2}}, "$.a"),
    ({"level": Grade.GRAVE}, "$.level"),
    ([Word("x")], "$[0]"),
    ({Word("x"): 1}, "$"),
    (b"bytes", "$"),
    (1j, "$"),
]


@pytest.mark.parametrize(("value", "path"), OUTSIDE, ids=lambda value: repr(value)[:30])
def test_what_a_record_cannot_hold_is_refused_with_its_place(value: Any, path: str) -> None:
    with pytest.raises(UncanonicalError, match=r"^At .*\.$") as caught:
        canonical(value)
    assert caught.value.path == path


@given(VALUES, st.data())
def test_a_float_anywhere_is_refused(value: Json, data: st.DataObject) -> None:
    """Also where the fast walk leaves its main path: it is put into a random place of a random value."""
    poisoned: Any = data.draw(st.floats() | st.just(2**53) | st.just("\ud800"))
    for wrap in data.draw(st.lists(st.sampled_from(["list", "dict"]), max_size=5)):
        poisoned = [value, poisoned] if wrap == "list" else {"k": value, "p": poisoned}
    with pytest.raises(UncanonicalError):
        canonical(poisoned)


def nested(depth: int) -> Json:
    value: Json = []
    for _ in range(depth):
        value = [value]
    return value


def test_nesting_is_kept_up_to_a_limit_and_refused_beyond() -> None:
    assert canonical(nested(MAX_DEPTH)) == b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1)
    with pytest.raises(UncanonicalError, match="deeper than 64 levels"):
        canonical(nested(MAX_DEPTH + 1))


def test_a_value_that_holds_itself_is_refused() -> None:
    value: list[Any] = []
    value.append(value)
    with pytest.raises(UncanonicalError, match="deeper"):
        canonical(value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"nonsense",
        b'{"a":1',
        b"\xff\xfe",
        b'{"a": 1}',
        b'{"a":1}\n',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":2}',
        b'{"a":1.5}',
        b'{"a":1.0}',
        b'{"a":1e22}',
        b'{"a":-0}',
        b'{"a":9007199254740993}',
        b'{"a":123456789012345678901234567890}',
        b'{"a":"\\u0041"}',
        b'{"a":"\\/"}',
        b'{"a":"\\u000A"}',
        b'{"a":"\\ud800"}',
        '{"ä":1}'.encode(),
        b'\xef\xbb\xbf{"a":1}',
        b"[" * 2000 + b"]" * 2000,
        b"NaN",
    ],
    ids=lambda data: repr(data)[:30],
)
def test_bytes_that_are_not_the_canonical_form_of_anything_are_refused(data: bytes) -> None:
    with pytest.raises(UncanonicalError):
        read_canonical(data)


@given(VALUES, st.data())
def test_canonical_bytes_with_one_byte_changed_are_refused_or_mean_something_else(
    value: Json, data: st.DataObject
) -> None:
    whole = canonical(value)
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:place] + bytes([data.draw(st.integers(0, 255))]) + whole[place + 1 :]
    try:
        found = read_canonical(changed)
    except UncanonicalError:
        return
    # Not by ==, which takes 1 for True.
    assert changed == whole or canonical(found) != whole
