"""One notion of local time, from the kernel to every output, kept with the run whatever zone data come later."""

import csv
import io
import itertools
import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.definitions.local_time.table import PIN, read_table
from incidentsim.definitions.local_time.zones import zone
from incidentsim.domain.facts import FactKind
from incidentsim.domain.local_time import instant_and_offset
from incidentsim.exports import formats
from incidentsim.exports.format_types import ExportOptions
from incidentsim.ledger.chain import Head
from incidentsim.ledger.entry import read_entry
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from tests.support.examples import examples
from tests.support.local_times import forget_zone_data, plant
from tests.support.long_nights import NIGHTS, story
from tests.support.screens import service_on

FAST = NIGHTS[:1]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _as_found() -> Iterator[None]:
    yield
    forget_zone_data()


def exported(service: Service, run: str, format_id: str, table: str = "timeline") -> str:
    blocks = formats.find(format_id).blocks(service.exports.source(run), ExportOptions(("en",), table))
    return b"".join(blocks).decode("utf-8-sig")


def rows(service: Service, run: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported(service, run, "csv"))))


def expected(at: int, place: ZoneInfo, starts: str) -> datetime:
    return (EPOCH + timedelta(milliseconds=instant_and_offset(starts)[0] + at)).astimezone(place)


@pytest.mark.parametrize(
    ("name", "starts"), [*FAST, *(pytest.param(*night, marks=pytest.mark.slow) for night in NIGHTS[1:])]
)
def test_all_outputs_agree_with_the_clocks_of_the_place(name: str, starts: str, tmp_path: Path) -> None:
    service = service_on(MemoryStore())
    service.exercises.replay(story(tmp_path, name, starts), bots=True)
    place = zone(name)
    facts = service.records.show("run-0001").facts
    clocks = {fact.at: expected(fact.at, place, starts) for fact in facts}
    assert len({moment.utcoffset() for moment in clocks.values()}) == 2, "the story goes on after the change"

    table = rows(service, "run-0001")
    for row, fact in zip(table, facts, strict=True):
        moment = clocks[fact.at]
        assert row["Date"] == moment.date().isoformat()
        assert row["Time"].startswith(f"{moment:%H:%M}")
        assert datetime.fromisoformat(row["Instant"]).isoformat() == moment.isoformat()
    shown = json.loads(exported(service, "run-0001", "json"))
    assert [one["instant"] for one in shown["record"]] == [row["Instant"] for row in table]

    told = exported(service, "run-0001", "text")
    lines = re.findall(r"^ +#(\d+) +(\d\d:\d\d)", told.partition("Duties\n")[0], re.MULTILINE)
    assert {int(number): time for number, time in lines} == {
        number: f"{clocks[fact.at]:%H:%M}" for number, fact in enumerate(facts)
    }
    report = exported(service, "run-0001", "md")
    for fact in facts:
        assert f"{clocks[fact.at]:%Y-%m-%d %H:%M}" in report

    anchored = [fact for fact in facts if fact.kind == FactKind.ANCHOR_REACHED]
    assert anchored
    reached = {one["anchor"]["at"] for one in shown["clocks"]["checkout"] if one["pack"] == "eu" and "anchor" in one}
    assert reached <= {clocks[fact.at].isoformat(timespec="seconds") for fact in anchored}
    oscal = exported(service, "run-0001", "oscal")
    assert clocks[facts[-1].at].isoformat(timespec="seconds") in oscal


@pytest.mark.parametrize(("name", "starts"), FAST)
def test_people_work_and_sleep_by_the_clocks_of_the_place(name: str, starts: str, tmp_path: Path) -> None:
    """What waits for working hours comes at nine, before the change and after it."""
    service = service_on(MemoryStore())
    service.exercises.replay(story(tmp_path, name, starts), bots=True)
    facts = service.records.show("run-0001").facts
    planned = [fact.due for fact in facts if fact.kind == FactKind.ESCALATION_PLANNED]
    at_nine = {f"{expected(due, zone(name), starts):%H:%M}" for due in planned}
    offsets = {expected(due, zone(name), starts).utcoffset() for due in planned}
    assert "09:00" in at_nine
    assert len(offsets) == 2 or offsets == {expected(facts[-1].at, zone(name), starts).utcoffset()}


RULES = [
    pytest.param({"Europe/Berlin": "CET-1"}, id="no change any more"),
    pytest.param({"Europe/Berlin": None}, id="no such zone", marks=pytest.mark.slow),
    pytest.param({"Europe/Berlin": "CET-1CEST,M3.5.0,M11.1.0/3"}, id="another day", marks=pytest.mark.slow),
    pytest.param({"Europe/Berlin": "XXX-7"}, id="another offset", marks=pytest.mark.slow),
]


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> tuple[MemoryStore, Path]:
    """A run on record, of a story across a change; and one that was broken off in the middle."""
    store = MemoryStore()
    path = story(tmp_path_factory.mktemp("story"), *NIGHTS[0])
    service = service_on(store)
    service.exercises.replay(path, bots=True)
    steps = itertools.count()

    def break_off() -> None:
        if next(steps) == 30:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        service.exercises.replay(path, bots=True, on_step=break_off)
    return store, path


