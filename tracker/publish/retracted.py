"""The updates that were corrected or retracted after readers may have seen them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.facts import Entry
from tracker.reports.corrections import replacement
from tracker.reports.history import standing
from tracker.vocabulary import NEWS, Command, EntryKind


class Retracted(NamedTuple):
    """An update that no longer counts, its retraction, and what replaced it, if anything."""

    wrong: Entry
    by: Entry
    right: Entry | None


def retracted(entries: Sequence[Entry]) -> Iterator[Retracted]:
    """Yield what live retractions took back, in the order of the journal.

    An undo on the day of the entry is a typing mistake that no reader has seen. A withdrawal says
    nothing about each update: its subject no longer has a page.
    """
    known = {one.entry: one for one in entries}
    for by in entries:
        wrong = known.get(by.referent)
        is_live = by.kind is EntryKind.RETRACTION and by.retracted_by is None
        if not is_live or wrong is None or wrong.kind not in NEWS:
            continue
        days = {one.recorded_at.date() for one in (wrong, by)}
        if by.command is Command.WITHDRAW or (by.command is Command.UNDO and len(days) == 1):
            continue
        yield Retracted(wrong, by, replacement(by, known))


def with_retracted(entries: Sequence[Entry]) -> list[Entry]:
    """Return what counts, and also these updates with their retractions."""
    shown = {one.entry for one in standing(entries)}
    for one in retracted(entries):
        shown |= {one.wrong.entry, one.by.entry}
    return [one for one in entries if one.entry in shown]
