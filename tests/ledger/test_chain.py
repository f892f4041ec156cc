"""Every entry names the one before, and nothing that does not follow is taken."""

import pytest

from incidentsim.domain.facts import DecisionSource
from incidentsim.domain.text import FreeText
from incidentsim.ledger.canonical import UncanonicalError
from incidentsim.ledger.chain import Chain, Head, check_follows
from incidentsim.ledger.digests import ZERO
from incidentsim.ledger.sealing import TextRecord
from tests.support.record import HEADER, RECORDED, Salts, Scribe, plain, some_facts, step_taken


def test_entries_are_numbered_from_zero_and_name_the_one_before() -> None:
    entries, _ = Scribe("r1").write(*some_facts(4))
    assert [entry.seq for entry in entries] == [0, 1, 2, 3]
    assert [entry.prev for entry in entries] == [ZERO, *(entry.hash for entry in entries[:-1])]


def test_a_chain_goes_on_from_a_head_as_if_it_had_never_stopped() -> None:
    facts = some_facts(6)
    whole = Scribe("r1")
    entries, _ = whole.write(*facts)
    first = Scribe("r1")
    begun, _ = first.write(*facts[:3])
    second = Scribe("r1", first.chain.head)
    second.salts.given = first.salts.given
    rest, _ = second.write(*facts[3:])
    assert [*begun, *rest] == entries
    assert second.chain.head == whole.chain.head == Head(6, entries[-1].hash)


def test_texts_carry_the_number_of_their_entry() -> None:
    _, texts = Scribe("r1").write(step_taken(0), step_taken(1, nature=plain("x")))
    assert [text.seq for text in texts] == [1]


def test_a_fact_that_cannot_be_recorded_leaves_the_chain_as_it_was() -> None:
    chain = Chain("r1")
    with pytest.raises(UncanonicalError):
        chain.record(
            step_taken(0, nature="\ud83d"),
            recorded=RECORDED,
            source=DecisionSource.SCRIPT,
            salts=Salts(),
            header=HEADER,
        )
    assert chain.head == Head()


def test_the_first_entry_needs_a_header_and_no_other_has_one() -> None:
    with pytest.raises(UncanonicalError, match="header"):
        Chain("r1").record(step_taken(0), recorded=RECORDED, source=DecisionSource.SCRIPT, salts=Salts())
    scribe = Scribe("r1")
    scribe.write(step_taken(0))
    with pytest.raises(UncanonicalError, match="exactly the parts"):
        scribe.chain.record(
            step_taken(1), recorded=RECORDED, source=DecisionSource.SCRIPT, salts=Salts(), header=HEADER
        )


def test_what_does_not_follow_is_noticed() -> None:
    scribe = Scribe("r1")
    entries, _ = scribe.write(*some_facts(4))
    check_follows("r1", Head(), entries, ())
    check_follows("r1", Head(2, entries[1].hash), entries[2:], ())
    for run, head, wrong in (
        ("r2", Head(), entries),
        ("r1", Head(), entries[1:]),
        ("r1", Head(1, ZERO), entries[1:]),
        ("r1", Head(), [entries[0], entries[2]]),
        ("r1", Head(), [entries[0], entries[0]]),
        ("r1", Head(), [entries[1], entries[0]]),
    ):
        with pytest.raises(ValueError, match="does not follow"):
            check_follows(run, head, wrong, ())


def test_a_text_of_another_entry_is_noticed() -> None:
    entries, _ = Scribe("r1").write(*some_facts(2))
    for seq in (-1, 2):
        with pytest.raises(ValueError, match="comes with other entries"):
            check_follows("r1", Head(), entries, [TextRecord(seq, "/with/x", b"s" * 32, FreeText("x"))])
