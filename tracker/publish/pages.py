"""The pages of the site: each has a report or two, figures, and links to the others."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from tracker.dates import Week
from tracker.publish.card import Card
from tracker.publish.drawing import Drawing
from tracker.publish.figures import Figure, Framed, Offer, files, framed
from tracker.publish.head import Head
from tracker.publish.method import method_sections
from tracker.publish.retracted import with_retracted
from tracker.publish.summary import in_sentences, portfolio
from tracker.publish.timeline import timeline
from tracker.publish.weeks import METHOD, corrected_line, pager, week_file, weeks_list
from tracker.publish.whole import Whole
from tracker.reports.show import show
from tracker.reports.view import View
from tracker.tables import Report, Surface, render
from tracker.tables.html import HtmlWriter, footer, title_of
from tracker.tables.markup import EMPTY, Markup, element, join
from tracker.tables.page import Page

INDEX, FEED, CALENDAR, BOOK = "index.html", "feed.xml", "deadlines.ics", "book.json"
MENU = {
    INDEX: "This week",
    "gains.html": "Who gained what",
    "deadlines.html": "Deadlines and cliff",
    "targets.html": "Targets",
    "sources.html": "Sources",
}
EMBED_WEEK = "embed-week.html"
TREND = Offer("gains.svg", "embed-gains.html", "gains-weekly.csv")
TIMELINE = Offer("timeline.svg")
OF_INDEX = {
    **{f"{name}.csv": f"{name}.csv" for name in ("status", "claims", "history")},
    EMBED_WEEK: "This week to embed",
}


class Draft(NamedTuple):
    """A page whose drawings are still missing; it no longer needs the book."""

    page: Page
    parts: Sequence[Markup | Framed]
    image: str = ""
    """The file of the picture for previews."""
    files: Mapping[str, bytes] = MappingProxyType({})
    """Files of its own, by name."""

    @property
    def charts(self) -> list[str]:
        """The charts to draw, in the order of the page."""
        figures = [part for part in self.parts if isinstance(part, Framed)]
        return [chart for one in figures for chart in one.figure.charts.values()]

    def all_files(self, drawings: Mapping[str, Drawing | None]) -> Iterator[tuple[str, bytes]]:
        """Yield its files, including those of drawings that are offered separately."""
        yield from self.files.items()
        for part in self.parts:
            if isinstance(part, Framed) and part.offer and (picture := part.picture(drawings)):
                yield part.offer.picture, picture.encode()

    def document(self, drawings: Mapping[str, Drawing | None]) -> str:
        """Return the whole page."""
        parts = (part.shown(drawings) if isinstance(part, Framed) else part for part in self.parts)
        return self.page._replace(content=join(parts)).document()


class Plan(NamedTuple):
    """What every page needs to know about the site: its title, its weeks and its links."""

    title: str
    weeks: Sequence[Week]
    corrected: Mapping[Week, Sequence[Week]]
    """The weeks in which updates of an earlier week were corrected, by that week."""
    links: Mapping[str, str]
    titles: Mapping[str, str]
    """The titles of concessions, deadlines and agreements, by slug."""
    targets: Mapping[str, Figure]
    """The chart of each target with readings, by deadline."""
    offers: Mapping[str, Offer]
    """The separate files of these charts, by deadline; if there are many, for the nearest days."""
    updated: str
    """The moment of the last entry, as a sentence."""
    base: str
    """The beginning of the site's addresses, if known."""
    image: str = ""
    """The picture of the current week, for previews of pages that have none."""

    def titled(self, report: Report) -> str:
        """Return the title of a report's page, which leaves out the site's, shown with it."""
        title = title_of(report).removeprefix(f"{self.title} · ")
        return title[:1].upper() + title[1:]

    def writer(self, title: str, report: Report | None = None) -> HtmlWriter:
        """Return a writer for a page with this title."""
        return HtmlWriter(title, self.links, report.sources if report else None, self.titles)


def concession_file(slug: str) -> str:
    """Return the file of a concession's page."""
    return f"concession-{slug}.html"


def week_page(plan: Plan, report: Report, of: Week) -> Draft:
    """Return a week's page."""
    card = _card(report) if plan.base else None
    image = f"week-{of}.png" if card else ""
    page = _week_page(plan, report, of, week_file(of), image)
    return page._replace(image=image, files={image: card} if card else {})


def first_page(
    plan: Plan, view: View, report: Report, image: str, over_time: Figure | None
) -> Draft:
    """Return the first page of the site: the current week, and links to all others.

    With several agreements, it begins with a line on each.
    """
    if len(view.agreements) > 1:
        own = portfolio(view, [row.status_ for row in report.rows])
        report = report._replace(sections=[own, *report.sections])
    return _week_page(plan, report, plan.weeks[0], INDEX, image, over_time)


def _card(report: Report) -> bytes | None:
    gains_of = next((one for one in report.sections if one.bars is not None), None)
    return Card(title_of(report), report.headline, gains_of).png()


def _week_page(
    plan: Plan, report: Report, of: Week, name: str, image: str, over_time: Figure | None = None
) -> Draft:
    writer = _writer(plan, report)
    later = plan.corrected.get(of)
    corrected = [corrected_line(later)] if later else []
    parts: list[Markup | Framed] = [
        writer.top(report),
        *corrected,
        pager(plan.weeks, of),
        *writer.sections(report),
    ]
    if name == INDEX:
        trend = [framed(over_time, writer, TREND)] if over_time else []
        parts += [*trend, weeks_list(plan.weeks), files(OF_INDEX)]
    head = Head(report.headline, report.lead or report.headline, image)
    return _page(plan, writer, name, [*parts, footer(report)], head)


