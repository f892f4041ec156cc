"""Whatever the place in a call where an address is given, nothing that is told repeats its secrets.

The places are not listed: every argument and every option of every command gets addresses, also where a file, a run
or an id is asked for, because people paste them anywhere.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import pytest

from incidentsim.cli import command_table
from incidentsim.composition import secrets_of_addresses
from incidentsim.domain.errors import SurroundingsError
from incidentsim.files.addresses import without

if TYPE_CHECKING:
    from tests.cli.conftest import Run

MARK: Final = "Zq9x"
ADDRESSES: Final = (
    f"http://lin:{MARK}@127.0.0.1:1/x",
    f"https://127.0.0.1:1/{MARK}/x.yaml?token={MARK}&a=b#{MARK}",
    f"postgresql://lin:{MARK}@127.0.0.1:1/x?sslpassword={MARK}",
    f"ftp://{MARK}@127.0.0.1/x.yaml",
    f"lin:{MARK}@127.0.0.1",
)


def commands() -> Iterator[tuple[str, ...]]:
    """Every command, and every command below one."""
    for name in command_table.names():
        yield (name,)
        built = command_table.build(name)
        if isinstance(built, click.Group):
            yield from ((name, below) for below in built.commands)


def built(words: tuple[str, ...]) -> click.Command:
    command = command_table.build(words[0])
    for word in words[1:]:
        assert isinstance(command, click.Group)
        command = command.commands[word]
    assert command is not None
    return command


def calls(words: tuple[str, ...], address: str) -> Iterator[list[str]]:
    """Calls of a command with an address in each place of a value, and something in the places that must be filled."""
    parameters = [parameter for parameter in built(words).params if not getattr(parameter, "is_flag", False)]
    for place in parameters:
        for joined in (False, True) if place.param_type_name == "option" else (False,):
            call = list(words)
            for parameter in parameters:
                if parameter is not place and not parameter.required:
                    continue
                value = address if parameter is place else "last"
                if isinstance(parameter.type, click.Choice) and parameter is not place:
                    value = str(next(iter(parameter.type.choices)))
                if parameter.param_type_name == "argument":
                    call.append(value)
                elif joined:
                    call.append(f"{parameter.opts[0]}={value}")
                else:
                    call += [parameter.opts[0], value]
            yield call


@pytest.mark.parametrize(
    "addresses", [ADDRESSES[1:2], pytest.param(ADDRESSES, marks=pytest.mark.slow)], ids=["one address", "all"]
)
@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_no_command_repeats_a_secret_of_an_address_wherever_it_stands(
    words: tuple[str, ...], addresses: tuple[str, ...], run: "Run", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    for address in addresses:
        for call in calls(words, address):
            outcome = run("--debug", *call)
            assert MARK not in outcome.out + outcome.err, (call, outcome)


def test_the_places_are_found() -> None:
    found = [call for words in commands() for call in calls(words, ADDRESSES[0])]
    assert ["export", ADDRESSES[0], "--format", "jsonl"] in found
    assert any(call[-1] == f"--timestamp={ADDRESSES[0]}" for call in found)
    assert any(call[:2] == ["runs", "script"] for call in found)
    assert len(found) > 60


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("shape", ["{}", "--key={}", "-o{}", "file:{}", "a={} b", "{0} {0}"])
def test_an_address_is_found_in_whatever_shape_of_an_argument(address: str, shape: str) -> None:
    argument = shape.format(address)
    told = without(secrets_of_addresses([argument]), f"{argument}: no such file; {Path(argument)}; {argument!r}")
    assert MARK not in told


def test_an_error_that_quotes_the_databases_address_is_told_without_its_secrets(
    run: "Run", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INCIDENTSIM_DATABASE_URL", f"postgresql://lin:{MARK}@127.0.0.1:1/x")

    def failing(*, record: bool) -> None:
        assert record
        raise SurroundingsError(f"It failed: postgresql://lin:{MARK}@127.0.0.1:1/x")

    outcome = run("--debug", "runs", opener=failing)
    assert outcome.code == 3
    assert "It failed" in outcome.err
    assert MARK not in outcome.err
