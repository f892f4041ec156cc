"""Guards of texts and names: both stay as they are, and go only where an entry of the run says that they were erased.

So do scenarios, once no run needs them: an entry that says that something was erased may name what is kept in the
scenario's place. The record itself is the permission, and it cannot be taken back.
"""

from typing import Final

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_MARK: Final = b'_erased"'.hex()
"""In the bytes of every entry that says that something was erased (and of few others, which are then looked at)."""

_KINDS: Final = "kind IN ('text_erased', 'person_erased')"

_IN_USE: Final = """
CREATE VIEW documents_in_use AS
SELECT playbook AS digest FROM headers
UNION ALL
SELECT scenario FROM headers WHERE NOT EXISTS (
    SELECT 1 FROM erasures WHERE erasures.run = headers.run AND (outline IS NOT NULL OR kind = 'person_erased')
)
UNION ALL
SELECT outline FROM erasures WHERE outline IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM erasures AS later
    WHERE later.run = erasures.run AND later.seq > erasures.seq AND later.outline IS NOT NULL
)
"""

_REPLACED: Final = """
CREATE VIEW documents_replaced AS
SELECT scenario AS digest FROM headers
UNION ALL
SELECT outline FROM erasures WHERE outline IS NOT NULL
"""

_MAY_GO: Final = {
    "texts": "EXISTS (SELECT 1 FROM erasures WHERE run = OLD.run AND kind = 'text_erased' AND entry = OLD.seq)",
    "roster": (
        "EXISTS (SELECT 1 FROM erasures WHERE run = OLD.run AND kind = 'person_erased' AND person = OLD.pseudonym)"
    ),
    "documents": (
        "EXISTS (SELECT 1 FROM documents_replaced WHERE digest = OLD.digest) "
        "AND NOT EXISTS (SELECT 1 FROM documents_in_use WHERE digest = OLD.digest)"
    ),
}


def upgrade() -> None:
    """Build the views and the guards."""
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _guard_sqlite() -> None:
    whole = "CASE WHEN json_valid(CAST(data AS TEXT)) THEN CAST(data AS TEXT) ELSE '{}' END"
    op.execute(
        "CREATE VIEW erasures AS SELECT * FROM (SELECT run, seq, json_extract(body, '$.fact.fact') AS kind, "
        "json_extract(body, '$.fact.entry') AS entry, json_extract(body, '$.fact.person') AS person, "
        "json_extract(body, '$.fact.outline') AS outline "
        f"FROM (SELECT run, seq, {whole} AS body FROM entries WHERE instr(data, x'{_MARK}') > 0)) WHERE {_KINDS}"
    )
    op.execute(
        "CREATE VIEW headers AS SELECT run, json_extract(body, '$.header.playbook') AS playbook, "
        "json_extract(body, '$.header.scenario') AS scenario "
        f"FROM (SELECT number AS run, {whole} AS body FROM runs JOIN entries ON run = number AND seq = 0)"
    )
    op.execute(_IN_USE)
    op.execute(_REPLACED)
    op.execute("DROP TRIGGER documents_no_delete")
    keys = {"texts": "run = NEW.run AND seq = NEW.seq AND pointer = NEW.pointer"}
    keys["roster"] = "run = NEW.run AND pseudonym = NEW.pseudonym"
    for table, key in keys.items():
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
        )
        op.execute(
            f"CREATE TRIGGER {table}_new BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {key}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
        )
    for table, erased in _MAY_GO.items():
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN NOT ({erased}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} are append-only: nothing says that this was erased'); END"
        )


def _guard_postgresql() -> None:
    mark = f"'\\x{_MARK}'::bytea"
    op.execute(
        "CREATE VIEW erasures AS SELECT run, seq, fact ->> 'fact' AS kind, (fact ->> 'entry')::bigint AS entry, "
        "fact ->> 'person' AS person, fact ->> 'outline' AS outline FROM (SELECT run, seq, "
        f"CASE WHEN position({mark} IN data) > 0 THEN convert_from(data, 'UTF8')::json -> 'fact' END AS fact "
        f"FROM entries) AS facts WHERE fact ->> 'fact' IN ('text_erased', 'person_erased')"
    )
    op.execute(
        "CREATE VIEW headers AS SELECT run, header ->> 'playbook' AS playbook, header ->> 'scenario' AS scenario "
        "FROM (SELECT run, convert_from(data, 'UTF8')::json -> 'header' AS header FROM entries WHERE seq = 0) AS firsts"
    )
    op.execute(_IN_USE)
    op.execute(_REPLACED)
    op.execute("DROP TRIGGER documents_no_change ON documents")
    for table, erased in _MAY_GO.items():
        op.execute(
            f"CREATE FUNCTION refuse_deletion_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF NOT ({erased}) THEN "
            "RAISE EXCEPTION '% are append-only: nothing says that this was erased', TG_TABLE_NAME "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse_deletion_of_{table}()"
        )
        if table != "documents":  # it has this guard already
            op.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
