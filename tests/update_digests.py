"""Writes tests/golden/digests.json: the outcome digest of every shipped scenario, as its own script leads to it.

Run it as `python -m tests.update_digests` where an outcome was meant to change, and say why in CHANGELOG.md.
"""

import json
from pathlib import Path
from typing import Final

from incidentsim.composition import service
from tests.support.shipped import PATHS

DIGESTS: Final = Path(__file__).parent / "golden" / "digests.json"


def outcome_digest(path: Path) -> str | None:
    """The digest over the facts of the scenario in this file, played by its script."""
    return service(record=False).exercises.replay(path).report.outcome_digest


if __name__ == "__main__":
    found = {path.stem: outcome_digest(path) for path in PATHS}
    DIGESTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
