"""The version of the tables in a database: none yet, today's, an older one to be brought up, or a newer one.

Alembic is loaded only where steps have to be run: looking at the version takes one query.
"""

import enum
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Select, column, inspect, select, table

from incidentsim.domain.errors import SurroundingsError
from incidentsim.messages import gettext as _
from incidentsim.storage.tables import DESK, DOCUMENTS, ENTRIES, LABELS, REMOVALS, ROSTER, RUNS, TEXTS
from incidentsim.storage.troubles import foreign

TODAY: Final = "0006"
"""The last step in `migrations/versions`."""

WRITES: Final = "incidentsim_writes"
"""The execution option of connections whose transactions write."""

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_VERSION_TABLE: Final = "alembic_version"
_VERSION: Final[Select[Any]] = select(column("version_num")).select_from(table(_VERSION_TABLE))
_FIRST: Final = {RUNS.name, ENTRIES.name, TEXTS.name, ROSTER.name, DOCUMENTS.name}
"""The tables that every version has."""

_OURS: Final = {*_FIRST, DESK.name, LABELS.name, REMOVALS.name}

_MIGRATION_LOCK: Final = 0x1C1DE47  # any number, only the same in all versions of this program


class State(enum.Enum):
    """The state of a database's tables: none yet, those of an older version of the program, or those of this one."""

    EMPTY = enum.auto()
    OLDER = enum.auto()
    TODAY = enum.auto()


def state_of(connection: Connection, where: str) -> State:
    """Return the state of the tables in a database; `where` is its name in an error.

    Raises:
        SurroundingsError: they belong to a newer version of the program, or to another program.
    """
    tables = set(inspect(connection).get_table_names())
    if _VERSION_TABLE not in tables:
        _refuse_another_program(connection, tables, where)
        return State.EMPTY
    versions = [str(row[0]) for row in connection.execute(_VERSION)]
    if not versions and tables.isdisjoint(_OURS):
        return State.EMPTY
    if not tables >= _FIRST:
        raise foreign(where)  # a program that keeps its version as we do
    if versions == [TODAY]:
        return State.TODAY
    if len(versions) == 1 and versions[0] in _known_versions():
        return State.OLDER
    message = _(
        "The database {where} has tables of version {version}; this program knows them up to {known}. Use the newer "
        "incidentsim that wrote it, or name another database."
    )
    raise SurroundingsError(message.format(where=where, version=", ".join(versions), known=TODAY))


def bring_up_to_date(connection: Connection, where: str) -> None:
    """Build or change the tables until they are today's, in the transaction of `connection`.

    Raises:
        SurroundingsError: they belong to a newer version of the program, or to another program.
    """
    if connection.dialect.name == "postgresql":  # on SQLite the transaction has locked the file already
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
    if state_of(connection, where) is State.TODAY:  # another process was quicker
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _refuse_another_program(connection: Connection, tables: set[str], where: str) -> None:
    """Refuse a database without our version that another program uses.

    An SQLite file belongs to one program: a table, a view or a mark in its head is enough. On a server programs share
    a database, and only names that we need are in the way.
    """
    if connection.dialect.name != "sqlite":
        if names := sorted(tables & _OURS):
            message = _(
                "The database {where} has tables of another program by names that incidentsim needs: {names}. Name "
                "another database, or another schema with the option options=-csearch_path=SCHEMA."
            )
            raise SurroundingsError(message.format(where=where, names=", ".join(names)))
        return
    marks = [connection.exec_driver_sql(f"PRAGMA {mark}").scalar_one() for mark in ("application_id", "user_version")]
    things = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if tables or any(marks) or things:
        message = _("The file {where} is a database of another program. Name another one.")
        raise SurroundingsError(message.format(where=where))


def _known_versions() -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory(str(_MIGRATIONS)).walk_revisions()}
