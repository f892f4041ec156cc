"""The table of commands: where each is built, and its line in the overview.

The overview is printed from this table, so that `incidentsim --help` imports no command.
"""

from importlib import import_module
from typing import Final

import click

from incidentsim.messages import gettext as _

MODULES: Final = {
    "demo": "play.demo",
    "play": "play.play",
    "replay": "play.replay",
    "generate": "write.generate",
    "preview": "write.preview",
    "check": "write.check",
    "import": "write.importing",
    "runs": "record.runs",
    "show": "record.show",
    "compare": "analyse.compare",
    "rejudge": "analyse.rejudge",
    "improvements": "analyse.improvements",
    "rate": "analyse.rate",
    "export": "record.export",
    "verify": "prove.verify",
    "prove": "prove.prove",
    "cosign": "prove.cosign",
    "schema": "write.schema",
    "diagram": "write.diagram",
}
"""Commands in the order of the overview, and the modules of `cli.commands` that build them."""


def summaries() -> dict[str, str]:
    """One line on each command, in the language spoken."""
    return {
        "demo": _("Watch a ready scenario run from discovery to review."),
        "play": _("Play a scenario: some roles yourself, bots the others."),
        "replay": _("Run scenarios and judge what was expected of them."),
        "generate": _("Make a scenario from an archetype."),
        "preview": _("Forecast a scenario, and write its papers."),
        "check": _("Look for problems in playbooks and scenarios."),
        "import": _("Turn foreign incident records into scenarios."),
        "runs": _("List the recorded runs."),
        "show": _("Show one run: timeline, duties, escalations, evaluation."),
        "compare": _("Set two runs side by side."),
        "rejudge": _("Judge an old run by another procedure."),
        "improvements": _("List what earlier runs ask to be improved."),
        "rate": _("Set the rating of a task, with a reason."),
        "export": _("Write a run as a report, as tables, or as an evidence bundle."),
        "verify": _("Check a bundle, a log, a proof or a run by recomputing it."),
        "prove": _("Prove that one entry is in a bundle's record."),
        "cosign": _("Add your signature to a bundle."),
        "schema": _("Print the JSON Schema of a file format."),
        "diagram": _("Draw a playbook as a picture."),
    }


def build(name: str) -> click.Command | None:
    """The command `name`; `None` if there is none."""
    module = MODULES.get(name)
    if module is None:
        return None
    found = import_module(f"incidentsim.cli.commands.{module}").command()
    if not isinstance(found, click.Command):
        raise TypeError(f"incidentsim.cli.commands.{module}.command() does not give a command")
    return found
