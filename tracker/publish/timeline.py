"""The timeline: what was said and done about each concession, what is due, and today."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from typing import Any, NamedTuple

from tracker.dates import in_words, shifted
from tracker.facts import Entry
from tracker.publish.drawing import INK, SOFT, Spec
from tracker.publish.figures import Figure, charts, is_narrow, moment, month, months, today
from tracker.reports.deadlines import has_outcome, verdict_in_words
from tracker.reports.history import in_short, standing
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.terms import bucket_of
from tracker.tables import Column, table
from tracker.tables.bars import colour
from tracker.vocabulary import Bucket, DeadlineVerdict, Stage

SIGHT = 365
"""How many days before and after today the chart shows; its table has the rest."""

ROWS = 60
"""The most rows of a chart: those with the days nearest to today."""

DESCRIPTION = (
    "Dots are stages as they were recorded, in the colour of what they mean to the receiver;"
    " hollow ones are what a party claims. A black diamond is a deadline, or the earlier day on"
    " which it was met; a hollow one is the first day of a deadline that was moved, with a dashed"
    " line to the new day; a cross is a cancelled deadline. A pale band is a term, from the promise"
    " to the day until which it has to be kept up. The vertical line is today,"
)


class Happening(NamedTuple):
    """One mark on the chart: a stage that was recorded, a deadline's day or its first day."""

    subject: str
    on: date
    mark: str
    bucket: Bucket | None
    words: str


class Span(NamedTuple):
    """The term in which a concession has to be kept up, or the move of a deadline."""

    subject: str
    start: date
    end: date


class Time(NamedTuple):
    """The data of the chart, for one concession or for all."""

    near: date
    rows: Mapping[str, str]
    """The candidates for rows, from the top, with the rows' names."""
    happenings: Sequence[Happening]
    deadlines: Sequence[DeadlinePosition]
    terms: Sequence[Span]


def timeline(view: View, only: str | None = None) -> Figure | None:
    """Return the figure of all concessions in view, or of one; None if it would be empty."""
    time = _time(view, only)
    happenings, near = time.happenings, time.near
    if not happenings:
        return None
    columns = [
        Column("Of", lambda row: row.subject),
        Column("Day", lambda row: in_words(row.on), right=True),
        Column("What", lambda row: row.words, wraps=True),
    ]
    what = view.concessions[only].title if only else "Concessions, deadlines and moves"
    return Figure(
        "timeline",
        f"{what}, over time",
        f"{DESCRIPTION} {in_words(near)}.{_unseen(time)}",
        charts(lambda width: _spec(time, width)),
        table(columns, sorted(happenings, key=lambda one: (one.subject, one.on)), what),
    )


def _time(view: View, only: str | None) -> Time:
    positions = view.owned.get(only, ()) if only else view.listed_deadlines
    deadlines = [view.reported(position) for position in positions]
    stages = (
        _stage(view, entry, entry.stage)
        for entry in standing(view.history(only))
        if entry.stage and entry.concession in view.listed_positions
    )
    happenings = [*stages, *(mark for one in deadlines for mark in _deadline(one))]
    rows = [only] if only else [*view.agreements, *view.concessions]
    terms = [*_terms(view, [only] if only else view.listed_positions)]
    return Time(view.clocks.as_of, _named(view, rows), happenings, deadlines, terms)


def _terms(view: View, slugs: Iterable[str]) -> Iterator[Span]:
    """Yield the terms that have an end."""
    for slug in slugs:
        if ends_on := view.terms[slug].ends_on:
            promised_on = view.promised_on(view.concessions[slug])
            yield Span(slug, promised_on.first, ends_on.last)


def _named(view: View, slugs: Sequence[str]) -> dict[str, str]:
    """Return the titles of agreements and concessions, with the slug if a title is not unique."""
    titles = {slug: (view.concessions.get(slug) or view.agreements[slug]).title for slug in slugs}
    often = Counter(titles.values())
    return {
        slug: f"{title} ({slug})" if often[title] > 1 else title for slug, title in titles.items()
    }


def _stage(view: View, entry: Entry, stage: Stage) -> Happening:
    """Return the mark of a stage, with its worth to the receiver on the day it was stated."""
    slug, on = str(entry.concession), entry.effective_on.last
    kept = view.positions[slug].kept
    was_kept = kept is not None and kept.on <= on
    bucket = bucket_of(stage, on, view.terms[slug], on, was_kept=was_kept)
    return Happening(slug, on, "claim" if entry.says else "verdict", bucket, in_short(view, entry))


def _deadline(position: DeadlinePosition) -> Iterator[Happening]:
    subject, deadline = _subject(position), position.deadline
    if position.due_on is None:
        return
    if position.slip_days and position.original:
        words = f"{deadline.label}: first day, moved by {position.slip_days:+} days"
        yield Happening(subject, position.original.last, "first", None, words)
    is_off = position.verdict is DeadlineVerdict.CANCELLED
    closed = f", {verdict_in_words(position)}" if has_outcome(position) else ""
    mark, words = ("cancelled", "cancelled") if is_off else ("deadline", f"{deadline.kind}{closed}")
    yield Happening(subject, position.happens_on, mark, None, f"{deadline.label}: {words}")


def _subject(position: DeadlinePosition) -> str:
    return position.deadline.concession or position.deadline.agreement


def _unseen(time: Time) -> str:
    hidden = sum(not _in_sight(one.on, time.near) for one in time.happenings)
    away = f" {hidden} more than a year away {'are' if hidden > 1 else 'is'} in the data."
    rows = f" Of all rows, these are the {ROWS} with the nearest days; the data has the others."
    crowded = len({one.subject for one in time.happenings}) > ROWS
    return (away if hidden else "") + (rows if crowded else "")


