"""References: what stands in a text field that nobody wrote, read back as it was meant, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.references import Reference, ReferenceKind, references_of, references_value

NAMES = st.from_regex(r"[a-z][a-z0-9_-]{0,10}", fullmatch=True)
SOURCES = st.just("") | NAMES | st.integers(1, 99).map(lambda number: f"M{number}")
VALUED = st.builds(
    Reference, st.sampled_from([ReferenceKind.MEASURE, ReferenceKind.FLAG]), NAMES, st.integers(0, 10**14), SOURCES
)
OTHERS = st.builds(
    Reference,
    st.sampled_from([kind for kind in ReferenceKind if kind not in (ReferenceKind.MEASURE, ReferenceKind.FLAG)]),
    NAMES,
    st.just(0),
    SOURCES,
)


@given(st.lists(VALUED | OTHERS, min_size=1, max_size=8, unique=True))
def test_what_is_written_is_what_is_read(references: list[Reference]) -> None:
    assert references_of(references_value(references)) == tuple(references)


def test_each_is_written_once() -> None:
    quote = Reference(ReferenceKind.QUOTE, "mail")
    assert references_value([quote, quote]) == ("quote:mail",)


@pytest.mark.parametrize(
    "value",
    [
        (), ("mail",), ("quote",), ("quote:",), (":mail",), ("quote:mail@",), ("rumour:mail",), ("measure:users",),
        ("measure:users=",), ("measure:=3",), ("measure:users=-3",), ("measure:users=³",), ("flag:users=x",),
        ("quote:mail", 3), ("quote:mail", None), ["quote:mail"], "quote:mail", None, 3, ("quote:mail",) * 101,
    ],
)  # fmt: skip
def test_whatever_else_stands_there_is_no_reference(value: object) -> None:
    assert references_of(value) is None


@given(st.lists(st.text(max_size=20), max_size=5).map(tuple))
def test_foreign_words_never_end_in_an_exception(value: tuple[str, ...]) -> None:
    read = references_of(value)
    assert read is None or references_of(references_value(read)) is not None


def test_a_quote_rests_on_itself_and_a_figure_on_what_tells_it() -> None:
    assert Reference(ReferenceKind.QUOTE, "mail").rests_on == "mail"
    assert Reference(ReferenceKind.MEASURE, "users", 3, "M4").rests_on == "M4"
    assert Reference(ReferenceKind.UNKNOWN, "level").rests_on == ""
