"""The pictures of an agreement: who has what, its days, its targets, and its promises over time."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from tracker.dates import Period, exactly, in_words, period_in_words, shifted
from tracker.publish.charts import (
    Bar,
    MarkedDay,
    Picture,
    PictureRow,
    Point,
    letter_of,
    plotted,
)
from tracker.record import by_key
from tracker.reports.gains import distribution, gained, gains_rows
from tracker.reports.pace import measured
from tracker.reports.view import View
from tracker.reports.wording import (
    figure_in_words,
    listing,
    number,
    the,
    verdict_in_words,
)
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.progress import due_by, share
from tracker.rules.statuses import position as position_of
from tracker.tables import Cell, Column, Section, counted
from tracker.vocabulary import EVENTS, DeadlineKind, DeadlineVerdict, Grouping, Status

SIDES = 10
"""How many sides a picture has at most: those with most promises."""
DAYS = 14
"""How many days of an agreement a picture has at most, and how many targets."""
AHEAD = 400
"""How many days ahead a picture reaches at most."""
EVENTS_SHOWN = 6
"""How many events of an agreement are marked beside its promises: the last ones."""
WHO_HAS_WHAT = "Promises to each side, by how far they have come: counted, not weighed."
BEYOND = 130
"""Where the axis of targets ends, in percent."""


def has_what(view: View, agreement: str | None = None) -> Picture | None:
    """Return a bar for each side: the promises made to it, by status."""
    gains = [
        gain
        for gain in gained(view)
        if agreement in (None, view.agreement_of(gain.concession))
    ]
    sides = sorted(gains_rows(view, gains), key=lambda side: -sum(side.counts))
    others = len(sides) - SIDES
    sides = sides[:SIDES]
    if not sides:
        return None
    rows = []
    shown = set[Status]()
    for side in sides:
        bars = []
        start = 0
        for status in Status:
            many = getattr(side.counts, status.name.lower())
            if many:
                end = start + many
                bars.append(Bar(start, end, status, f"{many} {status}", str(many)))
                start = end
                shown.add(status)
        name = view.parties[side.group].name
        rows.append(PictureRow(name, counted(start, "promise"), bars))
    about = WHO_HAS_WHAT
    if others > 0:
        about += f" {counted(others, 'side')} with fewer promises are left out."
    return Picture(
        "Who has what today",
        about,
        plotted(0, max(sum(side.counts) for side in sides), rows),
        distribution(view, sides, Grouping.RECEIVER, ""),
        tuple(status for status in Status if status in shown),
    )


# --- the days of an agreement ---------------------------------------------------------------------


class Event(NamedTuple):
    """A day of an agreement, and what happens on it."""

    on: date
    words: str
    period: Period
    """The day, or the month or year if no day is known."""
    outcome: str = ""
    ends: bool = False
    """Whether the agreement runs until then."""


def timeline(view: View, agreement: str) -> Picture | None:
    """Return the days of an agreement: its events, the ends of terms, today, and its own end."""
    as_of = view.as_of
    agreed_on = view.agreements[agreement].agreed_on
    agreed = Event(agreed_on.last, "Agreed", agreed_on)
    events = sorted([agreed, *_events(view, agreement)])
    near = [event for event in events if event.on <= shifted(as_of, AHEAD)][-DAYS:]
    if len(near) < 2:
        return None
    first = min(near[0].on, as_of)
    last = max(near[-1].on, as_of)
    rows = []
    for event in near:
        on = " · ".join(filter(None, [view.period(event.period), event.outcome]))
        if event.ends:
            rows.append(
                PictureRow(event.words, bars=[Bar(first, event.on, "figure", on)])
            )
        else:
            rows.append(
                PictureRow(event.words, point=Point(event.on, on, event.on > as_of))
            )
    margin = max((last - first).days // 40, 1)
    specs = plotted(shifted(first, -margin), shifted(last, margin), rows, [_today(view)])
    left_out = len(events) - len(near)
    about = f"{counted(left_out, 'other day')} left out." if left_out else ""
    columns = [
        Column("Day", lambda event: period_in_words(event.period), right=True),
        Column("What", lambda event: event.words),
        Column("Outcome", lambda event: event.outcome, whole=True),
    ]
    return Picture("The days of the deal", about, specs, Section(columns, near))


def _today(view: View) -> MarkedDay:
    as_of = view.as_of
    return MarkedDay(as_of, f"today, {in_words(as_of, as_of)}", is_today=True)


def _events(view: View, agreement: str) -> Iterator[Event]:
    """Yield the meetings and the ends of an agreement, and those of terms by day and giver."""
    end = view.end_of(agreement)
    ending = list[tuple[tuple[date, tuple[str, ...]], str]]()
    for due in view.listed_deadlines:
        deadline = due.deadline
        if deadline.agreement != agreement or due.due_on is None:
            continue
        if deadline.kind in EVENTS or deadline.concession is None:
            outcome = ""
            if due is not end and (due.closed or not due.ahead):
                outcome = verdict_in_words(deadline.kind, due.verdict)
            on = due.happens_on
            period = due.due_on if on == due.last else exactly(on)
            yield Event(on, deadline.label, period, outcome, due is end)
        elif deadline.kind is DeadlineKind.EXPIRY and not due.closed:
            promise = view.concessions[deadline.concession]
            ending.append(((due.last, promise.giver), promise.title))
    for (day, givers), titles in by_key(ending).items():
        many = len(titles)
        what = titles[0] if many == 1 else f"{number(many)} measures"
        verb = "end" if many > 1 else "ends"
        if day < view.as_of:
            verb = "ended"
        yield Event(day, f"{view.shorts(givers)}: {what} {verb}", exactly(day))


# --- targets --------------------------------------------------------------------------------------


def targets(view: View, most: int = DAYS) -> Picture | None:
    """Return a bar for each target: how much of it is counted, and how much is due by now.

    Those with a count come first, of these what is still ahead, then those due first.
    """
    wanted = [
        due
        for due in measured(view, None)
        if due.target
        and not due.is_limit
        and due.verdict is not DeadlineVerdict.CANCELLED
    ]
    wanted.sort(
        key=lambda due: (
            not view.figure(due),
            not due.ahead,
            due.last,
            due.slug,
        )
    )
    rows = [_target_row(view, due) for due in wanted[:most]]
    if not rows:
        return None
    about = "The bar shows the latest count, the box the target, and the tick what is due by now."
    if len(wanted) > most:
        about += f" {counted(len(wanted) - most, 'more target')} left out."
    columns = [
        Column("Target", lambda row: row.label),
        Column("Counted", lambda row: row.note),
    ]
    specs = plotted(0, BEYOND, rows)
    return Picture("How far each target has come", about, specs, Section(columns, rows))


def _target_row(view: View, due: DeadlinePosition) -> PictureRow:
    """Return the bar of a target; without a count it is an outline."""
    promise = view.concessions.get(due.deadline.concession or "")
    label = promise.title if promise else due.deadline.label
    figure = view.figure(due)
    done = share(due, figure.series.value) if figure else None
    note = figure_in_words(view, due)
    if due.due_on:
        note += f" · due {view.period(due.due_on)}"
    bars = [Bar(0, 100, "promised" if figure else "no count")]
    if done is not None and done > 0:
        bars.append(Bar(0, min(float(done), BEYOND), "figure"))
    even = due_by(due, view.as_of) if due.ahead else None
    point = Point(float(even / due.target) * 100) if even and due.target else None
    return PictureRow(label, note, bars, point)


# --- promises over time ---------------------------------------------------------------------------


class Phase(NamedTuple):
    """Some days on which a promise has one status."""

    status: Status
    start: date
    end: date


def phases(view: View, slug: str) -> list[Phase]:
    """Return the statuses of a promise from its first day to the day of the view.

    They are what the book now knows of each day.
    """
    as_of = view.as_of
    promise = view.concessions[slug]
    promised_on = view.promised_on(promise)
    words = view.stages.get(slug, [])
    term = view.terms[slug]
    days = {promised_on.last, *(word.on for word in words)}
    if term.term_ends_on:
        days.add(shifted(term.term_ends_on.last, 1))
    found = list[Phase]()
    for day in sorted(day for day in days if day <= as_of):
        known = [word for word in words if word.on <= day]
        position = position_of(promise, promised_on, view.sides[slug], known, term, day)
        if found and found[-1].status is position.status:
            continue
        if found:
            found[-1] = found[-1]._replace(end=day)
        found.append(Phase(position.status, day, shifted(as_of, 1)))
    return found


def lanes(view: View, agreement: str) -> Picture | None:
    """Return a line for each promise, coloured by its status over time, by who gains.

    A tick ends its term.
    """
    as_of = view.as_of
    promises = {
        promise.slug: promise
        for promise in view.standing_concessions()
        if promise.agreement == agreement
    }
    found = {slug: lane for slug in promises if (lane := phases(view, slug))}
    first = min((lane[0].start for lane in found.values()), default=as_of)
    if first == as_of:
        return None
    rows = list[PictureRow]()
    ends = [as_of]
    shown = set[Status]()
    groups = by_key((promises[slug].receiver, slug) for slug in found)
    for receivers, slugs in groups.items():
        rows.append(
            PictureRow(f"To {listing([the(view, party) for party in receivers])}")
        )
        for slug in slugs:
            term = view.terms[slug].term_ends_on
            end = None
            if term and first < term.last <= shifted(as_of, AHEAD):
                end = Point(term.last)
                ends.append(term.last)
            bars = []
            for status, start, until in found[slug]:
                bars.append(Bar(start, until, status, status, letter_of(status)))
                shown.add(status)
            rows.append(PictureRow(promises[slug].title, "", bars, end))
    owned = sorted(view.owned.get(agreement, ()), key=lambda due: due.happens_on)
    events = [
        MarkedDay(due.happens_on, due.deadline.label)
        for due in owned
        if first < due.happens_on < as_of
    ]
    days = [_today(view), *events[-EVENTS_SHOWN:]]
    last = shifted(max(ends), max((max(ends) - first).days // 40, 1))
    columns = [
        Column("Promise", lambda slug: Cell(promises[slug].title, about=slug)),
        Column("Status", lambda slug: in_turn(found[slug])),
    ]
    return Picture(
        "The promises over time",
        "Each line is a promise; a new colour begins on the day of the news, and a tick is the"
        " end of its term.",
        plotted(first, last, rows, days),
        Section(columns, [*found]),
        tuple(status for status in Status if status in shown),
    )


def in_turn(lane: list[Phase]) -> str:
    """Return the statuses of a promise: `promised from 30 Oct 2025; started from 2 Dec 2025`."""
    return "; ".join(f"{phase.status} from {in_words(phase.start)}" for phase in lane)
