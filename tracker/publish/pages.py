"""The pages of the site: each has a report or two, figures, and links to the others."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tracker.dates import Week, days_of, in_words, period_in_words
from tracker.declared import by_key
from tracker.publish.charts import Figure
from tracker.reports.deadlines import deadline_row, deadlines_section, in_order
from tracker.reports.frame import footer as footer_of
from tracker.reports.show import show
from tracker.reports.status import status
from tracker.reports.view import View
from tracker.tables import Column, Report, Section, table
from tracker.tables.html import EMPTY, HtmlWriter, Markup, element, footer, join, page, title_of

INDEX, WEEKS, FEED, CALENDAR = "index.html", "weeks.html", "feed.xml", "deadlines.ics"
MENU = {
    INDEX: "This week",
    WEEKS: "All weeks",
    "gains.html": "Who gained what",
    "promises.html": "All promises",
    "deadlines.html": "Deadlines",
    "targets.html": "Targets",
    "sources.html": "Sources",
}
ATOM = "application/atom+xml"
DATA = {FEED: "Feed of weeks", CALENDAR: "Deadlines for your calendar"}


class Plan(NamedTuple):
    """What every page needs to know about the site."""

    title: str
    weeks: Sequence[Week]
    """The weeks that have a page, the latest first."""
    links: Mapping[str, str]
    """The page of each agreement, concession, deadline and week."""
    targets: Mapping[str, Figure]
    """The chart of each target with readings, by deadline."""
    evidence_on: date | None
    """The day of the latest evidence."""


class Draft(NamedTuple):
    """A page before it is written: a report, and what stands between its title and its footer."""

    name: str
    report: Report
    parts: Sequence[Section | Figure | Markup | None]
    title: str = ""
    """Its title, if that is not the report's."""
    slug: str = ""
    """The slug of what it is about."""
    data: Sequence[str] = ()
    """The names of the tables that can be had as CSV."""


def page_file(kind: str, what: object) -> str:
    """Return the file of the page of a week, a concession or an agreement."""
    return f"{kind}-{what}.html"


def week_page(plan: Plan, report: Report, of: Week) -> Draft:
    """Return a week's page."""
    return Draft(page_file("week", of), report, [_pager(plan.weeks, of), *report.sections])


def first_page(plan: Plan, view: View, report: Report, trend: Figure | None) -> Draft:
    """Return the first page of the site: the current week, and who gained what over time.

    With several agreements, it begins with a line on each.
    """
    if len(view.state.agreements) > 1:
        report = report._replace(sections=[_agreements(view), *report.sections])
    draft = week_page(plan, report, plan.weeks[0])
    data = ("claims", "history")
    return draft._replace(name=INDEX, parts=[*draft.parts, trend], data=data)


def weeks_page(view: View, headlines: Mapping[Week, str]) -> Draft:
    """Return the archive: every week with its headline, the latest first."""
    columns = [
        Column("Week", lambda row: str(row[0]), about=lambda row: str(row[0])),
        Column("Days", lambda row: days_of(row[0])),
        Column("Headline", lambda row: row[1], wraps=True),
    ]
    archive = table(columns, [*headlines.items()])
    return Draft(WEEKS, _nothing(view), [archive], MENU[WEEKS])


def gains_page(report: Report, trend: Figure | None) -> Draft:
    """Return the page on who gained what, now and week by week."""
    tallies = [section for section in report.sections if section.remark]
    lists = [section for section in report.sections if section.is_table and not section.remark]
    return Draft("gains.html", report, [*tallies, trend, *lists], data=["gains"])


def report_page(name: str, report: Report, data: str, *figures: Figure) -> Draft:
    """Return the page of one report, with figures before its tables and a link to its data."""
    report = report.uncited()
    return Draft(name, report, [*figures, *report.sections], MENU[name], data=[data])


def agreement_page(view: View, slug: str) -> Draft:
    """Return the page of one agreement: its concessions and its own deadlines."""
    agreement = view.state.agreements[slug]
    own = by_key((one.agreement, one.slug) for one in view.standing_concessions()).get(slug, [])
    report = status(view, own).uncited() if own else _nothing(view)
    rows = in_order([deadline_row(view, one) for one in view.judged.owned.get(slug, ())])
    clocks = f"Agreed {period_in_words(agreement.agreed_on)}"
    report = report._replace(
        heading=[agreement.title, f"{clocks}, {agreement.place}" if agreement.place else clocks],
        sections=[deadlines_section(view, rows, "Deadlines of the agreement"), *report.sections],
    )
    return Draft(page_file("agreement", slug), report, report.sections, agreement.title, slug)


