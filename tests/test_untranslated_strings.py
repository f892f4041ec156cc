"""Whatever a person reads comes from the message catalogue or from a text in both languages."""

import fnmatch
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.support.bypassing_strings import Literal, bypassing

PACKAGE = Path(__file__).parent.parent / "incidentsim"


ALLOWED = (
    # module (a pattern), literal (a regular expression), why it needs no catalogue
    ("cli/schema.py", r"playbook\|scenario\|clocks", "the very words to be typed"),
    ("composition.py", r"incidentsim \{\}", "the program's name and version on record"),
    ("definitions/format_*.py", r".*", "the descriptions in the JSON Schema, whose readers' editors know one language"),
    ("definitions/schemas.py", r".*", "titles in the JSON Schema, the same"),
    ("exports/diagram.py", r"Noto Sans.*", "names of fonts"),
    ("exports/diagram.py", r"flowchart TD| *(classDef|subgraph) .*", "Mermaid's own words"),
    ("importing/veris/*.py", r"[a-z0-9 -]+", "values of the VERIS enumerations, as they stand in a record"),
    (
        "importing/veris/facts.py",
        r"Confirmed, Suspected, Near miss, False positive",
        "the same, to be named in an error",
    ),
    ("importing/veris/words/*.py", r".*", "texts in both languages, side by side; its own test compares them"),
    ("messages.py", r"not a literal: .*", "the catalogue itself"),
    ("storage/*.py", r"(PRAGMA|BEGIN|SHOW|SET|SELECT|CREATE) .*", "SQL"),
    ("storage/migrations/versions/*.py", r"(?s)\s*(CREATE|DROP) .*", "SQL"),
)


def modules() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8")


@cache
def found() -> list[Literal]:
    return [literal for module, source in modules() for literal in bypassing(module, source)]


def covers(allowed: tuple[str, str, str], literal: Literal) -> bool:
    module, text, _why = allowed
    return fnmatch.fnmatch(literal.module, module) and re.fullmatch(text, literal.text, re.DOTALL) is not None


def test_no_string_for_people_bypasses_the_catalogue() -> None:
    stray = [literal for literal in found() if not any(covers(allowed, literal) for allowed in ALLOWED)]
    assert [f"{one.module}:{one.line}: {one.text}" for one in stray] == []


@pytest.mark.parametrize("allowed", ALLOWED, ids=lambda allowed: f"{allowed[0]}: {allowed[2]}")
def test_every_exception_is_still_needed(allowed: tuple[str, str, str]) -> None:
    assert any(covers(allowed, literal) for literal in found())


@pytest.mark.parametrize(
    "planted",
    [
        'click.echo("Done")',
        'say("All of it")',
        'narrate(f"{count} runs are there")',
        'click.option("--bots", help="Let bots play")',
        'raise InputError("No such run")',
        'raise SurroundingsError(message := "The disk is full")',
        'title = "The exercise begins"',
        'lines.append(f"due by {time}")',
        'reason = "已上报"',
        'TABLE = {"a": "nothing was escalated"}',
        'def f(a: str = "some default words"): ...',
        '_(f"{count} runs")',
        "_(message)",
        '_("one " + name)',
        'ngettext("{n} run", plural, 2)',
    ],
)
def test_a_planted_string_is_found(planted: str) -> None:
    assert bypassing("planted.py", planted) != []


@pytest.mark.parametrize(
    "innocent",
    [
        'click.echo(_("Done"))',
        'say(_("{n} runs").format(n=3))',
        'ngettext("{n} run", "{n} runs", count)',
        '"""Documentation of a module."""',
        'class A:\n    """What it is."""\n    x: int = 1\n    """What x is."""',
        'def f(a: "Mapping[str, int] | None") -> "list of things":\n    """What it does."""',
        'raise ValueError("only a programmer sees this")',
        'Text("Overdue: {}", "逾期")',
        'x = cast("int | None", value)',
        'kind = "step_taken"',
        'click.option("-o", "--output")',
        'separator = ", "',
    ],
)
def test_what_nobody_reads_is_left_alone(innocent: str) -> None:
    assert bypassing("innocent.py", innocent) == []
