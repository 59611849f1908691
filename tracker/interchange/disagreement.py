"""The disagreements between two books, and the entries that they are about."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from tracker.database import Connection
from tracker.journal.versions import versions_of
from tracker.vocabulary import Namespace

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


class Cell(NamedTuple):
    """The entries on which two books can disagree: all outcomes of a deadline, for instance."""

    statement: str
    """The statement that finds them."""
    thing: int

    def entries(self, connection: Connection, known: int) -> dict[int, int | None]:
        """Return the entries by a number, each with what had retracted it by then."""
        given: dict[str, Any] = {"thing_id": self.thing}
        if self.statement == WHOLE:
            beneath = connection.rows("ever_beneath", thing_id=self.thing)
            given = {"things": frozenset({self.thing, *(thing for (thing,) in beneath)})}
        rows = connection.rows(self.statement, known=known, **given)
        return {entry: by for entry, by, *_ in rows}


OUTCOMES, VERSIONS, WHOLE = "outcomes_of", "versions_of", "about"
"""The statements of cells; the last one covers a thing with all that is declared under it."""


def live(entries: Mapping[int, int | None]) -> set[int]:
    """Return the entries that nothing has retracted."""
    return {entry for entry, by in entries.items() if by is None}


def taken_back_by(connection: Connection, slug: str) -> set[int]:
    """Return what retracted a thing's declarations; nothing if it was never declared here."""
    return {
        by
        for namespace in Namespace
        for _, by in versions_of(connection, namespace.value, slug)
        if by is not None
    }
