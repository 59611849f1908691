"""Disk and output failures."""

import errno

from tracker.errors import kinds, refusal

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What room on the disk would help."""
FAILING = frozenset({errno.EIO, errno.ENOLCK, errno.EROFS, errno.ESTALE})
"""What another name on the same disk would not help either."""


class NoRoom(kinds.Unavailable):
    """A book or a file that the disk has no room for."""

    path: object
    reason: str
    what = "Cannot write '{path}': {reason}; it is unchanged"
    remedy = "Make room there and try again"


class DiskFailed(kinds.Unavailable):
    """A path that the system refuses in a way that no other error foresees."""

    path: object
    reason: str
    what = "Cannot use '{path}': {reason}"
    remedy = "Check the path, its permissions and its disk"


class OutputLost(kinds.Unavailable):
    """Standard output that takes nothing, after the command did its work."""

    reason: str
    what = "Cannot write to standard output: {reason}"
    remedy = "Send it elsewhere; 'tracker history' shows what is recorded"


def unwritable(path: object, error: OSError) -> kinds.TrackerError:
    """Return the refusal of a path that could not be written."""
    kind = DiskFailed if error.errno in FAILING else refusal.FileExists
    return (NoRoom if error.errno in FULL else kind)(path=path, reason=reason_of(error))


def reason_of(error: OSError) -> str:
    """Return what the system says, as the middle of a line."""
    return (error.strerror or str(error)).lower()
