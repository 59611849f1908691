"""The whole site as a value: the name and the bytes of every file."""

from collections.abc import Iterator
from typing import Any

from tracker import calendar
from tracker.dates import Week, week_of
from tracker.publish import pages
from tracker.publish.feed import feed
from tracker.reports.claims import claims
from tracker.reports.cliff import cliff
from tracker.reports.deadlines import deadlines
from tracker.reports.gains import gains
from tracker.reports.history import history, standing
from tracker.reports.pace import pace
from tracker.reports.sources import sources
from tracker.reports.status import status
from tracker.reports.view import View
from tracker.tables import Report, Surface, render

SEVERAL = "Trade truces"
"""The title of a site on several agreements."""


def site(view: View) -> dict[str, bytes]:
    """Return every file of the site as of the view's day; the same book gives the same bytes."""
    return {name: content.encode() for name, content in _files(view)}


def _files(view: View) -> Iterator[tuple[str, str]]:
    now = week_of(view.clocks.as_of)
    plan = pages.Plan(_title(view), _weeks(view, now), _links(view))
    yield pages.INDEX, pages.index_page(plan, view, now)
    for of in plan.weeks:
        yield pages.week_file(of), pages.week_page(plan, view.at(of.end), of)
    yield "gains.html", pages.gains_page(plan, view)
    yield "deadlines.html", pages.deadlines_page(plan, view)
    yield "targets.html", pages.targets_page(plan, view)
    yield "sources.html", pages.sources_page(plan, view)
    for slug in view.positions:
        yield pages.concession_file(slug), pages.concession_page(plan, view, slug)
    yield pages.FEED, feed(view, plan.title, plan.links)
    due = calendar.Deadlines(view, [*view.deadline_histories.values()])
    yield pages.CALENDAR, calendar.render(due)
    yield pages.BOOK, render(_book(view), "json", Surface())


def _title(view: View) -> str:
    titles = [agreement.title for agreement in view.agreements.values()]
    return titles[0] if len(titles) == 1 else SEVERAL


def _weeks(view: View, now: Week) -> list[Week]:
    """Return the weeks before this one in which anything happened, the latest first."""
    days = {entry.effective_on for entry in standing(view.history())}
    return sorted({week_of(day) for day in days} - {now}, reverse=True)


def _links(view: View) -> dict[str, str]:
    """Return where each concession is shown, and each deadline with its concession."""
    links = {slug: pages.concession_file(slug) for slug in view.positions}
    for slug, deadline in view.deadlines.items():
        links[slug] = links.get(deadline.concession or "", "deadlines.html")
    return links


def _book(view: View) -> Report:
    """Return the book's reports as one document, each under its name, in the JSON contract."""
    reports: dict[str, Report] = {
        "status": status(view),
        "gains": gains(view),
        "deadlines": deadlines(view),
        "pace": pace(view),
        "claims": claims(view),
        "cliff": cliff(view),
        "history": history(view, everything=True),
        "sources": sources(view),
    }
    document: dict[str, Any] = {
        "report": "book",
        "as_of": view.clocks.as_of,
        "known_by": view.clocks.known_by,
        "agreement": view.agreement,
        **{name: report.rows for name, report in reports.items()},
        "book": view.head,
    }
    return Report(document, tuple, main="status")
