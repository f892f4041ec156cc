"""`incidentsim explain`: a playbook in prose, by role, with what its file leaves out."""

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.options import format_option
from incidentsim.cli.output import say, say_json
from incidentsim.messages import gettext as _


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Tell a playbook in prose: its levels, what has to be judged, and by role who may do what, who owes what "
            "within which time, and what nobody may do, each with its clause or basis. What the file leaves out is "
            "marked as default. PLAYBOOK is a file or the id of a playbook."
        )
    )
    @click.argument("playbook", metavar=_("PLAYBOOK"))
    @click.option("--role", metavar=_("ROLE"), help=_("Tell of this role only, by its id."))
    @format_option()
    @click.pass_obj
    def explain(frontend: Frontend, /, *, playbook: str, role: str | None, output_format: str) -> ExitCode:
        from incidentsim.cli.loading import examine
        from incidentsim.exports.explaining.explain import explain as explained
        from incidentsim.exports.explaining.rendering import explanation_json, explanation_lines

        explanation = explained(examine(playbook), frontend.language, role)
        if output_format == "json":
            say_json(explanation_json(explanation))
        else:
            say(explanation_lines(explanation))
        return ExitCode.POSITIVE

    return explain
