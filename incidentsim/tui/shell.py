"""What a screen may ask of the application around it. Screens know this, and those screens that they lead to.

A screen about something, such as a run, is a package of its own, imported where it is opened: by the screen that leads
to it, which pushes it. None leads back to another by name; `leave` does.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from pathlib import Path

    from textual.notifications import SeverityLevel
    from textual.screen import Screen

    from incidentsim.domain.text import Language
    from incidentsim.evidence.keys import Key
    from incidentsim.service import Service
    from incidentsim.service.workshop import Workshop
    from incidentsim.settings import Settings

T = TypeVar("T")
Answer = TypeVar("Answer")


class Shell(Protocol):
    """The application, as a screen sees it: services, the language, messages to the user, and the way back."""

    @property
    def service(self) -> "Service":
        """The service with its database, opened when it is asked for first; a `SurroundingsError` if it cannot be."""

    @property
    def recordless(self) -> "Service":
        """The service for what needs no record; it is there where the database cannot be opened, too."""

    @property
    def workshop(self) -> "Workshop":
        """The workshop that makes scenarios from archetypes."""

    def signing_key(self) -> "tuple[Key, Path | None]":
        """The user's own signing key, and the file it was put in if it was made just now.

        A `SurroundingsError` if it can neither be read nor made.
        """

    @property
    def settings(self) -> "Settings":
        """The settings of the user."""

    def settle(self, settings: "Settings") -> bool:
        """Go by other settings from now on, and keep them; return whether they could be kept, and say so if not."""

    async def speak(self, language: "Language") -> None:
        """Speak a language from now on."""

    @property
    def language(self) -> "Language":
        """The language that is spoken now."""

    def say(self, sentence: str, *, severity: "SeverityLevel" = "information") -> None:
        """Tell the user something, as plain text."""

    def attempt(self, work: Callable[[], T]) -> T | None:
        """Return the result of `work`; on an `InputError` or a `SurroundingsError` tell the user and return `None`."""

    def push_screen(
        self, screen: "Screen[Answer]", callback: Callable[[Answer | None], None] | None = None, /
    ) -> object:
        """Open a screen or a dialog above the one in front; `callback` gets a dialog's answer."""

    def when_drawn(self, work: Callable[[], None]) -> None:
        """Do something when the screen that was just opened has been drawn.

        Where it raises an `InputError` or a `SurroundingsError`, the program ends with it.
        """

    def run_worker(self, work: Callable[[], Any], *, group: str, thread: bool) -> object:
        """Do something in the background."""

    def call_from_thread(self, callback: Callable[..., T], *args: object, **kwargs: object) -> T:
        """Call something in the thread of the screens, from another, and wait for what it gives."""

    def leave(self) -> None:
        """Close the screen at the top; below the last one is the home."""
