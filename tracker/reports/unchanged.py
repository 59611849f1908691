"""The part of a week's page on what did not change: open promises, what holds, silence."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter

from tracker.dates import Period, exactly
from tracker.groups import by_key
from tracker.reports.delivered import excess, in_brief
from tracker.reports.frame import says
from tracker.reports.shifts import in_prose
from tracker.reports.status import StatusRow, faced, standing_in_words, tone
from tracker.reports.view import View
from tracker.reports.week import SILENCE_DAYS, WeekDocument, WeekRow
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.risk import SETTLED
from tracker.tables import Column, Listed, Section, table
from tracker.vocabulary import Bucket, DeadlineKind, Stage, Standing

DISTANT_DAYS = 90
"""A promise not yet started is distant if its day is at least this many days ahead."""
CALM: Mapping[Bucket | Stage, str] = {
    Bucket.IN_PART: "Met in part, no deadline",
    Bucket.UNDER_WAY: "Under way, no deadline",
    Stage.NEGOTIATING: "Under negotiation",
    Bucket.PROMISED: "Promised, not started",
    Bucket.HOLDING: "Still holding",
    Bucket.GAINED: "Already gained",
    Bucket.LOST: "Already lost",
    Bucket.EXPIRED: "Already expired",
    Bucket.VOID: "Already void",
}
"""The titles of lists of concessions that need no watching, in order.

What is only negotiated counts as promised, but nobody has promised it yet.
"""


def unchanged_section(view: View, found: WeekDocument) -> Section:
    """Return what did not change and is not listed above as at risk, due or passed.

    Open concessions are one per line, then calm ones in lists.
    """
    is_above = _is_above(view, found)
    rows = [row.status_ for row in found.rows if not is_above(row)]
    calm = by_key((_list_of(row) if _is_calm(view, row) else None, row) for row in rows)
    columns = [
        Column("Concession", lambda row: row.title, wraps=True, about=lambda row: row.concession),
        Column("Gives → gets", lambda row: view.parties_line(row.concession)),
        Column("Status", lambda row: _where(view, row), wraps=True, tone=tone),
    ]
    shown = table(columns, calm[None], f"No change this week ({len(rows)})" if rows else "")
    lists = (_listed(view, one, calm[one]) for one in CALM if calm[one])
    return shown._replace(bare=True, listed=(*lists, *_silent(view, found)))


def _is_above(view: View, found: WeekDocument) -> Callable[[WeekRow], bool]:
    """Return a function that says whether a concession is listed in a part above.

    One that is only due there is listed again if a party claims another stage; one that is only at
    risk, if that is disputed.
    """
    told = {one.concession for one in found.changes}
    at_risk = {one.concession for one in found.at_risk}
    due = {one.concession for part in (found.due, found.begin, found.overdue) for one in part}

    def is_above(row: WeekRow) -> bool:
        slug, status = row.status_.concession, row.status_
        is_due = slug in due and not _claims(view, status)
        is_watched = slug in at_risk and not _is_doubted(status)
        return row.changed or slug in told or is_due or is_watched

    return is_above


def _is_calm(view: View, row: StatusRow) -> bool:
    """Return whether a concession needs no watching now."""
    if row.bucket not in CALM or _is_doubted(row):
        return False
    if row.bucket is Bucket.HOLDING:
        return not excess(view, row.delivered)
    if row.bucket in SETTLED:
        return True
    position = _own_deadline(view, row)
    left = position.days_left if position else None
    near = left is not None and left < DISTANT_DAYS
    if row.bucket is not Bucket.PROMISED and position:
        return False
    counted = row.delivered is not None and row.delivered.low is not None
    return not (near or counted or _claims(view, row))


def _is_doubted(row: StatusRow) -> bool:
    """Return whether parties disagree with its stage, and said so after the day of that stage."""
    claim = row.latest_claim
    if claim is None or claim.on.last <= row.stage_on.last:
        return False
    return row.standing is Standing.CONTESTED or claim.stage is not row.stage


def _list_of(row: StatusRow) -> Bucket | Stage:
    return row.stage if row.stage in CALM else row.bucket


def _listed(view: View, of: Bucket | Stage, rows: Sequence[StatusRow]) -> Listed:
    """Return the concessions of a list, by the day on which they end or are due, if any."""
    dated = sorted(((*_day_of(view, row), row) for row in rows), key=itemgetter(0))
    days = by_key((words, row) for _, words, row in dated)
    named = [(on, [f"“{row.title}”" for row in own]) for on, own in days.items()]
    told = "; ".join(f"{on}: {', '.join(own)}" if on else ", ".join(own) for on, own in named)
    first, own = named[0]
    of_those = "" if len(own) == len(rows) else f"{len(own)} of them "
    soon = f", {of_those}{first}" if of is Bucket.HOLDING and first else ""
    slugs = ", ".join(row.concession for own in days.values() for row in own)
    what, many = CALM[of], len(rows)
    return Listed(f"{what} ({many})", told, f"{what} ({many}{soon}): {slugs}")


LAST = exactly(date.max)


def _day_of(view: View, row: StatusRow) -> tuple[Period, str]:
    """Return the day until which something holds, or on which it is due, and the same in words.

    If there is no such day, return the last day of the calendar and no words.
    """
    if row.bucket is Bucket.HOLDING and row.term_ends_on:
        return row.term_ends_on, f"until {view.period(row.term_ends_on)}"
    position = _own_deadline(view, row) if row.bucket is Bucket.PROMISED else None
    on = position.due_on if position else None
    return (on, _ahead(view, position)) if position and on else (LAST, "")


def _own_deadline(view: View, row: StatusRow) -> DeadlinePosition | None:
    """Return the next deadline of the concession itself; the lead has its agreement's."""
    position = faced(view, row)
    return position if position and position.deadline.concession else None


