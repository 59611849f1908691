"""Merges another book into this one: appends what only the other one holds, batch by batch."""

from collections.abc import Collection, Mapping
from datetime import UTC, timedelta
from functools import cache
from typing import NamedTuple

from tracker.dates import iso_moment, parse_iso_moment
from tracker.errors import BooksDisagree, ClockBehind
from tracker.facts import LATEST
from tracker.interchange.kinship import Kinship
from tracker.interchange.otherbook import OtherBook
from tracker.interchange.replay import Replay, Shared
from tracker.interchange.settlement import Conflict, Disagreement, live, settle
from tracker.journal.writer import PATIENCE, Writer, moment_after
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

    @property
    def conflicts(self) -> list[Disagreement]:
        """The disagreements that have to be settled before anything is merged."""
        return [one for one in self.disagreements if one.conflicts]


def merge(writer: Writer, other: OtherBook, keep: Kept | None = None) -> Merged:
    """Append what only another book holds; the caller holds the write lock.

    Conflicting closings and declarations are settled as `keep` says; without it they stay, and
    `require_settled` refuses them.
    """
    _require_clock(writer, other)
    first = writer.next
    kin = Kinship(writer.connection, other)
    writer.connection.text("SAVEPOINT merging")
    shared = _shared(writer)
    replay = Replay(writer, kin, shared)
    replay.run()
    settled: dict[tuple[str, str], Conflict] = {}
    for _ in range(ROUNDS if keep else 0):
        assert keep is not None
        new = {
            one.key: one
            for one in replay.conflicts
            if one.key not in settled and one.is_settled_by(keep)
        }
        settled |= new
        if not any(one.unfit or (keep is Kept.THEIRS and one.ready) for one in new.values()):
            break
        writer.connection.text("ROLLBACK TO SAVEPOINT merging")
        writer = writer.anew()
        shared = _shared(writer)
        replay = _again(writer, kin, shared, settled.values(), keep)
    if keep:
        _settle(writer, replay, shared, settled.values(), keep)
    return _merged(replay, range(first, writer.next), settled, keep)


def _shared(writer: Writer) -> Shared:
    """Return what all batches of a merge share, as a function: the moment is not known yet.

    The moment is taken when the first of them is sealed. It is later than any in the book, which
    distinguishes these batches from those of the merge before.
    """
    after = writer.begun(Command.MERGE).after

    @cache
    def shared() -> dict[str, str]:
        moment = moment_after(after, writer.now)
        if after is not None:
            moment = max(moment, after + timedelta(microseconds=1))
        return {"merged_by": writer.author, "recorded_at": iso_moment(moment)}

    return shared


def _again(
    writer: Writer, kin: Kinship, shared: Shared, settled: Collection[Conflict], keep: Kept
) -> Replay:
    """Return another pass, in which everything that can be recorded fits."""
    with writer.batch(Command.MERGE, shared):
        for conflict in settled:
            if conflict.ready and keep is Kept.THEIRS:
                conflict.ready(writer)
    unfit = (one.unfit for one in settled if keep is Kept.OURS)
    subjects = frozenset(one.disagreement.subject for one in settled)
    replay = Replay(writer, kin, shared, frozenset().union(*unfit), subjects)
    replay.run()
    return replay


def _settle(
    writer: Writer, replay: Replay, shared: Shared, settled: Collection[Conflict], keep: Kept
) -> None:
    """Let the entries in conflict count as in the book that is kept, by entries of their own.

    So what was decided reaches the other book, too: it is neither asked again nor overruled there.
    """
    connection, before = writer.connection, replay.before
    with writer.batch(Command.MERGE, shared):
        for cell in (one.cell for one in settled if one.cell is not None):
            held = cell.entries(connection, LATEST)
            ours = live(cell.entries(connection, before))
            settle(writer, held, ours if keep is Kept.OURS else replay.there(held))


def require_settled(merged: Merged, other: OtherBook) -> None:
    """Refuse a merge while closings or declarations conflict."""
    if found := merged.conflicts:
        listed = [*map(str, found[:LISTED])]
        raise BooksDisagree(book=other.name, total=len(found), disagreements=listed)


def _merged(
    replay: Replay,
    entries: range,
    settled: Mapping[tuple[str, str], Conflict],
    keep: Kept | None,
) -> Merged:
    kept = [one.disagreement._replace(kept=keep and keep.value) for one in settled.values()]
    open_ones = [one for one in replay.disagreements if one[:2] not in settled]
    disagreements = (*kept, *open_ones)
    return Merged(
        entries,
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
        raise ClockBehind(book=other.name, now=said, last=last)
