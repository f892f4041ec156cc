"""A text read only for being checked opens the same commitment as one that is read for people, or is refused alike."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.text import FreeText, Text
from incidentsim.evidence import disclosed_texts as openings
from incidentsim.evidence.disclosed_texts import Opened, read_opening
from incidentsim.evidence.members import MemberError, read_text, write_texts
from incidentsim.ledger.sealing import TextRecord
from tests.support.examples import examples
from tests.support.record import Salts

WORDS = st.text(st.characters(codec="utf-8"), max_size=20)
RECORDS = st.builds(
    TextRecord,
    seq=st.integers(0, 2**53 - 1),
    pointer=WORDS,
    salt=st.binary(min_size=32, max_size=32),
    text=st.builds(FreeText, WORDS | st.builds(Text, WORDS, WORDS)),
)
LINES = [
    line[:-1]
    for line in write_texts(
        [
            TextRecord(3, "/with/nature", Salts()(32), FreeText("phones in the clear")),
            TextRecord(4, "/with/scope", Salts()(32), FreeText(Text("one shop", "一家店"))),
        ]
    )
]


def exact(line: bytes) -> tuple[int, str, str] | None:
    """What the way for people makes of a line; `None` where it refuses."""
    try:
        record = read_text(line)
    except MemberError:
        return None
    return record.seq, record.pointer, record.commitment()


def quick(line: bytes) -> tuple[int, str, str] | None:
    try:
        found = read_opening(line)
    except MemberError:
        return None
    return found.seq, found.pointer, found.commitment()


@given(RECORDS)
def test_every_text_opens_what_it_should(record: TextRecord) -> None:
    (line,) = write_texts([record])
    found = read_opening(line[:-1])
    assert isinstance(found, Opened)  # nothing that is written is left to the slower way
    assert (found.seq, found.pointer, found.commitment()) == (record.seq, record.pointer, record.commitment())


@examples(500)
@given(st.data())
def test_a_changed_line_is_read_alike(data: st.DataObject) -> None:
    line = data.draw(st.sampled_from(LINES))
    place = data.draw(st.integers(0, len(line)))
    length = data.draw(st.integers(0, 3))
    piece = data.draw(st.sampled_from([b"", b"0", b"1.5", b"-0", b'"', b"{}", b",", b" ", b"\xff", b"\\u0061", b"A"]))
    changed = line[:place] + piece + line[place + length :]
    assert quick(changed) == exact(changed)


VALUES: st.SearchStrategy[object] = st.sampled_from(
    [1, -1, 1.0, True, None, "", "a", "0" * 64, "A" * 64, "٠" * 64, "0" * 63, [], ["en", "zh"], {}]
)
LANGUAGES = st.dictionaries(st.sampled_from(["en", "zh", "fr"]), VALUES, max_size=3)
PARTS = st.sampled_from(["seq", "pointer", "salt", "text", "more"])


@examples(500)
@given(st.sampled_from(LINES), st.dictionaries(PARTS, VALUES | LANGUAGES, max_size=2), st.sets(PARTS, max_size=1))
def test_other_parts_are_read_alike(line: bytes, changes: dict[str, object], gone: set[str]) -> None:
    value = {name: part for name, part in {**orjson.loads(line), **changes}.items() if name not in gone}
    changed = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    assert quick(changed) == exact(changed)


@pytest.mark.parametrize("line", [b"", b"null", b"[]", b'"text"', b"7", b"[1,2,3,4]", b"{}"])
def test_what_is_no_text_is_refused(line: bytes) -> None:
    with pytest.raises(MemberError):
        read_opening(line)
    assert openings._read(line) is None
