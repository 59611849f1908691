"""What two copies of a book say otherwise: what an import puts aside, and what nobody settled."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain
from typing import NamedTuple

from tracker.entry import Entry
from tracker.journal.consistency import resting_on
from tracker.journal.corrections import DECIDED, DISPUTED, OUTRANKED, RESTORED, STAYS
from tracker.record import Record, by_key
from tracker.rules.statuses import stated_by
from tracker.vocabulary import Command, EntryKind

SETTLING = (EntryKind.DECLARATION, EntryKind.NOTE, EntryKind.CHECK)
"""What somebody records to settle what was put aside, besides another closing."""
BY_PROGRAM = (Command.AMEND, Command.IMPORT)
"""The commands whose retractions are not somebody's withdrawal of an entry."""


class Skipped(NamedTuple):
    """The rows that a recipe left out for one reason."""

    reason: str
    """Why they were left out."""
    rows: int


class Saved(NamedTuple):
    """An entry that came from a damaged book."""

    entry: int
    """Its number in this book."""
    was: int
    """Its number in the damaged book."""


class Imported(NamedTuple):
    """What an import wrote, what the book held already, and what was left out."""

    entries: range
    known: int
    """How many lines of the file, or entries of the other book, were there already."""
    taken_back: int = 0
    """How many of these are retracted by now, and are not restored."""
    left_out: int = 0
    """How many lines were left out: declarations, kept texts and what was retracted."""
    skipped: Sequence[Skipped] = ()
    """How many rows a recipe left out, and why."""
    omitted: Mapping[str, int] = {}
    """How many entries of another book were left out, and why."""
    omitted_about: Mapping[str, list[str]] = {}
    """What the entries that were left out are about, by the reason."""
    saved: Sequence[Saved] = ()
    """The entries that came from a damaged book, with the numbers that they had there."""


# --- what an import puts aside --------------------------------------------------------------------

Losing = Iterator[tuple[Entry, Entry]]
"""Entries that do not count, each with the entry of the other copy for which it does not."""


class Meeting:
    """Two copies of a book, brought together: what they say otherwise, and which of it counts.

    Neither author knew what the other copy alone held. Of two declarations or closings the one
    that was recorded later counts, in whichever copy that was, so that all copies say the same.
    """

    def __init__(self, record: Record, only_here: Set[int], arrived: Set[int]) -> None:
        self.record = record
        self.only_here = only_here
        """The entries that only this copy had."""
        self.arrived = arrived
        """Those that only the other copy had."""

    def aside(self) -> dict[str, list[int]]:
        """Return the entries to be taken back, by the reason."""
        aside = {DISPUTED: list[int](), OUTRANKED: list[int]()}
        for entry, against in chain(
            self._declarations(), self._closings(), self._corrections(), self._changes()
        ):
            is_own = entry.author == against.author
            aside[OUTRANKED if is_own else DISPUTED].append(entry.entry)
        return {**aside, RESTORED: [*self._restored()]}

    def _is_across(self, entry: Entry, other: Entry) -> bool:
        """Return whether each of two entries was recorded without knowledge of the other."""
        if entry.entry in self.arrived:
            return other.entry in self.only_here
        return entry.entry in self.only_here and other.entry in self.arrived

    def _is_later(self, entry: Entry, other: Entry) -> bool:
        """Return whether an entry was recorded after another one, in whichever copy."""
        return self.record.place(entry.entry) > self.record.place(other.entry)

    def _outranks(self, by: Entry, entry: Entry) -> bool:
        """Return whether a withdrawal counts, and not what it withdraws, said in another copy."""
        return by.author != entry.author or self._is_later(by, entry)

    def _live(self, numbers: Iterable[int]) -> list[Entry]:
        """Return the entries with some numbers that count."""
        entries = [self.record.entries[number] for number in numbers]
        return [entry for entry in entries if entry.retracted_by is None]

    def _closed(self, slug: str) -> list[Entry]:
        """Return the closings of a deadline in the order of recording."""
        entries = self.record.live[EntryKind.DEADLINE].get(slug, [])
        closings = [entry for entry in entries if entry.outcome]
        return sorted(closings, key=lambda closing: self.record.place(closing.entry))

    def _declarations(self) -> Losing:
        """Yield what two authors declared otherwise: the later declaration counts."""
        record = self.record
        declared = {record.rows[entry].subject_id for entry in self.arrived}
        for thing in sorted(declared & record.declarations.keys()):
            apart = [
                entry
                for entry in self._live(record.declarations[thing])
                if entry.entry in self.arrived or entry.entry in self.only_here
            ]
            for entry in apart:
                last = apart[-1]
                is_theirs = self._is_across(entry, last) and entry.author != last.author
                if is_theirs and record.declares(entry.entry) != record.declares(
                    last.entry
                ):
                    yield entry, last

    def _closings(self) -> Losing:
        """Yield the closings of a deadline of which only the last one counts."""
        for slug in self.record.live[EntryKind.DEADLINE]:
            closings = self._closed(slug)
            for closing in closings:
                if self._is_across(closing, closings[-1]):
                    yield closing, closings[-1]

    def _corrections(self) -> Losing:
        """Yield each correction of an entry that the other side withdrew."""
        record = self.record
        withdrawals = withdrawals_of(record)
        for entry in record.updates.values():
            if entry.retracted_by is None and record.replaced(entry):
                for original in originals(record, entry):
                    for by in self._live(withdrawals[original.referent]):
                        is_across = self._is_across(by, original)
                        if is_across and self._outranks(by, entry):
                            yield entry, by

    def _changes(self) -> Losing:
        """Yield each change of a thing that the other side withdrew as a whole."""
        record = self.record
        for declarations in record.declarations.values():
            changes = self._live(declarations)
            taken = [record.retracted.get(entry) for entry in declarations]
            withdrawals = [
                record.entries[by]
                for by in taken
                if by and all(self._is_across(c, record.entries[by]) for c in changes)
            ]
            if not withdrawals or withdrawals[-1].command is Command.UNDO:
                continue
            for change in changes:
                if self._outranks(withdrawals[-1], change):
                    yield change, withdrawals[-1]

    def _restored(self) -> Iterator[int]:
        """Yield what put aside a declaration or a closing that may count again.

        What counted instead was withdrawn.
        """
        record = self.record
        for row in record.rows.values():
            if row.note != DISPUTED or not row.refers_to or row.id in record.retracted:
                continue
            aside = record.entries[row.refers_to]
            if aside.retracted_by != row.id:
                continue
            rivals = self._closed(aside.subject) if aside.outcome else []
            may_count = bool(aside.outcome)
            if aside.kind is EntryKind.DECLARATION:
                thing = record.rows[aside.entry].subject_id
                rivals = self._live(record.declarations[thing])
                may_count = bool(rivals)  # otherwise the thing was withdrawn
            others = [rival for rival in rivals if rival.author != aside.author]
            if may_count and not any(self._is_later(rival, aside) for rival in others):
                yield row.id


def withdrawals_of(record: Record) -> Mapping[int, list[int]]:
    """Return what somebody withdrew each entry with, other than to correct it."""
    return by_key(
        (by.referent, by.entry)
        for by in record.updates.values()
        if by.refers_to and by.command not in BY_PROGRAM
    )


def originals(record: Record, entry: Entry) -> Iterator[Entry]:
    """Yield the retractions of what an entry corrects, and of what that one had corrected."""
    while (original := record.replaced(entry)) is not None:
        yield record.entries[entry.entry - 1]
        entry = record.entries[original]


# --- what nobody settled --------------------------------------------------------------------------


