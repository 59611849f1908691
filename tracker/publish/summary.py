"""What a reader needs first: a concession in a few sentences, several agreements in a table."""

from collections import Counter
from collections.abc import Callable, Sequence

from tracker.dates import in_words, period_in_prose, period_in_words
from tracker.facts import Concession
from tracker.reports.prose import parties, sentence
from tracker.reports.status import StatusRow, status_row
from tracker.reports.view import View
from tracker.tables import NOTHING, Column, Section, table
from tracker.vocabulary import Bucket

COUNTED = (Bucket.GAINED, Bucket.HOLDING, Bucket.LOST, Bucket.IN_DOUBT)


def in_sentences(view: View, concession: Concession) -> str:
    """Return what a concession is, who gives it, where it is and what comes next."""
    row = status_row(view, concession)
    near = view.clocks.as_of
    givers, receivers = parties(view, concession.givers), parties(view, concession.receivers)
    if {*concession.givers} == {*concession.receivers}:
        receivers = "each other"
    promised = period_in_prose(row.promised_on, near)
    told = f"{givers} promised {receivers} this concession ({row.kind}, {row.sector}) {promised}."
    now = f"Its stage, as of {in_words(row.stage_on, near)}, is {row.stage}"
    worth = f", which counts as {row.bucket}" if row.bucket.value != row.stage.value else ""
    return f"{sentence(told)} {now}{worth}. {_next(view, concession)}"


def _next(view: View, concession: Concession) -> str:
    position = view.next_deadline(concession)
    if position is None:
        return "Nothing more is due."
    label = position.deadline.label
    if position.due_on is None:
        return f"Next: {label}, when {position.deadline.awaits}."
    when = period_in_prose(position.due_on, view.clocks.as_of)
    return f"Next: {label}, {when}." if position.ahead else f"Overdue: {label}, {when}."


def portfolio(view: View, rows: Sequence[StatusRow]) -> Section:
    """Return each agreement in a line: its concessions, where they are and what is due next."""
    counts = {slug: Counter[Bucket]() for slug in view.agreements}
    for row in rows:
        counts[row.agreement][row.bucket] += 1
    columns = [
        Column("Agreement", lambda slug: view.agreements[slug].title, wraps=True),
        Column("Concessions", lambda slug: str(counts[slug].total()), right=True),
        *(Column(bucket, _count(counts, bucket), right=True) for bucket in COUNTED),
        Column("Next due", lambda slug: _due(view, slug), wraps=True),
    ]
    return table(columns, [*view.agreements], "Agreements")


def _count(counts: dict[str, Counter[Bucket]], bucket: Bucket) -> Callable[[str], str]:
    return lambda slug: str(counts[slug][bucket] or NOTHING)


def _due(view: View, agreement: str) -> str:
    """Return the next day on which anything of an agreement is due."""
    ahead = [
        (one.due_on.last, one.deadline.slug, one)
        for one in view.deadline_positions.values()
        if one.deadline.agreement == agreement and one.due_on and one.ahead and not one.closed
    ]
    if not ahead:
        return NOTHING
    *_, first = min(ahead)
    day = period_in_words(first.due_on, view.clocks.as_of) if first.due_on else NOTHING
    return f"{day}: {first.deadline.label}"
