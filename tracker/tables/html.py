"""Reports as HTML: a page with its style, a mail, what a notebook shows."""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from tracker import settings
from tracker.tables import (
    BLANK,
    MARK,
    WEB_ADDRESS,
    Cell,
    Column,
    Report,
    Section,
    Tone,
    visible,
)

VOID = frozenset({"img", "link", "meta", "source"})
"""The elements of HTML without an end tag, among those that are written."""


class Markup(str):
    """Finished HTML; a plain string is text, and is escaped wherever it is used."""

    __slots__ = ()


EMPTY = Markup()


def text(content: str) -> Markup:
    """Return text as HTML: escaped, in its lines, with its control and bidi marks made visible."""
    return content if isinstance(content, Markup) else _escaped(content)


@lru_cache(8_192)
def _escaped(content: str) -> Markup:
    """Return text escaped; cached, as texts recur from cell to cell."""
    return Markup(escape(visible(content)).replace("\n", "<br>"))


def join(parts: Iterable[str], between: str = EMPTY) -> Markup:
    """Return parts joined by the text `between`."""
    return Markup(text(between).join(map(text, parts)))


def element(
    name: str, /, *children: str, **attributes: str | int | bool | None
) -> Markup:
    """Return an element; `class_` stands for `class`, `_` in a name for `-`, None for none."""
    start = name + "".join(map(_attribute, attributes, attributes.values()))
    inner = "".join(map(text, children))
    return Markup(
        f"<{start}>" if name in VOID and not children else f"<{start}>{inner}</{name}>"
    )


@lru_cache(8_192, typed=True)  # so that 0 is not False
def _attribute(keyword: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = keyword.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(visible(str(value)))}"'


def web_link(content: str, address: str | None) -> Markup:
    """Return text as a link if the address is a web address, else the text alone."""
    if address is None or not WEB_ADDRESS.fullmatch(address):
        return text(content)
    return element("a", content, href=address, rel="external noopener noreferrer")


NONE: Mapping[str, Any] = {}


class HtmlWriter(NamedTuple):
    """Writes the parts of one page, or of a mail or a notebook.

    `links` maps slugs to their pages, `sources` the marks of sources to their addresses.
    """

    title: str
    links: Mapping[str, str] = NONE
    sources: Mapping[str, str | None] = NONE

    def report(self, report: Report) -> Markup:
        """Return a whole report under its title."""
        sections = map(self.section, report.sections)
        return join([self.heading(report), *sections, footer(report)])

    def heading(self, report: Report, kicker: str | None = None) -> Markup:
        """Return the title with the clocks under it; a headline takes its place.

        The title, or another kicker, is then above the headline.
        """
        above = kicker or (self.title if report.headline else None)
        kickers = [element("p", above, class_="kicker")] if above else []
        title = element("h1", report.headline or self.title)
        deck = element("p", report.deck, class_="deck") if report.deck else EMPTY
        clocks = [element("p", line, class_="clocks") for line in report.heading[1:]]
        return element("header", *kickers, title, deck, *clocks, class_="title")

    def section(self, section: Section) -> Markup:
        """Return a titled part: prose, then a table, or the note that it is empty."""
        heading = element("h2", section.title) if section.title else EMPTY
        parts = [element("p", line) for line in section.lines]
        if section.is_empty:
            empty = section.empty[:1].upper() + section.empty[1:]
            parts.append(element("p", f"{empty}.", class_="empty"))
        if section.is_table:
            parts.append(self.table(section))
        if section.is_folded:
            return element(
                "section", element("details", element("summary", heading), *parts)
            )
        return element("section", heading, *parts)

    def table(self, section: Section) -> Markup:
        """Return a section's table.

        On a phone the rows of a table become cards. A browser may then no longer treat it as a
        table, so its parts have explicit roles, and cells repeat the hidden headers.
        """
        columns, cells = section.table()
        head = EMPTY
        if (section.title or not section.bare) and any(
            column.header for column in columns
        ):
            headers = map(self._header, columns)
            head = element("thead", element("tr", *headers, role="row"), role="rowgroup")
        rows = []
        for row in cells:
            heading = row[0].over
            if heading:
                over = element(
                    "th", heading, scope="rowgroup", role="rowheader", colspan=len(row)
                )
                rows.append(element("tr", over, role="row", class_="group"))
            made = map(self._cell, row, columns, [True] + [False] * len(row))
            rows.append(element("tr", *made, role="row"))
        body = element("tbody", *rows, role="rowgroup")
        name = section.title or self.title
        return scrolling(
            element("table", head, body, role="table", aria_label=name), name
        )

    def _header(self, column: Column) -> Markup:
        if not column.header:
            return element("td", role="cell")
        kind = "number" if column.right else None
        return element(
            "th", column.header, scope="col", role="columnheader", class_=kind
        )

    def _cell(self, cell: Cell, column: Column, is_first: bool) -> Markup:
        """Return a cell; the first one of a row is its header, unless empty."""
        is_name = is_first and cell.text != ""
        kinds = {
            "number": column.right,
            "wraps": column.wraps,
            "spare": column.spare,
            "nothing": cell.text in BLANK,
            str(cell.tone): cell.tone is not None,
        }
        content = self._content(cell)
        if cell.tone is Tone.STRUCK and cell.text:
            content = element("s", content)
        return element(
            "th" if is_name else "td",
            content,
            element("p", cell.below, class_="below") if cell.below else EMPTY,
            scope="row" if is_name else None,
            role="rowheader" if is_name else "cell",
            class_=" ".join(kind for kind, applies in kinds.items() if applies) or None,
            data_label=None if is_first else column.header,
        )

    def _content(self, cell: Cell) -> Markup:
        """Return a cell's text, as a link to the page of what it is about, or to an address."""
        if page := self.links.get(str(cell.about)):
            return element("a", cell.text, href=page)
        if cell.links:  # to the pages of what parts of its text name
            names = sorted(cell.links, key=len)
            return self._linked(cell.text, cell.links, names)
        if not cell.marks:
            return web_link(cell.without_address, cell.href)
        parts = []
        for part in MARK.split(cell.text):
            address = self.sources.get(part) if part in cell.marks else None
            parts.append(web_link(part, address))
        return join(parts)

    def _linked(self, words: str, links: Mapping[str, str], names: list[str]) -> Markup:
        """Return words with a link at each of some names, of which the longest is last."""
        if not names:
            return text(words)
        *shorter, name = names
        page = self.links.get(links[name])
        link = element("a", name, href=page) if page else text(name)
        parts = words.split(name)
        return Markup(link.join(self._linked(part, links, shorter) for part in parts))


