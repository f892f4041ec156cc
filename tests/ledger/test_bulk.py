"""Many entries at once are judged as each alone would be: nothing more is accepted, and nothing sound is refused."""

from collections.abc import Callable
from dataclasses import replace

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from incidentsim.domain.facts import DecisionSource, Json, TextErased
from incidentsim.domain.text import FreeText, Text
from incidentsim.ledger import bulk as batch
from incidentsim.ledger.bulk import read_batch
from incidentsim.ledger.canonical import MAX_INT, UncanonicalError
from incidentsim.ledger.chain import Head
from incidentsim.ledger.digests import ZERO, digest
from incidentsim.ledger.entry import Body, read_entry
from incidentsim.ledger.merkle import root_of
from incidentsim.ledger.sealing import TextRecord, commitments
from incidentsim.ledger.verify import survey, verify_chain
from tests.support.examples import examples
from tests.support.record import HEADER, RECORDED, Scribe, some_facts

SCRIBE = Scribe("r1")
ENTRIES, TEXTS = SCRIBE.write(*some_facts(9))
LINES = [entry.data for entry in ENTRIES]


def exact(lines: list[bytes]) -> bool:
    """Whether each line alone, and its place, is sound: without any of the code that is fast."""
    prev, run = ZERO, None
    for seq, data in enumerate(lines):
        try:
            body = read_entry(data)
        except UncanonicalError:
            return False
        run = run or body.run
        if (body.run, body.seq, body.prev) != (run, seq, prev):
            return False
        prev = digest(data)
    return True


def test_a_sound_stretch_says_what_it_is() -> None:
    found = read_batch(LINES)
    assert found is not None
    assert (found.run, found.prev, found.last) == ("r1", ZERO, SCRIBE.chain.head.hash)
    assert (found.tree.begin, found.tree.end, found.tree.root()) == (0, 9, root_of(LINES))
    assert found.header == HEADER.to_json()
    assert {seq: set(sealed) for seq, sealed in found.sealed.items()} == {
        n: {"/with/nature", "/with/scope"} for n in (0, 3, 6)
    }


@pytest.mark.parametrize("cut", range(1, 9))
def test_it_may_begin_anywhere(cut: int) -> None:
    first, second = read_batch(LINES[:cut]), read_batch(LINES[cut:])
    assert first is not None
    assert second is not None
    assert (second.tree.begin, second.prev) == (cut, first.last)
    first.tree.join(second.tree)
    assert first.tree.root() == root_of(LINES)


MANY = [entry.data for entry in Scribe("r1").write(*some_facts(3 * batch._AT_ONCE))[0]]


@pytest.mark.parametrize("size", [batch._AT_ONCE + more for more in (-1, 0, 1, 2, batch._AT_ONCE, 70)])
@pytest.mark.parametrize("begin", [0, 1])
def test_it_may_be_long(size: int, begin: int) -> None:
    found = read_batch(MANY[begin : begin + size])
    assert found is not None
    assert (found.tree.begin, found.tree.end, found.last) == (begin, begin + size, digest(MANY[begin + size - 1]))
    before = read_batch(MANY[:1])
    if begin and before is not None:
        before.tree.join(found.tree)
        found.tree = before.tree
    assert found.tree.root() == root_of(MANY[: begin + size])
    assert list(found.sealed) == [seq for seq in range(begin, begin + size) if seq % 3 == 0]


@pytest.mark.parametrize("seq", [batch._AT_ONCE + more for more in (-1, 0, 1, 2, batch._AT_ONCE, 70)])
def test_a_fault_is_seen_wherever_it_is(seq: int) -> None:
    spoilt = MANY[seq].replace(b'"at":', b'"at":1')
    for changed in ([*MANY[:seq], spoilt, *MANY[seq + 1 :]], [*MANY[:seq], *MANY[seq + 1 :]]):
        assert read_batch(changed) is None
    assert read_batch([*MANY[: seq + 1], MANY[seq], *MANY[seq + 1 :]]) is None
    swapped = [*MANY[:seq], MANY[seq + 1], MANY[seq], *MANY[seq + 2 :]]
    assert read_batch(swapped) is None


PIECES = [
    b"", b"0", b"1.5", b"1e5", b"-0", b"true", b"null", b"NaN", b'"', b"{}", b"[]", b",", b":", b" ", b"\r", b"\n",
    b"\t", b"\0", b"}", b"]", b"},{", b"],[", b"\xff", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xc3\xa9", b"\\",
    b"\\u0061", b"\\ud800", b"\\/", b'"at":0,', b'"header":{},', b'"prev":"",', b"9007199254740993",
    b"18446744073709551617",
]  # fmt: skip


