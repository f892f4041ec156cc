"""`incidentsim cosign`: one more signature on a bundle."""

from pathlib import Path

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.options import OutputFile, force_option
from incidentsim.cli.output import narrate
from incidentsim.files import check_place
from incidentsim.messages import gettext as _


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Add your signature to a bundle, as a facilitator or an observer: from then on nobody can write its record "
            "anew without your key. The bundle is verified first. It stays where it is, with one signature more, "
            "unless another file is named."
        )
    )
    @click.argument("bundle", type=click.Path(path_type=Path), metavar=_("BUNDLE"))
    @click.option(
        "--key",
        type=click.Path(path_type=Path),
        required=True,
        metavar=_("FILE"),
        help=_("Your private key; “openssl genpkey -algorithm ed25519 -out FILE” makes one."),
    )
    @click.option("--name", metavar=_("NAME"), help=_("The name to sign under; that of the key file if left out."))
    @click.option(
        "-o",
        "--output",
        type=OutputFile(),
        metavar=_("FILE"),
        help=_("Write the signed bundle to this file."),
    )
    @force_option()
    def cosign(*, bundle: Path, key: Path, name: str | None, output: Path | None, force: bool) -> ExitCode:
        from incidentsim.evidence.keys import load_key, name_from
        from incidentsim.evidence.rebundling import cosign as sign

        if output is not None:
            check_place(output)
        public = sign(bundle, load_key(key), name or name_from(key), target=output, replace=force)
        narrate(_("{path} is now signed by {key}").format(path=output or bundle, key=public))
        return ExitCode.POSITIVE

    return cosign
