"""What two books say otherwise, and which of it nobody has settled since an import."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, NamedTuple

from tracker.declared import by_key
from tracker.entry import Entry
from tracker.record import Record
from tracker.things import differing, in_words
from tracker.vocabulary import HIDDEN, EntryKind


class Dispute(NamedTuple):
    """What the two books say otherwise about one thing."""

    what: str
    """A `verdict`, a `declaration` or a `closing`."""
    subject: str
    ours: str
    """What this book says."""
    theirs: str
    """What the other book says."""
    counts: str
    """Whose word counts until somebody settles it: `ours` or `theirs`."""

    def __str__(self) -> str:
        """Return it as one line."""
        says = f"here {self.ours}, there {self.theirs}"
        return f"{self.what} of {self.subject}: {says}: {self.counts} counts"


class Skipped(NamedTuple):
    """The rows that a recipe left out for one reason."""

    reason: str
    """Why they were left out."""
    rows: int


class Saved(NamedTuple):
    """An entry that came from a damaged book."""

    entry: int
    """Its number in this book."""
    was: int
    """Its number in the damaged book."""


class Imported(NamedTuple):
    """What an import wrote, what the book held already, what was left out, and what is disputed."""

    entries: Annotated[range, HIDDEN]
    known: int
    """How many lines of the file, or entries of the other book, were there already."""
    taken_back: Annotated[int, HIDDEN]
    """How many of these are retracted by now, and are not restored."""
    left_out: int
    """How many declarations, kept texts, undone corrections and lines about them were left out."""
    skipped: list[Skipped]
    """How many rows a recipe left out, and why."""
    omitted: Mapping[str, int]
    """How many entries of another book were left out, and why."""
    disputes: list[Dispute]
    """What the two books say otherwise about one thing, and which of them counts."""
    saved: Sequence[Saved] = ()
    """The entries that came from a damaged book, with the numbers that they had there."""


def rival(record: Record, verdicts: list[Entry]) -> Entry | None:
    """Return the verdict of another book that differs from the last one, which counts, of a day.

    A verdict that somebody logged here when the other one was there settles the question, and so
    does a check of the concession since.
    """
    last = verdicts[-1]
    for other in verdicts[-2::-1]:
        came = [entry for entry in (last, other) if came_from_elsewhere(record, entry)]
        if other.stage is last.stage or other.author == last.author or not came:
            continue
        if last in came or last.entry < other.entry:
            latest = max(last.entry, other.entry)
            checks = record.live[EntryKind.CHECK].get(last.subject, [])
            here = (entry.entry for entry in checks if not came_from_elsewhere(record, entry))
            return None if max(here, default=0) > latest else other
    return None


def put_aside(record: Record) -> Iterator[tuple[Entry, Entry]]:
    """Yield each declaration and closing that an import put aside, and what took it back.

    What the other author took back, too, is settled, and so is anything about which somebody here
    declared, closed, noted or checked something since.
    """
    has_decisions = any(map(is_decision, record.batches.values()))
    entries = record.entries.values() if has_decisions else ()  # of a large book they take long
    live = [entry for entry in entries if entry.retracted_by is None]
    here = (entry for entry in live if not came_from_elsewhere(record, entry))
    settling = {word.subject: word.entry for word in here if word.kind in SETTLING or word.outcome}
    retractions = [entry for entry in live if entry.kind is EntryKind.RETRACTION]
    times = by_key((entry.referent, entry) for entry in retractions)
    for entry in retractions:
        theirs = record.entries[entry.referent]
        settled = settling.get(theirs.subject, 0) > entry.entry or len(times[theirs.entry]) > 1
        if is_decision(record.batches.get(entry.batch)) and not settled:
            yield theirs, entry


SETTLING = (EntryKind.DECLARATION, EntryKind.NOTE, EntryKind.CHECK)
"""What somebody records to settle what was put aside, besides another closing."""


def came_from_elsewhere(record: Record, entry: Entry) -> bool:
    """Return whether an entry came from another book."""
    batch = record.batches.get(entry.batch)
    return bool(batch and batch.origin_at)


def is_decision(batch: Any) -> bool:
    """Return whether an import itself wrote a batch, to put aside what it did not accept."""
    return bool(batch and batch.merged_by and batch.origin_at is None)


def of_verdicts(record: Record, came: Mapping[int, int]) -> list[Dispute]:
    """Return where verdicts of one day differ: the one that was recorded later counts.

    `came` has the numbers in the other book of the entries that came from it.
    """
    disputes = []
    stages = (entry for entries in record.live[EntryKind.STAGE].values() for entry in entries)
    by_day = by_key(((entry.subject, entry.on), entry) for entry in stages if entry.is_verdict)
    for (slug, _), verdicts in by_day.items():  # the one that counts is the last
        last, other = verdicts[-1], rival(record, verdicts)
        if other is None or (last.entry in came) == (other.entry in came):
            continue
        ours, theirs = (other, last) if last.entry in came else (last, other)
        here, there = f"{ours.stage} (#{ours.entry})", f"{theirs.stage} (#{came[theirs.entry]})"
        counts = "theirs" if theirs is last else "ours"
        disputes.append(Dispute("verdict", slug, here, there, counts))
    return disputes


def closed(closing: Entry) -> str:
    """Return how an entry closes a deadline, in words."""
    return f"{closing.outcome} on {closing.effective_on} (#{closing.entry})"


def apart(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> tuple[str, str]:
    """Return in which fields two declarations of a thing differ, and how."""
    here, there = (
        ", ".join(f"{name} '{in_words(words.get(name))}'" for name in differing(ours, theirs))
        for words in (ours, theirs)
    )
    return here, there
