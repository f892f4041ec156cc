"""Looking at a record entry by entry: whatever its state, every entry is seen, with what is wrong at its place."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.facts import DecisionSource, FactKind
from incidentsim.ledger.chain import Chain, Head
from incidentsim.ledger.entry import Entry, Header
from incidentsim.ledger.inspecting import InspectedEntry, inspect
from incidentsim.ledger.sealing import TextRecord
from tests.support.facts import a_fact, on_record

RUN = "run"
NOTES = [a_fact(n, FactKind.OBSERVED, None, {"about": None, "note": {"text": f"note {n}"}}) for n in range(6)]


def recorded() -> tuple[list[Entry], list[TextRecord]]:
    header = Header("test", "sha256:" + "0" * 64, "sha256:" + "1" * 64)
    return Chain(RUN).record_step(
        NOTES, recorded="2026-01-05T08:00:00.000Z", source=DecisionSource.PERSON, salts=bytes, header=header
    )


def looked_at(
    entries: Sequence[bytes], texts: Sequence[TextRecord] = (), head: Head | None = None
) -> list[InspectedEntry]:
    beside: dict[int, list[TextRecord]] = {}
    for text in texts:
        beside.setdefault(text.seq, []).append(text)
    return list(inspect(entries, beside, run=RUN, head=head or Head()))


def test_a_sound_record_has_no_faults_and_its_facts_have_their_words() -> None:
    entries, texts = recorded()
    found = looked_at([entry.data for entry in entries], texts)
    assert [one.faults for one in found] == [()] * len(NOTES)
    assert [one.fact for one in found] == NOTES
    assert [one.hash for one in found] == [entry.hash for entry in entries]


def test_reading_goes_on_where_it_was_left() -> None:
    entries, texts = recorded()
    found = looked_at([entry.data for entry in entries[3:]], texts, Head(3, entries[2].hash))
    assert [one.place for one in found] == [3, 4, 5]
    assert not any(one.faults for one in found)


def test_words_that_are_not_at_hand_leave_a_commitment() -> None:
    found = looked_at([entry.data for entry in recorded()[0]])
    assert not any(one.faults for one in found)
    assert found[0].fact is not None
    assert isinstance(on_record(found[0].fact)["note"], dict)
    assert set(on_record(found[0].fact)["note"]) == {"commitment"}


def test_words_that_do_not_fit_are_a_fault_and_the_fact_is_seen_without_them() -> None:
    entries, texts = recorded()
    wrong = TextRecord(0, texts[0].pointer, texts[0].salt, texts[1].text)
    found = looked_at([entry.data for entry in entries], [wrong, *texts[1:]])
    assert ["is not the one" in " ".join(one.faults) for one in found] == [True] + [False] * 5
    assert found[0].fact is not None


@given(st.data())
def test_whatever_bytes_there_are_every_one_is_seen_in_its_place(data: st.DataObject) -> None:
    log = [entry.data for entry in recorded()[0]]
    for _change in range(data.draw(st.integers(0, 4))):
        place = data.draw(st.integers(0, len(log) - 1))
        log[place] = data.draw(st.one_of(st.binary(max_size=30), st.sampled_from(log), st.just(log[place][:-2])))
    found = looked_at(log)
    assert [one.data for one in found] == log
    assert [one.place for one in found] == list(range(len(log)))
    sound = [one for one in found if not one.faults]
    assert all(one.body is not None and one.body.seq == one.place for one in sound)
    untouched = [entry.data for entry in recorded()[0]]
    assert (log == untouched) == (len(sound) == len(log))
