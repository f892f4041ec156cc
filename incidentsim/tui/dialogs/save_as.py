"""Saving something to a file that the user names, without ever overwriting something else."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.files import PRIVATE, AlreadyThereError, trouble, write_file
from incidentsim.messages import gettext as _
from incidentsim.tui.dialogs.prompts import AskScreen, ChooseScreen

if TYPE_CHECKING:
    from incidentsim.tui.shell import Shell


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be saved.

    Attributes:
        name: what tells it from the others.
        title: what it is called.
        file: the name that is proposed for its file.
        make: makes the bytes for a file of whatever name was chosen.
        suffixes: the endings by which the name says the format, where it does.
    """

    name: str
    title: str
    file: str
    make: Callable[[Path], bytes]
    suffixes: tuple[str, ...] = ()


def offer(app: "Shell", question: Callable[[], str], offers: Callable[[], list[Offer]]) -> None:
    """Let one of several kinds be chosen, then ask for the file and save it."""

    def take(choice: str | None) -> None:
        for offered in offers():
            if offered.name == choice:
                save_as(app, offered.file, offered.make, offered.suffixes)

    def choices() -> list[tuple[str, str]]:
        return [(offered.name, offered.title) for offered in offers()]

    app.push_screen(ChooseScreen(question, choices), take)


def save_as(app: "Shell", file: str, make: Callable[[Path], bytes], suffixes: tuple[str, ...] = ()) -> None:
    """Ask where to, with `file` in the current folder as the proposal; make and write it in the background.

    Where it cannot be written there, that is said, and asked again with what was typed.

    Args:
        app: the application.
        file: the name that is proposed.
        make: makes the bytes for a file of whatever name was chosen.
        suffixes: the endings by which the name says the format, where it does.
    """

    def question() -> str:
        if not suffixes:
            return _("Save as which file?")
        message = _("Save as which file? Its ending says the format: {suffixes}.")
        return message.format(suffixes=_(", ").join(suffixes))

    def take(answer: str | None) -> None:
        if answer is not None and answer.strip():
            path = Path(answer.strip()).expanduser()
            app.run_worker(lambda: _save(app, path, make, suffixes), thread=True, group="saving")

    app.push_screen(AskScreen(question, file), take)


def _save(app: "Shell", path: Path, make: Callable[[Path], bytes], suffixes: tuple[str, ...]) -> None:
    try:
        written = write_new(path, make(path))
    except (InputError, SurroundingsError) as error:
        app.call_from_thread(app.say, str(error), severity="error")
        app.call_from_thread(save_as, app, str(path), make, suffixes)
        return
    except ModuleNotFoundError as error:
        message = _("This cannot be made here: the module {name} is not installed.").format(name=error.name)
        app.call_from_thread(app.say, message, severity="error")
        return
    app.call_from_thread(app.say, _("Saved: {path}").format(path=written))


def write_new(path: Path, data: bytes, mode: int = PRIVATE) -> Path:
    """Write a file, unless it holds something else already; where it is now.

    Raises:
        InputError: its folder does not exist, or something else stands there.
        SurroundingsError: it cannot be written.
    """
    try:
        write_file(path, data, mode=mode)
    except AlreadyThereError:
        message = _("{path} is there already and holds something else; choose another name.")
        raise InputError(message.format(path=path)) from None
    except BrokenPipeError as error:
        raise trouble(path, error) from None
    return path.resolve()
