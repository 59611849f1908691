"""Which side gained what: for each side the distribution over buckets, and the list."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tracker.dates import Period
from tracker.reports.frame import document_of
from tracker.reports.status import StatusRow
from tracker.reports.view import View
from tracker.rules.stages import Position
from tracker.tables.rows import Flattened
from tracker.vocabulary import Bucket, Role, Stage


class GainsRow(NamedTuple):
    """How many of the concessions that a side gets, or gives, are in each bucket."""

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
    since: Period
    """The day of the latest word that it is at this stage."""
    was: Bucket | None
    """Its bucket on the day to compare with, if that is given and the bucket differs."""


class AgreementGains(NamedTuple):
    """What a side gets, or gives, by one agreement."""

    agreement: str
    gains_: Flattened[GainsRow]


@document_of("gains")
class GainsDocument(NamedTuple):
    """How many concessions are in each bucket, one row for each party."""

    rows: list[GainsRow]
    by_agreement: list[AgreementGains]
    """The counts by agreement and party."""
    concessions: list[GainedConcession]
    """The concessions, by party and bucket."""


def gains_rows(view: View, rows: Sequence[StatusRow], by: Role = Role.RECEIVER) -> list[GainsRow]:
    """Return the distribution of each side that gives or gets anything in view."""
    parties = {party for row in rows for party in (*row.givers, *row.receivers)}
    counts = {party: Counter[Bucket]() for party in view.parties if party in parties}
    for row in rows:
        for party in side_of(view, row, by):
            counts[party][row.bucket] += 1
    return [GainsRow(party, *(count[one] for one in Bucket)) for party, count in counts.items()]


def side_of(view: View, row: StatusRow, by: Role) -> list[str]:
    """Return the givers or the receivers of a concession: with such a filter, those it names."""
    gives = by is Role.GIVER
    named = view.choice.givers if gives else view.choice.receivers
    return [one for one in (row.givers if gives else row.receivers) if not named or one in named]


def concessions_by_party(
    view: View, rows: Sequence[StatusRow], by: Role, before: Mapping[str, Position]
) -> list[GainedConcession]:
    """Return the concessions by side and bucket, in the book's order within each."""
    sides = {party: place for place, party in enumerate(view.parties)}
    buckets = {bucket: place for place, bucket in enumerate(Bucket)}
    listed = []
    for row in rows:
        earlier = before.get(row.concession)
        was = earlier.bucket if earlier and earlier.bucket is not row.bucket else None
        said = (*row[:2], row.givers, row.stage, row.bucket, row.stage_on, was)
        listed += [GainedConcession(party, *said) for party in side_of(view, row, by)]
    return sorted(listed, key=lambda one: (sides[one.party], buckets[one.bucket]))
