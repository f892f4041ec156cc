"""A new screen touches at most three files.

One that opens from anywhere is a module of its own and one row in the table of `app.py`. One about something, such as a
run, is a module of its own, pushed by the screen that leads to it: the shell and the application learn nothing of it.
"""

from pathlib import Path
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from incidentsim.ledger.memory import MemoryStore
from incidentsim.tui import app as app_module
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.base_screen import LocalizedScreen, key
from incidentsim.tui.screen_entry import ScreenEntry
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.line_list import LineList
from incidentsim.tui.widgets.text import Words
from tests.support.at_the_table import in_loop, screen_text, shown
from tests.support.keyboard import running
from tests.support.screens import app_opening, service_on


class ClockScreen(LocalizedScreen):
    """The whole of what a new screen's module must hold."""

    BINDINGS: ClassVar[list[BindingType]] = [key("escape", "leave", "Back", id="dummy.leave")]

    def compose(self) -> ComposeResult:
        yield Words(id="head")
        yield KeyLine()

    def on_mount(self) -> None:
        count = len(self.shell.recordless.library.playbooks())
        self.query_one("#head", Words).say(f"The dummy knows {count} playbooks in {self.shell.language}.")

    def action_leave(self) -> None:
        self.shell.leave()


class AboutScreen(LocalizedScreen):
    """The whole of the module of a screen about a run."""

    BINDINGS: ClassVar[list[BindingType]] = [key("escape", "leave", "Back", id="about.leave")]

    def __init__(self, run: str) -> None:
        super().__init__()
        self.run = run

    def compose(self) -> ComposeResult:
        yield Words(id="head")
        yield KeyLine()

    def on_mount(self) -> None:
        count = len(self.shell.service.records.show(self.run).facts)
        self.query_one("#head", Words).say(f"The run {self.run} has {count} facts.")

    def action_leave(self) -> None:
        self.shell.leave()


class LeadingScreen(ClockScreen):
    """The other file that a screen about a run touches: a screen that leads there."""

    BINDINGS: ClassVar[list[BindingType]] = [key("r", "about", "The run", id="dummy.about")]

    def action_about(self) -> None:
        self.app.push_screen(AboutScreen(self.shell.service.records.runs()[0].id))


def clock(front: Screen[Any]) -> Screen[Any] | None:
    return None if isinstance(front, ClockScreen) else ClockScreen()


ROW = ScreenEntry("dummy", "f9", "Dummy", "A screen that was added", clock)


class WithDummy(IncidentSim):
    """What the row in `SCREENS` does, done for the tests."""

    CSS_PATH = str(Path(app_module.__file__).with_name("looks.tcss"))  # Textual looks for it beside a subclass
    screen_entries = (*IncidentSim.screen_entries, ROW)
    BINDINGS: ClassVar[list[BindingType]] = [ROW.binding()]


def app() -> IncidentSim:
    service = service_on(MemoryStore())
    return app_opening(lambda *, record: service, kind=WithDummy)  # noqa: ARG005 - the way into the service


@in_loop
async def test_a_screen_that_was_added_opens_from_another_by_its_key_and_leads_back() -> None:
    async with running(app()) as keyboard:
        below = keyboard.app.screen
        await keyboard.press("f9")
        assert isinstance(keyboard.app.screen, ClockScreen)
        assert "The dummy knows 2 playbooks in en." in screen_text(keyboard)
        await keyboard.press("f9")
        assert isinstance(keyboard.app.screen, ClockScreen), "there is nothing to open above itself"
        await keyboard.press("escape")
        assert keyboard.app.screen is below


@in_loop
async def test_a_screen_that_was_added_stands_in_the_help_and_in_the_command_palette() -> None:
    async with running(app()) as keyboard:
        commands = [command.title for command in keyboard.app.get_system_commands(keyboard.app.screen)]
        assert commands.count("Dummy") == 1
        await keyboard.press("f1")
        assert any("A screen that was added" in told for told in shown(keyboard.app.screen.query_one(LineList)))
        await keyboard.press("f1", "f9", "f1")
        assert any("Back" in told for told in shown(keyboard.app.screen.query_one(LineList))), "its own keys are told"


@in_loop
async def test_a_screen_about_a_run_is_opened_by_the_screen_that_leads_there_and_leads_back() -> None:
    service = service_on(MemoryStore())
    service.exercises.replay("false-alarm")
    (run,) = service.records.runs()
    opening = app_opening(lambda *, record: service)  # noqa: ARG005 - the way into the service
    async with running(opening) as keyboard:
        await keyboard.app.push_screen(LeadingScreen())
        await keyboard.press("r")
        assert isinstance(keyboard.app.screen, AboutScreen)
        assert f"The run {run.id} has {run.entries} facts." in screen_text(keyboard)
        await keyboard.press("escape")
        assert isinstance(keyboard.app.screen, LeadingScreen)


def test_a_way_back_by_name_would_be_a_circle() -> None:
    """No screen about something is named by the shell or, but for the home, by the application.

    Procedure, settings and manual are rows of the table of screens: they open from anywhere, and go back to wherever
    that was.
    """
    inside = {
        path.parent.name: path.read_text(encoding="utf-8")
        for path in Path(app_module.__file__).parent.glob("*/screen.py")
    }
    for name in ("shell.py", "app.py"):
        text = Path(app_module.__file__).with_name(name).read_text(encoding="utf-8")
        named = {package for package in inside if f"incidentsim.tui.{package}.screen" in text}
        assert named <= {"home", "procedure", "settings", "manual"}, name


def test_no_screen_knows_the_application() -> None:
    """One cast stands at the base of all screens, to what a screen may ask for; `app.py` is named by none."""
    texts = {path: path.read_text(encoding="utf-8") for path in Path(app_module.__file__).parent.rglob("*.py")}
    assert [path.name for path, text in texts.items() if "cast(" in text and "self.app)" in text] == ["base_screen.py"]
    naming = {path.name for path, text in texts.items() if "incidentsim.tui.app" in text or "IncidentSim" in text}
    assert naming == {"app.py", "starts.py"}, "starts.py is no screen: it says what the command line may begin with"
