"""The chart of who gained what over time: for each side a stack of weekly steps."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from tracker.dates import Week, shifted
from tracker.publish.drawing import INK, Spec
from tracker.publish.figures import Figure, charts, moment, months, today
from tracker.reports.tally import GainsRow
from tracker.reports.view import View
from tracker.tables import NOTHING, Column, Section, table
from tracker.tables.bars import colour
from tracker.vocabulary import Bucket

TITLE = "Who gained what, over time"
NOTHING_YET = (0,) * len(Bucket)
CAPTION = (
    "The concessions promised to each side, in each bucket, at the end of each week: counted, not"
    " weighed. The data has a line for each week that changed a side's counts. At the end,"
)
SIDES = 8
"""The most sides that are drawn: those that were promised most."""
HIGH, LINE, LABELS = 120, 17, 108
"""The heights of the highest steps and of a label, and the width of the labels beside them."""
NAMES = {
    "labelOrient": "top", "labelAnchor": "start", "labelAngle": 0, "labelPadding": 0,
    "labelFontSize": 16, "labelFontWeight": 600, "labelColor": INK, "labelLimit": 0,
}  # fmt: skip
"""How the sides' names are written."""
SQUARE = {"type": "point", "shape": "square", "filled": True, "opacity": 1, "size": 90,
          "xOffset": 13}  # fmt: skip
WORDS = {"type": "text", "align": "left", "dx": 23, "fontSize": 13.5, "fill": INK}
STEPS = {"type": "area", "interpolate": "step-after", "stroke": "var(--paper)",
         "strokeWidth": 0.75}  # fmt: skip


class Panel(NamedTuple):
    """One side: its name, and its count in each bucket, week by week."""

    name: str
    counts: Sequence[Sequence[int]]

    @property
    def most(self) -> int:
        """The greatest number of concessions that it was promised."""
        return max(map(sum, self.counts))

    @property
    def now(self) -> str:
        """What it has now, in words."""
        held = [f"{n} {of}" for n, of in zip(self.counts[-1], Bucket, strict=True) if n]
        return f"{self.name}: {', '.join(held) or 'nothing'}."


def trend(view: View, tallies: Mapping[Week, Sequence[GainsRow]]) -> Figure | None:
    """Return the figure of each week's tally; None for less than two weeks."""
    weeks = sorted(week for week, rows in tallies.items() if any(any(row[1:]) for row in rows))
    if len(weeks) < 2:
        return None
    rows_of = {week: {row.party: row for row in tallies[week]} for week in weeks}
    panels = [
        Panel(
            side.name,
            [own[party][1:] if party in own else NOTHING_YET for own in rows_of.values()],
        )
        for party, side in view.parties.items()
    ]
    panels = [one for one in panels if one.most]
    largest = sorted(panels, key=lambda one: -one.most)[:SIDES]
    drawn, on = [one for one in panels if one in largest], view.clocks.as_of
    return Figure(
        "trend",
        TITLE,
        " ".join([CAPTION, *(one.now for one in drawn)]),
        charts(lambda width: _spec(drawn, [week.start for week in weeks], on, width - LABELS)),
        _data(weeks, panels),
    )


def _spec(panels: Sequence[Panel], days: Sequence[date], on: date, width: int) -> Spec:
    most, end = max(panel.most for panel in panels), shifted(on, 1)
    scale = {"type": "utc", "domain": [moment(days[0]), moment(end)]}
    buckets = {"domain": [*Bucket], "range": [colour(bucket) for bucket in Bucket]}
    fill = {"field": "bucket", "type": "nominal", "legend": None, "scale": buckets}
    level = {"field": "low", "type": "quantitative", "axis": None, "stack": None,
             "scale": {"domain": [0, most], "nice": False}}  # fmt: skip
    beside = {"x": {"value": width}, "y": level}
    labelled, steps = ([{"filter": words}] for words in ("datum.label", "!datum.label"))
    return {
        "autosize": "pad",
        "data": {"values": [value for one in panels for value in _values(one, most, [*days, end])]},
        "facet": {"row": {"field": "side", "type": "nominal", "title": None, "header": NAMES,
                          "sort": [one.name for one in panels]}},
        "spec": {
            "width": width,
            "height": HIGH,
            "encoding": {"x": {"field": "on", "type": "temporal", "scale": scale,
                               "axis": months(days[0], on, width)}},
            "layer": [
                {"transform": steps, "mark": STEPS,
                 "encoding": {"y": level, "y2": {"field": "high"}, "color": fill}},
                {"transform": labelled, "mark": SQUARE, "encoding": {**beside, "color": fill}},
                {"transform": labelled, "mark": WORDS,
                 "encoding": {**beside, "text": {"field": "label"}}},
                *today(on, days[0], on),
            ],
        },
    }  # fmt: skip


def _values(panel: Panel, most: int, days: Sequence[date]) -> Iterator[dict[str, Any]]:
    """Yield the steps of a side, and its labels, so far apart that each has room for its line."""
    held = [any(one) for one in zip(*panel.counts, strict=True)]
    for day, counts in zip(days, [*panel.counts, panel.counts[-1]], strict=True):
        levels = pairwise(accumulate(counts, initial=0))
        for bucket, (low, high), ever in zip(Bucket, levels, held, strict=True):
            if ever:
                step = {"bucket": bucket, "on": moment(day), "low": low, "high": high}
                yield {"side": panel.name, **step}
    line = most * LINE / HIGH
    level, low = -line / 2, 0
    for bucket, count in zip(Bucket, panel.counts[-1], strict=True):
        if count:
            level = max(low + count / 2, level + line)
            label = f"{count} {bucket}"
            yield {"side": panel.name, "bucket": bucket, "label": label, "low": level}
        low += count


class Change(NamedTuple):
    """A week in which a side's counts changed."""

    week: Week
    side: str
    counts: Sequence[int]


def _data(weeks: Sequence[Week], panels: Sequence[Panel]) -> Section:
    changes = [
        Change(week, panel.name, now)
        for panel in panels
        for week, (before, now) in zip(weeks, pairwise([NOTHING_YET, *panel.counts]), strict=True)
        if now != before
    ]
    columns = [
        Column("Week", lambda one: str(one.week)),
        Column("Side", lambda one: one.side, wraps=True),
        *(Column(bucket, _count(at), right=True, sparse=True) for at, bucket in enumerate(Bucket)),
    ]
    return table(columns, sorted(changes), TITLE)


def _count(at: int) -> Callable[[Change], str]:
    return lambda one: str(one.counts[at] or NOTHING)
