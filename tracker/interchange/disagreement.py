"""The disagreements between two books, and how one is settled: by entries, which spread."""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from tracker.database import Connection
from tracker.errors import NoSuch
from tracker.errors.wording import first_of
from tracker.journal.corrections import Target, retract_thing, take_back, targets
from tracker.journal.versions import versions_of
from tracker.journal.writer import Writer
from tracker.vocabulary import Command, EntryKind, Kept, Namespace

SHOWN = 5
"""The most entries that a disagreement names."""

YIELDED = "Conflict settled in a merge: the other side was kept"
KEPT = "Conflict settled in a merge: this side was kept"
"""The reasons given for what a merge retracts, and for what it restores."""

VERDICT, CLAIM, READING, MOVE = "verdict", "claim", "reading", "move"
CORRECTION = "correction"
CLOSING, DECLARATION, WITHDRAWAL, ENTRY = "closing", "declaration", "withdrawal", "entry"

Settle = Callable[[Writer], object]
"""Retracts or restores entries of this book, so that the other one's can be recorded."""


class Disagreement(NamedTuple):
    """One difference between two books."""

    what: str
    """A `verdict`, or a `claim`, a `reading` or a `move` by somebody; a `correction`; or what has
    to be settled: a `closing`, a `declaration`, a `withdrawal`, or an `entry`.
    """
    subject: str
    ours: str
    """What this book says."""
    theirs: str
    """What the other book says."""
    kept: str | None = None
    """Which was kept if one had to be chosen: `ours` or `theirs`."""

    @property
    def conflicts(self) -> bool:
        """Whether it prevents the merge."""
        return self.kept is None and self.what in (CLOSING, DECLARATION, WITHDRAWAL, ENTRY)

    def __str__(self) -> str:
        """Return it as one line."""
        kept = f"; kept {self.kept}" if self.kept else ""
        return f"{self.what} of {self.subject}: here {self.ours}, there {self.theirs}{kept}"


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


class Conflict(NamedTuple):
    """A disagreement that has to be settled before the books can be merged.

    Once all is written, the entries of its `cell` count as in the book that was kept.
    """

    disagreement: Disagreement
    cell: Cell | None = None
    unfit: frozenset[int] = frozenset()
    """Their entries that cannot be recorded here unless this book is made ready for them."""
    ready: Settle | None = None
    """What prepares this book if theirs is kept, if anything has to."""

    @property
    def key(self) -> tuple[str, str]:
        """What it is about."""
        return self.disagreement[:2]

    def is_settled_by(self, keep: Kept) -> bool:
        """Return whether keeping one side settles it; nothing makes a future day fit."""
        return keep is Kept.OURS or self.cell is not None or self.ready is not None


def live(entries: Mapping[int, int | None]) -> set[int]:
    """Return the entries that nothing has retracted."""
    return {entry for entry, by in entries.items() if by is None}


def numbered(entries: Iterable[int]) -> str:
    """Return the numbers of entries: `#118, #120, …`."""
    return first_of([f"#{one}" for one in entries], SHOWN)


def settle(writer: Writer, held: Mapping[int, int | None], wanted: Collection[int]) -> None:
    """Retract and restore entries until only the wanted ones count."""
    wrong = [_target(writer, one) for one in sorted(live(held) - {*wanted})]
    take_back(writer, Command.MERGE, wrong, YIELDED)
    for entry in sorted({*wanted} & held.keys() - live(held)):
        while (by := _target(writer, entry).retracted_by) is not None:
            take_back(writer, Command.MERGE, [_target(writer, by)], KEPT)


def _target(writer: Writer, entry: int) -> Target:
    (found,) = targets(writer, entry, entry)
    return found


def withdraw_ours(slug: str, writer: Writer) -> None:
    """Withdraw one of our things, with everything that depends on it."""
    with suppress(NoSuch):  # it went with what it belongs to
        retract_thing(writer, slug, YIELDED, everything=True)


def readmit_ours(slug: str, writer: Writer) -> None:
    """Undo our withdrawal of a thing: all retractions in the batches that took it back."""
    for by in taken_back_by(writer.connection, slug):
        ((first, last),) = writer.connection.rows("batch_around", entry=by)
        again = [
            one
            for one in targets(writer, first, last)
            if one.kind is EntryKind.RETRACTION and one.retracted_by is None
        ]
        take_back(writer, Command.MERGE, again, KEPT)


def taken_back_by(connection: Connection, slug: str) -> set[int]:
    """Return what retracted a thing's declarations; nothing if it was never declared here."""
    return {
        by
        for namespace in Namespace
        for _, by in versions_of(connection, namespace.value, slug)
        if by is not None
    }
