"""Labels that people put on runs, and the way to delete a run as a whole.

The guards let go a run, its entries and everything beside them only while its removal is announced, in the transaction
that removes it; and the announcement can be taken back only when nothing of the run is left. So no statement by itself
deletes a part of a record, and whoever announces a removal and deletes a part only cannot end it.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_OF_RUN: Final = {"runs": "number", "entries": "run", "texts": "run", "roster": "run"}
"""The tables that hold a record, and the column that names its run."""

_LEFT: Final = (*_OF_RUN.items(), ("desk", "run"), ("derived", "run"), ("labels", "run"))

_ERASED: Final = {
    "texts": "EXISTS (SELECT 1 FROM erasures WHERE run = OLD.run AND kind = 'text_erased' AND entry = OLD.seq)",
    "roster": (
        "EXISTS (SELECT 1 FROM erasures WHERE run = OLD.run AND kind = 'person_erased' AND person = OLD.pseudonym)"
    ),
}
"""What goes from a record that stays, as in 0005."""

_UNUSED: Final = (
    "NOT EXISTS (SELECT 1 FROM documents_in_use WHERE digest = OLD.digest) "
    "AND NOT EXISTS (SELECT 1 FROM documents_pinned WHERE digest = OLD.digest)"
)
_DOCUMENT: Final = (
    f"{_UNUSED} AND (EXISTS (SELECT 1 FROM removals) "
    "OR EXISTS (SELECT 1 FROM documents_replaced WHERE digest = OLD.digest))"
)

_WHOLE_JSON: Final = "CASE WHEN json_valid(CAST(data AS TEXT)) THEN CAST(data AS TEXT) ELSE '{}' END"


def _may_go(table: str) -> str:
    if table == "documents":
        return _DOCUMENT
    removed = f"EXISTS (SELECT 1 FROM removals WHERE removals.run = OLD.{_OF_RUN[table]})"
    return f"({removed} OR {_ERASED[table]})" if table in _ERASED else removed


def upgrade() -> None:
    """Build the tables, the view and the guards."""
    op.create_table(
        "labels",
        sa.Column("run", sa.Integer(), sa.ForeignKey("runs.number", name="labels_of_run"), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
    )
    op.create_table("removals", sa.Column("run", sa.Integer(), primary_key=True, autoincrement=False))
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _rest(value: str) -> str:
    return " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {table}.{column} = {value})" for table, column in _LEFT)


def _guard_sqlite() -> None:
    op.execute(
        "CREATE VIEW documents_pinned AS SELECT pin.value AS digest FROM "
        f"(SELECT {_WHOLE_JSON} AS body FROM runs JOIN entries ON run = number AND seq = 0) AS firsts, "
        "json_each(firsts.body, '$.header.pins') AS pin"
    )
    for table in (*_OF_RUN, "documents"):
        op.execute(f"DROP TRIGGER {table}_no_delete")
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN NOT ({_may_go(table)}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} are append-only: nothing says that this was erased'); END"
        )
    op.execute(
        f"CREATE TRIGGER removals_whole BEFORE DELETE ON removals WHEN {_rest('OLD.run')} "
        "BEGIN SELECT RAISE(ABORT, 'runs are append-only: the whole run goes, or nothing of it'); END"
    )
    op.execute(
        "CREATE TRIGGER removals_no_update BEFORE UPDATE ON removals "
        "BEGIN SELECT RAISE(ABORT, 'runs are append-only: the whole run goes, or nothing of it'); END"
    )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE VIEW documents_pinned AS SELECT pin.value AS digest FROM "
        "(SELECT convert_from(data, 'UTF8')::json -> 'header' -> 'pins' AS pins FROM entries WHERE seq = 0) AS firsts, "
        "json_each_text(firsts.pins) AS pin"
    )
    for table in (*_OF_RUN, "documents"):
        op.execute(
            f"CREATE OR REPLACE FUNCTION refuse_deletion_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF NOT ({_may_go(table)}) THEN "
            "RAISE EXCEPTION '% are append-only: nothing says that this was erased', TG_TABLE_NAME "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$"
        )
    for table in ("runs", "entries"):
        op.execute(f"DROP TRIGGER {table}_no_change ON {table}")
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse_deletion_of_{table}()"
        )
    op.execute(
        "CREATE FUNCTION refuse_removal_of_a_part() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {_rest('OLD.run')} THEN RAISE EXCEPTION 'runs are append-only: the whole run goes, or nothing of it' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$"
    )
    op.execute(
        "CREATE TRIGGER removals_whole BEFORE DELETE ON removals "
        "FOR EACH ROW EXECUTE FUNCTION refuse_removal_of_a_part()"
    )
    op.execute(
        "CREATE TRIGGER removals_no_update BEFORE UPDATE ON removals FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER removals_no_truncate BEFORE TRUNCATE ON removals "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