@examples(500)
@given(st.data())
def test_no_change_is_accepted_that_would_be_refused_alone(data: st.DataObject) -> None:
    """The changed entry is the last one, so that nothing but itself can give it away."""
    seq = data.draw(st.integers(0, len(LINES) - 1))
    line = LINES[seq]
    place = data.draw(st.integers(0, len(line)))
    length = data.draw(st.integers(0, 3))
    piece = data.draw(st.sampled_from(PIECES))
    changed = [*LINES[:seq], line[:place] + piece + line[place + length :]]
    assert (read_batch(changed) is not None) == exact(changed)


def spelled(old: bytes, new: bytes, at: int = 6) -> list[bytes]:
    """The lines up to one that is spelled in another way."""
    line = LINES[at]
    assert old in line
    return [*LINES[:at], line.replace(old, new, 1)]


OTHER_SPELLINGS = {
    "a key twice": (b'"at":360000,', b'"at":360000,"at":360000,'),
    "a part twice": (b',"prev"', b',"fact":{},"prev"'),
    "two facts": (b',"prev"', b',{"at":1,"fact":"x"},"prev"'),
    "a header": (b',"prev"', b',"header":{},"prev"'),
    "two entries in one": (b"}", b'},"prev":""},{"fact":{'),
    "the end of a list": (b',"prev"', b'],[,"prev"'),
    "an exponent": (b'"at":360000', b'"at":36e4'),
    "a fraction of nothing": (b'"at":360000', b'"at":360000.0'),
    "minus zero": (b'"at":360000', b'"at":-0'),
    "minus zero as a fraction": (b'"at":360000', b'"at":-0.0'),
    "a plus": (b'"at":360000', b'"at":+360000'),
    "zeros before": (b'"at":360000', b'"at":00360000'),
    "beyond doubles": (b'"at":360000', b'"at":9007199254740992'),
    "far beyond": (b'"at":360000', b'"at":123456789012345678901234567890'),
    "no number": (b'"at":360000', b'"at":NaN'),
    "infinite": (b'"at":360000', b'"at":-Infinity'),
    "an escape without need": (b'"do":"report"', b'"do":"re\\u0070ort"'),
    "an escaped slash": (b'"do":"report"', b'"do":"re\\/port"'),
    "half a character": (b'"do":"report"', b'"do":"\\ud83d"'),
    "a character in two escapes": (b'"do":"report"', b'"do":"\\ud83d\\ude00"'),
    "a control character": (b'"do":"report"', b'"do":"re\x01port"'),
    "half of UTF-8": (b'"do":"report"', b'"do":"re\xe5port"'),
    "a space": (b'"at":', b'"at": '),
    "a space before the end": (b',"prev"', b' ,"prev"'),
    "a space in the end": (b',"seq":6', b',"seq": 6'),
    "a space after it": (b'"}', b'"} '),
    "a carriage return after it": (b'"script"}', b'"script"}\r'),
    "a mark of byte order": (b'{"fact"', b'\xef\xbb\xbf{"fact"'),
    "another beginning": (b'{"fact":{', b'{"Fact":{'),
    "another order": (b'"clause":"M2","do":"report"', b'"do":"report","clause":"M2"'),
    "a number as a text": (b'"seq":6', b'"seq":"6"'),
    "a number with a fraction": (b'"seq":6', b'"seq":6.0'),
    "a number with a zero before": (b'"seq":6', b'"seq":06'),
    "a time with an escape": (b"08:00:00.000Z", b"08:00:00.000\\u005a"),
    "a time in other digits": (b"08:00:00.000Z", "٠8:00:00.000Z".encode()),
    "a time in another zone": (b"08:00:00.000Z", b"08:00:00+0000"),
    "no day that there is": (b"2026-05-01T", b"2026-00-00T"),
    "a source with an escape": (b'"script"', b'"scr\\u0069pt"'),
    "a source that ends alike": (b'"source":"script"', b'"source":"no:"script"'),
    "a source too many": (b'"source":"script"', b'"source":"bot","source":"script"'),
    "nothing after it": (b',"prev"', b'}\n{,"prev"'),
}


@pytest.mark.parametrize("name", OTHER_SPELLINGS)
def test_another_spelling_is_judged_as_alone(name: str) -> None:
    lines = spelled(*OTHER_SPELLINGS[name])
    assert (read_batch(lines) is not None) == exact(lines) == (name == "no day that there is")


