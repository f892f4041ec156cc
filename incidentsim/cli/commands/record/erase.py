"""`incidentsim erase`: texts and names of a recorded run, erased for good, and on record that they were."""

from typing import TYPE_CHECKING

import click

from incidentsim.cli.commands.record.traces import tell_traces
from incidentsim.cli.confirming import confirmed
from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.output import narrate
from incidentsim.cli.value_types import Number
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

if TYPE_CHECKING:
    from incidentsim.service.erasing import Erased, Wish


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Erase what somebody wrote, or a person's name, from a run that is over. That it was erased goes on record "
            "as a fact; no entry changes, and the commitments stay, so that the record still verifies.\n\n"
            "With a person's name goes the stored scenario, which names them: the run can still be shown, evaluated "
            "and exported, but not be judged anew or written down as a script. What was exported before, copies of the "
            "database and scenario files are not touched."
        )
    )
    @click.argument("run", metavar=_("RUN"))
    @click.option(
        "--text",
        "texts",
        type=Number(),
        metavar=_("SEQ"),
        multiple=True,
        help=_("The number of a fact whose texts are to be erased, as “show” tells it; may be given several times."),
    )
    @click.option(
        "--person",
        "people",
        metavar=_("ID"),
        multiple=True,
        help=_("Whose name is to be erased, by pseudonym (p1) or by the id in the scenario; likewise."),
    )
    @click.option("--yes", is_flag=True, help=_("Do not ask."))
    @click.pass_obj
    def erase(
        frontend: Frontend, /, *, run: str, texts: tuple[int, ...], people: tuple[str, ...], yes: bool
    ) -> ExitCode:
        erasures = frontend.open_service(record=True).erasures
        wish = erasures.wish(run, texts, people)
        if not yes and not confirmed(_question(wish)):
            narrate(_("Nothing was erased."))
            return ExitCode.NEGATIVE
        erased = erasures.erase(wish.run, wish.texts, wish.people)
        _tell(erased)
        return ExitCode.POSITIVE

    return erase


def _question(wish: "Wish") -> str:
    what = [_("the texts of fact #{seq}").format(seq=seq) for seq in wish.texts]
    what += [_("the name of {person}, and the stored scenario").format(person=person) for person in wish.people]
    return _("To be erased from run {run}: {what}. This cannot be undone. Go on?").format(
        run=wish.run, what=_("; ").join(what)
    )


def _tell(erased: "Erased") -> None:
    facts = ", ".join(f"#{seq}" for seq in erased.facts)
    narrate(
        ngettext(
            "Erased; on record in run {run}, as fact {facts}.",
            "Erased; on record in run {run}, as facts {facts}.",
            len(erased.facts),
        ).format(run=erased.wish.run, facts=facts)
    )
    if erased.scenario:
        narrate(_("The stored scenario, in which it stood as well, is erased; an outline without it is kept."))
    if erased.needed_by:
        message = _("The same scenario is still kept for other runs: {runs}. Erase there as well.")
        narrate(message.format(runs=", ".join(erased.needed_by)))
    if erased.mentions:
        message = _("The name still stands in the texts of: {facts}. “--text” erases them.")
        narrate(message.format(facts=", ".join(f"#{seq}" for seq in erased.mentions)))
    tell_traces(erased.traces)
    narrate(_("Exported files, scenario files and copies of the database are not touched; they may still hold it."))
