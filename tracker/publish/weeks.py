"""The weeks of a site: from the first agreement to now, each with a permanent page."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tracker.dates import Week, shifted, week_of
from tracker.groups import by_key
from tracker.publish.retracted import Retracted
from tracker.reports.bulletin import days_of
from tracker.reports.frame import plural
from tracker.reports.history import standing
from tracker.reports.tally import GainsRow
from tracker.reports.view import View
from tracker.tables import Column, Flattened, Report, Section, table
from tracker.tables.html import EMPTY, Markup, element, join


class WeeklyGains(NamedTuple):
    """What a side had at the end of a week."""

    week: str
    gains_: Flattened[GainsRow]


def weekly_gains(tallies: Mapping[Week, Sequence[GainsRow]]) -> Report:
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
    weeks = {week_of(entry.effective_on.last) for entry in standing(view.state.history())}
    week = min([now, *(week_of(one.agreed_on.last) for one in view.state.agreements.values())])
    while week <= now:
        weeks.add(week)
        week = Week(shifted(week.start, 7))
    return sorted(weeks, reverse=True)


def corrected_since(gone: Sequence[Retracted]) -> dict[Week, list[Week]]:
    """Return the weeks in which updates of an earlier week were corrected, by that week."""
    pairs = (
        (week_of(wrong.effective_on.last), week_of(by.effective_on.last)) for wrong, by in gone
    )
    return by_key((of, then) for of, then in pairs if then > of)


def corrected_line(later: Sequence[Week]) -> Markup:
    """Return how many updates of a past week were corrected in later ones, with links to these."""
    if not later:
        return EMPTY
    links = [element("a", days_of(week), href=week_file(week)) for week in sorted({*later})]
    were = plural(len(later), "update of this week was", "updates of this week were")
    return element(
        "p", f"{len(later)} {were} corrected later: ", join(links, "; "), class_="clocks"
    )


def pager(weeks: Sequence[Week], of: Week) -> Markup:
    """Return links to the weeks before and after one."""
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
    label = "Earlier and later weeks"
    return element("nav", element("ul", *steps), class_="pager", aria_label=label)


def archive(headlines: Mapping[Week, str]) -> Section:
    """Return every week with its headline, the latest first."""
    columns = [
        Column("Week", lambda row: str(row[0])),
        Column("Days", lambda row: days_of(row[0])),
        Column("Headline", lambda row: row[1], wraps=True),
    ]
    return table(columns, [*headlines.items()], "All weeks")
