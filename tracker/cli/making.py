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
        + next_steps("tracker", "soybeans partial")
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


def occasion(invocation: Invocation) -> seeds.Occasion:
    """Return who writes, on which day, at which moment."""
    return seeds.Occasion(invocation.book.author, invocation.today, settings.now())
