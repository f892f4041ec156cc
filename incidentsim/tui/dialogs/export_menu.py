"""A recorded run in files: every format of `exports.formats`, all of them in a folder, or a signed bundle."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.exports import formats
from incidentsim.exports.format_types import ExportFormat, ExportOptions
from incidentsim.exports.reports.tables import ALL_TABLES, table_title
from incidentsim.files import make_folder
from incidentsim.messages import gettext as _
from incidentsim.tui.dialogs.prompts import AskScreen, ChooseScreen
from incidentsim.tui.dialogs.save_as import save_as, write_new

if TYPE_CHECKING:
    from incidentsim.tui.shell import Shell

EVERYTHING = "everything"
FIRST: Final = ("aar-pdf", "aar-docx", "bundle")
"""What people hand on most: the report to be read, the one to be edited, and the evidence. It is offered first."""


def offered() -> list[str]:
    """Return the names of what can be chosen, in order."""
    return [*FIRST, EVERYTHING, *(row.name for row in formats.FORMATS if row.name not in FIRST)]


class ExportMenu:
    """The choice of the files that can be written of one run; each is made when it is written, from the record then."""

    def __init__(self, app: "Shell", run: str) -> None:
        self._app = app
        self._run = run

    def offer(self, question: Callable[[], str]) -> None:
        """Let the user choose what to write, then ask where to."""

        def choices() -> list[tuple[str, str]]:
            titles = {EVERYTHING: _everything()} | {row.name: row.say() for row in formats.FORMATS}
            return [(name, titles[name]) for name in offered()]

        def take(choice: str | None) -> None:
            if choice == EVERYTHING:
                self._ask(lambda: _("Into which folder?"), f"incidentsim-{self._run}", self._write_all)
            for row in formats.FORMATS:
                if row.name == choice:
                    self._take(row)

        self._app.push_screen(ChooseScreen(question, choices), take)

    def _take(self, row: ExportFormat) -> None:
        if row.make is None:
            self._ask(lambda: _("Save as which file?"), row.saved_as.format(run=self._run), self._write_bundle)
        elif row.one_table:
            self._app.push_screen(
                ChooseScreen(lambda: _("Which table?"), lambda: [(table, table_title(table)) for table in ALL_TABLES]),
                lambda table: self._save(row, table) if table is not None else None,
            )
        else:
            self._save(row, ALL_TABLES[0])

    def _save(self, row: ExportFormat, table: str) -> None:
        def make(_path: Path) -> bytes:
            return b"".join(row.blocks(self._app.service.exports.source(self._run), options))

        options = ExportOptions((self._app.language,), table)
        save_as(self._app, row.saved_as.format(run=self._run, table=table), make)

    def _ask(self, question: Callable[[], str], proposed: str, write: Callable[[Path], Path]) -> None:
        """Ask where to, and write there in the background; where that cannot be, ask again with what was typed."""

        def take(answer: str | None) -> None:
            if answer is not None and answer.strip():
                path = Path(answer.strip()).expanduser()
                self._app.run_worker(lambda: self._tell(question, write, path), thread=True, group="saving")

        self._app.push_screen(AskScreen(question, proposed), take)

    def _tell(self, question: Callable[[], str], write: Callable[[Path], Path], path: Path) -> None:
        """Write, and say where to or why not."""
        app = self._app
        try:
            written = write(path)
        except (InputError, SurroundingsError) as error:
            app.call_from_thread(app.say, str(error), severity="error")
            app.call_from_thread(self._ask, question, str(path), write)
            return
        app.call_from_thread(app.say, _("Saved: {path}").format(path=written.resolve()))

    def _write_all(self, folder: Path) -> Path:
        """Write all that needs no extra into a folder, which is made if it is not there; nothing is overwritten.

        Raises:
            InputError: a file of the name is there and holds something else.
            SurroundingsError: the folder or a file cannot be written.
        """
        made = formats.in_folder(self._app.service.exports.source(self._run), self._app.language)
        make_folder(folder)
        for name, data in made.items():
            write_new(folder / name, data)
        return folder

    def _write_bundle(self, path: Path) -> Path:
        """Write the bundle, signed with the user's own key."""
        app = self._app
        key, made = app.signing_key()
        written, lacking = app.service.exports.bundle(self._run, path, key)
        if made is not None:
            message = _("A signing key of yours was made: {path}. Keep it to yourself, and keep a copy of it.")
            app.call_from_thread(app.say, message.format(path=made))
        if lacking is not None:
            app.call_from_thread(app.say, lacking, severity="warning")
        return written.path


def _everything() -> str:
    """What the choice of all formats is called: it says which are left out."""
    others = dict.fromkeys(row.id.upper() for row in formats.FORMATS if row.make is not None and row.extra is not None)
    return _("Everything but {others} and bundle, into a folder").format(others=_(", ").join(others))
