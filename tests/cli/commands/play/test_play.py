"""`incidentsim play`: what can be asked for, what is wrong said at once, runs taken up as they were begun."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from incidentsim.cli import screens
from incidentsim.service import Service
from incidentsim.service.seating import people
from tests.support.facts import on_record
from tests.support.screens import session_on

if TYPE_CHECKING:
    from tests.cli.conftest import Run

Answers = Callable[..., None]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """What comes in by stdin."""

    def give(*lines: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    give()
    return give


@pytest.mark.usefixtures("answers")
@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ((), "Name a scenario, or a run with --resume."),
        (("false-alarm", "--resume", "last"), "Name a scenario, or a run with --resume."),
        (("--resume", "last", "--as", "discoverer"), "A run goes on with the roles, playbook and seed"),
        (("--resume", "last", "--seed", "7"), "A run goes on with the roles, playbook and seed"),
        (("--resume", "last", "--playbook", "platform-incidents"), "A run goes on with the roles, playbook and seed"),
        (("false-alarm", "--players", "2"), "--players and --minutes go together"),
        (("false-alarm", "--minutes", "60"), "--players and --minutes go together"),
        (("false-alarm", "--players", "2", "--minutes", "60", "--as", "discoverer"), "and without --as"),
        (("--resume", "last", "--players", "2", "--minutes", "60"), "A run goes on with the roles"),
        (("false-alarm", "--players", "99", "--minutes", "60"), "people for 1 to 13 players"),
        (("fals-alarm",), "false-alarm"),
        (("nowhere/at-all.yaml",), "nowhere"),
        (("false-alarm", "--as", "lord_mayor"), "There is no role lord_mayor to play here; there are: discoverer"),
        (("false-alarm", "--as", "customer"), "There is no role customer to play here"),
        (("false-alarm", "--playbook", "none-such"), "none-such"),
        (("false-alarm", "--seed", "-1"), "--seed"),
        (("false-alarm", "--seed", "many"), "--seed"),
        (("--resume", "none-such"), "There is no run called none-such"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_recorded(
    argv: tuple[str, ...], said: str, run: "Run", service: Service
) -> None:
    outcome = run("play", "--plain", *argv)
    assert outcome.code == 2
    assert said in outcome.err
    assert outcome.out == ""
    assert list(service.records.runs()) == []


@pytest.mark.usefixtures("answers")
def test_without_a_terminal_it_says_what_there_is_instead(run: "Run", service: Service) -> None:
    run("replay", "false-alarm")
    for argv in (("false-alarm",), ("false-alarm", "--as", "discoverer"), ("--resume", "last")):
        outcome = run("play", *argv)
        assert (outcome.code, outcome.out) == (2, "")
        assert "incidentsim replay" in outcome.err
        assert "incidentsim play --plain" in outcome.err
    assert len(list(service.records.runs())) == 1


@pytest.mark.parametrize("argv", [("fals-alarm",), ("false-alarm", "--as", "lord_mayor"), ("--resume", "none-such")])
def test_on_a_terminal_what_is_wrong_is_said_before_a_screen_opens(
    argv: tuple[str, ...], run: "Run", monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    monkeypatch.setattr(screens, "on_terminal", lambda: True)
    monkeypatch.setattr(screens, "show", lambda *args: opened.append(args))
    outcome = run("play", *argv)
    assert (outcome.code, opened) == (2, [])


@pytest.mark.parametrize("scenario", ["false-alarm", "ransomware-at-dawn"])
def test_whoever_names_no_role_plays_whom_the_briefing_proposes(
    scenario: str, run: "Run", answers: Answers, service: Service
) -> None:
    answers("quit")
    outcome = run("play", "--plain", scenario)
    assert outcome.code == 0
    found = service.library.playable(scenario)
    proposed = service.exercises.prospect(scenario, None, "en").seat_for_one
    who = [one.name.en for one in people(found) if one.pseudonym in proposed]
    assert [f"You are {name}" in outcome.out for name in who] == [True]


def test_so_many_people_share_the_keyboard_as_a_plan_proposes(run: "Run", answers: Answers, service: Service) -> None:
    answers("hand", "hand 2", "quit")
    outcome = run("play", "--plain", "false-alarm", "--players", "2", "--minutes", "60")
    assert outcome.code == 0
    plan = service.exercises.prospect("false-alarm", None, "en").plan(2, 60)
    names = {one.pseudonym: one.name.en for one in service.library.playable("false-alarm").scenario.people.values()}
    first, second = (", ".join(names[name] for name in part.people) for part in plan.players)
    for name in plan.players[0].people:
        assert f"You are {names[name]}" in outcome.out, "a player has all their people before them"
    assert sorted(f"1 {first}, 2 {second}") == sorted(
        outcome.out.partition("Say who takes the keyboard now: ")[2].partition(".")[0]
    )
    assert "Now it is the turn of " in outcome.out


def test_several_roles_are_played_by_naming_them_one_after_the_other(run: "Run", answers: Answers) -> None:
    answers()
    outcome = run("play", "--plain", "false-alarm", "--as", "discoverer", "--as", "response_team_lead")
    assert outcome.out.count("You are ") == 2


def test_a_scenario_can_be_a_file_and_the_seed_another(
    run: "Run", answers: Answers, false_alarm: Path, service: Service
) -> None:
    answers("go", "quit")
    assert run("play", "--plain", false_alarm, "--seed", "99").code == 0
    assert on_record(service.records.show("last").facts[0])["seed"] == 99


def test_a_run_goes_on_where_it_was(run: "Run", answers: Answers, service: Service) -> None:
    answers("go", "1", "Because.")
    first = run("play", "--plain", "false-alarm", "--as", "response_team_lead")
    assert "--resume" in first.out
    before = len(service.records.show("last").facts)
    answers("log", "do confirm", "", "send")
    outcome = run("play", "--plain", "--resume", "last")
    assert outcome.code == 0
    assert "“Fourteen times the usual” goes on." in outcome.out
    assert "There stands “Because.”; Enter keeps it." in outcome.out
    assert len(service.records.show("last").facts) > before


@pytest.mark.usefixtures("answers")
def test_what_cannot_be_gone_on_with_says_why(run: "Run", service: Service) -> None:
    finished = service.exercises.replay("false-alarm").report.run or ""
    outcome = run("play", "--plain", "--resume", finished)
    assert outcome.code == 2
    assert "is finished" in outcome.err
    session = session_on(service)
    outcome = run("play", "--plain", "--resume", session.run or "")
    assert outcome.code == 3
    assert "is being written elsewhere" in outcome.err
    session.close()


def test_the_run_is_free_for_others_after_an_error(
    run: "Run", answers: Answers, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers("go")

    def broken(_self: object, *_args: object, **_options: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("incidentsim.session.session.Session.go_on", broken)
    outcome = run("play", "--plain", "false-alarm")
    assert outcome.code == 3
    assert "a fault of ours" in outcome.err
    service.exercises.take_up("last").close()


def test_chinese_is_spoken_from_the_first_line(run: "Run", answers: Answers) -> None:
    answers("退出")
    outcome = run("--lang", "zh", "play", "--plain", "false-alarm")
    assert outcome.out.startswith("平时的十四倍")
