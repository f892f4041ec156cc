"""`incidentsim new`: the first files of a procedure of one's own, which hold and can be played at once."""

from pathlib import Path

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.options import force_option, people_option
from incidentsim.cli.output import narrate
from incidentsim.cli.placing import check_id, language_for, spoken, write_files
from incidentsim.cli.value_types import Choice, Number
from incidentsim.domain.errors import InputError
from incidentsim.messages import gettext as _

_USUAL_LEVELS = 3
_KINDS = ("playbook", "scenario", "roster")


def command() -> click.Command:
    """Build the command."""
    from incidentsim.definitions.library.scaffold import MOST_LEVELS

    @click.command(
        help=_(
            "Begin a procedure of your own, in the language spoken (--lang). All that is written holds as it is, can "
            "be played at once, and is meant to be changed: comments say what each part does.\n\n"
            "incidentsim new playbook ID writes the folder ID: a playbook, the roster of your people, a first "
            "scenario, a check for CI, and the settings of an editor.\n\n"
            "incidentsim new scenario ID --playbook PLAYBOOK writes a short scenario for any procedure, and "
            "incidentsim new roster ID a roster with somebody for each of its roles; beside the playbook where that is "
            "a file, else in the folder scenarios or rosters here."
        )
    )
    @click.argument("what", metavar="|".join(_KINDS), type=Choice(_KINDS))
    @click.argument("name", metavar=_("ID"))
    @click.option(
        "--levels",
        type=Number(0, MOST_LEVELS),
        help=_("How many levels a new playbook has (3 if left out); 0: incidents are not graded."),
    )
    @click.option(
        "--playbook",
        metavar=_("PLAYBOOK"),
        help=_("The playbook (file or id) that a new scenario or roster is for."),
    )
    @people_option()
    @force_option()
    def new(
        *, what: str, name: str, levels: int | None, playbook: str | None, people: str | None, force: bool
    ) -> ExitCode:
        _check_options(what, levels=levels, playbook=playbook, people=people)
        check_id(name)
        if what == "playbook":
            _new_playbook(name, _USUAL_LEVELS if levels is None else levels, force=force)
        elif what == "roster":
            _new_roster(name, playbook, force=force)
        else:
            _new_scenario(name, playbook, people, force=force)
        return ExitCode.POSITIVE

    return new


def _check_options(what: str, **given: object) -> None:
    """Refuse an option that means nothing here, and a scenario for no playbook.

    Raises:
        InputError: there is one.
    """
    meant = {"playbook": ("levels",), "roster": ("playbook",), "scenario": ("playbook", "people")}[what]
    for option, value in given.items():
        if value is not None and option not in meant:
            message = _("--{option} means nothing for a new {what}.")
            raise InputError(message.format(option=option, what=what))
    if what == "scenario" and given["playbook"] is None:
        raise InputError(_("Which procedure is the scenario for? Name its playbook with --playbook (file or id)."))


def _new_playbook(name: str, levels: int, *, force: bool) -> None:
    from incidentsim.definitions.library.scaffold import new_playbook
    from incidentsim.definitions.starting.folder import SCENARIO, whole_folder

    folder = Path(name)
    write_files(folder, whole_folder(name, new_playbook(name, levels, spoken()), spoken()), force=force)
    narrate(_("incidentsim check {folder}: says what is wrong").format(folder=folder))
    narrate(_("incidentsim replay {folder} --bots: bots play it").format(folder=folder))
    narrate(_("incidentsim play {scenario}: you play it").format(scenario=folder / SCENARIO))


def _new_roster(name: str, playbook: str | None, *, force: bool) -> None:
    from incidentsim.cli.loading import load_playbook
    from incidentsim.definitions.starting.roster_file import new_roster

    procedure = load_playbook(playbook or _usual_playbook())
    folder = _beside(playbook)
    write_files(folder, {f"rosters/{name}.yaml": new_roster(name, procedure, language_for(procedure))}, force=force)


def _new_scenario(name: str, playbook: str | None, people: str | None, *, force: bool) -> None:
    from incidentsim.cli.loading import load_playbook, load_roster
    from incidentsim.composition import named
    from incidentsim.definitions.starting.scenario_file import new_scenario

    procedure = load_playbook(playbook or "")
    roster = None if people is None else load_roster(people, named(playbook))
    folder, path = _beside(playbook), f"scenarios/{name}.yaml"
    write_files(folder, {path: new_scenario(name, procedure, language_for(procedure), roster)}, force=force)
    narrate(_("incidentsim check {folder}: says what is wrong").format(folder=folder / path))
    narrate(_("incidentsim replay {folder} --bots: bots play it").format(folder=folder / path))
    narrate(_("incidentsim play {scenario}: you play it").format(scenario=folder / path))


def _usual_playbook() -> str:
    from incidentsim.cli.commands.write.importing import PLAYBOOK

    return PLAYBOOK


def _beside(playbook: str | None) -> Path:
    """The folder whose `scenarios` and `rosters` belong to a playbook: its own where it is a file, else this one."""
    from incidentsim.composition import named
    from incidentsim.definitions.library.places import FOLDERS

    wanted = named(playbook)
    if not isinstance(wanted, Path):
        return Path()
    return wanted.parent.parent if wanted.parent.resolve().name in FOLDERS else wanted.parent
