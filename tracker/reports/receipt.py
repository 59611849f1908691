"""What a recording command did: its entries, and each concession's state before and after."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tracker.database import Connection
from tracker.dates import in_words
from tracker.facts import Clocks, Entry
from tracker.reports.history import in_short
from tracker.reports.remarks import remarks
from tracker.reports.status import StatusRow, claim_in_words, status_rows
from tracker.reports.view import View
from tracker.tables import Report, Section

MOST_LISTED = 100
"""Up to how many entries a receipt lists each."""


class Receipt(NamedTuple):
    """What a command recorded."""

    recorded: list[Entry]
    """The entries that the command wrote."""
    before: StatusRow | None
    """Where the concession stood before the command, if all entries are on one."""
    after: StatusRow | None
    """Where it stands now."""


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
        found = Receipt(
            recorded=entries,
            before=self.before.get(only) if only else None,
            after=after.get(only) if only else None,
        )
        lines = _listed(view, entries)
        lines += remarks(view, after, entries)
        lines += [
            line
            for slug in touched
            if (line := moved(view, self.before.get(slug), after.get(slug)))
        ]
        return Report(
            found._asdict(), Entry, sections=[Section(lines=tuple(lines))], main="recorded"
        )

    @staticmethod
    def _states(view: View) -> dict[str, StatusRow]:
        return {row.concession: row for row in status_rows(view)}


def _listed(view: View, entries: Sequence[Entry]) -> list[str]:
    """Return the entries a line each; of very many, as when an import is undone, their numbers."""
    if len(entries) > MOST_LISTED:
        what = "retractions" if entries[0].retracts else "entries"
        return [f"#{entries[0].entry} to #{entries[-1].entry}: {len(entries):,} {what}"]
    retracted = _retracted(view, entries)
    return [recorded(view, entry, retracted.get(entry.retracts or 0)) for entry in entries]


def recorded(view: View, entry: Entry, retracted: Entry | None = None) -> str:
    """Return one entry in a line: `#14 soybeans: partial, 7 Jan 2026`, and what it retracts."""
    about = entry.deadline or entry.concession or entry.agreement
    which = f" ({_dated(view, retracted)})" if retracted else ""
    return f"#{entry.entry} {about}: {_dated(view, entry, which)}"


def _dated(view: View, entry: Entry, which: str = "") -> str:
    return f"{in_short(view, entry)}{which}, {in_words(entry.effective_on, date.min)}"


def _retracted(view: View, entries: Sequence[Entry]) -> dict[int, Entry]:
    """Return what entries retract, by its numbers."""
    numbers = [entry.retracts for entry in entries if entry.retracts]
    if not numbers:
        return {}
    return {entry.entry: entry for entry in view.entries(min(numbers), max(numbers))}


def moved(view: View, before: StatusRow | None, after: StatusRow | None) -> str | None:
    """Return how a concession's stage and standing changed, or that they did not."""
    if before is None or after is None:
        return None
    same = before.stage is after.stage
    parts = [f"{after.stage}, as before" if same else f"{before.stage} → {after.stage}"]
    claim = claim_in_words(view, after)
    if claim and claim != claim_in_words(view, before):
        parts.append(claim)
    if before.standing is not after.standing:
        parts.append(f"standing {before.standing} → {after.standing}")
    return f"{after.concession}: {'; '.join(parts)}"
