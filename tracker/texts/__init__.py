"""Words: the parts of a text that count. Case, punctuation, layout and invisible marks do not.

Words are letters and digits. A number keeps its point, its commas and its minus; currency signs and
`%` are words; each Chinese or Japanese character is one. A text's second hash is that of its words,
one per line.
"""

import re
from collections.abc import Iterator, Sequence
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

BULLETS = frozenset("-*•·#|>") | {"##", "###", "####"}
"""Layout marks, if they are on their own."""
CONTEXT = 6
"""How many words are shown on either side of a change."""
END = re.compile(r"[.!?;。！？；]")
"""What ends a sentence."""


class Words:
    """The words of a text in order, and the text."""

    def __init__(self, text: str) -> None:
        self.text = INVISIBLE.sub("", normalize("NFKC", text).translate(LIKE))
        self._places = [found.span() for found in WORD.finditer(self.text)]
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
        text = self.text[self._places[first][0] : self._places[last - 1][1]]
        return " ".join(part for part in text.split() if part not in BULLETS)

    def sentences(self) -> list[int]:
        """Return the indexes of the words that begin a sentence, and the number of all words."""
        gaps = ((ended[1], begun[0]) for ended, begun in pairwise(self._places))
        begins = [at for at, gap in enumerate(gaps, 1) if END.search(self.text, *gap)]
        return [0, *begins, len(self)]


def quotes(lines: str, quotation: str) -> bool:
    """Return whether words, one per line, contain those of a quotation, its parts in order.

    A quotation without words is in every text.
    """
    place, held = 0, f"\n{lines}"
    for part in LEFT_OUT.split(normalize("NFKC", quotation)):
        wanted = Words(part).lines
        place = held.find(f"\n{wanted}", place)
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


MOST = 4_000_000
"""The most pairs of words that are compared; a longer passage counts as rewritten."""


def changes(before: Words, after: Words) -> list[Change]:
    """Return what changed from one text to another, word by word.

    Sentences are compared first, as words repeat too often in long texts.
    """
    old, new = before.sentences(), after.sentences()
    passages = _spans(
        [tuple(before.plain[start:end]) for start, end in pairwise(old)],
        [tuple(after.plain[start:end]) for start, end in pairwise(new)],
    )
    found = []
    for first, last, new_first, new_last in passages:
        start, new_start = old[first], new[new_first]
        was, now = before.plain[start : old[last]], after.plain[new_start : new[new_last]]
        for low, high, new_low, new_high in _spans(was, now):
            at, end = start + low, start + high
            leading = before.shown(max(at - CONTEXT, 0), at)
            removed = before.shown(at, end)
            added = after.shown(new_start + new_low, new_start + new_high)
            following = before.shown(end, min(end + CONTEXT, len(before)))
            found.append(Change(at + 1, leading, removed, added, following))
    return found


def _spans(
    before: Sequence[object], after: Sequence[object]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield where two sequences differ: the start and end in the older one and in the newer one.

    Common beginnings and ends are skipped at once.
    """
    first, most = 0, min(len(before), len(after))
    while first < most and before[first] == after[first]:
        first += 1
    end = 0
    while end < most - first and before[len(before) - 1 - end] == after[len(after) - 1 - end]:
        end += 1
    was, now = before[first : len(before) - end], after[first : len(after) - end]
    if len(was) * len(now) > MOST:
        yield first, first + len(was), first, first + len(now)
        return
    changed = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    for what, low, high, new_low, new_high in changed:
        if what != "equal":
            yield low + first, high + first, new_low + first, new_high + first
