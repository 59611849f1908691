"""Applies files that declare agreements: their declarations and their opening entries."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tracker.errors import Refused, WrongUsage
from tracker.interchange import documents, seeds
from tracker.interchange.columns import Complaints
from tracker.interchange.documents import Document
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


Files = Mapping[Path, Document]
"""What files declare, by their paths."""


def load(paths: Sequence[Path]) -> Files:
    """Read files, before the book is locked."""
    return {path: documents.load(path) for path in paths}


def apply(writer: Writer, files: Files, reason: str | None = None) -> Applied:
    """Declare what files declare and append their new entries; the caller holds the write lock.

    All of it is one batch. Idempotent: declarations are compared with the versions in force, and
    entries are recognised by their content.
    """
    # A shipped seed holds past events, even if --today is set to an earlier day.
    shipped = all(map(seeds.is_shipped, files))
    if shipped:
        writer = writer.as_author(SEED_AUTHOR)
    known = documents.known_to(writer.names.read_whole(), [*files.values()])
    for path, document in files.items():
        documents.check(document, known, path)
    admission = Admission(writer, date.max if shipped else writer.today)
    with writer.batch(Command.APPLY):
        first = writer.next
        changes = _declare(writer, files, reason)
        declared = writer.next
        writer.names.read_whole()
        taken_back = sum(_append(writer, admission, path, one) for path, one in files.items())
        last, recorded = writer.next, writer.next - declared
    lacking = tuple(_lacking(writer.names.whole(), [*files.values()]))
    return Applied(tuple(changes), range(first, last), recorded, taken_back, lacking)


def _declare(writer: Writer, files: Mapping[Path, Document], reason: str | None) -> list[Change]:
    """Declare what files declare: first parties and sources, which any of the files may name."""
    things = [(path, one) for path, document in files.items() for _, one in document.things]
    things.sort(key=lambda one: one[1].what.namespace is Namespace.SUBJECT)
    reading = things[0][0]

    def declared() -> Iterator[Declaring]:
        nonlocal reading
        for path, declaring in things:
            reading = path
            yield declaring

    try:
        return declare(writer, Command.APPLY, declared(), reason)[0]
    except WrongUsage as error:
        if error.problem == "bad field":
            found = Complaints(reading, "key")
            found.add("", error.field, error.reason)
            found.refuse()
        raise
    except Refused as error:
        if error.problem in ("files differ", "reason needed"):
            raise
        raise Refused("conflicting document", path=reading, complaint=str(error)) from error


def _lacking(record: Record, files: Sequence[Document]) -> Iterator[str]:
    """Yield what the book declares under the files' agreements and the files do not."""
    declared = [one for document in files for _, one in document.things]
    named = {one.slug for one in declared}
    agreements = {one.slug for one in declared if one.what is ThingKind.AGREEMENT}
    for what, held in (("concession", record.concessions), ("deadline", record.deadlines)):
        for slug, one in held.items():
            if one.agreement in agreements and slug not in named:
                yield f"{what} {slug}"


def _append(writer: Writer, admission: Admission, path: Path, document: Document) -> int:
    """Append the entries of a file that the book does not hold, checked as commands do.

    What an earlier file of the batch said is known. Return how many are taken back by now.
    """
    found = Complaints(path, "key")
    intake = Intake(writer, found, admission)
    intake.take((place, {}, entry) for place, entry in document.entries)
    found.refuse()
    return intake.taken_back
