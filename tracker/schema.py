"""Makes and upgrades books with Alembic: on one connection, in one transaction."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.database import HEAD, Connection, Target, connect, is_book, revision_of
from tracker.database.sqlite import has_journal
from tracker.errors import Refused, Unavailable
from tracker.files import JOURNAL, LONGEST, blaming, drafted, mode_for

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
    """Make a draft beside the target, and give it its name when the block ends."""
    with blaming(target):
        _require_free(target)
        target.path.parent.mkdir(parents=True, exist_ok=True)
        with drafted(target.path) as draft:
            with closing(connect(Target(target.dialect, str(draft)))) as connection:
                yield connection
            draft.chmod(mode_for(target.path))
            _publish(draft, target)


def _require_free(target: Target) -> None:
    """Refuse a path at which there is something, or at which SQLite could not use a book."""
    path = target.path
    if not _is_free(path):
        with closing(connect(target)) as found:
            revision_of(found)
        raise Refused("book exists", book=target)
    if len(os.fsencode(path.name)) > LONGEST - len(JOURNAL):
        raise Unavailable("book unreachable", path=target, reason="its name is too long")
    if has_journal(path):
        reason = "a journal of another database is beside it; delete that"
        raise Unavailable("book unreachable", path=target, reason=reason)


def _is_free(path: Path) -> bool:
    """Return whether a book can be made at this path: there is no file, or an empty one."""
    return not path.exists() or (path.is_file() and path.stat().st_size == 0)


def _publish(draft: Path, target: Target) -> None:
    """Give a finished file its name, unless another book has taken the name meanwhile."""
    path = target.path
    if _is_free(path):
        path.unlink(missing_ok=True)
    try:
        try:
            os.link(draft, path)
        except FileExistsError:
            raise
        except OSError:  # no hard links, as on many USB sticks and network shares
            path.touch(exist_ok=False)
            draft.replace(path)
    except FileExistsError:
        raise Refused("book exists", book=target) from None


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
        if (at := revision_of(connection)) != HEAD:
            before(at)
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
