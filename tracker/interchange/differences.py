"""The disagreements between two books, in words, and how each can be settled."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple

from tracker.database import Connection
from tracker.errors import NoSuch
from tracker.errors.wording import first_of
from tracker.interchange.kinship import Kinship
from tracker.interchange.otherbook import Declared, Thing, digest_of
from tracker.journal import Declaration, Writer
from tracker.journal.corrections import take_back, targets
from tracker.journal.declaring import differing, quoted, withdraw
from tracker.journal.versions import versions_between, versions_of
from tracker.vocabulary import Command, EntryKind, Namespace, ThingKind

SHOWN = 5
"""The most entries that a disagreement names."""

REASON = "Merged: the other book's was kept"
"""The reason given for what this book retracts in favour of the other."""

VERDICT, CLAIM, CLOSING = "verdict", "claim", "closing"
DECLARATION, WITHDRAWAL, ENTRY = "declaration", "withdrawal", "entry"

Settle = Callable[[Writer], object]
"""Retracts or restores entries of this book in favour of the other one."""


class Disagreement(NamedTuple):
    """One difference between two books."""

    what: str
    """A `verdict`, a `claim`, a `closing`, a `declaration`, a `withdrawal`, or an `entry`."""
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
        return self.kept is None and self.what != VERDICT and not self.what.startswith(CLAIM)

    def __str__(self) -> str:
        """Return it as one line."""
        kept = f"; kept {self.kept}" if self.kept else ""
        return f"{self.what} of {self.subject}: here {self.ours}, there {self.theirs}{kept}"


class Conflict(NamedTuple):
    """A disagreement that has to be settled before the books can be merged.

    To keep ours, the entries `theirs` are left out; to keep theirs, `settle` changes this book.
    """

    disagreement: Disagreement
    theirs: frozenset[int]
    settle: Settle | None = None


def numbered(entries: list[int]) -> str:
    """Return the numbers of entries: `#118, #120, …`."""
    return first_of([f"#{one}" for one in entries], SHOWN)


# --- how this book gives way --------------------------------------------------------------------


def retract_ours(entries: Iterable[int], writer: Writer) -> None:
    """Retract some of our entries."""
    wrong = [one for entry in entries for one in targets(writer, entry, entry)]
    live = [one for one in wrong if one.retracted_by is None]
    take_back(writer, Command.MERGE, live, REASON)


def withdraw_ours(slug: str, writer: Writer) -> None:
    """Withdraw one of our things, with everything that depends on it."""
    with suppress(NoSuch):  # it went with what it belongs to
        withdraw(writer, slug, REASON)


def restore_ours(by: int, writer: Writer) -> None:
    """Undo our retractions in the batch of one of them."""
    ((first, last),) = writer.connection.rows("batch_around", entry=by)
    again = [
        one
        for one in targets(writer, first, last)
        if one.kind is EntryKind.RETRACTION and one.retracted_by is None
    ]
    take_back(writer, Command.MERGE, again, REASON)


def readmit_ours(slug: str, writer: Writer) -> None:
    """Undo the withdrawal of one of our things."""
    for by in taken_back_by(writer.connection, slug):
        restore_ours(by, writer)


def taken_back_by(connection: Connection, slug: str) -> set[int]:
    """Return what retracted a thing's declarations; nothing if it was never declared here."""
    return {
        by
        for namespace in Namespace
        for _, by in versions_of(connection, namespace.value, slug)
        if by is not None
    }


# --- declarations ---------------------------------------------------------------------------------


class Versions(NamedTuple):
    """The versions of a thing in one book: those that count, and those that the other lacks."""

    live: list[tuple[int, bytes]]
    own: list[tuple[int, bytes]]
    lost: list[int]
    """Versions that both books have, and that count in the other book but not in this one."""

    @property
    def last(self) -> bytes | None:
        """The version in force, as a digest."""
        return self.live[-1][1] if self.live else None

    @property
    def is_new(self) -> bool:
        """Whether this book says something about the thing that the other one does not."""
        return bool(self.own or self.lost)

    def holds(self, declared: bytes | None) -> int | None:
        """Return the entry that only this book has and that declares this, if there is one."""
        return next((entry for entry, found in self.own if found == declared), None)


