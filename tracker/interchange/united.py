"""Brings another book into this one, and says what came of it."""

from collections.abc import Mapping
from itertools import groupby
from typing import NamedTuple

from tracker.interchange.disputes import Dispute
from tracker.interchange.otherbook import Traced
from tracker.interchange.union import Union
from tracker.journal.writer import Writer, require_clock


class United(NamedTuple):
    """What came from another book, what was left out and why, and what is in dispute."""

    entries: range
    authors: Mapping[str, int]
    """How many entries came of each author."""
    texts: int
    """How many kept texts came."""
    known: int
    """How many of its entries this book had."""
    left_out: Mapping[str, int]
    disputes: list[Dispute]


def unite(writer: Writer, theirs: Traced) -> United:
    """Append what only another book holds; the caller holds the write lock."""
    # Under a clock far ahead of ours, its entries would wrongly count as later.
    require_clock(theirs.last_moment, writer.now, theirs.name)
    first = writer.next
    union = Union(writer, theirs)
    union.require_true()
    for number, batch in groupby(theirs.own, key=lambda entry: theirs.record.rows[entry].batch):
        union.take(theirs.batches[number], [entry for entry in batch if entry not in union.numbers])
    return United(
        range(first, writer.next),
        union.authors,
        union.texts,
        union.known,
        union.left_out,
        [*union.disputes, *union.of_verdicts()],
    )
