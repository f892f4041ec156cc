"""The first tables: runs, their entries, texts and roster, documents; and the guards that make them append-only.

Texts and rosters have no guard: they may have to be erased (they can be personal data), and a changed text does not
open its commitment.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_KEPT = ("runs", "entries", "documents")


def upgrade() -> None:
    """Build the tables and their guards."""
    op.create_table(
        "runs",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created", sa.String(), nullable=False),
        sa.Column("scenario", sa.String(), nullable=False),
        sa.Column("playbook", sa.String(), nullable=False),
        sa.UniqueConstraint("id", name="runs_id"),
    )
    op.create_table(
        "entries",
        sa.Column("run", sa.Integer(), sa.ForeignKey("runs.number", name="entries_of_run"), primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "texts",
        sa.Column("run", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("pointer", sa.String(), primary_key=True),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("bilingual", sa.Boolean(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["run", "seq"], ["entries.run", "entries.seq"], name="texts_of_entry"),
    )
    op.create_table(
        "roster",
        sa.Column("run", sa.Integer(), sa.ForeignKey("runs.number", name="roster_of_run"), primary_key=True),
        sa.Column("pseudonym", sa.String(), primary_key=True),
        sa.Column("name", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("digest", sa.String(), primary_key=True),
        sa.Column("data", sa.LargeBinary(), nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _guard_sqlite() -> None:
    """INSERT OR REPLACE deletes the old row without a DELETE trigger: only a guard before the insert sees it."""
    for table in _KEPT:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
            )
    op.execute(
        "CREATE TRIGGER entries_in_order BEFORE INSERT ON entries "
        "WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq) + 1, 0) FROM entries WHERE run = NEW.run) "
        "BEGIN SELECT RAISE(ABORT, 'entries are append-only: this is not the next one'); END"
    )
    op.execute(
        "CREATE TRIGGER runs_new BEFORE INSERT ON runs "
        "WHEN EXISTS (SELECT 1 FROM runs WHERE id = NEW.id OR number = NEW.number) "
        "BEGIN SELECT RAISE(ABORT, 'runs are append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER documents_new BEFORE INSERT ON documents "
        "WHEN EXISTS (SELECT 1 FROM documents WHERE digest = NEW.digest) "
        "BEGIN SELECT RAISE(ABORT, 'documents are append-only'); END"
    )


def _guard_postgresql() -> None:
    """ON CONFLICT DO UPDATE fires the UPDATE trigger, so only the order of entries needs a guard before inserts."""
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% are append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';"
        " END $$"
    )
    op.execute(
        "CREATE FUNCTION refuse_gap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.seq IS DISTINCT FROM (SELECT COALESCE(MAX(seq) + 1, 0) FROM entries WHERE run = NEW.run) THEN "
        "RAISE EXCEPTION 'entries are append-only: this is not the next one' "
        "USING ERRCODE = 'integrity_constraint_violation'; "
        "END IF; RETURN NEW; END $$"
    )
    for table in _KEPT:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    op.execute("CREATE TRIGGER entries_in_order BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION refuse_gap()")
