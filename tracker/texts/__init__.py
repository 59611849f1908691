"""Words: the parts of a text that count. Case, punctuation, layout and invisible marks do not.

Words are letters and digits. A number keeps its point, its commas and its minus; currency signs and
`%` are words; each Chinese or Japanese character is one. A text's second hash is that of its words,
one per line.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cached_property
from hashlib import sha256
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
        return " ".join(self.text[self._places[first][0] : self._places[last - 1][1]].split())


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


MOST = 10_000_000_000
"""The most pairs of words that are compared; a longer text that changed counts as rewritten."""


def changes(before: Words, after: Words) -> list[Change]:
    """Return what changed from one text to another, word by word."""
    old, new = before.plain, after.plain
    spans: Sequence[tuple[str, int, int, int, int]] = [("replace", 0, len(old), 0, len(new))]
    if len(old) * len(new) <= MOST:
        spans = SequenceMatcher(None, old, new).get_opcodes()
    changed = []
    for tag, start, end, new_start, new_end in spans:
        if tag != "equal":
            leading = before.shown(max(start - CONTEXT, 0), start)
            removed, added = before.shown(start, end), after.shown(new_start, new_end)
            following = before.shown(end, min(end + CONTEXT, len(before)))
            changed.append(Change(start + 1, leading, removed, added, following))
    return changed
