"""Writing: data to stdout, narration to stderr. Files are written by `incidentsim.files`.

Lines that come from `exports` are harmless already. Whatever else may hold foreign text (names of files, error
messages) passes `harmless` first.
"""

import shutil
import sys
from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from itertools import islice
from typing import TYPE_CHECKING, Final

import click

from incidentsim import composition

if TYPE_CHECKING:
    from incidentsim.exports.as_json.pieces import Part

NARROWEST, WIDEST = 60, 120
"""Columns: below, a log is cut to pieces; above, lines are too long to read."""

_BLOCK: Final = 1_000
"""So many lines are written at once."""

_CALL: Final[ContextVar[tuple[str, ...]]] = ContextVar("call", default=())


def harmless(text: str) -> str:
    """A message with its line breaks, and what could act on a terminal, or cannot be seen in it, made visible."""
    from incidentsim.exports.wording.plain_text import visible
    from incidentsim.unseen import shown

    return "\n".join(shown(visible(line)) for line in text.split("\n"))


def stdout_is_terminal() -> bool:
    """Return whether stdout is a terminal."""
    return sys.stdout.isatty()


def fit_page() -> None:
    """Lay out what follows for the terminal's width; elsewhere every log has the same width."""
    if stdout_is_terminal():
        from incidentsim.exports.wording.plain_text import PAGE

        PAGE.set(min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST))


def keep_secret(arguments: Sequence[str]) -> None:
    """Have nothing that is narrated from now on repeat the secrets of addresses in a call."""
    _CALL.set(tuple(arguments))


def without_secrets(text: str) -> str:
    """Take the secrets of addresses out of a text about what went wrong, where libraries and the system repeat them.

    Only where something went wrong can the database's address be in a text; elsewhere, to leave out its password would
    tell which word that is.
    """
    return _without((*composition.secrets_of_addresses(_CALL.get()), *composition.secrets_of_database()), text)


def _without(secrets: Sequence[str], text: str) -> str:
    if not secrets:
        return text
    from incidentsim.files.addresses import without

    return without(secrets, text)


def say(lines: str | Iterable[str] = "") -> None:
    """Write data to stdout: a line or several. Of many lines, only so many are held at a time."""
    if isinstance(lines, str):
        click.echo(lines)
        return
    remaining = iter(lines)
    block = list(islice(remaining, _BLOCK))
    click.echo("\n".join(block))
    while block := list(islice(remaining, _BLOCK)):
        click.echo("\n".join(block))


def say_json(value: "Part") -> None:
    """Write data as JSON to stdout, in blocks: of a long record, only so much is held at a time."""
    from incidentsim.exports.as_json.pieces import blocks

    for block in blocks(value):
        click.echo(block, nl=False)
    click.echo()


def narrate(text: str) -> None:
    """Tell the person at the keyboard something that is not data."""
    click.echo(harmless(_without(composition.secrets_of_addresses(_CALL.get()), text)), err=True)
