"""Which side gained what: for each side the distribution over buckets, then the list."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from tracker.reports.contract import document_of
from tracker.reports.deadlines import DeadlineRow, deadline_row
from tracker.reports.frame import day, period, report
from tracker.reports.grouping import by_agreement, rows_by_agreement
from tracker.reports.status import StatusRow, stage_in_words, status_rows, tone
from tracker.reports.view import View
from tracker.tables import Column, Report, Section, table
from tracker.vocabulary import Bucket, Stage


class GainsRow(NamedTuple):
    """How many of the concessions promised to a side are in each bucket."""

    party: str
    """The party they were promised to."""
    gained: int
    """How many are `gained`."""
    in_part: int
    """How many are `in part`."""
    under_way: int
    """How many are `under way`."""
    promised: int
    """How many are `promised`."""
    in_doubt: int
    """How many are `in doubt`."""
    lost: int
    """How many are `lost`."""
    ended: int
    """How many are `ended`."""


class GainedConcession(NamedTuple):
    """One concession, listed under the side that was promised it."""

    party: str
    """The party it was promised to."""
    concession: str
    title: str
    givers: tuple[str, ...]
    stage: Stage
    bucket: Bucket
    since: date
    """The day it reached this stage."""


@document_of("gains")
class GainsDocument(NamedTuple):
    """How many concessions are in each bucket, one row for each party."""

    rows: list[GainsRow]
    concessions: list[GainedConcession]
    """The concessions, by party and bucket."""
    expired: list[DeadlineRow]
    """Terms that have ended with no news since; the rows still count what depends on them."""


def gains(view: View) -> Report:
    """Report which side gained what: never one score, and no sum of unlike things."""
    rows = status_rows(view)
    listed = concessions_by_receiver(view, rows)
    by_slug = {row.concession: row for row in rows}
    near = view.clocks.as_of
    columns = [
        Column("Gets", lambda row: view.short(row.party)),
        Column("Bucket", lambda row: row.bucket, tone=lambda row: tone(by_slug[row.concession])),
        Column("Concession", lambda row: row.concession, wraps=True),
        Column("What", lambda row: row.title, wraps=True),
        Column("From", lambda row: view.shorts(row.givers)),
        Column("Stage", lambda row: stage_in_words(view, by_slug[row.concession])),
        Column("Since", lambda row: day(row.since, near), right=True),
    ]
    found = GainsDocument(
        rows=gains_rows(view, rows),
        concessions=listed,
        expired=[deadline_row(one) for one in view.expired],
    )
    sections = [*gains_sections(view, rows), *by_agreement(view, listed, columns, "Concessions")]
    return report(view, found, sections, title="who gained what")


def gains_rows(view: View, rows: Sequence[StatusRow]) -> list[GainsRow]:
    """Return the distribution of each side that gives or gets anything in view."""
    parties = {party for row in rows for party in (*row.givers, *row.receivers)}
    counts = {party: Counter[Bucket]() for party in view.parties if party in parties}
    for row in rows:
        for party in row.receivers:
            counts[party][row.bucket] += 1
    return [
        GainsRow(party, *(count[bucket] for bucket in Bucket)) for party, count in counts.items()
    ]


def gains_sections(view: View, rows: Sequence[StatusRow]) -> list[Section]:
    """Return the table of who gained what, and what in it rests on terms that have ended."""
    near = view.clocks.as_of
    ended = [
        f"{term.deadline.concession or term.deadline.agreement} ({period(term.due_on, near)})"
        for term in view.expired
    ]
    title = f"Ended, with nothing said since, and counted as they last stood ({len(ended)})"
    doubts = Section(title, lines=(", ".join(ended),))
    return [*_tallies(view, rows), *([doubts] if ended else [])]


def _tallies(view: View, rows: Sequence[StatusRow]) -> list[Section]:
    """Return the distribution, with several agreements in view that of each one before."""
    whole = gains_section(view, rows, "Who gained what")
    if len(view.agreements) <= 1:
        return [whole]
    own = rows_by_agreement(view, rows)
    of_each = [
        gains_section(view, own[slug], f"Who gained what · {agreement.title}")
        for slug, agreement in view.agreements.items()
    ]
    return [*of_each, whole._replace(title="Who gained what · all agreements together")]


def gains_section(view: View, rows: Sequence[StatusRow], title: str) -> Section:
    """Return a table of who gained what."""
    columns = [
        Column("", lambda row: view.parties[row.party].name),
        *(Column(bucket, _count(at), right=True) for at, bucket in enumerate(Bucket, 1)),
    ]
    return table(columns, gains_rows(view, rows), title)


def _count(at: int) -> Callable[[GainsRow], str]:
    return lambda row: str(row[at])


def concessions_by_receiver(view: View, rows: Sequence[StatusRow]) -> list[GainedConcession]:
    """Return the concessions by side and bucket, in the book's order within each."""
    sides = {party: place for place, party in enumerate(view.parties)}
    buckets = {bucket: place for place, bucket in enumerate(Bucket)}
    listed = [
        GainedConcession(
            party,
            row.concession,
            row.title,
            row.givers,
            row.stage,
            row.bucket,
            row.stage_on,
        )
        for row in rows
        for party in row.receivers
    ]
    return sorted(listed, key=lambda one: (sides[one.party], buckets[one.bucket]))