@pytest.mark.parametrize("rules", RULES)
def test_a_run_stays_as_it_was_under_other_zone_data(
    rules: dict[str, str | None],
    recorded: tuple[MemoryStore, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Shown, evaluated, exported, resumed and replayed from its script: the table counts, not the machine."""
    store, path = recorded
    service = service_on(deepcopy(store))
    before = service.records.show("run-0001")
    outputs = {name: exported(service, "run-0001", name) for name in ("text", "json", "csv", "script", "md")}

    plant(monkeypatch, tmp_path, rules)
    service = service_on(deepcopy(store))
    assert service.records.show("run-0001").report.outcome_digest == before.report.outcome_digest
    assert {name: exported(service, "run-0001", name) for name in outputs} == outputs
    resumed = service.exercises.resume("run-0002")
    assert resumed.report.outcome_digest == before.report.outcome_digest
    (tmp_path / "script.yaml").write_text(without_places(outputs["script"]), encoding="utf-8")
    again = service.exercises.replay(tmp_path / "script.yaml", record=False)
    assert again.report.outcome_digest == before.report.outcome_digest
    if rules["Europe/Berlin"] is not None:  # a new run goes by the new data, so this test could fail
        new = service.exercises.replay(path, record=False, bots=True)
        assert new.scenario.local_time.changes(10**8) != before.scenario.local_time.changes(10**8)


def without_places(script: str) -> str:
    """The script without the time zone of its law, which is checked where a scenario is read."""
    return re.sub(r"\n +zones:( \{.*\}|\n +EU: .*)|, zones: \{[^}]*\}", "", script)


RULE = st.builds(
    lambda offset, month, week, hour: f"XXX{-offset}YYY,M{month}.{week}.0/{hour},M{month % 12 + 1}.1.0/{hour}",
    st.integers(-11, 12),
    st.integers(1, 12),
    st.integers(1, 5),
    st.integers(0, 23),
)


@pytest.mark.slow
@examples(15)
@given(rule=RULE)
def test_no_rule_that_anybody_may_make_moves_a_recorded_run(
    rule: str, recorded: tuple[MemoryStore, Path], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store, _path = recorded
    expected_digest = service_on(store).records.show("run-0001").report.outcome_digest
    with pytest.MonkeyPatch.context() as patch:
        plant(patch, tmp_path_factory.mktemp("tzdata"), {"Europe/Berlin": rule})
        assert service_on(deepcopy(store)).exercises.resume("run-0002").report.outcome_digest == expected_digest


def test_the_table_is_stored_with_the_run_and_pinned_by_its_first_entry(recorded: tuple[MemoryStore, Path]) -> None:
    store, _path = recorded
    header = read_entry(next(iter(store.entries("run-0001")))).header
    assert header is not None
    table = read_table(store.document(header.pins[PIN]))
    assert table.zone == "Europe/Berlin"
    assert table == service_on(store).records.show("run-0001").scenario.offsets


def as_of_an_earlier_version(store: MemoryStore, run: str) -> MemoryStore:
    """The same run without a table: the first entry pins none, and the chain is made anew."""
    found, head, entries = MemoryStore(), Head(), []
    for data in store.entries(run):
        body = read_entry(data)
        header = body.header
        if header is not None:
            header = replace(header, pins={name: pin for name, pin in header.pins.items() if name != PIN})
        entry = replace(body, prev=head.hash, header=header).to_entry()
        head = Head(entry.seq + 1, entry.hash)
        entries.append(entry)
    first = read_entry(entries[0].data).header
    assert first is not None
    info = store.find(run)
    found.create(
        run,
        created=info.created,
        scenario=info.scenario,
        playbook=info.playbook,
        documents=[store.document(first.playbook), store.document(first.scenario)],
        roster=store.roster(run),
        entries=entries,
        texts=list(store.texts(run)),
    )
    return found


def test_a_run_without_a_table_goes_on_as_it_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the offset of its start, as every run of an earlier version; made here where no clock ever changed."""
    with monkeypatch.context() as patch:
        plant(patch, tmp_path, {"Europe/Berlin": "CET-2"})
        store = MemoryStore()
        service = service_on(store)
        whole = service.exercises.replay(story(tmp_path, *NIGHTS[0]), bots=True)
        steps = itertools.count()

        def break_off() -> None:
            if next(steps) == 30:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            service.exercises.replay(tmp_path / "long-night.yaml", bots=True, on_step=break_off)
    forget_zone_data()
    old = service_on(as_of_an_earlier_version(store, "run-0002"))
    assert old.records.show("run-0002").scenario.local_time.changes(10**9) == []
    assert old.exercises.resume("run-0002").report.outcome_digest == whole.report.outcome_digest
    assert old.records.verify("run-0002").holds
    new = service_on(MemoryStore()).exercises.replay(tmp_path / "long-night.yaml", bots=True, record=False)
    assert new.report.outcome_digest != whole.report.outcome_digest, "or it would not have mattered"
