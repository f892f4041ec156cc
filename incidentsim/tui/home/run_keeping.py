"""Naming, hiding and deleting a run from the home."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

if TYPE_CHECKING:
    from incidentsim.ledger.store import RunInfo
    from incidentsim.tui.shell import Shell

Then = Callable[[], object]


def name(shell: "Shell", run: "RunInfo", named: str, then: Then) -> None:
    """Ask for a name of a run, which is called `named` now; nothing takes its name away."""
    from incidentsim.tui.dialogs.prompts import AskScreen

    def accept(answer: str) -> bool:
        return shell.attempt(lambda: shell.service.keeping.name(run.id, answer)) is not None

    def take(answer: str | None) -> None:
        if answer is not None:
            then()

    question = AskScreen(lambda: _("What is this run to be called? (nothing: no name)"), named, accept=accept)
    shell.push_screen(question, take)


def hide(shell: "Shell", run: "RunInfo", *, hidden: bool, then: Then) -> None:
    """Leave a run out of the lists, or list it again."""
    if shell.attempt(lambda: shell.service.keeping.hide(run.id, hidden=hidden)) is not None:
        shell.say(_("Hidden; a shows hidden runs too.") if hidden else _("Listed again."))
        then()


def delete(shell: "Shell", run: "RunInfo", then: Then) -> None:
    """Delete a run as a whole, where the answer to the question is that it is meant."""
    from incidentsim.tui.dialogs.prompts import ChooseScreen

    def question() -> str:
        entries = ngettext("{n} entry", "{n} entries", run.entries).format(n=run.entries)
        return _("Delete the whole run {run} ({entries})? This cannot be undone.").format(run=run.id, entries=entries)

    def choices() -> list[tuple[str, str]]:
        return [
            ("keep", _("Keep it")),
            ("delete", _("Delete it: its record, texts and names, and what no other run needs")),
        ]

    def take(answer: str | None) -> None:
        if answer == "delete" and (done := shell.attempt(lambda: shell.service.keeping.delete(run.id))) is not None:
            told = _("The run {run} is deleted. Exported files and copies of the database are not touched.")
            shell.say(told.format(run=run.id))
            if done[1]:
                words = _("Something of it may still be found in files of the database; “runs delete” says where.")
                shell.say(words, severity="warning")
            then()

    shell.push_screen(ChooseScreen(question, choices), take)
