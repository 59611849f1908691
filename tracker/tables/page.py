"""Documents of HTML: a page with its style, a mail, what a notebook shows; none has a script."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tracker import extras
from tracker.tables.html import HtmlWriter, footer, title_of
from tracker.tables.markup import EMPTY, Markup, element, web_link
from tracker.tables.report import Report

LANGUAGE = "en"
ICON = element(
    "link",
    rel="icon",
    href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E"
    "%3Cpath fill='%23a3262a' d='M0 0h4v8H0z'/%3E%3Cpath fill='%231d4f7c' d='M4 0h4v8H4z'/%3E"
    "%3C/svg%3E",
)

CHARSET = element("meta", charset="utf-8")
VIEWPORT = element("meta", name="viewport", content="width=device-width, initial-scale=1")


class Page(NamedTuple):
    """The parts of a page: `top` and `bottom` surround its content; `links` go to its head."""

    title: str
    content: Markup
    top: Markup = EMPTY
    bottom: Markup = EMPTY
    links: Markup = EMPTY
    kind: str = "report"

    def document(self) -> str:
        """Return the whole document."""
        body = element(
            "body",
            element("a", "Skip to the content", class_="skip", href="#content"),
            self.top,
            element("main", self.content, id="content", tabindex="-1"),
            self.bottom,
            class_=self.kind,
        )
        return f"<!DOCTYPE html>\n{element('html', self._head(), body, lang=LANGUAGE)}\n"

    def _head(self) -> Markup:
        title = element("title", self.title)
        allowed = policy(with_images=self.kind == "site")
        metas = [
            CHARSET,
            element("meta", http_equiv="Content-Security-Policy", content=allowed),
            VIEWPORT,
            element("meta", name="color-scheme", content="light dark"),
            element("meta", name="referrer", content="no-referrer"),
        ]
        look = element("style", Markup(style()))
        return element("head", *metas, title, ICON, self.links, look)


def render_html(report: Report) -> str:
    """Return a report as a page of its own."""
    title = title_of(report)
    return Page(title, HtmlWriter(title, sources=report.sources).report(report)).document()


def render_mail(report: Report, site_url: str | None = None) -> str:
    """Return a report as a page for mail programs, which drop style sheets, scripts and policies.

    It is also readable without any style, and ends with a link to the published site, if any.
    """
    title, style = title_of(report), Path(__file__).with_name("mail.css").read_text("utf-8")
    head = (CHARSET, VIEWPORT, element("title", title), element("style", Markup(style)))
    link = element("p", "On the web: ", web_link(site_url, site_url)) if site_url else EMPTY
    writer = HtmlWriter(title, sources=report.sources, with_bars=False)
    body = (writer.heading(report), *writer.sections(report), footer(report), link)
    page = element("html", element("head", *head), element("body", *body), lang=LANGUAGE)
    inliner = extras.of_format("mail").CSSInliner(load_remote_stylesheets=False)
    inlined: str = inliner.inline(f"<!DOCTYPE html>\n{page}")
    return f"{inlined.rstrip()}\n"


def fragment(report: Report) -> Markup:
    """Return a report as HTML that needs no style, for a notebook."""
    return HtmlWriter(title_of(report), sources=report.sources, with_bars=False).report(report)


@cache
def style() -> str:
    """Return the style of every page."""
    return Path(__file__).with_name("page.css").read_text("utf-8")


@cache
def policy(with_images: bool = False) -> str:
    """Return the content security policy: only the page's own style is allowed.

    A page of a site also shows the site's images, and the others those that they contain.
    """
    images = "'self' data:" if with_images else "data:"
    digest = b64encode(sha256(style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src {images}; base-uri 'none';"
        " form-action 'none'"
    )
