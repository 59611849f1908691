"""The reports: one module each, with a function from a view to a value; and the list of them."""

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from tracker.dates import shifted, week_of
from tracker.reports.view import View

if TYPE_CHECKING:
    from tracker.tables import Report

__all__ = ["REPORTS", "ListedReport", "View"]


class ListedReport(NamedTuple):
    """A report: its command, its function, and where the site has it."""

    command: str
    """The method of `Book`, and its command."""
    function: str
    """Its module in this package, which is imported when it is asked, and its function there."""
    about: str = ""
    """What it is about, if that is not the whole book: a week, a day, or a kind of thing."""
    options: Mapping[str, object] = {}
    """What its function is given, too."""
    flags: str = ""
    """What its command is given for the same report, if that is not the default."""
    page: str = ""
    """Its page on the site."""
    has_csv: bool = False
    """Whether the site has its rows as CSV."""

    def ask(self, view: View, *about: object) -> "Report":
        """Return the report; `about` is what it is about, as its function takes it."""
        module, _, name = self.function.partition(":")
        function = getattr(import_module(f"{__name__}.{module}"), name)
        report: Report = function(view, *about, **self.options)
        return report

    def rehearse(self, view: View) -> None:
        """Make the report; if it is about one thing, of the first one that the book has."""
        if not self.about:
            self.ask(view)
        elif (first := _first(view, self.about)) is not None:
            self.ask(view, first)


def _first(view: View, about: str) -> object:
    """Return what a report can be about; None if the book has nothing of the kind."""
    as_of = view.as_of
    things: dict[str, Iterable[object]] = {
        "week": [week_of(as_of)],
        "day": [view.at(shifted(as_of, -30))],  # after which something may have changed
        "concession": view.listed_positions,
        "deadline": view.deadlines,
        "source": view.sources,
        "entry": view.counting,
    }
    return next(iter(things[about]), None)


REPORTS = (
    ListedReport("week", "weekly:page", about="week"),
    ListedReport("status", "status:status", has_csv=True),
    ListedReport("gains", "gains:gains", page="gains.html", has_csv=True),
    ListedReport(
        "deadlines", "deadlines:deadlines", page="deadlines.html", has_csv=True
    ),
    ListedReport("pace", "pace:pace", page="targets.html", has_csv=True),
    ListedReport("claims", "claims:claims", has_csv=True),
    ListedReport(
        "history",
        "history:history",
        options={"everything": True},
        flags="--all",
        has_csv=True,
    ),
    ListedReport("sources", "sources:sources", page="sources.html", has_csv=True),
    ListedReport("check", "check:check", options={"stale_days": 30}),
    ListedReport("diff", "changes:diff", about="day"),
    ListedReport("show", "show:show", about="concession"),
    ListedReport("show", "show:deadline", about="deadline"),
    ListedReport("show", "sources:source", about="source"),
    ListedReport("show", "show:entry", about="entry"),
)
"""Every report on a book: `db check` rehearses them, the site and the tests ask them."""
