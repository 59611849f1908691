"""The receipts of files and other books: what `apply` and `import` wrote and changed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from tracker.entry import Entry
from tracker.interchange.disputes import Imported, Saved, came_from_elsewhere
from tracker.journal.writer import Writer
from tracker.reports.receipt import (
    MOST_LISTED,
    Effect,
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
    lines = []
    for entry in effect.entries:
        if dry_run or "was" in (entry.declares or {}):
            lines.append(recorded(effect.view, entry))
    added = [change for change in applied.changes if change.added]
    if added:
        lines.append(f"Added {added_in_words(applied)}.")
    lines += effect.lines
    for name in applied.lacking:
        lines.append(f"{name}: in the book but not in the file; it stays")
    changed = counted(len(applied.changes), "change")
    updated = counted(applied.recorded, "entry", "entries")
    lines.append(f"{changed} and {updated} {_written(dry_run)}.")
    for change in added:
        if change.what is ThingKind.AGREEMENT and not dry_run:
            lines.append(f"See 'tracker status --agreement {change.slug}'.")
    if applied.taken_back:
        were = "entry of the file was", "entries of the file were"
        gone = counted(applied.taken_back, *were)
        lines.append(f"{gone} taken back in the book; log again what still counts.")
    rows, written = (effect.entries, range(0)) if dry_run else ([], applied.entries)
    sections = [Section(lines=lines)]
    return Report({"rows": rows}, Entry, sections=sections, written=written)


def _written(dry_run: bool) -> str:
    return "would be written" if dry_run else "written"


def added_in_words(applied: "Applied") -> str:
    """Return how much files added: `1 agreement, 4 concessions and 12 updates`."""
    added = Counter(change.what for change in applied.changes if change.added)
    parts = []
    for kind in ThingKind:
        if added[kind]:
            plural = "parties" if kind is ThingKind.PARTY else ""
            parts.append(counted(added[kind], kind, plural))
    return ", ".join([*parts, counted(applied.recorded, "update", "updates")])


class ImportReceipt(NamedTuple):
    """What an import recorded, of a file or of another book, and what it left out."""

    receipt: Receipt
    authors: Mapping[str, int]
    """How many entries came from another book, of each author."""
    disputes: Sequence[str]
    """What two books say otherwise since, one line each, as in `check`."""
    imported: Imported


keys_of(Imported, hidden=["entries", "taken_back"])
keys_of(ImportReceipt, flat=["receipt", "imported"])


def imported_report(
    writer: Writer, imported: Imported, *, dry_run: bool, in_full: bool
) -> Report:
    """Return what was written, what the book held already, and what that changed.

    `in_full`, the report has every new entry and change.
    """
    # Without every change, no line is about a note, of which there may be very many.
    effect = effect_of(writer, imported.entries, whole=True, with_notes=in_full)
    entries = effect.entries
    record = effect.view.record
    authors = Counter(
        entry.author for entry in entries if came_from_elsewhere(record, entry)
    )
    lines = [_numbers_in_words(imported, dry_run)]
    if imported.saved:
        runs = _first_of(_old_numbers(imported.saved))
        lines.append(f"As they were numbered: {'; '.join(map(str, runs))}.")
    if authors:
        named = [f"{name} {many:,}" for name, many in authors.most_common()]
        lines.append(f"Authors: {', '.join(named)}.")
    for why, many in imported.skipped:
        lines.append(f"Left out: {counted(many, 'row')}, {why}.")
    for why, many in imported.omitted.items():
        slugs = imported.omitted_about.get(why, ())
        about = f": {', '.join(slugs[:MOST_LISTED])}" if slugs else ""
        if len(slugs) > MOST_LISTED:
            about += f" and {len(slugs) - MOST_LISTED:,} more"
        lines.append(f"Left out: {counted(many, 'entry', 'entries')}, {why}{about}.")
    if any(entry.kind is EntryKind.TEXT for entry in entries):
        copy = "copy those from the folder beside the other book, NAME.d"
        lines.append(f"Kept texts come without their files: {copy}.")
    disputes = _disputes(effect)
    for dispute in _first_of(disputes):
        lines.append(f"found: {dispute}")
    written = Receipt([], [], effect.warnings)
    if in_full:
        written = Receipt(entries, effect.rows, effect.warnings)
    receipt = ImportReceipt(written, authors, disputes, imported)
    numbers = range(0) if dry_run else imported.entries
    return receipt_report(receipt, [*lines, *effect.lines], numbers)


def _first_of(listed: Sequence[object]) -> list[object]:
    """Return the first of many, and how many more there are."""
    more = len(listed) - MOST_LISTED
    others = [f"{more:,} more; -f json lists all"] if more > 0 else []
    return [*listed[:MOST_LISTED], *others]


def _disputes(effect: Effect) -> list[str]:
    """Return what `check` finds in dispute since an import of another book."""
    if not effect.view.record.is_merged:
        return []
    from tracker.reports.check import disputed

    before = {*disputed(effect.before)}
    return [
        f"{slug}: {words}"
        for slug, words in disputed(effect.view)
        if (slug, words) not in before
    ]


def _old_numbers(saved: Sequence[Saved]) -> list[str]:
    """Return which numbers the entries of a damaged book had there, one item a run of them."""
    words = []
    placed = enumerate(saved)
    runs = groupby(placed, lambda at: (at[1].entry - at[0], at[1].was - at[0]))
    for _, run in runs:
        entries = [entry for _, entry in run]
        first = entries[0]
        last = entries[-1]
        if first is last:
            words.append(f"#{first.entry} was {first.was}")
        else:
            now = f"#{first.entry} to #{last.entry}"
            words.append(f"{now} were {first.was} to {last.was}")
    return words


def _numbers_in_words(imported: Imported, dry_run: bool) -> str:
    """Return what was written, under which numbers, and what was not, as it was there already."""
    numbers = imported.entries
    words = f"{counted(len(numbers), 'entry', 'entries')} {_written(dry_run)}"
    if numbers and not dry_run:
        words += f", #{numbers[0]}"
        words += f" to #{numbers[-1]}" if len(numbers) > 1 else ""
    if imported.known:
        words += f"; {counted(imported.known, 'was', 'were')} there already"
    if imported.taken_back:
        gone = f"{imported.taken_back:,} of them taken back since"
        words += f", {gone}: log again what still counts"
    if imported.left_out:
        words += f"; {counted(imported.left_out, 'line was', 'lines were')} left out: declarations"
        words += " ('tracker apply' adds these), kept texts, or what was retracted"
    return f"{words}."
