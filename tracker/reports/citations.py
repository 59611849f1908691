"""Sources as a report cites them: numbered in the order of first use."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from tracker.dates import in_words
from tracker.facts import Entry
from tracker.reports.view import View
from tracker.tables import Column, Section, table


def source_column(marks: Callable[[Any], str]) -> Column:
    """Return a column that holds only marks of sources."""
    return Column("Source", marks, sparse=True, cites=marks)


class SourceRow(NamedTuple):
    """A numbered source, as the contract lists it."""

    number: int
    """The number it is cited by."""
    key: str
    title: str | None
    publisher: str | None
    url: str | None
    published_on: date | None
    official: bool
    kept_on: date | None
    """The day of its latest kept text."""
    kept_sha256: str | None
    """SHA-256 of the file of that text."""


def source_row(view: View, number: int, key: str) -> SourceRow:
    """Return a source with its number and its latest kept text."""
    text = texts[-1] if (texts := view.texts.get(key)) else None
    kept = (text.seen_on, text.fingerprint.file_sha256) if text else (None, None)
    return SourceRow(number, *view.sources[key][:6], *kept)


class Citations:
    """Numbers the sources; without `marks` it prints no numbers, as no list of sources follows."""

    def __init__(self, view: View, *, marks: bool = True) -> None:
        self.view = view
        self.marks = marks
        self.numbers: dict[str, int] = {}

    def cite(self, key: str | None) -> str:
        """Return the mark of a source, such as ` [3]`, or empty text without a source."""
        if key is None:
            return ""
        key = self.view.sources[key].key
        number = self.numbers.setdefault(key, len(self.numbers) + 1)
        return f" [{number}]" if self.marks else ""

    def of(self, entries: Iterable[Entry], *declared: str) -> str:
        """Return the marks of declared sources, and of entries' own and their citations, once."""
        cited = self.view.cited
        keys = [key for one in entries for key in (one.source, *cited.get(one.entry, ()))]
        return "".join(dict.fromkeys(map(self.cite, [*declared, *keys])))

    @property
    def rows(self) -> list[SourceRow]:
        """The sources cited so far."""
        return [source_row(self.view, number, key) for key, number in self.numbers.items()]

    def section(self, *, briefly: bool = False) -> Section:
        """Return the list of sources below a report; `briefly`, one line each without titles."""
        near = self.view.clocks.as_of
        columns = [
            Column("", lambda row: f"[{row.number}]", right=True),
            Column(
                "",
                lambda row: in_short(row, near) if briefly else described(row, near),
                wraps=not briefly,
                href=lambda row: row.url,
                linked=linked,
            ),
        ]
        made = table(columns, self.rows, "Sources")
        return made._replace(bare=briefly, noted=True, lists_sources=True)


def linked(source: Any) -> str | None:
    """Return the text of the link to a source's address: its title, or the publisher's site."""
    title: str | None = source.title
    return title or (source.url.split("/")[2] if source.url else None)


def in_short(source: Any, near: date) -> str:
    """Return a source on one line: publisher, day, whether it is official, and address."""
    return _told(source, near, [source.publisher or source.title], ": ")


def described(source: Any, near: date) -> str:
    """Return a source, or a row that lists one, in words: publisher, title, day, address."""
    title = f"“{source.title}”" if source.title else None
    return _told(source, near, [source.publisher, title], "\n")


def _told(source: Any, near: date, names: Sequence[str | None], between: str) -> str:
    """Return a source's names, its day, and the day and hash of its kept text; then its address."""
    on, kept_on = source.published_on, getattr(source, "kept_on", None)
    parts = [
        *names,
        _day(on, near) if on else None,
        "official" if source.official else None,
        f"text kept {_day(kept_on, near)} ({source.kept_sha256[:12]})" if kept_on else None,
    ]
    words = ", ".join(part for part in parts if part)
    return between.join(part for part in (words, source.url) if part) or source.key


def _day(on: date, near: date) -> str:
    """Return a day with its year if that is not the report's, or if the day is after the report."""
    return in_words(on, near if on <= near else date.min)