def _seen(time: Time) -> list[Happening]:
    """Return the marks that a chart shows: near in time, in the rows with the nearest days."""
    seen = [one for one in time.happenings if _in_sight(one.on, time.near)]
    distance: dict[str, int] = {}
    for one in seen:
        days = abs((one.on - time.near).days)
        distance[one.subject] = min(days, distance.get(one.subject, days))
    nearest = {*sorted(distance, key=lambda subject: (distance[subject], subject))[:ROWS]}
    return [one for one in seen if one.subject in nearest]


def _in_sight(on: date, near: date) -> bool:
    return abs((on - near).days) <= SIGHT


def _clipped(on: date, near: date) -> date:
    """Return a day, clipped to the days that the chart shows."""
    return min(max(on, shifted(near, -SIGHT)), shifted(near, SIGHT))


def _spec(time: Time, width: int) -> Spec:
    near, seen = time.near, _seen(time)
    bands = _shown(time, seen)
    days = [
        near,
        *(one.on for one in seen),
        *(day for one in bands for day in (one.start, one.end)),
    ]
    first, last = month(min(days)), shifted(max(days), 31)
    buckets = _buckets(seen, width)
    subjects = {one.subject for one in seen}
    of_mark = {mark: [one for one in seen if one.mark == mark] for mark in MARKS}
    marks = [_marks(time, mark, own, buckets) for mark, own in of_mark.items() if own]
    layers = [*_lines(time, bands, BAND), *_lines(time, _moves(time, subjects), MOVE), *marks]
    scale = {"domain": [moment(first), moment(last)], "type": "utc"}
    names = [name for slug, name in time.rows.items() if slug in subjects]
    step = 42 if is_narrow(width) else 24
    return {
        "height": {"step": step} if layers else step,
        "encoding": {
            "y": {"field": "subject", "type": "nominal", "axis": _rows(width),
                  "scale": {"domain": names}},
            "x": {"field": "on", "type": "temporal", "scale": scale,
                  "axis": months(first, last, width) | {"orient": "top"}},
        },
        "layer": [*today(near, first, last, below=True, faint=is_narrow(width)), *layers],
    }  # fmt: skip


def _rows(width: int) -> dict[str, Any]:
    """Return the names of rows: beside them, or above them on a small screen."""
    axis = {"title": None, "ticks": False, "domain": False, "grid": True, "labelLimit": 520}
    above = {"labelAlign": "left", "labelBaseline": "bottom", "labelOffset": -7,
             "labelPadding": 0, "labelLimit": width}  # fmt: skip
    return axis | above if is_narrow(width) else axis


MARKS: dict[str, Spec] = {
    "first": {"shape": "diamond", "filled": False, "stroke": INK, "strokeWidth": 1.5},
    "cancelled": {"shape": "M-.9-.9L.9.9M-.9.9L.9-.9", "stroke": INK, "strokeWidth": 1.5},
    "deadline": {"shape": "diamond", "filled": True, "fill": INK},
    "claim": {"shape": "circle", "filled": False, "strokeWidth": 2},
    "verdict": {"shape": "circle", "filled": True},
}
"""The marks, from the lowest layer."""


BAND = {"stroke": SOFT, "strokeWidth": 9, "strokeOpacity": 0.25}
MOVE = {"stroke": INK, "strokeDash": [4, 3], "strokeWidth": 1.5}
"""The lines of terms and of moves."""


def _marks(time: Time, mark: str, happenings: Sequence[Happening], buckets: Spec) -> Spec:
    values = [
        {"subject": time.rows[one.subject], "on": moment(one.on), "bucket": one.bucket}
        for one in happenings
    ]
    point = {"type": "point", "size": 90, "opacity": 1, **MARKS[mark]}
    spec: Spec = {"data": {"values": values}, "mark": point}
    if mark in ("verdict", "claim"):
        spec["encoding"] = {"color": buckets}
    return spec


def _buckets(seen: list[Happening], width: int) -> Spec:
    found = {one.bucket for one in seen}
    buckets = [bucket for bucket in Bucket if bucket in found]
    return {
        "field": "bucket",
        "type": "nominal",
        "scale": {"domain": buckets, "range": [colour(bucket) for bucket in buckets]},
        "legend": {"columns": 2 if is_narrow(width) else 5, "symbolType": "circle", "offset": 26},
    }


def _shown(time: Time, seen: Sequence[Happening]) -> list[Span]:
    """Return the terms of things with a row, clipped to the days that the chart shows."""
    subjects = {one.subject for one in seen}
    spans = [
        Span(one.subject, _clipped(one.start, time.near), _clipped(one.end, time.near))
        for one in time.terms
        if one.subject in subjects
    ]
    return [one for one in spans if one.start < one.end]


def _moves(time: Time, subjects: Set[str]) -> list[Span]:
    """Return the moves of deadlines in rows, from a first day in sight."""
    return [
        Span(_subject(one), first.last, _clipped(one.happens_on, time.near))
        for one in time.deadlines
        if one.slip_days and (first := one.original)
        if _in_sight(first.last, time.near) and _subject(one) in subjects
    ]


def _lines(time: Time, spans: Sequence[Span], style: Spec) -> Iterator[Spec]:
    """Yield a layer with a line for each span, if there are any."""
    values = [
        {"subject": time.rows[one.subject], "on": moment(one.start), "until": moment(one.end)}
        for one in spans
    ]
    if values:
        mark, until = {"type": "rule", **style}, {"x2": {"field": "until"}}
        yield {"data": {"values": values}, "mark": mark, "encoding": until}
