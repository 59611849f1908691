"""What a file declared, or would: its changes of the catalog, and its entries."""

from datetime import date

from tracker.database import Connection
from tracker.facts import Clocks, Entry
from tracker.interchange.applying import Applied
from tracker.reports.frame import plural
from tracker.reports.receipt import recorded
from tracker.reports.view import View
from tracker.tables import Report, Section


def declared(connection: Connection, today: date, applied: Applied, dry_run: bool) -> Report:
    """Return what was declared; of a dry run each entry too, as nothing else will show it."""
    view = View(connection, Clocks(today))
    entries = view.entries(applied.entries.start, applied.entries.stop - 1) if dry_run else []
    lines = [*applied.changes, *(recorded(view, entry) for entry in entries)]
    changes, count = len(applied.changes), len(applied.entries)
    lines.append(
        f"{changes} {plural(changes, 'change', 'changes')} and"
        f" {count} {plural(count, 'entry', 'entries')} {'would be ' if dry_run else ''}written."
    )
    if gone := applied.taken_back:
        which = plural(gone, "entry of the file was", "entries of the file were")
        lines.append(f"{gone} {which} taken back in the book; log anew what counts after all.")
    return Report({"rows": entries}, Entry, sections=[Section(lines=tuple(lines))])
