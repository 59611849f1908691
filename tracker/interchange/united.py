"""Brings another book into this one, and says what came of it."""

from collections.abc import Mapping
from datetime import UTC
from itertools import groupby
from typing import NamedTuple

from tracker.dates import iso_moment, parse_iso_moment
from tracker.errors import Refused
from tracker.interchange.disputes import Dispute
from tracker.interchange.otherbook import Traced
from tracker.interchange.union import Union
from tracker.journal.writer import PATIENCE, Writer


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
    _require_clock(writer, theirs)
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


def _require_clock(writer: Writer, theirs: Traced) -> None:
    """Refuse a book whose clock was far ahead of ours: its entries would wrongly count as later."""
    now, last = writer.now.astimezone(UTC), theirs.last_moment
    if last and parse_iso_moment(last) > now + PATIENCE:
        raise Refused("clock behind", book=theirs.name, now=iso_moment(now)[:16], last=last[:16])
