"""Making books, for `init` and for the very first use; off the daily road."""

from pathlib import Path

from tracker import schema
from tracker.cli.files import read
from tracker.database import Target, creating
from tracker.errors import BookExists
from tracker.interchange import restoring, seeds
from tracker.interchange.applying import Applied, Occasion, apply


def make(target: Target, seed: Path | None, occasion: Occasion) -> Applied | None:
    """Make a book, seeded from a file or empty."""
    with creating(target) as connection:
        schema.upgrade(connection)
        if seed is None:
            return None
        with connection.writing():
            return apply(connection, seed, occasion)


def restore(target: Target, export: Path) -> range:
    """Make a book as it was exported; return its entries' numbers."""
    with creating(target) as connection, read(str(export)) as source:
        schema.upgrade(connection)
        with connection.filling():
            return restoring.restore(connection, source, str(export))


def make_default(target: Target, occasion: Occasion) -> str | None:
    """Make the default book, and return what to tell of it.

    If another process is quicker, its book is as good, and there is nothing to tell.
    """
    try:
        make(target, seeds.find(seeds.DEFAULT), occasion)
    except BookExists:
        return None
    return f"made a new book at {target}, seeded from one news article.\n" + next_steps(
        "tracker", "soybeans partial"
    )


def next_steps(program: str, subject: str) -> str:
    """Return what to try in a new book: three lines."""
    log = f"{program} log {subject} -m '…' --source https://…"
    steps = {
        f"{program} status": "tells where each concession stands",
        log: "records an update",
        f"{program} help": "explains the words; --help lists the commands",
    }
    return "\n".join(f"  {step:{len(log)}}  {does}" for step, does in steps.items())
