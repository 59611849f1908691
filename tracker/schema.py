"""Makes and upgrades books with Alembic, on one connection, and finds what others altered."""

import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.database import (
    HEAD,
    Connection,
    Target,
    connect,
    require_schema,
    revision_of,
)
from tracker.database.contents import COLUMNS, TYPES
from tracker.database.sqlite import new_file
from tracker.errors import Refused, TrackerError, WrongSchema, damaged
from tracker.files import blaming, packaged, temporary_folder

if TYPE_CHECKING:
    from sqlalchemy import Connection as AlchemyConnection
    from sqlalchemy import Engine
    from sqlalchemy.exc import DBAPIError


DRIVERS = {"sqlite": "sqlite://", "postgresql": "postgresql+psycopg://"}
"""SQLAlchemy's names for the drivers whose connections it borrows."""


def migrations_folder() -> Path:
    """Return the revisions' folder."""
    return packaged("migrations")


@contextmanager
def creating(target: Target) -> Iterator[Connection]:
    """Make a book, which has its tables and exists once the block ends.

    A failure leaves nothing behind. If several processes make it at once, one wins and the others
    are refused, as there is a book.
    """
    making = _creating_file if target.dialect == "sqlite" else _creating_on_server
    with making(target) as connection:
        with connection.migrating():
            migrate(connection, "upgrade", "head")
        yield connection


@contextmanager
def _creating_file(target: Target) -> Iterator[Connection]:
    """Make a book beside its place, which it takes when the block ends."""
    with blaming(target):
        target.path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with (
            new_file(target) as draft,
            closing(connect(Target("sqlite", str(draft)))) as connection,
        ):
            yield connection
    except BaseException:
        # What was committed to the draft is gone with it.
        Connection.is_saving = target.path.exists()
        raise


@contextmanager
def _creating_on_server(target: Target) -> Iterator[Connection]:
    """Fill an existing, empty database in one transaction."""
    with closing(connect(target)) as connection:
        _require_room(connection)  # before anybody is refused the right to make one
        with connection.migrating():
            _require_room(connection)
            yield connection


def _require_room(connection: Connection) -> None:
    """Refuse a database on a server in which no book can be made."""
    try:
        require_schema(connection)
    except TrackerError as error:
        if error.problem == "no book inside":
            return
        if error.problem != "not permitted":
            raise
    raise Refused("book exists", book=connection.target)


def bring_up(connection: Connection, before: Callable[[str], None]) -> None:
    """Upgrade a book if there is anything to upgrade; a failure leaves it as it was.

    `before` is called with the current revision, once nobody else can write in the book.
    """
    if revision_of(connection) == HEAD:  # who may not upgrade need not be refused
        return
    from alembic import command  # noqa: F401 - costs more than the upgrade; not under the lock

    with connection.migrating():
        if (revision := revision_of(connection)) != HEAD:
            before(revision)
            migrate(connection, "upgrade", "head")


def migrate(connection: Connection, direction: str, revision: str) -> None:
    """Upgrade or downgrade the schema to a revision, within a `migrating` block."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option(
        "script_location", str(migrations_folder()).replace("%", "%%")
    )
    with borrowed(connection) as alchemy:
        config.attributes["connection"] = alchemy
        try:
            getattr(command, direction)(config, revision)
        except CommandError as error:
            raise damaged(connection.target, str(error)) from error


@contextmanager
def borrowed(connection: Connection) -> Iterator["AlchemyConnection"]:
    """Lend the driver's connection to SQLAlchemy, inside its open transaction."""
    from sqlalchemy.exc import DBAPIError

    with connection.translating():
        try:
            with engine_of(connection).connect() as alchemy:
                yield alchemy
                alchemy.commit()
        except DBAPIError as error:
            raise _first(error) from error


def engine_of(connection: Connection) -> "Engine":
    """Return an engine on the driver's connection; it leaves transactions to that."""
    from sqlalchemy import StaticPool, create_engine

    return create_engine(
        DRIVERS[connection.target.dialect],
        creator=lambda: connection.driver,
        poolclass=StaticPool,
        pool_reset_on_return=None,
    )


def _first(error: "DBAPIError") -> BaseException:
    """Return the driver's first error.

    After a disk failure SQLite rolls everything back, which makes Alembic's cleanup fail as well.
    """
    from sqlalchemy.exc import DBAPIError

    first = error
    context = error.__context__
    while context is not None:
        first = context if isinstance(context, DBAPIError) else first
        context = context.__context__
    return first.orig or first


