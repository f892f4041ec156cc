"""An entry is one line of canonical JSON with exactly the parts of its scheme."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import orjson
import pytest

from incidentsim.domain.facts import DecisionSource
from incidentsim.ledger.canonical import UncanonicalError
from incidentsim.ledger.digests import ZERO
from incidentsim.ledger.entry import Body, Header, is_timestamp, last_fact, read_entry, timestamp
from tests.support.record import ENDED, HEADER, RECORDED, Scribe, step_taken

FIRST = Body("r1", 0, ZERO, RECORDED, DecisionSource.ENGINE, step_taken(1).to_json(), HEADER)
SECOND = Body("r1", 1, "sha256:" + "a" * 64, RECORDED, DecisionSource.PERSON, step_taken(2).to_json())


def test_the_bytes_are_those_that_the_documentation_shows() -> None:
    entry = Body("r1", 1, ZERO, RECORDED, DecisionSource.BOT, {"at": 1, "fact": "x"}).to_entry()
    assert entry.data == (
        b'{"fact":{"at":1,"fact":"x"},"prev":"sha256:' + b"0" * 64 + b'","recorded":"2026-05-01T08:00:00.000Z",'
        b'"run":"r1","scheme":"incidentsim/entry/1","seq":1,"source":"bot"}'
    )
    assert entry.hash == "sha256:" + sha256(entry.data).hexdigest()


@pytest.mark.parametrize("body", [FIRST, SECOND], ids=["first", "later"])
def test_an_entry_reads_back_as_it_was_written(body: Body) -> None:
    assert read_entry(body.to_entry().data) == body


def test_the_header_names_program_documents_and_options() -> None:
    header = orjson.loads(FIRST.to_entry().data)["header"]
    assert header == {
        "program": "incidentsim 0.0.0",
        "playbook": HEADER.playbook,
        "scenario": HEADER.scenario,
        "fact_scheme": "incidentsim/fact/1",
        "options": {"bots": False},
        "pins": dict(HEADER.pins),
    }


def test_an_earlier_header_without_pins_and_an_entry_without_a_seat_are_read_as_they_are() -> None:
    value = orjson.loads(FIRST.to_entry().data)
    del value["header"]["pins"]
    data = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    body = read_entry(data)
    assert body.header == replace(HEADER, pins={})
    assert body.seat is None
    assert body.to_entry().data == data


@pytest.mark.parametrize("seat", ["p2", "host", "Team_7-b", "9" * 64])
def test_an_entry_may_name_the_seat_at_which_it_was_decided(seat: str) -> None:
    for body in (FIRST, SECOND):
        entry = replace(body, seat=seat).to_entry()
        assert orjson.loads(entry.data)["seat"] == seat
        assert read_entry(entry.data) == replace(body, seat=seat)


WRONG: list[tuple[int, dict[str, Any], str]] = [
    (0, {"scheme": "incidentsim/entry/2"}, "$.scheme"),
    (0, {"scheme": None}, "$.scheme"),
    (1, {"seq": -1}, "$.seq"),
    (1, {"seq": True}, "$.seq"),
    (1, {"seq": "1"}, "$.seq"),
    (1, {"header": HEADER.to_json()}, "$"),
    (0, {"header": ...}, "$"),
    (0, {"extra": 1}, "$"),
    (1, {"prev": ...}, "$"),
    (1, {"run": ""}, "$.run"),
    (1, {"run": 5}, "$.run"),
    (1, {"prev": "sha256:" + "A" * 64}, "$.prev"),
    (1, {"prev": "a" * 64}, "$.prev"),
    (1, {"recorded": "2026-05-01 08:00:00"}, "$.recorded"),
    (1, {"recorded": "2026-05-01T08:00:00.000+02:00"}, "$.recorded"),
    (1, {"recorded": "2026-05-01T08:00:00.000Z\n"}, "$.recorded"),
    (1, {"source": "oracle"}, "$.source"),
    (1, {"source": ["bot"]}, "$.source"),
    (1, {"fact": []}, "$.fact"),
    (1, {"fact": {"at": 1}}, "$.fact"),
    (1, {"fact": {"at": "1", "fact": "x"}}, "$.fact"),
    (0, {"header": []}, "$.header"),
    (0, {"header": {}}, "$.header"),
    (0, {"header": HEADER.to_json() | {"program": 1}}, "$.header.program"),
    (0, {"header": HEADER.to_json() | {"playbook": "sha256:1"}}, "$.header.playbook"),
    (0, {"header": HEADER.to_json() | {"options": []}}, "$.header.options"),
    (0, {"header": HEADER.to_json() | {"pins": []}}, "$.header.pins"),
    (0, {"header": HEADER.to_json() | {"pins": {"zones": "2026a"}}}, "$.header.pins"),
    (0, {"header": HEADER.to_json() | {"pins": {"zones": None}}}, "$.header.pins"),
    (0, {"header": HEADER.to_json() | {"pin": {}}}, "$.header"),
    (1, {"seat": ""}, "$.seat"),
    (1, {"seat": None}, "$.seat"),
    (1, {"seat": "Zhou Kai"}, "$.seat"),
    (1, {"seat": "周凯"}, "$.seat"),
    (1, {"seat": "x" * 65}, "$.seat"),
    (0, {"seat": ["p1"]}, "$.seat"),
]


@pytest.mark.parametrize(("which", "change", "path"), WRONG, ids=str)
def test_an_entry_of_another_shape_is_refused_with_the_place(which: int, change: dict[str, Any], path: str) -> None:
    value = orjson.loads((FIRST, SECOND)[which].to_entry().data) | change
    for name in [name for name, part in value.items() if part is ...]:
        del value[name]
    with pytest.raises(UncanonicalError, match=r"^At \$.* an entry needs .*\.$") as caught:
        read_entry(orjson.dumps(value, option=orjson.OPT_SORT_KEYS))
    assert caught.value.path == path


def test_a_body_of_another_shape_cannot_become_an_entry() -> None:
    with pytest.raises(UncanonicalError, match=r"\$\.recorded"):
        Body("r1", 1, ZERO, "yesterday", DecisionSource.BOT, {"at": 1, "fact": "x"}).to_entry()


def test_a_header_of_another_program_version_is_read_all_the_same() -> None:
    header = Header("otherprogram 9", HEADER.playbook, HEADER.scenario, {"new": [1, {"deep": True}]}, "other/fact/3")
    assert Header.from_json(header.to_json()) == header


def test_times_are_written_in_utc_with_milliseconds() -> None:
    beijing = timezone(timedelta(hours=8))
    assert timestamp(datetime(2026, 5, 1, 16, 0, 0, 999_999, beijing)) == "2026-05-01T08:00:00.999Z"
    assert timestamp(datetime(2026, 5, 1, tzinfo=UTC)) == "2026-05-01T00:00:00.000Z"
    assert is_timestamp(timestamp(datetime.max.replace(tzinfo=UTC)))


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        timestamp(datetime(2026, 5, 1))  # noqa: DTZ001 - that is what is refused


def test_the_last_fact_of_a_run_is_told_from_its_bytes_and_nothing_of_damaged_ones() -> None:
    (entry,), _ = Scribe("r1").write(ENDED)
    assert last_fact(entry.data) == ("exercise_ended", 9_000_000)
    for damaged in (b"", b"{", b"[]", b"{}", b'{"fact":[]}', b'{"fact":{"fact":"x"}}'):
        assert last_fact(damaged) == (None, None)
