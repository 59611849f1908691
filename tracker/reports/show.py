"""Everything about one concession, one deadline or one source."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from tracker.entry import Entry
from tracker.quantities import in_words as quantity
from tracker.reports.claims import ClaimsRow, both_sides, claims_row
from tracker.reports.deadlines import DeadlineRow, deadline_row, deadlines_section, in_order
from tracker.reports.frame import amount, report, rows_of, says
from tracker.reports.history import Version, entries_section, standing, versions, versions_section
from tracker.reports.pace import PaceRow, measured, pace_sections
from tracker.reports.sources import Citations, SourceRow, TextRow, described, resting, text_row
from tracker.reports.status import (
    StatusRow,
    state_in_words,
    status_row,
    until,
)
from tracker.reports.view import View
from tracker.rules.pace import series_key, value_of, vintages_of
from tracker.tables import NOTHING, Column, Flattened, Report, Section, table, terms
from tracker.things import Concession
from tracker.vocabulary import Basis, Because, StageFrom, Standing

FIRST = "[1]"
"""The mark of the source that states the concession, which is cited first."""
RESTS_ON = {
    StageFrom.VERDICT: "our verdict",
    StageFrom.BOTH: "what both sides say",
    StageFrom.DECLARED: "the agreement alone; no verdict yet",
}
"""What a stage rests on, in words."""


class ShowRow(NamedTuple):
    """One concession with everything about it, in the words of the JSON contract."""

    status_: Flattened[StatusRow]
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
    versions: tuple[Version, ...]
    """The versions of its declaration."""
    sources: tuple[SourceRow, ...]
    """The sources, numbered as they are cited."""


ShowDocument = rows_of("show", ShowRow, "Everything about one concession, in one row.")


def show(
    view: View, slug: str, declared: Sequence[Version] | None = None, shown: Sequence[Entry] = ()
) -> Report:
    """Report all that the book holds about one concession.

    `declared` holds its versions, if those of many were read at once. `shown` are the entries that
    people see, if retracted ones are among them, which are struck through.
    """
    concession = view.state.concessions[slug]
    if slug not in view.judged.positions:
        none = Section(slug, empty="not yet promised")
        return report(view, ShowDocument([]), [none])
    if declared is None:
        declared = versions(view, slug)
    row, sections = _made(view, concession, declared, shown)
    title, about = f"{slug}: {concession.title}", concession.agreement
    return report(view, ShowDocument([row]), sections, title=title, about=about)


def _made(
    view: View, concession: Concession, declared: Sequence[Version], shown: Sequence[Entry]
) -> tuple[ShowRow, list[Section]]:
    """Return the row of a concession, and its parts for people."""
    slug, citations = concession.slug, Citations(view)
    citations.cite(concession.source)
    deadlines = in_order([deadline_row(view, one) for one in view.judged.owned.get(slug, ())])
    paces, pace_tables = pace_sections(view, measured(view, slug), citations)
    entries = standing(view.state.history(slug))
    listed, struck = shown or entries, len(shown) > len(entries)
    history = entries_section(view, citations, listed, "History", struck=struck, of_one=True)
    row = ShowRow(
        status_=status_row(view, concession),
        test=concession.test,
        quote=concession.quote,
        locator=concession.locator,
        in_return_for=tuple(view.judged.in_return_for[slug]),
        given_for=tuple(view.judged.given_for[slug]),
        claims=claims_row(view, concession),
        deadlines=tuple(deadlines),
        pace=tuple(paces),
        history=tuple(entries),
        versions=tuple(declared),
        sources=tuple(citations.rows),
    )
    sections = [
        _terms(view, concession, row),
        deadlines_section(view, deadlines, "Deadlines"),
        *pace_tables,
        history,
        *([versions_section(view, declared)] if len(declared) > 1 else []),
        citations.section(),
    ]
    return row, sections


def _terms(view: View, concession: Concession, row: ShowRow) -> Section:
    state = row.status_
    locator = f", {concession.locator}" if concession.locator else ""
    claims = _claims(view, row.claims)
    is_kept = state.holds and state.state_because not in (Because.UNKEPT, Because.OVERTAKEN)
    pairs = [
        ("Gives → gets", view.parties_line(concession.slug)),
        ("State", state_in_words(view, state)),
        ("Stage", _stage(view, state)),
        ("Rests on", RESTS_ON[state.stage_from]),
        ("Promised", view.period(state.promised_on)),
        *([("To be kept up", until(view, state))] if is_kept else []),
        *([("Last checked", view.day(state.last_checked_on))] if state.last_checked_on else []),
        *([("Standing", _standing(state)), ("Claims", claims)] if claims else []),
        ("Will count as met", concession.test),
        *([("In its words", f"“{concession.quote}”")] if concession.quote else []),
        ("Kind", f"{concession.kind}, {concession.sector}"),
        ("Source", f"{concession.instrument} {FIRST}{locator}"),
    ]
    titles = {slug: one.title for slug, one in view.state.record.concessions.items()}
    slugs = {titles[slug]: slug for slug in (*row.in_return_for, *row.given_for)}
    pairs += [("In return for", titles[slug]) for slug in row.in_return_for]
    pairs += [("Given for it", titles[slug]) for slug in row.given_for]
    return terms(
        pairs,
        cites=lambda pair: FIRST if pair[0] == "Source" else "",
        about=lambda pair: slugs.get(pair[1]),
    )


def _stage(view: View, row: StatusRow) -> str:
    """Return the stage, its day and, if it is merely declared, each other claim of a side."""
    declared = row.stage_from is StageFrom.DECLARED
    said = both_sides(view, view.state.concessions[row.concession]) if declared else ()
    claims = (
        f"{says(view, str(one.says))} {one.stage}, {view.period(one.effective_on)}"
        for one in said
        if one.stage is not row.stage
    )
    return "; ".join([f"{row.stage}, {view.stage_day(row.concession)}", *claims])


def _standing(row: StatusRow) -> str:
    """Return the standing, and the agreed stage if that differs from the stage."""
    claim = row.latest_claim
    if row.standing is Standing.AGREED and claim and claim.stage is not row.stage:
        return f"agreed on {claim.stage}"
    return row.standing


def _claims(view: View, row: ClaimsRow) -> str:
    spoken = {one.party: one.stage for one in (*row.givers_say, *row.receivers_say)}
    spoken |= {one.party: one.stage for one in row.others}
    return ", ".join(f"{says(view, one)} {stage}" for one, stage in spoken.items())


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

    row: Flattened[DeadlineRow]
    pace: tuple[PaceRow, ...]
    restated: tuple[Restated, ...]
    """The figures that were counted again for the same day."""
    history: tuple[Entry, ...]
    sources: tuple[SourceRow, ...]
    """The sources of all of these, numbered as they are cited."""


DeadlineDocument = rows_of(
    "show deadline", DeadlineShown, "Everything about one deadline, in one row."
)


def _restated(was: Entry, now: Entry) -> Restated:
    basis, counted_by, unit = series_key(now)
    values = value_of(was), value_of(now)
    return Restated(now.on, counted_by, basis, unit, *values, now.public_on, now.entry)


def deadline(view: View, slug: str) -> Report:
    """Report all that the book holds about one deadline."""
    position = view.judged.deadlines[slug]
    row, citations = deadline_row(view, position), Citations(view)
    entries = standing(view.state.history(slug))
    again = tuple(
        _restated(was, now)
        for vintages in vintages_of(view.state.readings.get(slug, ()))
        for was, now in pairwise(vintages)
        if was.value != now.value
    )
    paces, pace_tables = pace_sections(view, measured(view, slug), citations)
    sections = [
        deadlines_section(view, [row]),
        *pace_tables,
        *([_restated_section(view, again)] if again else []),
        entries_section(view, citations, entries, "History", of_one=True),
        citations.section(),
    ]
    shown = DeadlineShown(row, tuple(paces), again, tuple(entries), tuple(citations.rows))
    title = f"{slug}: {row.label}"
    found, about = DeadlineDocument([shown]), row.agreement
    return report(view, found, sections, title=title, about=about)


def _restated_section(view: View, rows: tuple[Restated, ...]) -> Section:
    columns = [
        Column("Of", lambda row: view.day(row.on), right=True),
        Column("Counted by", lambda row: row.counted_by, wraps=True),
        Column("Basis", lambda row: row.basis),
        Column("Was", lambda row: quantity(row.was), right=True),
        Column("Now", lambda row: amount(row.value, row.unit), right=True),
        Column("Public", lambda row: view.day(row.public_on), right=True),
        Column("Entry", lambda row: f"#{row.entry}", right=True),
    ]
    return table(columns, rows, "Restated figures")


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
    found = view.state.sources[key]
    texts = [*map(text_row, view.state.texts_of(key))]
    rests = tuple(one.slug for one in resting(view)[found.key])
    row = SourceShowRow(*found[:7], view.state.entry_counts.get(found.key, 0), tuple(texts), rests)
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
