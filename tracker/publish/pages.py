"""The pages of the site: each has a report or two, figures, and links to the others."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tracker.dates import Week, period_in_words
from tracker.groups import by_key
from tracker.publish.charts import Figure, file_of
from tracker.publish.retracted import Retracted, told
from tracker.publish.weeks import archive, corrected_line, pager
from tracker.reports.deadlines import deadline_row, deadlines_section, in_order
from tracker.reports.frame import footer as footer_of
from tracker.reports.show import show
from tracker.reports.status import status
from tracker.reports.versions import versions
from tracker.reports.view import View
from tracker.tables import NOTHING, Column, Report, Section, table
from tracker.tables.html import HtmlWriter, Markup, Page, element, footer, join, title_of

INDEX, WEEKS, FEED, CALENDAR, BOOK = (
    *("index.html", "weeks.html", "feed.xml", "deadlines.ics", "book.json"),
)
MENU = {
    INDEX: "This week",
    WEEKS: "All weeks",
    "gains.html": "Who gained what",
    "deadlines.html": "Deadlines",
    "targets.html": "Targets",
    "sources.html": "Sources",
}
DATA = {FEED: "Feed of weeks", CALENDAR: "Deadlines for your calendar", BOOK: "The book as data"}


class Plan(NamedTuple):
    """What every page needs to know about the site."""

    title: str
    weeks: Sequence[Week]
    corrected: Mapping[Week, Sequence[Week]]
    """The weeks in which updates of an earlier week were corrected, by that week."""
    retracted: Sequence[Retracted]
    """The updates that no longer count, with their retractions."""
    links: Mapping[str, str]
    """The page of each agreement, concession, deadline and week, and of retracted entries."""
    titles: Mapping[str, str]
    """The titles of concessions, deadlines and agreements, by slug."""
    targets: Mapping[str, Figure]
    """The chart of each target with readings, by deadline."""
    updated: str
    """The moment of the last entry, as a sentence."""
    base: str
    """The beginning of the site's addresses, if known."""

    def writer(self, report: Report) -> HtmlWriter:
        """Return a writer for a report's page, whose title leaves out the site's."""
        title = title_of(report).removeprefix(f"{self.title} · ")
        return self.writer_of(title[:1].upper() + title[1:], report)

    def writer_of(self, title: str, report: Report | None = None) -> HtmlWriter:
        """Return a writer for a page with this title."""
        return HtmlWriter(title, self.links, report.sources if report else None, self.titles)


def concession_file(slug: str) -> str:
    """Return the file of a concession's page."""
    return f"concession-{slug}.html"


def agreement_file(slug: str) -> str:
    """Return the file of an agreement's page."""
    return f"agreement-{slug}.html"


def week_page(plan: Plan, report: Report, of: Week, name: str, *more: Markup) -> str:
    """Return a week's page, with more parts at its end."""
    writer = plan.writer(report)
    parts = [
        writer.heading(report),
        corrected_line(plan.corrected.get(of, ())),
        pager(plan.weeks, of),
        *map(writer.section, report.sections),
        *more,
        footer(report),
    ]
    return _page(plan, name, writer.title, parts, report.headline)


def first_page(plan: Plan, view: View, report: Report, trend: Figure | None) -> str:
    """Return the first page of the site: the current week, and who gained what over time.

    With several agreements, it begins with a line on each.
    """
    if len(view.state.agreements) > 1:
        report = report._replace(sections=[_agreements(view), *report.sections])
    more = [*_figures(plan.writer(report), trend), _files("status", "claims", "history")]
    return week_page(plan, report, plan.weeks[0], INDEX, *more)


def weeks_page(plan: Plan, view: View, headlines: Mapping[Week, str]) -> str:
    """Return the archive: every week with its headline."""
    writer = plan.writer_of(MENU[WEEKS])
    report = Report({}, tuple, footer=footer_of(view.state.record.last))
    parts = [writer.heading(report), writer.section(archive(headlines)), footer(report)]
    return _page(plan, WEEKS, writer.title, parts)


def gains_page(plan: Plan, report: Report, trend: Figure | None) -> str:
    """Return the page on who gained what, now and week by week."""
    writer = plan.writer(report)
    tallies = [section for section in report.sections if section.bars is not None]
    lists = [section for section in report.sections if section.bars is None and section.cells]
    parts = [
        writer.heading(report),
        *map(writer.section, tallies),
        *_figures(writer, trend),
        *map(writer.section, lists),
        _files("gains", *(["gains-weekly"] if trend else [])),
        footer(report),
    ]
    return _page(plan, "gains.html", writer.title, parts)


