"""Every source of the book, and how many entries rest on it."""

from datetime import date
from typing import NamedTuple

from tracker.reports.citations import described
from tracker.reports.frame import NOTHING, report
from tracker.reports.view import View
from tracker.tables import Column, Report, table


class SourcesRow(NamedTuple):
    """One source, in the words of the JSON contract."""

    number: int
    key: str
    title: str | None
    publisher: str | None
    url: str | None
    published_on: date | None
    official: bool
    entries: int


def sources(view: View) -> Report:
    """Report the sources and the number of live entries that name each."""
    rows = [
        SourcesRow(number, *source, view.entry_counts.get(source.key, 0))
        for number, source in enumerate(view.sources.values(), 1)
    ]
    near = view.clocks.as_of
    columns = [
        Column("Key", lambda row: NOTHING if row.key == row.url else row.key),
        Column("Entries", lambda row: str(row.entries), right=True),
        Column("Source", lambda row: described(row, near), wraps=True),
    ]
    return report(view, "sources", rows, SourcesRow, [table(columns, rows)])
