"""The reports of a run from its debrief, in the language on the screen: as pages, on paper, as tables, in a bundle."""

from pathlib import Path
from typing import TYPE_CHECKING

from incidentsim import composition
from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.exports import reports
from incidentsim.messages import gettext as _
from incidentsim.tui.dialogs.prompts import AskScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidentsim.exports.reports import Kind
    from incidentsim.tui.dialogs.save_as import Offer
    from incidentsim.tui.shell import Shell


class Papers:
    """The reports of one run; each is made when it is written, from the record as it is then."""

    def __init__(self, app: "Shell", run: str) -> None:
        self._app = app
        self._run = run

    def offers(self) -> "list[Offer]":
        """Every report and table that one can have as a file."""
        titles = {
            "aar-html": _("After-action report (HTML page)"),
            "aar-pdf": _("After-action report (PDF)"),
            "aar-md": _("After-action report (Markdown)"),
            "audit-html": _("Audit report (HTML page)"),
            "audit-pdf": _("Audit report (PDF)"),
            "audit-md": _("Audit report (Markdown)"),
            "aar-xlsx": _("All tables (XLSX workbook)"),
            "timeline-csv": _("The timeline as a table (CSV)"),
        }
        found = []
        for name, title in titles.items():
            stem, _dash, form = name.rpartition("-")
            found.append((name, title, f"{self._run}-{stem}.{form}", self._maker(stem, form)))
        return found

    def _maker(self, stem: str, form: str) -> "Callable[[], bytes]":
        return lambda: self._make(stem, form)

    def _make(self, stem: str, form: str) -> bytes:
        dossier, languages = self._app.service.exports.dossier(self._run), (self._app.language,)
        if form == "csv":
            return reports.csv(dossier, table=stem, languages=languages)
        kind: Kind = "audit" if stem == "audit" else "aar"
        write = {"html": reports.html, "md": reports.markdown, "pdf": reports.pdf, "xlsx": reports.xlsx}[form]
        return write(dossier, kind=kind, languages=languages)

    def texts(self) -> dict[str, bytes]:
        """What needs no extra, by the name of its file."""
        dossier, languages = self._app.service.exports.dossier(self._run), (self._app.language,)
        return {
            "after-action-report.html": reports.html(dossier, kind="aar", languages=languages),
            "after-action-report.md": reports.markdown(dossier, kind="aar", languages=languages),
            "audit-report.html": reports.html(dossier, kind="audit", languages=languages),
            "audit-report.md": reports.markdown(dossier, kind="audit", languages=languages),
            "timeline.csv": reports.csv(dossier, languages=languages),
        }

    def ask_for_bundle(self) -> None:
        """Ask where to, and write the bundle there in the background, signed with the user's own key."""

        def take(answer: str | None) -> None:
            if answer is not None and answer.strip():
                path = Path(answer.strip()).expanduser()
                self._app.run_worker(lambda: self._write_bundle(path), thread=True, group="saving")

        self._app.push_screen(AskScreen(lambda: _("Save as which file?"), f"incidentsim-{self._run}.zip"), take)

    def _write_bundle(self, path: Path) -> None:
        app = self._app
        try:
            key, made = composition.signing_key()
            written, lacking = app.service.exports.bundle(self._run, path, key)
        except (InputError, SurroundingsError) as error:
            app.call_from_thread(app.say, str(error), severity="error")
            return
        if made:
            message = _("A signing key of yours was made: {path}. Keep it to yourself, and keep a copy of it.")
            app.call_from_thread(app.say, message.format(path=composition.key_file()))
        if lacking is not None:
            app.call_from_thread(app.say, lacking, severity="warning")
        app.call_from_thread(app.say, _("Saved: {path}").format(path=written.path.resolve()))
