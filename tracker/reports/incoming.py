"""The receipts of files and other books: what `apply` and `import` wrote and changed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tracker.database import Connection
from tracker.entry import Entry
from tracker.interchange.disputes import Dispute
from tracker.journal.verbs import Change, in_words
from tracker.reports.frame import counted
from tracker.reports.receipt import (
    MOST_LISTED,
    Effect,
    Receipt,
    recorded,
    told,
)
from tracker.tables import Flattened, Report, Section
from tracker.vocabulary import EntryKind, ThingKind

if TYPE_CHECKING:  # `add` writes a receipt, too, and reads no file
    from tracker.interchange.applying import Applied
    from tracker.interchange.importing import Imported
    from tracker.interchange.union import United

LISTED = 20
"""How many disputes a receipt lists; JSON has all."""
MOVED = frozenset(("awaits", "due_on", "target"))
"""The fields of a deadline for which `move` records what happened later."""


def applied_report(
    connection: Connection, today: date, applied: "Applied", dry_run: bool
) -> Report:
    """Return what files declared; for a dry run, also each entry, as nothing else will show it."""
    effect = Effect(connection, today, applied.entries)
    entries = effect.entries if dry_run else []
    updates = [entry for entry in entries if entry.kind is not EntryKind.DECLARATION]
    changed = [one for one in applied.changes if dry_run or not one.added]
    lines = changes_in_words(changed)
    if len(changed) < len(applied.changes):
        lines.append(f"Added {added_in_words(applied)}.")
    added = [one.slug for one in applied.changes if one.added and one.what is ThingKind.AGREEMENT]
    lines += [recorded(effect.view, entry) for entry in updates]
    lines += [*effect.changes_in_words, *effect.warned]
    lines += [f"{name}: in the book but not in the file; it stays" for name in applied.lacking]
    changes = counted(len(applied.changes), "change", "changes")
    updated = counted(applied.recorded, "entry", "entries")
    lines.append(f"{changes} and {updated} {'would be ' if dry_run else ''}written.")
    lines += [f"See 'tracker status --agreement {slug}'." for slug in added if not dry_run]
    if applied.taken_back:
        gone = counted(applied.taken_back, "entry of the file was", "entries of the file were")
        lines.append(f"{gone} taken back in the book; log again what still counts.")
    written = range(0) if dry_run else applied.entries
    sections = [Section(lines=tuple(lines))]
    return Report({"rows": entries}, Entry, sections=sections, written=written)


def added_in_words(applied: "Applied") -> str:
    """Return how much files added: `1 agreement, 4 concessions and 12 updates`."""
    added = Counter(change.what for change in applied.changes if change.added)
    named = {what: f"{what}s" for what in ThingKind} | {ThingKind.PARTY: "parties"}
    found = [counted(added[what], what, many) for what, many in named.items() if added[what]]
    return ", ".join([*found, counted(applied.recorded, "update", "updates")])


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
    """Why they were left out."""
    rows: int


def imported_report(
    connection: Connection, today: date, imported: "Imported", *, dry_run: bool, in_full: bool
) -> Report:
    """Return what was written, what the book held already, and what that changed.

    `in_full`, the report has every new entry and change.
    """
    effect = Effect(connection, today, imported.entries, whole=True)
    warned = effect.warnings if len(imported.entries) <= MOST_LISTED else []
    receipt = effect.receipt(warned) if in_full else Receipt([], [], warned)
    skipped = [Skipped(*counts) for counts in imported.skipped.items()]
    gone, left_out = imported.taken_back, imported.left_out
    there = f", {gone:,} of them taken back since: log again what still counts" if gone else ""
    if left_out:
        were = counted(left_out, "line was", "lines were")
        there += f"; {were} left out: declarations ('tracker apply' adds these), kept texts"
        there += " or undone corrections"
    lines = [f"{_written(imported.entries, imported.known, dry_run)}{there}."]
    lines += [f"Left out: {counted(rows, 'row', 'rows')}, {why}." for why, rows in skipped]
    lines += [*effect.changes_in_words, *(f"Warning: {line}" for line in warned)]
    found = ImportReceipt(receipt, imported.known, left_out, skipped)
    return told(found, lines, range(0) if dry_run else imported.entries)


def _written(numbers: range, known: int, dry_run: bool) -> str:
    """Return how many entries were written, under which numbers, and how many were known."""
    many = f"{counted(len(numbers), 'entry', 'entries')} {'would be ' if dry_run else ''}written"
    which = f", #{numbers.start}" if numbers and not dry_run else ""
    which += f" to #{numbers.stop - 1}" if len(numbers) > 1 and not dry_run else ""
    there = f"; {counted(known, 'was', 'were')} there already" if known else ""
    return f"{many}{which}{there}"


class BookReceipt(NamedTuple):
    """What the import of another book recorded, what it left out, and what is in dispute."""

    receipt: Flattened[Receipt]
    authors: Mapping[str, int]
    """How many entries of each author came."""
    known: int
    """How many of the other book's entries this one already held."""
    omitted: Mapping[str, int]
    """How many others were left out, and why."""
    disputes: list[Dispute]
    """What the two books say otherwise about one thing, and which of them counts."""


def united_report(
    connection: Connection, today: date, united: "United", *, dry_run: bool, in_full: bool
) -> Report:
    """Return what came from another book, and what that changed."""
    effect = Effect(connection, today, united.entries, whole=True)
    receipt = effect.receipt([]) if in_full else Receipt([], [], [])
    lines = [f"{_written(united.entries, united.known, dry_run)}."]
    most_first = sorted((-many, name) for name, many in united.authors.items())
    if most_first:
        lines.append(f"Authors: {', '.join(f'{name} {-less:,}' for less, name in most_first)}.")
    for why, many in united.left_out.items():
        lines.append(f"Left out: {counted(many, 'entry', 'entries')}, {why}.")
    if united.texts:
        copy = "copy those from the folder beside the other book, NAME.d"
        lines.append(f"Kept texts come without their files: {copy}.")
    lines += [f"found: {one}" for one in united.disputes[:LISTED]]
    if (more := len(united.disputes) - LISTED) > 0:
        lines.append(f"found: {more:,} more; -f json lists all")
    found = BookReceipt(receipt, united.authors, united.known, united.left_out, [*united.disputes])
    return told(found, [*lines, *effect.changes_in_words], range(0) if dry_run else united.entries)
