"""The whole site: the name and the bytes of every file, written to a folder."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tracker import calendar
from tracker.errors import NotAnAddress
from tracker.publish import pages
from tracker.publish.embeds import embeds, offers
from tracker.publish.feed import Feed
from tracker.publish.folder import Laid, Site, drawings_in, laid_in, lay
from tracker.publish.gallery import Gallery
from tracker.publish.method import updated
from tracker.publish.origin import origin
from tracker.publish.progress import progresses
from tracker.publish.retracted import retracted
from tracker.publish.trend import trend
from tracker.publish.weeks import METHOD, corrected_since, week_file, weekly, weeks_of
from tracker.publish.whole import Whole, answers
from tracker.reports.bulletin import bulletin
from tracker.reports.history import anchor
from tracker.reports.view import View
from tracker.tables import Report, Surface, render
from tracker.tables.cells import WEB_ADDRESS


class Drafted(NamedTuple):
    """A site without its drawings, which take long and do not need the book."""

    origin: str
    pages: Mapping[str, pages.Draft]
    others: Mapping[str, str]

    def site(self, gallery: Gallery) -> Site:
        """Return the site with the drawings that the gallery has made."""
        drawings = gallery.drawings()
        documents = {name: page.document(drawings) for name, page in self.pages.items()}
        texts = {**documents, **self.others}
        files = [own for page in self.pages.values() for own in page.all_files(drawings)]
        return Site(
            self.origin,
            {**{name: text.encode() for name, text in texts.items()}, **dict(files)},
            {  # a chart that failed has no key
                name: [gallery.keys[one] for one in page.charts if drawings[one]]
                for name, page in self.pages.items()
            },
        )


def publish(
    folder: Path,
    ask: Callable[[Callable[[View], Drafted | None]], Drafted | None],
    cores: int = 1,
    url: str | None = None,
) -> Laid:
    """Write a book's site to a folder; `ask` calls a function with the book's view.

    `url` is the site's address.
    """
    base, before = base_of(url), laid_in(folder)

    def drafted_anew(view: View) -> Drafted | None:
        return None if origin(view, base) == before.origin else drafted(view, gallery, base)

    with Gallery(drawings_in(before), cores) as gallery:
        draft = ask(drafted_anew)
        return lay(folder, draft.site(gallery)) if draft else Laid(len(before.files), written=False)


def base_of(url: str | None) -> str:
    """Return the beginning of the addresses of a site's files; empty if unknown."""
    if url is None:
        return ""
    if not WEB_ADDRESS.fullmatch(url) or "?" in url or "#" in url:
        raise NotAnAddress(text=url)
    folder = url.removesuffix("/index.html")
    return folder if folder.endswith("/") else f"{folder}/"


def drafted(view: View, gallery: Gallery, base: str) -> Drafted:
    """Return what a site takes from the book, and start its drawings in a gallery.

    Its addresses begin with `base`, if known; the same book gives the same bytes.
    """
    whole = Whole.of(view)
    found = answers(whole)
    targets = progresses(whole)
    plan = pages.Plan(
        title=calendar.title_of(whole),
        weeks=weeks_of(whole),
        corrected=corrected_since(whole),
        links={**_links(whole), **_retractions(whole)},
        titles={
            **{slug: one.title for slug, one in whole.agreements.items()},
            **{slug: one.label for slug, one in whole.deadlines.items()},
            **{slug: one.title for slug, one in whole.concessions.items()},
        },
        targets=targets,
        offers=offers(whole, targets),
        updated=updated(whole),
        base=base,
    )
    others = {
        **{f"{name}.csv": render(report, "csv", Surface()) for name, report in found.items()},
        pages.FEED: Feed(whole, plan.title, plan.links, base).render(),
        pages.CALENDAR: calendar.render(whole),
        pages.BOOK: render(_book(whole, found), "json", Surface()),
    }
    drafts: dict[str, pages.Draft] = {}
    for name, page in _pages(whole, plan, found):
        gallery.begin(page.charts)
        drafts[name] = page
    return Drafted(origin(view, base), drafts, others)


def _pages(
    view: Whole, plan: pages.Plan, found: Mapping[str, Report]
) -> Iterator[tuple[str, pages.Draft]]:
    now = plan.weeks[0]
    current = bulletin(view, now)
    tallies = {now: [row.gains_ for row in current.document["gains"]]}
    first = pages.week_page(plan, current, now)
    plan = plan._replace(image=first.image)
    yield week_file(now), first
    for of in plan.weeks[1:]:
        week = bulletin(view.at(of.end), of)
        tallies[of] = [row.gains_ for row in week.document["gains"]]
        yield week_file(of), pages.week_page(plan, week, of)
    over_time = trend(view, tallies)
    yield pages.INDEX, pages.first_page(plan, view, current, first.image, over_time)
    yield from embeds(plan, current, over_time)
    yield "gains.html", pages.gains_page(plan, found["gains"], over_time, weekly(tallies))
    yield "deadlines.html", pages.deadlines_page(plan, view, found["deadlines"], found["cliff"])
    yield "targets.html", pages.targets_page(plan, found["pace"])
    yield "sources.html", pages.sources_page(plan, found["sources"])
    yield METHOD, pages.method_page(plan, view)
    for slug in view.positions:
        yield pages.concession_file(slug), pages.concession_page(plan, view, slug)


def _links(view: View) -> dict[str, str]:
    """Return the page of each concession, by slug and by title, and of each deadline."""
    titles = Counter(one.title for one in view.concessions.values())
    links = {slug: pages.concession_file(slug) for slug in view.positions}
    links |= {
        f"“{title}”": page
        for slug, page in links.items()
        if titles[title := view.concessions[slug].title] == 1
    }
    for slug, deadline in view.deadlines.items():
        links[slug] = links.get(str(deadline.concession), "deadlines.html")
    return links


def _retractions(view: Whole) -> dict[str, str]:
    """Return where the histories have each retracted update and its retraction, by number."""
    return {
        f"#{entry.entry}": f"{pages.concession_file(slug)}#{anchor(entry)}"
        for slug in view.positions
        for one in retracted(view.history(slug))
        for entry in (one.wrong, one.by)
    }


def _book(view: View, found: Mapping[str, Report]) -> Report:
    """Return the book's reports as one JSON document, by name."""
    document: dict[str, Any] = {
        "report": "book",
        "as_of": view.clocks.as_of,
        "known_by": view.state.entries,
        "agreement": view.agreement,
        **{name: report.rows for name, report in found.items()},
        "book": view.state,
    }
    return Report(document, tuple, main="status")
