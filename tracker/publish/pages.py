"""The pages of the site: each has a report or two, pictures, and links to the others."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tracker.dates import (
    Span,
    days_of,
    period_in_words,
    shifted,
)
from tracker.publish.charts import Picture, key_of
from tracker.publish.pictures import WHO_HAS_WHAT, has_what, lanes, targets, timeline
from tracker.reports import REPORTS
from tracker.reports.deadlines import deadlines_section
from tracker.reports.frame import (
    DeadlineRow,
    deadline_row,
    in_order,
    term,
    title_of,
)
from tracker.reports.frame import footer as footer_of
from tracker.reports.show import show
from tracker.reports.status import status
from tracker.reports.view import View
from tracker.reports.wording import sentence
from tracker.tables import Cell, Column, Report, Section
from tracker.tables.html import (
    HtmlWriter,
    Markup,
    element,
    footer,
    heading_of,
    join,
    page,
)
from tracker.vocabulary import Status

INDEX, WEEKS, FEED, CALENDAR = "index.html", "weeks.html", "feed.xml", "deadlines.ics"
GAINS, DEADLINES, TARGETS = "gains.html", "deadlines.html", "targets.html"
DATA = "data.html"
MENU = {
    INDEX: "Overview",
    WEEKS: "All weeks",
    GAINS: "Who has what",
    DEADLINES: "Deadlines",
    TARGETS: "Targets",
    "sources.html": "Sources",
}
ATOM = "application/atom+xml"
LONG = 24
"""Tables of a concession's page that have more rows are folded."""
FEW = 3
"""How many rows of what is past and next the first page has."""
LATEST = 5
"""How many weeks with news the first page names."""
CARDS = f"{WHO_HAS_WHAT} Each agreement has a scale of its own."
PAST_AND_NEXT = ("Past their day or term", "Next")
Part = Section | Picture | Markup | None
"""A part of a page; None if it has nothing to show."""
FILES = {
    FEED: "Feed of the weeks with news, for a feed reader",
    CALENDAR: "Deadlines, for a calendar program",
} | {
    f"{report.command}.csv": f"The rows of 'tracker {report.command}', as a table"
    for report in REPORTS
    if report.has_csv
}
"""What others can take from the site, and what it is."""
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Crect width='16' height='16' fill='%23a3262a'/%3E%3Cpath d='M3 5h10M3 8h7M3 11h4'"
    " stroke='%23fff' stroke-width='2'/%3E%3C/svg%3E"
)
"""Three bars of different length."""


def page_file(kind: str, what: object) -> str:
    """Return the file of the page of a week, a concession or an agreement."""
    return f"{kind}-{what}.html"


