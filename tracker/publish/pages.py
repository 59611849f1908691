"""The pages of the site: each has a report or two, figures, and links to the others."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tracker.dates import (
    Span,
    days_of,
    in_words,
    period_in_words,
    shifted,
)
from tracker.publish.calendar import title_of
from tracker.publish.charts import Figure
from tracker.reports import REPORTS
from tracker.reports.deadlines import deadline_row, deadlines_section, in_order
from tracker.reports.frame import footer as footer_of
from tracker.reports.show import show
from tracker.reports.status import status
from tracker.reports.view import View
from tracker.tables import Column, Report, Section
from tracker.tables.html import (
    HtmlWriter,
    Markup,
    element,
    footer,
    heading_of,
    join,
    page,
)

INDEX, WEEKS, FEED, CALENDAR = "index.html", "weeks.html", "feed.xml", "deadlines.ics"
TARGETS = "targets.html"
MENU = {
    INDEX: "This week",
    WEEKS: "All weeks",
    "gains.html": "Who gained what",
    "promises.html": "All promises",
    "deadlines.html": "Deadlines",
    TARGETS: "Targets",
    "sources.html": "Sources",
}
ATOM = "application/atom+xml"
LONG = 24
"""Tables of a concession's page that have more rows are folded."""
Parts = Sequence[Section | Markup]
TABLES = [report.command for report in REPORTS if report.has_csv]
"""The reports whose rows can be had as CSV."""
DATA = {
    FEED: "Feed of weeks",
    CALENDAR: "Deadlines for your calendar",
    **{f"{name}.csv": f"{name}.csv" for name in TABLES},
}


def page_file(kind: str, what: object) -> str:
    """Return the file of the page of a week, a concession or an agreement."""
    return f"{kind}-{what}.html"


