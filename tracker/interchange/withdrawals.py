"""What a book would hold without some of its entries, and whether that fits together."""

from collections import Counter
from collections.abc import Iterable, Mapping

from tracker.record import Record
from tracker.vocabulary import EntryKind, Namespace, ThingKind


def without(record: Record, entries: Iterable[int]) -> Record:
    """Return a book in which some entries have been retracted."""
    rows = [*record.contents.entry]
    kind, last = EntryKind.RETRACTION.value, rows[-1]
    rows += [
        last._replace(id=number, kind=kind, refers_to=entry)
        for number, entry in enumerate(entries, last.id + 1)
    ]
    return Record(record.contents._replace(entry=rows))


def in_force(record: Record) -> set[int]:
    """Return the things of which a version is in force."""
    return {thing for what in ThingKind for thing in record.in_force(what)}


def fits_again(before: Record, after: Record) -> bool:
    """Return whether what counts after some retractions, but did not before, fits together."""
    declared, live = in_force(after), after.rows.keys() - after.retracted.keys()
    subjects = {row.id for row in after.contents.thing if row.namespace == Namespace.SUBJECT}
    closed = Counter(after.rows[one].subject_id for one in live if after.rows[one].outcome)
    for number in live & before.retracted.keys():
        row = after.rows[number]
        named = {row.subject_id} & subjects | {row.says_id} - {None}
        kinds = {what for what in ThingKind if row.subject_id in after.in_force(what)}
        if not named <= declared or len(kinds) > 1 or (row.outcome and closed[row.subject_id] > 1):
            return False
    return not _is_circular(after.part_of)


def _is_circular(part_of: Mapping[str, str | None]) -> bool:
    """Return whether a party is part of itself."""
    for party in part_of:
        bloc, seen = part_of[party], set[str]()
        while bloc is not None and bloc not in seen:
            seen.add(bloc)
            bloc = part_of.get(bloc)
        if party in seen:
            return True
    return False
