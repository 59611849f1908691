"""The folder that a site lies in: laid whole or not at all, and never over what is not ours."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

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
    require_ours(folder)
    with _refused(folder):
        held = _held(folder)
        if held == laid:
            return Laid(len(site.files), written=False)
        with _beside(folder) as draft:
            for name, content in laid.items():
                unchanged = held.get(name) == content
                _write(draft / name, content, folder / name if unchanged else None)
            _swap(draft, folder)
    return Laid(len(site.files), written=True)


def laid_in(folder: Path) -> Site:
    """Return the site that a folder holds, as far as it is as it was laid.

    One of which anything was touched or is gone has no origin.
    """
    require_ours(folder)
    with _refused(folder):
        files = _held(folder)
    *lines, last = _lines(files.get(MARKER, b"")) or [[]]
    whole = {
        name: keys
        for name, digest, *keys in (line for line in lines if len(line) > 1)
        if name in files and sha256(files[name]).hexdigest() == digest
    }
    untouched = len(whole) == len(lines) and len(last) == 2 and last[0] == MARKER
    return Site(
        last[1] if untouched else "",
        {name: files[name] for name in whole},
        {name: keys for name, keys in whole.items() if keys},
    )


def drawings_in(site: Site) -> dict[str, Held]:
    """Return the drawings of a site by their keys."""
    found: dict[str, Held] = {}
    for name, keys in site.drawings.items():
        drawings = held_in(site.files[name].decode())
        if len(drawings) == len(keys):
            found |= zip(keys, drawings, strict=True)
    return found


def require_ours(folder: Path) -> None:
    """Refuse a folder that holds anything that publishing did not make."""
    with _refused(folder):
        if not folder.is_dir():
            return
        marker = folder / MARKER
        made = {name for name, *_ in _lines(marker.read_bytes())} if marker.is_file() else set()
        foreign = sorted(path.name for path in folder.iterdir() if path.name not in made | {MARKER})
    if foreign:
        raise NotOurFolder(folder=folder, found=foreign[0])


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


def _held(folder: Path) -> dict[str, bytes]:
    if not folder.exists():
        return {}
    return {path.name: path.read_bytes() for path in folder.iterdir()}


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
    """Make room on the same disk, and clear it away whatever happens."""
    room = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        draft = room / "new"
        draft.mkdir()
        yield draft
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _swap(draft: Path, folder: Path) -> None:
    """Set the new folder in the old one's place; if that fails, the old one comes back."""
    old = draft.with_name("old")
    if folder.exists():
        folder.rename(old)
    try:
        draft.rename(folder)
    except BaseException:
        if old.exists():
            old.rename(folder)
        raise
