"""Everything about one concession: terms, test, claims, deadlines, exchange, history, sources."""

from collections.abc import Sequence
from typing import NamedTuple

from tracker.facts import Concession, Entry
from tracker.reports.citations import Citations, SourceRow
from tracker.reports.claims import ClaimsRow, claims_row
from tracker.reports.deadlines import DeadlineRow, deadline_row, deadlines_section, in_order
from tracker.reports.frame import report, rows_of, says
from tracker.reports.history import entries_section, standing
from tracker.reports.pace import PaceRow, measured, pace_sections
from tracker.reports.status import StatusRow, stage_in_words, standing_in_words, status_row, until
from tracker.reports.versions import Version, versions, versions_section
from tracker.reports.view import View
from tracker.tables import NOTHING, Report, Section, terms
from tracker.tables.rows import Flattened
from tracker.vocabulary import Bucket, StageFrom

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
    others = [*view.deadlines, *view.sources]
    (concession,) = view.concessions_named([slug], "concession, deadline or source", others)
    if slug not in view.positions:
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
    deadlines = in_order([deadline_row(view, one) for one in view.owned.get(slug, ())])
    paces, pace_tables = pace_sections(view, measured(view, slug), citations)
    entries = standing(view.history(slug))
    listed, struck = shown or entries, len(shown) > len(entries)
    history = entries_section(view, citations, listed, "History", struck=struck)
    row = ShowRow(
        status_=status_row(view, concession),
        test=concession.test,
        quote=concession.quote,
        locator=concession.locator,
        in_return_for=tuple(view.in_return_for[slug]),
        given_for=tuple(view.given_for[slug]),
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
    is_kept = state.holds and state.bucket is not Bucket.VOID
    pairs = [
        ("Gives → gets", view.parties_line(concession.slug)),
        ("Stage", stage_in_words(view, state, dated=True)),
        ("Rests on", RESTS_ON[state.stage_from]),
        ("Promised", view.period(state.promised_on)),
        *([("To be kept up", until(view, state))] if is_kept else []),
        *([("Last checked", view.day(state.last_checked_on))] if state.last_checked_on else []),
        ("Standing", standing_in_words(state)),
        ("Claims", _claims(view, row.claims)),
        ("Will count as met", concession.test),
        *([("In its words", f"“{concession.quote}”")] if concession.quote else []),
        ("Kind", f"{concession.kind}, {concession.sector}"),
        ("Source", f"{concession.instrument} {FIRST}{locator}"),
        ("In return for", ", ".join(row.in_return_for) or NOTHING),
        ("Given for it", ", ".join(row.given_for) or NOTHING),
    ]
    return terms(pairs, cites=lambda pair: FIRST if pair[0] == "Source" else "")


def _claims(view: View, row: ClaimsRow) -> str:
    spoken = {one.party: one.stage for one in (*row.givers_say, *row.receivers_say)}
    spoken |= {one.party: one.stage for one in row.others}
    return ", ".join(f"{says(view, one)} {stage}" for one, stage in spoken.items()) or NOTHING
