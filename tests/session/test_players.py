"""Names of players: kept beside the record while they play, on record once it is over, and no part of the outcome."""

import json

import pytest

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import FactKind, PlayerSeated
from incidentsim.domain.interventions import End
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.session.local_seat import LocalSeat
from incidentsim.session.seats import PLAYERS, names_now, sittings
from incidentsim.session.session import LONGEST_NAME
from incidentsim.session.workspace import Workspace
from tests.support.at_the_table import BOTH
from tests.support.erasing import read
from tests.support.screens import service_on, session_on


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def service(store: MemoryStore) -> Service:
    return service_on(store)


def seat_of(service: Service) -> LocalSeat:
    return LocalSeat(session_on(service, roles=BOTH, mode="hot_seat"))


def seated(seat: LocalSeat) -> list[PlayerSeated]:
    return [fact for fact in seat.session.facts if isinstance(fact, PlayerSeated)]


def test_whoever_sits_down_is_called_by_name_and_may_come_late_or_go(service: Service) -> None:
    seat = seat_of(service)
    assert [person.played_by for person in seat.view("en").people] == ["", ""]
    seat.seat_player(1, " Anna ")
    assert [person.played_by for person in seat.view("en").people] == ["Anna", ""]
    seat.go_on()
    seat.seat_player(2, "Ben")
    seat.seat_player(1, "Cleo")
    assert [person.played_by for person in seat.view("zh").people] == ["Cleo", "Ben"]
    seat.seat_player(2, "")
    assert names_now(seat.workspace) == {1: "Cleo"}
    assert [one.name for one in sittings(seat.workspace)] == ["Anna", "Ben", "Cleo", ""]


def test_who_sat_where_goes_on_record_with_the_end_and_not_before(service: Service, store: MemoryStore) -> None:
    seat = seat_of(service)
    seat.seat_player(1, "Anna")
    seat.go_on()
    seat.seat_player(2, "Ben")
    late = seat.session.now
    assert seated(seat) == []
    seat.intervene(End())
    ended = next(n for n, fact in enumerate(seat.session.facts) if fact.kind == FactKind.EXERCISE_ENDED)
    assert [fact.kind for fact in seat.session.facts[ended + 1 :]] == [FactKind.PLAYER_SEATED] * 2
    assert [(fact.since, fact.player, fact.people) for fact in seated(seat)] == [(0, 1, ("p2",)), (late, 2, ("p4",))]
    run = seat.view("en").run
    seat.close()
    (info,) = service.records.runs()
    assert info.finished
    assert info.id == run
    kept = [fact for fact in read(store, info.id).facts if isinstance(fact, PlayerSeated)]
    assert [fact.name.say("en") for fact in kept] == ["Anna", "Ben"]


@pytest.mark.parametrize("names", [(), ("Anna", "Ben")])
def test_the_outcome_is_the_same_whoever_plays(service: Service, names: tuple[str, ...]) -> None:
    seat = seat_of(service)
    bare = seat_of(service)
    for number, name in enumerate(names, 1):
        seat.seat_player(number, name)
    for one in (seat, bare):
        one.go_on()
        one.intervene(End())
    assert seat.session.view().report.outcome_digest == bare.session.view().report.outcome_digest


def test_names_outlast_leaving(service: Service) -> None:
    seat = seat_of(service)
    seat.seat_player(2, "Ben")
    run = seat.view("en").run
    assert run is not None
    seat.close()
    again = LocalSeat(service.exercises.take_up(run))
    assert [person.played_by for person in again.view("en").people] == ["", "Ben"]
    again.intervene(End())
    assert [fact.player for fact in seated(again)] == [2]


@pytest.mark.parametrize("number", [0, 3, -1])
def test_there_is_no_other_seat(service: Service, number: int) -> None:
    with pytest.raises(InputError, match="There is no seat"):
        seat_of(service).seat_player(number, "Anna")


def test_a_name_is_as_long_as_names_are_and_may_be_any_text(service: Service) -> None:
    seat = seat_of(service)
    seat.seat_player(1, "x" * 1000)
    seat.seat_player(2, "[b]A\x1b[31m\ud83d")
    assert len(names_now(seat.workspace)[1]) == LONGEST_NAME
    seat.intervene(End())
    assert len(seated(seat)) == 2


@pytest.mark.parametrize(
    "kept",
    [
        "{}", "[1]", "nonsense", '[{"since": 0}]', '[{"since": -1, "player": 1, "people": [], "name": "x"}]',
        '[{"since": 0, "player": 0, "people": [], "name": "x"}]',
        '[{"since": 0, "player": 1, "people": [7], "name": "x"}]',
        '[{"since": true, "player": 1, "people": [], "name": "x"}]',
        json.dumps([{"since": 10**20, "player": 1, "people": [], "name": "x"}]),
    ],
)  # fmt: skip
def test_of_what_is_kept_nothing_is_believed(kept: str) -> None:
    workspace = Workspace(None, None)
    workspace.put(PLAYERS, kept)
    assert sittings(workspace) == ()
