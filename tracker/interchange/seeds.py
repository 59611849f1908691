"""Making a book from a seed, and applying a file to a book."""

import tomllib
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.database import Connection
from tracker.errors import NoSuchSeed

if TYPE_CHECKING:
    from tracker.interchange import documents

DEFAULT = "article"
SEED_AUTHOR = "seed"
"""Who writes the entries of a shipped seed, so that no user's `undo` takes them back."""


class Applied(NamedTuple):
    """What a file changed: lines on the catalog, and the numbers of the new entries."""

    changes: tuple[str, ...]
    entries: range


class Seed(NamedTuple):
    """A shipped seed."""

    seed: str
    title: str
    agreed_on: str
    concessions: int
    entries: int


class Occasion(NamedTuple):
    """Who writes, on which day, at which moment."""

    author: str
    today: date
    now: datetime


def folder() -> Path:
    """Return the seeds' folder: the packaged one, else the checkout's."""
    here = Path(__file__).parent.parent
    packaged = here / "seeds"
    return packaged if packaged.is_dir() else here.parent / "seeds"


def shipped() -> list[Seed]:
    """Return the seeds that come with the program."""
    seeds = []
    for path in sorted(folder().glob("*.toml")):
        tables = tomllib.loads(path.read_text("utf-8"))
        agreement = tables["agreement"]
        counts = len(tables["concession"]), len(tables["entry"])
        seeds.append(Seed(path.stem, agreement["title"], agreement["agreed_on"], *counts))
    return seeds


def find(name: str) -> Path:
    """Return the file of a shipped seed or of a path."""
    with suppress(OSError):  # a name that no file can have
        if (path := folder() / f"{name}.toml").is_file() and "/" not in name:
            return path
        if Path(name).is_file():
            return Path(name)
    raise NoSuchSeed(name, [seed.seed for seed in shipped()])


def is_shipped(path: Path) -> bool:
    """Return whether a file is one of the shipped seeds."""
    return path.parent == folder()


def apply(connection: Connection, path: Path, occasion: Occasion) -> Applied:
    """Declare a file's catalog and append its new entries; the caller holds the write lock.

    Applying twice changes nothing: things are known by their slugs, entries by their content.
    """
    from sqlmodel import Session

    from tracker import catalog, journal, schema
    from tracker.errors import ConflictingDocument
    from tracker.interchange import documents

    document = documents.load(path)
    known = _known(connection)
    documents.check(document, known, path)
    with schema.borrowed(connection) as alchemy:
        declared = catalog.Catalog(Session(alchemy), occasion.now)
        declared.declare(document.declaration)
    if declared.conflicts:
        raise ConflictingDocument(path, declared.conflicts)
    held = {bytes(row[0]) for row in connection.rows("import_keys")}
    author = SEED_AUTHOR if is_shipped(path) else occasion.author
    writer = journal.Writer(connection, author, occasion.today, occasion.now)
    entries = writer.append(
        draft for draft in documents.drafts(document, known, author) if draft.import_key not in held
    )
    return Applied(tuple(declared.changes), entries)


def _known(connection: Connection) -> "documents.Known":
    from tracker.interchange import documents

    return documents.Known(
        parties={row[0] for row in connection.rows("parties")},
        sources={row[0] for row in connection.rows("sources")},
        subjects={row[1]: row[0] for row in connection.rows("slugs")},
        units={row[0]: row[1] for row in connection.rows("units")},
    )
