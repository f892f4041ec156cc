"""`incidentsim plan`: a table or JSON on stdout, nothing on record, and what is impossible refused with what is not."""

import json
from typing import TYPE_CHECKING

import pytest

from incidentsim.service import Service

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def test_a_plan_is_printed_and_nothing_recorded(run: "Run", service: Service) -> None:
    outcome = run("plan", "false-alarm", "--players", "3", "--minutes", "60")
    assert outcome.code == 0
    assert "Who plays whom" in outcome.out
    assert "Hot wash" in outcome.out
    assert outcome.err == ""
    assert list(service.records.runs()) == []


def test_json_is_for_programs(run: "Run") -> None:
    outcome = run("plan", "false-alarm", "--players", "2", "--minutes", "60", "--facilitated", "--format", "json")
    data = json.loads(outcome.out)
    assert (len(data["players"]), data["facilitated"]) == (2, True)


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("--players", "99", "--minutes", "60"), "99 players are not possible here: this scenario has people for 1 to"),
        (("--players", "0", "--minutes", "60"), "0 players are not possible here"),
        (("--players", "2", "--minutes", "3"), "3 minutes are not possible here: briefing, play and hot wash take 19"),
        (("--players", "2", "--minutes", "9999"), "to 1440 minutes"),
        (("--players", "many", "--minutes", "60"), "--players"),
        (("--minutes", "60"), "--players"),
        (("--players", "2"), "--minutes"),
        (("--players", "2", "--minutes", "60", "--playbook", "none-such"), "none-such"),
    ],
)
def test_what_is_impossible_is_refused_with_what_would_be_valid(argv: tuple[str, ...], said: str, run: "Run") -> None:
    outcome = run("plan", "false-alarm", *argv)
    assert outcome.code == 2
    assert said in outcome.err
    assert outcome.out == ""
