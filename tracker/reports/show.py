"""Everything about one concession, one deadline, or one entry."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from tracker.entry import Entry
from tracker.errors import NotFound
from tracker.quantities import in_words as quantity
from tracker.record import value_of
from tracker.reports.claims import ClaimsRow, claims_row, said_by
from tracker.reports.deadlines import deadlines_section
from tracker.reports.frame import (
    Citations,
    Contract,
    DeadlineRow,
    SourceRow,
    deadline_row,
    how_we_know,
    in_order,
    report,
)
from tracker.reports.history import (
    entries_section,
    in_full,
    in_short,
    title_of,
    updates,
)
from tracker.reports.pace import PaceRow, pace_rows, pace_sections
from tracker.reports.status import (
    StatusRow,
    day_in_words,
    status_in_brief,
    status_row,
    unknown_in_words,
    until,
)
from tracker.reports.view import View
from tracker.reports.wording import amount
from tracker.rules.progress import quantity_of, series_key, vintages_of
from tracker.tables import NOTHING, Cell, Column, Report, Section, cited, keys_of, terms
from tracker.things import Concession
from tracker.vocabulary import GONE, Basis


class ShowRow(NamedTuple):
    """One concession with everything about it, in the words of the JSON contract."""

    status_: StatusRow
    test: str
    quote: str | None
    locator: str | None
    in_return_for: tuple[str, ...]
    given_for: tuple[str, ...]
    """What was given in return for it."""
    claims: ClaimsRow
    """What each side says."""
    deadlines: Sequence[DeadlineRow]
    """Its deadlines."""
    pace: Sequence[PaceRow]
    """Progress towards its targets."""
    history: Sequence[Entry]
    """The entries about it."""
    versions: Sequence[Entry]
    """The entries that declared it, the first with all of its fields."""
    sources: Sequence[SourceRow] = ()
    """The sources, numbered as they are cited."""


keys_of(ShowRow, flat=["status_"])
SHOW = Contract(
    "show",
    "Everything about one concession, in one row.",
    ShowRow,
)


def show(view: View, slug: str, *, retracted: bool = False) -> Report:
    """Report all that the book holds about one concession.

    If `retracted`, people see retracted entries too, struck through.
    """
    concession = view.concessions[slug]
    record = view.record
    if slug not in view.positions:
        not_yet = Section(title=slug, empty="not yet promised")
        return report(view, SHOW, [], [not_yet])
    row = ShowRow(
        status_row(view, concession),
        concession.test,
        concession.quote,
        concession.locator,
        in_return_for=concession.in_return_for,
        given_for=tuple(view.given_for[slug]),
        claims=claims_row(view, concession),
        deadlines=in_order(deadline_row(view, due) for due in view.owned[slug]),
        pace=pace_rows(view, slug),
        history=updates(view, slug),
        versions=in_full(record, record.lines(record.live_declarations(slug))),
    )
    citations = Citations(view)
    listed = updates(view, slug, retracted=retracted)
    sections = citations.of(
        [
            _terms(view, concession, row, citations),
            deadlines_section(view, row.deadlines, "Deadlines"),
            *pace_sections(view, row.pace, citations),
            entries_section(view, citations, listed, "History"),
            *how_we_know(listed),
        ]
    )
    rows = [row._replace(sources=citations.rows)]
    title = f"{slug}: {concession.title}"
    about = concession.agreement
    return report(view, SHOW, rows, sections, title=title, about=about)


def _terms(
    view: View, concession: Concession, row: ShowRow, citations: Citations
) -> Section:
    state = row.status_
    position = row.status_.position
    claims = said_by(view, [*row.claims.of_sides, *row.claims.others])
    unknown = unknown_in_words(view, concession.slug)
    status = status_in_brief(view, concession.slug)
    since = f" {unknown}" if unknown else f", {day_in_words(view, concession.slug)}"
    locator = f", {concession.locator}" if concession.locator else ""
    mark = citations.marks([concession.source])
    stated = f"{concession.instrument}{mark}{locator}"
    checked_on = state.last_checked_on
    term = position.term
    is_kept = term.holds and position.status not in GONE
    pairs: list[tuple[str, str | Cell | None]] = [
        ("Gives → gets", view.parties_line(concession.slug)),
        ("Status", status + since),
        ("Promised", view.period(state.promised_on)),
        ("To be kept up", until(view, concession.slug) if is_kept else ""),
        ("Last checked", view.day(checked_on) if checked_on else ""),
        ("Standing", position.standing if claims else ""),
        ("Claims", claims),
        ("Will count as kept", concession.test),
        ("In its words", f"“{concession.quote}”" if concession.quote else ""),
        ("Kind", f"{concession.kind}, {concession.sector}"),
        ("Source", Cell(stated, marks=[mark.strip()])),
    ]
    exchanged = {"In return for": row.in_return_for, "Given for it": row.given_for}
    for name, slugs in exchanged.items():
        for slug in slugs:
            title = view.record.concessions[slug].title
            pairs.append((name, Cell(title, about=slug)))
    return terms(pairs)


class Restated(NamedTuple):
    """A figure that was counted again for the same day."""

    on: date
    """The day that the figure is for."""
    counted_by: str
    basis: Basis
    unit: str
    was: Decimal
    """The figure before."""
    value: Decimal
    """The figure that replaced it."""
    public_on: date | None
    """The day on which the new figure was made public."""
    entry: int


class DeadlineShown(NamedTuple):
    """One deadline with everything about it, in the words of the JSON contract."""

    row: DeadlineRow
    pace: Sequence[PaceRow]
    restated: Sequence[Restated]
    """The figures that were counted again for the same day."""
    history: Sequence[Entry]
    sources: Sequence[SourceRow] = ()
    """The sources of all of these, numbered as they are cited."""


keys_of(DeadlineShown, flat=["row"])
SHOW_DEADLINE = Contract(
    "show deadline",
    "Everything about one deadline, in one row.",
    DeadlineShown,
)


def deadline(view: View, slug: str) -> Report:
    """Report all that the book holds about one deadline."""
    row = deadline_row(view, view.due[slug])
    citations = Citations(view)
    shown = DeadlineShown(
        row, pace_rows(view, slug), [*_restated(view, slug)], updates(view, slug)
    )
    columns = [
        Column("Of", lambda row: view.day(row.on), right=True),
        Column("Counted by", lambda row: row.counted_by),
        Column("Basis", lambda row: row.basis, whole=True),
        Column("Was", lambda row: quantity(row.was), right=True),
        Column("Now", lambda row: amount(row.value, row.unit), right=True),
        Column("Public", lambda row: view.day(row.public_on), right=True),
        Column("Entry", lambda row: f"#{row.entry}", right=True),
    ]
    restated = Section(columns, shown.restated, "Restated figures")
    sections = citations.of(
        [
            deadlines_section(view, [row]),
            *pace_sections(view, shown.pace, citations),
            *([restated] if shown.restated else []),
            entries_section(view, citations, shown.history, "History"),
            *how_we_know(shown.history),
        ]
    )
    rows = [shown._replace(sources=citations.rows)]
    title = f"{slug}: {row.label}"
    return report(view, SHOW_DEADLINE, rows, sections, title=title, about=row.agreement)


def _restated(view: View, slug: str) -> Iterator[Restated]:
    for vintages in vintages_of(view.readings.get(slug, ())):
        for was, now in pairwise(vintages):
            if was.value != now.value:
                basis, counted_by, unit = series_key(now)
                yield Restated(
                    now.on,
                    counted_by,
                    basis,
                    unit,
                    quantity_of(was),
                    quantity_of(now),
                    view.record.made_public(now),
                    now.entry,
                )


class BatchRow(NamedTuple):
    """The batch of an entry: the entries of one command, in this book."""

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

    entry_: Entry
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
    sources: Sequence[SourceRow] = ()


keys_of(EntryShown, flat=["entry_"])
SHOW_ENTRY = Contract(
    "show entry",
    "Everything about one entry, in one row.",
    EntryShown,
)


def entry(view: View, number: int) -> Report:
    """Report all that the book holds about one entry; refuse a number that it does not have."""
    record = view.record
    record.require_whole()  # an entry of another agreement may be asked for, too
    if not (lines := record.lines([number])):
        raise NotFound("no such entry", entry=number, head=record.last.entries)
    (entry,) = in_full(record, lines)
    counts_from = max(entry.on, record.made_public(entry))
    batch = record.batches[entry.batch]
    after = record.entries.get((entry.retracted_by or -1) + 1)
    concession = value_of(view.concessions, entry.concession)
    is_quoted = concession is not None and concession.source in entry.source
    row = EntryShown(
        entry,
        title_of(view, entry),
        counts_from=None if entry.retracted_by else counts_from,
        quote=concession.quote if concession and is_quoted else None,
        replaces=record.replaced(entry),
        replaced_by=after.entry if after and record.replaced(after) == number else None,
        recorded=BatchRow(
            batch.first_entry, record.end_of(number), batch.origin_at, batch.merged_by
        ),
    )
    citations = Citations(view)
    terms = _terms_of_entry(view, row, citations.public(entry.source))
    sections = citations.of([terms, *how_we_know([entry])])
    rows = [row._replace(sources=citations.rows)]
    title = f"#{number}: {in_short(view, entry)}"
    return report(view, SHOW_ENTRY, rows, sections, title=title)


def _terms_of_entry(view: View, row: EntryShown, marks: str) -> Section:
    entry = row.entry_
    batch = row.recorded
    by = entry.counted_by or (view.short(entry.says) if entry.says else None)
    public = view.day(row.counts_from) if row.counts_from else ""
    recorded = f"{entry.recorded_at:%Y-%m-%d %H:%M} UTC by {entry.author}, with '{entry.command}'"
    if batch.merged_by:
        recorded += f", brought here by {batch.merged_by}"
    numbers = (
        f"#{batch.first}"
        if batch.first == batch.last
        else f"#{batch.first} to #{batch.last}"
    )
    counts = f"from {public}"
    if entry.retracted_by:
        retraction = view.record.entries[entry.retracted_by]
        counts = f"no, retracted by #{retraction.entry}"
        counts += f": {retraction.note}" if retraction.note else ""
        counts += f"; #{row.replaced_by} replaces it" if row.replaced_by else ""
    pairs: list[tuple[str, str | Cell | None]] = [
        ("About", f"{row.title} ({entry.subject})"),
        ("Day", view.period(entry.effective_on)),
        ("Public", public if public != view.day(entry.on) else ""),
        ("Counted by" if entry.counted_by else "Said by", by),
        ("Note", entry.note),
        ("SHA-256", entry.text["file_sha256"] if entry.text else None),
        ("Stated in", cited("", marks or NOTHING)),
        ("In its words", f"“{row.quote}”" if row.quote else None),
        ("Recorded", recorded),
        ("Batch", f"{entry.batch}: {numbers}"),
        ("Corrects", f"#{row.replaces}" if row.replaces else None),
        ("Counts", counts),
    ]
    return terms(pairs)
