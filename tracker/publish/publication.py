"""Publishes a book in a folder."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from tracker.errors import NotAnAddress
from tracker.publish.folder import Laid, drawings_in, laid_in, lay
from tracker.publish.gallery import Gallery
from tracker.publish.site import Drafted, drafted
from tracker.reports.view import View
from tracker.tables.cells import WEB_ADDRESS


def publish(
    folder: Path,
    ask: Callable[[Callable[[View], Drafted]], Drafted],
    cores: int = 1,
    url: str | None = None,
) -> Laid:
    """Write a book's site to a folder; `ask` calls a function with the book's view.

    `url` is the site's address.
    """
    base, before = base_of(url), laid_in(folder)
    with Gallery(partial(drawings_in, before), cores) as gallery:
        draft = ask(lambda view: drafted(view, gallery, base))
        return lay(folder, draft.site(gallery))


def base_of(url: str | None) -> str:
    """Return the beginning of the addresses of a site's files; empty if unknown."""
    if url is None:
        return ""
    if not WEB_ADDRESS.fullmatch(url) or "?" in url or "#" in url:
        raise NotAnAddress(text=url)
    folder = url.removesuffix("/index.html")
    return folder if folder.endswith("/") else f"{folder}/"
