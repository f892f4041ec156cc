"""What is wrong with a call, in our own sentences: click's leave out what would be valid."""

import click

from incidentsim.cli.value_types import named, words
from incidentsim.domain.errors import UnknownNameError
from incidentsim.domain.unknown_names import unknown_name
from incidentsim.messages import gettext as _


def sentence(error: click.UsageError) -> str:
    """Return what is wrong, where, and what would be valid, in the language spoken.

    What only click knows, such as what it has against a file, is told in its words.
    """
    match error:
        case click.NoSuchOption(ctx=click.Context() as context):
            return _no_such_option(error.option_name, context)
        case click.MissingParameter(param=click.Parameter() as missing):
            return _missing(missing)
        case _other:
            return error.format_message()


def no_such_command(name: str, known: list[str], path: str) -> UnknownNameError:
    """Return the error for a command that there is not; `path` is the command that it should belong to."""
    message = _("There is no command {name}; “{path} --help” lists them.")
    return unknown_name(_("command"), name, known, kind="command", otherwise=message.replace("{path}", path))


def _no_such_option(name: str, context: click.Context) -> str:
    known = [each for option in context.command.get_params(context) for each in option.opts + option.secondary_opts]
    otherwise = _("There is no option {name}; “{path} --help” lists them.").replace("{path}", context.command_path)
    alike = [each for each in known if each.startswith("--") or not name.startswith("--")]
    return str(unknown_name(_("option"), name, alike, kind="option", otherwise=otherwise))


def _missing(parameter: click.Parameter) -> str:
    if isinstance(parameter.type, click.Choice):
        message = _("{name} is missing; it is one of: {choices}.")
        return message.format(name=named(parameter), choices=words(parameter.type))
    return _("{name} is missing.").format(name=named(parameter))
