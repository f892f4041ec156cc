"""The folder that a disturbed command works in: made once, copied for every fault, looked through afterwards."""

import os
import re
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from incidentsim import composition
from incidentsim.domain.errors import InputError
from incidentsim.evidence.verifying import verify_bundle
from incidentsim.files.unfinished import UNFINISHED
from incidentsim.storage import schema
from incidentsim.storage.address import parse_address, url_of_file
from tests.support.evidence import private_pem
from tests.support.record import HEADER, PLAYBOOK, SCENARIO, Scribe, some_facts

SMALL: Final = Path(__file__).parents[1] / "definitions" / "data"
DATABASE: Final = "runs.sqlite3"
LOCKS: Final = re.compile(r"runs\.sqlite3-locks/[\w-]+\.lock")
"""Files that hold nothing; one of an unfinished run stays."""


class World:
    """A folder with definitions, a key and, where a command needs them, runs and a bundle."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "world"
        self._template = folder / "template"

    @property
    def database(self) -> Path:
        """The database of this folder."""
        return self.folder / DATABASE

    def begin(self) -> None:
        """Make the folder with what every command needs."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        for name in ("playbook.yaml", "scenario.yaml"):
            shutil.copy(SMALL / name, self.folder / name)
        record = (
            '{"schema_version":"1.3.7","incident_id":"%d","security_incident":"Confirmed","action":{"hacking":{}}}\n'
        )
        (self.folder / "veris.json").write_text("".join(record % number for number in range(3)), encoding="utf-8")
        (self.folder / "old.md").write_text("precious\n", encoding="utf-8")
        for number in (1, 2):
            (self.folder / f"key-{number}.pem").write_bytes(private_pem(number))
            (self.folder / f"key-{number}.pem").chmod(0o600)

    def keep(self) -> None:
        """Take the folder as it is for what every fault begins with."""
        shutil.rmtree(self._template, ignore_errors=True)
        shutil.copytree(self.folder, self._template, symlinks=True)

    def afresh(self) -> None:
        """Put the folder back to what was kept. It stays the same folder, for whoever works in it."""
        for path in self.folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(self._template, self.folder, symlinks=True, dirs_exist_ok=True)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Work in the folder, with a database and settings of its own."""
        here = Path.cwd()
        os.environ.update(
            {
                "INCIDENTSIM_DATABASE_URL": url_of_file(self.database),
                "INCIDENTSIM_LANG": "en",
                "HOME": str(self.folder / "home"),
                "XDG_DATA_HOME": str(self.folder / "home" / "data"),
                "XDG_CONFIG_HOME": str(self.folder / "home" / "settings"),
            }
        )
        os.chdir(self.folder)
        try:
            yield
        finally:
            os.chdir(here)

    def files(self) -> dict[str, bytes]:
        """Every file below the folder but those of the database and its locks."""
        found = {path.relative_to(self.folder).as_posix(): path for path in self.folder.rglob("*") if path.is_file()}
        return {
            name: path.read_bytes()
            for name, path in found.items()
            if not name.startswith(DATABASE) and not LOCKS.fullmatch(name)
        }

    def unfinished(self) -> list[str]:
        """The unfinished files that lie about."""
        return [path.name for path in self.folder.rglob("*") if UNFINISHED.fullmatch(path.name)]

    def _untouched(self) -> bool:
        kept = self._template / DATABASE
        logs = [path for path in self.folder.glob(f"{DATABASE}-*") if path.is_file() and path.stat().st_size]
        return not logs and kept.exists() and kept.read_bytes() == self.database.read_bytes()

    def entries(self) -> dict[str, list[bytes]]:
        """The entries of every run, read without this program's storage."""
        if not self.database.exists() or not self.database.stat().st_size:
            return {}
        connection = sqlite3.connect(self.database)
        try:
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if "entries" not in tables:
                return {}
            runs = connection.execute("SELECT id FROM runs ORDER BY number")  # two of a second have ids in any order
            found: dict[str, list[bytes]] = {row[0]: [] for row in runs}
            query = "SELECT id, data FROM runs JOIN entries ON run = number ORDER BY number, seq"
            for run, data in connection.execute(query):
                found[run].append(data)
        finally:
            connection.close()
        return found

    def faults_of_records(self) -> list[str]:
        """What is wrong with the runs in the database, by our own verifying; one that nobody touched holds."""
        if not self.database.exists() or self._untouched():
            return []
        told = []
        service = composition.service()
        try:
            for info in service.records.runs():
                findings = service.records.verify(info.id)
                told += [f"{info.id}: {check.name} fails" for check in findings.checks if not check.holds]
        finally:
            service._context.store.close()
        return told


def older_database(file: Path, revision: str) -> None:
    """A database as the program of that revision of the tables left it, with one run."""
    engine = create_engine(parse_address(url_of_file(file)))
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()
    entries, texts = Scribe("r1", header=replace(HEADER, pins={})).write(*some_facts(6))  # none pinned names then
    plain = sqlite3.connect(file)
    with plain:
        plain.execute("INSERT INTO runs VALUES (1, 'r1', '2026-05-01T08:00:00.000Z', 's', 'p')")
        rows = [(1, entry.seq, entry.hash, entry.data) for entry in entries]
        plain.executemany("INSERT INTO entries (run, seq, hash, data) VALUES (?, ?, ?, ?)", rows)
        for text in texts:
            words = str(text.text.value).encode()
            if isinstance(text.text.value, str):
                row = (1, text.seq, text.pointer, text.salt, 0, words)
                plain.execute("INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?)", row)
        from incidentsim.ledger.digests import digest

        plain.executemany("INSERT INTO documents VALUES (?, ?)", [(digest(one), one) for one in (PLAYBOOK, SCENARIO)])
    plain.execute("PRAGMA journal_mode = WAL")
    plain.close()


def whole_bundle(path: Path) -> str | None:
    """What is wrong with a bundle; `None` if it is whole and verifies."""
    try:
        return None if verify_bundle(path, processes=1).holds else f"{path.name} does not verify"
    except (InputError, OSError) as error:
        return f"{path.name} is no bundle: {error}"


def private(path: Path) -> bool:
    """Whether nobody but its owner can read a file."""
    return not stat.S_IMODE(path.stat().st_mode) & 0o077
