"""A self-contained page of HTML: embedded style, no script, no external resources."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tracker.tables.markup import EMPTY, Markup, element, join

LANGUAGE = "en"
COLOUR = re.compile(r"(?<=[\" ])var\((--[a-z0-9-]+)\)(?=\")")
ICON = element(
    "link",
    rel="icon",
    href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E"
    "%3Cpath fill='%23a3262a' d='M0 0h4v8H0z'/%3E%3Cpath fill='%231d4f7c' d='M4 0h4v8H4z'/%3E"
    "%3C/svg%3E",
)


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
        return element("head", _metas(self.kind == "site"), title, ICON, self.links, _look())


@cache
def _metas(with_images: bool) -> Markup:
    return join(
        [
            element("meta", charset="utf-8"),
            element("meta", http_equiv="Content-Security-Policy", content=policy(with_images)),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", name="color-scheme", content="light dark"),
            element("meta", name="referrer", content="no-referrer"),
        ]
    )


@cache
def _look() -> Markup:
    return element("style", Markup(style()))


@cache
def style() -> str:
    """Return the style of every page."""
    return Path(__file__).with_name("page.css").read_text("utf-8")


@cache
def colours() -> dict[str, str]:
    """Return the colours that the style names, for a light page."""
    return dict(re.findall(r"(--[a-z0-9-]+): (#[0-9a-f]+)", style().split("}")[0]))


def painted(drawing: str) -> str:
    """Return a drawing with its colours filled in, for use without the page's style."""
    return COLOUR.sub(lambda found: colours().get(found[1], "#000000"), drawing)


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


def titled(level: int, title: str, *after: str) -> Markup:
    """Return a heading and the content under it; without a title, only the content."""
    heading = element(f"h{level}", title) if title else EMPTY
    return join([heading, *after])
