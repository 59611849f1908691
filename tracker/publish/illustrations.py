"""The charts of a single report: the same as those of the site."""

from collections.abc import Iterable, Iterator

from tracker.errors import ExtraMissing
from tracker.publish.drawing import converter, drawn
from tracker.publish.figures import Figure, framed
from tracker.publish.gallery import Hung
from tracker.publish.progress import progresses
from tracker.publish.timeline import timeline
from tracker.reports.view import View
from tracker.tables.html import HtmlWriter
from tracker.tables.markup import Markup


def can_draw() -> bool:
    """Return whether the optional extra that draws is installed."""
    try:
        converter()
    except ExtraMissing:
        return False
    return True


def figures(view: View, slug: str | None, *, in_time: bool) -> list[Figure]:
    """Return the figures of a report: its timeline, if wanted, then its targets.

    `slug` is a concession or a deadline; by default, all are included.
    """
    time = timeline(view, slug) if in_time and slug not in view.deadlines else None
    targets = progresses(view, slug).values() if slug or not in_time else ()
    return [*([time] if time else []), *targets]


def shown(found: Iterable[Figure], writer: HtmlWriter) -> Iterator[Markup]:
    """Yield figures for a page, drawn for its screens."""
    for one in found:
        charts = {screen: one.charts[screen] for screen in writer.screens}
        drawings = {chart: Hung("", drawn(chart)) for chart in charts.values()}
        yield framed(one._replace(charts=charts), writer).shown(drawings)
