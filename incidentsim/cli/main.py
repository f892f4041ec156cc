"""The way into the program: language first, then the command, then an exit code for whatever happened."""

import gc
import gettext
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from typing import Any, Final, NoReturn

import click

from incidentsim import composition, messages
from incidentsim.cli import options
from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.group import root
from incidentsim.cli.output import harmless, keep_secret, narrate, without_secrets
from incidentsim.cli.streams import ClosedOutputError, OutputError, forget_output, prepare_streams
from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.messages import gettext as _

COLLECT_AFTER: Final = 20_000
"""So many new objects, instead of a few hundred, before the garbage collector looks for circles among them.

While the program starts, nothing becomes garbage, and a tenth of the time went into looking for it.
"""


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Run the program and end the process."""
    gc.set_threshold(COLLECT_AFTER, *gc.get_threshold()[1:])
    prepare_streams()
    if not sys.warnoptions:  # what libraries warn of is for whoever develops, not for whoever uses
        warnings.simplefilter("ignore")
    code = run(argv)
    try:
        sys.stdout.flush()
    except (OSError, ClosedOutputError) as error:
        code = _explain(error)
    if code in {ExitCode.CLOSED_OUTPUT, ExitCode.SURROUNDINGS}:
        forget_output()
    sys.exit(code)


def run(argv: Sequence[str] | None = None, open_service: Callable[..., Any] | None = None) -> int:
    """Run one command line and say how it ended.

    Args:
        argv: the arguments after the program's name; those of the process if left out.
        open_service: opens the service, in place of the real one.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    wanted = options.wanted_language(arguments)
    speak(composition.language(wanted))
    keep_secret(arguments)
    try:
        settings = composition.settings()
    except (InputError, SurroundingsError) as error:
        return _explain(error)
    language = composition.language(wanted, setting=settings.language)
    speak(language)
    frontend = Frontend(language, open_service, settings)
    debug = "--debug" in arguments
    try:
        # On Windows click expands wildcards, but only in arguments that it takes from the process itself.
        result = root().main(
            args=None if argv is None else arguments,
            prog_name="incidentsim",
            standalone_mode=False,
            obj=frontend,
            color=None if composition.colour() else False,
        )
    except BaseException as error:  # noqa: BLE001 - no traceback may reach a user
        if debug and not isinstance(error, SystemExit):
            import traceback

            click.echo(without_secrets(traceback.format_exc()), err=True, nl=False)
        return _explain(error)
    return int(result or ExitCode.POSITIVE)


def speak(language: str) -> None:
    """Speak `language`: our own messages and click's."""
    messages.use(language)
    # click asks Python's global gettext, which goes by LANGUAGE before every other variable.
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("click", messages.FOLDER)
    gettext.textdomain("click")


def _explain(error: BaseException) -> int:
    """Tell the user what went wrong, and give the exit code for it."""
    match error:
        case SystemExit():
            return error.code if isinstance(error.code, int) else ExitCode.POSITIVE
        case ClosedOutputError() | BrokenPipeError():
            return ExitCode.CLOSED_OUTPUT
        case click.Abort() | KeyboardInterrupt():
            narrate(_("Interrupted. What was acknowledged is on record."))
            return ExitCode.INTERRUPTED
        case click.ClickException():
            _show(error)
            return error.exit_code if error.exit_code != 1 else ExitCode.WRONG_INPUT
        case InputError():
            narrate(without_secrets(_("Error: {message}").format(message=error)))
            return ExitCode.WRONG_INPUT
        case SurroundingsError():
            narrate(without_secrets(_("Error: {message}").format(message=error)))
            return ExitCode.SURROUNDINGS
        case OutputError():
            from incidentsim.files import reason

            forget_output()
            narrate(_("Error: the output could not be written: {reason}.").format(reason=reason(error)))
            return ExitCode.SURROUNDINGS
        case OSError():
            from incidentsim.files import call_is_wrong, reason

            where = f"{error.filename}: " if error.filename is not None else ""
            narrate(without_secrets(_("Error: {message}").format(message=where + reason(error))))
            return ExitCode.WRONG_INPUT if call_is_wrong(error) else ExitCode.SURROUNDINGS
        case _other:
            name = type(error).__name__
            message = _(
                "This is a fault of incidentsim, not of yours ({name}: {reason}). "
                "Please run it again with --debug and report what it shows."
            )
            narrate(without_secrets(message.format(name=name, reason=error)))
            return ExitCode.SURROUNDINGS


def _show(error: click.ClickException) -> None:
    """Have click show its error: as it does, but in our sentences, without secrets, and with all that can be seen."""
    from io import StringIO

    told = StringIO()
    error.show(told)
    text = told.getvalue()
    if isinstance(error, click.UsageError):
        from incidentsim.cli.wrong_calls import sentence

        text = text.replace(error.format_message(), sentence(error))
    click.echo(harmless(without_secrets(text)), err=True, nl=False)
