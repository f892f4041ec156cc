"""JSON in pieces is the JSON of the whole, and of what is made piece by piece only a little is held at a time."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from incidentsim.exports.as_json.pieces import Members, Part, Rows, blocks

SCALARS = st.none() | st.booleans() | st.integers() | st.text()
PLAIN = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=12)
DOCUMENTS = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner).map(lambda items: ("rows", items)),
        st.dictionaries(st.text(), inner).map(lambda items: ("members", items)),
        st.dictionaries(st.text(), inner).map(lambda items: ("mapping", items)),
    ),
    max_leaves=12,
)


def part(document: Any) -> Part:
    """The document, with what is marked so made piece by piece."""
    match document:
        case ("rows", list(items)):
            return Rows(map(part, items))
        case ("members", dict(items)):
            return Members((name, part(item)) for name, item in items.items())
        case ("mapping", dict(items)):
            return {name: part(item) for name, item in items.items()}
        case _plain:
            return document  # type: ignore[no-any-return]  # a document without a mark is plain


def whole(document: Any) -> Any:
    """The same without marks."""
    match document:
        case ("rows", list(items)):
            return [whole(item) for item in items]
        case ("members" | "mapping", dict(items)):
            return {name: whole(item) for name, item in items.items()}
        case _plain:
            return document


@given(DOCUMENTS)
def test_the_pieces_together_are_the_json_of_the_whole(document: Any) -> None:
    written = "".join(blocks(part(document)))
    plain = json.dumps(whole(document), ensure_ascii=False, indent=2)
    assert json.loads(written) == whole(document)
    if written.isascii() and plain.isascii() and "\x7f" not in plain:
        assert written == plain


@given(st.text())
def test_what_could_act_on_a_terminal_is_escaped_in_every_place(text: str) -> None:
    document = {"a": Rows([{text: text}])}
    written = "".join(blocks(document))
    assert json.loads(written) == {"a": [{text: text}]}
    assert not set(written) & set("\x1b\x7f\u202e\u2028\u200b\ufeff")


def test_rows_are_made_while_they_are_written() -> None:
    made = 0

    def rows() -> Iterator[Part]:
        nonlocal made
        for made in range(1, 10_001):
            yield {"number": made, "text": "x" * 100}

    written = blocks({"before": 1, "rows": Rows(rows())})
    assert made == 0
    next(written)
    assert 0 < made < 2_000
    rest = sum(1 for _block in written)
    assert made == 10_000
    assert rest > 10


def test_numbers_that_no_other_writer_takes_are_written_too() -> None:
    assert "".join(blocks({"a": 2**70, "b": Rows([-(2**64)])})) == json.dumps({"a": 2**70, "b": [-(2**64)]}, indent=2)
