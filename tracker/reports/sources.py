"""The sources of the book: as reports cite them, all of them, their kept texts and quotations."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from tracker.dates import in_words
from tracker.record import by_key
from tracker.reports.frame import Contract, report
from tracker.reports.view import View
from tracker.state import KeptText
from tracker.tables import NOTHING, Cell, Column, Holds, Report, Section, keys_of, terms
from tracker.things import Concession, Source


class SourceRow(NamedTuple):
    """A numbered source, as the contract lists it."""

    number: int
    """The number it is cited by."""
    source_: Source
    kept_on: date | None = None
    """The day of its latest kept text."""
    kept_sha256: str | None = None
    """SHA-256 of the file of that text."""


keys_of(Source, hidden=["declared"])
keys_of(SourceRow, flat=["source_"])
keys_of(KeptText, flat=["fingerprint"])


def source_row(view: View, number: int, key: str) -> SourceRow:
    """Return a source with its number and its latest kept text."""
    source = view.sources[key]
    texts = view.texts.get(key)
    if not texts:
        return SourceRow(number, source)
    return SourceRow(
        number, source, texts[-1].seen_on, texts[-1].fingerprint.file_sha256
    )


class Citations:
    """The sources of a report, numbered in the order in which it cites them."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.numbers = dict[str, int]()

    def marks(self, keys: Iterable[str | None]) -> str:
        """Return the marks of sources after a space, each once: ` [1][2]`."""
        marks = dict[str, None]()
        for key in keys:
            if key is not None:
                source = self.view.sources[key].key
                number = self.numbers.setdefault(source, len(self.numbers) + 1)
                marks[f"[{number}]"] = None
        return f" {''.join(marks)}".rstrip()

    def public(self, keys: Iterable[str]) -> str:
        """Return the marks of those sources that were published by the day of the report."""
        as_of, _, hindsight = self.view.clocks
        sources = self.view.sources
        return self.marks(
            key
            for key in keys
            if hindsight or (sources[key].published_on or as_of) <= as_of
        )

    @property
    def rows(self) -> list[SourceRow]:
        """The sources with their numbers."""
        return [
            source_row(self.view, number, key) for key, number in self.numbers.items()
        ]

    def of(self, sections: Sequence[Section]) -> list[Section]:
        """Return sections with the list of the sources that they cite, in the order of these."""
        for section in sections:
            for row in section.rows:
                for column in section.columns:
                    if column.cites:
                        column.shows(row)
        return [*sections, self.listed()]

    def listed(self) -> Section:
        """Return the list of the sources that are cited so far."""
        columns = [
            Column("", lambda row: f"[{row.number}]", right=True, key="number"),
            Column(
                "",
                lambda row: described(row, self.view.as_of),
                wraps=True,
                key="source",
            ),
        ]
        return Section(columns, self.rows, "Sources", lists_sources=True)


def described(row: SourceRow, near: date) -> Cell:
    """Return a source in words: names and days, and its address below."""
    source = row.source_
    parts = [": ".join(filter(None, [source.publisher, source.title]))]
    if source.published_on:
        parts.append(in_words(source.published_on, near))
    if source.official:
        parts.append("official")
    if not source.read:
        parts.append("page not opened")
    if row.kept_on:
        kept = f"({str(row.kept_sha256)[:12]})"
        parts.append(f"text kept {in_words(row.kept_on, near)} {kept}")
    words = ", ".join(filter(None, parts))
    text = "\n".join(filter(None, (words, source.url))) or source.key
    return Cell(text, href=source.url)


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
        Column("Key", lambda row: row.row_.source_.key if row.row_.source_.declared else NOTHING,
               key="key"),
        Column("Entries", lambda row: str(row.entries), right=True, key="entries"),
        Column("Source", lambda row: described(row.row_, view.as_of), wraps=True),
    ]  # fmt: skip
    return report(view, SOURCES, rows, [Section(columns, rows, holds=Holds.PART)])


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
        Column("Kept as", lambda text: text.fingerprint.media),
        Column("SHA-256 of the file", lambda text: text.fingerprint.file_sha256[:12]),
        Column("Of its words", lambda text: text.fingerprint.words_sha256[:12]),
    ]
    sections = [terms(pairs), Section(columns, texts, "Kept texts")]
    return report(view, SHOW_SOURCE, [row], sections, title=f"source {source.key}")
