"""The receipts of files and other books: what `apply`, `import` and `merge` wrote and changed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tracker.database import Connection
from tracker.facts import Entry
from tracker.interchange.disagreement import Disagreement
from tracker.journal.declaring import Change, in_words
from tracker.reports.changes import change_rows
from tracker.reports.delivered import delivered, delivered_in_words, each_in_words
from tracker.reports.frame import counted
from tracker.reports.receipt import (
    MOST_LISTED,
    Effect,
    Receipt,
    as_before,
    effect_of,
    moved,
    recorded,
    told,
)
from tracker.tables import NOTHING, Flattened, Report, Section
from tracker.vocabulary import EntryKind, ThingKind

if TYPE_CHECKING:  # `add` writes a receipt, too, and reads no file
    from tracker.interchange.applying import Applied
    from tracker.interchange.importing import Imported
    from tracker.interchange.merging import Merged

LISTED = 20
"""How many disagreements a receipt lists; JSON has all."""
MOVED = frozenset(("awaits", "due_on", "target"))
"""The fields of a deadline for which `move` records what happened later."""


def applied_report(
    connection: Connection, today: date, applied: "Applied", dry_run: bool
) -> Report:
    """Return what files declared; for a dry run, also each entry, as nothing else will show it."""
    effect = effect_of(connection, today, applied.entries)
    entries = effect.entries if dry_run else []
    updates = [entry for entry in entries if entry.kind is not EntryKind.DECLARATION]
    lines = changes_in_words(applied.changes)
    lines += [recorded(effect.after, entry) for entry in updates]
    lines += [*effect.moved(), *effect.warned]
    lines += [f"{name}: in the book but not in the file; it stays" for name in applied.lacking]
    changes = counted(len(applied.changes), "change", "changes")
    updated = counted(applied.recorded, "entry", "entries")
    lines.append(f"{changes} and {updated} {'would be ' if dry_run else ''}written.")
    if applied.taken_back:
        gone = counted(applied.taken_back, "entry of the file was", "entries of the file were")
        lines.append(f"{gone} taken back in the book; log again what still counts.")
    written = range(0) if dry_run else applied.entries
    sections = [Section(lines=tuple(lines))]
    return Report({"rows": entries}, Entry, sections=sections, written=written)


def changes_in_words(changes: Sequence[Change]) -> list[str]:
    """Return what was declared, one line per thing or field."""
    lines = []
    for change in changes:
        lines += in_words(change)
        if change.what is ThingKind.DEADLINE and not change.added and MOVED & {*change.fields}:
            hint = "this corrects the record; for a new day or target, use 'tracker move'"
            lines.append(f"deadline {change.slug}: {hint}")
    return lines


class ImportReceipt(NamedTuple):
    """What an import recorded, and what the book already held."""

    receipt: Flattened[Receipt]
    known: int
    """How many lines the book already held; only `import` has this key."""
    left_out: int
    """How many declarations, kept texts, undone corrections and lines about them were left out;
    `import` only.
    """
    skipped: list["Skipped"]
    """How many rows a recipe left out, and why; `import` only."""


class Skipped(NamedTuple):
    """The rows that a recipe left out for one reason."""

    reason: str
    rows: int


def imported_report(
    connection: Connection, today: date, imported: "Imported", *, dry_run: bool, in_full: bool
) -> Report:
    """Return what was written, what the book held already, and what that changed.

    `in_full`, the report has every new entry and change.
    """
    effect = effect_of(connection, today, imported.entries, whole=True)
    warned = effect.warnings if len(imported.entries) <= MOST_LISTED else []
    receipt = Receipt([], [], warned)
    if in_full:
        changes = change_rows(effect.before, effect.after, effect.differences)
        receipt = Receipt(effect.entries, changes, warned)
    skipped = [Skipped(*counts) for counts in imported.skipped.items()]
    lines = [_imported(imported, dry_run)]
    lines += [f"Left out: {counted(rows, 'row', 'rows')}, {why}." for why, rows in skipped]
    lines += [*_changes(effect), *(f"Warning: {line}" for line in warned)]
    found = ImportReceipt(receipt, imported.known, imported.left_out.total(), skipped)
    return told(found, lines, range(0) if dry_run else imported.entries)


def _changes(effect: Effect) -> Iterator[str]:
    """Yield a line for each concession, or its amount, that changed."""
    before, view = effect.before, effect.after
    for slug in before.judged.positions:
        if slug not in view.judged.positions:
            yield f"{slug}: no longer declared"
    for slug in view.judged.positions:
        if slug in before.judged.positions:
            line, now = moved(before, view, slug), delivered(view, slug)
            if delivered(before, slug) != now:
                figures = each_in_words(view, now, delivered_in_words) or NOTHING
                line = f"{line or as_before(view, slug)}; {figures}"
            if line:
                yield line


def _imported(imported: "Imported", dry_run: bool) -> str:
    """Return an import on one line."""
    numbers, known, gone, left_out, _ = imported
    texts, undone = left_out["text"], left_out["retraction"]
    would = "would be " if dry_run else ""
    many = f"{counted(len(numbers), 'entry', 'entries')} {would}written"
    which = f", #{numbers.start}" if numbers else ""
    which += f" to #{numbers.stop - 1}" if len(numbers) > 1 else ""
    there = f"; {counted(known, 'was', 'were')} there already" if known else ""
    if gone:
        there += f", {gone:,} of them taken back since: log again what still counts"
    if declared := left_out.total() - texts - undone:
        were = counted(declared, "declaration was", "declarations were")
        there += f"; {were} left out ('tracker apply' adds declarations)"
    if texts:
        there += f"; {counted(texts, 'kept text was', 'kept texts were')} left out"
    if undone:
        there += f"; {counted(undone, 'line', 'lines')} of undone corrections were left out"
    return f"{many}{which if not dry_run else ''}{there}."


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


def merged_report(
    connection: Connection, today: date, merged: "Merged", *, dry_run: bool, in_full: bool
) -> Report:
    """Return what was merged and what that changed.

    While there are conflicts, it would change nothing.
    """
    effect = effect_of(connection, today, merged.entries, whole=True)
    changes = change_rows(effect.before, effect.after, effect.differences) if in_full else []
    receipt = Receipt(effect.entries if in_full else [], changes, [])
    changed = [*_changes(effect)]
    would = "would be " if dry_run else ""
    lines = [_merged(merged, would), *_counted(merged), *_remarks(merged), *_disagreements(merged)]
    if merged.conflicts:  # only a dry run gets so far
        changed, places = [], counted(len(merged.conflicts), "place", "places")
        lines.insert(0, f"The merge would be refused: {places} conflict. Correct one of the books.")
    found = MergeReceipt(
        receipt,
        merged.batches,
        merged.kinds,
        {author: entries for author, entries in merged.authors.items() if entries},
        merged.known,
        merged.left_out,
        [*merged.disagreements],
    )
    return told(found, [*lines, *changed], range(0) if dry_run else merged.entries)


def _merged(merged: "Merged", would: str) -> str:
    """Return a merge on one line."""
    many, batches = sum(merged.kinds.values()), merged.batches
    entries = counted(many, "entry", "entries")
    commands = f" of {counted(batches, 'command', 'commands')}" if many else ""
    there = f"; {counted(merged.known, 'was', 'were')} there already"
    first, last = merged.entries.start, merged.entries.stop - 1
    which = f", #{first}" if first == last else f", #{first} to #{last}"
    numbers = which if merged.entries and not would else ""
    return f"{entries}{commands} {would}merged{numbers}{there if merged.known else ''}."


def _counted(merged: "Merged") -> Iterator[str]:
    """Yield the counts by kind and author, and of entries left out by reason, in lines."""
    for title, counts in (("Kinds", merged.kinds), ("Authors", merged.authors)):
        most_first = sorted((-many, name) for name, many in counts.items() if many)
        if told := ", ".join(f"{name} {-less:,}" for less, name in most_first):
            yield f"{title}: {told}."
    for why, many in merged.left_out.items():
        yield f"Left out: {counted(many, 'entry', 'entries')}, {why}."


def _remarks(merged: "Merged") -> Iterator[str]:
    """Yield what may surprise: books that never had anything in common, and files left behind."""
    if not merged.known:
        yield "The two books have no entry in common: they were made separately."
    if merged.kinds.get("text"):
        copy = "copy those from the folder beside the other book, NAME.d"
        yield f"Kept texts come without their files: {copy}."


def _disagreements(merged: "Merged") -> Iterator[str]:
    """Yield where the books disagree, the first ones on a line each."""
    found = merged.disagreements
    if found:
        yield f"The books disagree in {counted(len(found), 'place', 'places')}:"
    yield from (f"  {one}" for one in found[:LISTED])
    if len(found) > LISTED:
        yield f"  … and {len(found) - LISTED:,} more; -f json lists all"
