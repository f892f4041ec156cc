"""What a list of runs is told of each without reading it."""

from pathlib import Path

from incidentsim import composition
from incidentsim.ledger.memory import MemoryStore
from incidentsim.session.seats import Seats
from tests.support.screens import service_on


def test_the_title_of_a_scenario_that_is_on_no_shelf_is_that_of_the_one_kept_with_the_run(tmp_path: Path) -> None:
    service = service_on(MemoryStore())
    shipped = (composition.shipped("scenarios") / "false-alarm.yaml").read_text(encoding="utf-8")
    elsewhere = tmp_path / "s.yaml"
    elsewhere.write_text(shipped.replace("id: false-alarm", "id: thing-l2", 1), encoding="utf-8")
    seats = Seats(service.exercises.prospect(elsewhere, None, "en").seat_for_one)
    service.exercises.open_session(elsewhere, seats).close()
    elsewhere.unlink()
    (info,) = service.records.runs()
    assert info.untouched
    title = service.records.scenario_title(info)
    assert title is not None
    assert title.en == "Fourteen times the usual"


def test_a_run_in_which_something_has_happened_is_not_untouched() -> None:
    service = service_on(MemoryStore())
    seats = Seats(service.exercises.prospect("false-alarm", None, "en").seat_for_one)
    session = service.exercises.open_session("false-alarm", seats)
    session.go_on()
    session.close()
    assert [one.untouched for one in service.records.runs()] == [False]
