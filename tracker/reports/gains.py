"""Which side gained what: for each side the distribution over buckets, then the list."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tracker.reports.contract import document_of
from tracker.reports.frame import day, report
from tracker.reports.grouping import by_agreement, rows_by_agreement
from tracker.reports.status import StatusRow, stage_in_words, status_rows, tone
from tracker.reports.view import View
from tracker.rules.stages import Position
from tracker.tables import NOTHING, Column, Report, Section, table
from tracker.vocabulary import Bucket, Role, Stage


class GainsRow(NamedTuple):
    """How many of a side's concessions are in each bucket: of those that it gets, or gives."""

    party: str
    """The party they were promised to; by giver, the party that promised them."""
    gained: int
    """How many are `gained`."""
    holding: int
    """How many are `holding`."""
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
    expired: int
    """How many are `expired`."""
    void: int
    """How many are `void`."""


COUNTS = GainsRow._fields[1:]
"""The fields that count buckets, in the order of the buckets."""


class GainedConcession(NamedTuple):
    """One concession, listed under the side that gets it, or gives it."""

    party: str
    """The party it was promised to; by giver, the party that promised it."""
    concession: str
    title: str
    givers: tuple[str, ...]
    stage: Stage
    bucket: Bucket
    since: date
    """The day it reached this stage."""
    was: Bucket | None
    """The bucket that it was in on the day to compare with, if one is given and it differs."""


@document_of("gains")
class GainsDocument(NamedTuple):
    """How many concessions are in each bucket, one row for each party."""

    rows: list[GainsRow]
    concessions: list[GainedConcession]
    """The concessions, by party and bucket."""


def gains(view: View, by: Role = Role.RECEIVER, since: date | None = None) -> Report:
    """Report which side gained what, or gave: never one score, and no sum of unlike things.

    With `since`, what was in another bucket on that day is marked.
    """
    rows = status_rows(view)
    before = view.at(since).positions if since else {}
    listed = concessions_by_party(view, rows, by, before)
    found = GainsDocument(rows=gains_rows(view, rows, by), concessions=listed)
    table_of = by_agreement(view, listed, _list_columns(view, rows, by), "Concessions")
    sections = [*gains_sections(view, rows, by), *table_of]
    return report(view, found, sections, title=TITLES[by].lower())


TITLES = {Role.RECEIVER: "Who gained what", Role.GIVER: "Who gave what"}


def _list_columns(view: View, rows: Sequence[StatusRow], by: Role) -> list[Column]:
    by_slug = {row.concession: row for row in rows}
    near = view.clocks.as_of
    gives = by is Role.GIVER
    return [
        Column("Gives" if gives else "Gets", lambda row: view.short(row.party)),
        Column("Bucket", lambda row: row.bucket, tone=lambda row: tone(by_slug[row.concession])),
        Column("Was", lambda row: row.was or NOTHING, sparse=True),
        Column("Concession", lambda row: row.concession, wraps=True),
        Column("What", lambda row: row.title, wraps=True),
        Column(
            "To" if gives else "From",
            lambda row: view.shorts(by_slug[row.concession].receivers if gives else row.givers),
        ),
        Column("Stage", lambda row: stage_in_words(view, by_slug[row.concession])),
        Column("Since", lambda row: day(row.since, near), right=True),
    ]


def gains_rows(view: View, rows: Sequence[StatusRow], by: Role = Role.RECEIVER) -> list[GainsRow]:
    """Return the distribution of each side that gives or gets anything in view."""
    parties = {party for row in rows for party in (*row.givers, *row.receivers)}
    counts = {party: Counter[Bucket]() for party in view.parties if party in parties}
    for row in rows:
        for party in side_of(row, by):
            counts[party][row.bucket] += 1
    return [
        GainsRow(party, *(count[bucket] for bucket in Bucket)) for party, count in counts.items()
    ]


def side_of(row: StatusRow, by: Role) -> tuple[str, ...]:
    """Return who gives, or who gets, a concession."""
    return row.givers if by is Role.GIVER else row.receivers


def gains_sections(
    view: View, rows: Sequence[StatusRow], by: Role = Role.RECEIVER
) -> list[Section]:
    """Return the table of who gained what; of several agreements in view also that of each."""
    title = TITLES[by]
    if len(view.agreements) <= 1:
        return [gains_section(view, gains_rows(view, rows, by), title)]
    own = rows_by_agreement(view, rows)
    of_each = [
        gains_section(view, gains_rows(view, own[slug], by), f"{title} · {agreement.title}")
        for slug, agreement in view.agreements.items()
    ]
    whole = gains_rows(view, rows, by)
    return [*of_each, gains_section(view, whole, f"{title} · all agreements together")]


def gains_section(view: View, tally: Sequence[GainsRow], title: str) -> Section:
    """Return a table of who gained what; buckets that are empty for everybody are left out."""
    columns = [
        Column("", lambda row: view.parties[row.party].name),
        *(
            Column(bucket, _count(at), right=True)
            for at, bucket in enumerate(Bucket, 1)
            if any(row[at] for row in tally)
        ),
    ]
    shown = [row for row in tally if any(row[1:]) or not view.part_of[row.party]]
    return table(columns, shown, title)


def _count(at: int) -> Callable[[GainsRow], str]:
    return lambda row: str(row[at])


def concessions_by_party(
    view: View, rows: Sequence[StatusRow], by: Role, before: Mapping[str, Position]
) -> list[GainedConcession]:
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
            _was(row, before),
        )
        for row in rows
        for party in side_of(row, by)
    ]
    return sorted(listed, key=lambda one: (sides[one.party], buckets[one.bucket]))


def _was(row: StatusRow, before: Mapping[str, Position]) -> Bucket | None:
    earlier = before.get(row.concession)
    return earlier.bucket if earlier and earlier.bucket is not row.bucket else None
