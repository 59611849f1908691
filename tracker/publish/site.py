"""The whole site: the name and the bytes of every file, written to a folder."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tracker import calendar
from tracker.dates import Week, in_words, shifted, week_of
from tracker.entry import Entry
from tracker.errors import BadInput, WrongUsage
from tracker.publish import pages
from tracker.publish.charts import Figure, converter, drawings
from tracker.publish.feed import Item, feed, item
from tracker.publish.figures import progresses, trend
from tracker.publish.folder import Laid, held_in, lay
from tracker.reports.claims import claims
from tracker.reports.deadlines import deadlines
from tracker.reports.gains import gains
from tracker.reports.history import anchor, history, standing
from tracker.reports.pace import pace
from tracker.reports.sources import sources
from tracker.reports.status import status
from tracker.reports.tally import GainsRow
from tracker.reports.view import View
from tracker.reports.weekly.page import page
from tracker.rules.names import web_address
from tracker.tables import Flattened, Report, Surface, render
from tracker.tables.report import paths_of
from tracker.vocabulary import NEWS, Command, EntryKind


class Drafted(NamedTuple):
    """A site whose charts are not drawn yet, which takes long and does not need the book."""

    texts: Mapping[str, str]
    figures: list[Figure]

    def files(self) -> dict[str, bytes]:
        """Return every file, with the charts drawn."""
        return {name: text.encode() for name, text in self.texts.items()} | drawings(self.figures)


def publish(
    folder: Path, ask: Callable[[Callable[[View], Drafted]], Drafted], url: str | None = None
) -> Laid:
    """Write a book's site to a folder; `ask` calls a function with the book's view.

    `url` is the site's address. An unchanged site is left as it is.
    """
    base = base_of(url)
    converter()  # or refuse before all pages are made
    held_in(folder)
    return lay(folder, ask(lambda view: drafted(view, base)).files())


def base_of(url: str | None) -> str:
    """Return the beginning of the addresses of a site's files; empty if unknown."""
    if url is None:
        return ""
    try:
        web_address(url)
    except BadInput:
        raise WrongUsage("not an address", text=url) from None
    if "?" in url or "#" in url:
        raise WrongUsage("not an address", text=url)
    folder = url.removesuffix("/index.html")
    return folder if folder.endswith("/") else f"{folder}/"


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
        pages.report_page("promises.html", answers["status"], "status"),
        pages.report_page("deadlines.html", answers["deadlines"], "deadlines"),
        pages.report_page("sources.html", answers["sources"], "sources"),
        pages.report_page("targets.html", answers["pace"], "pace", *plan.targets.values()),
        *(pages.agreement_page(view, slug) for slug in view.state.agreements),
        *(pages.concession_page(plan, view, slug) for slug in view.judged.positions),
    ]
    texts |= {page.name: pages.document(plan, page) for page in made}
    data = {**answers, **({"gains-weekly": _weekly_gains(tallies)} if over_time else {})}
    texts |= {f"{name}.csv": render(one, "csv", Surface()) for name, one in data.items()}
    texts[pages.BOOK] = render(_book(view, answers), "json", Surface())
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
    gone, evidence_on = _retracted(view), current.document["coverage"].evidence_on
    evidence = f"Latest evidence: {in_words(evidence_on)}." if evidence_on else "No update yet."
    return pages.Plan(
        title=calendar.title_of(view),
        weeks=weeks,
        retracted=frozenset(entry.entry for pair in gone for entry in pair),
        links={str(week): pages.week_file(week) for week in weeks} | _links(view, gone),
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


Retracted = tuple[Entry, Entry]
"""An update that no longer counts, and its retraction."""


def _retracted(view: View) -> list[Retracted]:
    """Return the updates that were taken back after readers may have seen them, on things in view.

    An undo on the day of the entry is a typing mistake that no reader has seen.
    """
    entries = view.state.history()
    known = {entry.entry: entry for entry in entries}
    in_view = {*view.judged.positions, *view.state.agreements}
    found = []
    for by in entries:
        wrong = known.get(by.referent)
        is_live = by.kind is EntryKind.RETRACTION and by.retracted_by is None
        if not is_live or wrong is None or wrong.kind not in NEWS:
            continue
        is_typo = by.command is Command.UNDO and wrong.recorded_at.date() == by.recorded_at.date()
        if (wrong.concession or wrong.agreement) in in_view and not is_typo:
            found.append((wrong, by))
    return found


def _links(view: View, gone: Sequence[Retracted]) -> dict[str, str]:
    """Return the page of each agreement and concession, and of deadlines, by slug.

    Retracted entries and their retractions lead to the history of their concession.
    """
    links = {slug: pages.agreement_file(slug) for slug in view.state.agreements}
    links |= {slug: pages.concession_file(slug) for slug in view.judged.positions}
    for slug, deadline in view.state.deadlines.items():
        links[slug] = links.get(str(deadline.concession), "deadlines.html")
    for entry in (entry for pair in gone for entry in pair):
        page = links.get(str(entry.concession))
        if page:
            links[f"#{entry.entry}"] = f"{page}#{anchor(entry)}"
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


def _book(view: View, answers: Mapping[str, Report]) -> Report:
    """Return the book's reports as one JSON document, by name."""
    document: dict[str, Any] = {
        "report": "book",
        "as_of": view.clocks.as_of,
        "known_by": view.state.record.last.entries,
        "agreement": view.state.agreement,
        **{name: report.rows for name, report in answers.items()},
        "book": view.state.book,
    }
    return Report(document, tuple, main="status")
