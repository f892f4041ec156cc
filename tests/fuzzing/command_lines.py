"""The command line as something to be fuzzed: calls made from the table of commands and their parameters, then spoilt.

An input is a JSON list: the arguments, and what is typed. So findings are kept and read like any others.
"""

import json
import re
from functools import cache
from random import Random
from typing import Any, Final

import click

from incidentsim.cli import command_table
from incidentsim.cli.exit_codes import ExitCode
from incidentsim.ledger.checkpoint import write_root
from incidentsim.ledger.faults import RecordFaultError
from tests.fuzzing import desk
from tests.fuzzing.mutating import mutate
from tests.fuzzing.reader import Reader

FILES: Final = (
    *("playbook.yaml", "scenario.yaml", "veris.json", "bundle.zip", "signed.zip", "log.jsonl", "proof.json", "."),
    *(
        "checkpoint",
        "roots.pem",
        "key.pem",
        "public.pem",
        "unpacked",
        "empty",
        "missing.yaml",
        "played.zip",
        "played.jsonl",
        "new.zip",
        "new.md",
    ),
)
NAMES: Final = (
    *("last", "run-1", "run-2", "run-3", "run", "tiny", "tiny-story", "false-alarm", "platform-incidents", "en", "zh"),
    *(
        "timeline",
        "duties",
        "facts",
        "all",
        "veris",
        "json",
        "text",
        "bundle",
        "P",
        "U",
        "x",
        "p1",
        "lin",
        "",
        "-",
        "--",
    ),
)
NUMBERS: Final = ("0", "1", "2", "-1", "3", "99999999999999999999", "1e3", "0x1", "٣", "1.5", "", "9007199254740993")
HOSTILE: Final = (
    *(
        "\u202e",
        "\u200b",
        "\udcff",
        "a\udc80b",
        "x" * 300,
        "[bold]",
        "%s",
        "{}",
        "\x1b[31m",
        "é\u0301",
        "話",
        "\n",
        " ",
    ),
    *("--", "-o", "--format", "--help", "--version", "--lang", "--lang=zh", "--debug", "--format=json", "@file", "*"),
    *("postgresql://u:secret@127.0.0.1:1/x", "sqlite:///missing.db", "=1+1", "-" * 50, "CON", "a:b", "?.zip", "~"),
)
ANSWERS: Final = (
    "",
    "1",
    "2",
    "go",
    "help",
    "quit",
    "wait 10",
    "do 1",
    "log",
    "lang zh",
    "why 3",
    "hand",
    "x",
    "read 1",
)
_DEAR: Final = {"demo": 0.1, "preview": 0.2, "check": 0.5}
"""How often a command that takes long is kept, when it is drawn."""
_DEAR_FORMATS: Final = {"pdf"}


@cache
def commands() -> dict[tuple[str, ...], list[click.Parameter]]:
    """Every command by its words, with its parameters, from the product's own table."""
    found: dict[tuple[str, ...], list[click.Parameter]] = {}

    def add(words: tuple[str, ...], command: click.Command | None) -> None:
        assert command is not None
        found[words] = command.params
        if isinstance(command, click.Group):
            for name in command.list_commands(click.Context(command)):
                add((*words, name), command.get_command(click.Context(command), name))

    for name in command_table.names():
        add((name,), command_table.build(name))
    return found


def _value(parameter: click.Parameter, random: Random) -> str:
    """A value for a parameter: right more often than not."""
    if random.random() < 0.12:
        return random.choice((*HOSTILE, *FILES, *NAMES, *NUMBERS))
    kind = parameter.type
    if isinstance(kind, click.Choice):
        choices = [str(choice) for choice in kind.choices]
        chosen = random.choice(choices)
        return random.choice(choices) if chosen in _DEAR_FORMATS else chosen
    if isinstance(kind, click.types.IntParamType):
        return random.choice(NUMBERS[:2] if parameter.name == "plays" else NUMBERS)
    if isinstance(kind, click.Path):
        return random.choice(FILES)
    if parameter.name == "root":
        return random.choice((write_root(bytes(32)), "x"))
    return random.choice((*FILES, *NAMES))


