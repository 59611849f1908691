"""Every source of the book, and how many entries rest on it."""

from typing import NamedTuple

from tracker.reports.citations import SourceRow, described, source_row
from tracker.reports.frame import report, rows_of
from tracker.reports.view import View
from tracker.tables import NOTHING, Column, Report, table
from tracker.tables.rows import Flattened


class SourcesRow(NamedTuple):
    """One source, in the words of the JSON contract."""

    source_: Flattened[SourceRow]
    entries: int
    """How many entries cite it, without retracted ones."""


SourcesDocument = rows_of("sources", SourcesRow, "The sources of the book, one row for each.")


def sources(view: View) -> Report:
    """Report the sources and the number of live entries that name each."""
    rows = [
        SourcesRow(source_row(view, number, key), entries)
        for number, (key, entries) in enumerate(_sources_known(view).items(), 1)
    ]
    columns = [
        Column(
            "Key", lambda row: NOTHING if row.source_.key == row.source_.url else row.source_.key
        ),
        Column("Entries", lambda row: str(row.entries), right=True),
        Column(
            "Source",
            lambda row: described(row.source_, view.clocks.as_of),
            wraps=True,
            href=lambda row: row.source_.url,
            linked=lambda row: row.source_.title,
        ),
    ]
    return report(view, SourcesDocument(rows), [table(columns, rows)])


def _sources_known(view: View) -> dict[str, int]:
    """Return the sources in view, or those of one agreement, and how many entries cite each."""
    stated = (
        *(agreement.source for agreement in view.agreements.values()),
        *(concession.source for concession in view.concessions.values()),
        *(deadline.source for deadline in view.deadlines.values()),
    )
    cited = {view.sources[key].key for key in stated}
    return {
        key: view.entry_counts.get(key, 0)
        for key, source in view.sources.items()
        if source.key == key
        if key in cited
        or view.entry_counts.get(key)
        or (source.declared and view.agreement is None)
    }
