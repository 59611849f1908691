"""Roles on a PostgreSQL server: who may read a book, and who may also record in it."""

from tracker.database.soundness import TABLES

VIEWS = ("retracted", "journal", "reading", "declared")
READABLE = ("alembic_version", *TABLES, *VIEWS)
"""Every table and view."""


def grants(reader: str, writer: str) -> str:
    """Return the SQL that makes the two roles; running it again brings them back to this."""
    read, write = _quoted(reader), _quoted(writer)
    everything, both = ", ".join(READABLE), f"{read}, {write}"
    return f"""\
-- Run this as the book's owner, in the book's database.
-- {read} may read, {write} may also record; GRANT {write} TO "somebody" lets somebody in.
{_made(reader)}
{_made(writer)}
REVOKE ALL ON {everything} FROM {both};
REVOKE ALL ON SEQUENCE thing_id_seq FROM {both};
GRANT SELECT ON {everything} TO {both};
GRANT INSERT ON {", ".join(TABLES)} TO {write};
GRANT USAGE ON SEQUENCE thing_id_seq TO {write};
"""


def _made(name: str) -> str:
    text = name.replace("'", "''")
    missing = f"NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{text}')"
    return f"DO $role$ BEGIN IF {missing} THEN CREATE ROLE {_quoted(name)}; END IF; END $role$;"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
