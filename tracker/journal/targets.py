"""What an entry refers to: the entries that are retracted."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from tracker.database.contents import listed
from tracker.dates import exactly
from tracker.entry import Entry, Subject, unwritten
from tracker.errors import NotFound, Refused
from tracker.facts import LATEST
from tracker.journal.batch import keyed
from tracker.journal.writer import Writer, require_text, tail
from tracker.vocabulary import Command, EntryKind


class Target(NamedTuple):
    """An entry that another one refers to, what retracted it, and what it refers to itself."""

    entry: int
    kind: EntryKind
    key: bytes
    nth: int
    subject: Subject
    retracted_by: int | None
    refers_to: int | None


def take_back(
    writer: Writer, command: Command, wrong: Sequence[Target], reason: str | None = None
) -> range:
    """Retract some entries, and drop cached lookups of what they are about."""
    numbers = writer.append(command, (retraction(writer, one, reason) for one in wrong))
    for one in wrong:
        writer.names.forget(one.subject.slug)
    writer.names.forget_parties()
    return numbers


def retraction(writer: Writer, wrong: Target, reason: str | None) -> Entry:
    """Return the entry that retracts another one; `undo` gives no reason, `amend` may."""
    require_text("reason", reason)
    return referring(unwritten(EntryKind.RETRACTION, "", exactly(writer.today), note=reason), wrong)


def referring(entry: Entry, to: Target) -> Entry:
    """Return an entry that refers to another one, with its key."""
    entry = entry._replace(subject=to.subject.slug, about=to.subject, refers_to=to.entry)
    return keyed(entry, named(to))


def named(cited: Target) -> str:
    """Return the name of a target in the key of its retraction."""
    return f"{cited.key.hex()}-{cited.nth}"


def target(writer: Writer, entry: int) -> Target:
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


def targets_of(writer: Writer, entries: Iterable[int | None]) -> list[Target]:
    """Return some entries, in order, as another entry would refer to them."""
    numbers, found = iter(sorted(filter(None, entries))), []
    while some := [*islice(numbers, AT_ONCE)]:
        for row in writer.connection.query(TARGETS.format(listed(some))):
            entry, kind, key, nth, namespace, thing, slug, concession, owner, by, refers_to = row
            subject = Subject(namespace, thing, slug, None, concession, None, owner)
            found.append(Target(entry, EntryKind(kind), bytes(key), nth, subject, by, refers_to))
    return found
