"""Everything about one entry: who said it and where, who recorded it, and what corrected it."""

from datetime import date, datetime
from typing import NamedTuple

from tracker.entry import Entry
from tracker.reports.frame import report, rows_of
from tracker.reports.history import in_short, title_of, with_declared
from tracker.reports.sources import Citations, SourceRow
from tracker.reports.view import View
from tracker.tables import NOTHING, Flattened, Report, terms
from tracker.vocabulary import Command, EntryKind


class BatchRow(NamedTuple):
    """The command that wrote an entry."""

    number: int
    command: Command | None
    author: str
    recorded_at: datetime
    first: int
    """Its first entry."""
    last: int
    """Its last entry."""
    origin_at: datetime | None
    """When it was recorded in the book that it came from, if that is another one."""
    merged_by: str | None
    """Who brought it from there."""


class EntryShown(NamedTuple):
    """One entry with everything about it, in the words of the JSON contract."""

    entry_: Flattened[Entry]
    title: str
    """The title of what it is about."""
    counts_from: date | None
    """The day from which it counts: it had happened, and was public; null if it was retracted."""
    quote: str | None
    """The words of its source that state the concession, if that is its source, too."""
    replaces: int | None
    """The entry that it corrected."""
    replaced_by: int | None
    """The entry that corrected it."""
    recorded: BatchRow
    sources: tuple[SourceRow, ...]


EntryDocument = rows_of("show entry", EntryShown, "Everything about one entry, in one row.")


def entry(view: View, number: int) -> Report:
    """Report all that the book holds about one entry; refuse a number that it does not have."""
    (found,) = with_declared(view, view.entries_named([number]))
    citations, record = Citations(view), view.state.record
    marks = citations.of([found])
    live = found.retracted_by is None
    row = EntryShown(
        entry_=found,
        title=title_of(view, found),
        counts_from=record.made_public(found) if live else None,
        quote=_quote(view, found),
        replaces=_replaced(view, found),
        replaced_by=_replacement(view, found),
        recorded=_batch(view, found),
        sources=tuple(citations.rows),
    )
    pairs = [(name, text) for name, text in _pairs(view, row, marks) if text]
    title = f"#{number}: {in_short(view, found)}"
    sections = [terms(pairs, cites=lambda pair: marks if pair[0] == "Stated in" else "")]
    document = EntryDocument([row])
    return report(view, document, [*sections, citations.section()], title=title)


def _pairs(view: View, row: EntryShown, marks: str) -> list[tuple[str, str | None]]:
    found, batch = row.entry_, row.recorded
    by = found.counted_by or (view.short(found.says) if found.says else None)
    public = view.day(row.counts_from) if row.counts_from else ""
    at = f"{batch.recorded_at:%Y-%m-%d %H:%M} UTC by {batch.author}"
    came = f", brought here by {batch.merged_by}" if batch.merged_by else ""
    numbers = f"#{batch.first}" if batch.first == batch.last else f"#{batch.first} to #{batch.last}"
    return [
        ("About", f"{row.title} ({found.subject})"),
        ("Day", view.period(found.effective_on)),
        ("Public", public if public != view.day(found.on) else ""),
        ("Counted by" if found.counted_by else "Said by", by),
        ("Note", found.note),
        ("SHA-256", found.text["file_sha256"] if found.text else None),
        ("Stated in", marks.strip() or NOTHING),
        ("In its words", f"“{row.quote}”" if row.quote else None),
        ("Recorded", f"{at}, with '{batch.command}'{came}"),
        ("Batch", f"{batch.number}: {numbers}"),
        ("Corrects", f"#{row.replaces}" if row.replaces else None),
        ("Counts", _counts(view, row)),
    ]


def _counts(view: View, row: EntryShown) -> str:
    """Return from when an entry counts, or what took it back and why."""
    if row.entry_.retracted_by is None:
        return f"from {view.day(row.counts_from)}"
    retraction = view.state.record.entries[row.entry_.retracted_by]
    instead = f"; #{row.replaced_by} replaces it" if row.replaced_by else ""
    why = f": {retraction.note}" if retraction.note else ""
    return f"no, retracted by #{retraction.entry}{why}{instead}"


def _quote(view: View, found: Entry) -> str | None:
    """Return what a concession quotes from the source of an entry about it."""
    concession = view.state.concessions.get(found.concession or "")
    is_same = concession is not None and concession.source in found.source
    return concession.quote if concession and is_same else None


def _replaced(view: View, found: Entry) -> int | None:
    """Return what an amendment took back to write this entry."""
    before = view.state.record.entries.get(found.entry - 1)
    is_pair = before is not None and before.batch == found.batch
    amends = found.command is Command.AMEND and found.kind is not EntryKind.RETRACTION
    return before.refers_to if before and is_pair and amends else None


def _replacement(view: View, found: Entry) -> int | None:
    """Return what an amendment wrote in place of this entry."""
    after = view.state.record.entries.get((found.retracted_by or -1) + 1)
    return after.entry if after and _replaced(view, after) == found.entry else None


def _batch(view: View, found: Entry) -> BatchRow:
    record = view.state.record
    batch = record.batches[found.batch]
    last = record.end_of(found.entry)
    return BatchRow(
        found.batch, found.command, found.author, found.recorded_at, batch.first_entry, last,
        batch.origin_at, batch.merged_by,
    )  # fmt: skip
