"""Imports updates from a file: read before the book is locked, written as one batch."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BufferedReader
from typing import TYPE_CHECKING, NamedTuple

from tracker.entry import REFERRING
from tracker.interchange import lines
from tracker.interchange.columns import COLUMNS, Columns
from tracker.interchange.complaints import Complaint, Complaints
from tracker.interchange.intake import Given, Intake
from tracker.interchange.lines import Line
from tracker.journal.writer import Writer
from tracker.vocabulary import UPDATES, Command, EntryKind

if TYPE_CHECKING:
    from tracker.interchange.recipe import Recipe

CHUNK = 2_000
NUMBER = re.compile("[0-9]{1,10}")
"""The number of a line in its file."""
LEFT_OUT = tuple(kind.value for kind in EntryKind if kind not in (*UPDATES, *REFERRING))
"""The kinds of lines in a history that an import skips."""


class Updates(NamedTuple):
    """The updates that a file holds, and the mistakes that were found so far."""

    lines: Sequence[Line]
    complaints: Complaints
    skipped: Mapping[str, int]
    """How many rows a recipe left out, by reason."""


class Imported(NamedTuple):
    """The numbers of an import's new entries, and how many of its lines the book already had.

    Of the latter, `taken_back` are retracted, and an import does not restore them.
    """

    entries: range
    known: int
    taken_back: int
    left_out: Counter[str]
    """How many lines were left out, by the kind of line because of which they were."""
    skipped: Mapping[str, int]


def read(file: BufferedReader, name: str, recipe: "Recipe | None") -> Updates:
    """Read a table of updates, with our columns or with those that a recipe maps."""
    complaints = Complaints(name)
    if recipe is None:
        return Updates(lines.read(file, complaints, COLUMNS), complaints, {})
    from tracker.interchange.recipe import translated

    skipped: Counter[str] = Counter()
    rows = lines.read(file, complaints)
    return Updates([*translated(recipe, rows, complaints, skipped)], complaints, skipped)


def import_updates(writer: Writer, updates: Updates) -> Imported:
    """Write the updates that the book lacks, as one batch; the caller holds the lock.

    All bad lines are found before the file is refused. The caller rolls back what was written by
    then, as after any refusal.
    """
    numbers = [line.cells.get("entry", "") for line in updates.lines]
    lines = updates.lines
    if all(map(NUMBER.fullmatch, numbers)):  # a history is sorted by day, not as it was recorded
        by_number = sorted(zip(numbers, lines, strict=True), key=lambda pair: int(pair[0]))
        lines = [line for _, line in by_number]
    with writer.batch(Command.IMPORT):
        run = _Import(writer, updates.complaints, numbers)
        for first in range(0, len(lines), CHUNK):
            run.take(lines[first : first + CHUNK])
        updates.complaints.refuse()
        intake = run.intake
        entries = range(intake.first, intake.next)
        return Imported(entries, intake.known, intake.taken_back, run.left_out, updates.skipped)


class _Import:
    def __init__(self, writer: Writer, complaints: Complaints, numbers: Iterable[str]) -> None:
        named = frozenset(int(one) for one in numbers if NUMBER.fullmatch(one))
        self.intake = Intake(writer, Command.IMPORT, self._refuse, numbers=named)
        self.left_out: Counter[str] = Counter()
        self._complaints = complaints
        self._columns = Columns(writer.connection, writer.names, complaints)
        self._lines: dict[int, Line] = {}
        self._left: dict[str, str] = {}
        """The kind because of which each line was left out, by its number in the file's column."""

    def take(self, chunk: Sequence[Line]) -> None:
        """Import some lines, in order."""
        self._lines = {line.number: line for line in chunk}
        self.intake.take(self._given(chunk))

    def _given(self, chunk: Sequence[Line]) -> Iterator[Given]:
        for line in chunk:
            cells = line.cells
            if not self._is_left_out(cells):
                given = self._columns.update(line.number, cells)
                if given is not None:
                    yield given

    def _is_left_out(self, cells: Mapping[str, str]) -> bool:
        """Return whether a line has to be left out, and count it.

        That is a declaration, a kept text, an entry about a thing whose declaration was retracted,
        a retraction that was itself retracted, and whatever refers to such a line.
        """
        kind = self._left.get(cells.get("refers_to", " "))
        if kind is None:
            kind = cells.get("kind", "")
            is_undone = kind == EntryKind.RETRACTION and "retracted_by" in cells
            if not (kind in LEFT_OUT or is_undone or self._columns.is_of_nothing(cells)):
                return False
        self._left[cells.get("entry", "")] = kind
        self.left_out[kind] += 1
        return True

    def _refuse(self, given: Given, field: str | None, reason: str) -> None:
        value = self._lines[given.place].cells.get(field or "")
        self._complaints.add(Complaint(given.place, field, value, reason))
