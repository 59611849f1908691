"""A row beside an entry is refused once the entry's batch is there; views of promises and days."""

import re
import runpy
from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"

BESIDE = (
    *("entry_source", "party", "source", "source_text", "agreement", "concession"),
    *("concession_party", "exchange", "deadline"),
)
"""The tables whose rows belong to an entry."""


def upgrade():
    dialect = op.get_context().dialect.name
    for statement in guards(dialect):
        op.execute(statement)
    for name, text, comment in views(dialect):
        if dialect == "sqlite":
            op.execute(f"DROP VIEW IF EXISTS {name}")
            op.execute(text)
        else:  # others may have views on these
            op.execute(text.replace("CREATE", "CREATE OR REPLACE", 1))
            op.execute(f"COMMENT ON VIEW {name} IS '{comment}'")


def downgrade():
    for name, *_ in reversed([*views("sqlite")]):
        op.execute(f"DROP VIEW {name}")
    before = runpy.run_path(str(Path(__file__).with_name("0001_first_tables.py")))["VIEWS"]
    for name in REPLACED:
        op.execute(f"CREATE VIEW {name} AS {before[name]}")
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_addition CASCADE")
        return
    for table in BESIDE:
        op.execute(f"DROP TRIGGER {table}_no_addition")


ON_SERVER = """
CREATE FUNCTION refuse_addition() RETURNS trigger LANGUAGE plpgsql
    SET search_path FROM CURRENT SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (
        SELECT FROM entry AS e JOIN batch AS b ON b.id = e.batch WHERE e.id = NEW.entry_id
    ) THEN
        RAISE 'a row of % does not fit: its entry is sealed', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = 'fits';
    END IF;
    RETURN NULL;
END $$
"""


def guards(dialect):
    """Return the statements that make the triggers.

    A kept plan may be from when the tables were small: hence no sequential scans on a server.
    """
    if dialect == "sqlite":
        return [guard_of(table) for table in BESIDE]
    return [
        # The function looks at the book's own schema, whatever its caller's session looks at.
        "SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true)",
        ON_SERVER,
        *(
            f"CREATE TRIGGER {table}_no_addition AFTER INSERT ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_addition()"
            for table in BESIDE
        ),
    ]


def guard_of(table):
    """Return the trigger of one table on SQLite."""
    return (
        f"CREATE TRIGGER {table}_no_addition BEFORE INSERT ON {table} WHEN EXISTS ("
        "SELECT 1 FROM entry AS e JOIN batch AS b ON b.id = e.batch WHERE e.id = NEW.entry_id)"
        " BEGIN SELECT RAISE(ABORT, 'the book is append-only: log a new entry, or retract'); END"
    )


# --- views ------------------------------------------------------------------------------------

SQL = Path(__file__).with_name("0002_views.sql").read_text("utf-8")
REPLACED = ("journal", "reading", "declared")
"""The views of the revision before that get another definition."""
FUNCTIONS = {
    "sqlite": {
        "joined": "group_concat",
        "start": "date(m.due_on, 'start of ' || m.due_on_precision)",
    },
    "postgresql": {
        "joined": "string_agg",
        "start": "CAST(date_trunc(m.due_on_precision, CAST(m.due_on AS timestamp)) AS date)",
    },
}
"""What joins texts, and the first day of a month or year."""


def views(dialect):
    """Yield the name, the text and the comment of each view, in the order of their making."""
    for view in re.finditer(r"CREATE VIEW (\w+) AS\n/\* (.*?) \*/.*?;", SQL, re.DOTALL):
        text = view[0].rstrip(";").format(**FUNCTIONS[dialect])
        yield view[1], text, " ".join(view[2].split()).replace("'", "''")
