"""Screens under test: nothing moves, blinks or goes away by itself, and nothing of the environment shows."""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from incidentsim import messages
from incidentsim.domain.text import Language
from incidentsim.tui.app import IncidentSim
from tests.support.screens import LARGE, SMALL
from tests.support.snapshots import skip_elsewhere

QUICK = {
    "test_app.py",
    "debrief/test_lines.py",
    "debrief/timeline/test_rows.py",
    "dialogs/test_save_as.py",
    "home/test_filter.py",
    "home/test_hidden.py",
    "test_pictures.py",
    "widgets/test_key_line.py",
    "widgets/test_line_list.py",
}
"""What every run of the tests can afford; the others open a screen a test, which takes one to three seconds each."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the screens one by one to CI (`-m slow`)."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and item.path.relative_to(here).as_posix() not in QUICK:
            item.add_marker(pytest.mark.slow)


Looks = Callable[..., None]
"""`looks(app, size, *keys, before=...)`: the screen is as its snapshot says."""


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No animation, no blinking, notices that stay; the terminal's wishes do not count; English again afterwards."""
    for name in ("NO_COLOR", "COLORTERM", "TEXTUAL_COLOR_SYSTEM", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    # What a screen does so that keys are answered at once takes a second each time beside all the tests in memory.
    for name in ("collect", "freeze", "unfreeze"):
        monkeypatch.setattr(f"gc.{name}", lambda *_generation: 0)
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr(Input, "_toggle_cursor", lambda self: None)  # noqa: ARG005 - in place of a method
    monkeypatch.setattr(TextArea, "_toggle_cursor_blink_visible", lambda self: None)  # noqa: ARG005 - the same
    monkeypatch.setattr(IncidentSim, "NOTIFICATION_TIMEOUT", 3_600)
    monkeypatch.setattr("incidentsim.tui.table.screen.INTERVAL", 3_600)  # time passes where a test lets it
    messages.use("en")
    yield
    messages.use("en")


@pytest.fixture(params=[SMALL, LARGE], ids=["80x24", "160x50"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Both sizes that every screen must be good at."""
    found: tuple[int, int] = request.param
    return found


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> Language:
    """Both languages."""
    found: Language = request.param
    return found


@pytest.fixture
def looks(request: pytest.FixtureRequest) -> Looks:
    """Compares a screen with its snapshot. Notices are not shown unless `notices` is true.

    Skips the test where the snapshots cannot be compared.
    """
    skip_elsewhere(request.config)
    snap_compare: Callable[..., bool] = request.getfixturevalue("snap_compare")

    def compare(
        app: IncidentSim,
        size: tuple[int, int],
        *keys: str,
        before: Callable[[Pilot[None]], Awaitable[None] | None] | None = None,
        notices: bool = False,
    ) -> None:
        app._disable_notifications = not notices
        assert snap_compare(app, press=keys, terminal_size=size, run_before=before)

    return compare
