"""Makes and upgrades a book's schema with Alembic, on one connection, in one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.database import HEAD, Connection, revision_of
from tracker.errors import Unavailable

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


def upgrade(connection: Connection) -> None:
    """Upgrade the schema to the newest revision; a failure leaves the book as it was."""
    with connection.migrating():
        migrate(connection, "upgrade", "head")


def bring_up(connection: Connection, before: Callable[[str], None]) -> None:
    """Upgrade a book if there is anything to upgrade.

    `before` is called with the current revision, once nobody else can write in the book.
    """
    if revision_of(connection) == HEAD:  # who may not upgrade need not be refused
        return
    from alembic import command  # noqa: F401 - costs more than the upgrade; not under the lock

    with connection.migrating():
        if (at := revision_of(connection)) != HEAD:
            before(at)
            migrate(connection, "upgrade", "head")


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
