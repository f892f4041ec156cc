"""Many entries at once are judged as each alone would be: nothing more is accepted, and nothing sound is refused."""

from collections.abc import Callable
from dataclasses import replace

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentsim.domain.facts import Fact
from incidentsim.ledger.canonical import MAX_INT, UncanonicalError
from incidentsim.ledger.chain import Head
from incidentsim.ledger.digests import ZERO, digest
from incidentsim.ledger.entry import Body, read_entry
from incidentsim.ledger.merkle import root_of
from incidentsim.ledger.stretch import read_stretch
from incidentsim.ledger.verify import survey, verify_chain
from tests.support.record import HEADER, RECORDED, Scribe, bilingual, some_facts, step_taken

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
    found = read_stretch(LINES)
    assert found is not None
    assert (found.run, found.prev, found.last) == ("r1", ZERO, SCRIBE.chain.head.hash)
    assert (found.tree.begin, found.tree.end, found.tree.root()) == (0, 9, root_of(LINES))
    assert found.header == HEADER.to_json()
    assert {seq: set(sealed) for seq, sealed in found.sealed} == {n: {"/with/nature", "/with/scope"} for n in (0, 3, 6)}


@pytest.mark.parametrize("cut", range(1, 9))
def test_it_may_begin_anywhere(cut: int) -> None:
    first, second = read_stretch(LINES[:cut]), read_stretch(LINES[cut:])
    assert first is not None
    assert second is not None
    assert (second.tree.begin, second.prev) == (cut, first.last)
    first.tree.join(second.tree)
    assert first.tree.root() == root_of(LINES)


@settings(max_examples=300)
@given(st.data())
def test_no_change_is_accepted_that_would_be_refused_alone(data: st.DataObject) -> None:
    seq = data.draw(st.integers(0, len(LINES) - 1))
    line = LINES[seq]
    place = data.draw(st.integers(0, len(line) - 1))
    length = data.draw(st.integers(0, 3))
    piece = data.draw(st.sampled_from([b"", b"0", b"1.5", b"1e5", b"-0", b"true", b'"', b"{}", b",", b"\xff", b"\n"]))
    changed = [*LINES[:seq], line[:place] + piece + line[place + length :], *LINES[seq + 1 :]]
    assert (read_stretch(changed) is not None) == exact(changed)


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
    "a list for a source": lambda value: value.update(source=["bot"]),
    "an unknown scheme": lambda value: value.update(scheme="incidentsim/entry/2"),
    "no time": lambda value: value.update(recorded="yesterday"),
    "a fact that is none": lambda value: value.update(fact=[]),
    "a fact without a kind": lambda value: value["fact"].pop("fact"),  # type: ignore[attr-defined]
    "another run": lambda value: value.update(run="r2"),
    "too deep": lambda value: value["fact"].update(more=deep(70)),  # type: ignore[attr-defined]
}


def deep(levels: int) -> object:
    found: object = 1
    for _ in range(levels):
        found = [found]
    return found


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_well_formed_and_wrong_is_refused(name: str) -> None:
    lines = rechained(SPOILT[name])
    assert not exact(lines)
    assert read_stretch(lines) is None
    assert not verify_chain(lines).holds
    assert verify_chain(lines).first_bad == 4


def test_what_is_unusual_and_right_is_sound_all_the_same() -> None:
    """Beyond ASCII, deep, at the limits: the fast way may give up, and the verdict is the same."""
    scribe = Scribe("r1")
    odd = [
        step_taken(1, words="统计", deep=deep(40)),  # type: ignore[arg-type]
        Fact(MAX_INT, "escalated", None, {"to": ["甲", "乙"], "number": -MAX_INT, "empty": {}, "none": None}),
        step_taken(2, nested={"scope": bilingual("a", "b")}, listed=[{"text": "c"}]),
    ]
    entries, texts = scribe.write(*some_facts(2), *odd)
    lines = [entry.data for entry in entries]
    assert exact(lines)
    verdict = verify_chain(lines, texts=texts, head=scribe.chain.head)
    assert verdict.holds
    assert verdict.sealed == 0
    assert verdict.root == root_of(lines)


def test_a_survey_tells_what_the_parts_of_a_record_come_to() -> None:
    found = survey([LINES[:4], LINES[4:]], TEXTS)
    assert found is not None
    assert (found.tree.root(), found.unopened, found.sealed) == (root_of(LINES), 0, [])
    assert (survey([LINES], TEXTS[2:]) or found).unopened == 2
    late = survey([LINES[4:6], LINES[6:]], [text for text in TEXTS if text.seq >= 4])
    assert late is not None
    assert (late.tree.begin, late.tree.end, late.unopened) == (4, 9, 0)


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
    body = Body("r1", 9, SCRIBE.chain.head.hash, RECORDED, "person", {"at": 0, "fact": "rating_set"})
    entry = body.to_entry()
    assert verify_chain([*LINES, entry.data], head=Head(10, entry.hash)).holds
