"""Roles on a PostgreSQL server: who may read a book, and who may also record in it."""

from tracker.database.soundness import TABLES
from tracker.errors import NoRole

VIEWS = ("retracted", "journal", "reading", "declared")
READABLE = ("alembic_version", *TABLES, *VIEWS)
"""Every table and view."""
RESERVED = ("", "public", "none")
LONGEST = 63
"""The greatest length of a name on a server, in bytes; it would cut a longer one."""


def grants(reader: str, writer: str) -> str:
    """Return the SQL that makes the two roles; running it again resets their rights."""
    for role in (reader, writer):
        if role in RESERVED or len(role.encode()) > LONGEST or reader == writer:
            raise NoRole(role=role)
    read, write = _quoted(reader), _quoted(writer)
    everything, both = ", ".join(READABLE), f"{read}, {write}"
    return f"""\
-- Run this as the book's owner, in the book's database: psql -v ON_ERROR_STOP=1.
-- {read} may read, {write} may also record; GRANT {write} TO "somebody" lets somebody in.
BEGIN;
{OWNER}
{_made(reader)}
{_made(writer)}
{_closed(both)}
REVOKE ALL ON {everything} FROM {both};
REVOKE ALL ON FUNCTION take_turn() FROM PUBLIC, {both};
GRANT SELECT ON {everything} TO {both};
GRANT INSERT ON {", ".join(TABLES)} TO {write};
GRANT EXECUTE ON FUNCTION take_turn() TO {write};
COMMIT;
"""


OWNER = """\
DO $owner$ BEGIN
    IF NOT pg_has_role((SELECT relowner FROM pg_class WHERE oid = 'entry'::regclass), 'USAGE') THEN
        RAISE 'only the owner of the book may give rights to it';
    END IF;
END $owner$;"""
"""Stops anybody else, for whom each GRANT would only warn."""


def _closed(roles: str) -> str:
    """Return the SQL that shuts out everybody else; a REVOKE by a non-owner would only warn."""
    return """\
DO $closed$ BEGIN
    EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO {0}', current_database());
    EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', current_schema());
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO {0}', current_schema());
    IF has_database_privilege('public', current_database(), 'CONNECT')
        OR has_schema_privilege('public', current_schema(), 'CREATE') THEN
        RAISE 'everybody may still connect to % or create in schema %: run this as their owner',
            current_database(), current_schema();
    END IF;
END $closed$;""".replace("{0}", roles.replace("'", "''").replace("%", "%%"))


def _made(name: str) -> str:
    text = name.replace("'", "''")
    missing = f"NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{text}')"
    return f"DO $role$ BEGIN IF {missing} THEN CREATE ROLE {_quoted(name)}; END IF; END $role$;"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
