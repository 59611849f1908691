"""Words: the parts of a text that count. Case, punctuation, layout and invisible marks do not.

Words are letters and digits. A number keeps its point, its commas and its minus; currency signs and
`%` are words; each Chinese or Japanese character is one. A text's second hash is that of its words,
one per line.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple
from unicodedata import normalize

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
    place, searched = 0, f"\n{lines}"
    for part in LEFT_OUT.split(normalize("NFKC", quotation)):
        wanted = Words(part).lines
        place = searched.find(f"\n{wanted}", place)
        if place < 0:
            return False
        place += len(wanted)
    return True


class Change(NamedTuple):
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


def changes(before: Words, after: Words) -> list[Change]:
    """Return what changed from one text to another, word by word.

    A long passage that was rewritten is one change, of which the beginning is shown.
    """
    changed = []
    for start, end, new_start, new_end in _differing(before, after):
        leading = before.shown(max(start - CONTEXT, 0), start)
        removed = _beginning(before, start, end)
        added = _beginning(after, new_start, new_end)
        following = before.shown(end, min(end + CONTEXT, len(before)))
        changed.append(Change(start + 1, leading, removed, added, following))
    return changed


def _beginning(words: Words, first: int, last: int) -> str:
    """Return some words of a text or, if they are very many, the first ones and their number."""
    if last - first <= LONGEST:
        return words.shown(first, last)
    return f"{words.shown(first, first + LONGEST)} … ({last - first:,} words)"


Span = tuple[int, int, int, int]
"""The first word that differs in the older text and the one after the last; those of the newer."""


def _differing(before: Words, after: Words) -> Iterator[Span]:
    """Yield the spans of words in which two texts differ, in bounded time."""
    left = MOST
    for start, end, new_start, new_end in _lines_that_differ(before, after):
        old, new = before.plain[start:end], after.plain[new_start:new_end]
        left -= len(old) * len(new)
        if left < 0:
            yield start, end, new_start, new_end
            continue
        for tag, first, last, new_first, new_last in SequenceMatcher(
            None, old, new
        ).get_opcodes():
            if tag != "equal":
                yield (
                    start + first,
                    start + last,
                    new_start + new_first,
                    new_start + new_last,
                )


def _lines_that_differ(before: Words, after: Words) -> Iterator[Span]:
    """Yield the words of the lines that differ; all of them if the texts are short enough."""
    whole = (0, len(before), 0, len(after))
    if len(before) * len(after) <= MOST:
        yield whole
        return
    old, new = before.line_starts, after.line_starts
    if len(old) * len(new) > MOST:
        yield whole
        return
    old_lines = [tuple(before.plain[start:end]) for start, end in pairwise(old)]
    new_lines = [tuple(after.plain[start:end]) for start, end in pairwise(new)]
    matcher = SequenceMatcher(None, old_lines, new_lines)
    for tag, first, last, new_first, new_last in matcher.get_opcodes():
        if tag != "equal":
            yield old[first], old[last], new[new_first], new[new_last]
