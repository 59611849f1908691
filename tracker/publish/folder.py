"""The folder of a site: written whole or not at all, and never over other files."""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tracker.database.occupancy import occupied
from tracker.drafts import beside
from tracker.errors import FileExists, NotOurFolder
from tracker.errors.disk import unwritable
from tracker.publish.drawing import Held, held_in

MARKER = ".truce-tracker"
"""The file that lists what publishing made, so that it replaces nothing else.

Each line has a file, its digest and the keys of its drawings; the last one has the marker itself,
and the site's origin.
"""


KEPT = frozenset({"CNAME", ".nojekyll", "robots.txt"})
"""Files that web hosts read from the folder of a site; they belong to its owner, and stay."""


class Site(NamedTuple):
    """A site as a value: its origin, and the bytes of every file."""

    origin: str
    files: Mapping[str, bytes]
    drawings: Mapping[str, Sequence[str]]
    """The keys of the drawings in each page, in order."""

    def marker(self) -> bytes:
        """Return the content of the marker."""
        lines = [
            (name, sha256(content).hexdigest(), *self.drawings.get(name, ()))
            for name, content in sorted(self.files.items())
        ]
        return "".join(f"{' '.join(line)}\n" for line in [*lines, (MARKER, self.origin)]).encode()


class Laid(NamedTuple):
    """The result: how many files the site has, and whether any was written."""

    files: int
    written: bool


def lay(folder: Path, site: Site) -> Laid:
    """Put a site into a folder, in one step; leave an unchanged one alone."""
    folder = Path(os.path.realpath(folder))
    held = _held(folder)
    kept = {name: held[name] for name in KEPT & held.keys()}
    laid = {**kept, **site.files, MARKER: site.marker()}
    with _refused(folder):
        if held == laid:
            return Laid(len(site.files), written=False)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _beside(folder) as draft:
            for name, content in laid.items():
                (draft / name).write_bytes(content)
            _swap(draft, folder)
    return Laid(len(site.files), written=True)


def laid_in(folder: Path) -> Site:
    """Return the site in a folder; if any file is missing, it has no origin."""
    files = {name: held for name, held in _held(folder).items() if name not in KEPT}
    *lines, last = _lines(files.pop(MARKER, b"")) or [[]]
    whole = len(files) == len(lines) and len(last) == 2 and last[0] == MARKER
    drawings = {line[0]: line[2:] for line in lines if line[2:] and line[0] in files}
    return Site(last[1] if whole else "", files, drawings)


def drawings_in(site: Site) -> dict[str, Held]:
    """Return the drawings of a site, by key."""
    found: dict[str, Held] = {}
    for name, keys in site.drawings.items():
        drawings = held_in(site.files[name].decode())
        if len(drawings) == len(keys):
            found |= zip(keys, drawings, strict=True)
    return found


def _held(folder: Path) -> dict[str, bytes]:
    """Return the files of a site as they were written, and those for hosts; refuse any other.

    A file that the marker names may be somebody else's: it is ours if its digest matches.
    """
    with _refused(folder):
        real = Path(os.path.realpath(folder))
        for place in (real, *real.parents):  # missing ones are made, too
            if reason := occupied(place):
                raise FileExists(path=place, reason=reason)
        if not folder.exists():
            return {}
        files = {
            path.name: path.read_bytes() if path.is_file() and not path.is_symlink() else None
            for path in folder.iterdir()
        }
    digests = {line[0]: line[1] for line in _lines(files.get(MARKER) or b"") if len(line) > 1}
    held = {
        name: content
        for name, content in files.items()
        if content is not None
        and (name in {MARKER, *KEPT} or sha256(content).hexdigest() == digests.get(name))
    }
    for foreign in sorted(files.keys() - held.keys()):
        raise NotOurFolder(folder=folder, found=foreign)
    return held


def _lines(marker: bytes) -> list[list[str]]:
    text = marker.decode("utf-8", "replace")
    return [line.split(" ") for line in text.split("\n") if line]


@contextmanager
def _refused(folder: Path) -> Iterator[None]:
    """Turn the disk's errors into our own."""
    try:
        yield
    except OSError as error:
        raise unwritable(folder, error) from error


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """Make a draft folder on the same disk; remove it unless it has the only copy of a site."""
    room = beside(folder)
    draft = room / "new"
    try:
        room.mkdir(0o700)
        draft.mkdir()
        yield draft
    finally:
        shutil.rmtree(room if folder.exists() else draft, ignore_errors=True)
        with suppress(OSError):  # it holds the old site, or is gone
            room.rmdir()


def _swap(draft: Path, folder: Path) -> None:
    """Swap the new folder for the old one; if that fails, restore the old one."""
    old = draft.with_name("old")
    try:
        if folder.exists():
            folder.rename(old)
        draft.rename(folder)
    except BaseException:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise
