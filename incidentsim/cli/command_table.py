"""The table of commands, by subject: where each is built, and its line in the overview.

The overview is printed from this table, so that `incidentsim --help` imports no command.
"""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Final, NamedTuple

import click

from incidentsim.messages import gettext as _


class Subject(NamedTuple):
    """Commands about one thing, which stand together in the overview and in one folder of `cli.commands`.

    Attributes:
        heading: what the overview puts over them, in the language spoken.
        summaries: one line on each command, in the order of the overview and in the language spoken.
    """

    heading: Callable[[], str]
    summaries: Callable[[], dict[str, str]]


SUBJECTS: Final[Mapping[str, Subject]] = {
    "play": Subject(
        lambda: _("Play"),
        lambda: {
            "demo": _("Watch a ready scenario run from discovery to review."),
            "play": _("Play a scenario: some roles yourself, bots the others."),
            "plan": _("Plan a session: who plays whom, the pace, the agenda."),
            "replay": _("Run scenarios and judge what was expected of them."),
        },
    ),
    "write": Subject(
        lambda: _("Write"),
        lambda: {
            "new": _("Begin a procedure, scenario or roster of your own."),
            "adopt": _("Make a procedure your own, or keep a file in the library."),
            "generate": _("Make a scenario from an archetype."),
            "preview": _("Forecast a scenario, and write its papers."),
            "check": _("Look for problems in playbooks and scenarios."),
            "import": _("Turn foreign incident records into scenarios."),
            "explain": _("Tell a playbook in prose, by role, with every default."),
            "schema": _("Print the JSON Schema of a file format."),
            "diagram": _("Draw a playbook as a picture."),
            "manual": _("Read the manual."),
            "glossary": _("Look up a term of the field."),
            "settings": _("Show your settings and where they are kept."),
        },
    ),
    "record": Subject(
        lambda: _("Record"),
        lambda: {
            "runs": _("List the recorded runs."),
            "show": _("Show one run: timeline, duties, escalations, evaluation."),
            "export": _("Write a run as a report, as tables, or as an evidence bundle."),
            "erase": _("Erase a text or a person's name from a run."),
        },
    ),
    "prove": Subject(
        lambda: _("Prove"),
        lambda: {
            "verify": _("Check a bundle, a log, a proof or a run by recomputing it."),
            "prove": _("Prove that one entry is in a bundle's record."),
            "cosign": _("Add your signature to a bundle."),
        },
    ),
    "analyse": Subject(
        lambda: _("Analyse"),
        lambda: {
            "compare": _("Set a run beside earlier ones, bots or another."),
            "rejudge": _("Judge an old run by another procedure."),
            "hotwash": _("Hold the hot wash of a run, on record."),
            "improvements": _("List the corrective actions that earlier runs ask for."),
            "rate": _("Set the rating of a task, with a reason."),
        },
    ),
}
"""By the name of the folder in `cli.commands`, in the order of the overview."""

KEYWORDS: Final = {"import": "importing"}
"""The modules of commands whose names Python keeps for itself; any other module is named like its command."""


def names() -> Iterator[str]:
    """Every command, in the order of the overview."""
    for subject in SUBJECTS.values():
        yield from subject.summaries()


def build(name: str) -> click.Command | None:
    """The command `name`; `None` if there is none."""
    folder = next((folder for folder, subject in SUBJECTS.items() if name in subject.summaries()), None)
    if folder is None:
        return None
    module = f"incidentsim.cli.commands.{folder}.{KEYWORDS.get(name, name)}"
    found = import_module(module).command()
    if not isinstance(found, click.Command):
        raise TypeError(f"{module}.command() does not give a command")
    return found
