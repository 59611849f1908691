"""Summaries: a concession in a few sentences, several agreements in a table."""

from collections.abc import Sequence

from tracker.dates import period_in_prose
from tracker.facts import Concession
from tracker.reports.grouping import rows_by_agreement
from tracker.reports.prose import parties, sentence
from tracker.reports.status import StatusRow, status_row
from tracker.reports.tally import MEANINGS, gains_rows, in_words
from tracker.reports.view import View
from tracker.rules.scale import SCALE
from tracker.tables import NOTHING, Column, Section, table
from tracker.vocabulary import Bucket, ConcessionKind, Stage


def in_sentences(view: View, concession: Concession) -> str:
    """Return what a concession is, who gives it and how far it has come."""
    row = status_row(view, concession)
    on = view.stage_day(row.concession)
    now = f"Its stage, as of {on}, is {row.stage}: {SCALE[row.stage].meaning}."
    return f"{sentence(_promised(view, row))} {now}{_worth(row)}"


def _promised(view: View, row: StatusRow) -> str:
    """Return who promised a concession to whom, or that it is being negotiated."""
    givers, receivers = parties(view, row.givers), parties(view, row.receivers)
    if {*row.givers} == {*row.receivers}:
        receivers = "each other"
    when = period_in_prose(row.promised_on, view.clocks.as_of)
    what = row.sector if row.kind is ConcessionKind.OTHER else f"{row.kind}, {row.sector}"
    if row.stage is Stage.NEGOTIATING:
        put = f"this concession ({what}) by {givers} to {receivers} was put forward"
        return f"{put} {when} and is being negotiated."
    return f"{givers} promised {receivers} this concession ({what}) {when}."


def _worth(row: StatusRow) -> str:
    """Return what it counts as, unless the stage says so."""
    if row.bucket is Bucket.GAINED or row.bucket not in MEANINGS:
        return ""
    meaning = "" if row.stage in (Stage.MOOT, Stage.STALLED) else f": {MEANINGS[row.bucket]}"
    return f" It counts as {row.bucket}{meaning}."


def portfolio(view: View, rows: Sequence[StatusRow]) -> Section:
    """Return one line per agreement: who is ahead in what, its concessions, what is due."""
    own = rows_by_agreement(view, rows)
    columns = [
        Column(
            "Agreement",
            lambda slug: view.agreements[slug].title,
            wraps=True,
            below=lambda slug: in_words(view, gains_rows(view, own[slug])),
        ),
        Column("Concessions", lambda slug: str(len(own[slug])), right=True),
        Column("Next due", lambda slug: _due(view, slug), wraps=True),
    ]
    return table(columns, [*view.agreements], "Agreements")


def _due(view: View, agreement: str) -> str:
    """Return the next day on which anything in an agreement is due."""
    ahead = (one for one in view.coming if one.deadline.agreement == agreement)
    first = min(ahead, key=lambda one: (one.last, one.deadline.slug), default=None)
    return f"{view.period(first.due_on)}: {first.deadline.label}" if first else NOTHING
