"""Telling a file from a recorded run, by what somebody typed or gave. Nothing heavy is imported here."""

import os
from pathlib import Path
from typing import Final

from incidentsim.ledger.labels import LAST

_ENDINGS: Final = {".jsonl", ".json", ".zip"}


def is_path(what: str) -> bool:
    """Return whether `what` names a file or folder, there or not, rather than a recorded run.

    The word `last` is always the latest run; a folder of that name is `./last`.
    """
    path = Path(what)
    return what != LAST and (path.exists() or os.sep in what or len(path.parts) > 1 or path.suffix in _ENDINGS)


def run_or_path(what: Path | str) -> Path | str:
    """Return the path where `what` names a file or folder, else the name of the run as it was given."""
    return Path(what) if isinstance(what, Path) or is_path(what) else what
