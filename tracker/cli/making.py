"""Makes and upgrades books: `init`, the first use, `db upgrade`; off the daily road."""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from tracker import schema
from tracker.cli.files import read
from tracker.database import HEAD, Connection, Target, creating, open_book
from tracker.database.backups import back_up, name_before_upgrade
from tracker.errors import BookExists
from tracker.interchange import restoring, seeds
from tracker.interchange.applying import apply, load
from tracker.journal.writer import Writer

EXPORT = ".jsonl"
"""The suffix of an exported book."""

WriterOf = Callable[[Connection], Writer]
"""Returns who writes in a new book."""


def make(target: Target, files: Sequence[Path], writer_of: WriterOf) -> tuple[int, list[str]]:
    """Make a book, from seeds, from one export or empty.

    Return how many entries it holds, and warnings about those of files.
    """
    if files and files[0].suffix == EXPORT:
        with read(str(files[0])) as source:
            return restoring.make_again(target, source, str(files[0])), []
    with creating(target) as connection:
        schema.upgrade(connection)
        if not files:
            return 0, []
        with connection.writing():
            writer = writer_of(connection)
            entries = apply(writer, load(files)).entries
            if all(map(seeds.is_shipped, files)):
                return len(entries), []
            from tracker.reports.receipt import effect_of

            return len(entries), effect_of(connection, writer.today, entries).warned


def make_default(target: Target, writer_of: WriterOf) -> str | None:
    """Make the default book, and return what to say about it.

    If another process makes it first, that book is used and None is returned.
    """
    try:
        make(target, [seeds.find(seeds.DEFAULT)], writer_of)
    except BookExists:
        return None
    return f"made a new book at {target}, seeded from one news article.\n" + next_steps(
        "tracker", "soybeans partial"
    )


def next_steps(program: str, subject: str) -> str:
    """Return in three lines what to try in a new book; without a subject it is empty."""
    steps = {
        "add --help": "shows how to declare one thing at a time",
        "apply FILE.toml": "declares the agreement that a file describes",
    }
    if subject:
        steps = {
            "status": "shows how far each concession has come",
            f"log {subject} -m '…' --source https://…": "records an update",
        }
    steps["help"] = "explains the words; --help lists the commands"
    widest = max(map(len, steps))
    return "\n".join(f"  {program} {step:{widest}}  {does}" for step, does in steps.items())


def upgrade(target: Target) -> str:
    """Upgrade a book to this program's schema, keep a copy of a file, and return what was done."""
    done: list[str] = []

    def keep(revision: str) -> None:
        done.append(f"schema {revision} → {HEAD}.")
        if target.dialect == "sqlite":
            kept = name_before_upgrade(target, revision)
            back_up(target, kept)
            done.append(f"The old book is kept at {kept}")

    with closing(open_book(target, at_head=False)) as connection:
        schema.bring_up(connection, keep)
    return " ".join(done) or f"schema {HEAD}, up to date."
