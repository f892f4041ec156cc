"""A shell completes runs, scenarios and playbooks; a mistyped command is told with the nearest."""

from typing import TYPE_CHECKING

import pytest
from click.shell_completion import ShellComplete

from incidentsim import composition
from incidentsim.cli.group import root
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from tests.support.home_screens import with_runs

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def _recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two finished runs and one that is not, of which one has a name."""
    service: Service = with_runs()
    service.keeping.name("run-0001", "Ours")
    monkeypatch.setattr(composition, "service", lambda **_given: service)


def completed(*before: str, incomplete: str) -> list[str]:
    shell = ShellComplete(root(), {"obj": None}, "incidentsim", "_INCIDENTSIM_COMPLETE")
    return [item.value for item in shell.get_completions(list(before), incomplete) if item.type == "plain"]


@pytest.mark.parametrize(
    ("before", "incomplete", "expected"),
    [
        (("show",), "run-", ["run-0001", "run-0002", "run-0003"]),
        (("export",), "Ou", ["Ours"]),
        (("verify",), "run-0001", ["run-0001"]),
        (("compare", "last"), "run-0002", ["run-0002"]),
        (("play", "--resume"), "la", ["last"]),
        (("runs", "delete"), "run-0003", ["run-0003"]),
        (("play",), "false", ["false-alarm"]),
        (("play", "false-alarm", "--playbook"), "plat", ["platform-incidents"]),
        ((), "repl", ["replay"]),
    ],
)
def test_names_are_completed_wherever_a_command_takes_one(
    before: tuple[str, ...], incomplete: str, expected: list[str]
) -> None:
    assert completed(*before, incomplete=incomplete) == expected


def test_where_nothing_can_be_read_nothing_is_offered_and_nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_given: object) -> Service:
        raise OSError("no disk")

    monkeypatch.setattr(composition, "service", broken)
    assert completed("show", incomplete="run-") == []
    assert MemoryStore().runs() == ()


def test_a_mistyped_command_is_told_with_the_nearest(run: "Run") -> None:
    outcome = run("repley")
    assert outcome.code == 2
    assert outcome.err == "Error: There is no command repley; the nearest valid one is replay.\n"
    assert "没有" in run("--lang", "zh", "repley").err
