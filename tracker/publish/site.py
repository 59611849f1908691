"""The whole site: the name and the content of every file, and the feed of its weeks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from tracker.dates import Week, in_words, shifted, week_of
from tracker.publish import calendar, pages
from tracker.publish.charts import NO_XML, Figure, drawings
from tracker.publish.figures import progresses, trend
from tracker.reports.claims import claims
from tracker.reports.deadlines import deadlines
from tracker.reports.gains import GainsRow, gains
from tracker.reports.history import history, standing
from tracker.reports.pace import pace
from tracker.reports.sources import sources
from tracker.reports.status import status
from tracker.reports.view import View
from tracker.reports.weekly.page import page
from tracker.tables import Flattened, Report, Surface, render, visible
from tracker.tables.data import paths_of

PAGES = {"promises.html": "status", "deadlines.html": "deadlines", "sources.html": "sources"}
"""The reports that have a page of their own."""


class Drafted(NamedTuple):
    """A site whose charts are not drawn yet, which takes long and does not need the book."""

    texts: Mapping[str, str]
    figures: list[Figure]

    def files(self) -> dict[str, bytes]:
        """Return every file, with the charts drawn."""
        return {name: text.encode() for name, text in self.texts.items()} | drawings(self.figures)


def drafted(view: View, base: str = "") -> Drafted:
    """Return what a site takes from the book; its addresses begin with `base`, if known."""
    answers, weeks = _answers(view), weeks_of(view)
    current = page(view, weeks[0])
    plan = _plan(view, weeks, current, base)
    texts, tallies, items = dict[str, str](), dict[Week, list[GainsRow]](), list[Item]()
    for of in plan.weeks:
        report = current if of == plan.weeks[0] else page(view.at(of.end), of)
        texts[pages.week_file(of)] = pages.document(plan, pages.week_page(plan, report, of))
        tallies[of] = report.document["promised"]
        items.append(item(of, report))
    over_time = trend(view, tallies)
    made = [
        pages.first_page(plan, view, current, over_time),
        pages.weeks_page(view, {one.week: one.headline for one in items}),
        pages.gains_page(answers["gains"], over_time),
        *(pages.report_page(file, answers[name], name) for file, name in PAGES.items()),
        pages.report_page("targets.html", answers["pace"], "pace", *plan.targets.values()),
        *(pages.agreement_page(view, slug) for slug in view.state.agreements),
        *(pages.concession_page(plan, view, slug) for slug in view.judged.positions),
    ]
    texts |= {page.name: pages.document(plan, page) for page in made}
    data = {**answers, **({"gains-weekly": _weekly_gains(tallies)} if over_time else {})}
    texts |= {f"{name}.csv": render(one, "csv", Surface()) for name, one in data.items()}
    texts[pages.FEED] = feed(view, items, base)
    texts[pages.CALENDAR] = calendar.render(view)
    return Drafted(texts, [*plan.targets.values(), *([over_time] if over_time else [])])


def _answers(view: View) -> dict[str, Report]:
    """Return the reports of the site by name; the history includes retracted entries."""
    return {
        "status": status(view),
        "gains": gains(view),
        "deadlines": deadlines(view),
        "pace": pace(view),
        "claims": claims(view),
        "history": history(view, everything=True),
        "sources": sources(view),
    }


def _plan(view: View, weeks: Sequence[Week], current: Report, base: str) -> pages.Plan:
    evidence_on = current.document["coverage"].evidence_on
    evidence = f"Latest evidence: {in_words(evidence_on)}." if evidence_on else "No update yet."
    return pages.Plan(
        title=calendar.title_of(view),
        weeks=weeks,
        links={str(week): pages.week_file(week) for week in weeks} | _links(view),
        targets=progresses(view),
        evidence=evidence,
        base=base,
    )


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


def _links(view: View) -> dict[str, str]:
    """Return the page of each agreement and concession, and of deadlines, by slug."""
    links = {slug: pages.agreement_file(slug) for slug in view.state.agreements}
    links |= {slug: pages.concession_file(slug) for slug in view.judged.positions}
    for slug, deadline in view.state.deadlines.items():
        links[slug] = links.get(str(deadline.concession), "deadlines.html")
    return links


class WeeklyGains(NamedTuple):
    """What a side had at the end of a week."""

    week: str
    gains_: Flattened[GainsRow]


def _weekly_gains(tallies: Mapping[Week, Sequence[GainsRow]]) -> Report:
    """Return the tallies of all weeks as one table, the earliest first."""
    rows = [WeeklyGains(str(week), row) for week in sorted(tallies) for row in tallies[week]]
    columns = tuple(name for name in paths_of(WeeklyGains) if name != "before")
    return Report({"rows": rows}, WeeklyGains, columns=columns)


# --- the feed -------------------------------------------------------------------------------------

ATOM = "http://www.w3.org/2005/Atom"
LENGTH = 52
"""How many weeks the feed holds."""
NEWS = ("Changed", "Also")
"""The parts of a weekly page that hold its news."""


class Item(NamedTuple):
    """A week in the feed, and what happened in it, in one line for each concession."""

    week: Week
    headline: str
    lines: list[str]


def item(week: Week, report: Report) -> Item:
    """Return the item of a week from its report."""
    return Item(week, report.headline, [*_changes(report)])


def _changes(report: Report) -> Iterator[str]:
    """Yield the changes of a week; marks of sources lead nowhere in a feed."""
    for section in report.sections:
        columns = section.shown if section.title in NEWS else []
        for row in section.rows if columns else ():
            words = " · ".join(
                words for one in columns if (words := one.cell(row)) and not one.marks(row)
            )
            notes = [note for one in columns if (note := one.below(row))]
            yield ": ".join([words, *notes]).replace("\n", "; ")


def feed(view: View, items: Sequence[Item], base: str) -> str:
    """Return the feed of weeks, given the latest first.

    Its addresses begin with `base`, or are relative if that is empty. Its days are those of the
    weeks, so that a new program makes no old week new.
    """
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _add(root, "id", _identity(*view.state.agreements))
    _add(root, "title", f"{calendar.title_of(view)}: weeks")
    _add(root, "subtitle", f"Evidence to {view.state.book.evidence_on or 'no day yet'}")
    _add(root, "updated", _moment(view, items[0].week))
    _add(ElementTree.SubElement(root, "author"), "name", calendar.title_of(view))
    _link(root, "self", f"{base}feed.xml")
    _link(root, "alternate", base or "index.html")
    for week, headline, lines in items[:LENGTH]:
        node = ElementTree.SubElement(root, "entry")
        _add(node, "id", _identity(*view.state.agreements, str(week)))
        _add(node, "title", headline)
        _add(node, "updated", _moment(view, week))
        _link(node, "alternate", f"{base}{pages.week_file(week)}")
        _add(node, "content", "\n".join(lines), type="text")
    ElementTree.indent(root)
    text = ElementTree.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _moment(view: View, week: Week) -> str:
    """Return the end of a week, or of the day of the view."""
    return f"{min(week.end, view.clocks.as_of).isoformat()}T23:59:59Z"


def _add(parent: ElementTree.Element, name: str, words: str, **attributes: str) -> None:
    node = ElementTree.SubElement(parent, name, attributes)
    node.text = NO_XML.sub("\ufffd", visible(words))


def _link(parent: ElementTree.Element, relation: str, address: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": relation, "href": address})


def _identity(*parts: str) -> str:
    return uuid5(NAMESPACE_URL, "/".join(("truce-tracker", *parts))).urn
