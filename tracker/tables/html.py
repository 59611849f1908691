"""Reports as HTML: headings, accessible tables with bars for counts, lists of terms."""

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest

from tracker.tables.markup import EMPTY, Markup, element, join, text, web_link
from tracker.tables.report import MARK, NOTHING, TIE, Cell, Header, Report, Section, Tone

UNTITLED = "Truce Tracker"
QUOTED = re.compile("(“[^”]+”)")
BLANK = ("", NOTHING)
"""The texts of empty cells."""


def title_of(report: Report) -> str:
    """Return a report's title."""
    return report.heading[0] if report.heading else UNTITLED


def titled(level: int, title: str, *after: str) -> Markup:
    """Return a heading and the content under it; without a title, only the content."""
    heading = element(f"h{level}", title) if title else EMPTY
    return join([heading, *after])


def _colour(name: str) -> str:
    """Return the name of a column's colour in the page's style."""
    return f"var(--{name.replace(' ', '-')})"


class HtmlWriter:
    """Writes the parts of one page, or of a mail or a notebook.

    `links` maps slugs in cells, and titles in quotes, to their pages; `sources` maps the marks of
    sources to their addresses. `titles` maps slugs to titles, for cells
    that hold the slug of what they are about. Only a page has a style, and so `with_bars`.
    """

    def __init__(
        self,
        title: str,
        links: Mapping[str, str] | None = None,
        sources: Mapping[str, str | None] | None = None,
        titles: Mapping[str, str] | None = None,
        *,
        with_bars: bool = True,
    ) -> None:
        self.title = title
        self.links = links or {}
        self.titles = titles or {}
        self.sources = sources or {}
        self.with_bars = with_bars

    def report(self, report: Report) -> Markup:
        """Return a whole report under its title."""
        figures = report.figures(self)
        return join([self.heading(report), *figures, *self.sections(report), footer(report)])

    def sections(self, report: Report) -> list[Markup]:
        """Return the parts of a report below its title."""
        return [self.section(one) for one in report.sections]

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
            *lines,
            class_="title",
        )

    def section(self, section: Section, level: int = 2) -> Markup:
        """Return a titled part: prose, then a table or a list of terms, or the empty note."""
        parts = [element("p", self.prose(line)) for line in section.lines]
        if section.is_empty:
            empty = section.empty[:1].upper() + section.empty[1:]
            parts = [element("p", f"{empty}.", class_="empty")]
        if section.cells:
            parts.append(self.table(section))
        parts += [element("p", self.prose(section.bars), class_="below")] if section.bars else []
        return element("section", titled(level, self._heading(section.title), *parts))

    def _heading(self, title: str) -> Markup:
        """Return a title in which a known slug is replaced by its title, and is put at the end."""
        parts = title.split(" · ")
        slugs = [element("code", part) for part in parts if part in self.titles]
        words = " · ".join(self.titles.get(part, part) for part in parts)
        return join([words, *slugs], " ")

    def prose(self, words: str) -> Markup:
        """Return prose, in which titles in quotes are links to their pages."""
        linked = [
            element("a", part, href=self.links[part]) if part in self.links else part
            for part in QUOTED.split(words)
        ]
        return _in_lines(join(linked).replace(" %", f"{TIE}%"))

    def table(self, section: Section) -> Markup:
        """Return a section's cells: a table, or, without headers, a list of terms.

        On a phone the rows of a table become cards. A browser may then no longer treat it as a
        table, so its parts have explicit roles, and cells repeat the hidden headers.
        """
        if not section.has_headers and len(section.headers) == 2:
            return self.terms(section)
        head = EMPTY
        if section.has_headers:
            cells = [self._head(section, header) for header in section.headers]
            head = element("thead", element("tr", *cells, role="row"), role="rowgroup")
        rows = [
            element("tr", *self._row(section, cells), role="row", id=anchor, class_=went)
            for cells, anchor, went in zip_longest(
                section.cells, section.anchors, section.directions
            )
        ]
        body = element("tbody", *rows, role="rowgroup")
        name = section.title or self.title
        table = element("table", head, body, role="table", aria_label=name)
        return element("div", table, class_="scroll", role="group", tabindex=0, aria_label=name)

    def _head(self, section: Section, header: Header) -> Markup:
        """Return a header; that of a count has the colour of its part of the bars."""
        if not header.text:
            return element("td", role="cell")
        key = EMPTY
        if self.with_bars and section.bars is not None:
            patch = element("rect", width=10, height=10, fill=_colour(header.text))
            key = element("svg", patch, class_="key", aria_hidden="true", width=10, height=10)
        kind = "number" if header.right else None
        return element("th", key, header.text, scope="col", role="columnheader", class_=kind)

    def _row(self, section: Section, cells: tuple[Cell, ...]) -> Iterator[Markup]:
        """Yield the cells of a row; the first one is its header, unless empty, and has the bar."""
        bar = _bar(section, cells) if self.with_bars and section.bars is not None else EMPTY
        for head, cell in zip(section.headers, cells, strict=True):
            is_first = cell is cells[0]
            is_name = is_first and cell.text != ""
            below = element("p", self.prose(cell.below), class_="below") if cell.below else EMPTY
            yield element(
                "th" if is_name else "td",
                *(self.cell(cell), bar if is_first else EMPTY, below),
                scope="row" if is_name else None,
                role="rowheader" if is_name else "cell",
                class_=_classes(head, cell),
                data_label=None if is_first else head.text,
            )

    def terms(self, section: Section) -> Markup:
        """Return cells as a list of terms."""
        pairs = [
            element(
                "div",
                element("dt", self.cell(term)),
                element("dd", self._slugs(said.text, self.titles) or self.cell(said)),
            )
            for term, said in section.cells
        ]
        return element("dl", *pairs, class_="numbered" if section.headers[0].right else None)

    def cell(self, cell: Cell) -> Markup:
        """Return the content of a cell; an address becomes a link, a slug a link to its page."""
        content = self._named(cell) if cell.about else self._slugs(cell.text)
        if content is None and cell.cites:
            content = join(
                web_link(part, self.sources.get(part)) if part in cell.cites else part
                for part in MARK.split(cell.text)
            )
        elif content is None and cell.href:
            content = web_link(cell.without_address, cell.href)
        content = _in_lines(text(cell.text) if content is None else content)
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