def gains_page(plan: Plan, report: Report, over_time: Figure | None, weekly: Report) -> Draft:
    """Return the page on who gained what, now and week by week, with the data of all weeks."""
    writer = _writer(plan, report)
    tallies = [one for one in report.sections if one.bars is not None]
    lists = [one for one in report.sections if one.bars is None and one.cells]
    alone = len(tallies) == 1 and not tallies[0].is_empty
    shown = [writer.figure(one, "") if alone else writer.section(one) for one in tallies]
    parts: list[Markup | Framed] = [
        writer.heading(report),
        *shown,
        *([framed(over_time, writer, TREND)] if over_time else []),
        *map(writer.section, lists),
        *_end(report, "gains"),
    ]
    page = _page(plan, writer, "gains.html", parts)
    if over_time is None:
        return page
    data = render(weekly, "csv", Surface()).encode()
    return page._replace(files={TREND.data: data})


def deadlines_page(plan: Plan, view: View, report: Report, cliff: Report) -> Draft:
    """Return the page of deadlines: a timeline, a table by day, and the cliff."""
    writer = _writer(plan, report)
    figure = timeline(view)
    drawn = [framed(figure, writer, TIMELINE)] if figure else []
    ends = [writer.section(section, level=3) for section in cliff.sections]
    parts: list[Markup | Framed] = [
        writer.heading(report),
        *drawn,
        *map(writer.section, report.sections),
        element("section", element("h2", "The cliff: what ends, and who loses"), *ends),
        *_end(report, "deadlines", "cliff"),
    ]
    return _page(plan, writer, "deadlines.html", parts)


def targets_page(plan: Plan, report: Report) -> Draft:
    """Return the page of progress towards each target, by everyone who counts."""
    writer = plan.writer(MENU["targets.html"], report)
    parts: list[Markup | Framed] = [
        writer.heading(report),
        *(framed(one, writer, plan.offers.get(slug)) for slug, one in plan.targets.items()),
        *map(writer.section, report.sections),
        *_end(report, "pace"),
    ]
    return _page(plan, writer, "targets.html", parts)


def sources_page(plan: Plan, report: Report) -> Draft:
    """Return the page of the sources."""
    writer = _writer(plan, report)
    sections = map(writer.section, report.sections)
    parts = [writer.heading(report), *sections, *_end(report, "sources")]
    return _page(plan, writer, "sources.html", parts)


def concession_page(plan: Plan, view: Whole, slug: str) -> Draft:
    """Return the page of one concession, with charts of its timeline and targets."""
    concession = view.concessions[slug]
    told = in_sentences(view, concession)
    versions, journal = view.versions.get(slug, ()), with_retracted(view.history(slug))
    report = show(view, slug, versions, journal)._replace(lead=told)
    writer = plan.writer(concession.title, report)
    figure = timeline(view, slug)
    owned = [one.deadline.slug for one in view.owned.get(slug, ())]
    terms, *rest = report.sections
    parts: list[Markup | Framed] = [
        writer.heading(report, element("code", slug)),
        writer.section(terms),
        *([framed(figure, writer)] if figure else []),
        *(
            framed(plan.targets[one], writer, plan.offers.get(one))
            for one in owned
            if one in plan.targets
        ),
        *map(writer.section, rest),
        footer(report),
    ]
    return _page(plan, writer, concession_file(slug), parts, Head(concession.title, told))


def method_page(plan: Plan, view: View) -> Draft:
    """Return the page on what the words mean, where facts come from and how to cite."""
    writer = plan.writer("Method")
    sections = method_sections(view, plan.title, plan.base)
    title = element("header", element("h1", writer.title), class_="title")
    return _page(plan, writer, METHOD, [title, *map(writer.section, sections)])


def _writer(plan: Plan, report: Report) -> HtmlWriter:
    return plan.writer(plan.titled(report), report)


def _end(report: Report, *names: str) -> list[Markup]:
    """Return the end of a page: the files of its tables, and the book's identity."""
    return [files({f"{name}.csv": f"{name}.csv" for name in names}), footer(report)]


def _page(
    plan: Plan,
    writer: HtmlWriter,
    name: str,
    parts: Sequence[Markup | Framed],
    head: Head | None = None,
) -> Draft:
    own = MENU[INDEX] if name == INDEX else writer.title
    title = f"{own} · {plan.title}"
    about, kind = head or Head(title, title), "application/atom+xml"
    feed = element("link", rel="alternate", type=kind, title="Changes", href=FEED)
    page = Page(
        title,
        EMPTY,
        top=_masthead(plan.title, name if name in MENU else None),
        bottom=_colophon(plan.updated),
        links=join([feed, about.links(plan.base, plan.title, name, plan.image)]),
        kind="site",
    )
    return Draft(page, parts)


@cache
def _masthead(title: str, name: str | None) -> Markup:
    items = [
        element("li", element("a", words, href=to, aria_current="page" if to == name else None))
        for to, words in MENU.items()
    ]
    home = element("p", element("a", title, href=INDEX))
    menu = element("nav", element("ul", *items), aria_label="Pages")
    return element("header", home, menu, class_="masthead")


@cache
def _colophon(updated: str) -> Markup:
    links = (
        (METHOD, "Method, sources and how to cite"),
        (FEED, "Feed of changes"),
        (CALENDAR, "Deadlines for your calendar"),
        (BOOK, "The book as data"),
    )
    items = [element("li", element("a", words, href=to)) for to, words in links]
    return element(
        "footer",
        element("nav", element("ul", *items), aria_label="Method and data"),
        element("p", f"Every update is dated and never deleted. {updated}"),
        class_="colophon",
    )
