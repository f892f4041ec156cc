"""What holds for every command: the language, the exit codes, and that no traceback reaches a user."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest

from incidentsim.cli import command_table as commands
from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.options import wanted
from incidentsim.domain.errors import InputError, ProcedureError, RunBusyError, SurroundingsError, UnknownNameError

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def failing(error: BaseException) -> Callable[..., Any]:
    def open_service(**_options: object) -> Any:
        raise error

    return open_service


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError("It is wrong."), 2),
        (UnknownNameError("No such run.", kind="run", name="x", known=()), 2),
        (ProcedureError("It goes round."), 2),
        (SurroundingsError("The disk is full."), 3),
        (RunBusyError("Another process writes it."), 3),
        (PermissionError(13, "Permission denied", "/x"), 3),
        (click.UsageError("Wrong call."), 2),
        (click.ClickException("Wrong somehow."), 2),
        (click.Abort(), 130),
        (KeyboardInterrupt(), 130),
        (BrokenPipeError(), 141),
        (ZeroDivisionError("division by zero"), 3),
        (RecursionError("too deep"), 3),
        (MemoryError(), 3),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_error_has_its_exit_code_and_none_shows_a_traceback(error: BaseException, code: int, run: "Run") -> None:
    outcome = run("runs", opener=failing(error))
    assert outcome.code == code
    assert outcome.out == ""
    assert "Traceback" not in outcome.err


def test_debug_shows_the_traceback(run: "Run") -> None:
    outcome = run("--debug", "runs", opener=failing(SurroundingsError("The disk is full.")))
    assert outcome.code == 3
    assert "Traceback" in outcome.err
    assert outcome.err.endswith("Error: The disk is full.\n")
    assert "Traceback" in run("runs", "--debug", opener=failing(ValueError("x"))).err


def test_a_fault_of_ours_says_so(run: "Run") -> None:
    outcome = run("runs", opener=failing(ZeroDivisionError("division by zero")))
    assert "a fault of incidentsim" in outcome.err
    assert "ZeroDivisionError: division by zero" in outcome.err
    assert "--debug" in outcome.err


def test_errors_of_the_system_name_the_file(run: "Run") -> None:
    outcome = run("runs", opener=failing(PermissionError(13, "Permission denied", "/some/file")))
    assert outcome.err == "Error: /some/file: permission is missing\n"


def test_what_an_error_quotes_cannot_act_on_the_terminal(run: "Run") -> None:
    outcome = run("runs", opener=failing(InputError("first \x1b[31m\u202e line\nsecond line")))
    assert outcome.err == "Error: first ␛[31m⟨U+202E⟩ line\nsecond line\n"


def test_without_a_command_it_says_what_to_try(run: "Run") -> None:
    outcome = run()
    assert (outcome.code, outcome.out) == (2, "")
    assert "incidentsim replay" in outcome.err
    assert "incidentsim play --plain" in outcome.err


def test_help_and_version_are_data(run: "Run") -> None:
    assert run("--help").out.startswith("Usage: incidentsim [OPTIONS] COMMAND")
    assert re.fullmatch(r"incidentsim \d+\.\d+\.\d+\n", run("--version").out)


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("en", ["Play:", "Write:", "Record:", "Prove:", "Analyse:"]),
        ("zh", ["演练：", "编写：", "记录：", "证明：", "分析："]),
    ],
)
def test_the_overview_names_every_command_under_its_subject(language: str, headings: list[str], run: "Run") -> None:
    overview = re.split(r"\n\n(?=\S)", run("--lang", language, "--help").out.rstrip())[-len(headings) :]
    assert [part.splitlines()[0] for part in overview] == headings
    listed = [re.findall(r"^  (\w+)  ", part, re.MULTILINE) for part in overview]
    assert listed == [list(subject.summaries()) for subject in commands.SUBJECTS.values()]


def test_the_lines_of_the_overview_stand_in_one_column(run: "Run") -> None:
    overview = run("--help").out.partition("Play:")[2]
    assert {len(start) for start in re.findall(r"^  \w+ +", overview, re.MULTILINE)} == {16}


def test_a_subject_is_a_folder_and_every_module_in_it_that_builds_a_command_is_in_the_table() -> None:
    folder = Path(commands.__file__).parent / "commands"
    building = {
        (path.parent.name, path.stem)
        for path in folder.glob("*/*.py")
        if re.search(r"^def command\(\)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert building == {
        (name, commands.KEYWORDS.get(command, command))
        for name, subject in commands.SUBJECTS.items()
        for command in subject.summaries()
    }


@pytest.mark.parametrize("name", list(commands.names()))
def test_every_command_has_help_in_both_languages(name: str, run: "Run") -> None:
    english, chinese = run(name, "--help"), run("--lang", "zh", name, "--help")
    assert english.code == chinese.code == 0
    assert english.out.startswith(f"Usage: incidentsim {name}")
    assert chinese.out.startswith(f"用法： incidentsim {name}") or chinese.out.startswith(f"用法：incidentsim {name}")


def test_an_unknown_command_is_a_wrong_call(run: "Run") -> None:
    outcome = run("rplay")
    assert outcome.code == ExitCode.WRONG_INPUT
    assert "rplay" in outcome.err


@pytest.mark.parametrize(
    ("argv", "environment", "chinese"),
    [
        ([], {}, False),
        (["--lang", "zh"], {}, True),
        (["--lang=zh"], {}, True),
        (["runs", "--lang", "zh"], {}, True),
        ([], {"INCIDENTSIM_LANG": "zh"}, True),
        (["--lang", "en"], {"INCIDENTSIM_LANG": "zh"}, False),
        ([], {"LANG": "zh_CN.UTF-8"}, True),
        ([], {"LANG": "zh_CN.UTF-8", "INCIDENTSIM_LANG": "en"}, False),
        (["--lang", "en"], {"LANG": "zh_CN.UTF-8", "LANGUAGE": "zh"}, False),
    ],
)
def test_the_language_is_asked_for_then_set_then_the_systems(
    argv: list[str], environment: dict[str, str], chinese: bool, run: "Run", monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    outcome = run(*argv, "--help")
    ours, clicks = ("保存" in outcome.out or "记录" in outcome.out), "用法" in outcome.out
    assert (ours, clicks) == (chinese, chinese)


def test_an_unknown_language_is_a_wrong_call(run: "Run") -> None:
    outcome = run("--lang", "fr", "--help")
    assert outcome.code in {0, 2}
    assert run("--lang", "fr", "runs").code == 2


@pytest.mark.parametrize(
    ("argv", "value"),
    [
        (["--lang", "zh"], "zh"),
        (["a", "--lang=zh", "b"], "zh"),
        (["--lang", "zh", "--lang", "en"], "en"),
        (["--", "--lang", "zh"], None),
        (["--lang"], None),
        (["--language", "zh"], None),
    ],
)
def test_the_language_is_read_before_the_command_line_is_parsed(argv: list[str], value: str | None) -> None:
    assert wanted(argv, "--lang") == value


WRONG_CALLS = [
    ["rplay"],
    ["--nonsense"],
    ["runs", "--format", "xml"],
    ["runs", "--format"],
    ["runs", "surplus"],
    ["show"],
    ["schema", "poem"],
    ["check"],
    ["replay"],
    ["replay", "--resume", "x", "--bots"],
    ["replay", "--junit", "."],
    ["diagram"],
    ["import", "stix", "x.json"],
    ["--debug=1", "runs"],
    [],
]


@pytest.mark.parametrize("argv", WRONG_CALLS, ids=" ".join)
def test_a_wrong_call_is_answered_in_the_language_spoken(argv: list[str], run: "Run") -> None:
    outcome = run("--lang", "zh", *argv)
    assert outcome.code == 2
    assert english_words(outcome.err) == []
    assert re.search("[\u3400-\u9fff]", outcome.err)


@pytest.mark.parametrize("argv", [[], *([name] for name in commands.names())], ids=" ".join)
def test_chinese_help_is_chinese_throughout_and_fits_the_page(argv: list[str], run: "Run") -> None:
    from incidentsim.exports.wording.plain_text import width

    shown = run("--lang", "zh", *argv, "--help").out
    assert english_words(shown) == []
    assert max(width(line) for line in shown.splitlines()) <= 100


def english_words(text: str) -> list[str]:
    """Two or more English words in a row, leaving out what a user types: commands, options, metavars."""
    typed = r"--?[\w-]+|[A-Z]{2,}|(incidentsim|openssl)( \w+)?|\[[^\]]*\]|'[^']*'|\w+\|\w+"
    return re.findall(r"[A-Za-z]{2,} [A-Za-z]{2,}", re.sub(typed, "·", text))


def test_colours_only_where_nobody_objects() -> None:
    from incidentsim import composition

    assert composition.colour({})
    assert not composition.colour({"NO_COLOR": "1"})
    assert composition.colour({"NO_COLOR": ""})


def test_neither_messages_nor_debug_repeat_a_secret_of_an_address(run: "Run", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENTSIM_DATABASE_URL", "postgresql://127.0.0.1:1/x?user=u&password=s3cretpw")
    for error in (ValueError("bad dsn: s3cretpw"), click.UsageError("Unknown: s3cretpw"), RuntimeError("t0ken%20x")):
        outcome = run("--debug", "runs", "http://t0ken%20x@127.0.0.1:1/", opener=failing(error))
        assert "s3cretpw" not in outcome.err
        assert "t0ken" not in outcome.err
