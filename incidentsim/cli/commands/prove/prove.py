"""`incidentsim prove`: one entry of a bundle, or its growth since an earlier checkpoint, in a file of its own."""

from pathlib import Path

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.options import OutputFile, force_option
from incidentsim.cli.output import narrate, say
from incidentsim.cli.value_types import Number
from incidentsim.files import OPEN, PRIVATE, check_place, write_file
from incidentsim.messages import gettext as _


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Prove to somebody who does not get the bundle that entry SEQ is in its record; “incidentsim verify” "
            "checks the proof alone. Texts stay secret unless they are disclosed. With --since, prove instead that the "
            "record begins with everything that an earlier checkpoint counted."
        )
    )
    @click.argument("bundle", type=click.Path(path_type=Path), metavar=_("BUNDLE"))
    @click.argument("seq", type=Number(min=0), metavar=_("SEQ"), required=False)
    @click.option(
        "--disclose",
        multiple=True,
        metavar=_("POINTER"),
        help=_("Put the text at this place of the entry into the proof, such as /with/nature; “all” for all of them."),
    )
    @click.option(
        "--since",
        type=click.Path(path_type=Path),
        metavar=_("FILE"),
        help=_("The earlier checkpoint, or the bundle that holds it."),
    )
    @click.option(
        "-o",
        "--output",
        type=OutputFile(),
        metavar=_("FILE"),
        help=_("Write it to this file."),
    )
    @force_option()
    def prove(
        *,
        bundle: Path,
        seq: int | None,
        disclose: tuple[str, ...],
        since: Path | None,
        output: Path | None,
        force: bool,
    ) -> ExitCode:
        from incidentsim.evidence.proving import prove_entry, prove_growth
        from incidentsim.evidence.trusted_inputs import read_trusted_checkpoint

        if (seq is None) == (since is None):
            raise click.UsageError(_("Name either the number of an entry, or an earlier checkpoint by --since."))
        if since is not None and disclose:
            raise click.UsageError(_("--disclose belongs to the proof of an entry."))
        if output is not None:
            check_place(output)
        if seq is not None:
            data = prove_entry(bundle, seq, disclose)
        elif since is not None:
            data = prove_growth(bundle, read_trusted_checkpoint(since))
        if output is None:
            say(data.decode().rstrip("\n"))
        else:
            write_file(output, data, mode=PRIVATE if disclose else OPEN, replace=force)
            narrate(_("Written: {path}").format(path=output))
        return ExitCode.POSITIVE

    return prove
