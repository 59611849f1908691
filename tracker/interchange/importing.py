"""Imports updates from a file: reads lines, recognises known ones, writes new ones as one batch."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache, partial
from io import BufferedReader
from itertools import islice
from typing import TYPE_CHECKING, Any

from tracker.entry import REFERRING, SHAPES, Entry, shape_and_mistakes
from tracker.errors import Refused, TrackerError, with_article
from tracker.interchange import lines
from tracker.interchange.disputes import Imported, Skipped
from tracker.interchange.lines import (
    BOOKKEEPING,
    COLUMNS,
    SUBJECTS,
    Complaints,
    Line,
    column_of,
    key_of,
    reason_of,
)
from tracker.journal.admission import Admission
from tracker.journal.batch import AT_ONCE, content_key, held_with, keyed
from tracker.journal.corrections import referring, target, targets_of
from tracker.journal.writer import Names, Writer
from tracker.record import by_key
from tracker.vocabulary import UPDATES, Command, EntryKind, Stage

if TYPE_CHECKING:
    from tracker.interchange.recipe import Recipe

LEFT_OUT = tuple(kind.value for kind in EntryKind if kind not in (*UPDATES, *REFERRING))
"""The kinds of lines in a history that an import skips."""

SYNONYMOUS: Mapping[Stage | None, tuple[Stage, ...]] = {
    Stage.BROKEN: (Stage.REVERSED,),
    **dict.fromkeys((Stage.MET, Stage.PARTIAL, Stage.MISSED), (Stage.LAPSED,)),
}
"""The codes that can mean the same status as another one."""
REMEMBERED = 4_000
"""How many cells are read only once."""
Placed = tuple[int | str, Entry]
"""An entry of a file, with its place there; its number is the one in the file."""


class Columns:
    """Reads the lines of one file for one book."""

    def __init__(self, names: Names, complaints: Complaints) -> None:
        self.left_out = 0
        """How many lines were left out."""
        self._names = names
        self._complaints = complaints
        self._left: set[str] = set()
        """The lines that were left out, by their numbers in the file's column."""
        self._subjects = names.read_whole().subjects

    def update(self, number: int, cells: Mapping[str, str]) -> Entry | None:
        """Return what a line says; None if it is left out, or if it has mistakes.

        Of mistakes, all are complained of. The entry's number is the one that the file gives it.
        What the file says is retracted is marked as retracted by entry 0, as no entry of
        this book has done so.
        """
        if self._is_left_out(cells):
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
        number_there = values.pop("entry", 0)
        shape, unfit = _shape_and_mistakes(kind, frozenset(cells))
        mistakes += [*unfit, *self._misnamed(subjects)]
        for where, reason in mistakes:
            self._complaints.add(number, where, reason)
        if mistakes:
            return None
        values["stage"] = values.pop("status", None)
        values["retracted_by"] = 0 if "retracted_by" in cells else None
        subject = subjects[0][1] if subjects else ""
        return Entry(
            number_there, SHAPES[shape].kind, subject, None, None, None, **values
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
                self._subjects.get(cells[what]) != what
                for what in SUBJECTS
                if what in cells
            )
        if is_left_out:
            self._left.add(cells.get("entry", ""))
            self.left_out += 1
        return is_left_out

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


def number_in_file(cells: Mapping[str, str]) -> int:
    """Return the number that a file gives a line; 0 if it gives none."""
    number = cells.get("entry", "")
    return int(number) if re.fullmatch("[0-9]{1,10}", number) else 0