# --- what others altered ----------------------------------------------------------------------


def alterations(connection: Connection) -> Iterator[str]:
    """Yield what differs in the schema of a book from a new one's.

    Others may add what they like, but nothing that changes how the program's own tables behave.
    """
    for kind, name, how in _altered(connection):
        if kind == "trigger" and how == MISSING:
            yield f"guards: the trigger {name}, which keeps the book append-only, is missing"
        else:
            yield f"schema: the {kind} {name} {how}"


def require_own(connection: Connection) -> None:
    """Refuse another book whose schema is not as a new one's; a file may hold nothing else.

    A view in place of a table could say something else each time that it is read. A guard or
    an index that is missing does no harm to a reader.
    """
    for kind, name, how in _altered(connection, alone=True):
        if how != MISSING or kind not in ("trigger", "index"):
            reason = f"the {kind} {name} {how}"
            raise WrongSchema("foreign schema", book=connection.target, reason=reason)


Alteration = tuple[str, str, str]
"""A kind of object, its name, and how it was altered."""
MISSING, FOREIGN = "is missing", "is not this program's"
ALTERED = "is not as this program makes it"


def _altered(connection: Connection, *, alone: bool = False) -> Iterator[Alteration]:
    """Yield what differs in a file, by the SQL of its schema, or on a server.

    What others added to a file matters if it changes how tables behave, or if nothing else may be
    there (`alone`).
    """
    if connection.target.dialect != "sqlite":
        yield from _alterations_on_server(connection)
        return
    held = _schema_of_file(connection)
    made = _schema_of_new_file()
    for (kind, name), text in made.items():
        if (kind, name) not in held:
            yield kind, name, MISSING
        elif held[kind, name] != text:
            yield kind, name, ALTERED
    for kind, name in sorted(held.keys() - made.keys()):
        is_unique = held[kind, name].upper().startswith("CREATE UNIQUE")
        if alone or is_unique or kind == "trigger":
            yield kind, name, FOREIGN


@cache
def _schema_of_new_file() -> dict[tuple[str, str], str]:
    with (
        temporary_folder() as folder,
        creating(Target("sqlite", f"{folder}/new.db")) as fresh,
    ):
        return _schema_of_file(fresh)


def _schema_of_file(connection: Connection) -> dict[tuple[str, str], str]:
    """Return the SQL of each table, index, trigger and view, by kind and name."""
    rows = connection.text(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    )
    return {
        (kind.lower(), name.lower()): _in_order(sql) if kind == "table" else sql
        for kind, name, sql in rows
    }


PARTS = re.compile(r",?\s+(?=CONSTRAINT )|,\s+(?=\w+ [A-Z])|\n")
"""What separates the columns and the constraints of a table."""


def _in_order(sql: str) -> str:
    """Return a table's columns and its constraints, which revisions make in any order.

    SQLite puts those of a column that was added behind that column, on the same line, and quotes
    the name of a table that was made again.
    """
    parts = [part.strip() for part in PARTS.split(sql.replace('"', ""))]
    columns = [part for part in parts if not part.startswith("CONSTRAINT ")]
    constraints = [part for part in parts if part.startswith("CONSTRAINT ")]
    return "\n".join([*columns, *sorted(constraints)])


# --- on a server: columns and indexes by the models, all else by its name -----------------------

