"""The sources of the book: all with the number of their entries, or everything about one."""

from datetime import date
from typing import NamedTuple

from tracker.facts import Fingerprint, KeptText
from tracker.reports.citations import SourceRow, described, source_row
from tracker.reports.frame import report, rows_of
from tracker.reports.quotations import resting
from tracker.reports.view import View
from tracker.tables import NOTHING, Column, Report, table, terms
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


class TextRow(NamedTuple):
    """A kept text of a source."""

    entry: int
    seen_on: date
    fingerprint: Flattened[Fingerprint]


def text_row(text: KeptText) -> TextRow:
    """Return the row of a kept text."""
    return TextRow(text.entry, text.seen_on, text.fingerprint)


class SourceShowRow(NamedTuple):
    """One source with everything about it, in the words of the JSON contract."""

    key: str
    title: str | None
    publisher: str | None
    url: str | None
    published_on: date | None
    official: bool
    archived_url: str | None
    entries: int
    """How many live entries cite it."""
    texts: tuple[TextRow, ...]
    """Its kept texts, by the day on which they were seen."""
    concessions: tuple[str, ...]
    """The concessions that it states, directly or through a deadline."""


SourceDocument = rows_of("show source", SourceShowRow, "Everything about one source, in one row.")


def source(view: View, key: str) -> Report:
    """Report a source's fields, its kept texts, and what rests on it."""
    found = view.sources[key]
    texts = [*map(text_row, view.texts_of(key))]
    rests = tuple(one.slug for one in resting(view)[found.key])
    row = SourceShowRow(*found[:7], view.entry_counts.get(found.key, 0), tuple(texts), rests)
    pairs = [
        ("Source", described(row, view.clocks.as_of)),
        ("Archived", found.archived_url or NOTHING),
        ("Entries", str(row.entries)),
        ("Concessions", ", ".join(rests) or NOTHING),
    ]
    columns = [
        Column("Entry", lambda text: f"#{text.entry}", right=True),
        Column("Seen", lambda text: view.day(text.seen_on), right=True),
        Column("Words", lambda text: f"{text.fingerprint.words:,}", right=True),
        Column("Kept as", lambda text: text.fingerprint.media),
        Column("SHA-256 of the file", lambda text: text.fingerprint.file_sha256[:12]),
        Column("Of its words", lambda text: text.fingerprint.words_sha256[:12]),
    ]
    sections = [terms(pairs), table(columns, texts, "Kept texts")]
    return report(view, SourceDocument([row]), sections, title=f"source {found.key}")
