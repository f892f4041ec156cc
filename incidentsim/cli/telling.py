"""Headings for commands that print several parts."""

import click

from incidentsim.cli.output import say
from incidentsim.exports.wording.plain_text import width


def print_heading(title: str) -> None:
    """An empty line, and the title underlined."""
    say(["", click.style(title, bold=True), "=" * width(title), ""])