COMMITMENT = st.builds(lambda n: {"commitment": f"sha256:{n:064x}"}, st.integers(0, 99))
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**54), 2**54),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=9),
    COMMITMENT,
    st.just({"commitment": "sha256:no"}),
    st.just({"commitment": f"sha256:{0:064x}", "more": 1}),
)
KEYS = st.one_of(st.sampled_from(["with", "commitment", "text", "a~b", "a/b", "名", "by"]), st.text(max_size=3))
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3))


SEALED = {"commitment": f"sha256:{7:064x}"}


@examples(400)
@example({}, {"a~b": SEALED, "a/b": SEALED, "": SEALED, "c": SEALED})
@example({}, {"a~b": SEALED})
@example({"also": SEALED}, {"c": SEALED, "d": [SEALED, {"e": SEALED}]})
@example({}, SEALED)
@given(st.dictionaries(KEYS, VALUES, max_size=4), st.dictionaries(KEYS, VALUES, max_size=3) | COMMITMENT)
def test_any_fact_is_judged_as_alone(parts: dict[str, object], fields: dict[str, object]) -> None:
    """Whatever a fact holds: it is accepted only if it would be alone, and no commitment is seen that is none."""
    value = orjson.loads(LINES[4])
    value["fact"] |= {"with": fields, **parts}
    lines = [*LINES[:4], orjson.dumps(value, option=orjson.OPT_SORT_KEYS)]
    found = read_batch(lines)
    assert (found is not None) == exact(lines)
    if found is not None:
        assert found.sealed.get(4, {}) == commitments(value["fact"])


@given(st.text(min_size=1, max_size=5), st.lists(st.sampled_from(DecisionSource), min_size=2, max_size=6), st.data())
def test_other_runs_times_and_seats_are_sound(run: str, sources: list[DecisionSource], data: st.DataObject) -> None:
    prev, lines = ZERO, list[bytes]()
    for seq, source in enumerate(sources):
        at = data.draw(st.sampled_from([RECORDED, RECORDED.replace("08:", "09:")]))
        header = HEADER if seq == 0 else None
        seat = data.draw(st.sampled_from([None, "p1", "host", "9" * 64]))
        entry = Body(run, seq, prev, at, source, {"at": 0, "fact": "rating_set"}, header, seat).to_entry()
        lines.append(entry.data)
        prev = entry.hash
    found = read_batch(lines)
    assert found is not None
    assert (found.run, found.last, found.tree.root()) == (run, prev, root_of(lines))


def rechained(spoil: Callable[[dict[str, object]], object], at: int = 4) -> list[bytes]:
    """The lines with one entry spoilt as a value and written canonically again, and those after it chained to it."""
    lines = LINES[:at]
    for line in LINES[at:]:
        value = orjson.loads(line)
        value["prev"] = digest(lines[-1])
        if value["seq"] == at:
            spoil(value)
        lines.append(orjson.dumps(value, option=orjson.OPT_SORT_KEYS))
    return lines


SPOILT: dict[str, Callable[[dict[str, object]], object]] = {
    "a number with a fraction": lambda value: value["fact"].update(at=1.5),  # type: ignore[attr-defined]
    "one deep inside": lambda value: value["fact"].update(more=[{"a": [0.5]}]),  # type: ignore[attr-defined]
    "a whole one written as one": lambda value: value.update(seq=4.0),
    "true for a number": lambda value: value["fact"].update(at=True),  # type: ignore[attr-defined]
    "a number too large": lambda value: value["fact"].update(at=MAX_INT + 1),  # type: ignore[attr-defined]
    "a number too small": lambda value: value["fact"].update(at=-MAX_INT - 1),  # type: ignore[attr-defined]
    "a key beyond ASCII": lambda value: value["fact"].update(名=1),  # type: ignore[attr-defined]
    "a part too many": lambda value: value.update(extra=1),
    "a part too few": lambda value: value.pop("source"),
    "a header in the middle": lambda value: value.update(header=HEADER.to_json()),
    "an unknown source": lambda value: value.update(source="nobody"),
    "a seat that is none": lambda value: value.update(seat="Zhou Kai"),
    "an empty seat": lambda value: value.update(seat=""),
    "a seat that is too long": lambda value: value.update(seat="x" * 65),
    "a seat beyond ASCII": lambda value: value.update(seat="席"),
    "no seat": lambda value: value.update(seat=None),
    "a list for a source": lambda value: value.update(source=["bot"]),
    "an unknown scheme": lambda value: value.update(scheme="incidentsim/entry/2"),
    "no time": lambda value: value.update(recorded="yesterday"),
    "a fact that is none": lambda value: value.update(fact=[]),
    "a fact without a kind": lambda value: value["fact"].pop("fact"),  # type: ignore[attr-defined]
    "another run": lambda value: value.update(run="r2"),
    "too deep": lambda value: value["fact"].update(more=deep(70)),  # type: ignore[attr-defined]
}


