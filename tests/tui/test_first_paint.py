"""What the first screen loads: what it does not need comes after it, for most of the time until then is loading."""

import sys
from pathlib import Path

import pytest

PROGRAM = """
import sys
from incidentsim.cli.main import main
from incidentsim.tui.app import IncidentSim
def done(app):
    print(*sorted({{name.partition(".")[0] for name in sys.modules}}), file=open({file!r}, "w"))
    app.exit()
IncidentSim.on_ready = lambda app: app.call_after_refresh(lambda: done(app))
main({argv!r})
"""
LATER = {"sqlalchemy", "sqlmodel", "alembic", "faker", "pypinyin", "typst", "docx", "xlsxwriter", "cryptography"}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize("argv", [["demo"], ["play", "number-masking-leak", "--as", "response_team_lead"]], ids=str)
def test_the_first_screen_is_drawn_before_the_database_is_loaded(argv: list[str], tmp_path: Path) -> None:
    from tests.support.terminals import run_to_the_end

    file = tmp_path / "loaded"
    environment = {
        "XDG_DATA_HOME": str(tmp_path),
        "INCIDENTSIM_DATABASE_URL": "",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    run_to_the_end(PROGRAM.format(file=str(file), argv=argv), tmp_path, environment)
    loaded = set(file.read_text(encoding="utf-8").split())
    assert "textual" in loaded
    assert loaded & LATER == set()
