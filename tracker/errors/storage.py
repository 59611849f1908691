"""Files, databases and disks that cannot be used as they are."""

import errno

from tracker.errors.wording import (
    BadInput,
    NotFound,
    Refused,
    TrackerError,
    Unavailable,
    WrongSchema,
    WrongUsage,
)

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Errors that more room on the disk would prevent."""
FAILING = frozenset({errno.EIO, errno.ENOLCK, errno.EROFS, errno.ESTALE})
"""Errors that another name on the same disk would not prevent."""


class NotABook(WrongSchema):
    """A database, or another file, that holds no book."""

    what = "{book} is not a book of this program"
    remedy = "Name another one, or make a book at a new path with 'tracker --db PATH init'"


class NoBookInside(WrongSchema):
    """An empty database on a server."""

    what = "{book} holds no book yet"
    remedy = "Make one with '{book:command} init'"


class SchemaBehind(WrongSchema):
    """A book made by an older version."""

    what = "{book} is at schema {revision}, but this program needs {head}"
    remedy = "Run '{book:command} db upgrade'"


class SchemaAhead(WrongSchema):
    """A book made by a newer version."""

    what = "{book} was made by a newer tracker (schema {revision})"
    remedy = "Upgrade truce-tracker"


class NoSuchBook(Unavailable):
    """A database path with no file."""

    what = "There is no book at {book}"
    remedy = (
        "Make one with '{book:command} init', with 'init FILE.toml' from your own file, or with"
        " 'init --empty'"
    )


class BookLocked(Unavailable):
    """A lock that another process did not give up in time."""

    what = "{book} is locked by another process"
    remedy = "Try again in a moment; if nobody else uses it, its disk may not support locks"


class BookReadOnly(Unavailable):
    """A write to a file or folder that may not be written."""

    what = "{book} is read-only, or its folder is; nothing was written"
    remedy = "Ask for write access"


class BookUnreachable(Unavailable):
    """A database that cannot be opened."""

    reason: str
    what = "Cannot open {path}: {reason}"
    remedy = "Check the path and its permissions"


class ServerUnreachable(Unavailable):
    """A server that lets nobody in, or that ended the session or the command."""

    what = "Cannot use {book}: {reason}"
    remedy = "{help}"


class NotInUtf8(Unavailable):
    """A database on a server that does not store its text in UTF-8."""

    what = "{book} stores its text in {encoding}, not in UTF-8"
    remedy = "Make another database with 'createdb -E UTF8 -T template0 NAME'"


class OutcomeUnknown(Unavailable):
    """A database that did not confirm a change, and cannot say whether it was made."""

    what = "{book} did not confirm the change, which may have been recorded: {reason}"
    remedy = "Look with 'tracker history --all' before you enter it again"


class RowsDropped(Unavailable):
    """A database that reported success without writing every row."""

    what = "{book} did not keep every row ({written} rows of {wanted}); nothing was written"
    remedy = (
        "Look for a trigger or a rule that is not this program's; 'tracker db check' may name it"
    )


class NotPermitted(Unavailable):
    """Something that the database does not allow this user to do."""

    what = "{book} refuses: {reason}; nothing was written"
    remedy = "Ask the owner of the database to do it, or to give you that right"


class MayOnlyRead(Unavailable):
    """A command that records, by a user of a server who may only read."""

    what = "You may only read {book}; nothing was written"
    remedy = "Ask its owner for the role that may record"


class RowRefused(Refused):
    """A row that the server's guards reject."""

    what = "{book} refuses: {reason}; nothing was written"
    remedy = "Look for damage with 'tracker db check'"


class DriverMissing(Unavailable):
    """A PostgreSQL book without the driver for it."""

    what = "Cannot use {book}: the PostgreSQL driver is not installed"
    remedy = (
        "Install it: pip install 'truce-tracker[postgres]' (in a checkout: '.[postgres]', or"
        " 'uv run --extra postgres')"
    )


class BookDamaged(Unavailable):
    """A file that the database engine cannot read."""

    what = "{book} is damaged: {reason}"
    remedy = "Restore it from a backup"


class UnknownDatabase(WrongUsage):
    """A database URL of a kind that the program does not support."""

    what = "No database of kind '{scheme}'"
    remedy = "Use a path, sqlite:///PATH or postgresql://USER@HOST/DATABASE"


class UnreadableAddress(WrongUsage):
    """A PostgreSQL URL that cannot be parsed; it is not quoted, as it may contain a password."""

    what = "The address of the PostgreSQL database cannot be read"
    remedy = (
        "Write postgresql://USER:PASSWORD@HOST:PORT/DATABASE,"
        " with %40 for @, %2F for /, %3A for :, %23 for #, %3F for ?, %25 for % in a password"
    )


