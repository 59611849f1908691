"""Who counts for a target, which pages nobody read, what is inferred, and which role wrote.

A row beside an entry is refused once the entry's batch is there; views of promises and days.
"""

import re
import runpy
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

revision = "0002"
down_revision = "0001"

BESIDE = (
    *("entry_source", "party", "source", "source_text", "agreement", "concession"),
    *("concession_party", "exchange", "deadline"),
)
"""The tables whose rows belong to an entry."""


def upgrade():
    for table, *column in columns():
        op.add_column(table, sa.Column(*column))
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
    require_nothing_new()
    for name, *_ in reversed([*views("sqlite")]):
        op.execute(f"DROP VIEW {name}")
    before = runpy.run_path(str(Path(__file__).with_name("0001_first_tables.py")))["VIEWS"]
    for name in REPLACED:
        op.execute(f"CREATE VIEW {name} AS {before[name]}")
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_addition, keep_role CASCADE")
    else:
        for table in BESIDE:
            op.execute(f"DROP TRIGGER {table}_no_addition")
    for table in ("batch", "entry", "source", "deadline"):
        with altered(table) as batch:
            for owner, name, _, *checks in reversed(columns()):
                if owner == table:
                    for made in checks:
                        batch.drop_constraint(made.name, type_="check")
                    batch.drop_column(name)


@contextmanager
def altered(table, **_):
    """Change a table. SQLite makes it again: keep its triggers, and that it has no row numbers."""
    triggers, kept_as, again = [], {}, "never"
    if op.get_context().dialect.name == "sqlite":
        again = "always"
        rows = sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :table AND sql <> ''")
        for kind, sql in op.get_bind().execute(rows, {"table": table}).all():
            if kind == "trigger":
                triggers.append(sql)
            if kind == "table" and sql.endswith("WITHOUT ROWID"):
                kept_as = {"sqlite_with_rowid": False}
    with op.batch_alter_table(table, recreate=again, table_kwargs=kept_as) as batch:
        yield batch
    for trigger in triggers:
        op.get_bind().exec_driver_sql(trigger)


# --- columns ----------------------------------------------------------------------------------
# A CHECK is written with its column, so that SQLite does not have to copy the table.


def columns():
    return [
        (
            *("deadline", "counted_by", sa.String()),
            check("deadline", "counted_by_of_target", "counted_by IS NULL OR target IS NOT NULL"),
        ),
        (
            *("deadline", "basis", sa.String(32)),
            check("deadline", "basis", either("basis", BASES)),
            check("deadline", "basis_of_counter", "basis IS NULL OR counted_by IS NOT NULL"),
        ),
        ("source", "read", sa.Boolean(), *flag_checks("source", "read")),
        (
            *("entry", "inferred", sa.Boolean()),
            *flag_checks("entry", "inferred"),
            check("entry", "inferred_of_kind", f"inferred IS NULL OR {either('kind', INFERRED)}"),
            check("entry", "inferred_is_ours", "inferred IS NULL OR says_id IS NULL"),
        ),
        (
            *("batch", "role", sa.String()),
            *on_file(check("batch", "role_of_server", "role IS NULL")),
        ),
    ]


BASES = "contracted sold shipped arrived paid issued level other"
INFERRED = "stage reading deadline"
"""The kinds of entries that this book can infer."""


def check(table, name, text):
    return sa.CheckConstraint(text, name=op.f(f"ck_{table}_{name}"))


def either(column, words):
    return " OR ".join(f"{column} = '{word}'" for word in words.split())


def flag_checks(table, column):
    return on_file(check(table, column, f"{column} = 0 OR {column} = 1"))


def on_file(*checks):
    return checks if op.get_context().dialect.name == "sqlite" else ()


def require_nothing_new():
    """Refuse to drop what is part of an entry's digest."""
    for table, column in (("deadline", "counted_by"), ("source", "read"), ("entry", "inferred")):
        filled = sa.text(f"SELECT 1 FROM {table} WHERE {column} IS NOT NULL LIMIT 1")
        if op.get_bind().execute(filled).first():
            raise CommandError(f"{column} of {table} has values, which revision 0001 cannot hold")


# --- guards -----------------------------------------------------------------------------------

KEEP_ROLE = """
CREATE FUNCTION keep_role() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.role <> session_user THEN
        RAISE 'a row of % does not fit: its role is not the one of its session', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = 'fits';
    END IF;
    NEW.role := session_user;
    RETURN NEW;
END $$
"""
REFUSE_ADDITION = """
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
        # The functions look at the book's own schema, whatever their caller's session looks at.
        "SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true)",
        KEEP_ROLE,
        "CREATE TRIGGER batch_role BEFORE INSERT ON batch"
        " FOR EACH ROW EXECUTE FUNCTION keep_role()",
        REFUSE_ADDITION,
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
