"""The figures of a site: how far each target has come, and who gained what over time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tracker.dates import Week, in_words, shifted
from tracker.publish.charts import (
    FONT_SIZE,
    WIDTH,
    Figure,
    Spec,
    colour,
    figure,
    marked_day,
    moment,
    time_axis,
)
from tracker.quantities import in_words as quantity
from tracker.reports.counts import basis_in_words, target_title
from tracker.reports.frame import amount
from tracker.reports.gains import GainsRow
from tracker.reports.pace import PRO_RATED, measured
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.progress import Series, due_by
from tracker.vocabulary import Basis, ConcessionState

# --- targets: a line for each series, and the target spread over its window -------------------

LINES = 6
"""How many colours lines have before they repeat."""


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
        return min(days), max(days)

    @property
    def due(self) -> list[tuple[date, Decimal]]:
        """The line of its target, which rises to its first day if what is due by a day is known."""
        position, opens_on, target = self.position, self.position.opens_on, self.position.target
        if target is None:
            return []
        is_level = all(track[0].basis is Basis.LEVEL for track in self.tracks)
        first = due_by(position, opens_on, Basis.LEVEL if is_level else None) if opens_on else None
        if opens_on is None or first is None:
            return [(day, target) for day in self.span]
        due_on = position.original_due_on or position.due_on
        assert due_on is not None
        return [(opens_on, first), *((day, target) for day in sorted({due_on.last, position.last}))]


def progresses(view: View, of: str | None = None) -> dict[str, Figure]:
    """Return a figure for each target with readings that count, of all or of one thing.

    A chart has one axis: it shows the series in the unit of the target, or of the first one.
    """
    found = {}
    for position in measured(view, of):
        slug, tracks = position.deadline.slug, view.judged.tracks(position)
        unit = position.unit or next((track[0].unit for track in tracks), None)
        growth = Growth(
            position, [track for track in tracks if track[0].unit == unit], view.clocks.as_of
        )
        if growth.tracks:
            title = target_title(view, position)
            found[slug] = figure(title, _description(growth), _target_spec(growth))
    return found


def _description(growth: Growth) -> str:
    last = [track[-1] for track in growth.tracks]
    counts = (
        f"{amount(one.value, one.unit)}{basis_in_words(one.basis)} ({one.counted_by})"
        for one in last
    )
    counted = f"At last count: {'; '.join(counts)}."
    if not growth.due:
        return counted
    first, target = growth.due[0][1], growth.due[-1][1]
    flat = f"the {'limit' if growth.position.is_limit else 'target'}."
    due = f"what was due by each day. {PRO_RATED}"
    return f"{counted} The dashed line is {flat if first == target else due}"


def _target_spec(growth: Growth) -> Spec:
    names = [_name(track[0]) for track in growth.tracks]
    (first, last), unit = growth.span, growth.tracks[0][0].unit
    colours = {
        "field": "series",
        "type": "nominal",
        "legend": {"columns": 3, "labelLimit": 300},
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
    return {
        "height": 300,
        "encoding": {
            "x": time_axis(first, last),
            "y": {"field": "value", "type": "quantitative", "axis": {"title": unit}},
        },
        "layer": [
            *([due] if growth.due else []),
            *_target_line(growth),
            *_days(growth),
            lines,
        ],
    }


def _target_line(growth: Growth) -> list[Spec]:
    """Return the line of the target with its name, unless the dashed line is the same."""
    if not growth.due or growth.due[0][1] == growth.due[1][1]:
        return []
    _, target = growth.due[1]
    first, last = growth.span
    data = {"values": [_point(first, target), _point(last, target)]}
    words = f"{'limit' if growth.position.is_limit else 'target'} of {quantity(target)}"
    name = {"type": "text", "text": words, "fill": colour("ink"), "fontSize": FONT_SIZE,
            "align": "left", "baseline": "bottom", "dx": 5, "dy": -3}  # fmt: skip
    return [
        {"data": data, "mark": {"type": "line", "stroke": colour("ink"), "strokeWidth": 1}},
        {"data": {"values": data["values"][:1]}, "mark": name},
    ]


def _days(growth: Growth) -> list[Spec]:
    """Return the lines of the day on which it is due, and of today, if the chart covers it."""
    (first, last), position = growth.span, growth.position
    is_current = first <= growth.as_of <= last
    lines = []
    if position.due_on:
        words, row = f"due {in_words(position.last)}", int(is_current)
        lines += marked_day(position.last, words, first, last, colour("soft"), row)
    if is_current:
        words = f"today, {in_words(growth.as_of)}"
        lines += marked_day(growth.as_of, words, first, last, colour("mark"), 0)
    return lines


def _points(growth: Growth) -> Iterator[Spec]:
    for track in growth.tracks:
        for series in track:
            yield _point(series.through, series.value) | {"series": _name(series)}


def _name(series: Series) -> str:
    return f"{series.counted_by}, {series.basis}"


def _point(on: date, value: Decimal) -> Spec:
    return {"on": moment(on), "value": float(value)}


# --- who gained what over time: for each side a stack of weekly steps ---------------------------

TITLE = "Who gained what, over time"
NO_COUNTS = (0,) * len(ConcessionState)
CAPTION = (
    "The concessions promised to each side, in each state, at the end of each week: counted, not"
    " weighed. At the end,"
)
SIDES = 8
"""The most sides that are drawn: those that were promised most."""
HEIGHT, AXIS = 120, 30
"""The height of a side's steps, and the width of the labels beside them."""


