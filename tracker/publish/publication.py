"""Publishes a book in a folder: writes what changed, and leaves the rest alone."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from tracker.errors import NotAnAddress
from tracker.publish.folder import Laid, drawings_in, laid_in, lay
from tracker.publish.gallery import Gallery
from tracker.publish.origin import origin
from tracker.publish.site import Drafted, drafted
from tracker.reports.view import View
from tracker.tables.cells import WEB_ADDRESS

Answered = Drafted | None


def publish(
    folder: Path,
    ask: Callable[[Callable[[View], Answered]], Answered],
    cores: int = 1,
    url: str | None = None,
) -> Laid:
    """Write a book's site to a folder; `ask` calls a function with the book's view.

    `url` is the site's address.
    """
    base = base_of(url)
    before = laid_in(folder)

    def drafted_anew(view: View) -> Answered:
        return None if origin(view, base) == before.origin else drafted(view, gallery, base)

    with Gallery(partial(drawings_in, before), cores) as gallery:
        draft = ask(drafted_anew)
        if draft is None:
            return Laid(len(before.files), written=False)
        return lay(folder, draft.site(gallery))


def base_of(url: str | None) -> str:
    """Return the beginning of the addresses of a site's files; empty if unknown."""
    if url is None:
        return ""
    if not WEB_ADDRESS.fullmatch(url) or "?" in url or "#" in url:
        raise NotAnAddress(text=url)
    folder = url.removesuffix("/index.html")
    return folder if folder.endswith("/") else f"{folder}/"
