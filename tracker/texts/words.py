"""Words: what counts of a text. Case, punctuation, layout and invisible marks do not.

Words are letters and digits. A number keeps its point, its commas and its minus; signs of
currencies and `%` are words; each Chinese or Japanese character is one. A text's words, one a line,
are what its second hash is taken of.
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
"""Characters that are a word each: nothing stands between words where they are written."""
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
"""Marks that are not seen, and a word's break at the end of a line."""
LIKE = str.maketrans(
    dict.fromkeys("‘’‚‛′ʼ`´", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | dict.fromkeys("‐‑‒–−", "-")
    | dict.fromkeys("—―", " ")
)
"""Typographic marks, as the marks that they stand for; a long dash parts words."""
LEFT_OUT = re.compile(r"\[[^\[\]]{0,1000}\]|\.(?:\s?\.){2,}")
"""What a quotation leaves out, or puts in: `…`, `...`, `[…]`, `[the]`."""

BULLETS = frozenset("-*•·#|>") | {"##", "###", "####"}
"""Marks of layout, where they stand alone."""
CONTEXT = 6
"""How many words are shown on either side of a change."""
END = re.compile(r"[.!?;。！？；]")
"""What ends a sentence."""
MOST_WORDS = 1_000_000
"""More words than any text has that a source could publish."""


class TooManyWords(ValueError):
    """A text of more words than any that is published."""


class Words:
    """The words of a text, in their order, and the text that they stand in."""

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
        """The words, one a line."""
        return "".join(f"{word}\n" for word in self.plain)

    @property
    def sha256(self) -> str:
        """The hash of the words."""
        return sha256(self.lines.encode()).hexdigest()

    def shown(self, first: int, last: int) -> str:
        """Return the text from one word up to before another, its white space plain."""
        if first >= last:
            return ""
        text = self.text[self._starts[first] : self._ends[last - 1]]
        return " ".join(part for part in text.split() if part not in BULLETS)

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Yield where each sentence begins and ends, in words."""
        first = 0
        for place in range(1, len(self)):
            if END.search(self.text, self._ends[place - 1], self._starts[place]):
                yield first, place
                first = place
        if first < len(self):
            yield first, len(self)


# --- quotations -------------------------------------------------------------------------------


def quotes(lines: str, quotation: str) -> bool:
    """Return whether words, one a line, hold those of a quotation; in order, if it leaves some out.

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


# --- changes ----------------------------------------------------------------------------------


class Change(NamedTuple):
    """Words that were taken out, and those that took their place, with the words around them."""

    word: int
    """Which word of the older text it is at, from 1."""
    leading: str
    removed: str
    added: str
    following: str


MOST = 4_000_000
"""Pairs of words that are compared one by one; a longer passage was rewritten."""


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
"""From where to where words changed, in the older text and in the newer one."""


def _changed(before: Words, after: Words) -> Iterator[Span]:
    """Yield what changed. Sentences are compared first: in long texts words repeat too often."""
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
    """Return where some sentences begin and end, in words; `ends` says where each one does."""
    start = ends[first - 1] if first else 0
    return start, (ends[last - 1] if last > first else start)


def _spans(before: Sequence[object], after: Sequence[object]) -> Iterator[Span]:
    """Yield where two sequences differ; what both begin and end with is passed over at once."""
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
    for what, low, high, new_low, new_high in SequenceMatcher(
        None, was, now, autojunk=False
    ).get_opcodes():
        if what != "equal":
            yield low + first, high + first, new_low + first, new_high + first