class Site(NamedTuple):
    """Writes the pages of a site as HTML: each has a report, and parts under its title."""

    view: View
    links: Mapping[str, str]
    """The page of each agreement, concession and deadline."""
    targets: Mapping[str, Picture]
    """The chart of each target with counts of several days, by deadline."""
    specs: set[str]
    """What is to be drawn: the specifications of all pictures on its pages."""

    def overview(self, report: Report, headlines: Mapping[Span, str]) -> str:
        """Return the first page: a picture of each agreement, what is past and next, and news."""
        view = self.view
        report = report.uncited()
        agreements = [*view.agreements]
        parts = list[Part]()
        if len(agreements) == 1:
            parts += [has_what(view), timeline(view, agreements[0])]
        else:
            bars = [has_what(view, slug) for slug in agreements]
            if agreements:
                parts.append(element("p", CARDS, class_="clocks"))
            parts += map(self._card, agreements, bars)
            shown = {status for bar in bars if bar for status in bar.statuses}
            if shown:
                parts.append(key_of(status for status in Status if status in shown))
        titled = {section.title: section for section in report.sections}
        for title in PAST_AND_NEXT:
            if section := titled.get(title):
                parts.append(section._replace(rows=section.rows[:FEW]))
                more = sum(len(line.titles) for line in section.rows[FEW:])
                if more:
                    link = element("a", f"{more} more", href=DEADLINES)
                    parts.append(element("p", link, class_="more"))
        parts.append(targets(view, most=FEW + FEW))
        weeks = [
            element(
                "li",
                element("span", days_of(week)),
                " ",
                element("a", headline, href=page_file("week", week)),
            )
            for week, headline in [*headlines.items()][:LATEST]
        ]
        if weeks:
            parts.append(element("h2", "Latest weeks"))
            parts.append(element("ul", *weeks, class_="news"))
        return self.page(INDEX, report, parts)

    def _card(self, slug: str, bars: Picture | None) -> Markup:
        """Return what the first page says of one of several agreements."""
        link = element("a", self.view.agreements[slug].title, href=self.links[slug])
        parts: list[Markup] = [element("h2", link)]
        for words in term(self.view, slug, in_prose=True):
            parts.append(element("p", sentence(words), class_="clocks"))
        if bars:
            self.specs.update(bars.specs)
            parts.append(bars.picture())
        return element("section", *parts, class_="card")

    def past_week(
        self, week: Span, report: Report, later: Span | None, earlier: Span | None
    ) -> tuple[str, str]:
        """Return a week's file and page, with links to the weeks with news around it."""
        name = page_file("week", week)
        return name, self.page(name, report, [_pager(earlier, later), *report.sections])

    def archive(self, headlines: Mapping[Span, str]) -> str:
        """Return every week with news, the latest first, and what is between them in a line."""
        rows = list[ArchiveRow]()
        after = shifted(self.view.as_of, 1)
        for week, headline in headlines.items():
            if week.end < shifted(after, -1):
                quiet = days_of(Span(shifted(week.end, 1), shifted(after, -1)))
                rows.append(ArchiveRow(None, quiet, "No news"))
            rows.append(ArchiveRow(week, days_of(week), headline))
            after = week.start
        columns = [
            Column("Days", lambda row: row.days, whole=True),
            Column(
                "Headline",
                lambda row: Cell(row.headline, about=row.week and str(row.week)),
            ),
        ]
        weeks = {str(week): page_file("week", week) for week in headlines}
        site = self._replace(links={**self.links, **weeks})
        return site.page(WEEKS, Report({}, tuple), [Section(columns, rows)])

    def listing(self, name: str, report: Report) -> str:
        """Return the page of one report, with its picture; what is ahead of today comes first."""
        report = report.uncited()
        parts: Sequence[Part] = report.sections
        if name == TARGETS:
            parts = [targets(self.view, most=40), *parts]
        elif name == GAINS:
            bars = has_what(self.view)  # its table is the first section
            parts = [bars and bars._replace(table=Section()), *parts]
        elif name == DEADLINES:
            parts = [
                part for section in report.sections for part in _ahead_first(section)
            ]
        return self.page(name, report, parts)

    def data(self) -> str:
        """Return the page with all that others can take from the site."""
        columns = [
            Column("File", lambda name: Cell(name, about=name), whole=True),
            Column("What it is", lambda name: FILES[name]),
        ]
        site = self._replace(links={name: name for name in FILES} | {**self.links})
        report = Report({}, tuple, ["Data"], footer=footer_of(self.view))
        return site.page(DATA, report, [Section(columns, [*FILES])], "Data")

    def agreement(self, slug: str) -> str:
        """Return the page of one agreement: pictures, concessions, and its own deadlines."""
        view = self.view
        agreement = view.agreements[slug]
        slugs = [
            row.slug for row in view.standing_concessions() if row.agreement == slug
        ]
        report = status(view, slugs).uncited() if slugs else Report({}, tuple)
        rows = in_order([deadline_row(view, due) for due in view.owned.get(slug, ())])
        clocks = [f"Agreed {period_in_words(agreement.agreed_on)}"]
        if agreement.place:
            clocks.append(agreement.place)
        clocks += term(view, slug, in_prose=True)
        report = report._replace(heading=[agreement.title, " · ".join(clocks)])
        parts: list[Part] = [has_what(view, slug), timeline(view, slug)]
        parts += [lanes(view, slug), *report.sections]
        if rows:
            parts.append(deadlines_section(view, rows, "Deadlines of the agreement"))
        return self.page(
            page_file("agreement", slug), report, parts, agreement.title, slug
        )

    def concession(self, slug: str) -> str:
        """Return the page of one concession, with a chart of each of its targets.

        Its history holds what was retracted, struck through, as readers may have seen it.
        """
        report = show(self.view, slug, retracted=True)
        terms, *others = report.sections
        agreement = self.view.concessions[slug].agreement
        name = self.view.agreements[agreement].title
        home = element("a", name, href=self.links[agreement])
        parts: list[Part] = [element("p", home, class_="clocks"), terms]
        for position in self.view.owned.get(slug, ()):
            parts.append(self.targets.get(position.slug))
        for part in others:
            parts.append(part._replace(is_folded=len(part.rows) > LONG))
        title = self.view.concessions[slug].title
        return self.page(page_file("concession", slug), report, parts, title, slug)

    def page(
        self,
        name: str,
        report: Report,
        parts: Sequence[Part],
        title: str = "",
        slug: str = "",
    ) -> str:
        """Return a page as HTML: the site's menu, the title, the parts, and links to the data.

        Its title is that of the menu, or of the report, unless it is about the thing of a slug.
        Only the first page and that of the data bear the point, which each update changes.
        """
        site = title_of(self.view)
        menu = None if report.headline else MENU.get(name)
        title = title or menu or heading_of(report).removeprefix(f"{site} · ")
        writer = HtmlWriter(title[:1].upper() + title[1:], self.links, report.sources)
        content = [writer.heading(report, element("code", slug) if slug else None)]
        for part in parts:
            match part:
                case Picture():
                    self.specs.update(part.specs)
                    content.append(part.section(writer))
                case Section():
                    content.append(writer.section(part))
                case Markup():
                    content.append(part)
        if name in (INDEX, DATA):
            content.append(footer(report))
        home = element("p", element("a", site, href=INDEX))
        pages = element("nav", _list(MENU, name), aria_label="Pages")
        about = report.headline or " · ".join([writer.title, *report.heading[1:]])
        about = about.replace("\n", " ")
        feed = element("link", rel="alternate", type=ATOM, title="Weeks", href=FEED)
        return page(
            f"{MENU[INDEX] if name == INDEX else writer.title} · {site}",
            join(content),
            top=element("header", home, pages, class_="masthead"),
            bottom=self._colophon(),
            links=join(
                [
                    feed,
                    element("link", rel="icon", href=Markup(ICON)),
                    element("meta", name="description", content=about),
                    element(
                        "meta",
                        property="og:title",
                        content=report.headline or writer.title,
                    ),
                    element("meta", property="og:description", content=about),
                    element("meta", property="og:site_name", content=site),
                ]
            ),
            script=script(),
            year=as_of.year if (as_of := report.document.get("as_of")) else None,
        )

    def _colophon(self) -> Markup:
        words = element("p", "Every update is dated, and none is ever deleted.")
        titles = {
            self.links[slug]: agreement.title
            for slug, agreement in self.view.agreements.items()
        }
        agreements = element("nav", _list(titles), aria_label="Agreements")
        data = element("p", element("a", "Data, feed and calendar", href=DATA))
        return element("footer", agreements, data, words, class_="colophon")


def _ahead_first(section: Section) -> Iterator[Section]:
    """Yield a table of deadlines in two: what is ahead, then what is past, the latest first."""
    parts: dict[str, list[DeadlineRow]] = {"Ahead": [], "Past": []}
    for row in section.rows:
        is_ahead = row.position.ahead and not row.position.closed
        parts["Ahead" if is_ahead else "Past"].append(row)
    parts["Past"].reverse()
    for name, rows in parts.items():
        title = f"{section.title} · {name.lower()}" if section.title else name
        if rows:
            yield section._replace(rows=rows, title=title)


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
