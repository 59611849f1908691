"""Databases that are no book, of another version, or out of reach."""

from tracker.errors.kinds import Unavailable, WrongSchema, WrongUsage
from tracker.errors.wording import called_on


class NotABook(WrongSchema):
    """A database, or another file, that holds no book."""

    def __init__(self, book: str) -> None:
        super().__init__(
            f"{book} is not a book of this program",
            "Name another --db, or make a book at a new path with 'tracker --db PATH init'",
        )


class NoBookInside(WrongSchema):
    """An empty database on a server."""

    def __init__(self, book: str) -> None:
        super().__init__(f"{book} holds no book yet", f"Make one with '{called_on(book)} init'")


class SchemaBehind(WrongSchema):
    """A book made by an older version."""

    def __init__(self, book: str, revision: str, head: str) -> None:
        super().__init__(
            f"{book} is at schema {revision} and this program needs {head}",
            f"Run '{called_on(book)} db upgrade'",
        )


class SchemaAhead(WrongSchema):
    """A book made by a newer version."""

    def __init__(self, book: str, revision: str) -> None:
        super().__init__(
            f"{book} was made by a newer tracker (schema {revision})", "Upgrade truce-tracker"
        )


class NoSuchBook(Unavailable):
    """A database path with no file."""

    def __init__(self, book: str) -> None:
        super().__init__(f"There is no book at {book}", f"Make one with '{called_on(book)} init'")


class BookLocked(Unavailable):
    """A lock that another process did not give up in time."""

    def __init__(self, book: str) -> None:
        super().__init__(f"{book} is locked by another process", "Try again in a moment")


class BookReadOnly(Unavailable):
    """A write to a file or folder that may not be written."""

    def __init__(self, book: str) -> None:
        super().__init__(f"{book} is read-only; nothing was written", "Ask for write access")


class BookUnreachable(Unavailable):
    """A database that cannot be opened."""

    def __init__(self, book: str, reason: str) -> None:
        super().__init__(f"Cannot open {book}: {reason}", "Check the path or the server")
        self.reason = reason


class ServerUnreachable(Unavailable):
    """A server that cannot be reached, lets nobody in, or has gone away in mid-command."""

    def __init__(self, book: str, reason: str) -> None:
        super().__init__(
            f"Cannot use {book}: {reason}",
            "Check the address, the password and that the server runs; what was not"
            " acknowledged was not written",
        )


class NotPermitted(Unavailable):
    """What the database lets this user not do."""

    def __init__(self, book: str, reason: str) -> None:
        super().__init__(
            f"{book} refuses: {reason}; nothing was written",
            "Ask its owner for a role that may, as 'tracker db grants' makes them",
        )


class DriverMissing(Unavailable):
    """A PostgreSQL book without the driver for it."""

    def __init__(self, book: str) -> None:
        super().__init__(
            f"Cannot use {book}: the PostgreSQL driver is not installed",
            "Install it with 'pip install \"truce-tracker[postgres]\"'",
        )


class BookDamaged(Unavailable):
    """A file that the database engine cannot read."""

    def __init__(self, book: str, reason: str) -> None:
        super().__init__(f"{book} is damaged: {reason}", "Restore it from a backup")


class UnknownDatabase(WrongUsage):
    """A database URL of a kind that the program does not speak."""

    def __init__(self, scheme: str) -> None:
        super().__init__(
            f"No database of kind '{scheme}'",
            "Use a path, sqlite:///PATH or postgresql://USER@HOST/DATABASE",
        )


class UnreadableAddress(WrongUsage):
    """A PostgreSQL URL that cannot be taken apart; it is not repeated, for its password."""

    def __init__(self) -> None:
        super().__init__(
            "The address of the PostgreSQL database cannot be read",
            "Write postgresql://USER:PASSWORD@HOST:PORT/DATABASE,"
            " with %40 for @, %2F for /, %3A for : in a password",
        )
