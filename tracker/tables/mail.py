"""Reports as the body of a mail: HTML with inline styles."""

from collections.abc import Iterable
from pathlib import Path

from tracker import extras
from tracker.tables.html import HtmlWriter, title_of
from tracker.tables.markup import EMPTY, Markup, element, join, web_link
from tracker.tables.page import LANGUAGE
from tracker.tables.report import Cell, Report, Section


def render_mail(report: Report, site_url: str | None = None) -> str:
    """Return a report as a page for mail programs, which drop style sheets, scripts and policies.

    It is also readable without any style, and ends with a link to the published site, if any.
    """
    inliner = extras.of_format("mail").CSSInliner(load_remote_stylesheets=False)
    inlined: str = inliner.inline(_page(report, site_url))
    return f"{inlined.rstrip()}\n"


def _page(report: Report, site_url: str | None) -> str:
    title = title_of(report)
    style = Path(__file__).with_name("mail.css").read_text("utf-8")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        element("style", Markup(style)),
    )
    told = MailWriter(title, sources=report.sources).report(report)
    link = element("p", "On the web: ", web_link(site_url, site_url)) if site_url else EMPTY
    body = element("body", told, link)
    return f"<!DOCTYPE html>\n{element('html', head, body, lang=LANGUAGE)}"


class MailWriter(HtmlWriter):
    """Writes the parts of a mail: no ids, no captions to be hidden by a style, real line breaks."""

    def figure(self, section: Section, title: str | None = None) -> Markup:
        """Return the table that a page draws as bars, under its title."""
        named = element("p", element("b", section.title)) if title is None else EMPTY
        told = [element("p", line) for line in section.lines]
        notes = [element("p", section.bars, class_="below")] if section.bars else []
        return join([named, *told, self.table(section), *notes])

    def figures(self, report: Report) -> Iterable[str]:
        """Return nothing: mail programs do not show drawings."""
        del report
        return ()

    def cards(self, section: Section, level: int) -> Markup:
        """Return a table of what a page shows as cards."""
        del level
        return self.table(section)

    def rows(self, section: Section) -> list[Markup]:
        """Return the rows of a table without ids, as nothing links to them."""
        return super().rows(section._replace(anchors=()))

    def table(self, section: Section) -> Markup:
        """Return a section's cells: a table, or, without headers, a list of terms."""
        if not section.has_headers and len(section.headers) == 2:
            return self.terms(section)
        heads = element("thead", self.heads(section)) if section.has_headers else EMPTY
        return element("table", heads, element("tbody", *self.rows(section)))

    def terms(self, section: Section) -> Markup:
        """Return a list of terms, without the parts that lay it out on a page."""
        pairs = [
            join([element("dt", self.cell(term)), element("dd", self.cell(said))])
            for term, said in section.cells
        ]
        return element("dl", *pairs)

    def listed(self, section: Section) -> Markup:
        """Return the lists after a table, one paragraph each."""
        return join([element("p", f"{one.term}: {one.titles}.") for one in section.listed])

    def cell(self, cell: Cell) -> Markup:
        """Return the content of a cell, with line breaks."""
        return Markup(super().cell(cell).replace("\n", "<br>"))

    def mark(self, mark: str) -> Markup:
        """Return the mark of a source as a link to its address: mails have no ids to link to."""
        return web_link(mark, self.sources[mark])

    def below(self, cell: Cell) -> Markup:
        """Return what is below a cell, with line breaks."""
        return Markup(super().below(cell).replace("\n", "<br>"))
