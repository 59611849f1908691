"""The charts of an answer, which are drawn when somebody looks at it as HTML."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import BookClosed

if TYPE_CHECKING:
    from tracker.publish.figures import Figure
    from tracker.reports import View
    from tracker.tables.html import HtmlWriter
    from tracker.tables.markup import Markup


class Charts(NamedTuple):
    """Which charts a report has: of one thing or of all; of their targets, or also `in_time`.

    A question that has several reports as its answer names those `of` which there are charts.
    """

    slug: str | None = None
    in_time: bool = True
    of: tuple[str, ...] = ()

    def belong_to(self, report: str) -> bool:
        """Return whether there are charts of a report."""
        return not self.of or report in self.of

    def drawn(
        self, ask: "Callable[[Callable[[View], list[Figure]]], list[Figure]]", writer: "HtmlWriter"
    ) -> "Iterable[Markup]":
        """Return the charts for a page; none where nothing can draw, or the book was closed."""
        from tracker.publish import illustrations

        if not illustrations.can_draw():
            return ()
        try:
            found = ask(lambda view: illustrations.figures(view, self.slug, in_time=self.in_time))
        except BookClosed:
            return ()
        return illustrations.shown(found, writer)
