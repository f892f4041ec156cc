"""Options that several commands share, built when a command is, so that their help is in the language spoken."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from incidentsim.messages import gettext as _

F = TypeVar("F", bound=Callable[..., Any])


def everywhere() -> list[click.Option]:
    """The options that may stand before or after a command's name. They were acted on before click looked at them."""
    return [
        click.Option(
            ["--lang"],
            type=click.Choice(["en", "zh"]),
            expose_value=False,
            help=_("The language to speak: English or Chinese."),
        ),
        click.Option(
            ["--debug"], is_flag=True, expose_value=False, help=_("Show where in the program an error arose.")
        ),
    ]


def format_option() -> Callable[[F], F]:
    """`--format text|json`, for commands that list or judge."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(["text", "json"]),
        default="text",
        help=_("How the result is printed; text is for people."),
    )


class OutputFile(click.Path):
    """The type of every option that names a file to be written by `incidentsim.files`: anything but a folder."""

    def __init__(self) -> None:
        from pathlib import Path

        super().__init__(dir_okay=False, readable=False, path_type=Path)


def force_option() -> Callable[[F], F]:
    """`--force`, for every command that writes a file where the user says."""
    return click.option("--force", is_flag=True, help=_("Overwrite the file if it is another one."))


def wanted(argv: list[str], name: str) -> str | None:
    """The value of the option `name`, such as `--lang`, in arguments that are not parsed yet; the last one counts."""
    found = None
    for index, argument in enumerate(argv):
        if argument == "--":
            break
        if argument == name and index + 1 < len(argv):
            found = argv[index + 1]
        elif argument.startswith(name + "="):
            found = argument.partition("=")[2]
    return found
