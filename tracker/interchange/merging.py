"""Merges another book into this one: appends what only the other one holds, batch by batch."""

from collections.abc import Mapping
from datetime import UTC, timedelta
from functools import cache
from typing import NamedTuple

from tracker.dates import iso_moment, parse_iso_moment
from tracker.errors import Refused, with_rest
from tracker.interchange.disagreement import Disagreement
from tracker.interchange.kinship import Kinship
from tracker.interchange.otherbook import OtherBook
from tracker.interchange.replay import Replay, Shared
from tracker.journal.writer import PATIENCE, Writer, moment_after
from tracker.vocabulary import Command

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
        """The disagreements because of which nothing is merged."""
        return [one for one in self.disagreements if one.conflicts]


def merge(writer: Writer, other: OtherBook) -> Merged:
    """Append what only another book holds; the caller holds the write lock.

    Where declarations or closings conflict, `require_agreed` refuses the merge.
    """
    _require_clock(writer, other)
    first = writer.next
    replay = Replay(writer, Kinship(writer.connection, other), _shared(writer))
    replay.run()
    found = sorted(replay.disagreements, key=lambda one: (not one.conflicts, *one[:2]))
    return Merged(
        range(first, writer.next),
        replay.batches,
        replay.kinds,
        replay.authors,
        replay.known,
        replay.left_out,
        tuple(found),
    )


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


def require_agreed(merged: Merged, other: OtherBook) -> None:
    """Refuse a merge of books whose closings or declarations conflict."""
    if found := merged.conflicts:
        total, shown = len(found), [*map(str, found[:LISTED])]
        listed = with_rest(shown, total, "; --dry-run -f json lists all")
        raise Refused("books disagree", book=other.name, total=total, disagreements=listed)


def _require_clock(writer: Writer, other: OtherBook) -> None:
    """Refuse a book whose clock was far ahead of ours: its entries would wrongly count as later."""
    now = writer.now.astimezone(UTC)
    if other.last_moment and parse_iso_moment(other.last_moment) > now + PATIENCE:
        said, last = iso_moment(now)[:16], other.last_moment[:16]
        raise Refused("clock behind", book=other.name, now=said, last=last)
