"""The application: quitting by any key, themes, languages, the command palette."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from textual.command import CommandPalette

from incidentsim import messages
from incidentsim.cli.exit_codes import ExitCode
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.dialogs.detail import DetailScreen
from incidentsim.tui.themes import THEMES
from tests.support.at_the_table import BOTH, in_loop, judged, reported, screen_text, session_at, table
from tests.support.keyboard import running
from tests.support.screens import LARGE, at_table

QUITTING = [
    ((), "ctrl+c"),
    (("slash",), "ctrl+q"),
    # What differs in the place or in the key alone, a screen each.
    *(
        pytest.param(*more, marks=pytest.mark.slow)
        for more in (
            ((), "ctrl+q"),
            (("a", *"ours"), "ctrl+q"),
            (("a",), "ctrl+c"),
            (("a",), "ctrl+q"),
            (("a", *"ours"), "ctrl+c"),
            (("4", "enter"), "ctrl+c"),
            (("4", "enter"), "ctrl+q"),
            (("slash",), "ctrl+c"),
        )
    ),
]


@pytest.mark.parametrize(
    ("before", "key"), QUITTING, ids=lambda keys: keys if isinstance(keys, str) else "-".join(keys)
)
def test_quitting_asks_nothing_and_loses_nothing(before: tuple[str, ...], key: str) -> None:
    async def go() -> None:
        app = at_table(prepare=reported)
        async with app.run_test() as pilot:
            session = session_at(app)
            await pilot.press(*before)
            await pilot.press(key)
            await pilot.pause()
            assert not app.is_running or app._exit
        again = app.service.exercises.take_up(session.run or "")
        assert list(again.facts) == list(session.facts)
        if len(before) > 2:
            assert "ours" in "".join(again.workspace.under("draft/").values())

    asyncio.run(go())


@pytest.mark.parametrize(
    "theme",
    [THEMES[0], *(pytest.param(theme, marks=pytest.mark.slow) for theme in THEMES[1:])],
    ids=lambda theme: theme.name,
)
def test_every_theme_shows_the_cursor_and_tells_nothing_by_colour_alone(theme: object) -> None:
    @in_loop
    async def go() -> None:
        app = at_table(roles=BOTH, prepare=judged)
        async with running(app, LARGE) as keyboard:
            app.theme = theme.name  # type: ignore[attr-defined]  # a theme
            await keyboard.settle()
            found = table(app).query_one("#inbox")
            assert "▸" in screen_text(keyboard)
            strip = found.render_line(0)
            lit = {(one.style.color, one.style.bgcolor) for one in strip if one.style}
            assert len(lit) == 1

    go()


@in_loop
async def test_the_theme_and_the_language_change_while_anything_is_open() -> None:
    app = at_table(prepare=reported)
    async with running(app) as keyboard:
        await keyboard.press("a", "ctrl+t")
        assert app.theme == THEMES[1].name
        await keyboard.press("ctrl+l")
        assert messages.language() == "zh"
        assert "确认属于信息安全事件" in screen_text(keyboard)


def palettes(app: IncidentSim) -> int:
    return sum(isinstance(screen, CommandPalette) for screen in app.screen_stack)


@pytest.mark.slow
@in_loop
async def test_the_command_palette_opens_again_while_it_is_still_going_away() -> None:
    app = at_table(prepare=reported)
    async with running(app) as keyboard:
        for _time in range(3):
            app.action_command_palette()
            await keyboard.settle()
            assert palettes(app) == 1
            app.pop_screen()
            app.action_command_palette()  # before what was closed is gone
            await keyboard.settle()
            assert palettes(app) == 1
            await keyboard.press("escape")
            assert palettes(app) == 0


@in_loop
async def test_the_command_palette_is_never_opened_twice() -> None:
    app = at_table(prepare=reported)
    async with running(app) as keyboard:
        for _time in range(3):
            app.simulate_key("ctrl+p")
        await keyboard.settle()
        assert palettes(app) == 1
        app.push_screen(DetailScreen("Above it", list))
        app.action_command_palette()
        await keyboard.settle()
        assert palettes(app) == 1


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
@pytest.mark.parametrize(("number", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", -1)])
def test_a_signal_ends_the_program_without_a_traceback_and_its_exit_code_says_so(
    number: str, code: int, tmp_path: Path
) -> None:
    import pty

    environment = {
        **os.environ,
        "INCIDENTSIM_DATABASE_URL": f"sqlite:///{tmp_path}/runs.sqlite3",
        "TERM": "xterm-256color",
    }
    here, there = pty.openpty()
    command = [sys.executable, "-m", "incidentsim", "play", "number-masking-leak", "--as", "response_team_lead"]
    with subprocess.Popen(
        command, stdin=there, stdout=there, stderr=there, env=environment, start_new_session=True
    ) as process:
        os.close(there)
        os.set_blocking(here, False)
        seen = b""
        ends = time.monotonic() + 60
        while b"2026" not in seen and time.monotonic() < ends:
            seen += _read(here)
        process.send_signal(getattr(signal, number))
        while process.poll() is None and time.monotonic() < ends:
            seen += _read(here)
        seen += _read(here)
        assert process.poll() == code
    os.close(here)
    assert b"Traceback" not in seen


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_a_program_that_ignores_sighup_ends_all_the_same_where_its_terminal_goes_away(tmp_path: Path) -> None:
    """As under `nohup`; it went on with a whole processor."""
    import pty

    environment = {
        **os.environ,
        "INCIDENTSIM_DATABASE_URL": f"sqlite:///{tmp_path}/runs.sqlite3",
        "TERM": "xterm-256color",
    }
    here, there = pty.openpty()
    ignoring = (
        "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); from incidentsim.cli.main import main; main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", ignoring, "play", "false-alarm", "--as", "discoverer"],
        stdin=there,
        stdout=there,
        stderr=there,
        env=environment,
        start_new_session=True,
    ) as process:
        os.close(there)
        os.set_blocking(here, False)
        seen = b""
        ends = time.monotonic() + 60
        while b"2021" not in seen and time.monotonic() < ends:
            seen += _read(here)
        os.close(here)
        try:
            assert process.wait(30) == ExitCode.SURROUNDINGS
        finally:
            process.kill()
    assert b"2021" in seen


def _read(terminal: int) -> bytes:
    time.sleep(0.05)
    try:
        return os.read(terminal, 65_536)
    except (BlockingIOError, OSError):
        return b""


def test_the_palette_holds_every_action_of_the_screen_and_the_program_once() -> None:
    async def go() -> None:
        app = at_table(prepare=reported)
        async with app.run_test(size=LARGE) as pilot:
            await pilot.pause()
            offered = [command.title for command in app.get_system_commands(app.screen)]
            known = app.screen.active_bindings.values()
            mine = [one.binding for one in known if one.enabled and (one.binding.id or "").startswith("table.")]
            assert {binding.description for binding in mine} <= set(offered)
            assert {"Inbox", "Log", "Filter", "Screenshot", "Settings"} <= set(offered)
            assert [title for title in ("Help", "Quit", "Inbox", "Settings") if offered.count(title) != 1] == []

    asyncio.run(go())
