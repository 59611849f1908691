"""The words that changed between kept texts of a source, and the concessions affected."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tracker.errors import NotFound
from tracker.reports.frame import Contract, report
from tracker.reports.sources import resting
from tracker.reports.view import View
from tracker.state import KeptText
from tracker.tables import NOTHING, Column, Report, Section, keys_of
from tracker.texts import Rewording, Shelf, Words, changes, quotes, read_text

LOST = "no longer in the text"
STATUS: Mapping[tuple[bool | None, bool | None], str] = {
    (True, False): LOST,
    (False, True): "new in the text",
    (True, True): "still in the text",
    (False, False): "in neither text",
}
"""What became of a quotation: whether it is in the older text, and in the newer one."""
TO_COMPARE = 2
"""How many texts are compared: the last ones."""


class RewordingRow(NamedTuple):
    """Words that changed, in the words of the JSON contract."""

    from_entry: int
    """The entry of the older text."""
    to_entry: int
    """The entry of the newer text."""
    words: Rewording


class QuotedRow(NamedTuple):
    """A concession that rests on the source."""

    from_entry: int
    to_entry: int
    concession: str
    title: str
    quote: str | None
    quoted_before: bool | None
    """Whether its quotation is in the older text; null without one from this source."""
    quoted_after: bool | None
    """Whether its quotation is in the newer text; null without one from this source."""


class SourceDiffDocument(NamedTuple):
    """The document of `source diff`."""

    source: str
    """The source whose texts were compared."""
    rows: list[RewordingRow]
    texts: Sequence[KeptText]
    """The texts that were compared, by the day on which they were seen."""
    concessions: list[QuotedRow]
    """The concessions that rest on the source, those that lost their quotation first."""


keys_of(RewordingRow, flat=["words"])
SOURCE_DIFF = Contract(
    "source diff",
    "The words that changed between kept texts of a source, one row for each change.",
    RewordingRow,
    SourceDiffDocument,
)


def _fate(row: QuotedRow) -> str:
    """Return what became of a quotation."""
    return STATUS.get((row.quoted_before, row.quoted_after), NOTHING)


def rewording(view: View, source: str) -> Report:
    """Report what changed between the last two texts of a source."""
    if source not in view.sources:
        raise NotFound("no such source", name=source, known=view.sources)
    kept = view.texts_of(source)
    if len(kept) < TO_COMPARE:
        raise NotFound("nothing to compare", source=source, held=len(kept))
    older, newer = kept[-TO_COMPARE:]
    texts = (older.entry, newer.entry)
    source = view.sources[source].key
    before = _words(view, older)
    after = _words(view, newer)
    rows = [RewordingRow(*texts, change) for change in changes(before, after)]
    concerned = []
    for promise in resting(view)[source]:
        quote = was = now = None
        if promise.quote and view.sources[promise.source].key == source:
            quote = promise.quote
            was = quotes(before.lines, quote)
            now = quotes(after.lines, quote)
        named = (promise.slug, promise.title)
        concerned.append(QuotedRow(*texts, *named, quote, was, now))
    concerned.sort(key=lambda row: (_fate(row) != LOST, row.quote is None))
    compared = [f"{view.day(text.seen_on)} (#{text.entry})" for text in (older, newer)]
    columns = [
        Column("Before", lambda row: row.words.leading),
        Column(
            "Removed",
            lambda row: row.words.removed or NOTHING,
            key="removed",
        ),
        Column("Added", lambda row: row.words.added or NOTHING, key="added"),
        Column("After", lambda row: row.words.following),
    ]
    changed = f"From {' to '.join(compared)}"
    sections = [Section(columns, rows, changed, "the same words")]
    if rows and concerned:
        columns = [
            Column("Concession", lambda row: row.concession),
            Column(
                "Quote",
                lambda row: f"“{row.quote}”" if row.quote else NOTHING,
            ),
            Column("Status", _fate),
        ]
        sections.append(Section(columns, concerned, "Concessions that rest on it"))
    document = SourceDiffDocument(source, rows, [older, newer], concerned)
    title = f"changes in the text of {source}"
    return report(view, SOURCE_DIFF, document, sections, title=title)


def _words(view: View, text: KeptText) -> Words:
    """Read a kept file again, so that both sides of a comparison are read in the same way."""
    shelf = Shelf.needed(view.record.book)
    fingerprint = text.fingerprint
    content = shelf.content(fingerprint)
    path = shelf.file(fingerprint)
    if content is None:
        raise NotFound(
            "text gone", source=text.source, seen_on=text.seen_on.isoformat(), path=path
        )
    return read_text(content, str(path), "source diff", fingerprint.media)[0]
