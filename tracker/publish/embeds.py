"""Pages to embed in other sites: a single chart or headline, with a link back."""

import sys
from collections.abc import Iterable, Iterator, Sequence

from tracker.publish.figures import Figure, Framed, Offer, framed
from tracker.publish.head import address_of
from tracker.publish.pages import EMBED_WEEK, INDEX, TREND, Draft, Plan
from tracker.reports.view import View
from tracker.tables import Report
from tracker.tables.html import HtmlWriter, title_of
from tracker.tables.markup import EMPTY, Markup, element
from tracker.tables.page import Page

OFFERED = 20
"""How many charts of targets are offered separately."""


def offers(view: View, targets: Iterable[str]) -> dict[str, Offer]:
    """Return the separate files of charts of targets, for those due nearest to today."""

    def away(slug: str) -> tuple[int, str]:
        left = view.deadline_positions[slug].days_left
        return sys.maxsize if left is None else abs(left), slug

    return {
        slug: Offer(f"target-{slug}.svg", f"embed-target-{slug}.html")
        for slug in sorted(targets, key=away)[:OFFERED]
    }


def embeds(plan: Plan, week: Report, over_time: Figure | None) -> Iterator[tuple[str, Draft]]:
    """Yield the pages: the current week, who gained what over time, and each target."""
    writer, heading = HtmlWriter(title_of(week)), element("h1", plan.title)
    yield EMBED_WEEK, _page(plan, plan.titled(week), INDEX, [writer.top(week)])
    if over_time:
        title = "Who gained what"
        writer = HtmlWriter(title)
        yield TREND.embed, _page(plan, title, "gains.html", [heading, framed(over_time, writer)])
    for slug, offer in plan.offers.items():
        figure = plan.targets[slug]
        writer = HtmlWriter(figure.title)
        parts: list[Markup | Framed] = [heading, framed(figure, writer)]
        yield (offer.embed, _page(plan, f"{figure.title} ({slug})", "targets.html", parts))


def _page(plan: Plan, title: str, of: str, parts: Sequence[Markup | Framed]) -> Draft:
    """Return a page to embed; its link back opens outside the frame."""
    home = address_of(of, plan.base)
    link = element("a", f"{plan.title}: the whole page", href=home, target="_blank", rel="noopener")
    bottom = element("footer", element("p", link, f" · {plan.updated}"), class_="colophon")
    links = element("link", rel="canonical", href=home) if plan.base else EMPTY
    title = f"{title} · to embed · {plan.title}"
    return Draft(Page(title, EMPTY, bottom=bottom, links=links, kind="embed"), parts)