class Site(NamedTuple):
    """Writes the pages of a site as HTML: each has a report, and parts under its title."""

    view: View
    links: Mapping[str, str]
    """The page of each agreement, concession and deadline."""
    targets: Mapping[str, Figure]
    """The chart of each target with readings, by deadline."""

    def week(self, name: str, report: Report, *parts: Markup) -> str:
        """Return a week's page, with some parts before what it tells."""
        return self.page(name, report, [*parts, *report.sections])

    def past_week(
        self, week: Span, report: Report, later: Span | None, earlier: Span | None
    ) -> tuple[str, str]:
        """Return a week's file and page, with links to the weeks with news around it."""
        name = page_file("week", week)
        return name, self.week(name, report, _pager(earlier, later))

    def archive(self, headlines: Mapping[Span, str]) -> str:
        """Return every week with news, the latest first, and what is between them in a line."""
        rows = list[ArchiveRow]()
        after = shifted(self.view.clocks.as_of, 1)
        for week, headline in headlines.items():
            if week.end < shifted(after, -1):
                quiet = days_of(Span(shifted(week.end, 1), shifted(after, -1)))
                rows.append(ArchiveRow(None, quiet, "No news"))
            rows.append(ArchiveRow(week, days_of(week), headline))
            after = week.start
        columns = [
            Column("Days", lambda row: row.days),
            Column("Headline", lambda row: row.headline, wraps=True,
                   about=lambda row: row.week and str(row.week)),
        ]  # fmt: skip
        weeks = {str(week): page_file("week", week) for week in headlines}
        site = self._replace(links={**self.links, **weeks})
        return site.page(WEEKS, self._nothing(), [Section(columns, rows)])

    def listing(self, name: str, report: Report) -> str:
        """Return the page of one report; that of targets has their charts before its tables."""
        report = report.uncited()
        charts = []
        if name == TARGETS:
            charts = [figure.markup for figure in self.targets.values()]
        return self.page(name, report, [*charts, *report.sections])

    def agreement(self, slug: str) -> str:
        """Return the page of one agreement: its concessions and its own deadlines."""
        view = self.view
        agreement = self.view.state.agreements[slug]
        slugs = [
            row.slug for row in view.standing_concessions() if row.agreement == slug
        ]
        report = status(view, slugs).uncited() if slugs else self._nothing()
        rows = in_order(
            [deadline_row(view, due) for due in view.state.owned.get(slug, ())]
        )
        clocks = f"Agreed {period_in_words(agreement.agreed_on)}"
        clocks += f", {agreement.place}" if agreement.place else ""
        report = report._replace(heading=[agreement.title, clocks])
        parts = [
            deadlines_section(view, rows, "Deadlines of the agreement"),
            *report.sections,
        ]
        return self.page(
            page_file("agreement", slug), report, parts, agreement.title, slug
        )

    def concession(self, slug: str) -> str:
        """Return the page of one concession, with a chart of each of its targets.

        Its history holds what was retracted, struck through, as readers may have seen it.
        """
        report = show(self.view, slug, retracted=True)
        owned = [
            position.deadline.slug for position in self.view.state.owned.get(slug, ())
        ]
        terms, *others = report.sections
        rest = [part._replace(is_folded=len(part.rows) > LONG) for part in others]
        charts = [
            self.targets[deadline].markup
            for deadline in owned
            if deadline in self.targets
        ]
        parts: Parts = [terms, *charts, *rest]
        title = self.view.state.concessions[slug].title
        return self.page(page_file("concession", slug), report, parts, title, slug)

    def page(
        self,
        name: str,
        report: Report,
        parts: Parts,
        title: str = "",
        slug: str = "",
    ) -> str:
        """Return a page as HTML: the site's menu, the title, the parts, and links to the data.

        Its title is that of the menu, or of the report, unless it is about the thing of a slug.
        """
        site = title_of(self.view)
        menu = None if report.headline else MENU.get(name)
        title = title or menu or heading_of(report).removeprefix(f"{site} · ")
        writer = HtmlWriter(title[:1].upper() + title[1:], self.links, report.sources)
        content = [
            writer.heading(report, element("code", slug) if slug else None),
            *(
                writer.section(part) if isinstance(part, Section) else part
                for part in parts
            ),
            footer(report),
        ]
        home = element("p", element("a", site, href=INDEX))
        pages = element("nav", _list(MENU, name), aria_label="Pages")
        return page(
            f"{MENU[INDEX] if name == INDEX else writer.title} · {site}",
            join(content),
            top=element("header", home, pages, class_="masthead"),
            bottom=self._colophon(),
            links=element(
                "link", rel="alternate", type=ATOM, title=DATA[FEED], href=FEED
            ),
            script=script(),
            year=as_of.year if (as_of := report.document.get("as_of")) else None,
        )

    def _nothing(self) -> Report:
        """Return a report without a table, for a page whose parts are its own."""
        return Report({}, {}, footer=footer_of(self.view))

    def _colophon(self) -> Markup:
        state = self.view.state
        evidence_on = self.view.state.book.evidence_on
        latest = in_words(evidence_on) if evidence_on else "none yet"
        promise = "Every update is dated, and none is ever deleted."
        words = element("p", f"{promise} Latest evidence: {latest}.")
        titles = {
            self.links[slug]: agreement.title
            for slug, agreement in state.agreements.items()
        }
        agreements = element("nav", _list(titles), aria_label="Agreements")
        data = element("nav", _list(DATA), aria_label="Data")
        return element("footer", agreements, data, words, class_="colophon")


class ArchiveRow(NamedTuple):
    """A week with news, or the days between two of them."""

    week: Span | None
    days: str
    headline: str


def _pager(earlier: Span | None, later: Span | None) -> Markup:
    """Return links to the weeks before and after one."""
    steps = [
        element(
            "li",
            element("a", f"{step}: {days_of(week)}", href=page_file("week", week)),
        )
        for step, week in (("Earlier", earlier), ("Later", later))
        if week
    ]
    label = "Earlier and later weeks"
    return element("nav", element("ul", *steps), class_="pager", aria_label=label)


@cache
def script() -> str:
    """Return the script of every page, which sorts and filters tables."""
    return Path(__file__).with_name("tables.js").read_text("utf-8")


def _list(pages: Mapping[str, str], current: str = "") -> Markup:
    """Return links to pages; the current one is marked."""
    links = (
        element("a", words, href=to, aria_current="page" if to == current else None)
        for to, words in pages.items()
    )
    return element("ul", *(element("li", link) for link in links))
