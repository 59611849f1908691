"""The chart of a target: a line for each series, and the target spread over its window."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from tracker.dates import in_words, shifted
from tracker.errors import BookClosed, ExtraMissing
from tracker.publish.charts import (
    NARROW,
    Figure,
    Spec,
    colour,
    converter,
    figure,
    inlined,
    moment,
    time_axis,
    today,
)
from tracker.quantities import in_words as quantity
from tracker.reports.delivered import basis_in_words
from tracker.reports.pace import PRO_RATED, measured, pace_title
from tracker.reports.pace import figure as figure_in_words
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.pace import due_by
from tracker.rules.series import Series
from tracker.tables import Column, Section, table
from tracker.tables.html import HtmlWriter, Markup
from tracker.vocabulary import Basis

LINES = 6
"""How many colours lines have before they repeat."""
SHORT = 31
"""A chart extends to today if its last day is at most this many days ago."""
POINTS = 200
"""How many points of a line are drawn; the table has them all."""


class Growth(NamedTuple):
    """A target and how each series of it grew."""

    position: DeadlinePosition
    tracks: list[list[Series]]
    as_of: date

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day that its chart covers."""
        position = self.position
        bounds = [day for day in (position.opens_on, position.due_on and position.last) if day]
        days = [*bounds, *(series.through for track in self.tracks for series in track)]
        first, last = min(days), max(days)
        is_recent = self.as_of <= shifted(last, SHORT)
        return first, max(last, self.as_of) if is_recent else last

    @property
    def due(self) -> list[tuple[date, Decimal]]:
        """The ends of the line of its target, which rises if what is due by a day is known."""
        position, opens_on, target = self.position, self.position.opens_on, self.position.target
        if target is None:
            return []
        is_level = all(track[0].basis is Basis.LEVEL for track in self.tracks)
        first = due_by(position, opens_on, Basis.LEVEL if is_level else None) if opens_on else None
        if opens_on is None or first is None:
            return [(day, target) for day in self.span]
        return [(opens_on, first), (position.last, target)]


def progresses(view: View, of: str | None = None) -> dict[str, Figure]:
    """Return a figure for each target with readings that count, of all or of one thing.

    A chart has one axis: it shows the series in the unit of the target, or of the first one.
    """
    positions = {one.deadline.slug: one for one in measured(view, of)}
    counted, found = view.judged.counted(positions.values()), {}
    for slug, position in positions.items():
        tracks = counted.get(slug, ())
        unit = position.unit or next((track[0].unit for track in tracks), None)
        in_unit = [track for track in tracks if track[0].unit == unit]
        if in_unit:
            found[slug] = _progress(view, Growth(position, in_unit, view.clocks.as_of))
    return found


def illustrations(
    ask: Callable[[Callable[[View], list[Figure]]], list[Figure]],
    writer: HtmlWriter,
    slug: str | None,
) -> Iterator[Markup]:
    """Yield the charts of a report that is a page of its own: of one thing, or of all.

    There are none if the library is missing or the book was closed.
    """

    def figures(view: View) -> list[Figure]:
        is_known = not slug or slug in view.state.concessions or slug in view.state.deadlines
        return [*progresses(view, slug).values()] if is_known else []

    try:
        converter()
        for found in ask(figures):
            yield found.on_page(writer, inlined)
    except (ExtraMissing, BookClosed):
        return


def _progress(view: View, growth: Growth) -> Figure:
    deadline = growth.position.deadline
    title = pace_title(view, growth.position).replace(deadline.slug, deadline.label, 1)
    return figure(title, _description(growth), partial(_spec, growth), _data(growth, title))


def _description(growth: Growth) -> str:
    last = [track[-1] for track in growth.tracks]
    counts = (
        f"{quantity(one.delivered)} {one.unit}{basis_in_words(one.basis)} ({one.counted_by})"
        for one in last
    )
    counted = f"At last count: {'; '.join(counts)}."
    if not growth.due:
        return counted
    (_, first), (_, target) = growth.due
    flat = f"the {'limit' if growth.position.is_limit else 'target'}."
    due = f"what was due by each day. {PRO_RATED}"
    return f"{counted} The dashed line is {flat if first == target else due}"


def _data(growth: Growth, title: str) -> Section:
    columns = [
        Column("Through", lambda row: in_words(row.through), right=True),
        Column("Counted by", lambda row: row.counted_by, wraps=True),
        Column("Basis", lambda row: row.basis),
        Column("Delivered", lambda row: quantity(row.delivered), right=True),
        Column(
            "Due by then",
            lambda row: figure_in_words(due_by(growth.position, row.through, row.basis)),
            right=True,
            sparse=True,
        ),
    ]
    return table(columns, [series for track in growth.tracks for series in track], title)


def _spec(growth: Growth, width: int) -> Spec:
    names = [_name(track[0]) for track in growth.tracks]
    (first, last), unit = growth.span, growth.tracks[0][0].unit
    colours = {
        "field": "series",
        "type": "nominal",
        "legend": {"columns": 3 if width > NARROW else 1, "labelLimit": 300},
        "scale": {
            "domain": names,
            "range": [colour(f"line-{at % LINES + 1}") for at in range(len(names))],
        },
    }
    lines = {
        "data": {"values": [*_points(growth)]},
        "mark": {"type": "line", "strokeWidth": 2, "point": {"size": 60, "opacity": 1}},
        "encoding": {"color": colours},
    }
    due = {
        "data": {"values": [_point(day, value) for day, value in growth.due]},
        "mark": {"type": "line", "stroke": colour("ink"), "strokeDash": [5, 4],
                 "strokeWidth": 1.5},
    }  # fmt: skip
    is_current = first <= growth.as_of <= last
    return {
        "height": 300 if width > NARROW else 220,
        "encoding": {
            "x": time_axis(first, last, width),
            "y": {"field": "value", "type": "quantitative", "axis": {"title": unit}},
        },
        "layer": [
            *([due] if growth.due else []),
            *(today(growth.as_of, first, last) if is_current else []),
            lines,
        ],
    }


def _points(growth: Growth) -> Iterator[Spec]:
    for track in growth.tracks:
        step = -(-len(track) // POINTS)
        for series in [*track[:-1:step], track[-1]]:
            yield _point(series.through, series.delivered) | {"series": _name(series)}


def _name(series: Series) -> str:
    return f"{series.counted_by}, {series.basis}"


def _point(on: date, value: Decimal) -> Spec:
    return {"on": moment(on), "value": float(value)}