def _where(view: View, row: StatusRow) -> str:
    """Return the stage, what comes next, how much is delivered and what a party claims instead."""
    position = _own_deadline(view, row)
    parts = [_ahead(view, position)] if position else []
    if row.delivered:
        parts = [": ".join([*parts, in_brief(view, row.delivered)])]
    doubt = row.bucket is Bucket.IN_DOUBT and row.stage is not Stage.STALLED
    said = in_prose(row.stage) + (", in doubt" if doubt else "")
    claims = _claims(view, row)
    stage = [] if row.stage is Stage.ANNOUNCED and claims else [said]
    return "; ".join([*stage, *parts, *claims])


KINDS: Mapping[DeadlineKind, str] = {DeadlineKind.EXPIRY: "until", DeadlineKind.DELIVERY: "due"}


def _ahead(view: View, position: DeadlinePosition) -> str:
    """Return the day of a deadline: `until 10 Nov`, `due 31 Dec`, `meeting 14 May`."""
    if position.due_on is None:
        return f"awaits {position.deadline.awaits}"
    kind = DeadlineKind.EXPIRY if position.is_limit else position.deadline.kind
    passed = "ended" if kind is DeadlineKind.EXPIRY else "was due"
    word = KINDS.get(kind, kind) if position.ahead else passed
    return f"{word} {view.period(position.due_on)}"


def _claims(view: View, row: StatusRow) -> list[str]:
    """Return that both sides agree or disagree, or one side's claim of another stage."""
    if row.standing in (Standing.AGREED, Standing.CONTESTED):
        words = standing_in_words(row)
        return [f"both say {row.stage}" if words == Standing.AGREED else words]
    claim = row.latest_claim
    if claim is None or claim.stage is row.stage:
        return []
    return [f"{says(view, claim.party)} {claim.stage}"]


def _silent(view: View, found: WeekDocument) -> Iterator[Listed]:
    """Yield how many concessions have had no news for long, and which one for longest."""
    if not found.silent:
        return
    longest = max(found.silent, key=lambda one: one.days)
    checked = sum(view.is_checked(one.concession, SILENCE_DAYS) for one in found.silent)
    many = f"{len(found.silent)} of {len(found.rows)}{f', {checked} checked' if checked else ''}"
    what, days = f"No news for {SILENCE_DAYS} days or more", f"{longest.days} days"
    title = f"“{view.concessions[longest.concession].title}”"
    in_full, in_short = (f"longest {one}, {days}" for one in (title, longest.concession))
    yield Listed(f"{what} ({many})", in_full, f"{what} ({many}): {in_short}")
