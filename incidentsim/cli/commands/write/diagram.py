"""`incidentsim diagram`: a playbook as a picture."""

from pathlib import Path

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.loading import load_playbook
from incidentsim.cli.options import OutputFile, force_option
from incidentsim.cli.value_types import Choice
from incidentsim.exports import pictures
from incidentsim.files import check_place, write_file
from incidentsim.messages import gettext as _


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Draw a playbook: its tracks, states and steps, and who takes them. PLAYBOOK is a file or the id of a "
            "shipped one. Mermaid and DOT are text and need nothing; SVG needs Graphviz."
        )
    )
    @click.argument("playbook", metavar=_("PLAYBOOK"))
    @click.option(
        "--format",
        "picture",
        type=Choice([row.id for row in pictures.PICTURES]),
        default=pictures.PICTURES[0].id,
        help=_("How it is drawn; Mermaid if left out."),
    )
    @click.option(
        "-o",
        "--output",
        type=OutputFile(),
        metavar=_("FILE"),
        help=_("Write it to this file."),
    )
    @force_option()
    @click.pass_obj
    def diagram(frontend: Frontend, /, *, playbook: str, picture: str, output: Path | None, force: bool) -> ExitCode:
        if output is not None:
            check_place(output)
        data = draw(playbook, picture, frontend)
        if output is not None:
            write_file(output, data, replace=force)
        else:
            click.echo(data, nl=False)
        return ExitCode.POSITIVE

    return diagram


def draw(playbook: str, picture: str, frontend: Frontend) -> bytes:
    """The picture of a playbook named by file or id.

    Raises:
        InputError: there is no such playbook, or it is not valid.
        SurroundingsError: Graphviz is missing.
    """
    (draw_it,) = [row.draw for row in pictures.PICTURES if row.id == picture]
    return draw_it(load_playbook(playbook), frontend.language)
