"""The weeks of a site: from the first agreement to now, each with a permanent page."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from tracker.dates import MONTHS, Week, in_words, shifted, week_of
from tracker.groups import by_key
from tracker.publish.retracted import retracted
from tracker.reports.bulletin import days_of
from tracker.reports.frame import plural
from tracker.reports.history import standing
from tracker.reports.tally import GainsRow
from tracker.reports.view import View
from tracker.tables import Report
from tracker.tables.markup import Markup, element, join
from tracker.tables.rows import Flattened

WEEK = 7
METHOD = "method.html"
"""The page that explains the words."""


class WeeklyGains(NamedTuple):
    """What a side had at the end of a week."""

    week: str
    gains_: Flattened[GainsRow]


def weekly(tallies: Mapping[Week, Sequence[GainsRow]]) -> Report:
    """Return the tallies of all weeks as one table, the earliest first."""
    rows = [WeeklyGains(str(week), row) for week in sorted(tallies) for row in tallies[week]]
    return Report({"rows": rows}, WeeklyGains)


def week_file(of: Week) -> str:
    """Return the file of a week's page."""
    return f"week-{of}.html"


def weeks_of(view: View) -> list[Week]:
    """Return the weeks that have a page, the latest first.

    These are all weeks from the first agreement to now, and earlier ones with news.
    """
    now = week_of(view.clocks.as_of)
    weeks = {week_of(entry.effective_on.last) for entry in standing(view.history())}
    week = min([now, *(week_of(one.agreed_on.last) for one in view.agreements.values())])
    while week <= now:
        weeks.add(week)
        week = Week(shifted(week.start, WEEK))
    return sorted(weeks, reverse=True)


def corrected_since(view: View) -> dict[Week, list[Week]]:
    """Return the weeks in which updates of an earlier week were corrected, by that week."""
    pairs = (
        (week_of(one.wrong.effective_on.last), week_of(one.by.effective_on.last))
        for one in retracted(view.history())
    )
    return by_key((of, then) for of, then in pairs if then > of)


def corrected_line(later: Sequence[Week]) -> Markup:
    """Return how many updates of a past week were corrected in later ones, with links to these."""
    links = [element("a", days_of(week), href=week_file(week)) for week in sorted({*later})]
    many = len(later)
    were = plural(many, "update of this week was", "updates of this week were")
    return element("p", f"{many} {were} corrected later: ", join(links, "; "), class_="clocks")


def pager(weeks: Sequence[Week], of: Week) -> Markup:
    """Return links to the weeks before and after one, and to the page that explains the words."""
    at = weeks.index(of)
    beside = {
        "Earlier": weeks[at + 1] if at + 1 < len(weeks) else None,
        "Later": weeks[at - 1] if at else None,
    }
    steps = [
        element("li", element("a", f"{step}: {days_of(week)}", href=week_file(week)))
        for step, week in beside.items()
        if week
    ]
    words = element("li", element("a", "What the words mean", href=METHOD))
    listed = element("ul", *steps, words)
    return element("nav", listed, class_="pager", aria_label="Earlier and later weeks, and words")


def weeks_list(weeks: Sequence[Week]) -> Markup:
    """Return links to every week, one line for each month: that of its Thursday, as in ISO 8601."""
    thursdays = {week: shifted(week.start, 3) for week in weeks}
    months = groupby(weeks, lambda week: (thursdays[week].year, thursdays[week].month))
    items = [
        element("li", element("b", f"{MONTHS[month - 1]} {year}"), " ", join(_links(own), " "))
        for (year, month), own in months
    ]
    heading = element("h2", "All weeks", id="weeks")
    return element("nav", heading, element("ul", *items), class_="weeks", aria_labelledby="weeks")


def _links(weeks: Iterator[Week]) -> Iterator[Markup]:
    for week in weeks:
        number, day = str(week)[-3:], in_words(week.start, week.start)
        yield element("a", number, href=week_file(week), aria_label=f"{number}, from {day}")
