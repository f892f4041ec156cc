"""One notion of local time: what could be a second one stands in a list, with the reason."""

import ast
from typing import Final

from tests.support.source_tree import NAMES, imports, tree

ZONE_DATA: Final = {"zoneinfo", "tzdata", "dateutil", "pytz"}
RECKONING: Final = {"strftime", "astimezone", "utcoffset", "fromisoformat", "fromtimestamp", "localtime"}
WHO_MAY: Final = {
    "definitions/local_time/zones.py": "reads zone data, once, before a run",
    "definitions/scenario/clock_changes.py": "reads the start of a scenario",
    "definitions/clocks/parts.py": "reads dates and a time of day of a law, which are of no exercise",
    "definitions/rosters/read.py": "reads days of the calendar: days off, and the first of a turn",
    "definitions/rosters/resolving.py": "the day on which a scenario begins, as it writes it",
    "domain/local_time.py": "it is the one notion",
    "generation/moments.py": "draws the start of a scenario that is being written",
    "importing/veris/start.py": "reads the dates of a foreign record",
    "ledger/entry.py": "times of recording, UTC",
    "session/reading/meanwhile.py": "days between two dates that were told",
    "cli/dialogue/telling.py": "a date that was told is told in words",
    "exports/documents/dates.py": "when a record was made or an exercise begins, for the date of a file",
    "exports/documents/docx_file.py": "the same, for the properties of a file and its members",
    "exports/documents/xlsx_file.py": "the same, for the properties of a file",
    "exports/reports/chapters/overview.py": "the start as the scenario writes it",
    "exports/reports/chapters/summary.py": "a date after the time of recording, UTC",
    "exercise/afterwards/due.py": "a date after the time of recording, UTC, or one that somebody wrote",
}


def reckons(name: str) -> list[str]:
    """Where a module makes local times of instants, or the other way round."""
    found = [one for one in imports(tree(name)) if one.split(".")[0] in ZONE_DATA]
    found += [
        f"calls {node.func.attr} in line {node.lineno}"
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in RECKONING
    ]
    return found


def test_local_time_is_reckoned_in_one_place() -> None:
    assert {name for name in NAMES if reckons(name)} == set(WHO_MAY)


def test_the_exercise_imports_no_zone_data() -> None:
    for name in NAMES:
        if name.startswith(("exercise/", "domain/", "ledger/", "session/")):
            assert not {one.split(".")[0] for one in imports(tree(name))} & ZONE_DATA, name
