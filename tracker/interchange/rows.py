"""Reads the rows of somebody else's table by a recipe, and counts those left out by reason."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from tracker.dates import parse_period
from tracker.errors import BadDay, BadQuantity, BadText, TrackerError
from tracker.errors.wording import suggestion
from tracker.interchange.complaints import Complaint, reason_of
from tracker.interchange.lines import Line, Numeral
from tracker.interchange.recipes import WHEN, Cell, Condition, Pattern, Recipe
from tracker.quantities import parse_quantity, plain

LONGEST_SLUG = 64
REASONS = 50
"""How many reasons for leaving rows out are listed; the rest are counted together."""


class Reason(NamedTuple):
    """Why rows were left out."""

    words: str
    part: str = ""
    """What was left out of each of them, if that is only a part."""


class LeftOut(Exception):
    """Raised for a row that is left out; its message is the reason."""


class Rows:
    """The rows of one table that a recipe takes; the others are counted by reason."""

    def __init__(self, recipe: Recipe) -> None:
        self.left_out: Counter[Reason] = Counter()
        self._recipe = recipe

    def taken(self, rows: Iterable[Line | Complaint]) -> Iterator[Line | Complaint]:
        """Yield the rows that are not left out, and the mistakes.

        A column that only some rows have is empty in the others; one that none has is a mistake.
        """
        layouts: dict[tuple[str, ...], None] = {}
        for row in rows:
            if isinstance(row, Complaint):
                yield row
                continue
            layouts[row.columns] = None
            cells = row.cells
            skipped = next((one for one in self._recipe.skip if one.holds(cells)), None)
            if skipped is None:
                yield row
            else:
                self.leave(skipped.reason)
        if layouts:
            yield from self._missing(dict.fromkeys(chain.from_iterable(layouts)))

    def lines(self, rows: Iterable[Line | Complaint]) -> Iterator[Line | Complaint]:
        """Yield what rows say, as the lines of a history."""
        for row in self.taken(rows):
            if isinstance(row, Complaint):
                yield row
                continue
            for update in self._recipe.update:
                found = self.read(row, update)
                if isinstance(found, Complaint):
                    yield found
                elif found is not None:
                    yield Line(row.number, tuple(found), [*found.values()])

    def read(
        self, row: Line, pattern: Pattern, part: str = ""
    ) -> dict[str, Any] | Complaint | None:
        """Return the values of a row under the keys of a pattern; None if the row is left out.

        `part` is what the pattern describes if that is only a part of what the row says.
        """
        cells, when = row.cells, pattern.get(WHEN)
        if isinstance(when, Condition) and not when.holds(cells):
            return None
        found: dict[str, Any] = {}
        for name, value in pattern.items():
            if not isinstance(value, Cell):
                if name != WHEN:
                    found[name] = value
                continue
            try:
                text = read(value, cells)
            except LeftOut as reason:
                self.leave(str(reason), part)
                return None
            except TrackerError as error:
                text = cells[value.columns[0]]
                return Complaint(row.number, value.column[0], text, reason_of(error))
            if text:
                found[name] = text
            elif name in REQUIRED:
                self.leave(f"without '{_empty(value, cells)}'", part)
                return None
        counted = {"target", "value"} & pattern.keys()
        if counted and not counted & found.keys():  # there is no quantity to describe
            return {name: found[name] for name in found if name not in ("unit", "bound", "base")}
        return found

    def leave(self, reason: str, part: str = "") -> None:
        """Count a row that is left out, or only a part of it."""
        found = Reason(reason, part)
        if found not in self.left_out and len(self.left_out) >= REASONS:
            found = Reason("other reasons", part)
        self.left_out[found] += 1

    def _missing(self, columns: Collection[str]) -> Iterator[Complaint]:
        """Yield the columns that the recipe names and the table lacks."""
        line = self._recipe.table.header
        for written, name in dict.fromkeys(_columns(self._recipe)):
            if name not in columns:
                meant = suggestion(name, columns)
                yield Complaint(line, written, None, f"the table has no such column. {meant}")


def _columns(recipe: Recipe) -> Iterator[tuple[str, str]]:
    """Yield each column as the recipe writes it, and under the name of the file's reader."""
    for pattern in recipe.patterns:
        for value in pattern.values():
            if isinstance(value, Cell):
                yield from zip(value.column, value.columns, strict=True)
            elif isinstance(value, Condition):
                yield value.column, value.name
    yield from ((one.column, one.name) for one in recipe.skip)


REQUIRED = frozenset({"effective_on", "on", "value", "stage", "due_on", "outcome", "title"})
"""Keys that a row must fill, else it is left out."""


def read(cell: Cell, cells: Mapping[str, str]) -> str:
    """Return a cell's text, converted for the book; empty if it or one of several to add is."""
    texts = [cells.get(name, "") for name in cell.columns]
    if not all(text.strip() for text in texts):
        return ""
    if cell.is_number:
        return _number(cell, texts)
    text = texts[0].strip()
    if cell.words is not None:
        if text not in cell.words:
            raise LeftOut(f"{cell.column[0]} is '{text}', for which the recipe has no word")
        text = cell.words[text]
    if cell.days is not None:
        text = _day(text, cell.days)
    return f"{cell.before}{slug_of(text) if cell.slug else text}{cell.after}"


def _empty(cell: Cell, cells: Mapping[str, str]) -> str:
    """Return the first column of a cell that is empty in a row."""
    names = zip(cell.column, cell.columns, strict=True)
    return next((name for name, key in names if not cells.get(key, "").strip()), cell.column[0])


def _number(cell: Cell, texts: Sequence[str]) -> str:
    counted = (parse_quantity(_ungrouped(text, cell.thousands)) for text in texts)
    total = sum(counted, Decimal())
    if cell.subtract is not None:
        total -= cell.subtract
    if cell.times is not None:
        total *= cell.times
    text = plain(total)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _ungrouped(text: str, mark: str) -> str:
    """Return a number without its thousands separators; refuse them elsewhere.

    If they are not commas, a comma is the decimal mark.
    """
    if isinstance(text, Numeral) or not mark:
        return text
    if mark.isspace():  # publishers also use spaces that do not break
        text = re.sub(r"\s", mark, text.strip())
    decimals = rf"(?:[{'.,'.replace(mark, '')}]\d+)?"
    grouped = rf"\s*[+-]?\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+{decimals}\s*"
    if mark in text and not re.fullmatch(grouped, text, re.ASCII):
        reason = f"has '{mark}' somewhere other than before a group of three digits"
        raise BadQuantity(text=text.strip(), reason=reason)
    return text.replace(mark, "").replace(",", ".")


def _day(text: str, layout: str) -> str:
    """Return a day as ISO, or only the month or year if the layout has no more."""
    try:
        day = datetime.strptime(text, layout).date()
    except ValueError:
        with suppress(BadDay):  # ISO is understood in any recipe
            return str(parse_period(text))
        raise BadText(part="day", reason=f"is not valid, or is not written as '{layout}'") from None
    known = len("2026") if not re.search("%[mbB]", layout) else len("2026-01")
    exact = re.search("%[djxDcU]", layout)
    return day.isoformat() if exact else day.isoformat()[:known]


def slug_of(text: str) -> str:
    """Return a text as a slug: without accents, and cut between words."""
    plain_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall("[a-z0-9]+", plain_text)
    slug = ""
    for word in words:
        if len(slug) + len(word) + 1 > LONGEST_SLUG:
            break
        slug = f"{slug}-{word}" if slug else word
    return slug
