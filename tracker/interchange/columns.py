"""The columns of a file of updates: reads each cell, and each line into an entry."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from tracker.entry import REFERRING, SAID, SHAPES, Entry, shape_and_mistakes, unwritten
from tracker.errors import NotFound, TrackerError, with_article
from tracker.forms import NAME, NUMBER, Form, word
from tracker.interchange.complaints import Complaints, reason_of
from tracker.journal.batch import require_text
from tracker.journal.writer import Names
from tracker.vocabulary import UPDATES, EntryKind, ThingKind

SUBJECTS = ("deadline", "concession", "agreement")
"""The columns that name what an update is about, the most specific first."""

COLUMNS: Mapping[str, Form] = {
    "kind": word("kind", EntryKind),
    **dict.fromkeys(SUBJECTS, NAME),
    **{name: field.form for name, field in SAID.items()},
    "entry": NUMBER,
}
"""The columns that are read, with their forms."""

BOOKKEEPING = {*Entry._fields} - COLUMNS.keys()
"""Columns of the history that the book itself fills: ignored in a file."""

KNOWN = (*COLUMNS, *sorted(BOOKKEEPING))
"""All columns that a file may have, those that are read first."""

LEFT_OUT = tuple(kind.value for kind in EntryKind if kind not in (*UPDATES, *REFERRING))
"""The kinds of lines in a history that an import skips."""

REMEMBERED = 4_000
"""How many cells are read only once."""


class Columns:
    """Reads the lines of one file for one book."""

    def __init__(self, names: Names, complaints: Complaints) -> None:
        self.left_out = 0
        """How many lines were left out."""
        self._names = names
        self._complaints = complaints
        self._left: set[str] = set()
        """The lines that were left out, by their numbers in the file's column."""
        record = names.read_whole()
        self._subjects = record.subjects
        self._retracted = {
            record.slugs[thing] for what in SUBJECTS for thing in record.versions(ThingKind(what))
        } - self._subjects.keys()
        self._value = lru_cache(REMEMBERED)(self._read)
        self._shape = lru_cache(_shape_and_mistakes)

    def update(self, number: int, cells: Mapping[str, str]) -> Entry | None:
        """Return what a line says; None if it is left out, or if it has mistakes.

        Of mistakes, all are complained of. The entry's number is the one that the file gives it.
        What the file says is retracted is marked as retracted by entry 0, as no entry of
        this book has done so.
        """
        if self._is_left_out(cells):
            return None
        values: dict[str, Any] = {}
        wrong = []
        for column in cells:
            try:
                if column not in BOOKKEEPING:
                    values[column] = self._value(column, cells[column])
            except TrackerError as error:
                wrong.append((column, reason_of(error)))
            except ValueError as error:
                wrong.append((column, str(error)))
        named = [(what, values.pop(what)) for what in SUBJECTS if what in values]
        kind, number_there = values.pop("kind", None), values.pop("entry", 0)
        shape, unfit = self._shape(kind, frozenset(cells))
        wrong += [*unfit, *(self._misnamed(*named) if named else ())]
        for where, reason in wrong:
            self._complaints.add(number, where, cells.get(where), reason)
        if wrong:
            return None
        said = unwritten(SHAPES[shape].kind, named[0][1] if named else "", nth=1, **values)
        return said._replace(
            entry=number_there, retracted_by=0 if "retracted_by" in cells else None
        )

    def _is_left_out(self, cells: Mapping[str, str]) -> bool:
        """Return whether a line has to be left out, and count it.

        That is a declaration, a kept text, an entry about a thing whose declaration was retracted,
        a retraction that was itself retracted, and whatever refers to such a line.
        """
        kind = cells.get("kind")
        is_left_out = kind in LEFT_OUT or cells.get("refers_to") in self._left
        if "retracted_by" in cells and not is_left_out:
            is_left_out = kind == EntryKind.RETRACTION or any(
                self._subjects.get(cells[what]) != what for what in SUBJECTS if what in cells
            )
        if is_left_out:
            self._left.add(cells.get("entry", ""))
            self.left_out += 1
        return is_left_out

    def _read(self, column: str, text: str) -> Any:
        """Return the value of a cell; spaces separate sources, or semicolons with spaces."""
        if column not in COLUMNS:
            raise ValueError("there is no such column" if column else "its column has no name")
        listed = text.replace("; ", " ").split()
        value = COLUMNS[column].parse(listed if column == "source" else text)
        if column == "says":
            return self._names.party(value)
        if column == "note":
            require_text("note", value)
        for key in value if column == "source" else ():
            self._names.source(key)
        return value

    def _misnamed(
        self, narrowest: tuple[str, str], *wider: tuple[str, str]
    ) -> Iterator[tuple[str, str]]:
        """Yield the subjects of a line that do not fit: the broader must contain the narrowest."""
        what, slug = narrowest
        if slug in self._retracted:
            return
        if (found := self._subjects.get(slug, what)) != what:
            yield what, f"it is {with_article(found)}; write it in the column '{found}'"
            return
        if slug not in self._subjects:
            every = () if self._complaints.full else self._subjects.items()
            known = [one for one, kind in every if kind == what]
            yield what, reason_of(NotFound("no such thing", kind=what, name=slug, known=known))
            return
        subject = self._names.subject(slug)
        for broader, owner in wider:
            if owner not in (subject.agreement, subject.concession):
                yield broader, f"'{slug}' is not part of '{owner}'"


def _shape_and_mistakes(
    kind: EntryKind | None, cells: frozenset[str]
) -> tuple[str, list[tuple[str, str]]]:
    """Return the shape of a line, and what is wrong with its cells; see `shape_and_mistakes`."""
    is_move = "due_on" in cells and kind in (None, EntryKind.DEADLINE)
    filled = {"target" if name == "value" and is_move else name for name in cells}
    shape, wrong = shape_and_mistakes(filled, kind)
    return shape, [("value" if name == "target" else name, reason) for name, reason in wrong]


def number_in_file(cells: Mapping[str, str]) -> int:
    """Return the number that a file gives a line; 0 if it gives none."""
    number = cells.get("entry", "")
    return int(number) if re.fullmatch("[0-9]{1,10}", number) else 0
