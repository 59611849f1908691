"""The sources of the book: all of them, or one, with their kept texts and quotations."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from tracker.record import by_key
from tracker.reports.frame import Contract, SourceRow, described, report, source_row
from tracker.reports.view import View
from tracker.state import KeptText
from tracker.tables import NOTHING, Column, Report, Section, keys_of, terms
from tracker.things import Concession, Source

keys_of(KeptText, flat=["fingerprint"])


class SourcesRow(NamedTuple):
    """One source, in the words of the JSON contract."""

    row_: SourceRow
    entries: int
    """How many entries cite it, without retracted ones."""


keys_of(SourcesRow, flat=["row_"])
SOURCES = Contract(
    "sources",
    "The sources of the book, one row for each.",
    SourcesRow,
)


def sources(view: View) -> Report:
    """Report the sources in view, or of one agreement, and how many live entries name each."""
    rows = list[SourcesRow]()
    for key, source in view.sources.items():
        entries = view.entry_counts.get(key, 0)
        is_listed = source.declared and view.agreement is None
        if source.key == key and (is_listed or entries or key in view.stated):
            rows.append(SourcesRow(source_row(view, len(rows) + 1, key), entries))
    columns = [
        Column(
            "Key",
            lambda row: row.row_.source_.key if row.row_.source_.declared else NOTHING,
            key="key",
            whole=True,
        ),
        Column("Entries", lambda row: str(row.entries), right=True, key="entries"),
        Column("Source", lambda row: described(row.row_, view.as_of)),
    ]
    return report(view, SOURCES, rows, [Section(columns, rows)])


def misquoted(view: View) -> Iterator[tuple[str, str]]:
    """Yield each concession whose quotation is not in the latest text of its source, with that.

    If the file of that text is missing or altered, it is the source.
    """
    if not view.texts:
        return
    from tracker.texts import (
        Shelf,  # slow to load, and few books need it
        quotes,
    )

    shelf = Shelf.of(view.record.book)
    sources = view.sources
    promises = (promise for promise in view.concessions.values() if promise.quote)
    quoting = by_key((sources[promise.source].key, promise) for promise in promises)
    for key, quoted in quoting.items():
        for last in view.texts.get(key, [])[-1:]:
            text = f"the text of {key} from {view.day(last.seen_on)} (#{last.entry})"
            lines = shelf.words(last.fingerprint) if shelf else None
            if lines is None:
                missing = "is missing or altered, so no quote was checked against it"
                yield key, f"{text} {missing}"
                continue
            for concession in quoted:
                if not quotes(lines, str(concession.quote)):
                    yield concession.slug, f"its quote is not in {text}"


def resting(view: View) -> dict[str, list[Concession]]:
    """Return the concessions that each source states, directly or through a deadline."""
    sources = view.sources
    dated = by_key((due.concession, due.source) for due in view.deadlines.values())
    stated = defaultdict[str, list[Concession]](list)
    for promise in view.concessions.values():
        for key in {sources[key].key for key in (promise.source, *dated[promise.slug])}:
            stated[key].append(promise)
    return stated


class SourceShowRow(NamedTuple):
    """One source with everything about it, in the words of the JSON contract."""

    source_: Source
    entries: int
    """How many live entries cite it."""
    texts: tuple[KeptText, ...]
    """Its kept texts, by the day on which they were seen."""
    concessions: tuple[str, ...]
    """The concessions that it states, directly or through a deadline."""


keys_of(SourceShowRow, flat=["source_"])
SHOW_SOURCE = Contract(
    "show source",
    "Everything about one source, in one row.",
    SourceShowRow,
)


def source(view: View, key: str) -> Report:
    """Report a source's fields, its kept texts, and what rests on it."""
    source = view.sources[key]
    texts = view.texts_of(key)
    rests = tuple(concession.slug for concession in resting(view)[source.key])
    row = SourceShowRow(
        source, view.entry_counts.get(source.key, 0), tuple(texts), rests
    )
    pairs = [
        ("Source", described(source_row(view, 1, key), view.as_of).text),
        ("Archived", source.archived_url or NOTHING),
        ("Entries", str(row.entries)),
        ("Concessions", ", ".join(rests) or NOTHING),
    ]
    columns = [
        Column("Entry", lambda text: f"#{text.entry}", right=True),
        Column("Seen", lambda text: view.day(text.seen_on), right=True),
        Column("Words", lambda text: f"{text.fingerprint.words:,}", right=True),
        Column("Kept as", lambda text: text.fingerprint.media, whole=True),
        Column(
            "SHA-256 of the file",
            lambda text: text.fingerprint.file_sha256[:12],
            whole=True,
        ),
        Column(
            "Of its words", lambda text: text.fingerprint.words_sha256[:12], whole=True
        ),
    ]
    sections = [terms(pairs), Section(columns, texts, "Kept texts")]
    return report(view, SHOW_SOURCE, [row], sections, title=f"source {source.key}")
