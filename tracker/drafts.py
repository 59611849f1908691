"""Drafts: a file is made beside its place, and gets its name when it is whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LONGEST = 255
"""Bytes that the name of a file may have on the disks in use."""
EVERYBODY = 0o666
JOURNAL = "-journal"
"""The ending of what SQLite keeps beside a database while it writes."""


@contextmanager
def drafted(path: Path) -> Iterator[Path]:
    """Make an empty file beside a path, for its owner only, and remove it if it is still there.

    Its name does not hold that of the path, which may be as long as the disk allows.
    """
    draft = beside(path)
    try:
        draft.touch(0o600, exist_ok=False)
        yield draft
    finally:
        for left in (draft, draft.with_name(f"{draft.name}{JOURNAL}")):
            with suppress(OSError):  # the command did its work, or is told why not
                left.unlink()


def beside(path: Path) -> Path:
    """Return a name on the same disk that nobody else uses."""
    return path.absolute().with_name(f".tracker-{os.getpid()}-{os.urandom(4).hex()}.new")


def mode_for(path: Path) -> int:
    """Return the mode of a new file: that of the file that it replaces, else the usual one."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return EVERYBODY & ~mask


def to_disk(path: Path) -> None:
    """Have a file, or the names in a folder, written to the disk itself."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
