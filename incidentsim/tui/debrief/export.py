"""A debrief in files: as text, as JSON, as a script that replays the run, as reports and tables, as a bundle."""

from pathlib import Path
from typing import TYPE_CHECKING

from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.exports.wording.account import Account
from incidentsim.messages import gettext as _
from incidentsim.tui.debrief.papers import Papers
from incidentsim.tui.dialogs import save_as as home_saving
from incidentsim.tui.dialogs.prompts import AskScreen, ChooseScreen

if TYPE_CHECKING:
    from incidentsim.service import EvaluatedView, Service
    from incidentsim.tui.shell import Shell

EVERYTHING = "everything"
BUNDLE = "bundle"


class Export:
    """What can be written of one run."""

    def __init__(self, app: "Shell", run: str, found: "EvaluatedView") -> None:
        self._app = app
        self._run = run
        self._found = found
        self._papers = Papers(app, run)

    def offer(self) -> None:
        """Let the user choose what to write, then ask where to."""

        def choices() -> list[tuple[str, str]]:
            single = [(name, title) for name, title, _file, _make in self._offers()]
            return [
                (EVERYTHING, _("Everything but PDF, XLSX and bundle, into a folder")),
                *single,
                (BUNDLE, _("Evidence bundle: the record, signed, with the reports (ZIP)")),
            ]

        def take(choice: str | None) -> None:
            if choice == EVERYTHING:
                question = AskScreen(lambda: _("Into which folder?"), f"incidentsim-{self._run}")
                self._app.push_screen(question, self._to_folder)
            if choice == BUNDLE:
                self._papers.ask_for_bundle()
            for name, _title, file, make in self._offers():
                if name == choice:
                    home_saving.save_as(self._app, file, make)

        self._app.push_screen(ChooseScreen(lambda: _("What is to be exported?"), choices), take)

    def _offers(self) -> list[home_saving.Offer]:
        return [
            ("text", _("The account and the evaluation, to be read (text)"), f"{self._run}.txt", self._text),
            ("json", _("The same for programs (JSON)"), f"{self._run}.json", self._json),
            ("script", _("A script: a scenario that replays this run (YAML)"), f"{self._run}.yaml", self._script),
            *self._papers.offers(),
        ]

    def _to_folder(self, answer: str | None) -> None:
        if answer is not None and answer.strip():
            folder = Path(answer.strip()).expanduser()
            self._app.run_worker(lambda: self._write_all(folder), thread=True, group="saving")

    def _write_all(self, folder: Path) -> None:
        app = self._app
        try:
            self.write(folder)
        except (InputError, SurroundingsError) as error:
            app.call_from_thread(app.say, str(error), severity="error")
            return
        app.call_from_thread(app.say, _("Saved: {path}").format(path=folder.resolve()))

    def write(self, folder: Path) -> list[Path]:
        """Write all files into a folder, which is made if it is not there; nothing is overwritten.

        Raises:
            InputError: a file of the name is there and holds something else.
            SurroundingsError: the folder or a file cannot be written.
        """
        made = {"evaluation.txt": self._text(), "evaluation.json": self._json(), "script.yaml": self._script()}
        made |= self._papers.texts()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise SurroundingsError(
                _("{path} cannot be written: {reason}.").format(path=folder, reason=reason)
            ) from error
        return [home_saving.write_new(folder / name, data) for name, data in made.items()]

    def _text(self) -> bytes:
        from incidentsim.exports.text.run import run_text

        view = self._found.view
        account = Account(view.facts, view.playbook, view.scenario, self._app.language)
        clocks = self._app.service.records.clocks(view)
        lines = run_text(account, view.report, self._found.evaluation, clocks, shipped_packs())
        return ("\n".join(lines) + "\n").encode()

    def _json(self) -> bytes:
        from incidentsim.exports.as_json.evaluation import evaluation_json
        from incidentsim.exports.as_json.run import dumps, show_json
        from incidentsim.exports.text.clock_table import clocks_json

        view = self._found.view
        clocks = clocks_json(self._app.service.records.clocks(view), shipped_packs())
        shown = show_json(view.report, view.facts, clocks)
        return (dumps({**shown, "evaluation": evaluation_json(self._found.evaluation)}) + "\n").encode()

    def _script(self) -> bytes:
        service: Service = self._app.service
        return service.exports.script(self._run)
