"""Retractions: the entries that they name, and what a book holds once they are written."""

from collections.abc import Iterable, Sequence, Set
from itertools import islice
from typing import Any

from tracker.database.contents import listed
from tracker.dates import exactly
from tracker.declared import LATEST
from tracker.entry import Entry, Subject, unwritten
from tracker.errors import NotFound, Refused
from tracker.journal.batch import keyed
from tracker.journal.writer import Writer, require_text, tail
from tracker.record import Record
from tracker.vocabulary import Command, EntryKind, Namespace, ThingKind


def take_back(
    writer: Writer, command: Command, wrong: Sequence[Entry], reason: str | None = None
) -> range:
    """Retract some entries, and drop cached lookups of what they are about."""
    numbers = writer.append(command, (retraction(writer, one, reason) for one in wrong))
    for one in wrong:
        writer.names.forget(one.subject)
    writer.names.forget_parties()
    return numbers


def retraction(writer: Writer, wrong: Entry, reason: str | None) -> Entry:
    """Return the entry that retracts another one; `undo` gives no reason, `amend` may."""
    require_text("reason", reason)
    return referring(unwritten(EntryKind.RETRACTION, "", exactly(writer.today), note=reason), wrong)


def referring(entry: Entry, to: Entry) -> Entry:
    """Return an entry that refers to another one, with its key."""
    entry = entry._replace(subject=to.subject, about=to.about, refers_to=to.entry)
    return keyed(entry, named(to))


def named(target: Entry) -> str:
    """Return the name of an entry in the key of its retraction."""
    return f"{target.key.hex()}-{target.nth}"


def target(writer: Writer, entry: int) -> Entry:
    """Return an entry that may be corrected."""
    found = targets_of(writer, [entry]) if entry < LATEST else []
    if not found:
        last = tail(writer.connection)
        raise NotFound("no such entry", entry=entry, head=last[3] if last else 0)
    if found[0].kind is EntryKind.RETRACTION:
        raise Refused("retraction stands", entry=entry)
    if found[0].retracted_by:
        raise Refused("already retracted", entry=entry, retracted_by=found[0].retracted_by)
    return found[0]


TARGETS = """
SELECT
    e.id, e.kind, e.key, e.nth, t.namespace, e.subject_id, t.slug, e.concession_id, c.slug,
    (SELECT MIN(r.from_id) FROM retracted AS r WHERE r.entry_id = e.id), e.refers_to
FROM entry AS e
JOIN thing AS t ON t.id = e.subject_id
LEFT JOIN thing AS c ON c.id = e.concession_id
WHERE e.id IN ({})
ORDER BY e.id
"""
"""What retractions need to know about the entries that they name."""
AT_ONCE = 10_000
"""How many entries one statement names."""


def targets_of(writer: Writer, entries: Iterable[int | None]) -> list[Entry]:
    """Return some entries, in order, with no more than an entry that refers to them needs."""
    numbers, found = iter(sorted(filter(None, entries))), []
    while some := [*islice(numbers, AT_ONCE)]:
        for row in writer.connection.query(TARGETS.format(listed(some))):
            entry, kind, key, nth, namespace, thing, slug, concession, owner, by, refers_to = row
            about = Subject(namespace, thing, slug, None, concession, None, owner)
            whole = unwritten(EntryKind(kind), slug, exactly(writer.today), refers_to=refers_to)
            held = {"entry": entry, "key": bytes(key), "nth": nth, "retracted_by": by}
            found.append(whole._replace(about=about, **held))
    return found


# --- what is left without them -------------------------------------------------------------------


def without(record: Record, entries: Iterable[int]) -> Record:
    """Return a book in which some entries have been retracted."""
    rows = [*record.contents.entry]
    kind, last = EntryKind.RETRACTION.value, rows[-1]
    rows += [
        last._replace(id=number, kind=kind, refers_to=entry, outcome=None)
        for number, entry in enumerate(entries, last.id + 1)
    ]
    return Record(record.contents._replace(entry=rows))


def in_force(record: Record) -> set[int]:
    """Return the things of which a version is in force."""
    return {thing for what in ThingKind for thing in record.in_force(what)}


def counts(record: Record, row: Any) -> bool:
    """Return whether an entry counts and is not a retraction."""
    return row.kind != EntryKind.RETRACTION and row.id not in record.retracted


def named_by(record: Record, row: Any) -> set[int]:
    """Return the things that an entry is about, or names as speaker, source or in a declaration."""
    keys = record.sources_of.get(row.id, ())
    sources = {record.numbers[Namespace.SOURCE.value, key] for key in keys}
    return ({row.subject_id, row.says_id} | sources | record.named_in(row.id)) - {None}


def resting(record: Record, things: Set[int]) -> dict[int, set[int]]:
    """Return the live entries that rest on some things, and on which of them."""
    found = {}
    for number, row in record.rows.items():
        if counts(record, row) and (on := named_by(record, row) & things):
            found[number] = on | ({row.concession_id} & things)
    return found