class Panel(NamedTuple):
    """One side: its name, and its count in each state, week by week."""

    name: str
    counts: Sequence[Sequence[int]]

    @property
    def most(self) -> int:
        """The greatest number of concessions that it was promised."""
        return max(map(sum, self.counts))

    @property
    def now(self) -> str:
        """What it has now, in words."""
        held = [f"{n} {of}" for n, of in zip(self.counts[-1], ConcessionState, strict=True) if n]
        return f"{self.name}: {', '.join(held) or 'nothing'}."


def trend(view: View, tallies: Mapping[Week, Sequence[GainsRow]]) -> Figure | None:
    """Return the figure of each week's tally; None for less than two weeks."""
    weeks = sorted(week for week, rows in tallies.items() if any(any(row.states) for row in rows))
    if len(weeks) < 2:
        return None
    by_party = [{row.party: row.states for row in tallies[week]} for week in weeks]
    panels = [
        Panel(side.name, [counts.get(party, NO_COUNTS) for counts in by_party])
        for party, side in view.state.parties.items()
    ]
    panels = [panel for panel in panels if panel.most]
    largest = sorted(panels, key=lambda panel: -panel.most)[:SIDES]
    shown = [panel for panel in panels if panel in largest]
    spec = _trend_spec(shown, [week.start for week in weeks], view.clocks.as_of)
    description = " ".join([CAPTION, *(panel.now for panel in shown)])
    return figure(TITLE, description, spec)


def _trend_spec(panels: Sequence[Panel], days: Sequence[date], on: date) -> Spec:
    first, end = days[0], shifted(on, 1)
    steps = {"type": "area", "interpolate": "step-after", "stroke": colour("paper"),
             "strokeWidth": 0.75}  # fmt: skip
    names = {"labelOrient": "top", "labelAnchor": "start", "labelAngle": 0, "labelPadding": 6,
             "labelFontSize": 15, "labelFontWeight": 600, "labelColor": colour("ink"),
             "labelLimit": 0}  # fmt: skip
    values = [value for panel in panels for value in _values(panel, [*days, end])]
    states = [
        state for state in ConcessionState if any(value["state"] == state for value in values)
    ]
    colours = {"domain": states, "range": [colour(state) for state in states]}
    count = {"field": "count", "type": "quantitative", "stack": "zero",
             "scale": {"domain": [0, max(panel.most for panel in panels)], "nice": False},
             "axis": {"title": None, "tickMinStep": 1, "tickCount": 4}}  # fmt: skip
    return {
        "autosize": "pad",
        "data": {"values": values},
        "facet": {"row": {"field": "side", "type": "nominal", "title": None, "header": names,
                          "sort": [panel.name for panel in panels]}},
        "spec": {
            "width": WIDTH - AXIS,
            "height": HEIGHT,
            "encoding": {"x": time_axis(first, end)},
            "layer": [
                {"mark": steps,
                 "encoding": {"y": count, "order": {"field": "place"},
                              "color": {"field": "state", "type": "nominal", "scale": colours,
                                        "legend": {"columns": 9}}}},
            ],
        },
    }  # fmt: skip


def _values(panel: Panel, days: Sequence[date]) -> Iterator[Spec]:
    """Yield the counts of a side in each state that it ever had, to the last day."""
    by_state = zip(ConcessionState, zip(*panel.counts, strict=True), strict=True)
    for place, (state, counts) in enumerate(by_state):
        if any(counts):
            for day, count in zip(days, [*counts, counts[-1]], strict=True):
                yield {"side": panel.name, "on": moment(day), "state": state, "place": place,
                       "count": count}  # fmt: skip
