"""Rehearses a recovery: whether a sound book can be copied, exported, restored and read."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tracker.database import Connection, Target, open_book
from tracker.dates import week_of
from tracker.errors import BookDamaged
from tracker.errors.kinds import Unavailable
from tracker.facts import Clocks
from tracker.reports import View
from tracker.reports.bulletin import bulletin
from tracker.tables import Surface, render


def shortfalls(target: Target, today: date) -> Iterator[str]:
    """Yield what cannot be done with a sound book, one line each.

    The export and the copy are put in a temporary folder; they need twice the book's space.
    """
    with closing(open_book(target)) as connection:
        if target.dialect == "sqlite" and connection.text("PRAGMA journal_mode") == [("wal",)]:
            yield (
                "journal: the file is in WAL mode, so a copy of it may miss entries;"
                " 'PRAGMA journal_mode = DELETE' ends that"
            )
        with TemporaryDirectory() as folder:
            yield from _rehearsed(connection, today, Path(folder))


def _rehearsed(connection: Connection, today: date, folder: Path) -> Iterator[str]:
    """Export a book, restore it, and render a week of both, as bytes that must be the same."""
    from tracker.interchange.exporting import export
    from tracker.interchange.restoring import make_again

    dump, copy = folder / "book.jsonl", Target("sqlite", str(folder / "copy.db"))
    failure = "it cannot be exported"
    try:
        with dump.open("w", encoding="utf-8", newline="") as lines:
            lines.writelines(export(connection))
        failure = "its export cannot be restored"
        with dump.open("rb") as lines:
            entries = make_again(copy, lines, "the export")
        failure = "its week cannot be shown"
        with closing(open_book(copy)) as restored:
            weeks = {_week(one, Clocks(today, entries)) for one in (connection, restored)}
    except Exception as error:
        damaged = isinstance(error, BookDamaged)
        if isinstance(error, (OSError, Unavailable)) and not damaged:  # of the disk or the server
            raise
        yield f"rehearsal: {failure}: {getattr(error, 'what', None) or repr(error)}"
        return
    if len(weeks) > 1:
        yield "rehearsal: the book restored from its export shows a different week"


def _week(connection: Connection, clocks: Clocks) -> str:
    with connection.reading():
        page = bulletin(View(connection, clocks), week_of(clocks.as_of))
    return render(page, "text", Surface())
