"""Applies files that declare agreements: their declarations and their opening entries."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tracker.errors import WrongUsage
from tracker.interchange import seeds
from tracker.interchange.documents import Document, known_to
from tracker.interchange.importing import Intake
from tracker.journal.admission import Admission
from tracker.journal.consistency import Declaring
from tracker.journal.verbs import Change, declare
from tracker.journal.writer import Writer
from tracker.record import SEED_AUTHOR, Record
from tracker.vocabulary import Command, Namespace, ThingKind


class Applied(NamedTuple):
    """What files changed: declarations, and the numbers of the new entries.

    `taken_back` counts the entries that the book has already but that no longer count: they are
    not restored. `lacking` is what the book declares under the files' agreements and the files
    do not.
    """

    changes: tuple[Change, ...]
    entries: range
    recorded: int
    taken_back: int
    lacking: tuple[str, ...]


def load(paths: Sequence[Path]) -> list[Document]:
    """Read files, before the book is locked."""
    return [*map(Document, paths)]


def apply(
    writer: Writer, files: Sequence[Document], reason: str | None = None
) -> Applied:
    """Declare what files declare and append their new entries; the caller holds the write lock.

    All of it is one batch. Idempotent: declarations are compared with the versions in force, and
    entries are recognised by their content.
    """
    # A shipped seed holds past events, even if --today is set to an earlier day.
    if shipped := all(document.path.parent == seeds.folder() for document in files):
        writer = writer.as_author(SEED_AUTHOR)
    known = known_to(writer.names.read_whole(), files)
    for document in files:
        document.require_known(known)
    admission = Admission(writer, date.max if shipped else writer.today)
    with writer.batch(Command.APPLY):
        first = writer.next
        changes = _declare(writer, files, reason)
        writer.names.read_whole()
        taken_back = sum(_append(writer, admission, document) for document in files)
        entries = range(first, writer.next)
    lacking = tuple(_lacking(writer.names.whole(), files))
    return Applied(
        tuple(changes), entries, len(entries) - len(changes), taken_back, lacking
    )


def _declare(
    writer: Writer, files: Sequence[Document], reason: str | None
) -> list[Change]:
    """Declare what files declare: first parties and sources, which any of the files may name."""
    things = [(document, *placed) for document in files for placed in document.things]
    things.sort(key=lambda placed: placed[-1].what.namespace is Namespace.SUBJECT)
    document, place, _ = things[0]

    def declared() -> Iterator[Declaring]:
        nonlocal document, place
        for document, place, declaring in things:  # noqa: B007 - the error names the last one
            yield declaring

    try:
        return declare(writer, Command.APPLY, declared(), reason)[0]
    except WrongUsage as error:
        if error.problem != "bad field":
            raise
        document.found.add(place, error.fields["field"], error.fields["reason"])
        document.found.refuse()
        raise


def _lacking(record: Record, files: Sequence[Document]) -> Iterator[str]:
    """Yield what the book declares under the files' agreements and the files do not."""
    declared = [declaring for document in files for _, declaring in document.things]
    named = {declaring.slug for declaring in declared}
    agreements = {
        declaring.slug for declaring in declared if declaring.what is ThingKind.AGREEMENT
    }
    for what, things in (
        ("concession", record.concessions),
        ("deadline", record.deadlines),
    ):
        for slug, thing in things.items():
            if thing.agreement in agreements and slug not in named:
                yield f"{what} {slug}"


def _append(writer: Writer, admission: Admission, document: Document) -> int:
    """Append the entries of a file that the book does not hold, checked as commands do.

    What an earlier file of the batch said is known. Return how many are taken back by now.
    """
    intake = Intake(writer, document.found, admission)
    intake.take(document.entries)
    document.found.refuse()
    return intake.taken_back
