"""`incidentsim settings`: the settings file, where it is, and what holds."""

from typing import TYPE_CHECKING

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.options import format_option
from incidentsim.cli.output import say, say_json
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.cli.frontend import Frontend


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Show where your settings file is and what it says: theme, language, pacing, plain, and keys of your own. "
            "Options win over the environment, the environment over the file. The screens change it (f2); so can an "
            "editor."
        )
    )
    @format_option()
    @click.pass_obj
    def settings(frontend: "Frontend", /, *, output_format: str) -> ExitCode:
        from incidentsim import composition

        path, values = composition.settings_file(), frontend.settings.values()
        if output_format == "json":
            say_json({"file": str(path), "there": path.exists(), **values, "keys": dict(frontend.settings.keys)})
            return ExitCode.POSITIVE
        from incidentsim.settings import whole

        there = "{path}" if path.exists() else _("{path} (not there yet)")
        say([there.format(path=path), "", *whole(frontend.settings).splitlines()])
        return ExitCode.POSITIVE

    return settings
