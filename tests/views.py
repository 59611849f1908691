"""Compares the views that other tools read with what the program reads."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.database import Connection
from tracker.dates import Period
from tracker.entry import Entry
from tracker.record import Record
from tracker.things import Deadline
from tracker.vocabulary import Bound, EntryKind, ThingKind

JOURNAL = "SELECT entry, agreement, concession, deadline, status FROM journal ORDER BY entry"
READING = "SELECT entry, agreement, concession, deadline FROM reading ORDER BY entry"
DECLARED = "SELECT entry FROM declared WHERE in_force ORDER BY entry"
PROMISE = """
SELECT concession, agreement, title, givers, receivers, sector, kind, instrument, promised_on,
    promised_on_precision, entry
FROM promise ORDER BY entry"""
DUE = """
SELECT deadline, agreement, concession, kind, label, opens_on, due_on, due_on_precision, awaits,
    target, unit, bound, base, counted_by, basis, moved_opens_on, moved_due_on,
    moved_due_on_precision, moved_target, moved_base, move, entry
FROM due ORDER BY entry"""


def apart(connection: Connection) -> dict[str, Any]:
    """Return, by view, what it holds and what the program reads, where these are not the same."""
    record = Record.read(connection)
    expected = {
        JOURNAL: [
            (*_about(entry), entry.stage and entry.stage.status)
            for entry in record.entries.values()
        ],
        READING: [
            _about(entry)
            for entry in record.entries.values()
            if entry.kind is EntryKind.READING and entry.retracted_by is None
        ],
        DECLARED: [(number,) for number in sorted(_in_force(record))],
        PROMISE: sorted(_promises(record), key=lambda row: row[-1]),
        DUE: sorted(_due(record), key=lambda row: row[-1]),
    }
    found = {query: connection.query(query) for query in expected}
    return {
        query: (found[query], rows)
        for query, rows in expected.items()
        if [_plain(row) for row in found[query]] != [_plain(row) for row in rows]
    }


def _plain(row: tuple[Any, ...]) -> list[str | None]:
    """Return values as text: SQLite holds days and quantities as such."""
    plain = [f"{value:f}" if isinstance(value, Decimal) else value for value in row]
    return [None if value is None else str(value) for value in plain]


def _about(entry: Entry) -> tuple[Any, ...]:
    return entry.entry, entry.agreement, entry.concession, entry.deadline


def _in_force(record: Record) -> dict[int, tuple[ThingKind, str]]:
    """Return the declarations in force: what each declares."""
    return {
        row.entry_id: (what, record.slugs[thing])
        for what in ThingKind
        for thing, row in record.in_force(what).items()
    }


def _promises(record: Record) -> Iterator[tuple[Any, ...]]:
    declared = {thing: number for number, thing in _in_force(record).items()}
    for slug, promise in record.concessions.items():
        sides = ", ".join(promise.giver), ", ".join(promise.receiver)
        words = promise.sector, promise.kind.value, promise.instrument.value
        day = promise.promised_on or record.agreements[promise.agreement].agreed_on
        number = declared[ThingKind.CONCESSION, slug]
        yield slug, promise.agreement, promise.title, *sides, *words, *_of(day), number


def _due(record: Record) -> Iterator[tuple[Any, ...]]:
    declared = {thing: number for number, thing in _in_force(record).items()}
    for slug, due in record.deadlines.items():
        moves = [
            move for move in record.dated[EntryKind.DEADLINE].get(slug, ()) if move.says is None
        ]
        number = declared[ThingKind.DEADLINE, slug]
        owners = due.agreement, due.concession
        days = due.opens_on, *_of(due.due_on), due.awaits
        bound = None if due.target is None else (due.bound or Bound.AT_LEAST).value
        basis = None if due.basis is None else due.basis.value
        target = due.target, due.unit, bound, due.base, due.counted_by, basis
        yield slug, *owners, due.kind.value, due.label, *days, *target, *_moved(due, moves), number


def _moved(due: Deadline, moves: list[Entry]) -> tuple[Any, ...]:
    """Return the first day, the last day, the target and the base after your own moves."""
    opens_on, due_on, target, base, number = None, None, None, None, None
    for move in moves:
        assert move.due_on is not None
        if due.awaits_first_day:
            opens_on = move.due_on.first
        else:
            due_on = move.due_on
        target = target if move.value is None else move.value
        base = base if move.base is None else move.base
        number = move.entry
    return opens_on, *_of(due_on), target, base, number


def _of(day: Period | None) -> tuple[date | None, str | None]:
    return (None, None) if day is None else (day.last, day.precision.value)
