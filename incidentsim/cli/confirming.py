"""Asking before something is done that cannot be undone."""

import sys

import click

from incidentsim.cli.output import harmless
from incidentsim.domain.errors import InputError
from incidentsim.messages import gettext as _


def somebody_is_there() -> bool:
    """Return whether a question can be asked and answered on a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def confirmed(question: str) -> bool:
    """Ask on the terminal, and return whether the answer is yes.

    Raises:
        InputError: there is no terminal, so nobody can be asked.
    """
    if not somebody_is_there():
        raise InputError(_("This cannot be undone, and nobody can be asked here; say --yes if it is meant."))
    click.echo(harmless(_("{question} [y/N] ").format(question=question)), err=True, nl=False)
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}
