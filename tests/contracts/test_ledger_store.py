"""What every store of records does, whatever it keeps them in."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from incidentsim.domain.errors import InputError, RunBusyError, UnknownNameError
from incidentsim.domain.facts import Fact, PersonErased, TextErased
from incidentsim.domain.text import FreeText, Text
from incidentsim.ledger.chain import Head
from incidentsim.ledger.derived import Derived
from incidentsim.ledger.digests import digest
from incidentsim.ledger.labels import RunLabel
from incidentsim.ledger.store import Deletions, LedgerStore, RunInfo, Trace
from incidentsim.ledger.verify import verify_chain
from tests.support.record import (
    ENDED,
    HEADER,
    PLAYBOOK,
    RECORDED,
    ROSTER,
    SCENARIO,
    Scribe,
    begin,
    bilingual,
    plain,
    record,
    some_facts,
    step_taken,
)


def test_a_new_store_holds_nothing(store: LedgerStore) -> None:
    assert store.runs() == ()
    with pytest.raises(UnknownNameError, match="nothing has been recorded"):
        store.find("last")


def test_nothing_is_found_of_an_unknown_run(store: LedgerStore) -> None:
    for ask in (store.entries, store.texts, store.roster):
        with pytest.raises(UnknownNameError):
            ask("20260501-none")
    with pytest.raises(UnknownNameError), store.writer("20260501-none"):
        pass
    begin(store, "20260501-some")
    for ask in (store.entries, store.texts, store.roster):
        with pytest.raises(UnknownNameError, match="20260501-some"):
            ask("20260501-none")


def test_a_run_is_listed_from_its_creation_on(store: LedgerStore) -> None:
    begin(store, "r1")
    assert store.runs() == (RunInfo("r1", RECORDED, "number-masking-leak", "platform-incidents", 0, None, None),)
    assert not store.runs()[0].finished
    assert list(store.entries("r1")) == []
    assert list(store.texts("r1")) == []


def test_a_run_is_listed_with_its_last_fact(store: LedgerStore) -> None:
    record(store, "r1", some_facts(3))
    record(store, "r2", some_facts(2), [ENDED])
    first, second = store.runs()
    assert (first.entries, first.last_kind, first.last_at, first.finished) == (3, "step_taken", 120_000, False)
    assert (second.entries, second.last_kind, second.last_at, second.finished) == (
        3,
        "exercise_ended",
        9_000_000,
        True,
    )


def test_runs_are_listed_and_found_in_order_of_creation(store: LedgerStore) -> None:
    for run in ("zz", "aa", "mm"):
        begin(store, run)
    assert [run.id for run in store.runs()] == ["zz", "aa", "mm"]
    assert store.find("last").id == "mm"
    assert store.find("a").id == "aa"
    with pytest.raises(UnknownNameError):
        store.find("q")
    begin(store, "ab")
    with pytest.raises(InputError, match="beginning of 2 runs' ids: aa, ab"):
        store.find("a")


def test_a_run_cannot_be_created_twice(store: LedgerStore) -> None:
    record(store, "r1", some_facts(3))
    with pytest.raises(ValueError, match="there is a run r1 already"):
        begin(store, "r1")
    assert len(list(store.entries("r1"))) == 3


@pytest.mark.parametrize("run_id", ["last", "../r1", ""])
def test_an_id_that_is_none_is_refused(store: LedgerStore, run_id: str) -> None:
    with pytest.raises(ValueError, match="not fit"):
        begin(store, run_id)
    assert store.runs() == ()


def test_entries_come_back_byte_for_byte(opened: Callable[[], LedgerStore]) -> None:
    scribe = Scribe("r1")
    steps = [scribe.write(*some_facts(4)), scribe.write(step_taken(9)), scribe.write(*some_facts(2))]
    store = opened()
    begin(store, "r1")
    with store.writer("r1") as writer:
        for entries, texts in steps:
            assert writer.append(entries, texts) == Head(entries[-1].seq + 1, entries[-1].hash)
    written = [entry.data for entries, _texts in steps for entry in entries]
    again = opened()
    assert list(again.entries("r1")) == written
    assert list(again.entries("r1", 4)) == written[4:]
    assert list(again.entries("r1", 99)) == []
    assert all(type(data) is bytes for data in again.entries("r1"))


def test_texts_come_back_as_they_were(opened: Callable[[], LedgerStore]) -> None:
    awkward = "one\x00two\r\n\u2028😀\ufeff "
    scribe = Scribe("r1")
    entries, texts = scribe.write(
        step_taken(0),
        step_taken(1, nature=plain(awkward), scope=plain("")),
        step_taken(2, nature=bilingual(awkward, "中间号"), scope=plain('{"en":"a", "zh":"b"}')),
    )
    store = opened()
    begin(store, "r1")
    with store.writer("r1") as writer:
        writer.append(entries, texts)

    def in_order(found: object) -> list[object]:
        return sorted(found, key=lambda text: (text.seq, text.pointer))  # type: ignore[call-overload,no-any-return]

    again = opened()
    assert in_order(again.texts("r1")) == in_order(texts)
    assert [text.seq for text in again.texts("r1")] == [1, 1, 2, 2]
    assert [text.seq for text in again.texts("r1", 2)] == [2, 2]


def test_what_reads_like_a_text_in_two_languages_is_one(opened: Callable[[], LedgerStore]) -> None:
    """A commitment is over bytes alone, so they decide which it is, and no flag beside them."""
    store = opened()
    record(store, "r1", [step_taken(0, nature=plain('{"en":"a","zh":"b"}'))])
    assert [text.text for text in opened().texts("r1")] == [FreeText(Text("a", "b"))]


def test_many_entries_and_texts_come_back_in_order(store: LedgerStore) -> None:
    """More than a store reads at once."""
    scribe = Scribe("r1")
    entries, texts = scribe.write(*some_facts(4_500))
    begin(store, "r1")
    with store.writer("r1") as writer:
        writer.append(entries, texts)
    assert list(store.entries("r1")) == [entry.data for entry in entries]
    assert list(store.texts("r1")) == sorted(texts, key=lambda text: (text.seq, text.pointer))


def test_a_run_goes_on_where_its_log_ends(opened: Callable[[], LedgerStore]) -> None:
    head = record(opened(), "r1", some_facts(3), some_facts(2))
    store = opened()
    with store.writer("r1") as writer:
        assert writer.head() == head
        scribe = Scribe("r1", writer.head())
        writer.append(*scribe.write(ENDED))
    assert store.find("r1").finished
    assert verify_chain(store.entries("r1"), run="r1", texts=store.texts("r1")).head == scribe.chain.head


def test_the_record_verifies_with_all_that_is_kept(opened: Callable[[], LedgerStore]) -> None:
    head = record(opened(), "r1", *[[fact] for fact in some_facts(10)])
    store = opened()
    verdict = verify_chain(
        store.entries("r1"),
        run="r1",
        playbook=store.document(digest(PLAYBOOK)),
        scenario=store.document(digest(SCENARIO)),
        texts=store.texts("r1"),
        head=head,
    )
    assert verdict.holds
    assert verdict.not_checked == ()


def test_the_head_of_an_empty_log_is_that_of_a_new_chain(store: LedgerStore) -> None:
    begin(store, "r1")
    with store.writer("r1") as writer:
        assert writer.head() == Head()
        assert writer.append([]) == Head()


def test_what_does_not_follow_is_refused_and_leaves_no_trace(store: LedgerStore) -> None:
    record(store, "r1", some_facts(3))
    entries, _ = Scribe("r1").write(*some_facts(5))
    strangers, _ = Scribe("r2").write(*some_facts(5))
    with store.writer("r1") as writer:
        head = writer.head()
        for wrong in (entries, entries[4:], strangers[3:], [entries[3], entries[3]]):
            with pytest.raises(ValueError, match="does not follow"):
                writer.append(wrong)
            assert writer.head() == head
        writer.append(*Scribe("r1", head).write(ENDED))
    assert store.find("r1").entries == 4


def test_a_text_of_an_entry_elsewhere_is_refused(store: LedgerStore) -> None:
    begin(store, "r1")
    entries, texts = Scribe("r1").write(*some_facts(2))
    with store.writer("r1") as writer, pytest.raises(ValueError, match="comes with other entries"):
        writer.append(entries, [replace(texts[0], seq=7)])
    assert store.find("r1").entries == 0


def test_a_run_has_one_writer(opened: Callable[[], LedgerStore]) -> None:
    store, other = opened(), opened()
    begin(store, "r1")
    begin(store, "r2")
    with store.writer("r1") as writer:
        for second in (store, other):
            with pytest.raises(RunBusyError, match="The run r1 is being written"), second.writer("r1", patience=0):
                pass
        with other.writer("r2") as elsewhere:
            elsewhere.append(*Scribe("r2").write(*some_facts(1)))
        writer.append(*Scribe("r1").write(*some_facts(1)))
    with other.writer("r1") as writer:
        assert writer.head().size == 1


def test_a_writer_that_ends_in_an_error_lets_go_of_the_run(opened: Callable[[], LedgerStore]) -> None:
    store, other = opened(), opened()
    begin(store, "r1")

    def stumble() -> None:
        with store.writer("r1") as writer:
            writer.append(*Scribe("r1").write(*some_facts(2)))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stumble()
    with other.writer("r1") as writer:
        assert writer.head().size == 2


def test_an_error_of_the_one_who_writes_stays_what_it_is(store: LedgerStore) -> None:
    """A store speaks for its own troubles only, not for a file that its user could not read."""
    begin(store, "r1")
    with pytest.raises(FileNotFoundError), store.writer("r1"):
        raise FileNotFoundError


def test_readers_see_each_step_as_soon_as_it_is_appended(opened: Callable[[], LedgerStore]) -> None:
    store, reader = opened(), opened()
    begin(store, "r1")
    scribe = Scribe("r1")
    with store.writer("r1") as writer:
        for step in range(1, 4):
            writer.append(*scribe.write(*some_facts(3)))
            assert len(list(reader.entries("r1"))) == 3 * step
            assert reader.find("last").entries == 3 * step


def test_reading_that_is_left_in_the_middle_hinders_nobody(opened: Callable[[], LedgerStore]) -> None:
    store, reader = opened(), opened()
    record(store, "r1", some_facts(5))
    left = iter(reader.entries("r1"))
    next(left)
    with store.writer("r1") as writer:
        writer.append(*Scribe("r1", writer.head()).write(*some_facts(3)))
    assert store.find("r1").entries == 8


def test_the_roster_is_kept_beside_the_log(opened: Callable[[], LedgerStore]) -> None:
    begin(opened(), "r1")
    assert opened().roster("r1") == ROSTER


def test_a_run_may_have_no_roster_and_no_documents(store: LedgerStore) -> None:
    store.create("r1", created=RECORDED, scenario="s", playbook="p")
    assert store.roster("r1") == {}


def test_documents_are_kept_byte_for_byte_and_once(opened: Callable[[], LedgerStore]) -> None:
    odd = bytes(range(256)) * 40
    store = opened()
    for run in ("r1", "r2"):
        store.create(run, created=RECORDED, scenario="s", playbook="p", documents=(odd, PLAYBOOK, odd, b""))
    assert opened().document(digest(odd)) == odd
    assert opened().document(digest(b"")) == b""
    with pytest.raises(UnknownNameError, match="no document with the digest sha256:"):
        opened().document(digest(SCENARIO))


def test_texts_of_another_run_are_not_mixed_in(store: LedgerStore) -> None:
    record(store, "r1", some_facts(4))
    record(store, "r2", [step_taken(0, nature=plain("only here"))])
    assert [text.text for text in store.texts("r2")] == [FreeText("only here")]
    assert len(list(store.entries("r2"))) == 1


def test_a_run_begins_with_its_first_entries_or_not_at_all(opened: Callable[[], LedgerStore]) -> None:
    """A kill between creating a run and its first entry would leave a run that nobody can go on with."""
    store = opened()
    entries, texts = Scribe("r1").write(*some_facts(2))
    store.create("r1", created=RECORDED, scenario="s", playbook="p", entries=entries, texts=texts)
    again = opened()
    assert list(again.entries("r1")) == [entry.data for entry in entries]
    assert list(again.texts("r1")) == texts
    with again.writer("r1") as writer:
        assert writer.head() == Head(2, entries[-1].hash)
    stray, _texts = Scribe("r2", Head(3, entries[-1].hash)).write(*some_facts(1))
    with pytest.raises(ValueError, match="does not follow"):
        again.create("r2", created=RECORDED, scenario="s", playbook="p", entries=stray)
    assert [info.id for info in again.runs()] == ["r1"]


def test_what_lies_on_the_desk_is_changed_and_taken_away(opened: Callable[[], LedgerStore]) -> None:
    store = opened()
    for run in ("r1", "another"):
        begin(store, run)
    assert store.desk("r1") == {}
    store.lay("r1", {"draft/a": "第一稿\n[b]x[/b]\x1b", "read": "[1]"})
    store.lay("r1", {"draft/a": "second", "read": None, "never there": None})
    store.lay("another", {"draft/a": "other"})
    assert opened().desk("r1") == {"draft/a": "second"}


def test_the_desk_of_an_unknown_run_is_refused(store: LedgerStore) -> None:
    with pytest.raises(UnknownNameError):
        store.desk("nothing")
    with pytest.raises(UnknownNameError):
        store.lay("nothing", {"x": "y"})


def test_things_can_be_laid_on_the_desk_while_the_run_is_written(store: LedgerStore) -> None:
    begin(store, "r1")
    with store.writer("r1"):
        store.lay("r1", {"x": "y"})
        assert store.desk("r1") == {"x": "y"}


def test_the_list_names_the_hash_of_the_last_entry(store: LedgerStore) -> None:
    head = record(store, "r1", some_facts(3))
    assert [info.head for info in store.runs()] == [head.hash]
    assert store.find("r1") == store.runs()[0]
    assert store.find("last") == store.find("r")


def test_derived_results_are_kept_by_kind_and_replaced(store: LedgerStore) -> None:
    assert store.derived("verdict") == {}
    for run in ("r1", "r2"):
        record(store, run, some_facts(1))
    first, second = Derived("h1", "1", b"one"), Derived("h2", "1", b"\x00two")
    store.keep_derived("verdict", {"r1": first, "r2": second, "nobody": first})
    store.keep_derived("other", {"r1": second})
    assert store.derived("verdict") == {"r1": first, "r2": second}
    later = Derived("h3", "2", b"three")
    store.keep_derived("verdict", {"r1": later})
    assert store.derived("verdict") == {"r1": later, "r2": second}
    assert store.derived("other") == {"r1": second}


def test_derived_results_change_nothing_of_a_record(store: LedgerStore) -> None:
    record(store, "r1", some_facts(3))
    before = (list(store.entries("r1")), list(store.texts("r1")), store.roster("r1"), store.runs())
    store.keep_derived("verdict", {"r1": Derived("h", "1", b"x")})
    assert (list(store.entries("r1")), list(store.texts("r1")), store.roster("r1"), store.runs()) == before


def erasing(store: LedgerStore, run: str, *deletions: Deletions) -> None:
    """Say in the run what is erased, and have it deleted."""
    with store.writer(run) as writer:
        for deleted in deletions:
            kept = None if deleted.outline is None else digest(deleted.outline)
            facts: list[Fact] = [TextErased(1, None, seq, kept) for seq in deleted.texts]
            facts += [PersonErased(1, None, who, kept) for who in deleted.people]
            entries, _texts = Scribe(run, writer.head()).write(*facts)
            assert writer.erase(entries, deleted) == Head(entries[-1].seq + 1, entries[-1].hash)


def test_what_is_erased_is_gone_and_everything_else_is_there(opened: Callable[[], LedgerStore]) -> None:
    store = opened()
    for run in ("r1", "r2"):
        record(store, run, some_facts(7), [ENDED])
        store.lay(run, {"draft": "it is number 0"})
    before = list(store.entries("r1"))
    erasing(store, "r1", Deletions(texts=(0, 6), people=("p2",)))
    again = opened()
    assert list(again.entries("r1"))[:-3] == before
    assert {text.seq for text in again.texts("r1")} == {3}
    assert again.roster("r1").keys() == ROSTER.keys() - {"p2"}
    assert (again.desk("r1"), again.desk("r2")) == ({}, {"draft": "it is number 0"})
    assert {text.seq for text in again.texts("r2")} == {0, 3, 6}
    assert again.roster("r2").keys() == ROSTER.keys()
    assert again.find("r1").finished
    assert again.wipe() in {(), (Trace.SERVER,)}


def test_a_scenario_goes_with_the_last_run_that_needs_it(store: LedgerStore) -> None:
    outlines = [b"an outline", b"a shorter outline"]
    for run in ("r1", "r2"):
        record(store, run, some_facts(4), [ENDED])
    first = Deletions(people=("p1",), scenario=digest(SCENARIO), outline=outlines[0])
    erasing(store, "r1", first)
    assert store.document(digest(SCENARIO)) == SCENARIO
    assert store.document(digest(outlines[0])) == outlines[0]
    erasing(store, "r2", Deletions(people=("p1",), scenario=digest(SCENARIO)))
    with pytest.raises(UnknownNameError):
        store.document(digest(SCENARIO))
    erasing(store, "r1", Deletions(texts=(0,), scenario=digest(outlines[0]), outline=outlines[1]))
    with pytest.raises(UnknownNameError):
        store.document(digest(outlines[0]))
    assert store.document(digest(outlines[1])) == outlines[1]
    assert store.document(digest(PLAYBOOK)) == PLAYBOOK


def test_an_erasure_that_does_not_follow_erases_nothing(store: LedgerStore) -> None:
    record(store, "r1", some_facts(4), [ENDED])
    entries, _texts = Scribe("r1").write(TextErased(1, None, 0, None))
    with store.writer("r1") as writer, pytest.raises(ValueError, match="does not follow"):
        writer.erase(entries, Deletions(texts=(0,)))
    assert {text.seq for text in store.texts("r1")} == {0, 3}


def test_a_run_is_removed_as_a_whole_and_nothing_else_is(opened: Callable[[], LedgerStore]) -> None:
    store = opened()
    for run in ("r1", "r2"):
        record(store, run, some_facts(7), [ENDED])
        store.lay(run, {"draft": "it is number 0"})
        store.keep_derived("verdict", {run: Derived("h", "1", b"x")})
        store.label(run, RunLabel(f"name of {run}", hidden=True))

    def kept(store: LedgerStore) -> list[object]:
        texts = [(text.seq, text.pointer) for text in store.texts("r2")]
        return [list(store.entries("r2")), texts, store.roster("r2"), store.desk("r2"), store.derived("verdict")["r2"]]

    before = kept(store)
    with store.writer("r1") as writer:
        writer.remove()
    again = opened()
    assert [info.id for info in again.runs()] == ["r2"]
    assert again.labels() == {"r2": RunLabel("name of r2", hidden=True)}
    assert again.derived("verdict").keys() == {"r2"}
    assert kept(again) == before
    for read in (again.roster, again.desk, again.entries):
        with pytest.raises(UnknownNameError):
            read("r1")
    assert again.document(digest(SCENARIO)) == SCENARIO
    assert again.wipe(records=True) in {(), (Trace.SERVER,)}
    record(again, "r1", some_facts(2))
    assert len(list(again.entries("r1"))) == 2
    assert again.labels().keys() == {"r2"}


def test_documents_go_with_the_last_run_that_names_them(store: LedgerStore) -> None:
    offsets = b"[]"
    with_offsets = replace(HEADER, pins={**HEADER.pins, "offsets": digest(offsets)})
    for run in ("r1", "r2", "r3"):
        header = with_offsets if run != "r3" else HEADER
        entries, texts = Scribe(run, header=header).write(*some_facts(2))
        begin = partial(store.create, run, created=RECORDED, scenario="s", playbook="p", entries=entries)
        begin(documents=(PLAYBOOK, SCENARIO, offsets), texts=texts)

    def kept() -> list[bool]:
        return [has(store, document) for document in (PLAYBOOK, SCENARIO, offsets)]

    for run, left in (("r1", [True, True, True]), ("r2", [True, True, False]), ("r3", [False, False, False])):
        with store.writer(run) as writer:
            writer.remove()
        assert kept() == left, run


def has(store: LedgerStore, document: bytes) -> bool:
    try:
        return store.document(digest(document)) == document
    except UnknownNameError:
        return False


def test_what_was_erased_from_a_run_does_not_stay_for_its_sake_when_another_is_removed(store: LedgerStore) -> None:
    for run in ("r1", "r2"):
        record(store, run, some_facts(4), [ENDED])
    erasing(store, "r1", Deletions(people=("p1",), scenario=digest(SCENARIO), outline=b"an outline"))
    assert has(store, SCENARIO)
    with store.writer("r2") as writer:
        writer.remove()
    assert [has(store, document) for document in (SCENARIO, PLAYBOOK, b"an outline")] == [False, True, True]
    with store.writer("r1") as writer:
        writer.remove()
    assert [has(store, document) for document in (SCENARIO, PLAYBOOK, b"an outline")] == [False, False, False]


def test_labels_are_put_on_runs_and_taken_off(opened: Callable[[], LedgerStore]) -> None:
    store = opened()
    assert store.labels() == {}
    for run in ("r1", "r2"):
        record(store, run, some_facts(2))
    before = list(store.entries("r1"))
    store.label("r1", RunLabel("Team A"))
    store.label("r2", RunLabel(hidden=True))
    with pytest.raises(InputError, match="is named Team A already"):
        store.label("r2", RunLabel("team a"))
    again = opened()
    assert again.labels() == {"r1": RunLabel("Team A"), "r2": RunLabel(hidden=True)}
    assert again.find("Team A").id == "r1"
    assert list(again.entries("r1")) == before
    again.label("r1", RunLabel())
    assert again.labels().keys() == {"r2"}
    with pytest.raises(UnknownNameError):
        again.label("r9", RunLabel("x"))


def test_a_run_that_is_being_written_is_not_removed(opened: Callable[[], LedgerStore]) -> None:
    store, other = opened(), opened()
    record(store, "r1", some_facts(2))
    with store.writer("r1"), pytest.raises(RunBusyError), other.writer("r1", patience=0.05) as writer:
        writer.remove()
    assert len(list(store.entries("r1"))) == 2