class Intake:
    """Adds the entries of files to the open batch of the caller."""

    def __init__(
        self,
        writer: Writer,
        complaints: Complaints,
        admission: Admission,
        numbers: Set[int] = frozenset(),
    ) -> None:
        self.first = self.next = writer.next
        self.known = 0
        self.taken_back = 0
        """How many of the known ones are retracted, and are not restored."""
        self._writer = writer
        self._complaints = complaints
        self._admission = admission
        self._waiting: list[Entry] = []
        self._known: dict[bytes, dict[str | None, list[int]]] = {}
        """The entries of the book that lines may say again: by key, then by what took them back."""
        self._met: set[int] = set()
        """The entries of the book that lines of the file have said already."""
        self._in_file = numbers
        """The numbers that lines of the file have, wherever they stand."""
        self._numbers: dict[int, int] = {}
        """The numbers in the book of the file's entries, by their numbers in the file."""

    def take(self, entries: Iterable[Placed]) -> None:
        """Add some entries, in order."""
        left = iter(entries)
        while chunk := [*islice(left, AT_ONCE)]:
            completed = []
            for place, entry in chunk:
                try:
                    completed.append((place, self._completed(entry)))
                except TrackerError as error:
                    self._complain(place, entry, error)
            self._known = {}
            self._look_up({key for _, entry in completed for key in keys_of(entry)})
            for place, entry in completed:
                try:
                    self._numbers[entry.entry] = self._taken(entry)
                except TrackerError as error:
                    self._complain(place, entry, error)
            self._flush()

    def _completed(self, entry: Entry) -> Entry:
        """Return an entry with its key; a retraction gets its key later."""
        if entry.kind in REFERRING:
            return entry
        try:
            return self._admission.completed(entry)
        except TrackerError as error:
            is_unknown = error.problem in ("no such thing", "another kind")
            if not is_unknown or error.fields["kind"] == "party":
                raise
            # The thing may have been retracted since: the entry is refused unless it is known.
            return keyed(entry)

    def _complain(self, place: int | str, entry: Entry, error: TrackerError) -> None:
        column = column_of(error) or ""
        part = key_of(column, entry) if isinstance(place, str) else column
        self._complaints.add(place, part, reason_of(error))

    def _taken(self, entry: Entry) -> int:
        """Return the number of an entry in the book, which is new if the book does not have it."""
        if entry.kind in REFERRING:
            return self._referring(entry)
        return self._known_again(entry) or self._new(
            self._admission.held(entry, self.next)
        )

    def _look_up(self, keys: Set[bytes]) -> None:
        """Find the entries of the book with some keys, but for those that lines have matched."""
        for key, entries in held_with(self._writer.connection, keys).items():
            self._known[key] = by_key(
                (taken_by, entry)
                for entry, taken_by in entries
                if entry < self.first and entry not in self._met
            )

    def _known_again(self, line: Entry) -> int | None:
        """Return an entry that says the same and that no earlier line matched, if there is one.

        Of several, a live line means a live one. What an undo took back may come again.
        """
        is_live = line.retracted_by is None
        for key in keys_of(line):
            known = self._known.get(key, {})
            for taken_by in (None, "import") if is_live else ("import", "undo", None):
                if entries := known.get(taken_by):
                    self.known += 1
                    if is_live and taken_by is not None:
                        self.taken_back += 1
                    self._met.add(entries[0])
                    return entries.pop(0)
        return None

    def _new(self, entry: Entry) -> int:
        """Queue a new entry, and return its number."""
        self._waiting.append(entry)
        self.next += 1
        return self.next - 1

    def _referring(self, entry: Entry) -> int:
        """Add a retraction; its number is the entry in the file, else in the book.

        If the line is already retracted here, its retraction is known, whatever its reason.
        """
        self._flush()
        of_line = self._numbers.get(entry.referent, 0)
        number = of_line or entry.referent
        if not of_line and number in self._in_file:
            raise Refused("refers to later line", entry=number)
        about = entry.subject
        referent = next(iter(targets_of(self._writer, [number])), None)
        if referent is not None:
            entry = referring(entry, referent)
            self._look_up({entry.key})
            if known := self._known_again(entry):
                return known
            if of_line and referent.retracted_by is not None:
                self.known += 1
                return referent.retracted_by
        self._admission.require_past(entry.effective_on)
        wrong = target(self._writer, number)
        thing = self._writer.names.find(wrong.subject)
        if about not in (
            "",
            wrong.subject,
            thing and thing.concession,
            thing and thing.agreement,
        ):
            raise Refused(
                "another thing", entry=wrong.entry, slug=wrong.subject, given=about
            )
        if wrong.kind is EntryKind.DECLARATION:
            raise Refused("declaration stands", entry=wrong.entry)
        written = self._new(referring(entry, wrong))
        self._flush()
        self._writer.names.forget(wrong.subject)
        return written

    def _flush(self) -> None:
        self._writer.append(Command.IMPORT, self._waiting)
        self._waiting = []


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
    updates: list[Line],
    complaints: Complaints,
    skipped: Mapping[str, int],
    writer: Writer,
) -> Imported:
    """Write the updates that the book lacks, as one batch.

    All bad lines are found before the file is refused. The caller rolls back what was written by
    then, as after any refusal.
    """
    numbers = {line: number_in_file(cells) for line, cells in updates}
    if all(numbers.values()):  # a history is sorted by day, not as it was recorded
        updates = sorted(updates, key=lambda update: numbers[update[0]])
    columns = Columns(writer.names, complaints)
    with writer.batch(Command.IMPORT):
        admission = Admission(writer, of_old=True)
        intake = Intake(writer, complaints, admission, {*numbers.values()} - {0})
        read = ((line, columns.update(line, cells)) for line, cells in updates)
        intake.take((line, entry) for line, entry in read if entry)
        complaints.refuse()
    written = range(intake.first, intake.next)
    rows = [Skipped(*pair) for pair in skipped.items()]
    return Imported(
        written, intake.known, intake.taken_back, columns.left_out, rows, {}, {}, []
    )
