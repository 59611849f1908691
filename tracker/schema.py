"""Makes and upgrades books with Alembic: on one connection, in one transaction."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.database import HEAD, Connection, Target, connect, is_book, revision_of
from tracker.database.sqlite import new_file
from tracker.errors import Refused, Unavailable
from tracker.files import blaming

if TYPE_CHECKING:
    from sqlalchemy import Connection as AlchemyConnection
    from sqlalchemy.exc import DBAPIError


DRIVERS = {"sqlite": "sqlite://", "postgresql": "postgresql+psycopg://"}
"""SQLAlchemy's names for the drivers whose connections it borrows."""


def migrations_folder() -> Path:
    """Return the revisions' folder: the packaged one, else the checkout's."""
    here = Path(__file__).parent
    packaged = here / "migrations"
    return packaged if packaged.is_dir() else here.parent / "migrations"


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
    with new_file(target) as draft, closing(connect(Target("sqlite", str(draft)))) as connection:
        yield connection


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
    if is_book(connection):
        raise Refused("book exists", book=connection.target)
    refusal = connection.no_book()
    if refusal.problem != "no book inside":
        raise refusal


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
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    with borrowed(connection) as alchemy:
        config.attributes["connection"] = alchemy
        try:
            getattr(command, direction)(config, revision)
        except CommandError as error:
            raise Unavailable("book damaged", book=connection.target, reason=str(error)) from error


@contextmanager
def borrowed(connection: Connection) -> Iterator["AlchemyConnection"]:
    """Lend the driver's connection to SQLAlchemy, inside its open transaction."""
    from sqlalchemy import StaticPool, create_engine
    from sqlalchemy.exc import DBAPIError

    engine = create_engine(
        DRIVERS[connection.target.dialect],
        creator=lambda: connection.driver,
        poolclass=StaticPool,
        pool_reset_on_return=None,
    )
    with connection.translating():
        try:
            with engine.connect() as alchemy:
                yield alchemy
                alchemy.commit()
        except DBAPIError as error:
            raise _first(error) from error


def _first(error: "DBAPIError") -> BaseException:
    """Return the driver's first error.

    After a disk failure SQLite rolls everything back, which makes Alembic's cleanup fail as well.
    """
    from sqlalchemy.exc import DBAPIError

    first, context = error, error.__context__
    while context is not None:
        first = context if isinstance(context, DBAPIError) else first
        context = context.__context__
    return first.orig or first
