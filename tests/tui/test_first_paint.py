"""What the first screen loads: what it does not need comes after it, for most of the time until then is loading."""

import os
import subprocess
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
    import pty

    file, (master, slave) = tmp_path / "loaded", pty.openpty()
    environment = {
        **os.environ,
        "TERM": "xterm-256color",
        "XDG_DATA_HOME": str(tmp_path),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    environment.pop("INCIDENTSIM_DATABASE_URL", None)
    program = PROGRAM.format(file=str(file), argv=argv)
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdin=slave, stdout=slave, stderr=slave, env=environment, cwd=tmp_path
    )
    os.close(slave)
    try:
        while process.poll() is None:
            try:
                os.read(master, 65_536)
            except OSError:  # Linux: it has gone
                break
        assert process.wait(60) == 0
    finally:
        process.kill()
        os.close(master)
    loaded = set(file.read_text(encoding="utf-8").split())
    assert "textual" in loaded
    assert loaded & LATER == set()
