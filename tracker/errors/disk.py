"""Disk and output failures."""

import errno

from tracker.errors import content, kinds, refusal

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Errors that more room on the disk would prevent."""
FAILING = frozenset({errno.EIO, errno.ENOLCK, errno.EROFS, errno.ESTALE})
"""Errors that another name on the same disk would not prevent."""


class NoRoom(kinds.Unavailable):
    """A book or a file that the disk has no room for."""

    reason: str
    what = "Cannot write '{path}': {reason}; it is unchanged"
    remedy = "Make room there and try again"


class DiskFailed(kinds.Unavailable):
    """A path that the system refuses for a reason that no other error covers."""

    reason: str
    what = "Cannot use '{path}': {reason}"
    remedy = "Check the path, its permissions and its disk"


class OutputLost(kinds.Unavailable):
    """Standard output that cannot be written to."""

    what = "Cannot write to standard output: {reason}"
    remedy = "Send it elsewhere"


class ReceiptLost(kinds.Unavailable):
    """Standard output that cannot be written to, after a command recorded or wrote something."""

    what = "{done}, but the receipt could not be written to standard output: {reason}"
    remedy = "Do not repeat the command"


def unwritable(path: object, error: OSError) -> kinds.TrackerError:
    """Return the refusal of a path that could not be written."""
    kind = DiskFailed if error.errno in FAILING else refusal.FileExists
    return (NoRoom if error.errno in FULL else kind)(path=path, reason=reason_of(error))


def unreadable(path: object, error: OSError) -> content.UnreadableFile:
    """Return the refusal of a path that could not be read."""
    wanted = "a file that you may read"
    return content.UnreadableFile(path=path, reason=reason_of(error), wanted=wanted)


def reason_of(error: OSError) -> str:
    """Return the system's reason, to fit into a sentence."""
    if isinstance(error, IsADirectoryError):
        return "it is a folder"
    return (error.strerror or str(error)).lower()
