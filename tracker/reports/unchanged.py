"""What a week's page says of what did not change: open promises, what is held, silence."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from tracker.dates import Period, exactly, period_in_words
from tracker.reports.delivered import briefly
from tracker.reports.status import StatusRow, standing_in_words, tone
from tracker.reports.view import View
from tracker.reports.week import SILENCE_DAYS, WeekDocument
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.risk import SETTLED
from tracker.tables import NOTHING, Column, Section, table
from tracker.vocabulary import Bucket, DeadlineKind, Stage, Standing

DISTANT_DAYS = 90
"""From how many days on a promise that nobody has begun with is distant."""


def unchanged_section(view: View, found: WeekDocument) -> Section:
    """Return what did not change: what is open in a line each, then what is calm, in short."""
    told = {one.concession for one in found.changes} | {one.concession for one in found.at_risk}
    rows = [
        row.status_ for row in found.rows if not row.changed and row.status_.concession not in told
    ]
    calm: dict[Bucket, list[StatusRow]] = {
        bucket: [row for row in rows if row.bucket is bucket and _is_calm(view, row)]
        for bucket in (Bucket.PROMISED, Bucket.HOLDING, *SETTLED)
    }
    opened = [row for row in rows if row not in calm.get(row.bucket, ())]
    lists = ". ".join(_in_short(view, bucket, own) for bucket, own in calm.items() if own)
    after = (*([f"{lists}."] if lists else ()), *_silent(view, found))
    shown = table(_columns(view), opened, f"Unchanged ({len(rows)})")
    return shown._replace(bare=True, after=after)


def _is_calm(view: View, row: StatusRow) -> bool:
    """Return whether nothing of a concession has to be watched now."""
    if row.bucket is not Bucket.PROMISED:
        return True
    position = _own_deadline(view, row)
    left = position.days_left if position else None
    counted = row.delivered is not None and row.delivered.low is not None
    near = left is not None and left < DISTANT_DAYS
    return not (near or counted or _claims(view, row))


def _in_short(view: View, bucket: Bucket, rows: Sequence[StatusRow]) -> str:
    """Return the concessions of a bucket by their slugs, by the day on which they end or are due.

    Without such days, just the slugs.
    """
    days: dict[Period | None, list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: _day_of(view, row) or LAST):
        days[_day_of(view, row)].append(row.concession)
    near, word = view.clocks.as_of, "until" if bucket is Bucket.HOLDING else "due"
    parts = [
        f"{f'{word} {period_in_words(on, near)}: ' if on else ''}{', '.join(own)}"
        for on, own in days.items()
    ]
    return f"{bucket.capitalize()} ({len(rows)}): {'; '.join(parts)}"


LAST = exactly(date.max)


def _day_of(view: View, row: StatusRow) -> Period | None:
    """Return the day to which something is held, or on which it is due."""
    if row.bucket is Bucket.HOLDING:
        return row.term_ends_on
    position = _own_deadline(view, row) if row.bucket is Bucket.PROMISED else None
    return position.due_on if position else None


def _own_deadline(view: View, row: StatusRow) -> DeadlinePosition | None:
    """Return the next deadline of the concession itself; the lead has its agreement's."""
    position = view.next_deadline(view.concessions[row.concession])
    return position if position and position.deadline.concession else None


def _columns(view: View) -> list[Column]:
    return [
        Column("Concession", lambda row: row.title, clips=True, about=lambda row: row.concession),
        Column("Gives → gets", lambda row: view.parties_line(view.concessions[row.concession])),
        Column("Stage", _stage, tone=tone),
        Column("Next deadline", lambda row: _next(view, row), clips=True, sparse=True),
    ]


def _stage(row: StatusRow) -> str:
    """Return the stage, and that it is in doubt where the stage does not say so."""
    doubt = row.bucket is Bucket.IN_DOUBT and row.stage is not Stage.STALLED
    return f"{row.stage}, in doubt" if doubt else row.stage


def _next(view: View, row: StatusRow) -> str:
    """Return what comes next, how much is delivered, and what a party claims instead."""
    position = _own_deadline(view, row)
    parts = [_ahead(position, view.clocks.as_of)] if position else []
    if row.delivered:
        parts = [": ".join([*parts, briefly(view, row.concession)])]
    return "; ".join([*parts, *_claims(view, row)]) or NOTHING


KINDS: Mapping[DeadlineKind, str] = {DeadlineKind.EXPIRY: "until", DeadlineKind.DELIVERY: "due"}


def _ahead(position: DeadlinePosition, near: date) -> str:
    """Return the day of a deadline: `until 10 Nov`, `due 31 Dec`, `meeting 14 May`."""
    if position.due_on is None:
        return f"awaits {position.deadline.awaits}"
    kind = position.deadline.kind
    passed = "ended" if kind is DeadlineKind.EXPIRY else "was due"
    word = KINDS.get(kind, kind) if position.ahead else passed
    return f"{word} {period_in_words(position.due_on, near)}"


def _claims(view: View, row: StatusRow) -> list[str]:
    """Return that both sides agree or disagree, or what one says if that is another stage."""
    if row.standing in (Standing.AGREED, Standing.CONTESTED):
        return [standing_in_words(row)]
    claim = row.latest_claim
    if claim is None or claim.stage is row.stage:
        return []
    return [f"{view.short(claim.party)} says {claim.stage}"]


def _silent(view: View, found: WeekDocument) -> Iterator[str]:
    """Yield for how many concessions there was no news for long, and for which the longest."""
    if not found.silent:
        return
    longest = max(found.silent, key=lambda one: one.days)
    title = view.concessions[longest.concession].title
    yield (
        f"No news for {SILENCE_DAYS} days or more: {len(found.silent)} of {len(found.rows)};"
        f" longest “{title}”, {longest.days} days."
    )