GUARDS = {
    *(
        f"{table}_{what}"
        for table in COLUMNS
        for what in ("no_change", "no_truncate", "in_turn")
    ),
    "alembic_version_no_change",
    "alembic_version_no_truncate",
    "thing_number",
    "entry_number",
    "batch_number",
    "entry_is_sealed",
    "batch_moment",
    "batch_role",
    *(
        f"{table}_no_addition"
        for table in COLUMNS
        if table not in ("thing", "entry", "batch")
    ),
}
"""The triggers of a book on a server."""
ON_FILES = {
    "ck_batch_role_of_server",
    *(
        f"ck_{table}_{name}"
        for table in COLUMNS
        for name, kind in TYPES.items()
        if kind is bool
    ),
}
"""The CHECKs that only a file has, where a server has a type for flags and fills in the role."""
TABLES = ", ".join(f"'{table}'" for table in (*COLUMNS, "alembic_version"))
BOOK_TABLES = f"""
WITH book AS (
    SELECT oid, relname, relrowsecurity FROM pg_class
    WHERE relname IN ({TABLES}) AND relkind IN ('r', 'p')
        AND relnamespace = current_schema()::regnamespace)
"""
IN_FORCE = f"""{BOOK_TABLES}
SELECT 'constraint', o.conname FROM pg_constraint AS o JOIN book ON book.oid = o.conrelid
WHERE o.contype IN ('c', 'f', 'p', 'u', 'x') AND o.convalidated AND NOT EXISTS (
    SELECT FROM pg_trigger AS t WHERE t.tgconstraint = o.oid AND t.tgenabled NOT IN ('O', 'A'))
UNION ALL SELECT 'trigger', t.tgname FROM pg_trigger AS t JOIN book ON book.oid = t.tgrelid
WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
UNION ALL SELECT 'index', c.relname FROM pg_index AS i JOIN book ON book.oid = i.indrelid
JOIN pg_class AS c ON c.oid = i.indexrelid
WHERE i.indisunique AND NOT EXISTS (SELECT FROM pg_constraint AS o WHERE o.conindid = c.oid)
UNION ALL SELECT 'rule', r.rulename FROM pg_rewrite AS r JOIN book ON book.oid = r.ev_class
UNION ALL SELECT 'row security of', relname FROM book WHERE relrowsecurity
UNION ALL SELECT 'child table of', relname FROM book JOIN pg_inherits ON inhparent = book.oid
"""
"""What is in force on the tables of a book, by kind and name; of indexes, the unique ones."""
FUNCTIONS = f"""{BOOK_TABLES}
SELECT p.proname, p.prosrc FROM pg_trigger AS t JOIN book ON book.oid = t.tgrelid
JOIN pg_proc AS p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal
UNION SELECT p.proname, p.prosrc FROM pg_proc AS p WHERE p.oid = to_regprocedure('take_turn()')
"""
"""The functions that guard a book, with their texts, which a revision has to the letter."""


def _alterations_on_server(connection: Connection) -> Iterator[Alteration]:
    """Yield what differs on a server, whose SQL is not kept as it was written."""
    held = {*connection.text(IN_FORCE)}
    made = {("trigger", name) for name in GUARDS} | {
        ("index", "alembic_version_no_other")
    }
    views = set[str]()
    for (kind, name), text in _schema_of_new_file().items():
        if kind == "view":
            views.add(name)
        if kind == "table":
            constraints = {*re.findall(r"CONSTRAINT (\w+)", text)} - ON_FILES
            made |= {("constraint", constraint) for constraint in constraints}
    with borrowed(connection) as alchemy:
        altered = _compared(alchemy)
    altered |= dict.fromkeys(made - held, MISSING)
    altered |= dict.fromkeys(held - made, FOREIGN)
    for view in views.difference(connection.tables()):
        altered["view", view] = MISSING
    revisions = "".join(
        file.read_text("utf-8") for file in migrations_folder().glob("versions/*.*")
    )
    for name, text in connection.text(FUNCTIONS):
        if text not in revisions:
            altered["function", name] = ALTERED
    for (kind, name), how in sorted(altered.items()):
        yield kind, name, how


def _compared(alchemy: "AlchemyConnection") -> dict[tuple[str, str], str]:
    """Return how tables differ from the models, as Alembic sees it."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from tracker.models import metadata

    options = {
        "compare_server_default": True,
        "include_name": lambda name, kind, _: kind != "table" or name in metadata.tables,
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a column that others added may be of any type
        context = MigrationContext.configure(alchemy, opts=options)
        changes: list[Any] = compare_metadata(context, metadata)
    altered: dict[tuple[str, str], str] = {}
    for change in changes:
        if isinstance(change, list):  # what differs in one column
            _, _, table, column, *_ = change[0]
            altered["column", f"{table}.{column}"] = ALTERED
            continue
        step = change[0]
        item = change[-1]
        kind = "constraint" if step.endswith("_fk") else step.partition("_")[2]
        name = f"{change[2]}.{item.name}" if kind == "column" else item.name
        if (kind, name) in altered:  # it is to be removed and added again
            altered[kind, name] = ALTERED
        else:
            altered[kind, name] = MISSING if step.startswith("add") else FOREIGN
    # Others may add indexes; the unique ones are found by their names.
    return {
        key: how for key, how in altered.items() if (key[0], how) != ("index", FOREIGN)
    }
