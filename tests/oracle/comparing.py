"""What differs between two programs' answers, counted by report and by the shape of it.

A shape says where and how two answers differ, without the days, numbers and titles of one book, so
that what one rule changed in a hundred answers is one line. A text is compared with a text only
where the data of the same question is the same: else it has the shape of its data.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from tests.oracle.answering import Answers

LONGEST = 70
"""How much of a line or a value a shape shows."""
QUESTION = re.compile(r"(?P<asked>.*) \[(?P<form>\w*)\]")
MASKED = (
    (re.compile(r"\b[0-9a-f]{32,}\b"), "HEAD"),
    (re.compile(r"\b\d{4}-W\d\d\b"), "WEEK"),
    (re.compile(r"\b\d{4}-\d\d-\d\d(T[\d:.]+Z)?"), "DAY"),
    (re.compile(r"\b\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*( \d{4})?"), "DAY"),
    (re.compile(r"[-−]?\d[\d,.]*"), "9"),
    (re.compile(r"─+"), "─"),
    (re.compile(r"  +"), "  "),
)


class Difference(NamedTuple):
    """One answer that differs, and in which ways."""

    book: str
    question: str
    report: str
    """The first word of the command line; `step …` for what recorded something."""
    shapes: frozenset[str]


class Named(NamedTuple):
    """A difference that is wanted: which answers it changes, how, how many of them, and why."""

    reason: str
    asked: str
    """A pattern of the command lines, which it is to match from their beginning."""
    shape: str
    """A pattern of the shapes, which is searched in them."""
    answers: int
    """How many of the frozen answers it changes, on either database."""
    books: str = ""
    """A pattern of the names of books, which it is to match from their beginning."""

    def explains(self, difference: "Difference", shape: str) -> bool:
        """Return whether a difference is wanted as far as it has this shape."""
        is_asked = re.match(self.asked, command_of(difference.question)) is not None
        is_about = re.match(self.books, difference.book) is not None
        return is_asked and is_about and re.search(self.shape, shape) is not None


def compared(book: str, before: Answers, after: Answers) -> Iterator[Difference]:
    """Yield the answers about a book that differ, in the order of the questions."""
    of_data: dict[str, frozenset[str]] = {}
    for question, old in before.items():
        new = after.get(question, "not asked\n")
        match = QUESTION.fullmatch(question)
        asked, form = match.group("asked", "form") if match else (question, "")
        shapes = frozenset[str]()
        if old != new:
            shapes = of_data.get(asked) or frozenset(_shapes(form, old, new))
            yield Difference(book, question, report_of(question), shapes)
        if form == "json":
            of_data[asked] = shapes
    for question in after.keys() - before.keys():
        yield Difference(book, question, report_of(question), frozenset({"asked only now"}))


def command_of(question: str) -> str:
    """Return the command line that a question types."""
    place, _, words = question.partition(": ")
    return words.partition(": ")[2] if place.startswith("step") else words


def report_of(question: str) -> str:
    """Return the command that a question types; `step log` for one that records."""
    command = command_of(question).partition(" ")[0]
    return f"step {command}" if question.startswith("step") else command


def _shapes(form: str, old: str, new: str) -> Iterator[str]:
    """Yield the ways in which two answers differ."""
    (code, _, was), (new_code, _, now) = old.partition("\n"), new.partition("\n")
    if code != new_code:
        yield f"exit code {code} → {new_code}: {_refusal(code, was)} → {_refusal(new_code, now)}"
    elif form == "json" and was.startswith("{") and now.startswith("{"):
        yield from _of_values(json.loads(was), json.loads(now), "")
    else:
        yield from _of_lines(was.splitlines(), now.splitlines())


def _refusal(code: str, printed: str) -> str:
    """Return what a command that failed says, and nothing of one that did not."""
    return "an answer" if code in ("0", "1") else masked(printed)


def masked(text: str) -> str:
    """Return a text without its numbers, days and heads, and not too long."""
    for pattern, word in MASKED:
        text = pattern.sub(word, text)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _of_lines(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Yield the lines that were changed, left out or added."""
    was, now = ([masked(line.strip()) for line in lines] for lines in (old, new))
    for kind, first, last, start, end in SequenceMatcher(None, old, new, False).get_opcodes():
        if kind == "equal":
            continue
        before, after = was[first:last], now[start:end]
        if before == after:
            yield from (f"numbers in: {line}" for line in before)
            continue
        yield from (f"- {line}" for line in before)
        yield from (f"+ {line}" for line in after)


def _of_values(old: Any, new: Any, path: str) -> Iterator[str]:
    """Yield the places in which two documents differ, and from what to what."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from (f"{path}.{key} is gone" for key in old.keys() - new.keys())
        yield from (f"{path}.{key} is new" for key in new.keys() - old.keys())
        for key in old.keys() & new.keys():
            yield from _of_values(old[key], new[key], f"{path}.{key}".lstrip("."))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _of_rows(old, new, f"{path}[]")
    else:
        yield f"{path}: {_kind(old)} → {_kind(new)}"


def _of_rows(old: Sequence[Any], new: Sequence[Any], path: str) -> Iterator[str]:
    """Yield the rows that were changed, left out or added."""
    was, now = ([json.dumps(row, sort_keys=True) for row in rows] for rows in (old, new))
    if sorted(was) == sorted(now):
        yield f"{path} in another order"
        return
    for kind, first, last, start, end in SequenceMatcher(None, was, now, False).get_opcodes():
        if kind == "equal":
            continue
        pairs = min(last - first, end - start)
        for at in range(pairs):
            yield from _of_values(old[first + at], new[start + at], path)
        if first + pairs < last:
            yield f"{path} left out"
        if start + pairs < end:
            yield f"{path} added"


def _kind(value: Any) -> str:
    """Return a value as a shape shows it."""
    if isinstance(value, dict | list):
        return "rows" if isinstance(value, list) else "an object"
    return masked(json.dumps(value, ensure_ascii=False))


# --- counted --------------------------------------------------------------------------------------


def unnamed(difference: Difference, named: Iterable[Named]) -> set[str]:
    """Return the shapes of a difference that no named one explains."""
    return {
        shape
        for shape in difference.shapes
        if not any(one.explains(difference, shape) for one in named)
    }


def counted(differences: Iterable[Difference], named: Sequence[Named]) -> Mapping[str, int]:
    """Return how many answers each named difference changes, by its reason."""
    counts = Counter({one.reason: 0 for one in named})
    for difference in differences:
        for one in named:
            if any(one.explains(difference, shape) for shape in difference.shapes):
                counts[one.reason] += 1
    return counts


def grouped(differences: Sequence[Difference], most: int) -> Iterator[str]:
    """Yield a line per report, and under it one per shape with its first question."""
    reports = Counter(difference.report for difference in differences)
    for report, many in reports.most_common():
        yield f"{report}: {many:,}"
        firsts: dict[str, Difference] = {}
        shapes: Counter[str] = Counter()
        for difference in differences:
            if difference.report == report:
                shapes.update(difference.shapes)
                for shape in difference.shapes:
                    firsts.setdefault(shape, difference)
        for shape, times in shapes.most_common(most):
            yield f"  {times:6,}  {shape}"
            yield f"          {firsts[shape].book}, {firsts[shape].question}"
        if len(shapes) > most:
            yield f"          and {len(shapes) - most:,} more shapes"
