"""The folder that a site lies in: laid whole or not at all, and never over what is not ours."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tracker.errors import NotOurFolder
from tracker.errors.disk import unwritable

MARKER = ".truce-tracker"
"""The file that names what publishing made, so that it replaces nothing else."""


class Laid(NamedTuple):
    """What was done: how many files the site has, and whether any was written."""

    files: int
    written: bool


def lay(folder: Path, files: Mapping[str, bytes]) -> Laid:
    """Put a site into a folder, in one step; an unchanged one is left as it is."""
    with _refused(folder):
        folder = folder.resolve()
    laid = {**files, MARKER: "".join(f"{name}\n" for name in sorted(files)).encode()}
    require_ours(folder)
    with _refused(folder):
        if _held(folder) == laid:
            return Laid(len(files), written=False)
        with _beside(folder) as draft:
            for name, content in laid.items():
                (draft / name).write_bytes(content)
            _swap(draft, folder)
    return Laid(len(files), written=True)


def require_ours(folder: Path) -> None:
    """Refuse a folder that holds anything that publishing did not make."""
    with _refused(folder):
        if not folder.is_dir():
            return
        marker = folder / MARKER
        made = {MARKER, *marker.read_text("utf-8").split("\n")} if marker.is_file() else set()
        foreign = sorted(path.name for path in folder.iterdir() if path.name not in made)
    if foreign:
        raise NotOurFolder(folder=folder, found=foreign[0])


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
