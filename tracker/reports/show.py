"""Everything about one concession, and about one entry."""

from datetime import date, datetime
from typing import NamedTuple

from tracker.entry import Entry
from tracker.errors import NotFound
from tracker.reports.claims import CLAIMS_ROW, ClaimsRow, claims_row, said_by
from tracker.reports.deadlines import (
    DEADLINE_ROW,
    DeadlineRow,
    deadline_row,
    deadlines_section,
    in_order,
)
from tracker.reports.frame import Contract, how_we_know, report
from tracker.reports.history import (
    ENTRY,
    entries_section,
    in_full,
    in_short,
    title_of,
    updates,
)
from tracker.reports.pace import (
    PACE_ROW,
    PaceRow,
    cited_by,
    measured,
    pace_rows,
    pace_sections,
)
from tracker.reports.sources import NUMBERED, Citations, SourceRow, sources_of
from tracker.reports.status import (
    STATUS_ROW,
    StatusRow,
    day_in_words,
    status_in_brief,
    status_row,
    unknown_in_words,
    until,
)
from tracker.reports.view import View
from tracker.tables import NOTHING, Report, Section, keys_of, terms
from tracker.things import Concession
from tracker.vocabulary import GONE

FIRST = "[1]"
"""The mark of the source that states the concession, which is cited first."""


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
    deadlines: tuple[DeadlineRow, ...]
    """Its deadlines."""
    pace: tuple[PaceRow, ...]
    """Progress towards its targets."""
    history: tuple[Entry, ...]
    """The entries about it."""
    versions: tuple[Entry, ...]
    """The entries that declared it, the first with all of its fields."""
    sources: tuple[SourceRow, ...]
    """The sources, numbered as they are cited."""


SHOWN = keys_of(
    ShowRow,
    flat={"status_": STATUS_ROW},
    row={"claims": CLAIMS_ROW},
    rows={
        "deadlines": DEADLINE_ROW,
        "pace": PACE_ROW,
        "history": ENTRY,
        "versions": ENTRY,
        "sources": NUMBERED,
    },
)
SHOW = Contract(
    "show",
    "Everything about one concession, in one row.",
    {"rows": SHOWN},
)


def show(view: View, slug: str, *, retracted: bool = False) -> Report:
    """Report all that the book holds about one concession.

    If `retracted`, people see retracted entries too, struck through.
    """
    concession = view.state.concessions[slug]
    record = view.state.record
    if slug not in view.state.positions:
        return report(
            view, SHOW, {"rows": []}, [Section(title=slug, empty="not yet promised")]
        )
    deadlines = in_order(
        [deadline_row(view, due) for due in view.state.owned.get(slug, ())]
    )
    paces = pace_rows(view, measured(view, slug))
    entries = updates(view, slug)
    listed = updates(view, slug, retracted=retracted)
    cited = [concession.source, *cited_by(paces), *sources_of(view, listed)]
    citations = Citations(view, cited)
    history = entries_section(view, citations, listed, "History")
    row = ShowRow(
        status_row(view, concession),
        concession.test,
        concession.quote,
        concession.locator,
        in_return_for=concession.in_return_for,
        given_for=tuple(view.given_for[slug]),
        claims=claims_row(view, concession),
        deadlines=tuple(deadlines),
        pace=tuple(paces),
        history=tuple(entries),
        versions=tuple(
            in_full(view.state.record, record.lines(record.live_declarations(slug)))
        ),
        sources=tuple(citations.rows),
    )
    sections = [
        _terms(view, concession, row),
        deadlines_section(view, deadlines, "Deadlines"),
        *pace_sections(view, paces, citations),
        history,
        *how_we_know(listed),
        citations.section(),
    ]
    title = f"{slug}: {concession.title}"
    return report(
        view, SHOW, {"rows": [row]}, sections, title=title, about=concession.agreement
    )