def scrolling(content: Markup, name: str) -> Markup:
    """Return what may be too wide for its place, which the keyboard can scroll."""
    return element(
        "div", content, class_="scroll", role="group", tabindex=0, aria_label=name
    )


def footer(report: Report) -> Markup:
    """Return the lines that identify the book a report was made from."""
    lines = [element("p", line) for line in report.footer]
    return element("footer", *lines, class_="proof") if lines else EMPTY


def page(
    title: str,
    content: Markup,
    top: Markup = EMPTY,
    bottom: Markup = EMPTY,
    links: Markup = EMPTY,
    script: str = "",
    year: int | None = None,
) -> str:
    """Return a whole page, which loads only its own style, script and images.

    `top` and `bottom` surround its content; `links` go to its head. Its script learns from `year`
    the year of days that are written without one.
    """
    policy = (
        f"default-src 'none'; style-src {_hash(style())}; img-src 'self' data:; base-uri"
        " 'none'; form-action 'none'"
    )
    policy += f"; script-src {_hash(script)}" if script else ""
    head = (
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        links,
    )
    skip = element("a", "Skip to the content", class_="skip", href="#content")
    main = element("main", content, id="content", tabindex="-1", data_year=year)
    scripts = [element("script", Markup(script))] if script else []
    return whole(title, style(), head, [skip, top, main, bottom, *scripts])


def whole(title: str, style: str, head: Sequence[Markup], body: Sequence[Markup]) -> str:
    """Return a document with its style; `head` and `body` are what else these hold."""
    parts = [
        element("meta", charset="utf-8"),
        *head,
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title.replace("\n", " ")),
        element("style", Markup(style)),
    ]
    page = element("html", element("head", *parts), element("body", *body), lang="en")
    return f"<!DOCTYPE html>\n{page}\n"


def _hash(content: str) -> str:
    """Return what admits a style or a script in a page's policy."""
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def heading_of(report: Report) -> str:
    """Return a report's title."""
    return report.heading[0] if report.heading else "Truce Tracker"


def render_html(report: Report) -> str:
    """Return a report as a page of its own."""
    return page(heading_of(report), fragment(report))


def render_mail(report: Report, site_url: str | None = None) -> str:
    """Return a report as a page for mail programs, which drop style sheets, scripts and policies.

    It is also readable without any style, and ends with a link to the published site, if any.
    """
    style = Path(__file__).with_name("mail.css").read_text("utf-8")
    link = (
        element("p", "On the web: ", web_link(site_url, site_url)) if site_url else EMPTY
    )
    page = whole(heading_of(report), style, [], [fragment(report), link])
    inlined: str = (
        settings.of_format("mail").CSSInliner(load_remote_stylesheets=False).inline(page)
    )
    return f"{inlined.rstrip()}\n"


def fragment(report: Report) -> Markup:
    """Return a report as HTML that needs no style, as for a notebook."""
    return HtmlWriter(heading_of(report), sources=report.sources).report(report)


@cache
def style() -> str:
    """Return the style of every page."""
    return Path(__file__).with_name("page.css").read_text("utf-8")
