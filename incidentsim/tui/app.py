"""The application: what opens first and from anywhere, languages and themes.

Screens are imported when they are opened, so that the first one is there at once.
"""

import asyncio
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.notifications import SeverityLevel
from textual.screen import Screen

from incidentsim import messages
from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.messages import gettext as _
from incidentsim.settings import Settings, SpokenLanguage, ThemeName
from incidentsim.tui.base_screen import N_, LocalizedScreen, key, seat_at
from incidentsim.tui.screen_entry import ScreenEntry
from incidentsim.tui.themes import THEME_OF, THEMES

if TYPE_CHECKING:
    from pathlib import Path

    from incidentsim.domain.text import Language
    from incidentsim.evidence.keys import Key
    from incidentsim.service import Service
    from incidentsim.service.workshop import Workshop
    from incidentsim.settings import Keep
    from incidentsim.tui.shell import Shell

T = TypeVar("T")


def _help(front: Screen[Any]) -> Screen[Any] | None:
    """The keys of the screen in front, but not those of the help itself."""
    from incidentsim.tui.dialogs.help import HelpScreen

    return None if isinstance(front, HelpScreen) else HelpScreen(front)


def _procedure(front: Screen[Any]) -> Screen[Any] | None:
    """The procedure of the exercise at the table, which lies below the screen in front or is that screen."""
    from incidentsim.tui.procedure.screen import ProcedureScreen

    seat = seat_at(front)
    return None if seat is None or isinstance(front, ProcedureScreen) else ProcedureScreen(seat)


def _settings(front: Screen[Any]) -> Screen[Any] | None:
    """The settings, unless they are in front."""
    from incidentsim.tui.settings.screen import SettingsScreen

    return None if isinstance(front, SettingsScreen) else SettingsScreen()


def _manual(front: Screen[Any]) -> Screen[Any] | None:
    """The manual, unless it is in front."""
    from incidentsim.tui.manual.screen import ManualScreen

    return None if isinstance(front, ManualScreen) else ManualScreen()


SCREENS: Final = (
    ScreenEntry("help", "question_mark,f1", N_("Help"), N_("What can be done here, key by key"), _help),
    ScreenEntry(
        "settings", "f2", N_("Settings"), N_("Theme, language, pacing, keys of your own"), _settings, show=False
    ),
    ScreenEntry(
        "procedure", "f3", N_("Procedure"),
        N_("Your role, levels with thresholds, duties, who is who, deadlines; what you typed stays"),
        _procedure, show=False, there=lambda front: seat_at(front) is not None,
    ),
    ScreenEntry(
        "manual", "f6", N_("Manual"), N_("How to begin, play, facilitate, write and prove"), _manual, show=False
    ),
)  # fmt: skip
"""The screens that open from anywhere. Those about something, such as a run, are pushed by what leads there."""

LOOKS_FOR_TERMINAL: Final = 1.0
"""Seconds between two looks whether the terminal is still there."""

Start = Callable[["IncidentSim"], object]
"""What to open first, in place of the home."""


