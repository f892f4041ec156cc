"""The manual held against the program: what its pages mention exists, and what they say to type runs."""

import importlib
import inspect
import io
import pkgutil
import re
import shlex
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from typing import Final

import click
import pytest
from textual.binding import Binding
from textual.keys import _character_to_key

import incidentsim.tui
from incidentsim.cli import command_table, main
from incidentsim.cli.dialogue.words import WORDS
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.group import root
from incidentsim.definitions.library.json_schema import json_schema
from incidentsim.domain.meanings.terms import StepMeaning
from incidentsim.domain.text import Language
from incidentsim.evidence import members
from incidentsim.exports.manual.blocks import Block, Code, Heading, Item, Paragraph, Span, SpanKind, Spans
from incidentsim.exports.manual.pages import Page
from incidentsim.exports.preparation.papers import PAPERS
from incidentsim.settings import Settings

RUN: Final = "sh"
TERMINAL: Final = "sh terminal"
"""Commands that open the screens: they need a terminal, and a test gives them one."""
FILE: Final = re.compile(r"(?:yaml|json) ([\w./-]+)")
"""A block that is a file: it is written there before what follows is run."""
EXCERPT: Final = "yaml"
"""A block that stands in one of the files that the commands of the page wrote."""
FOREIGN: Final = frozenset({"openssl"})
"""Programs of others that a page may call."""
WRITTEN: Final = frozenset({"questions.md"})
"""Files that a command writes unasked. That a page's commands wrote them is seen when they have been run."""
CHECKED_WITH: Final = frozenset({"sha256sum", "jq", "openssl"})
"""Programs of others that a bundle is checked with, as VERIFY.md says."""


def texts(page: Page) -> Iterator[Spans]:
    """Every text of a page that is no block of code."""
    for block in page.blocks:
        if isinstance(block, Heading | Paragraph | Item):
            yield block.spans


def spans(page: Page, *kinds: SpanKind) -> list[Span]:
    """The words of these kinds on a page."""
    return [span for found in texts(page) for span in found if span.kind in kinds]


def commands(page: Page) -> list[str]:
    """The commands of all blocks of a page, in their order."""
    return [
        line for block in page.blocks if isinstance(block, Code) and block.info.startswith("sh") for line in block.lines
    ]


@cache
def keys() -> Mapping[str, frozenset[str]]:
    """The keys of every binding in the screens, by its id."""
    found: dict[str, set[str]] = {}
    for module in pkgutil.walk_packages(incidentsim.tui.__path__, "incidentsim.tui."):
        for name, value in vars(importlib.import_module(module.name)).items():
            held = value if name.endswith("KEYS") else getattr(value, "BINDINGS", ()) if inspect.isclass(value) else ()
            for binding in held if isinstance(held, list) else ():
                if isinstance(binding, Binding) and binding.id:
                    found.setdefault(binding.id, set()).update(binding.key.split(","))
    return {name: frozenset(known) for name, known in found.items()}


def wrong_key(span: Span) -> str | None:
    """What is wrong with a key on a page."""
    if span.target not in keys():
        return f"no key is called {span.target}"
    pressed = _character_to_key(span.text) if len(span.text) == 1 else span.text
    return (
        None if pressed in keys()[span.target] else f"{span.target} is {sorted(keys()[span.target])}, not {span.text}"
    )


def wrong_word(span: Span, language: Language) -> str | None:
    """What is wrong with a word of plain mode on a page."""
    known = WORDS[span.target].say(language).split() if span.target in WORDS else []
    return None if span.text in known else f"{span.target} is said {known}, not {span.text}"


def wrong_command(line: str, *, whole: bool = True) -> str | None:
    """What is wrong with a command line, without running it: an unknown command, option or value.

    One that is only mentioned is not `whole`: it may lack what it is about.
    """
    arguments = shlex.split(line)
    if arguments[0] in FOREIGN:
        return None
    if arguments[0] != "incidentsim":
        return f"{arguments[0]} is no program that a page may call"
    context = click.Context(root(), obj=Frontend("en", None, Settings()))
    try:
        _parse(root(), arguments[1:], context)
    except click.MissingParameter as error:
        return error.format_message() if whole else None
    except click.ClickException as error:
        return error.format_message()
    return None


def _parse(group: click.Group, arguments: list[str], context: click.Context) -> None:
    if not arguments:
        return
    command = group.get_command(context, arguments[0])
    if command is None:
        raise click.UsageError(f"There is no command {arguments[0]}")
    made = command.make_context(arguments[0], list(arguments[1:]), parent=context)
    if isinstance(command, click.Group) and (rest := [*made._protected_args, *made.args]):
        _parse(command, rest, made)


@cache
def _options() -> Mapping[str, frozenset[str] | None]:
    """Every option of every command, with its values where they are a closed list."""
    found: dict[str, frozenset[str] | None] = {}
    waiting: list[click.Command] = [root()]
    waiting += [command for name in command_table.names() if (command := command_table.build(name)) is not None]
    while waiting:
        command = waiting.pop()
        waiting += command.commands.values() if isinstance(command, click.Group) else ()
        for parameter in command.params:
            values = frozenset(parameter.type.choices) if isinstance(parameter.type, click.Choice) else None
            for name in (*parameter.opts, *parameter.secondary_opts) if isinstance(parameter, click.Option) else ():
                found[name] = values if found.get(name, frozenset()) is not None else None
    return found


@cache
def _names() -> frozenset[str]:
    """What a page may name besides: keys and values of the file formats, meanings, members of a bundle, endings."""
    formats = {
        name
        for kind in ("playbook", "scenario")
        for name in re.findall(r'"([\w.@/-]+)"', str(json_schema(kind)).replace("'", '"'))
    }
    endings = {ending for paper in PAPERS for ending in paper.suffixes}
    bundled = {value for value in vars(members).values() if isinstance(value, str)}
    return frozenset(
        {*formats, *endings, *bundled, *CHECKED_WITH, *WRITTEN, *map(str, StepMeaning), *command_table.names()}
    )


def wrong_code(text: str, page: Page) -> str | None:
    """What is wrong with something that a page mentions as it is typed."""
    if text.startswith("incidentsim"):
        return wrong_command(text, whole=False) if " " in text else None
    if text.startswith("-"):
        option, _space, value = text.partition(" ")
        if option not in _options():
            return f"no command has the option {option}"
        values = _options()[option]
        return None if not value or values is None or value in values else f"{option} takes {sorted(values)}"
    named, _colon, _value = text.partition(":")
    if named in _names() or text in _names():
        return None
    written = {part for line in commands(page) for part in shlex.split(line)}
    written |= {match[1] for block in page.blocks if (match := _file(block)) is not None}
    if any(text in {part, part.rpartition("/")[2]} for part in written):
        return None
    return f"nothing is known to be called {text}"


def _file(block: Block) -> re.Match[str] | None:
    return FILE.fullmatch(block.info) if isinstance(block, Code) else None


def run(line: str) -> tuple[int, str]:
    """Run a command in this process, with nothing to be typed; its exit code and what it said."""
    arguments = shlex.split(line)
    if arguments[0] in FOREIGN:
        done = subprocess.run(arguments, capture_output=True, text=True, check=False)
        return done.returncode, done.stderr
    told = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(told), redirect_stderr(told):
        patch.setattr("sys.stdin", io.StringIO(""))
        code = main.run(arguments[1:])
    return code, told.getvalue()