def footer(report: Report) -> Markup:
    """Return the lines that identify the book a report was made from."""
    lines = [element("p", line) for line in report.footer]
    return element("footer", *lines, class_="proof") if lines else EMPTY


def _classes(head: Header, cell: Cell) -> str | None:
    """Return what the style knows about a cell."""
    names = [
        "number" if head.right else "",
        "wraps" if head.wraps else "",
        "nothing" if cell.text in BLANK else "",
        cell.tone or "",
    ]
    return " ".join(filter(None, names)) or None


def _in_lines(content: str) -> Markup:
    """Return content, as markup, with its line breaks."""
    return Markup(content.replace("\n", "<br>"))


def _bar(section: Section, cells: tuple[Cell, ...]) -> Markup:
    """Return a row's counts as a bar, which fills the width if no other row counts more."""
    most = max(1, *(sum(_counts(row)) for row in section.cells))
    parts, start = [], 0.0
    for header, count in zip(section.headers[1:], _counts(cells), strict=True):
        wide = 100 * count / most
        place = {"x": f"{start:.2f}%", "width": f"{wide:.2f}%", "height": "100%"}
        parts.append(element("rect", fill=_colour(header.text), **place) if count else EMPTY)
        start += wide
    return element("svg", *parts, class_="bar", aria_hidden="true")


def _counts(cells: tuple[Cell, ...]) -> list[int]:
    return [int(cell.text) if cell.text.isdecimal() else 0 for cell in cells[1:]]
