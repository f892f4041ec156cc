"""Screens and the plain dialogue talk to a seat: none of them reads a session's facts or its exercise."""

import ast
from collections.abc import Iterator
from typing import Final

import pytest

from tests.support.source_tree import NAMES, tree

READERS: Final = ("tui/home/", "tui/debrief/", "tui/ledger/", "tui/hotwash/", "tui/improvements/", "tui/compare/")
"""Who reads records of runs, not sessions."""
SHOWING: Final = [name for name in NAMES if name.startswith(("tui/", "cli/dialogue/")) and not name.startswith(READERS)]

DOOR: Final = frozenset({
    "console_view", "countdown", "form_view", "log_filters", "pacing",
    "procedure.page", "procedure.sections", "procedure.view", "reading.meanwhile", "seat", "seat_view", "seats",
    "appraising", "attached_view", "coaching.parts", "writing.drafts", "writing.field_entries",
})  # fmt: skip
"""What they may know of `session/`: the seat, what it hands out, and words that need neither."""
OPENERS: Final = {
    "tui/starts.py": frozenset({"session"}),
    "tui/table_opening.py": frozenset({"local_seat", "session"}),
    "tui/briefing/screen.py": frozenset({"session"}),
}
"""Who is handed a session to sit somebody down at it."""
INSIDE: Final = frozenset({"facts", "exercise", "course"})
"""Parts of a session and of its exercise, by the names under which they are reached."""
KINDS: Final = frozenset({"Appraisal", "FactKind", "MessageAct"})
"""The closed lists that views are told apart by; no fact."""


def knows(module: ast.Module) -> Iterator[str]:
    """The modules of `session/` that are imported anywhere in a module."""
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            if node.module == "incidentsim.session":
                yield from (alias.name for alias in node.names)
            elif node.module.startswith("incidentsim.session."):
                yield node.module.removeprefix("incidentsim.session.")
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("incidentsim.session"):
                    yield alias.name.removeprefix("incidentsim.session").removeprefix(".")


def reads(module: ast.Module) -> Iterator[str]:
    """The parts of a session, or of an exercise, that a module looks at."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and node.attr in INSIDE:
            yield node.attr
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            if node.module.startswith("incidentsim.exercise.kernel") and not node.module.endswith(".sim_time"):
                yield node.module
            elif node.module.startswith("incidentsim.domain.facts"):
                yield from (alias.name for alias in node.names if alias.name not in KINDS)


@pytest.mark.parametrize("name", SHOWING)
def test_whatever_shows_an_exercise_knows_the_seat_and_nothing_behind_it(name: str) -> None:
    beyond = set(knows(tree(name))) - DOOR - OPENERS.get(name, frozenset())
    assert not beyond, f"{name} knows session/{', session/'.join(sorted(beyond))}"
    assert not list(reads(tree(name))), f"{name} reads what only the seat may read"


@pytest.mark.parametrize(
    "source",
    [
        "from incidentsim.session.session import Session",
        "from incidentsim.session import session",
        "import incidentsim.session.views",
        "def f():\n    from incidentsim.session.reading.log import log_entry",
    ],
)
def test_somebody_who_knows_more_is_found(source: str) -> None:
    assert set(knows(ast.parse(source))) - DOOR


@pytest.mark.parametrize(
    "source",
    [
        "def f(seat):\n    return seat.session.facts",
        "def f(session):\n    return session.exercise.cast",
        "from incidentsim.exercise.kernel.kernel import Exercise",
        "from incidentsim.domain.facts import Fact",
    ],
)
def test_somebody_who_reads_is_found(source: str) -> None:
    assert list(reads(ast.parse(source)))


def test_the_readers_of_records_are_the_only_ones_left_out() -> None:
    left_out = [name for name in NAMES if name.startswith("tui/") and name not in SHOWING]
    assert {name.split("/")[1] for name in left_out} == {
        "home",
        "debrief",
        "ledger",
        "hotwash",
        "improvements",
        "compare",
    }
    assert {"tui/table/screen.py", "tui/console/screen.py", "tui/action_form/screen.py"} <= set(SHOWING)
    assert "cli/dialogue/commands.py" in SHOWING
