"""The record of a run that is not over is the facilitator's, and whoever reads it is told so."""

from typing import TYPE_CHECKING

import pytest

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.service import Service
from incidentsim.session.seats import Seats, holders

if TYPE_CHECKING:
    from tests.cli.conftest import Run

TELLING = {
    "show": ("show", "last"),
    "show, in part": ("show", "last", "--limit", "3"),
    "export": ("export", "last", "--format", "md"),
    "export, as it is stored": ("export", "last", "--format", "jsonl"),
    "script": ("runs", "script", "last"),
    "compare": ("compare", "last", "last"),
    "rejudge": ("rejudge", "last", "--playbook", "platform-incidents"),
}
OTHERS_MAIL = "Somebody sells our numbers?"


def marks(name: str) -> tuple[pytest.MarkDecorator, ...]:
    """The fast tests try the cheap ones."""
    return () if name in {"show, in part", "script"} else (pytest.mark.slow,)


@pytest.fixture
def played(service: Service) -> None:
    """Somebody plays, is not done yet, and has left for a moment."""
    known = service.library.playable("number-masking-leak")
    seats = Seats(holders(known.playbook, known.scenario, ("response_team_lead",)))
    session = service.exercises.open_session("number-masking-leak", seats)
    session.go_on()
    session.close()


@pytest.mark.usefixtures("played")
@pytest.mark.parametrize("call", [pytest.param(call, id=name, marks=marks(name)) for name, call in TELLING.items()])
def test_a_run_that_people_are_playing_is_told_to_nobody_but_its_facilitator(call: tuple[str, ...], run: "Run") -> None:
    refused = run(*call)
    assert refused.code == ExitCode.WRONG_INPUT
    assert "people play it" in refused.err
    assert "--facilitator" in refused.err
    assert OTHERS_MAIL not in refused.out
    told = run(*call, "--facilitator")
    assert told.code in {ExitCode.POSITIVE, ExitCode.NEGATIVE}
    assert "the facilitator's view" in told.err


@pytest.mark.usefixtures("played")
def test_verifying_tells_nothing_and_asks_nothing(run: "Run") -> None:
    assert run("verify", "last").code == ExitCode.POSITIVE


def test_of_a_run_that_is_over_nothing_is_asked(run: "Run", service: Service) -> None:
    service.exercises.replay("false-alarm")
    told = run("show", "last")
    assert (told.code, told.err) == (ExitCode.POSITIVE, "")


def test_of_a_replay_that_was_cut_off_it_is_only_said(run: "Run", service: Service) -> None:
    def cut_off() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        service.exercises.replay("false-alarm", on_step=cut_off)
    told = run("show", "last")
    assert told.code == ExitCode.POSITIVE
    assert "the facilitator's view" in told.err
