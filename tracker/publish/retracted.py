"""What a site still shows of updates that no longer count, struck through."""

from collections.abc import Iterable
from typing import NamedTuple

from tracker.facts import Entry
from tracker.reports.history import standing
from tracker.reports.view import View
from tracker.vocabulary import NEWS, Command, EntryKind


class Retracted(NamedTuple):
    """An update that no longer counts, and its retraction."""

    wrong: Entry
    by: Entry


def retracted(view: View) -> list[Retracted]:
    """Return the updates that were taken back after readers may have seen them, on things in view.

    An undo on the day of the entry is a typing mistake that no reader has seen.
    """
    entries = view.state.history()
    known, found = {entry.entry: entry for entry in entries}, []
    in_view = {*view.judged.positions, *view.state.agreements}
    for by in entries:
        wrong = known.get(by.referent)
        is_live = by.kind is EntryKind.RETRACTION and by.retracted_by is None
        if not is_live or wrong is None or wrong.kind not in NEWS:
            continue
        is_typo = by.command is Command.UNDO and wrong.recorded_at.date() == by.recorded_at.date()
        if (wrong.concession or wrong.agreement) in in_view and not is_typo:
            found.append(Retracted(wrong, by))
    return found


def told(view: View, slug: str, gone: Iterable[Retracted]) -> list[Entry]:
    """Return what counts of a concession, and what was retracted of it."""
    entries = view.state.history(slug)
    shown = {entry.entry for entry in standing(entries)}
    shown |= {entry.entry for pair in gone for entry in pair}
    return [entry for entry in entries if entry.entry in shown]
