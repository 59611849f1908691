"""Everything about one source: its fields, its kept texts, and what rests on it."""

from datetime import date
from typing import NamedTuple

from tracker.reports.citations import described
from tracker.reports.frame import report, rows_of
from tracker.reports.quotations import resting
from tracker.reports.view import View
from tracker.tables import NOTHING, Column, Report, table, terms
from tracker.vocabulary import Media


class TextRow(NamedTuple):
    """A kept text of a source."""

    entry: int
    seen_on: date
    words: int
    media: Media
    reader: str
    file_sha256: str
    words_sha256: str


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
    texts = [
        TextRow(one.entry, one.seen_on, kept.words, kept.media, kept.reader, *kept[:2])
        for one in view.texts_of(key)
        for kept in (one.fingerprint,)
    ]
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
        Column("Words", lambda text: f"{text.words:,}", right=True),
        Column("Kept as", lambda text: text.media),
        Column("SHA-256 of the file", lambda text: text.file_sha256[:12]),
        Column("Of its words", lambda text: text.words_sha256[:12]),
    ]
    sections = [terms(pairs), table(columns, texts, "Kept texts")]
    return report(view, SourceDocument([row]), sections, title=f"source {found.key}", in_parts=True)
