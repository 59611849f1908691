"""The disagreements between two books, and the entries that they are about."""

from collections.abc import Mapping
from typing import NamedTuple

from tracker.database import Connection
from tracker.database.contents import contents, declared, listed
from tracker.record import Record
from tracker.vocabulary import EntryKind, Namespace

VERDICT, CLAIM, READING, MOVE = "verdict", "claim", "reading", "move"
CORRECTION = "correction"
CLOSING, DECLARATION, RETRACTION, ENTRY = "closing", "declaration", "retraction", "entry"


class Disagreement(NamedTuple):
    """One difference between two books."""

    what: str
    """A `verdict`, or a `claim`, a `reading` or a `move` by somebody; a `correction`; or what
    prevents the merge: a `closing`, a `declaration`, a `retraction`, or an `entry`.
    """
    subject: str
    ours: str
    """What this book says."""
    theirs: str
    """What the other book says."""

    @property
    def conflicts(self) -> bool:
        """Whether it prevents the merge."""
        return self.what in (CLOSING, DECLARATION, RETRACTION, ENTRY)

    def __str__(self) -> str:
        """Return it as one line."""
        return f"{self.what} of {self.subject}: here {self.ours}, there {self.theirs}"


OUTCOMES, VERSIONS, WHOLE = "outcomes", "versions", "whole"


class Cell(NamedTuple):
    """The entries on which two books can disagree."""

    what: str
    """`OUTCOMES` of a deadline, `VERSIONS` of a thing, or the `WHOLE` of a thing, with all that is
    declared under it.
    """
    thing: int

    def entries(self, connection: Connection, known: int) -> dict[int, int | None]:
        """Return the entries by a number, each with what had retracted it by then."""
        things = {
            self.thing,
            *(_ever_beneath(connection, self.thing) if self.what == WHOLE else ()),
        }
        record = Record(contents(connection, things), known)
        by = record.retracted
        if self.what == VERSIONS:
            return {entry: by.get(entry) for entry in record.declared_as(self.thing)}
        if self.what == OUTCOMES:
            return {row.id: by.get(row.id) for row in record.rows.values() if row.outcome}
        return {
            row.id: by.get(row.id) or by.get(row.refers_to)
            for row in record.rows.values()
            if row.kind != EntryKind.RETRACTION
        }


def _ever_beneath(connection: Connection, thing: int) -> set[int]:
    """Return the things that any version declared under a thing, at any depth."""
    sql = (
        "SELECT thing_id FROM concession WHERE agreement_id IN ({0}) UNION"
        " SELECT thing_id FROM deadline WHERE agreement_id IN ({0}) OR concession_id IN ({0})"
    )
    found = {number for (number,) in connection.query(sql.format(thing))}
    deeper = connection.query(sql.format(listed(found)))
    return found | {number for (number,) in deeper}


def live(entries: Mapping[int, int | None]) -> set[int]:
    """Return the entries that nothing has retracted."""
    return {entry for entry, by in entries.items() if by is None}


def taken_back_by(connection: Connection, slug: str) -> set[int]:
    """Return what retracted a thing's declarations; nothing if it was never declared here."""
    record = Record(declared(connection))
    return {
        record.retracted[entry]
        for space in Namespace
        for entry in record.declarations_of(slug, space)
        if entry in record.retracted
    }
