"""Merges another book into this one: appends what only the other one holds, batch by batch."""

from collections.abc import Mapping
from datetime import UTC
from typing import NamedTuple

from tracker.dates import iso_moment, parse_iso_moment
from tracker.errors import BooksDisagree, ClockAhead
from tracker.interchange.differences import Conflict, Disagreement
from tracker.interchange.kinship import Kinship
from tracker.interchange.otherbook import OtherBook
from tracker.interchange.replay import Replay
from tracker.journal import Writer
from tracker.journal.merge import Merge
from tracker.journal.writer import PATIENCE
from tracker.vocabulary import Command, Kept

ROUNDS = 5
"""The most passes: settling one conflict can bring another to light."""

LISTED = 100
"""How many disagreements a refusal lists."""


class Merged(NamedTuple):
    """What a merge added, what it left out and why, and where the two books disagree."""

    entries: range
    batches: int
    kinds: Mapping[str, int]
    authors: Mapping[str, int]
    known: int
    left_out: Mapping[str, int]
    disagreements: tuple[Disagreement, ...]


def merge(writer: Writer, other: OtherBook, keep: Kept | None = None) -> Merged:
    """Append what only another book holds; the caller holds the write lock.

    Conflicting closings and declarations are settled as `keep` says; without it they stay, and
    `require_settled` refuses them.
    """
    _require_clock(writer, other)
    first = writer.next
    kin = Kinship(writer.connection, other)
    writer.connection.text("SAVEPOINT merging")
    replay = Replay(writer, kin, Merge(writer))
    replay.run()
    settled: list[Conflict] = []
    for _ in range(ROUNDS if keep else 0):
        if not replay.conflicts:
            break
        settled += replay.conflicts
        writer.connection.text("ROLLBACK TO SAVEPOINT merging")
        writer = writer.anew()
        replay = _settled(writer, kin, settled, keep)
    return _merged(replay, first, _kept(settled, keep))


def _settled(writer: Writer, kin: Kinship, settled: list[Conflict], keep: Kept | None) -> Replay:
    """Return a pass in which conflicts are settled; leaving entries out can cause further ones."""
    merging, left_out = Merge(writer), frozenset[int]()
    if keep is Kept.OURS:
        left_out = left_out.union(*(one.theirs for one in settled))
    else:
        _yield(writer, settled, merging)
    subjects = frozenset(one.disagreement.subject for one in settled)
    replay = Replay(writer, kin, merging, left_out, subjects)
    replay.run()
    return replay


def _kept(settled: list[Conflict], keep: Kept | None) -> list[Disagreement]:
    """Return what was settled, each thing once."""
    found = {(one.disagreement.what, one.disagreement.subject): one for one in reversed(settled)}
    return [one.disagreement._replace(kept=keep and keep.value) for one in found.values()]


def require_settled(merged: Merged, other: OtherBook) -> None:
    """Refuse a merge while closings or declarations conflict."""
    open_ones = [str(one) for one in merged.disagreements if one.conflicts]
    if open_ones:
        raise BooksDisagree(book=other.name, total=len(open_ones), disagreements=open_ones[:LISTED])


def _yield(writer: Writer, conflicts: list[Conflict], merging: Merge) -> None:
    """Take back this book's side of each conflict, in a batch by the author of the merge."""
    with writer.batch(Command.MERGE, lambda: merging.told):
        for conflict in conflicts:
            if conflict.settle is not None:
                conflict.settle(writer)


def _merged(replay: Replay, first: int, kept: list[Disagreement]) -> Merged:
    disagreements = (*kept, *replay.disagreements)
    return Merged(
        range(first, replay.next),
        replay.batches,
        replay.kinds,
        replay.authors,
        replay.known,
        replay.left_out,
        tuple(sorted(disagreements, key=lambda one: (not one.conflicts, one.what, one.subject))),
    )


def _require_clock(writer: Writer, other: OtherBook) -> None:
    """Refuse a book whose clock was far ahead of ours: its entries would wrongly count as later."""
    now = writer.now.astimezone(UTC)
    if other.last_moment and parse_iso_moment(other.last_moment) > now + PATIENCE:
        said, last = iso_moment(now)[:16], other.last_moment[:16]
        raise ClockAhead(book=other.name, now=said, last=last)
