"""Every source of the book, and how many entries rest on it."""

from datetime import date
from typing import NamedTuple

from tracker.reports.citations import described
from tracker.reports.contract import document_of
from tracker.reports.frame import report
from tracker.reports.view import View
from tracker.tables import NOTHING, Column, Report, table


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
    """How many entries cite it, without those taken back."""


@document_of("sources")
class SourcesDocument(NamedTuple):
    """What the book rests on, one row for each source."""

    rows: list[SourcesRow]


def sources(view: View) -> Report:
    """Report the sources and the number of live entries that name each."""
    rows = [
        SourcesRow(number, *view.sources[key][:6], view.entry_counts.get(key, 0))
        for number, key in enumerate(sources_known(view), 1)
    ]
    near = view.clocks.as_of
    columns = [
        Column("Key", lambda row: NOTHING if row.key == row.url else row.key),
        Column("Entries", lambda row: str(row.entries), right=True),
        Column(
            "Source",
            lambda row: described(row, near),
            wraps=True,
            href=lambda row: row.url,
            linked=lambda row: row.title,
        ),
    ]
    return report(view, SourcesDocument(rows), [table(columns, rows)])


def sources_known(view: View) -> list[str]:
    """Return the keys in view: what is declared and what is cited, of an agreement its own."""
    cited = {
        *(agreement.source for agreement in view.agreements.values()),
        *(concession.source for concession in view.concessions.values()),
        *(deadline.source for deadline in view.deadlines.values()),
    }
    return [
        key
        for key, source in view.sources.items()
        if key in cited
        or view.entry_counts.get(key)
        or (source.declared and view.agreement is None)
    ]
