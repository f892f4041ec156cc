"""Writing: data to stdout, narration to stderr. Files are written by `incidentsim.files`.

Lines that come from `exports` are harmless already. Whatever else may hold foreign text (names of files, error
messages) passes `harmless` first.
"""

import shutil
import sys
from collections.abc import Iterable

import click

NARROWEST, WIDEST = 60, 120
"""Columns: below, a log is cut to pieces; above, lines are too long to read."""


def harmless(text: str) -> str:
    """`text` with its line breaks, and everything else that could act on a terminal made visible."""
    from incidentsim.exports.wording.plain_text import visible

    return "\n".join(visible(line) for line in text.split("\n"))


def stdout_is_terminal() -> bool:
    """Return whether stdout is a terminal."""
    return sys.stdout.isatty()


def fit_page() -> None:
    """Lay out what follows for the terminal's width; elsewhere every log has the same width."""
    if stdout_is_terminal():
        from incidentsim.exports.wording.plain_text import PAGE

        PAGE.set(min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST))


def say(lines: str | Iterable[str] = "") -> None:
    """Write data to stdout: a line or several."""
    click.echo(lines if isinstance(lines, str) else "\n".join(lines))


def narrate(text: str) -> None:
    """Tell the person at the keyboard something that is not data."""
    click.echo(harmless(text), err=True)
