"""The outcome digest is equal where the same happened, whoever recorded it, and differs where anything differs."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from incidentsim.ledger.entry import read_entry
from incidentsim.ledger.outcome import OutcomeDigest
from incidentsim.ledger.sealing import unseal
from tests.support.record import Scribe, plain, some_facts, step_taken


def test_it_is_taken_over_canonical_facts_each_followed_by_a_line_feed() -> None:
    digest = OutcomeDigest()
    digest.add(step_taken(2, nature=plain("x")))
    line = (
        '{"at":120000,"because":null,"by":{"person":"p2","role":"discoverer"},"clause":"M2","do":"report",'
        '"fact":"step_taken","from":"discovered","incident":"leak","rule":"platform-incidents#lifecycle.report",'
        '"to":"reported","track":"lifecycle","with":{"channel":"email","nature":{"digest":"sha256:'
        + sha256(b"x").hexdigest()
        + '"}}}\n'
    )
    assert digest.value() == "sha256:" + sha256(line.encode()).hexdigest()
    assert digest.count == 1


def test_nothing_happened_has_a_digest_too() -> None:
    assert OutcomeDigest().value() == "sha256:" + sha256(b"").hexdigest()


@given(st.integers(1, 12), st.data())
def test_a_run_read_back_from_its_record_has_the_digest_of_the_run(count: int, data: st.DataObject) -> None:
    facts = some_facts(count)
    live, stored = OutcomeDigest(), OutcomeDigest()
    scribe = Scribe("run")
    scribe.salts.given = data.draw(st.integers(0, 100))
    for fact in facts:
        live.add(fact)
        (entry,), texts = scribe.write(fact)
        stored.add(unseal(read_entry(entry.data).fact, texts))
    assert live.value() == stored.value()


@given(st.lists(st.integers(0, 5), max_size=6), st.lists(st.integers(0, 5), max_size=6))
def test_other_facts_or_another_order_have_another_digest(one: list[int], other: list[int]) -> None:
    first, second = OutcomeDigest(), OutcomeDigest()
    for number in one:
        first.add(step_taken(number))
    for number in other:
        second.add(step_taken(number))
    assert (first.value() == second.value()) == (one == other)
