"""Texts of sources: their words, what changed in them, and the files that are kept.

Words are the parts of a text that count: letters and digits. Case, punctuation, layout and
invisible marks do not. A number keeps its point, its commas and its minus; currency signs and `%`
are words; each Chinese or Japanese character is one. A text's second hash is that of its words, one
per line.
"""

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, Self
from unicodedata import normalize

from tracker import settings
from tracker.database import Target
from tracker.database.sqlite import TEXTS, mode_of
from tracker.entry import Fingerprint
from tracker.errors import BadInput, Refused
from tracker.files import drafted, mode_for, to_disk, unreadable, unwritable
from tracker.vocabulary import Media

APART = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
"""Characters that are a word each: their scripts do not separate words."""
JOINED = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u0900-\u0963\u0966-\u0dff"
"""Marks that belong to the letter before them."""
LETTER = rf"(?![{APART}])(?:[^\W_]|[{JOINED}])"
WORD = re.compile(
    rf"[{APART}]|[$%‰°§\u20a0-\u20bf£¥¢]"
    rf"|(?:(?<!\w)-(?=\d))?(?:{LETTER})+"
    rf"(?:(?:(?<=\d)[.,:/](?=\d)|(?<=[^\W\d_])'(?=[^\W\d_]))(?:{LETTER})+)*"
)
INVISIBLE = re.compile(
    "\u00ad\\s*\n|[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0f]"
)
"""Invisible marks, and a word's hyphenation at the end of a line."""
LIKE = str.maketrans(
    dict.fromkeys("‘’‚‛′ʼ`´", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | dict.fromkeys("‐‑‒–−", "-")
    | dict.fromkeys("—―", " ")
)
"""Typographic marks, mapped to plain ones; a long dash separates words."""
LEFT_OUT = re.compile(r"\[[^\[\]]{0,1000}\]|\.(?:\s?\.){2,}")
"""Omissions and insertions in a quotation: `…`, `...`, `[…]`, `[the]`."""

CONTEXT = 6
"""How many words are shown on either side of a change."""


class Words:
    """The words of a text in order, and the text."""

    def __init__(self, text: str) -> None:
        self.text = INVISIBLE.sub("", normalize("NFKC", text).translate(LIKE))
        self._places = [match.span() for match in WORD.finditer(self.text)]
        self.plain = [self.text[start:end].casefold() for start, end in self._places]

    def __len__(self) -> int:
        return len(self.plain)

    @property
    def line_starts(self) -> list[int]:
        """The first word of each line of the text, and the end of the last."""
        starts = [0]
        for word, ((_, end), (start, _)) in enumerate(pairwise(self._places), 1):
            if "\n" in self.text[end:start]:
                starts.append(word)
        return [*starts, len(self)]

    @cached_property
    def lines(self) -> str:
        """The words, one per line."""
        return "".join(f"{word}\n" for word in self.plain)

    @property
    def sha256(self) -> str:
        """The hash of the words."""
        return sha256(self.lines.encode()).hexdigest()

    def shown(self, first: int, last: int) -> str:
        """Return the text from one word up to, but not including, another, with plain spaces."""
        if first >= last:
            return ""
        return " ".join(
            self.text[self._places[first][0] : self._places[last - 1][1]].split()
        )


def quotes(lines: str, quotation: str) -> bool:
    """Return whether words, one per line, contain those of a quotation, its parts in order.

    A quotation without words is in every text.
    """
    place = 0
    searched = f"\n{lines}"
    for part in LEFT_OUT.split(normalize("NFKC", quotation)):
        wanted = Words(part).lines
        place = searched.find(f"\n{wanted}", place)
        if place < 0:
            return False
        place += len(wanted)
    return True


class Rewording(NamedTuple):
    """Words that were removed, and those that replaced them, with the words around them."""

    word: int
    """Its place in the older text, as the number of a word from 1."""
    leading: str
    """The words before."""
    removed: str
    """The words that are gone; empty if some were only added."""
    added: str
    """The words that are new; empty if some were only removed."""
    following: str
    """The words after."""


MOST = 1_000_000_000
"""The most pairs of words that are compared: of longer texts only the lines that differ are."""
LONGEST = 2_000
"""The most words of a change that are shown."""


def changes(before: Words, after: Words) -> list[Rewording]:
    """Return what changed from one text to another, word by word.

    A long passage that was rewritten is one change, of which the beginning is shown.
    """
    changed = []
    for start, end, new_start, new_end in _differing(before, after):
        leading = before.shown(max(start - CONTEXT, 0), start)
        removed = _beginning(before, start, end)
        added = _beginning(after, new_start, new_end)
        following = before.shown(end, min(end + CONTEXT, len(before)))
        changed.append(Rewording(start + 1, leading, removed, added, following))
    return changed


def _beginning(words: Words, first: int, last: int) -> str:
    """Return some words of a text or, if they are very many, the first ones and their number."""
    if last - first <= LONGEST:
        return words.shown(first, last)
    return f"{words.shown(first, first + LONGEST)} … ({last - first:,} words)"


WordSpan = tuple[int, int, int, int]
"""The first word that differs in the older text and the one after the last; those of the newer."""


def _differing(before: Words, after: Words) -> Iterator[WordSpan]:
    """Yield the spans of words in which two texts differ, in bounded time."""
    left = MOST
    for start, end, new_start, new_end in _lines_that_differ(before, after):
        old = before.plain[start:end]
        new = after.plain[new_start:new_end]
        left -= len(old) * len(new)
        if left < 0:
            yield start, end, new_start, new_end
            continue
        steps = SequenceMatcher(None, old, new).get_opcodes()
        for tag, first, last, new_first, new_last in steps:
            if tag != "equal":
                yield (
                    start + first,
                    start + last,
                    new_start + new_first,
                    new_start + new_last,
                )


def _lines_that_differ(before: Words, after: Words) -> Iterator[WordSpan]:
    """Yield the words of the lines that differ; all of them if the texts are short enough."""
    whole = (0, len(before), 0, len(after))
    if len(before) * len(after) <= MOST:
        yield whole
        return
    old = before.line_starts
    new = after.line_starts
    if len(old) * len(new) > MOST:
        yield whole
        return
    old_lines = [tuple(before.plain[start:end]) for start, end in pairwise(old)]
    new_lines = [tuple(after.plain[start:end]) for start, end in pairwise(new)]
    matcher = SequenceMatcher(None, old_lines, new_lines)
    for tag, first, last, new_first, new_last in matcher.get_opcodes():
        if tag != "equal":
            yield old[first], old[last], new[new_first], new[new_last]


# --- how a file is read ---------------------------------------------------------------------------

LIMIT = 16 << 20
"""The most bytes of a file; nobody publishes a larger text."""
MOST_WORDS = 16 * LIMIT
"""The most bytes of a file with words: some characters are written out in many."""
WANTED = "a page in HTML, a text, Markdown, or a PDF that contains text"
EXTRA = "texts"
"""The extra that reads HTML and PDF."""
HTML = re.compile(rb"[\xef\xbb\xbf\s]*<")
"""How a page begins, after a mark of its encoding: with a tag."""

WITHIN_WORDS = re.compile(
    "a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub"
    "|sup|time|u|var|wbr"
)
"""Elements of HTML that do not end a word."""
AROUND = (
    ".//script|.//style|.//noscript|.//template|.//title|.//svg|.//canvas|.//iframe|.//object"
    "|.//audio|.//video|.//nav|.//aside|.//footer|.//button|.//select|.//textarea|.//dialog"
    "|.//header[not(ancestor::main or ancestor::article)]|.//*[@hidden or @aria-hidden='true']"
    "|.//*[contains(' navigation banner contentinfo search complementary menu ',"
    " concat(' ', @role, ' '))]"
)
"""Elements that are not shown, or belong to the site; a header in a passage is its title."""


def read_text(
    content: bytes, name: str, command: str, media: Media | None = None
) -> tuple[Words, Fingerprint]:
    """Return the words of a file, and what the book stores about it; refuse one without words.

    It is `command` that needs them.
    """
    if len(content) > LIMIT:
        raise _unreadable(name, f"it is larger than {LIMIT >> 20} MiB")
    if media is None:
        looks = Media.HTML if HTML.match(content) else Media.TEXT
        media = Media.PDF if b"%PDF-" in content[:1_024] else looks
    if media is not Media.PDF and b"\0" in content:
        raise _unreadable(name, "it is not text")
    reader, text = READERS[media](content, name, command)
    # A PDF may contain lone surrogates.
    words = Words(text.encode(errors="replace").decode())
    if not len(words):
        raise _unreadable(name, "no words can be read from it")
    hashes = sha256(content).hexdigest(), words.sha256
    return words, Fingerprint(*hashes, len(words), media, reader)


def _unreadable(name: str, reason: str) -> BadInput:
    return unreadable(name, reason, WANTED)


Read = tuple[str, str]
"""The reader of a file, and its text."""


def _plain(content: bytes, *_: str) -> Read:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = content.decode("windows-1252", "replace")
    return "text 2", text


def _page(content: bytes, name: str, command: str) -> Read:
    """Return the text of a page's main part: of `main`, of the only `article`, or of all of it."""
    html: Any = settings.library("lxml.html", command, EXTRA)
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
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise _unreadable(name, "its tags are nested too deeply")
    for element in page.iter():
        if not WITHIN_WORDS.fullmatch(str(element.tag)):
            element.text = f"\n{element.text or ''}"
            element.tail = f"\n{element.tail or ''}"
    articles = page.findall(".//article")  # if there are several, they are teasers
    parts = page.findall(".//main") or (articles if len(articles) == 1 else [page])
    for part in parts:
        for element in part.xpath(AROUND):
            element.drop_tree()
    text = "".join(part.text_content() for part in parts)
    return f"lxml {html.etree.__version__}", text


def _pdf(content: bytes, name: str, command: str) -> Read:
    import logging
    from io import BytesIO

    pypdf: Any = settings.library("pypdf", command, EXTRA)
    # It warns about every untidy file.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        pages = pypdf.PdfReader(BytesIO(content)).pages
        text = "\n".join(page.extract_text() for page in pages)
    except Exception as error:  # a damaged or locked file can raise almost anything
        raise _unreadable(name, "it is a PDF that is damaged, or locked") from error
    return f"pypdf {pypdf.__version__}", text


READERS: dict[Media, Callable[[bytes, str, str], Read]] = {
    Media.TEXT: _plain, Media.HTML: _page, Media.PDF: _pdf,
}  # fmt: skip


# --- the folder of kept texts, each named after its hash ------------------------------------------

FILE_ENDINGS = {Media.HTML: ".html", Media.TEXT: ".txt", Media.PDF: ".pdf"}
WORDS = ".words"
"""The ending of the file with the words of a text, one per line, in which quotations are sought."""


class Shelf(NamedTuple):
    """The folder of a book's texts, which may not exist, and the permissions of its files."""

    folder: Path
    mode: int | None

    @classmethod
    def of(cls, target: Target) -> Self | None:
        """Return the folder of a book; for one on a server, the one in the settings, if any.

        Its files can be read by those who can read the book.
        """
        if target.dialect == "sqlite":
            path = target.path.resolve()
            return cls(path.with_name(f"{path.name}{TEXTS}"), mode_of(target))
        folder = settings.texts_folder()
        return cls(folder, None) if folder else None

    @classmethod
    def needed(cls, target: Target) -> Self:
        """Return the folder of a book, or refuse with how to name one."""
        if (shelf := cls.of(target)) is None:
            raise Refused("folder needed", book=target)
        return shelf

    def file(self, text: Fingerprint) -> Path:
        """Return the path of a text's file."""
        return self.folder / f"{text.file_sha256}{FILE_ENDINGS[text.media]}"

    def words_file(self, text: Fingerprint) -> Path:
        """Return the path of a text's words."""
        return self.folder / f"{text.words_sha256}{WORDS}"

    def content(self, text: Fingerprint) -> bytes | None:
        """Return the content of a text's file, if it is there and unaltered."""
        return _whole(self.file(text), text.file_sha256)

    def words(self, text: Fingerprint) -> str | None:
        """Return the words of a text, one per line, if they are there and unaltered."""
        content = _whole(self.words_file(text), text.words_sha256)
        return None if content is None else content.decode()

    def damaged(self, text: Fingerprint) -> Path | None:
        """Return the file of a text that is missing or altered, if one is."""
        hashes = {
            self.file(text): text.file_sha256,
            self.words_file(text): text.words_sha256,
        }
        return next(
            (path for path, wanted in hashes.items() if _whole(path, wanted) is None),
            None,
        )

    def put(self, content: bytes, words: Words, text: Fingerprint) -> bool:
        """Put a file and its words in place; return whether one was missing or altered."""
        if self.damaged(text) is None:
            return False
        try:
            if not self.folder.is_dir():
                self.folder.mkdir()
                if self.mode is not None:
                    self.folder.chmod(self.mode | (self.mode & 0o444) >> 2)
                to_disk(self.folder.parent)
            self._write(self.file(text), content)
            self._write(self.words_file(text), words.lines.encode())
        except OSError as error:
            # A full disk names no file.
            path = error.filename2 or error.filename or self.folder
            raise unwritable(path, error) from error
        return True

    def _write(self, path: Path, content: bytes) -> None:
        with drafted(path) as draft:
            draft.write_bytes(content)
            to_disk(draft)
            draft.chmod(mode_for(path) if self.mode is None else self.mode)
            draft.replace(path)
            to_disk(path.parent)


def _whole(path: Path, wanted: str) -> bytes | None:
    """Return a file's content, if it is there and has this hash.

    A pipe or a device is none, nor is a file larger than any text.
    """
    try:
        if not path.is_file() or path.stat().st_size > MOST_WORDS:
            return None
        content = path.read_bytes()
    except OSError:
        return None
    return content if sha256(content).hexdigest() == wanted else None
