"""What pyproject.toml asks for can be installed at its lower end, and nothing is held back at its upper one."""

import runpy
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / ".ci" / "lower_bounds.py"
pytestmark = pytest.mark.skipif(not SCRIPT.exists(), reason="an unpacked source distribution has no .ci")


@pytest.fixture
def lower_bounds() -> Callable[[list[str]], dict[str, str]]:
    found: Callable[[list[str]], dict[str, str]] = runpy.run_path(str(SCRIPT))["lower_bounds"]
    return found


def test_every_requirement_is_constrained_to_its_lower_bound(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [str(SCRIPT)])
    runpy.run_path(str(SCRIPT), run_name="__main__")
    written = dict(line.split("==") for line in capsys.readouterr().out.splitlines())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"click>={written['click']}" in project["dependencies"]
    assert f"psycopg[binary]>={written['psycopg']}" in project["optional-dependencies"]["postgres"]
    assert f"pytest>={written['pytest']}" in project["optional-dependencies"]["test"]


@pytest.mark.parametrize(
    "requirement", ["click", "click==8.3", "click>=8.3,<9", "click<9", "click>=8.3; python_version<'4'"]
)
def test_a_requirement_without_a_lower_bound_or_with_more_is_refused(
    requirement: str, lower_bounds: Callable[[list[str]], dict[str, str]]
) -> None:
    with pytest.raises(ValueError, match="click"):
        lower_bounds(["rich>=14.2", requirement])


def test_two_lower_bounds_for_one_thing_are_refused(lower_bounds: Callable[[list[str]], dict[str, str]]) -> None:
    assert lower_bounds(["psycopg[binary]>=3.2.6", "psycopg>=3.2.6"]) == {"psycopg": "3.2.6"}
    with pytest.raises(ValueError, match="two lower bounds"):
        lower_bounds(["psycopg[binary]>=3.2.6", "psycopg>=3.3"])
