"""A row beside an entry is refused once the entry's batch is there."""

from alembic import op

revision = "0002"
down_revision = "0001"

BESIDE = (
    *("entry_source", "party", "source", "source_text", "agreement", "concession"),
    *("concession_party", "exchange", "deadline"),
)
"""The tables whose rows belong to an entry."""


def upgrade():
    for statement in guards(op.get_context().dialect.name):
        op.execute(statement)


def downgrade():
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