class UnknownParameter(WrongUsage):
    """A parameter in a PostgreSQL URL that the driver does not know."""

    what = "The address of the PostgreSQL database has an unknown parameter '{name}'"
    remedy = "Use those of libpq, such as sslmode, service or connect_timeout"


class BookExists(Refused):
    """`init` where a database already exists."""

    what = "There is already a book at {book}"
    remedy = "Add an agreement to it with 'tracker apply', or name another --db"


class DatabaseInUse(Refused):
    """`init` in a database that holds something else."""

    what = "{book} already holds other tables ({tables:three})"
    remedy = "Make an empty database for the book, with 'createdb NAME'"


class BackupElsewhere(Refused):
    """`db backup` of a book that is not a file."""

    what = "{book} is not a file that can be copied"
    remedy = "Back it up with 'pg_dump', or write it out with 'tracker export FILE'"


class FileExists(Refused):
    """An output path that is a folder or otherwise cannot be replaced."""

    what = "Cannot write '{path}': {reason}"
    remedy = "Name another path"


class FolderNeeded(Refused):
    """Texts of a book on a server, which has no folder beside it."""

    what = "There is no folder for the texts of {book}"
    remedy = "Name one that its users share: TRACKER_TEXTS, or 'texts' in the config file"


class NotOurFolder(Refused):
    """A folder to publish to that holds files which publishing did not make."""

    what = (
        "'{folder}' holds '{found}', which is not part of a site made by tracker,"
        " or was changed since"
    )
    remedy = "Name a new folder, or move that file away"


class NoSuchShipped(NotFound):
    """A seed that neither comes with the program nor is a file."""

    what = "No seed and no file '{name}'"
    remedy = "{known:like {name}}"


class NoSuchFile(NotFound):
    """An input file that does not exist."""

    what = "No file '{path}'"
    remedy = "Check the path"


class ExtraMissing(NotFound):
    """A command whose optional part is not installed."""

    what = "'{command}' needs a part that is not installed"
    remedy = (
        "Install it: pip install 'truce-tracker[{extra}]' (in a checkout: '.[{extra}]', or"
        " 'uv run --extra {extra}')"
    )


class TextGone(NotFound):
    """A kept text whose file is missing or altered."""

    what = "The text of '{source}' seen on {seen_on} is not at '{path}', or was altered"
    remedy = "Put the file back with 'tracker source keep {source} FILE --seen {seen_on}'"


class UnreadableFile(BadInput):
    """A file that is not of the kind that it should be."""

    what = "Cannot read '{path}': {reason}"
    remedy = "It should be {wanted}"


class BrokenDump(BadInput):
    """An exported book, or a book to merge, whose chain is broken."""

    what = "{path} was altered or damaged: {reason}; nothing was written"
    remedy = "Use another export, or a backup"


class UnreadableSettings(BadInput):
    """A config file that does not exist, or is not TOML."""

    what = "The config file '{path}' cannot be read: {reason}"
    remedy = "Correct it, or name another with TRACKER_CONFIG"


class NoRoom(Unavailable):
    """A book or a file that the disk has no room for."""

    reason: str
    what = "Cannot write '{path}': {reason}; it is unchanged"
    remedy = "Make room there and try again"


class DiskFailed(Unavailable):
    """A path that the system refuses for a reason that no other error covers."""

    reason: str
    what = "Cannot use '{path}': {reason}"
    remedy = "Check the path, its permissions and its disk"


class OutputLost(Unavailable):
    """Standard output that cannot be written to."""

    what = "Cannot write to standard output: {reason}"
    remedy = "Send it elsewhere"


class ReceiptLost(Unavailable):
    """Standard output that cannot be written to, after a command recorded or wrote something."""

    what = "{done}, but the receipt could not be written to standard output: {reason}"
    remedy = "Do not repeat the command"


def unwritable(path: object, error: OSError) -> TrackerError:
    """Return the refusal of a path that could not be written."""
    kind = DiskFailed if error.errno in FAILING else FileExists
    return (NoRoom if error.errno in FULL else kind)(path=path, reason=reason_of(error))


def unreadable(path: object, error: OSError) -> UnreadableFile:
    """Return the refusal of a path that could not be read."""
    wanted = "a file that you may read"
    return UnreadableFile(path=path, reason=reason_of(error), wanted=wanted)


def reason_of(error: OSError) -> str:
    """Return the system's reason, to fit into a sentence."""
    if isinstance(error, IsADirectoryError):
        return "it is a folder"
    return (error.strerror or str(error)).lower()
