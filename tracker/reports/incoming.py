"""The receipts of files and other books: what `apply` and `import` wrote and changed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tracker.interchange.disputes import Imported, Saved
from tracker.interchange.unsettled import came_from_elsewhere
from tracker.journal.writer import Writer
from tracker.reports.history import ENTRY
from tracker.reports.receipt import (
    MOST_LISTED,
    RECEIPT,
    Receipt,
    effect_of,
    receipt_report,
    recorded,
)
from tracker.tables import Report, Section, counted, keys_of
from tracker.vocabulary import EntryKind, ThingKind

if TYPE_CHECKING:  # `add` writes a receipt, too, and reads no file
    from tracker.interchange.applying import Applied


def applied_report(writer: Writer, applied: "Applied", dry_run: bool) -> Report:
    """Return what files declared; for a dry run, also each entry, as nothing else will show it."""
    effect = effect_of(writer, applied.entries)
    changes = [entry for entry in effect.entries if "was" in (entry.declares or {})]
    lines = [
        recorded(effect.view, entry)
        for entry in (effect.entries if dry_run else changes)
    ]
    if added := [change for change in applied.changes if change.added]:
        lines.append(f"Added {added_in_words(applied)}.")
    lines += [*effect.lines]
    lines += [
        f"{name}: in the book but not in the file; it stays" for name in applied.lacking
    ]
    changed = counted(len(applied.changes), "change", "changes")
    updated = counted(applied.recorded, "entry", "entries")
    lines.append(f"{changed} and {updated} {'would be ' if dry_run else ''}written.")
    new = (
        change.slug
        for change in added
        if change.what is ThingKind.AGREEMENT and not dry_run
    )
    lines += [f"See 'tracker status --agreement {slug}'." for slug in new]
    if applied.taken_back:
        gone = counted(
            applied.taken_back, "entry of the file was", "entries of the file were"
        )
        lines.append(f"{gone} taken back in the book; log again what still counts.")
    rows, written = (effect.entries, range(0)) if dry_run else ([], applied.entries)
    sections = [Section(lines=tuple(lines))]
    return Report({"rows": rows}, {"rows": ENTRY}, sections=sections, written=written)


def added_in_words(applied: "Applied") -> str:
    """Return how much files added: `1 agreement, 4 concessions and 12 updates`."""
    added = Counter(change.what for change in applied.changes if change.added)
    plurals = {kind: f"{kind}s" for kind in ThingKind} | {ThingKind.PARTY: "parties"}
    parts = [
        counted(added[kind], kind, plural)
        for kind, plural in plurals.items()
        if added[kind]
    ]
    return ", ".join([*parts, counted(applied.recorded, "update", "updates")])


class ImportReceipt(NamedTuple):
    """What an import recorded, of a file or of another book, and what it left out."""

    receipt: Receipt
    authors: Mapping[str, int]
    """How many entries came from another book, of each author."""
    imported: Imported


IMPORTED = keys_of(Imported, hidden=["entries", "taken_back"])
IMPORT_RECEIPT = keys_of(ImportReceipt, flat={"receipt": RECEIPT, "imported": IMPORTED})


def imported_report(
    writer: Writer, imported: Imported, *, dry_run: bool, in_full: bool
) -> Report:
    """Return what was written, what the book held already, and what that changed.

    `in_full`, the report has every new entry and change.
    """
    # Without every change, no line is about a note, of which there may be very many.
    effect = effect_of(writer, imported.entries, whole=True, with_notes=in_full)
    entries, record = effect.entries, effect.view.state.record
    authors = Counter(
        entry.author for entry in entries if came_from_elsewhere(record, entry)
    )
    listed, changes = (entries, effect.rows) if in_full else ([], [])
    lines = [_written(imported, dry_run)]
    if imported.saved:
        lines.append(
            f"As they were numbered: {'; '.join(_old_numbers(imported.saved))}."
        )
    if authors:
        named = (f"{name} {many:,}" for name, many in authors.most_common())
        lines.append(f"Authors: {', '.join(named)}.")
    left_out = [(counted(many, "row", "rows"), why) for why, many in imported.skipped]
    for why, many in imported.omitted.items():
        if slugs := imported.omitted_about.get(why, ()):
            why += f": {', '.join(slugs[:MOST_LISTED])}"
            why += (
                f" and {len(slugs) - MOST_LISTED:,} more"
                if len(slugs) > MOST_LISTED
                else ""
            )
        left_out.append((counted(many, "entry", "entries"), why))
    lines += [f"Left out: {many}, {why}." for many, why in left_out]
    if any(entry.kind is EntryKind.TEXT for entry in entries):
        copy = "copy those from the folder beside the other book, NAME.d"
        lines.append(f"Kept texts come without their files: {copy}.")
    lines += [f"found: {dispute}" for dispute in imported.disputes[:MOST_LISTED]]
    if (more := len(imported.disputes) - MOST_LISTED) > 0:
        lines.append(f"found: {more:,} more; -f json lists all")
    receipt = ImportReceipt(Receipt(listed, changes, effect.warnings), authors, imported)
    written = range(0) if dry_run else imported.entries
    return receipt_report(receipt, IMPORT_RECEIPT, [*lines, *effect.lines], written)


def _old_numbers(saved: Sequence[Saved]) -> list[str]:
    """Return which numbers the entries of a damaged book had there, one item a run of them."""
    runs: list[list[Saved]] = []
    for entry in saved:
        last = runs[-1][-1] if runs else None
        if last and (entry.entry, entry.was) == (last.entry + 1, last.was + 1):
            runs[-1].append(entry)
        else:
            runs.append([entry])
    words = []
    for run in runs[:MOST_LISTED]:
        first, last = run[0], run[-1]
        is_one = first is last
        words.append(
            f"#{first.entry} was {first.was}" if is_one
            else f"#{first.entry} to #{last.entry} were {first.was} to {last.was}"
        )  # fmt: skip
    more = len(runs) - MOST_LISTED
    return [*words, f"{more:,} more; -f json lists all"] if more > 0 else words


def _written(imported: Imported, dry_run: bool) -> str:
    """Return what was written, under which numbers, and what was not, as it was there already."""
    numbers = imported.entries
    words = f"{counted(len(numbers), 'entry', 'entries')} {'would be ' if dry_run else ''}written"
    if numbers and not dry_run:
        words += f", #{numbers[0]}" + (f" to #{numbers[-1]}" if len(numbers) > 1 else "")
    if imported.known:
        words += f"; {counted(imported.known, 'was', 'were')} there already"
    if imported.taken_back:
        gone = f"{imported.taken_back:,} of them taken back since"
        words += f", {gone}: log again what still counts"
    if imported.left_out:
        words += f"; {counted(imported.left_out, 'line was', 'lines were')} left out: declarations"
        words += " ('tracker apply' adds these), kept texts or undone corrections"
    return f"{words}."
