"""What a recording command did: its entries, and each concession's state before and after."""

from datetime import date

from tracker.database import Connection
from tracker.dates import in_words
from tracker.facts import Clocks, Entry
from tracker.reports.history import in_short
from tracker.reports.status import StatusRow, stage_in_words, status_rows
from tracker.reports.view import View
from tracker.tables import Report, Section


class Witness:
    """Sees where every concession stood before a command wrote, and tells what it changed."""

    def __init__(self, connection: Connection, today: date) -> None:
        self.connection = connection
        self.clocks = Clocks(today)
        self.before = self._states(View(connection, self.clocks))

    def receipt(self, numbers: range) -> Report:
        """Return the entries of these numbers, and what they changed."""
        view = View(self.connection, self.clocks)
        entries = view.entries(numbers.start, numbers.stop - 1)
        after = self._states(view)
        touched = list(dict.fromkeys(entry.concession for entry in entries if entry.concession))
        only = touched[0] if len(touched) == 1 else None
        document = {
            "recorded": entries,
            "before": self.before.get(only) if only else None,
            "after": after.get(only) if only else None,
        }
        lines = [recorded(view, entry) for entry in entries]
        lines += [
            line
            for slug in touched
            if (line := moved(view, self.before.get(slug), after.get(slug)))
        ]
        return Report(document, Entry, sections=[Section(lines=tuple(lines))], main="recorded")

    @staticmethod
    def _states(view: View) -> dict[str, StatusRow]:
        return {row.concession: row for row in status_rows(view)}


def recorded(view: View, entry: Entry) -> str:
    """Return one entry in a line: `#14 soybeans: partial, 7 Jan 2026`."""
    about = entry.deadline or entry.concession or entry.agreement
    return (
        f"#{entry.entry} {about}: {in_short(view, entry)}, {in_words(entry.effective_on, date.min)}"
    )


def moved(view: View, before: StatusRow | None, after: StatusRow | None) -> str | None:
    """Return how a concession's stage and standing changed, or that they did not."""
    if before is None or after is None:
        return None
    stages = stage_in_words(view, before), stage_in_words(view, after)
    parts = [" → ".join(dict.fromkeys(stages)) + (", as before" if stages[0] == stages[1] else "")]
    if before.standing is not after.standing:
        parts.append(f"standing {before.standing} → {after.standing}")
    return f"{after.concession}: {'; '.join(parts)}"
