"""Reports as HTML: headings, accessible tables, cards, bars, lists of terms."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import count, zip_longest

from tracker.tables.bars import WIDTHS, bars
from tracker.tables.markup import EMPTY, Frame, Markup, element, frame, join, text, web_link
from tracker.tables.page import Page, titled
from tracker.tables.report import MARK, NOTHING, TIE, Cell, Header, Report, Section, Tone

UNTITLED = "Truce Tracker"
DATA = "The data of this chart"
QUOTED = re.compile("(“[^”]+”)")
BLANK = ("", NOTHING)
"""The texts of empty cells."""


def render_html(report: Report) -> str:
    """Return a report as a page of its own."""
    title = title_of(report)
    return Page(title, HtmlWriter(title, sources=report.sources).report(report)).document()


def title_of(report: Report) -> str:
    """Return a report's title."""
    return report.heading[0] if report.heading else UNTITLED


class HtmlWriter:
    """Writes the parts of one page.

    `links` maps slugs in cells, and titles in quotes, to their pages; `sources` maps the marks of
    the sources that the page lists to their addresses. `titles` maps slugs to titles, for cells
    that hold the slug of what they are about.
    """

    screens = tuple(WIDTHS)
    """The screens for which drawings are made."""

    def __init__(
        self,
        title: str,
        links: Mapping[str, str] | None = None,
        sources: Mapping[str, str | None] | None = None,
        titles: Mapping[str, str] | None = None,
    ) -> None:
        self.title = title
        self.links = links or {}
        self.titles = titles or {}
        self.sources = sources or {}
        self._numbers = count(1)

    def report(self, report: Report) -> Markup:
        """Return a whole report under its title."""
        drawn = self.figures(report)
        return join([self.top(report), *drawn, *self.sections(report), footer(report)])

    def figures(self, report: Report) -> Iterable[str]:
        """Return the drawings of a report besides its tables."""
        return report.figures(self)

    def top(self, report: Report) -> Markup:
        """Return the heading, and under a headline with its lead also the bars."""
        drawn = [self.figure(one) for one in report.sections if _is_on_top(report, one)]
        return join([self.heading(report), *drawn])

    def sections(self, report: Report) -> list[Markup]:
        """Return the parts of a report below its top."""
        return [self.section(one) for one in report.sections if not _is_on_top(report, one)]

    def heading(self, report: Report, kicker: str | None = None) -> Markup:
        """Return the title with the clocks under it; a headline takes its place.

        The title, or another kicker, is then above the headline.
        """
        lines = [element("p", line, class_="clocks") for line in report.heading[1:]]
        above = kicker or (self.title if report.headline else None)
        return element(
            "header",
            element("p", above, class_="kicker") if above else EMPTY,
            element("h1", report.headline or self.title),
            element("p", self.prose(report.lead), class_="lead") if report.lead else EMPTY,
            *lines,
            class_="title",
        )

    def section(self, section: Section, level: int = 2) -> Markup:
        """Return a titled part: prose, then a table, a list of terms, or the empty note."""
        if section.bars is not None and section.cells:
            drawn = self.figure(section, "")
            return element("section", titled(level, section.title, drawn))
        lines = [element("p", self.prose(line)) for line in section.lines]
        if section.is_empty:
            empty = section.empty[:1].upper() + section.empty[1:]
            lines = [element("p", f"{empty}.", class_="empty")]
        table = EMPTY
        if section.cells:
            table = self.cards(section, level + 1) if section.cards else self.table(section)
        after = self.listed(section)
        return element("section", titled(level, self._heading(section.title), *lines, table, after))

    def _heading(self, title: str) -> Markup:
        """Return a title in which a known slug is replaced by its title, and is put at the end."""
        parts = title.split(" · ")
        slugs = [element("code", part) for part in parts if part in self.titles]
        words = " · ".join(self.titles.get(part, part) for part in parts)
        return join([words, *slugs], " ")

    def listed(self, section: Section) -> Markup:
        """Return the lists after a table, as terms."""
        terms = [
            element("div", element("dt", one.term), element("dd", self.prose(one.titles)))
            for one in section.listed
        ]
        return element("dl", *terms, class_="listed") if terms else EMPTY

    def prose(self, words: str) -> Markup:
        """Return prose, in which titles in quotes are links to their pages."""
        linked = join([self._titled(part) for part in QUOTED.split(words)])
        return Markup(linked.replace(" %", f"{TIE}%"))

    def _titled(self, part: str) -> str:
        page = self.links.get(part)
        return element("a", part, href=page) if page else part

    def figure(self, section: Section, title: str | None = None) -> Markup:
        """Return a section's counts as bars under its title, with the table to open."""
        key = f"bars-{next(self._numbers)}"
        named = section.title if title is None else title
        noted = (cells[0] for cells in section.cells if cells[0].below)
        below = [element("p", f"{one.text}, {one.below}", class_="below") for one in noted]
        told = [element("strong", line) for line in section.lines]
        caption = element("figcaption", named, " ", *told)
        drawn = bars(section, key, self.screens)
        notes = [element("p", section.bars, class_="notes")] if section.bars else []
        data = element("details", element("summary", DATA), self.table(section))
        return element("figure", caption, *drawn, *below, *notes, data, class_="bars")

    def cards(self, section: Section, level: int) -> Markup:
        """Return rows as cards, each with a heading."""
        cards = [
            element("li", *self._card(cells, level), class_=went)
            for went, cells in zip(section.cards, section.cells, strict=True)
        ]
        return element("ul", *cards, class_="cards")

    def _card(self, cells: tuple[Cell, ...], level: int) -> list[Markup]:
        title, *others = cells
        filled = [one for one in others if one.text not in BLANK]
        said = [element("span", self.cell(one), class_=one.tone) for one in filled]
        heading = element(f"h{level}", self.cell(title))
        slug = [" ", element("code", title.about)] if title.about else []
        return [heading, element("p", join(said, " · "), *slug, class_="told"), self.below(title)]

    def table(self, section: Section) -> Markup:
        """Return a section's cells: a table, or, without headers, a list of terms.

        On a phone the rows of a table become cards. A browser may then no longer treat it as a
        table, so its parts have explicit roles, and cells repeat the hidden headers.
        """
        if not section.has_headers and len(section.headers) == 2:
            return self.terms(section)
        key = f"table-{next(self._numbers)}"
        caption = element("caption", section.title or self.title, id=key)
        head = EMPTY
        if section.has_headers:
            head = element("thead", self.heads(section), role="rowgroup")
        body = element("tbody", *self.rows(section), role="rowgroup")
        table = element("table", caption, head, body, role="table")
        return element("div", table, class_="scroll", role="group", tabindex=0, aria_labelledby=key)

    def heads(self, section: Section) -> Markup:
        """Return the row of a table's headers."""
        return element("tr", *map(_head, section.headers), role="row")

    def rows(self, section: Section) -> list[Markup]:
        """Return the rows of a table, each with its id if it has one."""
        return [
            element("tr", *self._row(section, cells), role="row", id=anchor)
            for cells, anchor in zip_longest(section.cells, section.anchors)
        ]

    def terms(self, section: Section) -> Markup:
        """Return cells as a list of terms."""
        rows = [
            element(
                "div",
                element("dt", self.cell(term)),
                element("dd", self._slugs(said.text, self.titles) or self.cell(said)),
                id=_place(term.text) if section.lists_sources else None,
            )
            for term, said in section.cells
        ]
        return element("dl", *rows, class_="numbered" if section.headers[0].right else None)

    def below(self, cell: Cell) -> Markup:
        """Return what is below a cell."""
        return element("p", self.prose(cell.below), class_="below") if cell.below else EMPTY

    def _row(self, section: Section, cells: tuple[Cell, ...]) -> list[Markup]:
        return [
            _frame(head, at == 0, cell.tone, cell.text if cell.text in BLANK else None).around(
                self.cell(cell), self.below(cell)
            )
            for at, (head, cell) in enumerate(zip(section.headers, cells, strict=True))
        ]

    def cell(self, cell: Cell) -> Markup:
        """Return the content of a cell; an address becomes a link, a slug a link to its page."""
        content = self._named(cell) if cell.about else self._slugs(cell.text)
        if content is None:
            content = self._cited(cell) if cell.cites else _linked(cell)
        return element("s", content) if cell.tone is Tone.STRUCK and cell.text else content

    def _named(self, cell: Cell) -> Markup:
        """Return what a cell is about: by title, if the cell holds the slug."""
        shown = self.titles.get(cell.text, cell.text) if cell.text == cell.about else cell.text
        page = self.links.get(str(cell.about))
        return element("a", shown, href=page) if page else text(shown)

    def _slugs(self, words: str, titles: Mapping[str, str] | None = None) -> Markup | None:
        """Return slugs, or their titles, as links to their pages, if there is nothing else."""
        slugs = words.split(", ")
        if not all(map(self.links.__contains__, slugs)):
            return None
        shown = titles or {}
        links = [element("a", shown.get(one, one), href=self.links[one]) for one in slugs]
        return join(links, "; ") if titles else element("code", join(links, ", "))

    def _cited(self, cell: Cell) -> Markup:
        """Return a cell's text, in which the marks of sources are links."""
        known = self.sources.keys() & {*cell.cites}
        parts = MARK.split(cell.text)
        return join([self.mark(part) if part in known else part for part in parts])

    def mark(self, mark: str) -> Markup:
        """Return the mark of a source as a link to its entry in the list."""
        return element("a", mark, href=f"#{_place(mark)}")


