"""Reads text from files: HTML, plain text or Markdown, and PDF."""

import re
from collections.abc import Callable
from hashlib import sha256
from html import unescape
from importlib.util import find_spec
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from tracker import extras
from tracker.errors import NoSuchFile, UnreadableFile
from tracker.errors.disk import unreadable
from tracker.facts import Fingerprint
from tracker.texts import pages
from tracker.texts.markup import safe
from tracker.texts.pages import CLASSES
from tracker.texts.words import MOST_WORDS, TooManyWords, Words
from tracker.vocabulary import Media

LIMIT = 16 << 20
"""The most bytes of a file; nobody publishes a larger text."""
WANTED = "a page in HTML, a text, Markdown, or a PDF that contains text"
EXTRA = "texts"
"""The extra that reads PDF, and HTML more carefully."""
ENDINGS = {
    ".html": Media.HTML, ".htm": Media.HTML, ".xhtml": Media.HTML, ".txt": Media.TEXT,
    ".md": Media.TEXT, ".markdown": Media.TEXT,
}  # fmt: skip
"""The media type of a file by its suffix, unless it is a PDF."""
PDF = b"%PDF-"
HTML = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html|head|body|main|article)\b")
"""How an HTML page begins."""
START = 2_048
"""How many first bytes are searched for a file's type."""
CHARSET = re.compile(rb"<meta[^<>]{0,200}charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w-]{1,40})")
CHARSETS = re.compile(
    r"utf-?8|utf-?16(?:[lb]e)?|gb2312|gbk|gb18030|big5|shift_jis|euc-(?:jp|kr)|iso-8859-\d{1,2}"
    r"|windows-125\d|koi8-[ru]|us-ascii"
)
"""The character sets that a page may name; some of Python's codecs are not character sets."""
BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}

FRONT = re.compile(r"\A---[ \t]*\n(?:.*\n){0,200}?(?:---|\.\.\.)[ \t]*\n")
"""The front matter of a Markdown file."""
LINK = re.compile(
    r"\]\([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,2000}){0,3}(?:\s{1,3}\"[^\"\n]{0,500}\")?\)"
    r"|^ {0,3}\[[^\[\]\n]{1,200}\]:[ \t]{1,3}\S{1,2000}[ \t]*$|<https?:[^<>\s]{1,2000}>",
    re.MULTILINE,
)
"""The targets of Markdown links; their words belong to the text, the addresses do not."""
TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")


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
        raise NoSuchFile(path=path) from None
    except OSError as error:
        raise unreadable(path, error) from error
    except ValueError as error:  # a path with a NUL, for example
        raise _unreadable(str(path), str(error)) from error


def page_of(content: bytes, name: str, command: str, media: Media | None = None) -> Page:
    """Return a file with its words; refuse one that holds none. `command` needs them."""
    if len(content) > LIMIT:
        raise _unreadable(name, f"it is larger than {LIMIT >> 20} MiB")
    media = media or _media_of(content, name)
    reader, text = READERS[media](content, name, command)
    try:
        words = Words(text.encode(errors="replace").decode())  # a PDF may contain lone surrogates
    except TooManyWords:
        raise _unreadable(name, f"it has more than {MOST_WORDS:,} words") from None
    if not len(words):
        raise _unreadable(name, "no words can be read from it")
    return Page(content, media, reader, words)


def _media_of(content: bytes, name: str) -> Media:
    if PDF in content[:1_024]:
        return Media.PDF
    ending = PurePath(name).suffix.lower()
    looks = Media.HTML if HTML.match(content[:START].lower()) else Media.TEXT
    return ENDINGS.get(ending, looks)


def _unreadable(name: str, reason: str) -> UnreadableFile:
    return UnreadableFile(path=name, reason=reason, wanted=WANTED)


Read = tuple[str, str]
"""The reader of a file, and its text. The number of our own readers rises when they change."""


def _plain(content: bytes, name: str, _: str) -> Read:
    """Return a text without Markdown marks that are not words."""
    text = _decoded(content, name)
    text = FRONT.sub("", text.replace("\r\n", "\n"))
    return "text 1", unescape(TAG.sub(" ", LINK.sub("] ", _without_comments(text))))


def _without_comments(text: str) -> str:
    first, *rest = text.split("<!--")
    parts = [first]
    for one in rest:
        comment, end, behind = one.partition("-->")
        parts.append(behind if end else comment)
    return "".join(parts)


def _page(content: bytes, name: str, _: str) -> Read:
    """Return the main part of a page; if none is marked, trafilatura finds it, if installed."""
    whole = _decoded(content, name)
    html = safe(whole)
    text = pages.marked_text_of(html)
    if not text and find_spec("trafilatura") is not None:
        trafilatura: Any = extras.library("trafilatura", "", EXTRA)
        text = trafilatura.extract(
            whole,
            include_comments=False,
            favor_recall=True,
            deduplicate=False,
            prune_xpath=[f"//*[contains(concat(' ', @class, ' '), ' {one} ')]" for one in CLASSES],
        )
        if text:
            return f"trafilatura {trafilatura.__version__}", text
    return "html 1", text or pages.whole_text_of(html)


def _pdf(content: bytes, name: str, command: str) -> Read:
    import logging
    from io import BytesIO

    pypdf: Any = extras.library("pypdf", command, EXTRA)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns about every untidy file
    try:
        document = pypdf.PdfReader(BytesIO(content))
        if document.is_encrypted and not document.decrypt(""):
            raise _unreadable(name, "it is locked with a password")
        text = "\n".join(one.extract_text() for one in document.pages)
    except UnreadableFile:
        raise
    except Exception as error:  # a damaged file can raise almost anything
        raise _unreadable(name, "it is a PDF that cannot be read") from error
    return f"pypdf {pypdf.__version__}", text


READERS: dict[Media, Callable[[bytes, str, str], Read]] = {
    Media.TEXT: _plain,
    Media.HTML: _page,
    Media.PDF: _pdf,
}


def _decoded(content: bytes, name: str) -> str:
    """Decode a file with the character set that it names."""
    encoding = next((one for mark, one in BOMS.items() if content.startswith(mark)), None)
    named = CHARSET.search(content[: 2 * START].lower())
    if encoding is None and named and CHARSETS.fullmatch(named[1].decode("ascii", "replace")):
        encoding = named[1].decode("ascii")
    try:
        text = content.decode(encoding or "utf-8")
    except (UnicodeDecodeError, LookupError):
        text = content.decode("windows-1252", "replace")
    if "\0" in text:
        raise _unreadable(name, "it is not text")
    return text
