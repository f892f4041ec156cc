"""What is wrong with a call is said in our sentences, in the language spoken, wherever a call can be wrong."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
import pytest

from incidentsim.cli import command_table
from incidentsim.cli.group import root

if TYPE_CHECKING:
    from tests.cli.conftest import Run

CLICKS_WORDS = re.compile(r"Invalid value|Missing|No such|Choose|integer|range|%Y|的值无效|无效的")
"""What click says where nobody says anything better."""


def calls() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """The words by which each command and subcommand is called."""
    everything = root()
    yield (), everything
    for name in command_table.names():
        command = everything.get_command(click.Context(everything), name)
        assert command is not None
        yield (name,), command
        for inner, subcommand in command.commands.items() if isinstance(command, click.Group) else ():
            yield (name, inner), subcommand


def wrong_values() -> Iterator[tuple[str, ...]]:
    """Calls with a value that a parameter does not take, but for paths: only click knows what it has against one."""
    for words, command in calls():
        for parameter in command.params:
            if isinstance(parameter.type, click.types.StringParamType | click.Path) or getattr(
                parameter, "is_flag", False
            ):
                continue
            before = [] if isinstance(parameter, click.Option) else _arguments_before(command, parameter)
            given = [max(parameter.opts, key=len)] if isinstance(parameter, click.Option) else []
            yield (*words, *before, *given, "no-such-value")


def _arguments_before(command: click.Command, parameter: click.Parameter) -> list[str]:
    arguments = [each for each in command.params if isinstance(each, click.Argument)]
    return ["x"] * arguments.index(parameter)  # type: ignore[arg-type]  # it is an argument


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_wrong_value_is_told_by_what_would_be_valid(
    language: str, run: "Run", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INCIDENTSIM_LANG", language)
    tried = list(wrong_values())
    assert len(tried) > 30
    for call in tried:
        outcome = run(*call, *(["runs"] if call[0] == "--lang" else []))
        assert outcome.code == 2, call
        error = outcome.err.splitlines()[-1]
        assert "no-such-value" in error
        assert not CLICKS_WORDS.search(error), (call, error)
        assert error.startswith("Error: ") is (language == "en"), (call, error)
        assert error[-1] == ("." if language == "en" else "。")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_missing_is_named_and_so_is_what_it_can_be(language: str, run: "Run") -> None:
    """Every command with something required is called without anything."""
    told = 0
    for words, command in calls():
        required = [parameter for parameter in command.params if parameter.required]
        if not required:
            continue
        told += 1
        outcome = run(*words, "--lang", language)
        assert outcome.code == 2, words
        error = outcome.err.splitlines()[-1]
        assert not CLICKS_WORDS.search(error), (words, error)
        for parameter in required[:1]:
            if isinstance(parameter.type, click.Choice):
                assert all(str(choice) in error for choice in parameter.type.choices)
    assert told > 8


def test_an_option_that_is_missing_names_its_choices(run: "Run") -> None:
    assert run("export", "last").err.endswith(
        "Error: --format is missing; it is one of: jsonl, md, html, docx, pdf, xlsx, csv, controls, oscal, bundle.\n"
    )
    assert run("rejudge", "last").err.endswith("Error: --playbook is missing.\n")


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (("show", "--form"), "There is no option --form; the nearest valid one is --format."),
        (("show", "--zzzzzz", "x"), "There is no option --zzzzzz; “incidentsim show --help” lists them."),
        (("--zzzzzz",), "There is no option --zzzzzz; “incidentsim --help” lists them."),
        (("runs", "rename"), "There is no command rename; the nearest valid one is name."),
        (("runs", "zzzzzz"), "There is no command zzzzzz; “incidentsim runs --help” lists them."),
        (("runs", "script", "--zzzzzz"), "There is no option --zzzzzz; “incidentsim runs script --help” lists them."),
        (("show", "last", "--from", "-3"), "--from: -3 is not a whole number, 0 or more."),
        (("preview", "x", "--plays", "0"), "--plays: 0 is not a whole number from 1 to 500."),
        (("runs", "--since", "May"), "--since: May is not a day such as 2026-11-30."),
        (("schema", "--zzz{}%s"), "There is no option --zzz{}%s; “incidentsim schema --help” lists them."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_the_nearest_name_or_the_help_is_named(call: tuple[str, ...], told: str, run: "Run") -> None:
    outcome = run(*call)
    assert outcome.code == 2
    assert outcome.err.endswith(f"Error: {told}\n")


def test_a_language_that_is_not_spoken_is_refused_in_the_one_that_is(
    run: "Run", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INCIDENTSIM_LANG", "zh")
    assert run("--lang", "fr", "runs").err.endswith("错误：--lang：fr 不在可用的值之中：en, zh。\n")


def test_a_subcommand_s_usage_is_in_the_language_spoken(run: "Run") -> None:
    assert "OPTIONS" not in run("--lang", "zh", "runs", "script").err


@pytest.mark.parametrize("call", [("play", "nosuch"), ("play", "nosuch", "--as", "x"), ("play", "--resume", "nosuch")])
def test_an_unknown_name_is_told_before_that_there_is_no_terminal(call: tuple[str, ...], run: "Run") -> None:
    outcome = run(*call)
    assert outcome.code == 2
    assert "nosuch" in outcome.err
    assert "terminal" not in outcome.err
