"""The charts of a single report: the same as those of the site."""

from collections.abc import Callable, Iterator

from tracker.errors import BookClosed, ExtraMissing
from tracker.publish.drawing import converter, drawn
from tracker.publish.figures import Figure, framed
from tracker.publish.progress import progresses
from tracker.publish.timeline import timeline
from tracker.reports.view import View
from tracker.tables.html import HtmlWriter
from tracker.tables.markup import Markup

Figures = list[Figure]


def shown(
    ask: Callable[[Callable[[View], Figures]], Figures],
    writer: HtmlWriter,
    slug: str | None,
    *,
    in_time: bool,
) -> Iterator[Markup]:
    """Yield the charts of a report, drawn for a page's screens: of one thing, or of all.

    There are none if the library is missing or the book was closed.
    """
    try:
        converter()
        found = ask(lambda view: figures(view, slug, in_time=in_time))
    except (ExtraMissing, BookClosed):
        return
    for one in found:
        charts = {screen: one.charts[screen] for screen in writer.screens}
        drawings = {chart: drawn(chart) for chart in charts.values()}
        yield framed(one._replace(charts=charts), writer).shown(drawings)


def figures(view: View, slug: str | None, *, in_time: bool) -> Figures:
    """Return the figures of a report: its timeline, if wanted, then its targets; a source has none.

    `slug` is a concession or a deadline; by default, all are included.
    """
    if slug and slug not in view.concessions and slug not in view.deadlines:
        return []
    time = timeline(view, slug) if in_time and slug not in view.deadlines else None
    targets = progresses(view, slug).values() if slug or not in_time else ()
    return [*([time] if time else []), *targets]
