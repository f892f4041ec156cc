"""Saving something to a file that the user names, without ever overwriting something else."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.messages import gettext as _
from incidentsim.tui.dialogs.prompts import AskScreen, ChooseScreen

if TYPE_CHECKING:
    from incidentsim.tui.shell import Shell

Offer = tuple[str, str, str, Callable[[], bytes]]
"""A name, what it is called, the name of a file, and what makes the bytes."""


def offer(app: "Shell", question: Callable[[], str], offers: Callable[[], list[Offer]]) -> None:
    """Let one of several kinds be chosen, then ask for the file and save it."""

    def take(choice: str | None) -> None:
        for name, _title, file, make in offers():
            if name == choice:
                save_as(app, file, make)

    def choices() -> list[tuple[str, str]]:
        return [(name, title) for name, title, _file, _make in offers()]

    app.push_screen(ChooseScreen(question, choices), take)


def save_as(app: "Shell", file: str, make: Callable[[], bytes]) -> None:
    """Ask where to, with `file` in the current folder as the proposal; make and write it in the background."""

    def take(answer: str | None) -> None:
        if answer is not None and answer.strip():
            path = Path(answer.strip()).expanduser()
            app.run_worker(lambda: _save(app, path, make), thread=True, group="saving")

    app.push_screen(AskScreen(lambda: _("Save as which file?"), file), take)


def _save(app: "Shell", path: Path, make: Callable[[], bytes]) -> None:
    try:
        written = write_new(path, make())
    except (InputError, SurroundingsError) as error:
        app.call_from_thread(app.say, str(error), severity="error")
        return
    except ModuleNotFoundError as error:
        message = _("This cannot be made here: the module {name} is not installed.").format(name=error.name)
        app.call_from_thread(app.say, message, severity="error")
        return
    app.call_from_thread(app.say, _("Saved: {path}").format(path=written))


def write_new(path: Path, data: bytes) -> Path:
    """Write a file, unless it holds something else already; where it is now.

    Raises:
        InputError: its folder does not exist, or something else stands there.
        SurroundingsError: it cannot be written.
    """
    try:
        if not path.parent.is_dir():
            message = _("The folder {folder} does not exist; make it first, or name a file elsewhere.")
            raise InputError(message.format(folder=path.parent))
        if path.exists():
            if not path.is_file() or path.read_bytes() != data:
                message = _("{path} is there already and holds something else; choose another name.")
                raise InputError(message.format(path=path))
            return path.resolve()
        with path.open("xb") as file:
            file.write(data)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SurroundingsError(_("{path} cannot be written: {reason}.").format(path=path, reason=reason)) from error
    return path.resolve()
