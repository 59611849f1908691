"""What the disk, or whatever takes the output, does not do."""

import errno

from tracker.errors.kinds import TrackerError, Unavailable
from tracker.errors.refusal import FileExists

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""What another name on the same disk would not help."""


class NoRoom(Unavailable):
    """A book or a file that the disk has no room for."""

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(
            f"Cannot write '{path}': {reason}; it is as it was", "Make room there and try again"
        )
        self.reason = reason


class DiskFailed(Unavailable):
    """A path that the system refuses in a way that no other error foresees."""

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(
            f"Cannot use '{path}': {reason}", "Check the path, its permissions and its disk"
        )


class OutputLost(Unavailable):
    """Standard output that takes nothing, after the command did what it does."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Cannot write to standard output: {reason}",
            "Send it elsewhere; 'tracker history' shows what is recorded",
        )


def unwritable(path: object, error: OSError) -> TrackerError:
    """Return the refusal of a path that could not be written."""
    kind = NoRoom if error.errno in FULL else FileExists
    return kind(path, reason_of(error))


def reason_of(error: OSError) -> str:
    """Return what the system says, as the middle of a line."""
    return (error.strerror or str(error)).lower()
