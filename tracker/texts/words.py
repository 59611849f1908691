"""Words: the parts of a text that count. Case, punctuation, layout and invisible marks do not.

Words are letters and digits. A number keeps its point, its commas and its minus; currency signs and
`%` are words; each Chinese or Japanese character is one. A text's second hash is that of its words,
one per line.
"""

import re
from array import array
from collections.abc import Iterator, Sequence
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

BULLETS = frozenset("-*•·#|>") | {"##", "###", "####"}
"""Layout marks, if they are on their own."""
CONTEXT = 6
"""How many words are shown on either side of a change."""
END = re.compile(r"[.!?;。！？；]")
"""What ends a sentence."""
MOST_WORDS = 1_000_000
"""More words than any published text has."""


class TooManyWords(ValueError):
    """Raised for a text with more words than any published one."""


class Words:
    """The words of a text in order, and the text."""

    def __init__(self, text: str) -> None:
        self.text = INVISIBLE.sub("", normalize("NFKC", text).translate(LIKE))
        self.plain: list[str] = []
        self._starts, self._ends = array("L"), array("L")
        alike: dict[str, str] = {}
        for found in WORD.finditer(self.text):
            if len(self.plain) == MOST_WORDS:
                raise TooManyWords
            word = found[0].casefold()
            self.plain.append(alike.setdefault(word, word))
            self._starts.append(found.start())
            self._ends.append(found.end())

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
        text = self.text[self._starts[first] : self._ends[last - 1]]
        return " ".join(part for part in text.split() if part not in BULLETS)

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Yield where each sentence begins and ends, as indexes of words."""
        first = 0
        for place in range(1, len(self)):
            if END.search(self.text, self._ends[place - 1], self._starts[place]):
                yield first, place
                first = place
        if first < len(self):
            yield first, len(self)


def quotes(lines: str, quotation: str) -> bool:
    """Return whether words, one per line, contain those of a quotation, its parts in order.

    A quotation without words is in every text.
    """
    place, held = 0, f"\n{lines}"
    for part in LEFT_OUT.split(normalize("NFKC", quotation)):
        wanted = Words(part).lines
        if not wanted:
            continue
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
    """Return what changed from one text to another, word by word."""
    return [
        Change(
            first + 1,
            before.shown(max(first - CONTEXT, 0), first),
            before.shown(first, last),
            after.shown(new_first, new_last),
            before.shown(last, min(last + CONTEXT, len(before))),
        )
        for first, last, new_first, new_last in _changed(before, after)
    ]


Span = tuple[int, int, int, int]
"""The start and end of a change, in the older text and in the newer one."""


def _changed(before: Words, after: Words) -> Iterator[Span]:
    """Yield the changes. Sentences are compared first, as words repeat too often in long texts."""
    old, new = [*before.sentences()], [*after.sentences()]
    keys = [tuple(before.plain[slice(*one)]) for one in old]
    others = [tuple(after.plain[slice(*one)]) for one in new]
    ends, new_ends = [one[1] for one in old], [one[1] for one in new]
    for first, last, new_first, new_last in _spans(keys, others):
        start, stop = _words_of(ends, first, last)
        new_start, new_stop = _words_of(new_ends, new_first, new_last)
        was, now = before.plain[start:stop], after.plain[new_start:new_stop]
        for one in _spans(was, now):
            yield one[0] + start, one[1] + start, one[2] + new_start, one[3] + new_start


def _words_of(ends: Sequence[int], first: int, last: int) -> tuple[int, int]:
    """Return where some sentences begin and end, in words; `ends` are the ends of all sentences."""
    start = ends[first - 1] if first else 0
    return start, (ends[last - 1] if last > first else start)


def _spans(before: Sequence[object], after: Sequence[object]) -> Iterator[Span]:
    """Yield where two sequences differ; common beginnings and ends are skipped at once."""
    first, most = 0, min(len(before), len(after))
    while first < most and before[first] == after[first]:
        first += 1
    end = 0
    while end < most - first and before[len(before) - 1 - end] == after[len(after) - 1 - end]:
        end += 1
    was, now = before[first : len(before) - end], after[first : len(after) - end]
    if not was or not now or len(was) * len(now) > MOST:
        if was or now:
            yield first, first + len(was), first, first + len(now)
        return
    changed = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    for what, low, high, new_low, new_high in changed:
        if what != "equal":
            yield low + first, high + first, new_low + first, new_high + first
