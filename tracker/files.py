"""Files: read in bounded room and time, and written beside their place until they are complete."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tracker.errors import BadInput, NotFound, Refused, TrackerError, Unavailable

LONGEST = 255
"""The most bytes in the name of a file on usual disks."""
EVERYBODY = 0o666
JOURNAL = "-journal"
"""The ending of the file that SQLite keeps beside a database while it writes."""
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Errors that more room on the disk would prevent."""
FAILING = frozenset({errno.EIO, errno.ENOLCK, errno.EROFS, errno.ESTALE})
"""Errors that another name on the same disk would not prevent."""
OPEN = re.compile(r"/dev/(stdin|stdout|stderr|fd/.+)|/proc/.+")
"""Names of open file descriptors: even if one is a file, it cannot be replaced under this name."""
LEFTOVER = re.compile(
    r"\.tracker-(?P<process>\d{1,10})-[0-9a-f]{8}\.(new|old)", re.ASCII
)
"""The name of a draft, with the process that made it."""
LONGEST_TEXT = 1 << 20
"""The most characters of a text in a file that somebody sends; the journal keeps less."""
MOST = 32
"""The most MiB of a TOML file: many times what the largest agreement needs."""
MOST_PARTS = 8
"""The most parts of a key in TOML: to read a longer one takes the square of its parts, or more."""
PART = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
"""A part of a key, bare or quoted; in a value, what looks like one."""
LONG_KEY = rf"{PART}(?:[ \t]*+\.[ \t]*+{PART}){{{MOST_PARTS}}}"
WITHOUT_LONG_KEYS = (
    r"(?:\#[^\n]*+"
    r'|"""(?:[^"\\]++|\\[\s\S]|"(?!""))*+"{3,5}'
    r"|'''(?:[^']++|'(?!''))*+'{3,5}"
    rf"|(?!{LONG_KEY})(?:{PART}|\"(?:[^\"\\\n]|\\.)*+|'[^'\n]*+|[^\w\#\"'-]++|[\s\S]))*+"
)
"""TOML up to its first long key: comments, texts of several lines, and everything else.

A text that its line does not close is not TOML. It is passed over as a whole, so that no quote in
it is taken for the start of another.
"""
IN_TOML = "TOML in UTF-8, with text and months in quotes; 'tracker import' reads tables and exports"


@contextmanager
def drafted(path: Path) -> Iterator[Path]:
    """Make an empty file beside a path, for its owner only; remove it at the end if still there.

    Its name does not include that of the path, which may be as long as the disk allows.
    """
    draft = beside(path)
    try:
        draft.touch(0o600, exist_ok=False)
        yield draft
    finally:
        for leftover in (draft, draft.with_name(f"{draft.name}{JOURNAL}")):
            with suppress(OSError):  # the command did its work, or has its own error
                leftover.unlink()


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Lend a folder for temporary files; refuse if there is no place for one."""
    from tempfile import TemporaryDirectory  # only if one is needed

    try:
        folder = TemporaryDirectory()
    except OSError as error:
        raise Unavailable("no temporary folder", reason=reason_of(error)) from error
    with folder as name:
        yield Path(name)


def beside(path: Path) -> Path:
    """Return an unused path on the same disk."""
    return path.absolute().with_name(f".tracker-{os.getpid()}-{os.urandom(4).hex()}.new")


def is_running(process: int) -> bool:
    """Return whether a process of this machine runs."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # it is somebody else's
        return True
    return True


def mode_for(path: Path) -> int:
    """Return the mode of a new file: that of the file that it replaces, else the usual one."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return EVERYBODY & ~mask


def to_disk(path: Path) -> None:
    """Sync a file, or the names in a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def blaming(path: object) -> Iterator[None]:
    """Refuse a path that cannot be written."""
    try:
        yield
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: object, error: OSError) -> TrackerError:
    """Return the refusal of a path that could not be written."""
    reason = reason_of(error)
    if error.errno in FULL:
        return Unavailable("no room", path=path, reason=reason)
    if error.errno in FAILING:
        return Unavailable("disk failed", path=path, reason=reason)
    return Refused("file in the way", path=path, reason=reason)


def unreadable(
    path: object, reason: str, wanted: str = "a file that you may read"
) -> BadInput:
    """Return the refusal of a file that could not be read, or is not what was wanted."""
    return BadInput("unreadable file", path=path, reason=reason, wanted=wanted)


def reason_of(error: OSError) -> str:
    """Return the system's reason, to fit into a sentence."""
    if isinstance(error, IsADirectoryError):
        return "it is a folder"
    return (error.strerror or str(error)).lower()


def read_toml(path: Path, wanted: str = IN_TOML) -> dict[str, Any]:
    """Return the tables of a TOML file; quantities keep their digits."""
    import tomllib  # only if there is something to read
    from decimal import Decimal

    try:
        with path.open("rb") as file:
            content = file.read((MOST << 20) + 1)
        if len(content) > MOST << 20:
            raise ValueError(f"it is larger than {MOST} MiB")
        text = content.decode("utf-8-sig")
        if has_long_key(text):
            raise ValueError(f"one of its keys has more than {MOST_PARTS} parts")
        return tomllib.loads(text, parse_float=Decimal)
    except FileNotFoundError:
        raise NotFound("no such file", path=path) from None
    except OSError as error:
        raise unreadable(path, reason_of(error)) from error
    except UnicodeDecodeError:
        reason = "it is not UTF-8 text"
    except RecursionError:
        reason = "its values are nested too deeply"
    except ValueError as error:
        reason = str(error)
    raise unreadable(path, reason, wanted)


def has_long_key(text: str) -> bool:
    """Return whether a key of a TOML text has more parts than any of ours."""
    if text.count(".") < MOST_PARTS:
        return False
    match = re.match(WITHOUT_LONG_KEYS, text)
    assert match is not None
    return match.end() < len(text)


def packaged(name: str) -> Path:
    """Return the place in the package of what ships with it, or that in a checkout."""
    here = Path(__file__).parent
    place = here / name
    return place if place.exists() else here.parent / name


def is_stream(path: Path) -> bool:
    """Return whether a path can only be written to: a pipe, a device, or an open descriptor."""
    if OPEN.fullmatch(str(path.absolute())):
        return True
    return path.exists() and not path.is_file() and not path.is_dir()
