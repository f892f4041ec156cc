"""Verification finds every change, says where it is, and says what it could not see."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.text import FreeText
from incidentsim.ledger.chain import Head
from incidentsim.ledger.entry import Body, read_entry
from incidentsim.ledger.sealing import TextRecord
from incidentsim.ledger.verify import CHECKS, Verdict, check_title, verify_chain
from tests.support.record import HEADER, PLAYBOOK, SCENARIO, Scribe, some_facts, step_taken

SCRIBE = Scribe("r1")
ENTRIES, TEXTS = SCRIBE.write(*some_facts(7))
LINES = [entry.data for entry in ENTRIES]
HEAD = SCRIBE.chain.head


def verify(lines: list[bytes], head: Head | None = HEAD) -> Verdict:
    return verify_chain(lines, run="r1", playbook=PLAYBOOK, scenario=SCENARIO, texts=TEXTS, head=head)


def failed(verdict: Verdict) -> set[str]:
    return {check.name for check in verdict.checks if not check.holds}


def test_a_sound_record_passes_every_check() -> None:
    verdict = verify(LINES)
    assert verdict.holds
    assert [check.name for check in verdict.checks] == list(CHECKS)
    assert (verdict.head, verdict.first_bad, verdict.not_checked, verdict.sealed) == (HEAD, None, (), 0)
    assert verdict.limits() == []


def test_with_nothing_but_the_log_it_says_what_it_did_not_check() -> None:
    verdict = verify_chain(LINES)
    assert verdict.holds
    assert verdict.not_checked == ("playbook", "scenario", "texts", "head")
    assert len(verdict.limits()) == 4
    assert "written anew" in verdict.limits()[-1]


@given(st.data())
def test_every_change_of_one_byte_is_found_and_its_entry_named(data: st.DataObject) -> None:
    seq = data.draw(st.integers(0, len(LINES) - 1))
    place = data.draw(st.integers(0, len(LINES[seq]) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != LINES[seq][place]))
    changed = LINES[seq][:place] + bytes([other]) + LINES[seq][place + 1 :]
    verdict = verify([*LINES[:seq], changed, *LINES[seq + 1 :]])
    assert not verdict.holds
    if seq < len(LINES) - 1 or verdict.first_bad is not None:  # in the last entry, only the head may show it
        assert verdict.first_bad == seq


@given(st.integers(0, 6))
def test_a_removed_entry_is_found(seq: int) -> None:
    verdict = verify(LINES[:seq] + LINES[seq + 1 :])
    assert not verdict.holds
    assert verdict.first_bad == (seq if seq < len(LINES) - 1 else None)
    assert "head" in failed(verdict)


@given(st.integers(0, 6), st.integers(0, 7))
def test_a_repeated_entry_is_found_where_it_stands(seq: int, place: int) -> None:
    verdict = verify([*LINES[:place], LINES[seq], *LINES[place:]])
    assert not verdict.holds
    # Beside its original a copy cannot be told from it: the second of the two is named.
    assert verdict.first_bad == (place + 1 if place == seq else place)


@given(st.permutations(range(7)))
def test_every_other_order_is_found(order: list[int]) -> None:
    verdict = verify([LINES[number] for number in order])
    sound = order == sorted(order)
    assert verdict.holds == sound
    if not sound:
        assert verdict.first_bad == next(place for place, number in enumerate(order) if place != number)


@pytest.mark.parametrize("size", range(7))
def test_a_cut_off_end_shows_only_against_a_head_kept_elsewhere(size: int) -> None:
    assert "head" in failed(verify(LINES[:size]))
    if size:
        shortened = verify_chain(LINES[:size], run="r1")
        assert shortened.holds
        assert "head" in shortened.not_checked


def rewritten() -> list[bytes]:
    scribe = Scribe("r1")
    entries, _ = scribe.write(*some_facts(3), step_taken(99), *some_facts(7)[4:])
    return [entry.data for entry in entries]


def test_a_wholly_rewritten_record_shows_only_against_a_head_kept_elsewhere() -> None:
    assert failed(verify_chain(rewritten(), head=HEAD)) == {"head"}
    assert verify_chain(rewritten()).holds


def test_a_record_without_entries_is_no_sound_record() -> None:
    verdict = verify_chain([])
    assert failed(verdict) == {"sequence"}
    assert verdict.first_bad is None


def test_an_entry_of_another_run_is_found() -> None:
    other, _ = Scribe("r2").write(*some_facts(7))
    verdict = verify([*LINES[:3], other[3].data, *LINES[4:]])
    assert "run" in failed(verdict)
    assert verdict.first_bad == 3
    assert "run" in failed(verify_chain(LINES, run="r2"))


def test_other_documents_are_found() -> None:
    verdict = verify_chain(LINES, playbook=PLAYBOOK + b"\n", scenario=SCENARIO)
    (check,) = [check for check in verdict.checks if not check.holds]
    assert check.name == "playbook"
    assert (check.seq, check.found) == (0, HEADER.playbook)
    assert check.expected != check.found


def test_facts_of_an_unknown_scheme_are_found() -> None:
    first = read_entry(LINES[0])
    changed = replace(first, header=replace(HEADER, fact_scheme="incidentsim/fact/9")).to_entry()
    assert failed(verify_chain([changed.data])) == {"header"}


def test_a_log_without_its_first_entry_has_no_header() -> None:
    assert "header" in failed(verify_chain(LINES[1:]))


@pytest.mark.parametrize(
    "texts",
    [
        [replace(TEXTS[0], text=FreeText("other")), *TEXTS[1:]],
        [replace(TEXTS[0], salt=b"x" * 32), *TEXTS[1:]],
        [replace(TEXTS[0], seq=1), *TEXTS[1:]],
        [*TEXTS, TextRecord(6, "/with/elsewhere", b"x" * 32, FreeText("more"))],
        [*TEXTS, TextRecord(70, "/with/nature", b"x" * 32, FreeText("of no entry"))],
        [TEXTS[0], *TEXTS],
        list(reversed(TEXTS)),
    ],
    ids=["words", "salt", "entry", "one too many", "no such entry", "twice", "out of order"],
)
def test_texts_that_are_not_those_of_the_log_are_found(texts: list[TextRecord]) -> None:
    assert failed(verify_chain(LINES, texts=texts)) == {"texts"}


def test_texts_that_were_taken_out_are_counted() -> None:
    verdict = verify_chain(LINES, texts=TEXTS[2:])
    assert verdict.holds
    assert verdict.sealed == 2
    assert any("Of 2 texts only the commitments" in said for said in verdict.limits())


def test_the_worst_inputs_are_found_not_thrown() -> None:
    nasty = [b"", b"\xff", b"[" * 100_000, b"null", b'{"seq":0}', b"1" * 5000, LINES[0] + b"\n", b" " + LINES[0]]
    for line in nasty:
        verdict = verify([line, *LINES[1:]])
        assert "form" in failed(verdict)
        assert verdict.first_bad == 0


def test_one_changed_entry_is_named_and_not_its_neighbour() -> None:
    """The link after the broken one tells which of the two neighbours was changed."""
    for seq in range(len(LINES) - 1):
        body = read_entry(LINES[seq])
        changed: Body = replace(body, recorded="2026-05-01T08:00:00.001Z")
        verdict = verify([*LINES[:seq], changed.to_entry().data, *LINES[seq + 1 :]])
        assert failed(verdict) == {"chain"}
        assert verdict.first_bad == seq


def test_the_verdict_says_what_was_expected_and_found() -> None:
    body = replace(read_entry(LINES[3]), seq=5)
    verdict = verify([*LINES[:3], body.to_entry().data, *LINES[4:]])
    checks = {check.name: check for check in verdict.checks}
    assert (checks["sequence"].seq, checks["sequence"].expected, checks["sequence"].found) == (3, "3", "5")


def test_every_check_has_a_title() -> None:
    assert all(check_title(name).endswith(".") for name in CHECKS)
    assert len({check_title(name) for name in CHECKS}) == len(CHECKS)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_record() -> None:
    def endless(count: int) -> Iterator[bytes]:
        scribe = Scribe("r1")
        for _ in range(count):
            (entry,), _texts = scribe.write(step_taken(1))
            yield entry.data

    tracemalloc.start()
    try:
        verify_chain(endless(200))
        tracemalloc.reset_peak()
        before, _ = tracemalloc.get_traced_memory()
        verify_chain(endless(8_000))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak - before < 2_000_000  # the 8,000 entries have 4 million bytes; a batch of them is held


def test_keys_of_an_entry_cannot_be_smuggled_in_twice() -> None:
    twice = LINES[0].replace(b'"source":', b'"source":"bot","source":')
    assert orjson.loads(twice)["source"] == "script"
    assert "form" in failed(verify([twice, *LINES[1:]]))
