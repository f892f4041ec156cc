"""Exporting a recorded run from the home."""

from typing import TYPE_CHECKING

from incidentsim.messages import gettext as _
from incidentsim.tui.dialogs import save_as as home_saving

if TYPE_CHECKING:
    from incidentsim.ledger.store import RunInfo
    from incidentsim.tui.shell import Shell


def export(app: "Shell", run: "RunInfo") -> None:
    """Offer a run as a script that replays it, and as a report."""

    def script() -> bytes:
        return app.service.exports.script(run.id)

    def report() -> bytes:
        from incidentsim.exports.as_json.run import dumps, show_json

        view = app.service.records.show(run.id)
        return (dumps(show_json(view.report, view.facts)) + "\n").encode()

    def offers() -> list[home_saving.Offer]:
        return [
            ("script", _("A script: a scenario that replays this run (YAML)"), f"{run.id}.yaml", script),
            ("report", _("A report: the verdict and every fact (JSON)"), f"{run.id}.json", report),
        ]

    home_saving.offer(app, lambda: _("Save the run {run} as what?").format(run=run.id), offers)
