"""The record can be read and verified without loading anything of the database."""

import subprocess
import sys
from pathlib import Path

import incidentsim.ledger

MODULES = sorted(path.stem for path in Path(incidentsim.ledger.__file__).parent.glob("*.py"))


def test_the_ledger_loads_no_database_library() -> None:
    names = [f"incidentsim.ledger.{name}" for name in MODULES if name != "__init__"]
    heavy = ["sqlmodel", "sqlalchemy", "alembic", "psycopg", "pydantic"]
    code = f"import {', '.join(names)}, sys; print([name for name in {heavy!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_naming_the_storage_room_loads_no_database_library() -> None:
    code = "import incidentsim.storage, sys; print('sqlmodel' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
