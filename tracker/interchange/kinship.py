"""What two books have in common: which entries and sources of the other book are here, and where.

An entry is identified by its origin: its number in the book in which it was recorded, and the seal
of its batch there, which covers the author, the moment and everything before it. The number alone
is not enough: copies of one book that diverged use the same numbers again.
"""

from bisect import bisect_right
from collections.abc import Iterator

from tracker.database import Connection
from tracker.database.contents import declared
from tracker.facts import LATEST
from tracker.interchange.otherbook import OtherBatch, OtherBook
from tracker.journal.chain import batches
from tracker.known_by import held_by
from tracker.record import Record
from tracker.vocabulary import Command, ThingKind

MERGED = """
SELECT e.id, e.batch, COALESCE(e.origin, e.id)
FROM entry AS e
JOIN batch AS b ON b.id = e.batch
WHERE e.id > :after AND b.merged_by IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM retracted AS r
    JOIN entry AS x ON x.id = r.from_id
    JOIN batch AS u ON u.id = x.batch
    WHERE r.entry_id = e.id AND u.command = 'undo' AND u.merged_by IS NULL
)
ORDER BY e.id
"""
"""The entries after one that merges wrote, with their numbers in the book of their origin.

Those of a merge that was undone are left out.
"""


class Kinship:
    """Maps the other book's entries to this book's numbers; read under the write lock."""

    def __init__(self, connection: Connection, other: OtherBook) -> None:
        self.other = other
        self.numbers = [0] * (other.entries + 1)
        """For each of their entries, its number here, or 0 if this book lacks it."""
        self.undone = bytearray(other.entries + 1)
        """Which of their entries are of a merge that was undone there, and what undid it."""
        self.stem, self.after = self._stem(connection)
        self._find(connection)
        self._leave_out_undone()
        self.last = held_by(connection).entries
        self.shared = bytearray(self.last + 1)
        """Which of our entries they have, too."""
        for number, gone in zip(self.numbers, self.undone, strict=True):
            if not gone:
                self.shared[number] = 1

    @property
    def new_batches(self) -> Iterator[OtherBatch]:
        """Their batches after the common beginning."""
        return self.other.batches(self.stem)

    def is_ours_alone(self, number: int) -> bool:
        """Return whether an entry of this book was here before the merge, and they lack it."""
        return number <= self.last and not self.shared[number]

    def batch_of(self, entry: int) -> range:
        """Return the entries in the batch of one of their entries."""
        firsts, held = self.other.firsts, self.other.entries
        place = bisect_right(firsts, entry) - 1
        end = firsts[place + 1] if place + 1 < len(firsts) else held + 1
        return range(firsts[place], end)

    def _stem(self, connection: Connection) -> tuple[int, int]:
        """Return how many batches both books begin with, and how many entries those contain."""
        stem = 0
        for batch, our in zip(self.other.batches(), batches(connection), strict=False):
            if batch.seal != our["seal"]:
                break
            stem += 1
        firsts = self.other.firsts
        entries = firsts[stem] - 1 if stem < len(firsts) else self.other.entries
        self.numbers[: entries + 1] = range(entries + 1)
        return stem, entries

    def _find(self, connection: Connection) -> None:
        """Find those of their later entries that this book has."""
        own, merged = self._ours(connection)
        came = {
            (merged[batch], origin): entry
            for entry, batch, origin in connection.query(MERGED, after=self.after)
            if batch in merged
        }
        for batch, entries in self._spans():
            for entry in entries:
                number = self.other.origins[entry]
                if number in own.get(batch.origin, ()):
                    self.numbers[entry] = number
                else:
                    self.numbers[entry] = came.get((batch.origin, number), 0)

    def _ours(self, connection: Connection) -> tuple[dict[bytes, range], dict[int, bytes]]:
        """Return our own later batches, and the origins of those that a merge wrote."""
        own, merged = {}, {}
        later = [batch for batch in batches(connection) if batch["batch"] > self.stem]
        ends = [*(batch["first_entry"] for batch in later[1:]), LATEST]
        for batch, end in zip(later, ends, strict=False):
            seal, origin = batch["seal"], batch["origin"]
            if batch["merged_by"] is None:
                own[seal] = range(batch["first_entry"], end)
            else:
                merged[batch["batch"]] = seal if origin is None else bytes.fromhex(origin)
        return own, merged

    def _spans(self) -> Iterator[tuple[OtherBatch, range]]:
        for batch in self.new_batches:
            yield batch, self.batch_of(batch.first)

    def _leave_out_undone(self) -> None:
        """Mark what an undone merge had written there: it is treated as if it had never been."""
        undoing: set[int] = set()
        for batch, entries in self._spans():
            if batch.command == Command.UNDO and not batch.is_merged:
                undoing |= {*entries}
        for batch, entries in self._spans():
            for entry in entries if batch.is_merged else ():
                by = self.other.taken_by.get(entry)
                if by in undoing:
                    self.undone[entry] = self.undone[by] = 1


class Addresses:
    """Our names for the sources of another book."""

    def __init__(self, connection: Connection, other: OtherBook) -> None:
        record = Record(declared(connection))
        self._declared = {
            record.slugs[row.thing_id]: row.url or record.slugs[row.thing_id]
            for row in record.in_force(ThingKind.SOURCE).values()
        }
        self._named: dict[str, list[str]] = {}
        for slug, page in self._declared.items():
            self._named.setdefault(page, []).append(slug)
        self._theirs = other.addresses
        self._declared_there = {slug for what, slug in other.declared if what == ThingKind.SOURCE}

    def ours(self, key: str) -> str:
        """Return our key for one of their sources.

        A source that both books have under one slug is not matched by its address.
        """
        if key in self._declared:
            return key
        named = self._named.get(self.page(key), ())
        return next((slug for slug in named if slug not in self._declared_there), key)

    def page(self, key: str) -> str:
        """Return what identifies a source of either book: its address, or else its key."""
        return self._declared.get(key) or self._theirs.get(key, key)

    def names(self, key: str) -> set[str]:
        """Return every name that this book may have used for the page of a source."""
        page = self.page(key)
        return {key, page, *self._named.get(page, ())}
