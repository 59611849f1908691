"""The receipt of a merge: what it added, what it left out, and the disagreements."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tracker.interchange.merging import Merged
from tracker.interchange.settlement import Disagreement
from tracker.reports.frame import counted
from tracker.reports.imported import Watch
from tracker.reports.receipt import Receipt, told
from tracker.tables import Report
from tracker.tables.rows import Flattened

LISTED = 20
"""How many disagreements a receipt lists; JSON has all."""


class MergeReceipt(NamedTuple):
    """What a merge recorded, what it left out, and where the books disagree."""

    receipt: Flattened[Receipt]
    batches: int
    """How many of the other book's commands were merged, at least in part."""
    kinds: Mapping[str, int]
    """How many entries of each kind were merged."""
    authors: Mapping[str, int]
    """How many entries of each author were merged."""
    known: int
    """How many of the other book's entries this one already held."""
    omitted: Mapping[str, int]
    """How many other entries were left out, and why."""
    disagreements: list[Disagreement]
    """The differences between the two books, each once."""


def merged_report(watch: Watch, merged: Merged, dry_run: bool) -> Report:
    """Return what was merged and what that changed.

    While there are conflicts, what it would change depends on how they are settled.
    """
    receipt, moved = watch.changes(merged.entries)
    would = "would be " if dry_run else ""
    lines = [summary(merged, would), *_counted(merged), *_remarks(merged), *_disagreements(merged)]
    if merged.conflicts:  # only a dry run gets so far
        moved, places = [], counted(len(merged.conflicts), "place", "places")
        choose = "Choose with --keep ours or --keep theirs, or correct one of them."
        lines.insert(0, f"The merge would be refused: the books conflict in {places}. {choose}")
    found = MergeReceipt(
        receipt,
        merged.batches,
        merged.kinds,
        {author: entries for author, entries in merged.authors.items() if entries},
        merged.known,
        merged.left_out,
        [*merged.disagreements],
    )
    return told(found, [*lines, *moved], range(0) if dry_run else merged.entries)


def summary(merged: Merged, would: str = "") -> str:
    """Return a merge on one line."""
    many, batches = sum(merged.kinds.values()), merged.batches
    entries = counted(many, "entry", "entries")
    commands = f" of {counted(batches, 'command', 'commands')}" if many else ""
    there = f"; {counted(merged.known, 'was', 'were')} there already"
    settling = len(merged.entries) - many
    settles = f", and {settling:,} written to settle conflicts"
    first, last = merged.entries.start, merged.entries.stop - 1
    which = f", #{first}" if first == last else f", #{first} to #{last}"
    parts = (settles if settling else "", which if merged.entries and not would else "")
    return f"{entries}{commands} {would}merged{''.join(parts)}{there if merged.known else ''}."


def _counted(merged: Merged) -> Iterator[str]:
    """Yield the counts by kind and author, and of entries left out by reason, in lines."""
    for title, counts in (("Kinds", merged.kinds), ("Authors", merged.authors)):
        most_first = sorted((-many, name) for name, many in counts.items() if many)
        if told := ", ".join(f"{name} {-less:,}" for less, name in most_first):
            yield f"{title}: {told}."
    for why, many in merged.left_out.items():
        yield f"Left out: {counted(many, 'entry', 'entries')}, {why}."


def _remarks(merged: Merged) -> Iterator[str]:
    """Yield what may surprise: books that never had anything in common, and files left behind."""
    if not merged.known:
        yield "The two books have no entry in common: they were made separately."
    if merged.kinds.get("text"):
        copy = "copy those from the folder beside the other book, NAME.d"
        yield f"Kept texts come without their files: {copy}."


def _disagreements(merged: Merged) -> Iterator[str]:
    """Yield where the books disagree, the first ones on a line each."""
    found = merged.disagreements
    if found:
        yield f"The books disagree in {counted(len(found), 'place', 'places')}:"
    yield from (f"  {one}" for one in found[:LISTED])
    if len(found) > LISTED:
        yield f"  … and {len(found) - LISTED:,} more; -f json lists all"
