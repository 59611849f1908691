"""Imports updates from a file: reads lines, recognises known ones, writes new ones as one batch."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from functools import lru_cache, partial
from io import BufferedReader
from itertools import islice
from typing import TYPE_CHECKING, Any

from tracker.entry import SHAPES, Entry, shape_and_mistakes, unwritten
from tracker.errors import TrackerError, with_article
from tracker.interchange import lines
from tracker.interchange.disputes import Imported, Skipped
from tracker.interchange.lines import (
    BOOKKEEPING,
    COLUMNS,
    SUBJECTS,
    Complaints,
    NumberedRow,
    column_of,
    key_of,
    reason_of,
)
from tracker.journal.admission import Admission
from tracker.journal.batch import AT_ONCE, content_key, held_with, keyed
from tracker.journal.writer import Names, Writer
from tracker.vocabulary import UPDATES, Command, EntryKind, Stage

if TYPE_CHECKING:
    from tracker.interchange.recipe import Recipe

LEFT_OUT = tuple(kind.value for kind in EntryKind if kind not in UPDATES)
"""The kinds of lines in a history that an import skips."""

SYNONYMOUS: Mapping[Stage | None, tuple[Stage, ...]] = {
    Stage.BROKEN: (Stage.REVERSED,),
    **dict.fromkeys((Stage.MET, Stage.PARTIAL, Stage.MISSED), (Stage.LAPSED,)),
}
"""The codes that can mean the same status as another one."""
REMEMBERED = 4_000
"""How many cells are read only once."""
Placed = tuple[int | str, Entry]
"""An entry of a file, with its place there."""


class Columns:
    """Reads the lines of one file for one book."""

    def __init__(
        self, names: Names, complaints: Complaints, taken: Set[str | None]
    ) -> None:
        self.left_out = 0
        """How many lines were left out."""
        self._names = names
        self._complaints = complaints
        self._taken = taken
        """The lines that others of the file retract, by their numbers there."""
        self._subjects = names.read_whole().subjects

    def update(self, number: int, cells: Mapping[str, str]) -> Entry | None:
        """Return what a line says; None if it is left out, or if it has mistakes.

        Of mistakes, all are complained of. Left out are declarations, kept texts, retractions and
        what the file says is retracted.
        """
        is_other = cells.get("kind") in LEFT_OUT or "refers_to" in cells
        if is_other or "retracted_by" in cells or cells.get("entry") in self._taken:
            self.left_out += 1
            return None
        values: dict[str, Any] = {}
        mistakes = []
        if "stage" in cells:  # as version 0.3 called it
            cells = {"status": cells["stage"], **cells}
            del cells["stage"]
        for column in cells:
            try:
                if column not in BOOKKEEPING:
                    values[column] = _value(column, cells[column])
            except (TrackerError, ValueError) as error:
                mistakes.append((column, str(error)))
        subjects = [(what, values.pop(what)) for what in SUBJECTS if what in values]
        kind = values.pop("kind", None)
        shape, unfit = _shape_and_mistakes(kind, frozenset(cells))
        mistakes += [*unfit, *self._misnamed(subjects)]
        for where, reason in mistakes:
            self._complaints.add(number, where, reason)
        if mistakes:
            return None
        values["stage"] = values.pop("status", None)
        return unwritten(SHAPES[shape].kind, subjects[0][1], **values)

    def _misnamed(
        self, subjects: Sequence[tuple[str, str]]
    ) -> Iterator[tuple[str, str]]:
        """Yield the subjects of a line that are of another kind, or do not contain the first."""
        for what, slug in subjects:
            if (kind := self._subjects.get(slug, what)) != what:
                yield (
                    what,
                    f"'{slug}' is {with_article(kind)}; write it in the column '{kind}'",
                )
        if len(subjects) > 1 and (subject := self._names.find(subjects[0][1])):
            for what, slug in subjects[1:]:
                if slug not in (subject.agreement, subject.concession):
                    yield what, f"'{subject.slug}' is not part of '{slug}'"


@lru_cache(REMEMBERED)
def _value(column: str, text: str) -> Any:
    """Return the value of a cell; spaces separate sources, or semicolons with spaces."""
    if column not in COLUMNS:
        raise ValueError(
            "there is no such column" if column else "its column has no name"
        )
    listed = text.replace("; ", " ").split()
    return COLUMNS[column].parse(listed if column == "source" else text)


@lru_cache
def _shape_and_mistakes(
    kind: EntryKind | None, cells: frozenset[str]
) -> tuple[str, list[tuple[str, str]]]:
    """Return the shape of a line, and what is wrong with its cells; see `shape_and_mistakes`."""
    is_move = "due_on" in cells and kind in (None, EntryKind.DEADLINE)
    filled = {"target" if name == "value" and is_move else name for name in cells}
    shape, mistakes = shape_and_mistakes(filled, kind)
    return shape, [
        ("value" if name == "target" else name, reason) for name, reason in mistakes
    ]


def keys_of(entry: Entry) -> list[bytes]:
    """Return the keys under which a book may hold what an entry says: its own comes first.

    Version 0.3 had several codes for some statuses.
    """
    keys = [entry.key]
    for stage in SYNONYMOUS.get(entry.stage, ()):
        keys.append(content_key(entry._replace(stage=stage)))
    return keys


class Intake:
    """Adds the entries of files to the open batch of the caller."""

    def __init__(
        self, writer: Writer, complaints: Complaints, admission: Admission
    ) -> None:
        self.first = self.next = writer.next
        self.known = 0
        self.taken_back = 0
        """How many of the known ones are retracted, and are not restored."""
        self._writer = writer
        self._complaints = complaints
        self._admission = admission
        self._met: set[int] = set()
        """The entries of the book that lines of the file have said already."""

    def take(self, entries: Iterable[Placed]) -> None:
        """Add some entries, in order."""
        left = iter(entries)
        while chunk := [*islice(left, AT_ONCE)]:
            completed = []
            for place, entry in chunk:
                with self._complaining(place, entry):
                    completed.append((place, self._completed(entry)))
            known = self._held({key for _, entry in completed for key in keys_of(entry)})
            new = []
            for place, entry in completed:
                with self._complaining(place, entry):
                    if not self._is_known(entry, known):
                        new.append(self._admission.held(entry, self.next))
                        self.next += 1
            self._writer.append(Command.IMPORT, new)

    @contextmanager
    def _complaining(self, place: int | str, entry: Entry) -> Iterator[None]:
        """Complain of an entry that is refused."""
        try:
            yield
        except TrackerError as error:
            column = column_of(error) or ""
            part = key_of(column, entry) if isinstance(place, str) else column
            self._complaints.add(place, part, reason_of(error))

    def _completed(self, entry: Entry) -> Entry:
        """Return an entry with its key."""
        try:
            return self._admission.completed(entry)
        except TrackerError as error:
            is_unknown = error.problem in ("no such thing", "another kind")
            if not is_unknown or error.fields["kind"] == "party":
                raise
            # The thing may have been retracted since: the entry is refused unless it is known.
            return keyed(entry)

    def _held(self, keys: Set[bytes]) -> dict[bytes, list[tuple[bool, int]]]:
        """Return the entries with some keys that lines may say again: first those that count.

        What an undo took back may come again.
        """
        held = {}
        for key, entries in held_with(self._writer.connection, keys).items():
            held[key] = sorted(
                (taken_by is not None, entry)
                for entry, taken_by in entries
                if entry < self.first and entry not in self._met and taken_by != "undo"
            )
        return held

    def _is_known(self, line: Entry, held: dict[bytes, list[tuple[bool, int]]]) -> bool:
        """Return whether the book has an entry that says the same, each of which is found once."""
        for key in keys_of(line):
            if known := held.get(key):
                is_taken_back, entry = known.pop(0)
                self.known += 1
                self.taken_back += is_taken_back
                self._met.add(entry)
                return True
        return False


def read(
    file: BufferedReader, name: str, recipe: "Recipe | None" = None
) -> Callable[[Writer], Imported]:
    """Read a table of updates, with our columns or with those that a recipe maps.

    Return what writes them, while the caller holds the lock.
    """
    complaints = Complaints(name)
    skipped = Counter[str]()
    updates = lines.read(file, complaints, recipe and recipe.columns.values())
    if recipe:
        updates = [*recipe.translated(updates, complaints, skipped)]
    return partial(_import, updates, complaints, skipped)


def _import(
    updates: list[NumberedRow],
    complaints: Complaints,
    skipped: Mapping[str, int],
    writer: Writer,
) -> Imported:
    """Write the updates that the book lacks, as one batch.

    All bad lines are found before the file is refused. The caller rolls back what was written by
    then, as after any refusal.
    """
    numbers = [cells.get("entry", "") for _, cells in updates]
    if all(re.fullmatch("[0-9]{1,10}", number) for number in numbers):
        # A history is sorted by day, not as it was recorded.
        updates = sorted(updates, key=lambda update: int(update[1]["entry"]))
    taken = {
        cells.get("refers_to") for _, cells in updates if "retracted_by" not in cells
    }
    columns = Columns(writer.names, complaints, taken - {None})
    with writer.batch(Command.IMPORT):
        admission = Admission(writer, of_old=True)
        intake = Intake(writer, complaints, admission)
        read = ((line, columns.update(line, cells)) for line, cells in updates)
        intake.take((line, entry) for line, entry in read if entry)
        complaints.refuse()
    written = range(intake.first, intake.next)
    rows = [Skipped(*pair) for pair in skipped.items()]
    return Imported(written, intake.known, intake.taken_back, columns.left_out, rows)