def deep(levels: int) -> Json:
    found: Json = 1
    for _ in range(levels):
        found = [found]
    return found


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_well_formed_and_wrong_is_refused(name: str) -> None:
    lines = rechained(SPOILT[name])
    assert not exact(lines)
    assert read_batch(lines) is None
    assert not verify_chain(lines).holds
    assert verify_chain(lines).first_bad == 4


def test_what_is_unusual_and_right_is_sound_all_the_same() -> None:
    """Beyond ASCII, deep, at the limits: the fast way may give up, and the verdict is the same."""
    scribe = Scribe("r1")
    entries, texts = scribe.write(*some_facts(2))
    scope = TextRecord(4, "/with/nested/scope", b"s" * 32, FreeText(Text("a", "b")))
    listed = TextRecord(4, "/with/listed/0", b"s" * 32, FreeText("c"))
    nested: Json = {
        "nested": {"scope": {"commitment": scope.commitment()}},
        "listed": [{"commitment": listed.commitment()}],
    }
    odd: list[dict[str, Json]] = [
        {"at": 1, "fact": "of a later version", "with": {"words": "统计", "deep": deep(40)}},
        {"at": MAX_INT, "fact": "escalated", "to": ["甲", "乙"], "number": -MAX_INT, "empty": {}, "none": None},
        {"at": 2, "fact": "step_taken", "with": nested},
    ]
    for seq, fact in enumerate(odd, 2):
        body = Body("r1", seq, entries[-1].hash, RECORDED, DecisionSource.SCRIPT, fact)
        entries.append(body.to_entry())
    texts += [scope, listed]
    head = Head(len(entries), entries[-1].hash)
    lines = [entry.data for entry in entries]
    assert exact(lines)
    verdict = verify_chain(lines, texts=texts, head=head)
    assert verdict.holds
    assert verdict.sealed == 0
    assert verdict.root == root_of(lines)


def test_a_survey_tells_what_the_parts_of_a_record_come_to() -> None:
    found = survey([LINES[:4], LINES[4:]], TEXTS)
    assert found is not None
    assert (found.tree.root(), found.unopened, found.sealed) == (root_of(LINES), 0, {})
    assert (survey([LINES], TEXTS[2:]) or found).unopened == 2
    late = survey([LINES[4:6], LINES[6:]], [text for text in TEXTS if text.seq >= 4])
    assert late is not None
    assert (late.tree.begin, late.tree.end, late.unopened) == (4, 9, 0)


@pytest.mark.parametrize("place", [0, 1, 5, 9])
def test_a_survey_tells_of_erasures_wherever_they_are_told(place: int) -> None:
    """Whoever verifies looks for erasures only where one is told of."""
    assert not (survey([LINES], TEXTS) or pytest.fail("it is sound")).erases
    facts = list(some_facts(9))
    facts.insert(place, TextErased(facts[place - 1].at, None, 2, None))
    entries, texts = Scribe("r1").write(*facts)
    lines = [entry.data for entry in entries]
    for parts in ([lines], [lines[:1], lines[1:]], [lines[:6], lines[6:]]):
        assert (survey(parts, texts) or pytest.fail("it is sound")).erases


@pytest.mark.parametrize(
    "texts",
    [TEXTS[::-1], [*TEXTS, replace(TEXTS[-1], seq=8)], [replace(TEXTS[0], salt=b"x" * 32)], [replace(TEXTS[0], seq=1)]],
    ids=["out of order", "one too many", "another salt", "another entry"],
)
def test_a_survey_gives_up_where_texts_are_wrong(texts: list[object]) -> None:
    assert survey([LINES], texts) is None  # type: ignore[arg-type]


def test_a_survey_gives_up_where_parts_do_not_follow() -> None:
    assert survey([LINES[:4], LINES[5:]]) is None
    assert survey([LINES[:4], LINES[3:]]) is None
    assert survey([]) is None


def test_the_verdict_names_the_root_whatever_is_wrong() -> None:
    for lines in (LINES, LINES[:5], [*LINES[:3], b"no entry", *LINES[4:]], LINES[::-1], []):
        assert verify_chain(lines).root == root_of(lines)


def test_an_entry_made_by_hand_is_read_like_any_other() -> None:
    body = Body("r1", 9, SCRIBE.chain.head.hash, RECORDED, DecisionSource.PERSON, {"at": 0, "fact": "rating_set"})
    entry = body.to_entry()
    assert verify_chain([*LINES, entry.data], head=Head(10, entry.hash)).holds
