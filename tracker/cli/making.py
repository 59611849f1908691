"""Making books, for `init` and for the very first use; off the daily road."""

from pathlib import Path

from tracker import schema, settings
from tracker.cli.invocation import Invocation
from tracker.database import creating
from tracker.errors import BookExists
from tracker.interchange import seeds


def make(invocation: Invocation, seed: Path | None) -> seeds.Applied | None:
    """Make the book that is meant, seeded from a file or empty."""
    with creating(invocation.target) as connection:
        schema.upgrade(connection)
        if seed is None:
            return None
        with connection.writing():
            return seeds.apply(connection, seed, occasion(invocation))


def restore(invocation: Invocation, export: Path) -> range:
    """Make the book that is meant as it was exported; return its entries' numbers."""
    from tracker.cli.transfer import read
    from tracker.interchange import restoring

    with creating(invocation.target) as connection, read(str(export)) as source:
        schema.upgrade(connection)
        with connection.filling():
            return restoring.restore(connection, source, str(export))


def make_default(invocation: Invocation) -> None:
    """Make the default book; if another process is quicker, its book is as good."""
    try:
        make(invocation, seeds.find(seeds.DEFAULT))
    except BookExists:
        return
    invocation.tell(
        f"made a new book at {invocation.target}, seeded from one news article.\n"
        "  tracker log soybeans partial -m '…' --source https://…   records an update\n"
        "  tracker week last, tracker gains                        report on it\n"
        "  tracker --help                                          lists every command"
    )


def occasion(invocation: Invocation) -> seeds.Occasion:
    """Return who writes, on which day, at which moment."""
    return seeds.Occasion(invocation.book.author, invocation.today, settings.now())
