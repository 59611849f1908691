"""Reports as HTML: headings, tables that say what their cells are, lists of terms."""

from collections.abc import Mapping
from functools import cache
from itertools import count

from tracker.tables.markup import EMPTY, Markup, element, join, text, web_link
from tracker.tables.page import Page, titled
from tracker.tables.report import Cell, Header, Report, Section, Tone

UNTITLED = "Truce Tracker"


def render_html(report: Report) -> str:
    """Return a report as a page of its own."""
    return Page(title_of(report), fragment(report)).document()


def fragment(report: Report) -> Markup:
    """Return a report as a part of another page."""
    return HtmlWriter(title_of(report)).report(report)


def title_of(report: Report) -> str:
    """Return a report's title."""
    return report.heading[0] if report.heading else UNTITLED


class HtmlWriter:
    """Writes the parts of one page; `links` leads from the slugs that cells hold to their pages."""

    def __init__(self, title: str, links: Mapping[str, str] | None = None) -> None:
        self.title = title
        self.links = links or {}
        self._numbers = count(1)

    def report(self, report: Report) -> Markup:
        """Return a whole report under its title."""
        return join([self.heading(report), *map(self.section, report.sections), footer(report)])

    def heading(self, report: Report) -> Markup:
        """Return the title with the clocks under it; a headline takes its place."""
        lines = [element("p", line, class_="clocks") for line in report.heading[1:]]
        if not report.headline:
            return element("header", element("h1", self.title), *lines, class_="title")
        kicker = element("p", self.title, class_="kicker")
        lead = element("p", report.lead, class_="lead") if report.lead else EMPTY
        headline = element("h1", report.headline)
        return element("header", kicker, headline, *lines, lead, class_="title")

    def section(self, section: Section, level: int = 2) -> Markup:
        """Return a titled part: prose, then a table, a list of terms, or that there is none."""
        lines = [element("p", line) for line in section.lines]
        if section.is_empty:
            empty = section.empty[:1].upper() + section.empty[1:]
            lines = [element("p", f"{empty}.", class_="empty")]
        table = self.table(section) if section.cells else EMPTY
        after = [element("p", line) for line in section.after]
        return element("section", titled(level, section.title, *lines, table, *after))

    def table(self, section: Section) -> Markup:
        """Return a section's cells: a table, or, without headers, a list of terms."""
        if not section.has_headers and len(section.headers) == 2:
            return self._terms(section)
        key = f"table-{next(self._numbers)}"
        caption = element("caption", section.title or self.title, id=key)
        heads = element("tr", *map(_head, section.headers))
        rows = [element("tr", *self._row(section, cells)) for cells in section.cells]
        table = element(
            "table", caption, element("thead", heads) if section.has_headers else EMPTY,
            element("tbody", *rows),
        )  # fmt: skip
        return element("div", table, class_="scroll", role="group", tabindex=0, aria_labelledby=key)

    def _terms(self, section: Section) -> Markup:
        rows = [
            element("div", element("dt", self.cell(term)), element("dd", self.cell(said)))
            for term, said in section.cells
        ]
        return element("dl", *rows, class_="numbered" if section.headers[0].right else None)

    def _below(self, cell: Cell) -> Markup:
        return element("p", cell.below, class_="below") if cell.below else EMPTY

    def _row(self, section: Section, cells: tuple[Cell, ...]) -> list[Markup]:
        return [
            element(
                "td" if at else "th",
                self.cell(cell),
                self._below(cell),
                scope=None if at else "row",
                class_=_classes(head.right, head.wraps, cell.tone),
            )
            for at, (head, cell) in enumerate(zip(section.headers, cells, strict=True))
        ]

    def cell(self, cell: Cell) -> Markup:
        """Return what a cell shows; an address becomes a link, a slug leads to its page."""
        slugs = cell.text.split(", ")
        if page := self.links.get(cell.about or ""):
            content = element("a", cell.text, href=page)
        elif all(map(self.links.__contains__, slugs)):
            content = join([element("a", one, href=self.links[one]) for one in slugs], ", ")
        else:
            content = _linked(cell)
        return element("s", content) if cell.tone is Tone.STRUCK and cell.text else content


def footer(report: Report) -> Markup:
    """Return the lines that prove which book a report was made from."""
    lines = [element("p", line) for line in report.footer]
    return element("footer", *lines, class_="proof") if lines else EMPTY


def _linked(cell: Cell) -> Markup:
    """Return a cell's text; where its address stands in the text, only that is the link."""
    if cell.href is None:
        return text(cell.text)
    before, found, after = cell.text.partition(cell.href)
    if not found:
        return web_link(cell.text, cell.href)
    return join([before, web_link(found, cell.href), after])


def _head(head: Header) -> Markup:
    if not head.text:
        return element("td")
    return element("th", head.text, scope="col", class_="number" if head.right else None)


@cache
def _classes(right: bool, wraps: bool, tone: Tone | None) -> str | None:
    names = ["number" if right else "", "wraps" if wraps else "", tone or ""]
    return " ".join(name for name in names if name) or None
