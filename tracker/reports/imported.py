"""What an import did: how many entries it wrote, and where the concessions stand then."""

from datetime import date
from typing import NamedTuple

from tracker.database import Connection
from tracker.facts import Entry
from tracker.interchange.importing import Imported
from tracker.reports.receipt import Receipt, Witness, moved
from tracker.reports.status import status_rows
from tracker.reports.view import View
from tracker.tables import Report, Section
from tracker.tables.rows import Flattened, keyed


class ImportReceipt(NamedTuple):
    """What an import recorded, and what it did not need to."""

    receipt: Flattened[Receipt]
    known: int
    """How many lines the book already held; only `import` has this key."""


class Watch(Witness):
    """Sees a book before and after an import; `in_full`, every new entry is in the report."""

    def __init__(self, connection: Connection, today: date, *, in_full: bool) -> None:
        super().__init__(connection, today)
        self.in_full = in_full

    def receipt_of(self, imported: Imported, dry_run: bool) -> Report:
        """Return what was written, what the book held already, and what that changed."""
        receipt = Receipt([], None, None)
        if self.in_full:
            receipt = Receipt(**self.receipt(imported.entries).document)
        view = View(self.connection, self.clocks)
        lines = [summary(imported, dry_run)]
        for row in status_rows(view):
            before = self.before.get(row.concession)
            if before != row and (line := moved(view, before, row)):
                lines.append(line)
        sections = [Section(lines=tuple(lines))]
        found = ImportReceipt(receipt, imported.known)
        return Report(keyed(found), Entry, sections=sections, main="recorded")


def summary(imported: Imported, dry_run: bool) -> str:
    """Return an import in a line."""
    numbers, known, gone = imported
    would = "would be " if dry_run else ""
    many = f"{len(numbers):,} {'entry' if len(numbers) == 1 else 'entries'} {would}written"
    which = f", #{numbers.start}" if numbers else ""
    which += f" to #{numbers.stop - 1}" if len(numbers) > 1 else ""
    there = f"; {known:,} {'was' if known == 1 else 'were'} there already" if known else ""
    if gone:
        there += f", {gone:,} of them taken back since: a line that counts after all needs"
        there += " an import_key of its own"
    return f"{many}{which if not dry_run else ''}{there}."
