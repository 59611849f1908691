"""The charts of an answer, drawn only when it is shown as HTML."""

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

    A question that several reports can answer names those that have charts in `of`.
    """

    slug: str | None = None
    in_time: bool = True
    of: tuple[str, ...] = ()

    def belong_to(self, report: str) -> bool:
        """Return whether a report has charts."""
        return not self.of or report in self.of

    def drawn(
        self, ask: "Callable[[Callable[[View], list[Figure]]], list[Figure]]", writer: "HtmlWriter"
    ) -> "Iterable[Markup]":
        """Return the charts for a page; none if the library is missing or the book was closed."""
        from tracker.publish import illustrations

        if not illustrations.can_draw():
            return ()
        try:
            found = ask(lambda view: illustrations.figures(view, self.slug, in_time=self.in_time))
        except BookClosed:
            return ()
        return illustrations.shown(found, writer)
