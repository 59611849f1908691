"""What counts in a book, to compare two books with each other."""

from collections import Counter
from typing import Any, NamedTuple

from tracker.database import Connection
from tracker.facts import LATEST
from tracker.journal.versions import Slugs, versions_between


class Counting(NamedTuple):
    """What counts in a book, without numbers, authors and moments."""

    entries: Counter[Any]
    cited: frozenset[Any]
    declared: tuple[Any, ...]


LIVE = "NOT EXISTS (SELECT 1 FROM retracted AS r WHERE r.entry_id = e.id)"


def live(connection: Connection) -> set[int]:
    """Return the numbers of what counts."""
    rows = connection.text(f"SELECT e.id FROM entry AS e WHERE e.kind <> 'retraction' AND {LIVE}")
    return {entry for (entry,) in rows}


def retracted(connection: Connection) -> set[Any]:
    rows = connection.text(
        "SELECT e.kind, t.slug, hex(e.key) FROM entry AS e JOIN thing AS t ON t.id = e.subject_id"
        f" WHERE e.kind <> 'retraction' AND NOT {LIVE}"
    )
    return {*rows}


def counting(connection: Connection) -> Counting:
    """Return what counts in a book."""
    entries = connection.text(
        "SELECT e.kind, t.slug, hex(e.key) FROM entry AS e JOIN thing AS t ON t.id = e.subject_id"
        f" WHERE e.kind NOT IN ('retraction', 'citation', 'declaration') AND {LIVE}"
    )
    cited = connection.text(
        "SELECT hex(c.key), t.slug FROM entry AS e JOIN entry AS c ON c.id = e.refers_to"
        f" JOIN thing AS t ON t.id = e.source_id WHERE e.kind = 'citation' AND {LIVE}"
    )
    rows = connection.text(
        "SELECT t.namespace, t.slug, MAX(e.id) FROM entry AS e JOIN thing AS t"
        f" ON t.id = e.subject_id WHERE e.kind = 'declaration' AND {LIVE} GROUP BY 1, 2"
    )
    versions = versions_between(connection, Slugs(connection), 1, LATEST)
    declared = ((*thing, versions[entry]) for *thing, entry in rows)
    return Counting(Counter(entries), frozenset(cited), tuple(sorted(declared, key=repr)))
