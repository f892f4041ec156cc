"""`incidentsim schema`: the JSON Schema of a file format, for editors."""

from typing import TYPE_CHECKING

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.output import say_json
from incidentsim.cli.value_types import Choice
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.definitions.library.files import Kind

_KINDS = ("playbook", "scenario", "roster", "clocks", "controls", "evidence")


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Print the JSON Schema of playbook, scenario, roster, clock pack, control map or evidence files. An editor "
            "that knows YAML checks and completes a file by it."
        )
    )
    @click.argument("kind", type=Choice(_KINDS), metavar="|".join(_KINDS))
    def schema(kind: "Kind") -> ExitCode:
        from incidentsim.definitions.library.json_schema import json_schema

        say_json(json_schema(kind))
        return ExitCode.POSITIVE

    return schema