def _terms(view: View, concession: Concession, row: ShowRow) -> Section:
    state = row.status_
    position = row.status_.position
    claims = said_by(view, [*row.claims.of_sides, *row.claims.others])
    unknown = unknown_in_words(view, concession.slug)
    status = status_in_brief(view, concession.slug)
    since = f" {unknown}" if unknown else f", {day_in_words(view, concession.slug)}"
    locator = f", {concession.locator}" if concession.locator else ""
    checked_on = state.last_checked_on
    term = position.term
    is_kept = term.holds and position.status not in GONE
    pairs = [
        ("Gives → gets", view.parties_line(concession.slug)),
        ("Status", status + since),
        ("Rests on", position.status_from),
        ("Promised", view.period(state.promised_on)),
        ("To be kept up", until(view, concession.slug) if is_kept else ""),
        ("Last checked", view.day(checked_on) if checked_on else ""),
        ("Standing", position.standing if claims else ""),
        ("Claims", claims),
        ("Will count as kept", concession.test),
        ("In its words", f"“{concession.quote}”" if concession.quote else ""),
        ("Kind", f"{concession.kind}, {concession.sector}"),
        ("Source", f"{concession.instrument} {FIRST}{locator}"),
    ]
    titles = {
        slug: promise.title for slug, promise in view.state.record.concessions.items()
    }
    slugs = {titles[slug]: slug for slug in (*row.in_return_for, *row.given_for)}
    pairs += [("In return for", titles[slug]) for slug in row.in_return_for]
    pairs += [("Given for it", titles[slug]) for slug in row.given_for]
    return terms(
        pairs,
        cites=lambda pair: FIRST if pair[0] == "Source" else "",
        about=lambda pair: slugs.get(pair[1]),
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
    sources: tuple[SourceRow, ...]


SHOWN_ENTRY = keys_of(
    EntryShown,
    flat={"entry_": ENTRY},
    row={"recorded": keys_of(BatchRow)},
    rows={"sources": NUMBERED},
)
SHOW_ENTRY = Contract(
    "show entry",
    "Everything about one entry, in one row.",
    {"rows": SHOWN_ENTRY},
)


def entry(view: View, number: int) -> Report:
    """Report all that the book holds about one entry; refuse a number that it does not have."""
    record = view.state.record
    record.require_whole()  # an entry of another agreement may be asked for, too
    if not (lines := record.lines([number])):
        raise NotFound("no such entry", entry=number, head=record.last.entries)
    (entry,) = in_full(view.state.record, lines)
    public = sources_of(view, [entry])
    citations = Citations(view, public)
    marks = citations.marks(public)
    batch = record.batches[entry.batch]
    after = record.entries.get((entry.retracted_by or -1) + 1)
    concession = view.state.concessions.get(entry.concession or "")
    is_quoted = concession is not None and concession.source in entry.source
    row = EntryShown(
        entry,
        title_of(view, entry),
        counts_from=None
        if entry.retracted_by
        else max(entry.on, record.made_public(entry)),
        quote=concession.quote if concession and is_quoted else None,
        replaces=record.replaced(entry),
        replaced_by=after.entry if after and record.replaced(after) == number else None,
        recorded=BatchRow(
            batch.first_entry, record.end_of(number), batch.origin_at, batch.merged_by
        ),
        sources=tuple(citations.rows),
    )
    title = f"#{number}: {in_short(view, entry)}"
    sections = [
        _terms_of_entry(view, row, marks),
        *how_we_know([entry]),
        citations.section(),
    ]
    return report(view, SHOW_ENTRY, {"rows": [row]}, sections, title=title)


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
        retraction = view.state.record.entries[entry.retracted_by]
        counts = f"no, retracted by #{retraction.entry}"
        counts += f": {retraction.note}" if retraction.note else ""
        counts += f"; #{row.replaced_by} replaces it" if row.replaced_by else ""
    pairs = [
        ("About", f"{row.title} ({entry.subject})"),
        ("Day", view.period(entry.effective_on)),
        ("Public", public if public != view.day(entry.on) else ""),
        ("Counted by" if entry.counted_by else "Said by", by),
        ("Note", entry.note),
        ("SHA-256", entry.text["file_sha256"] if entry.text else None),
        ("Stated in", marks.strip() or NOTHING),
        ("In its words", f"“{row.quote}”" if row.quote else None),
        ("Recorded", recorded),
        ("Batch", f"{entry.batch}: {numbers}"),
        ("Corrects", f"#{row.replaces}" if row.replaces else None),
        ("Counts", counts),
    ]
    return terms(pairs, cites=lambda pair: marks if pair[0] == "Stated in" else "")
