"""The receipt of an import: how many entries it wrote, and what that changed."""

from datetime import date
from typing import NamedTuple

from tracker.database import Connection
from tracker.facts import Clocks
from tracker.interchange.importing import Imported
from tracker.reports.delivered import delivered_in_words
from tracker.reports.frame import counted
from tracker.reports.receipt import (
    MOST_LISTED,
    Receipt,
    as_before,
    effect_of,
    moved,
    receipt_of,
    states_of,
    told,
)
from tracker.reports.view import View
from tracker.tables import Report
from tracker.tables.rows import Flattened


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


class Watch:
    """Compares a book before and after an import; if `in_full`, the report has every new entry."""

    def __init__(self, connection: Connection, today: date, *, in_full: bool) -> None:
        self.connection = connection
        self.clocks = Clocks(today)
        self.in_full = in_full
        self.before = states_of(View(connection, self.clocks))

    def receipt_of(self, imported: Imported, dry_run: bool) -> Report:
        """Return what was written, what the book held already, and what that changed."""
        receipt, changed = self.changes(imported.entries)
        if 0 < len(imported.entries) <= MOST_LISTED:
            effect = effect_of(self.connection, self.clocks.as_of, imported.entries)
            receipt = receipt._replace(warnings=effect.warnings)
            changed = [*changed, *effect.warned]
        skipped = [Skipped(*counts) for counts in imported.skipped.items()]
        lines = [summary(imported, dry_run)]
        lines += [f"Left out: {counted(rows, 'row', 'rows')}, {why}." for why, rows in skipped]
        found = ImportReceipt(receipt, imported.known, imported.left_out.total(), skipped)
        return told(found, [*lines, *changed], range(0) if dry_run else imported.entries)

    def changes(self, numbers: range) -> tuple[Receipt, list[str]]:
        """Return what was written, and a line for each concession, or its amount, that changed."""
        view = View(self.connection, self.clocks)
        after = states_of(view)
        receipt = Receipt([], None, None, [])
        if self.in_full:
            entries = view.entries(numbers.start, numbers.stop - 1)
            receipt = receipt_of(entries, self.before, after)
        lines = [f"{slug}: no longer declared" for slug in self.before if slug not in after]
        for slug, row in after.items():
            if (before := self.before.get(slug)) is None:
                continue
            line = moved(view, before, row)
            if before.delivered != row.delivered:
                line = f"{line or as_before(row)}; {delivered_in_words(view, row.delivered)}"
            if line:
                lines.append(line)
        return receipt, lines


def summary(imported: Imported, dry_run: bool) -> str:
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
