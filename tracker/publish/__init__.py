"""The static site: published to a folder whole or not at all, and never over other files."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.database.files import occupied
from tracker.errors import BadInput, Refused, WrongUsage
from tracker.files import beside, unwritable
from tracker.forms import web_address
from tracker.reports.view import View

if TYPE_CHECKING:
    from tracker.publish.site import Drafted

MARKER = ".truce-tracker"
"""The file that lists what publishing made, so that it replaces nothing else: in each line a name
and a digest."""
KEPT = frozenset({"CNAME", ".nojekyll", "robots.txt"})
"""Files that web hosts read from the folder of a site; they belong to its owner, and stay."""


class Laid(NamedTuple):
    """The result: how many files the site has, and whether any was written."""

    files: int
    written: bool


def publish(
    folder: Path, ask: Callable[[Callable[[View], "Drafted"]], "Drafted"], url: str | None = None
) -> Laid:
    """Write a book's site to a folder; `ask` calls a function with the book's view.

    `url` is the site's address. An unchanged site is left as it is.
    """
    from tracker.publish.charts import converter
    from tracker.publish.site import drafted

    base = base_of(url)
    converter()  # or refuse before all pages are made
    held_in(folder)
    return lay(folder, ask(lambda view: drafted(view, base)).files())


def base_of(url: str | None) -> str:
    """Return the beginning of the addresses of a site's files; empty if unknown."""
    if url is None:
        return ""
    try:
        web_address(url)
    except BadInput:
        raise WrongUsage("not an address", text=url) from None
    if "?" in url or "#" in url:
        raise WrongUsage("not an address", text=url)
    folder = url.removesuffix("/index.html")
    return folder if folder.endswith("/") else f"{folder}/"


def lay(folder: Path, files: Mapping[str, bytes]) -> Laid:
    """Put the files of a site into a folder, in one step; leave an unchanged one alone."""
    held = held_in(folder)
    kept = {name: held[name] for name in KEPT & held.keys()}
    laid = {**kept, **files, MARKER: _marker(files)}
    if held == laid:
        return Laid(len(files), written=False)
    with _refused(folder):
        real = Path(os.path.realpath(folder))
        real.parent.mkdir(parents=True, exist_ok=True)
        _replace(real, laid)
    return Laid(len(files), written=True)


def held_in(folder: Path) -> dict[str, bytes]:
    """Return the files in the folder of a site; refuse one that may not be replaced.

    If a run was killed while it swapped two sites, what it began is finished first.
    """
    real = Path(os.path.realpath(folder))
    with _refused(folder):
        for place in (real, *real.parents):  # missing ones are made, too
            if reason := occupied(place):
                raise Refused("file in the way", path=place, reason=reason)
        aside = _aside(real)
        if aside.exists() and not real.exists():
            aside.rename(real)
        elif aside.exists():
            _files_of(aside)  # refuses what is not a site
            _discard(aside)
        return _files_of(folder)


def _marker(files: Mapping[str, bytes]) -> bytes:
    lines = (f"{name} {sha256(content).hexdigest()}\n" for name, content in sorted(files.items()))
    return "".join(lines).encode()


def _files_of(folder: Path) -> dict[str, bytes]:
    """Return the files of a site as they were written, and those for hosts; refuse any other.

    A file that the marker names may be somebody else's: it is ours if its digest matches.
    """
    if not folder.exists():
        return {}
    files = {
        path.name: path.read_bytes() if path.is_file() and not path.is_symlink() else None
        for path in folder.iterdir()
    }
    lines = (files.get(MARKER) or b"").decode("utf-8", "replace").split("\n")
    digests = {name: digest for name, _, digest in (line.partition(" ") for line in lines)}
    held = {
        name: content
        for name, content in files.items()
        if content is not None
        and (name in {MARKER, *KEPT} or sha256(content).hexdigest() == digests.get(name))
    }
    for foreign in sorted(files.keys() - held.keys()):
        raise Refused("not our folder", folder=folder, found=foreign)
    return held


def _aside(folder: Path) -> Path:
    """Return where the old site waits while the new one takes its place.

    The name is known, so that the next run finds a site that a killed one left there.
    """
    return folder.with_name(f".tracker-{sha256(folder.name.encode()).hexdigest()[:16]}.old")


def _discard(aside: Path) -> None:
    """Remove an old site; one that is removed only in part must not have this name."""
    with suppress(OSError):  # the new site is in its place
        doomed = aside.rename(beside(aside))
        shutil.rmtree(doomed, ignore_errors=True)


def _replace(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder beside the old one and swap them; if that fails, the old one is back."""
    draft, aside = beside(folder), _aside(folder)
    try:
        draft.mkdir()
        for name, content in files.items():
            (draft / name).write_bytes(content)
        if folder.exists():
            folder.rename(aside)
        draft.rename(folder)
    except BaseException:
        if aside.exists() and not folder.exists():
            aside.rename(folder)
        raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    _discard(aside)


@contextmanager
def _refused(folder: Path) -> Iterator[None]:
    """Turn the disk's errors into our own."""
    try:
        yield
    except OSError as error:
        raise unwritable(folder, error) from error
