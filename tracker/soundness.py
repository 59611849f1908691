"""Whether a book is sound: its database, and the chain of its digests."""

from collections.abc import Iterator
from datetime import date

from tracker import journal
from tracker.database import Connection, Target, connect
from tracker.database import soundness as database
from tracker.dates import END_OF_TIME
from tracker.errors import BookDamaged
from tracker.facts import Clocks
from tracker.queries import Reader

DECLARED = {
    "parties": "parties",
    "sources": "whole_sources",
    "agreements": "agreements",
    "concessions": "whole_concessions",
    "deadlines": "whole_deadlines",
}
"""What was declared, with the statement that reads every column of it."""


def findings(target: Target) -> list[str]:
    """Return every finding, a line each; what cannot be read is a finding too."""
    try:
        connection = connect(target)
    except BookDamaged as error:
        return [f"integrity: {error.what}"]
    try:
        found = list(database.findings(connection))
        if any(line.startswith("schema: ") for line in found):
            return found
        return [*found, *_unreadable_values(connection), *_broken_digests(connection)]
    finally:
        connection.close()


def _unreadable_values(connection: Connection) -> Iterator[str]:
    """Yield what was declared in words that no program of ours wrote; digests tell the rest."""
    reader = Reader(connection, Clocks(date.max, END_OF_TIME))
    for what in (*DECLARED, "exchanges"):
        try:
            if what in DECLARED:
                connection.rows(DECLARED[what])
            getattr(reader, what)
        except (BookDamaged, ValueError, ArithmeticError, TypeError, LookupError) as error:
            yield f"values: the {what} cannot be read: {getattr(error, 'what', error)}"


def _broken_digests(connection: Connection) -> Iterator[str]:
    try:
        with connection.reading():
            walked = journal.verify(connection)
    except (BookDamaged, ValueError) as error:
        yield f"digests: the journal cannot be read: {getattr(error, 'what', error)}"
        return
    if walked.broken is not None:
        yield f"digests: the chain breaks at entry {walked.broken}: {walked.reason}"