def report_page(plan: Plan, name: str, report: Report, data: str, *figures: Figure) -> str:
    """Return the page of one report, with figures before its tables and a link to its data."""
    writer = plan.writer_of(MENU[name], report)
    parts = [
        writer.heading(report),
        *_figures(writer, *figures),
        *map(writer.section, report.sections),
        _files(data),
        footer(report),
    ]
    return _page(plan, name, writer.title, parts)


def agreement_page(plan: Plan, view: View, slug: str) -> str:
    """Return the page of one agreement: its concessions and its own deadlines."""
    agreement = view.state.agreements[slug]
    own = by_key((one.agreement, one.slug) for one in view.standing_concessions()).get(slug, [])
    report = (
        status(view, own) if own else Report({}, tuple, footer=footer_of(view.state.record.last))
    )
    rows = in_order([deadline_row(view, one) for one in view.judged.owned.get(slug, ())])
    clocks = f"Agreed {period_in_words(agreement.agreed_on)}"
    report = report._replace(
        heading=[agreement.title, f"{clocks}, {agreement.place}" if agreement.place else clocks],
        sections=[deadlines_section(view, rows, "Deadlines of the agreement"), *report.sections],
    )
    writer = plan.writer_of(agreement.title, report)
    parts = [writer.heading(report, element("code", slug)), *map(writer.section, report.sections)]
    return _page(plan, agreement_file(slug), writer.title, [*parts, footer(report)])


def concession_page(plan: Plan, view: View, slug: str) -> str:
    """Return the page of one concession, with a chart of each of its targets."""
    report = show(view, slug, versions(view, slug), told(view, slug, plan.retracted))
    writer = plan.writer_of(view.state.concessions[slug].title, report)
    owned = [position.deadline.slug for position in view.judged.owned.get(slug, ())]
    terms, *rest = report.sections
    parts = [
        writer.heading(report, element("code", slug)),
        writer.section(terms),
        *_figures(writer, *map(plan.targets.get, owned)),
        *map(writer.section, rest),
        footer(report),
    ]
    return _page(plan, concession_file(slug), writer.title, parts)


def _agreements(view: View) -> Section:
    """Return one line per agreement: its concessions, and what is due next."""
    own = by_key((one.agreement, one.slug) for one in view.standing_concessions())
    columns = [
        Column("Agreement", lambda slug: view.state.agreements[slug].title, wraps=True,
               about=lambda slug: slug),
        Column("Concessions", lambda slug: str(len(own.get(slug, ()))), right=True),
        Column("Next due", lambda slug: _next_due(view, slug), wraps=True),
    ]  # fmt: skip
    return table(columns, [*view.state.agreements], "Agreements")


def _next_due(view: View, agreement: str) -> str:
    ahead = (one for one in view.coming if one.deadline.agreement == agreement)
    first = min(ahead, key=lambda one: (one.last, one.deadline.slug), default=None)
    return f"{view.period(first.due_on)}: {first.deadline.label}" if first else NOTHING


def _figures(writer: HtmlWriter, *figures: Figure | None) -> list[Markup]:
    return [figure.on_page(writer, file_of) for figure in figures if figure]


def _files(*names: str) -> Markup:
    """Return links to the data of a page."""
    links = [element("a", f"{name}.csv", href=f"{name}.csv") for name in names]
    return element("p", join(links, " · "), class_="files")


def address_of(name: str, base: str) -> str:
    """Return the address of a page; that of the first page is the folder's, if it is known."""
    return base if base and name == INDEX else f"{base}{name}"


def _page(plan: Plan, name: str, title: str, parts: Sequence[Markup], about: str = "") -> str:
    """Return a whole page: the site's menu, the parts, and links to the data."""
    title = f"{MENU[INDEX] if name == INDEX else title} · {plan.title}"
    links = [element("link", rel="alternate", type="application/atom+xml", title=DATA[FEED],
                     href=FEED)]  # fmt: skip
    if plan.base:
        links.append(element("link", rel="canonical", href=address_of(name, plan.base)))
        links.append(element("meta", name_="description", content=about or title))
    home = element("p", element("a", plan.title, href=INDEX))
    bottom = [
        element("nav", _list(DATA), aria_label="Data"),
        element("p", f"Every update is dated and never deleted. {plan.updated}"),
    ]
    return Page(
        title,
        join(parts),
        top=element("header", home, element("nav", _list(MENU, name), aria_label="Pages"),
                    class_="masthead"),
        bottom=element("footer", *bottom, class_="colophon"),
        links=join(links),
        kind="site",
    ).document()  # fmt: skip


def _list(pages: Mapping[str, str], current: str = "") -> Markup:
    """Return links to pages; the current one is marked."""
    links = (
        element("a", words, href=to, aria_current="page" if to == current else None)
        for to, words in pages.items()
    )
    return element("ul", *(element("li", link) for link in links))
