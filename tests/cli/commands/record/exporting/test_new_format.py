"""A new export format is one row of the table: with it alone, everything that offers formats offers it."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from incidentsim.exports import formats
from incidentsim.exports.format_types import ExportFormat, ExportOptions, RunSource
from incidentsim.service import exports
from incidentsim.tui.dialogs.export_menu import EVERYTHING
from incidentsim.tui.dialogs.prompts import ChooseScreen, PickList
from tests.cli.conftest import Run
from tests.support.debrief_screens import debrief, played_by_bots
from tests.support.evidence import members_of
from tests.support.home_screens import home, press, settled, visit, with_runs


def _made(source: RunSource, options: ExportOptions) -> Iterable[bytes]:
    return [f"{source.report.scenario} {' '.join(options.languages)}".encode()]


SIGNAL = ExportFormat(
    "signal",
    "As smoke signals",
    _made,
    "{run}.signal",
    "signals.txt",
    help="as smoke signals (signal)",
    languages=2,
    in_bundle=True,
)


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "FORMATS", (*formats.FORMATS, SIGNAL))


def offered(pilot: Pilot[None]) -> list[str | None]:
    """What can be chosen."""
    assert isinstance(pilot.app.screen, ChooseScreen)
    return [line.name for line in pilot.app.screen.query_one(PickList).lines]


def test_the_command_line_offers_and_writes_it(recorded: Run) -> None:
    told = recorded("export", "--help").out
    assert "|signal" in told.replace("\n", "").replace(" ", "")
    assert "as smoke signals (signal)" in " ".join(told.split())
    assert recorded("export", "last", "--format", "signal", "--in", "both").out == "false-alarm en zh"
    assert "html, docx, pdf, xlsx" in recorded("export", "last", "--format", "signal", "--report", "audit").err


def test_a_bundle_holds_it(recorded: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MOST_TOLD", 5_000)
    assert recorded("export", "last", "--format", "bundle", "-o", tmp_path / "b.zip").code == 0
    assert members_of(tmp_path / "b.zip")["views/signals.txt"] == b"false-alarm en zh"
    assert recorded("verify", tmp_path / "b.zip").code == 0


@pytest.mark.slow
def test_the_home_offers_and_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "3", "e")
        assert "signal" in offered(pilot)
        await press(pilot, "end", "enter", "enter")
        await settled(pilot)
        assert (tmp_path / "run-0002.signal").read_bytes().endswith(b" en")

    visit(home(service=with_runs()), check)


@pytest.mark.slow
def test_the_debrief_offers_it_and_its_folder_holds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "e")
        assert "signal" in offered(pilot)
        await press(pilot, *["down"] * offered(pilot).index(EVERYTHING), "enter", "enter")
        await settled(pilot)
        assert (tmp_path / "incidentsim-run-0001" / "signals.txt").read_bytes().endswith(b" en")

    visit(debrief(played_by_bots), check)
