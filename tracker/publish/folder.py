"""The folder that a site lies in: laid whole or not at all, and never over what is not ours."""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tracker.drafts import beside
from tracker.errors import NotOurFolder
from tracker.errors.disk import unwritable
from tracker.publish.drawing import Held, held_in

MARKER = ".truce-tracker"
"""The file that names what publishing made, so that it replaces nothing else.

Each line names a file, its digest and the keys of the drawings in it; the last one names the marker
itself, and what the site was made of.
"""


class Site(NamedTuple):
    """A site as a value: what it was made of, and the bytes of every file."""

    origin: str
    files: Mapping[str, bytes]
    drawings: Mapping[str, Sequence[str]]
    """The keys of the drawings in each page, in their order."""

    def marker(self) -> bytes:
        """Return what the marker says."""
        lines = [
            (name, sha256(content).hexdigest(), *self.drawings.get(name, ()))
            for name, content in sorted(self.files.items())
        ]
        return "".join(f"{' '.join(line)}\n" for line in [*lines, (MARKER, self.origin)]).encode()


class Laid(NamedTuple):
    """What was done: how many files the site has, and whether any was written."""

    files: int
    written: bool


def lay(folder: Path, site: Site) -> Laid:
    """Put a site into a folder, in one step; an unchanged one is left as it is."""
    with _refused(folder):
        folder = folder.resolve()
    laid = {**site.files, MARKER: site.marker()}
    held = _held(folder)
    with _refused(folder):
        if held == laid:
            return Laid(len(site.files), written=False)
        with _beside(folder) as draft:
            for name, content in laid.items():
                unchanged = held.get(name) == content
                _write(draft / name, content, folder / name if unchanged else None)
            _swap(draft, folder)
    return Laid(len(site.files), written=True)


def laid_in(folder: Path) -> Site:
    """Return the site that a folder holds; one of which anything is gone has no origin."""
    files = _held(folder)
    *lines, last = _lines(files.pop(MARKER, b"")) or [[]]
    whole = len(files) == len(lines) and len(last) == 2 and last[0] == MARKER
    drawings = {name: keys for name, _, *keys in (line for line in lines if len(line) > 2)}
    known = {name: keys for name, keys in drawings.items() if name in files}
    return Site(last[1] if whole else "", files, known)


def drawings_in(site: Site) -> dict[str, Held]:
    """Return the drawings of a site by their keys."""
    found: dict[str, Held] = {}
    for name, keys in site.drawings.items():
        drawings = held_in(site.files[name].decode())
        if len(drawings) == len(keys):
            found |= zip(keys, drawings, strict=True)
    return found


def _held(folder: Path) -> dict[str, bytes]:
    """Return the files of a site just as they were laid; refuse a folder that holds anything else.

    What the marker only names may be anybody's: a file is ours if its digest fits.
    """
    with _refused(folder):
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
        and (name == MARKER or sha256(content).hexdigest() == digests.get(name))
    }
    for foreign in sorted(files.keys() - held.keys()):
        raise NotOurFolder(folder=folder, found=foreign)
    return held


def _lines(marker: bytes) -> list[list[str]]:
    text = marker.decode("utf-8", "replace")
    return [line.split(" ") for line in text.split("\n") if line]


@contextmanager
def _refused(folder: Path) -> Iterator[None]:
    """Tell what the disk refuses as our own refusal."""
    try:
        yield
    except OSError as error:
        raise unwritable(folder, error) from error


def _write(path: Path, content: bytes, same: Path | None) -> None:
    """Write a file, or take over the one that holds the same, where the disk can."""
    if same is not None:
        try:
            os.link(same, path)
        except OSError:
            pass
        else:
            return
    path.write_bytes(content)


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """Make room on the same disk, and clear it away, unless it holds the only copy of a site."""
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
    """Set the new folder in the old one's place; if that fails, the old one comes back."""
    old = draft.with_name("old")
    try:
        if folder.exists():
            folder.rename(old)
        draft.rename(folder)
    except BaseException:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise
