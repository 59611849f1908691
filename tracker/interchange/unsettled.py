"""What copies of a book say otherwise since an import, and nobody has settled."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from tracker.entry import Entry
from tracker.journal.consistency import resting_on
from tracker.journal.corrections import DECIDED, DISPUTED, STAYS
from tracker.record import Record, by_key
from tracker.rules.statuses import stated_by
from tracker.vocabulary import Command, EntryKind

SETTLING = (EntryKind.DECLARATION, EntryKind.NOTE, EntryKind.CHECK)
"""What somebody records to settle what was put aside, besides another closing."""


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
    rows = (
        record.rows.values() if record.is_merged else ()
    )  # of a large book they take long
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


def is_decision(batch: Any) -> bool:
    """Return whether an import itself wrote a batch, to put aside what it did not accept."""
    return bool(batch.merged_by and batch.origin_at is None)


class Withdrawn(NamedTuple):
    """A thing that somebody withdrew, although entries rest on it that came from another copy."""

    slug: str
    by: Entry
    """The retraction of its last declaration."""
    resting: list[Entry]
    """The live entries that name it; they do not count."""


def withdrawn(record: Record) -> Iterator[Withdrawn]:
    """Yield each thing that is withdrawn although live entries rest on it.

    Whoever withdraws a thing takes back all that rests on it, so the other entries were recorded in
    a copy of the book. To declare it again, or to retract these, settles it.
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
        yield Withdrawn(record.slugs[thing], withdrawal_of(record, thing), entries)


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
    retractions = [entry for entry in record.entries.values() if entry.refers_to]
    amended_in = {
        by.batch: by.referent for by in retractions if by.command is Command.AMEND
    }
    batch = aside.batch
    while batch in amended_in:  # a correction may itself have been corrected
        original = amended_in[batch]
        for by in retractions:
            if by.referent == original and by.command not in (
                Command.AMEND,
                Command.IMPORT,
            ):
                return by
        batch = record.entries[original].batch
    return None