def rival(record: Record, verdicts: list[Entry]) -> Entry | None:
    """Return the verdict of another book that differs from the last one, which counts, of a day.

    A verdict that somebody logged here when the other one was there settles the question, and so
    does a check of the concession since.
    """
    last = verdicts[-1]
    for other in verdicts[-2::-1]:
        is_same = stated_by(other) is stated_by(last)
        if is_same or other.author == last.author:
            continue
        arrived = [
            verdict for verdict in (last, other) if came_from_elsewhere(record, verdict)
        ]
        is_settled = last not in arrived and last.entry > other.entry
        if is_settled or not arrived:
            continue
        for check in record.live[EntryKind.CHECK].get(last.subject, []):
            is_since = check.entry > max(last.entry, other.entry)
            if is_since and not came_from_elsewhere(record, check):
                return None
        return other
    return None


def put_aside(record: Record) -> Iterator[tuple[Entry, Entry]]:
    """Yield each entry that an import put aside, and what took it back.

    What somebody took back as well is settled, and so is anything about which somebody here
    declared, closed, noted or checked something since, or recorded the like of it.
    """
    # Of a large book they take long.
    rows = record.rows.values() if record.is_merged else ()
    retractions = [
        row.id for row in rows if row.refers_to and row.note in (STAYS, DISPUTED)
    ]
    if not retractions:
        return
    recorded_last: dict[tuple[str, EntryKind], int] = {}
    taken_by_hand = set[int]()
    for entry in record.entries.values():
        if entry.retracted_by is None:
            if not came_from_elsewhere(record, entry):
                recorded_last[entry.subject, entry.kind] = entry.entry
            if entry.note not in DECIDED:
                taken_by_hand.add(entry.referent)
    listed = set[int]()
    for number in retractions:
        by = record.entries[number]
        aside = record.entries[by.referent]
        if by.retracted_by or aside.entry in listed or aside.entry in taken_by_hand:
            continue
        kinds = (aside.kind, *SETTLING)
        if all(recorded_last.get((aside.subject, kind), 0) < number for kind in kinds):
            listed.add(aside.entry)
            yield aside, by


def came_from_elsewhere(record: Record, entry: Entry) -> bool:
    """Return whether an entry came from another book."""
    batch = record.batches.get(entry.batch)
    return bool(batch and batch.origin_at)


def withdrawn(record: Record) -> Iterator[tuple[str, Entry, list[Entry]]]:
    """Yield each thing that is withdrawn although live entries rest on it, which do not count.

    Whoever withdraws a thing takes back all that rests on it, so these entries were recorded in a
    copy of the book. To declare it again, or to retract them, settles it. Each has the retraction
    of its last declaration.
    """
    if not record.is_merged:
        return
    gone = set[int]()
    for things in record.versions.values():
        gone.update(thing for thing in things if "://" not in record.slugs[thing])
    gone -= record.things_in_force
    named = resting_on(record, gone) if gone else {}
    resting = by_key((thing, entry) for entry, about in named.items() for thing in about)
    for thing in sorted(resting):
        entries = [record.entries[entry] for entry in resting[thing]]
        yield record.slugs[thing], withdrawal_of(record, thing), entries


def withdrawal_of(record: Record, thing: int) -> Entry:
    """Return what somebody took back the last declaration of a thing with, else what an import."""
    taken = [record.retracted.get(entry) for entry in record.declarations[thing]]
    retractions = [record.entries[by] for by in taken if by is not None]
    by_hand = [by for by in retractions if by.note not in DECIDED]
    return (by_hand or retractions)[-1]


def withdrawal_behind(record: Record, aside: Entry) -> Entry | None:
    """Return the retraction for which an import put aside a correction, or a change of a thing."""
    if aside.kind is EntryKind.DECLARATION:
        return withdrawal_of(record, record.rows[aside.entry].subject_id)
    withdrawals = withdrawals_of(record)
    for original in originals(record, aside):
        for by in withdrawals[original.referent]:
            return record.entries[by]
    return None