class Declarations:
    """Compares the declarations that both books added: which need not come, and which conflict."""

    def __init__(self, writer: Writer, kin: Kinship, settled: frozenset[str]) -> None:
        self._writer = writer
        self._kin = kin
        self._settled = settled
        self.instead: dict[int, int] = {}
        """For each of theirs that need not come, our entry that says the same."""
        self.conflicts: list[Conflict] = []
        self._unexplained: dict[int, tuple[int, int]] = {}
        """For each of theirs that conflicts, the index of the conflict, and our entry."""
        for thing, declared in kin.other.declared.items():
            self._compare(thing, declared)

    def explain(self, entry: int, declaration: Declaration) -> None:
        """Add to a conflict the fields in which their declaration differs from ours."""
        if entry not in self._unexplained:
            return
        place, number = self._unexplained[entry]
        ours, theirs = self._declared(number), declaration.words
        names = differing(ours, theirs)
        here, there = (
            f"{', '.join(f'{name} {quoted(words.get(name))}' for name in names)} (#{of})"
            for words, of in ((ours, number), (theirs, entry))
        )
        conflict = self.conflicts[place]
        said = conflict.disagreement._replace(ours=here, theirs=there)
        self.conflicts[place] = conflict._replace(disagreement=said)

    def _compare(self, thing: Thing, declared: list[Declared]) -> None:
        theirs = self._theirs(declared)
        if not theirs.is_new:
            return
        ours = self._ours(thing, declared)
        if not ours.is_new or ours.last is theirs.last is None:
            return
        if ours.last == theirs.last or (theirs.last and ours.holds(theirs.last)):
            for entry, found in theirs.own:
                self.instead[entry] = ours.holds(found) or ours.live[-1][0]
        elif ours.last and (ahead := theirs.holds(ours.last)):
            for entry, _ in theirs.own:
                if entry <= ahead:
                    self.instead[entry] = ours.live[-1][0]
        elif thing[1] not in self._settled:
            kind = next(one.what for one in reversed(declared))
            self._conflict(thing[1], kind, theirs, ours)

    def _theirs(self, declared: list[Declared]) -> Versions:
        numbers, other, undone = self._kin.numbers, self._kin.other, self._kin.undone
        held = [one for one in declared if not undone[one.entry]]
        live = [(one.entry, one.digest) for one in held if other.live[one.entry]]
        gone = [numbers[one.entry] for one in held if not other.live[one.entry]]
        lost = [
            number
            for number in filter(None, gone)
            for one in targets(self._writer, number, number)
            if one.retracted_by is None
        ]
        return Versions(live, [one for one in live if not numbers[one[0]]], lost)

    def _ours(self, thing: Thing, declared: list[Declared]) -> Versions:
        connection, kin = self._writer.connection, self._kin
        versions = versions_of(connection, *thing)
        counted = {kin.numbers[one.entry] for one in declared if kin.other.live[one.entry]}
        lost = [entry for entry, by in versions if by is not None and entry in counted]
        live = [(entry, digest_of(self._declared(entry))) for entry, by in versions if by is None]
        return Versions(live, [one for one in live if kin.is_ours_alone(one[0])], lost)

    def _declared(self, entry: int) -> dict[str, Any]:
        return versions_between(self._writer.connection, entry, entry)[entry]

    def _conflict(self, slug: str, kind: ThingKind, theirs: Versions, ours: Versions) -> None:
        here = f"declared by {numbered([ours.live[-1][0]])}" if ours.live else "withdrawn"
        there = f"by {numbered([theirs.live[-1][0]])}" if theirs.live else "withdrawn"
        left_out = {entry for entry, _ in theirs.own}
        left_out |= {by for one in theirs.lost for by in self._taken_by(one)}
        settle: Settle | None = None
        if not ours.live:
            settle = self._restoring(ours.lost)
        elif not theirs.live or self._declared(ours.live[-1][0])["what"] != kind:
            settle = partial(withdraw_ours, slug)
        elif not theirs.own:
            settle = partial(retract_ours, [entry for entry, _ in ours.own])
        if ours.live and theirs.live:
            self._unexplained[theirs.live[-1][0]] = len(self.conflicts), ours.live[-1][0]
        found = Disagreement(DECLARATION, slug, here, there)
        self.conflicts.append(Conflict(found, frozenset(left_out), settle))

    def _taken_by(self, number: int) -> range:
        """Return their batch that retracted a version which both books have."""
        entry = self._kin.numbers.index(number)
        return self._kin.batch_of(self._kin.other.taken_by[entry])

    def _restoring(self, lost: list[int]) -> Settle | None:
        """Return what restores our retracted versions, with what was retracted along with them."""
        found = [*targets(self._writer, lost[-1], lost[-1])] if lost else []
        by = found[0].retracted_by if found else None
        return partial(restore_ours, by) if by is not None else None