def _place(mark: str) -> str:
    """Return the id of a source in the list: `source-3` for `[3]`."""
    return f"source-{mark[1:-1]}"


def footer(report: Report) -> Markup:
    """Return the lines that identify the book a report was made from."""
    lines = [element("p", line) for line in report.footer]
    return element("footer", *lines, class_="proof") if lines else EMPTY


def _linked(cell: Cell) -> Markup:
    """Return a cell's text; if it contains the address, only that part is the link."""
    if cell.href is None:
        return text(cell.text)
    before, words, after = cell.around_link
    return join([before, web_link(words, cell.href), after])


def _head(head: Header) -> Markup:
    if not head.text:
        return element("td", role="cell")
    kind = "number" if head.right else None
    return element("th", head.text, scope="col", role="columnheader", class_=kind)


def _is_on_top(report: Report, section: Section) -> bool:
    return bool(report.headline and section.bars is not None and section.cells)


@cache
def _frame(head: Header, is_first: bool, tone: Tone | None, blank: str | None) -> Frame:
    """Return the tags of a cell; the first of a row is its header, unless empty."""
    is_name = is_first and blank != ""
    marks = {"number": head.right, "wraps": head.wraps, "nothing": blank is not None}
    names = [*(name for name, holds in marks.items() if holds), tone or ""]
    return frame(
        "th" if is_name else "td",
        scope="row" if is_name else None,
        role="rowheader" if is_name else "cell",
        class_=" ".join(name for name in names if name) or None,
        data_label=None if is_first else head.text,
    )
