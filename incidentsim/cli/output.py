"""Writing: data to stdout, narration to stderr, files where the user says.

Lines that come from `exports` are harmless already. Whatever else may hold foreign text (names of files, error
messages) passes `harmless` first.
"""

import io
import shutil
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from incidentsim.domain.errors import InputError
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from pathlib import Path


NARROWEST, WIDEST = 60, 120
"""Columns: below, a log is cut to pieces; above, lines are too long to read."""


def use_utf8() -> None:
    """Make stdout and stderr speak UTF-8 whatever the locale or code page; what has no UTF-8 form is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


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


def write_file(path: "Path", data: bytes) -> None:
    """Write a file that the user asked for.

    Raises:
        InputError: its folder does not exist.
        OSError: it cannot be written.
    """
    check_folder(path)
    path.write_bytes(data)


def check_folder(path: "Path") -> None:
    """Make sure that a file can be put there, before the work for it is done.

    Raises:
        InputError: its folder does not exist.
    """
    if not path.parent.is_dir():
        message = _("The folder {folder} does not exist; make it first, or name a file elsewhere.")
        raise InputError(message.format(folder=path.parent))
