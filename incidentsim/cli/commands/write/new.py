"""`incidentsim new`: the first files of a procedure of one's own, which hold and can be played at once."""

from pathlib import Path

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.options import force_option
from incidentsim.cli.output import narrate, say
from incidentsim.cli.value_types import Choice, Number
from incidentsim.domain.errors import InputError
from incidentsim.messages import gettext as _
from incidentsim.messages import language

_USUAL_LEVELS = 3


def command() -> click.Command:
    """Build the command."""
    from incidentsim.definitions.library.scaffold import MOST_LEVELS

    @click.command(
        help=_(
            "Begin a procedure of your own: incidentsim new playbook ID writes the folder ID with a playbook and a "
            "first scenario for it, in the language spoken (--lang). Both hold as they are, and are written to be "
            "changed: comments say what each part does."
        )
    )
    @click.argument("what", metavar="playbook", type=Choice(["playbook"]), expose_value=False)
    @click.argument("name", metavar=_("ID"))
    @click.option(
        "--levels",
        type=Number(0, MOST_LEVELS),
        default=_USUAL_LEVELS,
        show_default=True,
        help=_("How many levels it has; 0: incidents are not graded."),
    )
    @force_option()
    def new(*, name: str, levels: int, force: bool) -> ExitCode:
        from incidentsim.definitions.library.scaffold import new_playbook

        folder = Path(_checked(name))
        files = new_playbook(name, levels, "zh" if language() == "zh" else "en")
        for path in _written(folder, files, force=force):
            say(str(path))
        scenario = folder / "scenarios" / "first.yaml"
        narrate(_("incidentsim check {folder}: says what is wrong").format(folder=folder))
        narrate(_("incidentsim replay {folder} --bots: bots play it").format(folder=folder))
        narrate(_("incidentsim play {scenario}: you play it").format(scenario=scenario))
        return ExitCode.POSITIVE

    return new


def _checked(name: str) -> str:
    """The name, which is an id and so the name of a folder of one part.

    Raises:
        InputError: it is no id.
    """
    import re

    from incidentsim.definitions.formats.common import IDENTIFIER
    from incidentsim.definitions.formats.messages import not_an_id

    if not re.match(IDENTIFIER, name):
        raise InputError(not_an_id(name))
    return name


def _written(folder: Path, files: dict[str, bytes], *, force: bool) -> list[Path]:
    """Write the files into the folder, none where one of them would take the place of another."""
    from incidentsim.files import AlreadyThereError, make_folder, write_file
    from incidentsim.files.telling import told

    paths = {folder / name: data for name, data in files.items()}
    for path, data in paths.items():
        with told(path):
            if path.exists() and not force and path.read_bytes() != data:
                raise AlreadyThereError(path)
    for path, data in paths.items():
        make_folder(path.parent)
        write_file(path, data, replace=force)
    return list(paths)