class IncidentSim(App[None]):
    """incidentsim on a terminal."""

    CSS_PATH = "looks.tcss"
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (36, "-tall")]  # noqa: RUF012 - as Textual declares it
    screen_entries: ClassVar[tuple[ScreenEntry, ...]] = SCREENS
    BINDINGS: ClassVar[list[BindingType]] = [
        *(entry.binding() for entry in SCREENS),
        key("ctrl+l", "other_language", N_("中文/English"), id="app.language", show=False),
        key("ctrl+t", "next_theme", N_("Theme"), id="app.theme", tooltip=N_("Dark, light, high contrast"), show=False),
        key("ctrl+q", "quit", N_("Quit"), id="app.quit", tooltip=N_("Nothing is lost: the run goes on where it was")),
    ]

    def __init__(
        self,
        open_service: Callable[..., "Service"],
        language: "Language",
        start: Start | None = None,
        *,
        open_workshop: "Callable[[], Workshop]",
        own_key: "Callable[[], tuple[Key, Path | None]]",
        settings: Settings = Settings(),  # noqa: B008 - a frozen value
        keep_settings: "Keep | None" = None,
    ) -> None:
        """Keep what the screens need.

        Args:
            open_service: opens the service, with the database if its argument `record` asks for it.
            language: the language to begin with.
            start: opens something else than the home.
            open_workshop: opens the place where scenarios are made from archetypes.
            own_key: gives the user's own signing key, and the file it was put in if it was made just now.
            settings: those of the user.
            keep_settings: keeps what is changed of them; nothing is kept if left out.
        """
        super().__init__()
        self._open_service = open_service
        self._service: Service | None = None
        self._recordless: Service | None = None
        self._open_workshop = open_workshop
        self._workshop: Workshop | None = None
        self._own_key = own_key
        self._opening = threading.Lock()
        self._start = start
        self.trouble: InputError | SurroundingsError | None = None
        self.ended_by: signal.Signals | None = None
        self.language: Language = language
        messages.use(language)
        self.settings = settings
        self._keep_settings = keep_settings
        for theme in THEMES:
            self.register_theme(theme)
        self.set_keymap(dict(settings.keys))

    @property
    def service(self) -> "Service":
        """The service, with its database; opened when it is needed for the first time.

        Raises:
            SurroundingsError: the database cannot be opened.
        """
        with self._opening:  # the home opens it in the background
            if self._service is None:
                self._service = self._open_service(record=True)
            return self._service

    @property
    def recordless(self) -> "Service":
        """The service for what needs no record: there at once, and also where the database cannot be opened."""
        with self._opening:
            if self._recordless is None:
                self._recordless = self._open_service(record=False)
            return self._recordless

    @property
    def workshop(self) -> "Workshop":
        """The workshop that makes scenarios from archetypes, opened when it is needed for the first time."""
        if self._workshop is None:
            self._workshop = self._open_workshop()
        return self._workshop

    def signing_key(self) -> "tuple[Key, Path | None]":
        """The user's own signing key, and the file it was put in if it was made just now.

        Raises:
            SurroundingsError: it can neither be read nor made.
        """
        return self._own_key()

    def on_mount(self) -> None:
        """Open the first screen."""
        if not self.is_headless:
            self._heed_signals()
            self.set_interval(LOOKS_FOR_TERMINAL, self._look_for_terminal)
        self.title = "incidentsim"
        self.theme = THEME_OF[self.settings.theme].name
        if self._start is not None:
            self._start(self)
        else:
            from incidentsim.tui.home.screen import HomeScreen

            self.push_screen(HomeScreen())

    def _heed_signals(self) -> None:
        """Whoever asks the program to end gets their terminal back as it was; what happened is on record anyway."""
        for one in (signal.SIGINT, signal.SIGTERM):
            with suppress(NotImplementedError, ValueError):  # not on Windows, and only in the main thread
                asyncio.get_running_loop().add_signal_handler(one, self._end_by, one)

    def _look_for_terminal(self) -> None:
        """End where the terminal went away and nobody said so: under `nohup`, SIGHUP is ignored.

        Textual would go on reading from it for ever, with a whole processor.
        """
        with suppress(AttributeError, OSError, ValueError):  # no `poll` on Windows; or stdin is closed
            terminal = select.poll()
            if sys.__stdin__ is not None:
                terminal.register(sys.__stdin__, 0)
            if terminal.poll(0):  # hanging up is told unasked
                self._end_by(signal.SIGHUP)

    def _end_by(self, number: signal.Signals) -> None:
        self.ended_by = number
        self.exit()

    def leave(self) -> None:
        """Back from the screen at the top; whoever came by another way than the home ends there all the same."""
        above_nothing = len(self.screen_stack) == 2  # noqa: PLR2004 - Textual's own empty screen, and this one
        if above_nothing:
            from incidentsim.tui.home.screen import HomeScreen

            self.switch_screen(HomeScreen())
        else:
            self.pop_screen()

    def attempt(self, work: Callable[[], T]) -> T | None:
        """Return the result of `work`; on an `InputError` or a `SurroundingsError` tell the user and return `None`.

        Nothing that was acknowledged is lost by a failure.
        """
        try:
            return work()
        except (InputError, SurroundingsError) as error:
            self.say(str(error), severity="error" if isinstance(error, SurroundingsError) else "warning")
            return None

    def when_drawn(self, work: Callable[[], None]) -> None:
        """Do something when the screen in front has been drawn; where it fails, the program ends with that error."""

        def done() -> None:
            try:
                work()
            except (InputError, SurroundingsError) as error:
                self.trouble = error
                self.exit()

        self.call_after_refresh(lambda: self.screen.call_after_refresh(done))

    def say(self, sentence: str, *, severity: SeverityLevel = "information") -> None:
        """Tell the user something, as plain text."""
        self.notify(sentence, severity=severity, markup=False)

    @staticmethod
    def shipped_keys() -> dict[str, str]:
        """Return the keys of the table's actions as they are shipped, by the action's name."""
        from incidentsim.tui.table.keys import shipped_keys

        return shipped_keys()

    def settle(self, settings: Settings) -> bool:
        """Go by other settings from now on, and keep them; return whether they could be kept, and say so if not."""
        self.settings = settings
        self.theme = THEME_OF[settings.theme].name
        self.set_keymap(dict(settings.keys))
        if self._keep_settings is None:
            return True
        keep = self._keep_settings

        def kept() -> bool:
            keep(settings)
            return True

        return self.attempt(kept) is True

    async def speak(self, language: "Language") -> None:
        """Speak `language` from now on, on every screen that is open."""
        self.language = language
        messages.use(language)
        for screen in self.screen_stack:
            if isinstance(screen, LocalizedScreen):
                await screen.relocalize()

    async def action_other_language(self) -> None:
        """Switch between English and Chinese."""
        await self.speak("en" if self.language == "zh" else "zh")
        self.settle(replace(self.settings, language=SpokenLanguage(self.language)))

    def action_next_theme(self) -> None:
        """The next of the themes."""
        names = list(ThemeName)
        self.settle(replace(self.settings, theme=names[(names.index(self.settings.theme) + 1) % len(names)]))

    def action_open(self, name: str) -> None:
        """Open a screen of the table above the one in front."""
        entry = next(entry for entry in self.screen_entries if entry.name == name)
        if (screen := entry.make(self.screen)) is not None:
            self.push_screen(screen)

    def action_command_palette(self) -> None:
        """Open the command palette, if none is open, nor anything above one.

        Textual gives it an id and looks at the topmost screen only: pressed again while it was still going away, the
        key ended the program (`DuplicateIds`).
        """
        if not any(isinstance(screen, CommandPalette) for screen in self.screen_stack):
            self.push_screen(CommandPalette())

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Yield the commands of the palette: those of the whole program, then the keys that the screen shows now."""
        yield SystemCommand(_("中文/English"), _("Switch the language of everything"), self.action_other_language)
        yield SystemCommand(_("Theme"), _("Dark, light, high contrast"), self.action_next_theme)
        yield SystemCommand(
            _("High contrast"), _("Black and white, no colours"), lambda: self.apply_theme(ThemeName.CONTRAST)
        )
        for entry in (entry for entry in self.screen_entries if entry.there(screen)):
            yield SystemCommand(_(entry.title), _(entry.tooltip), partial(self.action_open, entry.name))
        yield SystemCommand(_("Quit"), _("Nothing is lost: the run goes on where it was"), self.action_quit)
        yield SystemCommand(_("Screenshot"), _("Save a picture of the screen as SVG"), self.deliver_screenshot)
        told: set[tuple[str, object]] = set()
        for active in screen.active_bindings.values():
            action, node, name = active.binding.action, active.node, active.binding.id or ""
            if not active.enabled or "." not in name or name.startswith("app.") or action.startswith("app."):
                continue  # of the library, or told above
            if (action, node) not in told:
                told.add((action, node))
                words, what = active.tooltip or active.binding.description, active.binding.description
                yield SystemCommand(what, words, partial(self.run_action, action, node))

    def apply_theme(self, theme: ThemeName) -> None:
        """Show everything in this theme from now on, and keep that."""
        self.settle(replace(self.settings, theme=theme))


if TYPE_CHECKING:
    _SHELL: type[Shell] = IncidentSim
    """The type checker holds the application against what screens ask of it."""
