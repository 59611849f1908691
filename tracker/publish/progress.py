"""The chart of a target: a line for each series, and the target spread over its window."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from tracker.dates import in_words, shifted
from tracker.publish.drawing import INK, Spec
from tracker.publish.figures import Figure, charts, is_narrow, moment, months, today
from tracker.quantities import in_words as quantity
from tracker.reports.delivered import basis_in_words
from tracker.reports.pace import PRO_RATED, figure, measured, pace_title
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.pace import due_by
from tracker.rules.series import Series
from tracker.tables import Column, table
from tracker.vocabulary import Basis

LINES = 6
"""How many colours lines have before they repeat."""
LABELLED = 6
"""The most lines that are labelled at their ends; more have a legend."""
HEIGHT, GAP, LIMIT = 300, 19, 400
"""The chart's height, the distance of labels, and the greatest width of a label."""
SHORT = 31
"""A chart extends to today if its last day is at most this many days ago."""
POINTS = 200
"""How many points of a line are drawn; the table has them all."""


class Growth(NamedTuple):
    """A target and how each series of it grew."""

    position: DeadlinePosition
    tracks: list[list[Series]]
    as_of: date


def progresses(view: View, of: str | None = None) -> dict[str, Figure]:
    """Return a figure for each target with readings that count, of all or of one thing."""
    positions = {one.deadline.slug: one for one in measured(view, of)}
    counted, as_of = view.counted(positions), view.clocks.as_of
    return {
        slug: _figure(view, Growth(position, tracks, as_of))
        for slug, position in positions.items()
        if (tracks := _in_one_unit(position, counted.get(slug, ())))
    }


def _in_one_unit(position: DeadlinePosition, tracks: Sequence[list[Series]]) -> list[list[Series]]:
    """Return the series in the unit of the target, or of the first one: a chart has one axis."""
    return [one for one in tracks if one[0].unit == (position.unit or tracks[0][0].unit)]


def _figure(view: View, growth: Growth) -> Figure:
    columns = [
        Column("Through", lambda row: in_words(row.through), right=True),
        Column("Counted by", lambda row: row.counted_by, wraps=True),
        Column("Basis", lambda row: row.basis),
        Column("Delivered", lambda row: quantity(row.delivered), right=True),
        Column(
            "Due by then",
            lambda row: figure(due_by(growth.position, row.through, row.basis)),
            right=True,
            sparse=True,
        ),
    ]
    rows = [series for track in growth.tracks for series in track]
    deadline = growth.position.deadline
    title = pace_title(view, growth.position).replace(deadline.slug, deadline.label, 1)
    return Figure(
        f"progress-{deadline.slug}",
        title,
        _in_words(growth),
        charts(lambda width: _spec(growth, width)),
        table(columns, rows, title),
    )


def _in_words(growth: Growth) -> str:
    last = [track[-1] for track in growth.tracks]
    said = (
        f"{quantity(one.delivered)} {one.unit}{basis_in_words(one.basis)} ({one.counted_by})"
        for one in last
    )
    parts = [f"At last count: {'; '.join(said)}."]
    if line := _dashed(growth):
        (_, first), (_, target) = line
        flat = f"the {'limit' if growth.position.is_limit else 'target'}."
        due = f"what was due by each day. {PRO_RATED}"
        parts.append(f"The dashed line is {flat if first == target else due}")
    return " ".join(parts)


def _name(series: Series) -> str:
    return f"{series.counted_by}, {series.basis}"


def _spec(growth: Growth, width: int) -> Spec:
    names = [_name(track[0]) for track in growth.tracks]
    few, (first, last) = is_narrow(width), _span(growth)
    has_today = first <= growth.as_of <= last
    direct = not few and len(names) <= LABELLED
    legend = None if direct else {"columns": 1 if few else 3, "labelLimit": 300}
    lines = [f"var(--line-{at % LINES + 1})" for at in range(len(names))]
    colour = {
        "field": "series",
        "type": "nominal",
        "legend": legend,
        "scale": {"domain": names, "range": lines},
    }
    scale = {"type": "utc", "domain": [moment(first), moment(last)]}
    axis = months(first, last, width)
    return {
        "height": 220 if few else HEIGHT,
        "encoding": {
            "x": {"field": "on", "type": "temporal", "scale": scale, "axis": axis},
            "y": {"field": "value", "type": "quantitative",
                  "axis": {"title": growth.tracks[0][0].unit}},
        },
        "layer": [
            *_due(growth),
            *(today(growth.as_of, first, last) if has_today else []),
            {
                "data": {"values": [*_points(growth)]},
                "mark": {"type": "line", "strokeWidth": 2, "point": {"size": 60, "opacity": 1}},
                "encoding": {"color": colour},
            },
            *([_labels(growth, colour)] if direct else []),
        ],
    }  # fmt: skip


def _labels(growth: Growth, colour: Spec) -> Spec:
    """Return the labels of lines beside the chart, each as near its last level as fits."""
    ends = sorted((track[-1] for track in growth.tracks), key=lambda one: one.delivered)
    highest = max([one.delivered for track in growth.tracks for one in track])
    gap = max(highest, growth.position.target or highest) * GAP / HEIGHT
    values, level = [], -gap
    for series in ends:
        level = max(series.delivered, level + gap)
        values.append({"value": float(level), "series": _name(series)})
    square = {"type": "point", "shape": "square", "filled": True, "opacity": 1, "size": 90,
              "xOffset": 14}  # fmt: skip
    words = {"type": "text", "align": "left", "dx": 24, "fontSize": 13.5, "limit": LIMIT,
             "fill": INK}  # fmt: skip
    return {
        "data": {"values": values},
        "encoding": {"x": {"value": "width"}},
        "layer": [
            {"mark": square, "encoding": {"color": colour}},
            {"mark": words, "encoding": {"text": {"field": "series", "type": "nominal"}}},
        ],
    }


def _points(growth: Growth) -> Iterator[dict[str, Any]]:
    for track in growth.tracks:
        step = -(-len(track) // POINTS)
        for series in [*track[:-1:step], track[-1]]:
            yield _point(series.through, series.delivered) | {"series": _name(series)}


def _due(growth: Growth) -> Iterator[Spec]:
    if ends := _dashed(growth):
        yield {
            "data": {"values": [_point(day, due) for day, due in ends]},
            "mark": {"type": "line", "stroke": INK, "strokeDash": [5, 4], "strokeWidth": 1.5},
        }


def _dashed(growth: Growth) -> list[tuple[date, Decimal]]:
    """Return the ends of the line of the target; it rises if what is due by a day is known."""
    position, opens_on, target = growth.position, growth.position.opens_on, growth.position.target
    if target is None:
        return []
    is_level = all(track[0].basis is Basis.LEVEL for track in growth.tracks)
    due = due_by(position, opens_on, Basis.LEVEL if is_level else None) if opens_on else None
    if opens_on is None or due is None:
        return [(day, target) for day in _span(growth)]
    return [(opens_on, due), (position.last, target)]


def _span(growth: Growth) -> tuple[date, date]:
    """Return the first and the last day that a chart covers."""
    position = growth.position
    bounds = [day for day in (position.opens_on, position.due_on and position.last) if day]
    days = [*bounds, *(one.through for track in growth.tracks for one in track)]
    first, last = min(days), max(days)
    return first, max(last, growth.as_of) if growth.as_of <= shifted(last, SHORT) else last


def _point(on: date, value: Decimal) -> dict[str, Any]:
    return {"on": moment(on), "value": float(value)}
