"""Options that several commands share, built when a command is, so that their help is in the language spoken."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

import click

from incidentsim.cli.value_types import Choice
from incidentsim.messages import gettext as _

F = TypeVar("F", bound=Callable[..., Any])

_LANGUAGES: Final = ("en", "zh")


def everywhere() -> list[click.Option]:
    """The options that may stand before or after a command's name. They were acted on before click looked at them."""
    return [
        click.Option(
            ["--lang"],
            type=Choice(_LANGUAGES),
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
        type=Choice(["text", "json"]),
        default="text",
        help=_("How the result is printed; text is for people."),
    )


def people_option() -> Callable[[F], F]:
    """`--people ROSTER`, for commands that make a story or plan a session."""
    return click.option(
        "--people",
        metavar=_("ROSTER"),
        help=_("The people of your company: a roster (file or id). Without one, people are invented."),
    )


class OutputFile(click.Path):
    """The type of every option that names a file to be written by `incidentsim.files`: anything but a folder.

    A hyphen means stdout, as POSIX has it (XBD 12.2, guideline 13); `./-` is a file of that name.
    """

    def __init__(self) -> None:
        from pathlib import Path

        super().__init__(dir_okay=False, readable=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - click's
        """The path."""
        from incidentsim.files import STDOUT

        return STDOUT if value == "-" else super().convert(value, param, ctx)


class OutputFolder(click.Path):
    """The type of options that name a folder to write into; `-` is as if the option were not there: it is printed."""

    def __init__(self) -> None:
        from pathlib import Path

        super().__init__(file_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - click's
        """The path; `None` for what is printed."""
        return None if value == "-" else super().convert(value, param, ctx)


def force_option() -> Callable[[F], F]:
    """`--force`, for every command that writes a file where the user says."""
    return click.option("--force", is_flag=True, help=_("Overwrite the file if it is another one."))


def wanted_language(argv: list[str]) -> str | None:
    """The language that `--lang` asks for in arguments that are not parsed yet, if it is one that is spoken."""
    language = wanted(argv, "--lang")
    return language if language in _LANGUAGES else None


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
