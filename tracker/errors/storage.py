"""Databases that are not books, are of another version, or are out of reach."""

from tracker.errors import kinds


class NotABook(kinds.WrongSchema):
    """A database, or another file, that holds no book."""

    what = "{book} is not a book of this program"
    remedy = "Name another one, or make a book at a new path with 'tracker --db PATH init'"


class NoBookInside(kinds.WrongSchema):
    """An empty database on a server."""

    what = "{book} holds no book yet"
    remedy = "Make one with '{book:command} init'"


class SchemaBehind(kinds.WrongSchema):
    """A book made by an older version."""

    what = "{book} is at schema {revision}, but this program needs {head}"
    remedy = "Run '{book:command} db upgrade'"


class SchemaAhead(kinds.WrongSchema):
    """A book made by a newer version."""

    what = "{book} was made by a newer tracker (schema {revision})"
    remedy = "Upgrade truce-tracker"


class NoSuchBook(kinds.Unavailable):
    """A database path with no file."""

    what = "There is no book at {book}"
    remedy = (
        "Make one with '{book:command} init', with 'init FILE.toml' from your own file, or with"
        " 'init --empty'"
    )


class BookLocked(kinds.Unavailable):
    """A lock that another process did not give up in time."""

    what = "{book} is locked by another process"
    remedy = "Try again in a moment; if nobody else uses it, its disk may not support locks"


class BookReadOnly(kinds.Unavailable):
    """A write to a file or folder that may not be written."""

    what = "{book} is read-only, or its folder is; nothing was written"
    remedy = "Ask for write access"


class BookUnreachable(kinds.Unavailable):
    """A database that cannot be opened."""

    reason: str
    what = "Cannot open {path}: {reason}"
    remedy = "Check the path and its permissions"


class ServerUnreachable(kinds.Unavailable):
    """A server that lets nobody in, or that ended the session or the command."""

    what = "Cannot use {book}: {reason}"
    remedy = "{help}"


class NotInUtf8(kinds.Unavailable):
    """A database on a server that does not store its text in UTF-8."""

    what = "{book} stores its text in {encoding}, not in UTF-8"
    remedy = "Make another database with 'createdb -E UTF8 -T template0 NAME'"


class OutcomeUnknown(kinds.Unavailable):
    """A database that did not confirm a change, and cannot say whether it was made."""

    what = "{book} did not confirm the change, which may have been recorded: {reason}"
    remedy = "Look with 'tracker history --all' before you enter it again"


class RowsDropped(kinds.Unavailable):
    """A database that reported success without writing every row."""

    what = "{book} did not keep every row ({written} rows of {wanted}); nothing was written"
    remedy = (
        "Look for a trigger or a rule that is not this program's; 'tracker db check' may name it"
    )


class NotPermitted(kinds.Unavailable):
    """Something that the database does not allow this user to do."""

    what = "{book} refuses: {reason}; nothing was written"
    remedy = "Ask the owner of the database to do it, or to give you that right"


class MayOnlyRead(kinds.Unavailable):
    """A command that records, by a user of a server who may only read."""

    what = "You may only read {book}; nothing was written"
    remedy = "Ask its owner for the role that may record"


class RowRefused(kinds.Refused):
    """A row that the server's guards reject."""

    what = "{book} refuses: {reason}; nothing was written"
    remedy = "Look for damage with 'tracker db check'"


class DriverMissing(kinds.Unavailable):
    """A PostgreSQL book without the driver for it."""

    what = "Cannot use {book}: the PostgreSQL driver is not installed"
    remedy = (
        "Install it: pip install 'truce-tracker[postgres]' (in a checkout: '.[postgres]', or"
        " 'uv run --extra postgres')"
    )


class BookDamaged(kinds.Unavailable):
    """A file that the database engine cannot read."""

    what = "{book} is damaged: {reason}"
    remedy = "Restore it from a backup"


class UnknownDatabase(kinds.WrongUsage):
    """A database URL of a kind that the program does not support."""

    what = "No database of kind '{scheme}'"
    remedy = "Use a path, sqlite:///PATH or postgresql://USER@HOST/DATABASE"


class UnreadableAddress(kinds.WrongUsage):
    """A PostgreSQL URL that cannot be parsed; it is not quoted, as it may contain a password."""

    what = "The address of the PostgreSQL database cannot be read"
    remedy = (
        "Write postgresql://USER:PASSWORD@HOST:PORT/DATABASE,"
        " with %40 for @, %2F for /, %3A for :, %23 for #, %3F for ?, %25 for % in a password"
    )


class UnknownParameter(kinds.WrongUsage):
    """A parameter in a PostgreSQL URL that the driver does not know."""

    what = "The address of the PostgreSQL database has an unknown parameter '{name}'"
    remedy = "Use those of libpq, such as sslmode, service or connect_timeout"
