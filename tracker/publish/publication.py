"""Publishes a book in a folder: makes what changed, and leaves the rest as it is."""

from collections.abc import Callable
from pathlib import Path

from tracker.publish.folder import Laid, drawings_in, laid_in, lay
from tracker.publish.origin import origin
from tracker.publish.site import Drafted, drafted
from tracker.reports.view import View

Answered = Drafted | None


def publish(
    folder: Path, ask: Callable[[Callable[[View], Answered]], Answered], cores: int = 1
) -> Laid:
    """Lay a book's site into a folder; `ask` shows the book to a function, at its clocks."""
    before = laid_in(folder)

    def drafted_anew(view: View) -> Answered:
        return None if origin(view) == before.origin else drafted(view)

    draft = ask(drafted_anew)
    if draft is None:
        return Laid(len(before.files), written=False)
    return lay(folder, draft.site(drawings_in(before), cores))
