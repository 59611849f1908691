"""Extracts the text of an HTML page, without scripts, menus and the rest of the site."""

from collections import Counter
from html.parser import HTMLParser

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
     "wbr")
)  # fmt: skip
"""Elements without content, and so without an end tag."""
INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
     "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
     "wbr")
)  # fmt: skip
"""Elements that may be within a word."""
UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "svg", "canvas", "iframe", "object", "audio",
     "video", "title")
)  # fmt: skip
"""Elements whose text is not shown on the page."""
AROUND = frozenset(("nav", "aside", "footer", "button", "select", "textarea", "dialog"))
"""Elements that belong to the site rather than the page."""
ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary", "menu"))
"""Roles of such elements."""
CLASSES = frozenset(
    ("nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "footer", "sidebar",
     "masthead", "site-header", "site-footer", "pagination", "share", "share-links", "sharing",
     "social-links", "social-share", "related-posts", "newsletter", "cookie-banner",
     "cookie-notice", "skip-link", "sr-only", "screen-reader-text", "visually-hidden", "updated",
     "last-updated", "last-modified", "date-modified", "build-date")
)  # fmt: skip
"""Classes of such elements. Whole names only: a longer name may belong to a passage."""
OWN = frozenset(("body", "main", "article"))
"""Elements in which the page's own text starts again, whatever is open around them."""


def marked_text_of(html: str) -> str:
    """Return the text of a page's main part, or empty text if none is marked."""
    if text := _read(html, "main").text:
        return text
    article = _read(html, "article")
    return article.text if article.found == 1 else ""  # if there are several, they are teasers


def whole_text_of(html: str) -> str:
    """Return the text of a page without the site's, or all of it if that leaves nothing."""
    return _read(html, None).text or _read(html, None, around=True).text


def _read(html: str, part: str | None, *, around: bool = False) -> "_Reader":
    reader = _Reader(part, around)
    reader.feed(html)
    reader.close()
    return reader


class _Reader(HTMLParser):
    """Collects the text within one kind of element, or of the whole page."""

    def __init__(self, part: str | None, around: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.found = 0
        self._parts: list[str] = []
        self._part = part
        self._around = around
        self._open: list[tuple[str, bool]] = []
        self._count = Counter[str]()
        self._left_out = False

    @property
    def text(self) -> str:
        """The collected text; empty if it is only white space."""
        text = "".join(self._parts)
        return "" if text.isspace() else text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element."""
        self._part_words(tag)
        if tag in VOID:
            return
        self._open.append((tag, self._left_out))
        self._count[tag] += 1
        self.found += tag == self._part
        if tag in OWN:
            self._left_out = False
        elif self._is_left_out(tag, dict(attrs)):
            self._left_out = True

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and those in it that have no end tag."""
        self._part_words(tag)
        while self._count[tag]:
            name, self._left_out = self._open.pop()
            self._count[name] -= 1
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        """Collect text that is the page's own."""
        if not self._left_out and (self._part is None or self._count[self._part]):
            self._parts.append(data)

    def _part_words(self, tag: str) -> None:
        if tag not in INLINE:
            self._parts.append("\n")

    def _is_left_out(self, tag: str, attrs: dict[str, str | None]) -> bool:
        if tag in UNSEEN or self._around:
            return tag in UNSEEN
        return (
            tag in AROUND
            or (tag == "header" and not (self._count["main"] or self._count["article"]))
            or "hidden" in attrs
            or attrs.get("aria-hidden") == "true"
            or attrs.get("role") in ROLES
            or attrs.get("itemprop") == "dateModified"
            or not CLASSES.isdisjoint((attrs.get("class") or "").lower().split())
        )
