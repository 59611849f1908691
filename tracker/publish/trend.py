"""The chart of who gained what over time: for each side a stack of weekly steps."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from tracker.dates import Week, shifted
from tracker.publish.charts import NARROW, Figure, Spec, colour, figure, moment, time_axis
from tracker.reports.tally import GainsRow
from tracker.reports.view import View
from tracker.tables import NOTHING, Column, Section, table
from tracker.vocabulary import ConcessionState

TITLE = "Who gained what, over time"
NO_COUNTS = (0,) * len(ConcessionState)
CAPTION = (
    "The concessions promised to each side, in each state, at the end of each week: counted, not"
    " weighed. The data has a line for each week that changed a side's counts. At the end,"
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
    spec = partial(_spec, shown, [week.start for week in weeks], view.clocks.as_of)
    description = " ".join([CAPTION, *(panel.now for panel in shown)])
    return figure(TITLE, description, spec, _data(weeks, panels))


def _spec(panels: Sequence[Panel], days: Sequence[date], on: date, width: int) -> Spec:
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
            "width": width - AXIS,
            "height": HEIGHT,
            "encoding": {"x": time_axis(first, end, width)},
            "layer": [
                {"mark": steps,
                 "encoding": {"y": count, "order": {"field": "place"},
                              "color": {"field": "state", "type": "nominal", "scale": colours,
                                        "legend": {"columns": 9 if width > NARROW else 3}}}},
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


class Change(NamedTuple):
    """A week in which a side's counts changed."""

    week: Week
    side: str
    counts: Sequence[int]


def _data(weeks: Sequence[Week], panels: Sequence[Panel]) -> Section:
    changes = [
        Change(week, panel.name, now)
        for panel in panels
        for week, (before, now) in zip(weeks, pairwise([NO_COUNTS, *panel.counts]), strict=True)
        if now != before
    ]
    columns = [
        Column("Week", lambda row: str(row.week)),
        Column("Side", lambda row: row.side, wraps=True),
        *(
            Column(state, _count(at), right=True, sparse=True)
            for at, state in enumerate(ConcessionState)
        ),
    ]
    return table(columns, sorted(changes), TITLE)


def _count(at: int) -> Callable[[Change], str]:
    return lambda row: str(row.counts[at] or NOTHING)
