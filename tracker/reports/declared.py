"""The receipt of declarations: each change, and the entries that came with it."""

from collections.abc import Sequence
from datetime import date

from tracker.database import Connection
from tracker.facts import Entry
from tracker.interchange.applying import Applied
from tracker.journal.declaring import Change, in_words
from tracker.reports.frame import counted
from tracker.reports.receipt import effect_of, recorded
from tracker.tables import Report, Section
from tracker.vocabulary import EntryKind, ThingKind

MOVED = frozenset(("awaits", "due_on", "target"))
"""The fields of a deadline for which `move` records what happened later."""


def applied_report(connection: Connection, today: date, applied: Applied, dry_run: bool) -> Report:
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