def concession_page(plan: Plan, view: View, slug: str) -> Draft:
    """Return the page of one concession, with a chart of each of its targets.

    Its history holds what was retracted, struck through, as readers may have seen it.
    """
    report = show(view, slug, retracted=True)
    owned = [position.deadline.slug for position in view.judged.owned.get(slug, ())]
    terms, *rest = report.sections
    parts = [terms, *map(plan.targets.get, owned), *rest]
    title = view.state.concessions[slug].title
    return Draft(page_file("concession", slug), report, parts, title, slug)


def _nothing(view: View) -> Report:
    """Return a report without a table, for a page whose parts are its own."""
    return Report({}, tuple, footer=footer_of(view))


def _pager(weeks: Sequence[Week], of: Week) -> Markup:
    """Return links to the weeks before and after one."""
    at = weeks.index(of)
    beside = {"Earlier": weeks[at + 1 : at + 2], "Later": weeks[max(at - 1, 0) : at]}
    steps = [
        element("li", element("a", f"{step}: {days_of(week)}", href=page_file("week", week)))
        for step, found in beside.items()
        for week in found
    ]
    label = "Earlier and later weeks"
    return element("nav", element("ul", *steps), class_="pager", aria_label=label)


def _agreements(view: View) -> Section:
    """Return one line per agreement."""
    own = by_key((one.agreement, one.slug) for one in view.standing_concessions())
    columns = [
        Column("Agreement", lambda slug: view.state.agreements[slug].title, wraps=True,
               about=lambda slug: slug),
        Column("Concessions", lambda slug: str(len(own.get(slug, ()))), right=True),
    ]  # fmt: skip
    return table(columns, [*view.state.agreements], "Agreements")


def document(plan: Plan, draft: Draft) -> str:
    """Return a page as HTML: the site's menu, the title, the parts, and links to the data."""
    report = draft.report
    words = draft.title or title_of(report).removeprefix(f"{plan.title} · ")
    writer = HtmlWriter(words[:1].upper() + words[1:], plan.links, report.sources)
    parts = [
        writer.heading(report, element("code", draft.slug) if draft.slug else None),
        *(_part(writer, part) for part in draft.parts if part is not None),
        _files(draft.data),
        footer(report),
    ]
    title = f"{MENU[INDEX] if draft.name == INDEX else writer.title} · {plan.title}"
    return page(
        title,
        join(parts),
        top=_masthead(plan, draft.name),
        bottom=_colophon(plan),
        links=element("link", rel="alternate", type=ATOM, title=DATA[FEED], href=FEED),
        script=script(),
        year=as_of.year if (as_of := report.document.get("as_of")) else None,
    )


@cache
def script() -> str:
    """Return the script of every page, which sorts and filters tables."""
    return Path(__file__).with_name("tables.js").read_text("utf-8")


def _part(writer: HtmlWriter, part: Section | Figure | Markup) -> Markup:
    if isinstance(part, Section):
        return writer.section(part)
    return part.on_page() if isinstance(part, Figure) else part


def _files(names: Sequence[str]) -> Markup:
    """Return links to the data of a page."""
    links = [element("a", f"{name}.csv", href=f"{name}.csv") for name in names]
    return element("p", join(links, " · "), class_="files") if links else EMPTY


def _masthead(plan: Plan, name: str) -> Markup:
    home = element("p", element("a", plan.title, href=INDEX))
    menu = element("nav", _list(MENU, name), aria_label="Pages")
    return element("header", home, menu, class_="masthead")


def _colophon(plan: Plan) -> Markup:
    data = element("nav", _list(DATA), aria_label="Data")
    latest = in_words(plan.evidence_on) if plan.evidence_on else "none yet"
    promise = "Every update is dated, sourced and never deleted."
    words = element("p", f"{promise} Latest evidence: {latest}.")
    return element("footer", data, words, class_="colophon")


def _list(pages: Mapping[str, str], current: str = "") -> Markup:
    """Return links to pages; the current one is marked."""
    links = (
        element("a", words, href=to, aria_current="page" if to == current else None)
        for to, words in pages.items()
    )
    return element("ul", *(element("li", link) for link in links))