VALID: Final = (
    *(
        "demo",
        "play --plain scenario.yaml --as lead",
        "play --plain --resume run-3",
        "play scenario.yaml",
        "replay tiny",
        "plan scenario.yaml --players 2 --minutes 60",
    ),
    *("replay scenario.yaml --bots --junit new.xml --format json", "replay --resume run-1", "generate --list"),
    *("new playbook own --levels 2", "new playbook own --force"),
    *("adopt platform-incidents --as own --without legality", "adopt scenario.yaml --force"),
    *("new roster acme", "new scenario own --playbook incident-command", "plan false-alarm --players 1 --minutes 30"),
    *("generate false-alarm --seed 1 -o new.yaml", "generate lost-laptop --seed 2 --locale zh_CN --difficulty 3"),
    *("preview scenario.yaml --plays 1 --guide new.md --msel new.csv", "check playbook.yaml scenario.yaml --quality"),
    *(
        "import veris veris.json -o new",
        "schema scenario",
        "glossary inject --format json",
        "manual team",
        "settings --format json",
        "runs name run-1 Ours",
        "runs hide run-1",
        "runs delete run-2 --yes",
        "diagram playbook.yaml --format dot",
        "explain playbook.yaml --role lead",
        "runs --format json",
    ),
    *("runs script run-1 -o new.yaml", "show run-2", "show run-3 --format json", "export run-1 --format md -o new.md"),
    *(
        "export run-1 --format oscal -o new.json",
        "export run-2 --format controls",
        "export run-1 --format csv --table facts",
    ),
    *(
        "export run-2 --format xlsx -o new.xlsx",
        "export run-2 --format docx -o new.docx",
        "export run-1 --format html --report audit",
        "export run-1 --format jsonl",
    ),
    *("export run-1 --format bundle -o new.zip --key key.pem --pseudonymise", "verify bundle.zip --format json"),
    *(
        "export run-1 --format bundle -o new.zip --key key.pem --timestamp ftp://nobody",
        "verify run-2",
        "verify log.jsonl",
    ),
    *(
        "verify unpacked --checkpoint checkpoint --signed-by public.pem --tsa-roots roots.pem --size 3",
        "verify proof.json",
    ),
    *(
        "prove bundle.zip 1 --disclose all -o new.json",
        "prove bundle.zip --since checkpoint",
        "cosign bundle.zip --key key.pem",
    ),
    *(
        "compare run-1 run-2 --format json",
        "compare run-1 run-1",
        "rejudge run-1 --playbook playbook.yaml",
        "improvements",
    ),
    *(
        "improvements --all --format json --sort due --overdue",
        "hotwash run-1 --format json",
        "improvements add run-1 text --id mine --due 2026-01-31 --owner Anna",
        "improvements edit mine --action text --owner Anna --no-due --state open --run run-1",
        "improvements assign mine Anna --due 2026-01-31",
        "improvements close mine --evidence x --by-run run-2 --drop",
        "rate run-1 triage P --reason x",
        "erase run-1 --text 5 --person p1 --yes",
        "erase run-2 --person bob",
        "show log.jsonl",
        "show played.jsonl",
        "export played.jsonl --format md",
        "export played.zip --format csv --table timeline",
        "compare played.zip run-2",
        "runs script played.zip",
        "show played.zip --format json",
        "export played.zip --format bundle --pseudonymise -o new.zip",
    ),
)
"""Calls of every command as they are meant."""


def valid_calls() -> list[bytes]:
    """Them as inputs."""
    answers = "1\n\nhelp\ngo\nquit\n"
    return [json.dumps({"arguments": line.split(), "answers": answers}).encode() for line in VALID]


def drawn_call(random: Random) -> list[str]:
    """A command with parameters as they could be meant."""
    while True:
        words = random.choice(list(commands()))
        if random.random() < _DEAR.get(words[0], 1):
            break
    given: list[str] = []
    for parameter in commands()[words]:
        if isinstance(parameter, click.Argument):
            given += [
                _value(parameter, random) for _time in range(1 if parameter.nargs == 1 else random.choice((1, 1, 2)))
            ]
        elif isinstance(parameter, click.Option) and (parameter.required or random.random() < 0.25):
            given.append(parameter.opts[-1])
            if not parameter.is_flag:
                given.append(_value(parameter, random))
    before = random.choice(([], [], [], ["--lang", "zh"], ["--debug"], ["--lang=zh", "--debug"]))
    return [*before, *words, *given]


def spoil_call(_data: bytes, _other: bytes, random: Random) -> bytes:
    """Take a valid call or draw one, and spoil it in no, one or several places."""
    arguments = random.choice(VALID).split() if random.random() < 0.3 else drawn_call(random)
    if arguments[0] in _DEAR and random.random() > _DEAR[arguments[0]]:
        arguments = ["show", "last"]
    for _time in range(random.choice((0, 0, 1, 1, 2, 4))):
        place = random.randint(0, len(arguments))
        kind = random.randrange(5)
        if kind == 0 and arguments:
            del arguments[min(place, len(arguments) - 1)]
        elif kind == 1:
            arguments.insert(place, random.choice((*HOSTILE, *FILES, *NAMES, *NUMBERS)))
        elif kind == 2 and arguments:
            arguments.insert(place, random.choice(arguments))
        elif kind == 3 and arguments:
            place = min(place, len(arguments) - 1)
            spoilt = mutate(arguments[place].encode("utf-8", "surrogateescape"), b"", random)
            arguments[place] = spoilt.decode("utf-8", "surrogateescape")
        else:
            random.shuffle(arguments)
    answers = "\n".join(random.choice(ANSWERS) for _time in range(random.randrange(12)))
    return json.dumps({"arguments": [_harmless(one) for one in arguments], "answers": answers}).encode()


def _harmless(argument: str) -> str:
    """An argument that the system can hand over, and that leads out of the folder in no way."""
    argument = argument.replace("\0", "")[:3000]
    if re.search(r"(^|=|\s|[a-z-])/|\.\.|^~", argument) and "://" not in argument:
        argument = argument.replace("/", "_").replace("..", ".").replace("~", "_")
    return argument


def _read(data: bytes) -> str | None:
    value: dict[str, Any] = json.loads(data)
    arguments: list[str] = value["arguments"]
    desk.place_records()
    with desk.at_desk(), desk.tidied():
        ended = desk.call(arguments, value["answers"], desk.new_service(desk.fresh_store()))
    found = desk.complaint(ended)
    # A record that is not whole is told as the database's, also where it is in a file; a server may not be there.
    right = isinstance(ended.error, RecordFaultError) or "--timestamp" in str(arguments)
    if found is None and ended.code == ExitCode.SURROUNDINGS and not right:
        return f"the surroundings are blamed, and nothing is wrong with them: {ended.err.strip()[:300]}"
    return found


COMMAND_LINE: Final = Reader("command-line", valid_calls, _read, (), spoil_call, share=6)
