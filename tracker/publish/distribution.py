"""The chart of who gained what: a bar for each side, a segment for each bucket."""

from typing import Any

from tracker.publish.drawing import Spec
from tracker.publish.figures import Figure, charts, is_narrow
from tracker.reports.gains import GainsRow, gains_rows
from tracker.reports.status import status_rows
from tracker.reports.tally import tally_section
from tracker.reports.view import View
from tracker.vocabulary import Bucket

DESCRIPTION = (
    "For each side, how many of the concessions promised to it stand where. Concessions are"
    " counted, not weighed: one may matter more than another."
)


def colour(bucket: Bucket) -> str:
    """Return a bucket's colour, as the page's style names it."""
    return f"var(--{bucket.replace(' ', '-')})"


def distribution(view: View) -> Figure | None:
    """Return the figure, or None where nothing was promised to anybody yet."""
    statuses = status_rows(view)
    if not statuses:
        return None
    rows = gains_rows(view, statuses)
    section = tally_section(view, rows, "Who gained what")
    return Figure(
        "distribution",
        section.title,
        f"{DESCRIPTION} {' '.join(_in_words(view, row) for row in rows)}",
        charts(lambda width: _spec(view, rows, width)),
        section,
    )


def _in_words(view: View, row: GainsRow) -> str:
    counts = [f"{n} {bucket}" for bucket, n in zip(Bucket, _counts(row), strict=True) if n]
    return f"{view.parties[row.party].name}: {', '.join(counts) or 'none'}."


def _segments(view: View, rows: list[GainsRow]) -> list[dict[str, Any]]:
    segments: list[dict[str, Any]] = []
    for row in rows:
        start = 0
        for bucket, count in zip(Bucket, _counts(row), strict=True):
            place = {"start": start, "end": start + count, "middle": start + count / 2}
            side = {"side": view.short(row.party), "bucket": bucket, "count": count}
            segments += [side | place] if count else []
            start += count
    return segments


def _counts(row: GainsRow) -> tuple[int, ...]:
    _, *counts = row
    return tuple(int(count) for count in counts)


def _spec(view: View, rows: list[GainsRow], width: int) -> Spec:
    values = _segments(view, rows)
    buckets = [bucket for bucket in Bucket if any(one["bucket"] == bucket for one in values)]
    sides = {
        "field": "side",
        "type": "nominal",
        "sort": [view.short(row.party) for row in rows],
        "axis": {"title": None, "ticks": False, "domain": False, "labelFontSize": 14.5},
    }
    ticks = {"tickMinStep": 1, "format": "d", "tickCount": 5 if is_narrow(width) else 10}
    axis = {"title": "concessions", **ticks}
    counts = {"field": "start", "type": "quantitative", "axis": axis}
    scale = {"domain": buckets, "range": [colour(bucket) for bucket in buckets]}
    legend = {"columns": 3 if is_narrow(width) else len(buckets)}
    bars = {
        "mark": {"type": "bar", "stroke": "var(--paper)", "strokeWidth": 2},
        "encoding": {
            "x": counts,
            "x2": {"field": "end"},
            "color": {"field": "bucket", "type": "nominal", "scale": scale, "legend": legend},
        },
    }
    labels = {
        "mark": {"type": "text", "fill": "var(--on)", "fontWeight": "bold", "fontSize": 14.5},
        "encoding": {
            "x": {"field": "middle", "type": "quantitative"},
            "text": {"field": "count", "type": "quantitative"},
        },
    }
    return {
        "height": {"step": 46},
        "data": {"values": values},
        "encoding": {"y": sides},
        "layer": [bars, labels],
    }
