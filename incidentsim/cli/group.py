"""The root command: a group that imports a command only when it is called."""

import os
import re
import sys
from collections.abc import Iterable
from typing import Any, Final

import click

from incidentsim.cli import command_table, options
from incidentsim.cli.completing import complete
from incidentsim.cli.streams import ClosedOutputError
from incidentsim.messages import gettext as _
from incidentsim.messages import language
from incidentsim.version import __version__

PAGE: Final = 80
"""The most columns that a help text takes."""


class HelpFormatter(click.HelpFormatter):
    """Sets Chinese help by the columns it takes, which click does not count, and with Chinese colons."""

    def write_heading(self, heading: str) -> None:
        """Write a heading, with the colon of the language."""
        self.write(" " * self.current_indent + _("{heading}:").format(heading=heading) + "\n")

    def write_text(self, text: str) -> None:
        """Write a help text, its paragraphs wrapped."""
        if language() != "zh":
            super().write_text(text)
            return
        indent = " " * self.current_indent
        paragraphs = [_lines(part.replace("\n", ""), self.width - self.current_indent) for part in text.split("\n\n")]
        self.write("\n\n".join("\n".join(indent + line for line in lines) for lines in paragraphs) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms and what they mean in two columns."""
        if language() != "zh":
            super().write_dl(rows, col_max, col_spacing)
            return
        pairs = list(rows)
        term = min(max(_width(first) for first, _second in pairs), col_max) + col_spacing
        room = max(self.width - self.current_indent - term, PAGE // 4)
        for first, second in pairs:
            head, *rest = _lines(second, room)
            gap = max(term - _width(first), 1)
            self.write(" " * self.current_indent + first + " " * gap + head + "\n")
            self.write("".join(" " * (self.current_indent + term) + line + "\n" for line in rest))


def _width(text: str) -> int:
    """The columns of a help text. What counts them elsewhere is too slow to import for a help text."""
    return sum(2 if character > "\u2e7f" else 1 for character in text)


def _lines(text: str, columns: int) -> list[str]:
    """Chinese text in lines."""
    lines = [""]
    for word in re.findall(r"[!-~]+|.", text):
        if _width(lines[-1] + word) > columns and word not in "，。；：、）”":
            lines.append("")
        lines[-1] += word
    return lines


class Context(click.Context):
    """A click context with our formatter."""

    def make_formatter(self) -> click.HelpFormatter:
        """The formatter, as wide as the terminal but not wider than a page."""
        try:
            columns = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns
        except (OSError, ValueError):  # no terminal
            columns = PAGE
        return HelpFormatter(width=max(min(columns, PAGE) - 2, PAGE // 2))


class Commands(click.Group):
    """A group of commands, which says what there is where one is mistyped."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; where there is none of that name, our own sentence with the nearest."""
        mistyped = args and not args[0].startswith("-") and not ctx.resilient_parsing
        if mistyped and self.get_command(ctx, args[0]) is None:
            from incidentsim.cli.wrong_calls import no_such_command

            raise no_such_command(args[0], self.list_commands(ctx), ctx.command_path)
        return super().resolve_command(ctx, args)


class Root(Commands):
    """All commands, each built when it is needed."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names, in the order of the overview."""
        return list(command_table.names())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """The command, with the options that stand everywhere."""
        found = command_table.build(cmd_name)
        if found is not None:
            found.name = cmd_name
            complete(found)
            found.params.extend(options.everywhere())
            for each in (found, *(found.commands.values() if isinstance(found, click.Group) else ())):
                each.context_class = Context
                each.options_metavar = _("[OPTIONS]")
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """The overview by subject, which needs no command; the second columns of all subjects are one column."""
        column = max(map(len, command_table.names()))
        for subject in command_table.SUBJECTS.values():
            with formatter.section(subject.heading()):
                formatter.write_dl([(name.ljust(column), line) for name, line in subject.summaries().items()])

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run the command. A closed pipe must reach our own handling, so it is hidden from click's."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise ClosedOutputError from None


def root() -> Root:
    """The whole command line, in the language spoken."""

    def begin(ctx: click.Context) -> None:
        if ctx.invoked_subcommand is None:
            from incidentsim.cli import screens

            ctx.exit(screens.show(ctx.obj))

    group = Root(
        name="incidentsim",
        callback=click.pass_context(begin),
        invoke_without_command=True,
        help=_("Run an information-security incident procedure on scenarios, and keep a record that can be checked."),
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND [ARGUMENTS]…"),
        params=[*options.everywhere()],
    )
    return click.version_option(
        __version__, prog_name="incidentsim", message="%(prog)s %(version)s", help=_("Print the version and end.")
    )(group)
