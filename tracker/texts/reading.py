"""Reads the text of files: HTML by lxml, PDF by pypdf, plain text and Markdown as they are."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from tracker import extras
from tracker.entry import Fingerprint
from tracker.errors import BadInput, NotFound
from tracker.files import reason_of, unreadable
from tracker.texts.words import Words
from tracker.vocabulary import Media

LIMIT = 16 << 20
"""The most bytes of a file; nobody publishes a larger text."""
MOST_WORDS = 1_000_000
"""More words than any published text has."""
WANTED = "a page in HTML, a text, Markdown, or a PDF that contains text"
EXTRA = "texts"
"""The extra that reads HTML and PDF."""
ENDINGS = {
    ".html": Media.HTML, ".htm": Media.HTML, ".xhtml": Media.HTML, ".txt": Media.TEXT,
    ".md": Media.TEXT, ".markdown": Media.TEXT,
}  # fmt: skip
"""The media type of a file by its suffix, unless it is a PDF."""
HTML = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html|head|body|main|article)\b")
"""How an HTML page begins."""
UTF_16 = (BOM_UTF16_LE, BOM_UTF16_BE)

WITHIN_WORDS = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
     "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
     "wbr")
)  # fmt: skip
"""Elements of HTML that do not end a word."""
AROUND = frozenset(
    ("script", "style", "noscript", "template", "title", "svg", "canvas", "iframe", "object",
     "audio", "video", "nav", "aside", "footer", "button", "select", "textarea", "dialog")
)  # fmt: skip
"""Elements that are not shown, or that belong to the site and not to the page."""
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


class Page(NamedTuple):
    """A file, and the words in it."""

    content: bytes
    media: Media
    reader: str
    words: Words

    @property
    def fingerprint(self) -> Fingerprint:
        """What the book stores about it."""
        file, words = sha256(self.content).hexdigest(), self.words
        return Fingerprint(file, words.sha256, len(words), self.media, self.reader)


def content_of(path: str | Path) -> bytes:
    """Return a file's content, up to the limit and one byte."""
    try:
        with Path(path).open("rb") as file:
            return file.read(LIMIT + 1)
    except FileNotFoundError:
        raise NotFound("no such file", path=path) from None
    except OSError as error:
        raise unreadable(path, reason_of(error)) from error
    except ValueError as error:  # a path with a NUL, for example
        raise _unreadable(str(path), str(error)) from error


def page_of(content: bytes, name: str, command: str, media: Media | None = None) -> Page:
    """Return a file with its words; refuse one that holds none. `command` needs them."""
    if len(content) > LIMIT:
        raise _unreadable(name, f"it is larger than {LIMIT >> 20} MiB")
    media = media or _media_of(content, name)
    if media is not Media.PDF and b"\0" in content and not content.startswith(UTF_16):
        raise _unreadable(name, "it is not text")
    reader, text = READERS[media](content, name, command)
    words = Words(text.encode(errors="replace").decode())  # a PDF may contain lone surrogates
    if not len(words):
        raise _unreadable(name, "no words can be read from it")
    if len(words) > MOST_WORDS:
        raise _unreadable(name, f"it has more than {MOST_WORDS:,} words")
    return Page(content, media, reader, words)


def _media_of(content: bytes, name: str) -> Media:
    if b"%PDF-" in content[:1_024]:
        return Media.PDF
    looks = Media.HTML if HTML.match(content[:2_048].lower()) else Media.TEXT
    return ENDINGS.get(PurePath(name).suffix.lower(), looks)


def _unreadable(name: str, reason: str) -> BadInput:
    return unreadable(name, reason, WANTED)


Read = tuple[str, str]
"""The reader of a file, and its text."""


def _plain(content: bytes, *_: str) -> Read:
    try:
        text = content.decode("utf-16" if content.startswith(UTF_16) else "utf-8")
    except UnicodeDecodeError:
        text = content.decode("windows-1252", "replace")
    return "text 2", text


def _page(content: bytes, name: str, command: str) -> Read:
    """Return the text of a page's main part: of `main`, of the only `article`, or of all of it."""
    html: Any = extras.library("lxml.html", command, EXTRA)
    try:
        content.decode()
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = None  # lxml looks for the one that the page names
    parser = html.HTMLParser(
        encoding=encoding, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        page = html.document_fromstring(content, parser)
    except html.etree.ParserError:  # there is nothing in it
        raise _unreadable(name, "no words can be read from it") from None
    if any(one.type_name == "ERR_RESOURCE_LIMIT" for one in parser.error_log):
        raise _unreadable(name, "its tags are nested too deeply")
    articles = page.findall(".//article")  # if there are several, they are teasers
    parts = page.findall(".//main") or (articles if len(articles) == 1 else [page])
    text = "".join(piece for part in parts for piece in _pieces(part, html.etree))
    return f"lxml {html.etree.__version__}", text


def _pieces(part: Any, etree: Any) -> Iterator[str]:
    """Yield the text of a part of a page, without what belongs to the site."""
    walk = etree.iterwalk(part, events=("start", "end"))
    for event, element in walk:
        if element.tag not in WITHIN_WORDS:
            yield "\n"
        if event == "start" and _is_around(element):
            walk.skip_subtree()
        elif event == "start":
            yield element.text or ""
        elif element is not part:
            yield element.tail or ""


def _is_around(element: Any) -> bool:
    """Return whether an element belongs to the site; a header in a passage is its title."""
    return (
        element.tag in AROUND
        or (element.tag == "header" and not [*element.iterancestors("main", "article")])
        or "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or element.get("role") in ROLES
        or element.get("itemprop") == "dateModified"
        or not CLASSES.isdisjoint(element.get("class", "").lower().split())
    )


def _pdf(content: bytes, name: str, command: str) -> Read:
    import logging
    from io import BytesIO

    pypdf: Any = extras.library("pypdf", command, EXTRA)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns about every untidy file
    try:
        document = pypdf.PdfReader(BytesIO(content))
        is_locked = document.is_encrypted and not document.decrypt("")
        text = "" if is_locked else "\n".join(page.extract_text() for page in document.pages)
    except Exception as error:  # a damaged file can raise almost anything
        raise _unreadable(name, "it is a PDF that cannot be read") from error
    if is_locked:
        raise _unreadable(name, "it is locked with a password")
    return f"pypdf {pypdf.__version__}", text


READERS: dict[Media, Callable[[bytes, str, str], Read]] = {
    Media.TEXT: _plain, Media.HTML: _page, Media.PDF: _pdf,
}  # fmt: skip
