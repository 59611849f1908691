"""Imports updates from a file: recognises known ones, checks and writes new ones as one batch."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Set
from functools import partial
from io import BufferedReader
from itertools import islice
from typing import TYPE_CHECKING

from tracker.entry import REFERRING, Entry
from tracker.errors import Refused, TrackerError
from tracker.interchange import lines
from tracker.interchange.columns import (
    Columns,
    Complaints,
    column_of,
    key_of,
    number_in_file,
    reason_of,
)
from tracker.interchange.disputes import Imported, Skipped
from tracker.interchange.lines import Line
from tracker.journal.admission import Admission
from tracker.journal.batch import keyed
from tracker.journal.corrections import referring, target, targets_of
from tracker.journal.names import UNKNOWN
from tracker.journal.writer import Held, Writer
from tracker.vocabulary import Command, EntryKind

if TYPE_CHECKING:
    from tracker.interchange.recipe import Recipe

UNDONE = "undo"
"""The command whose retractions a later import of the same file may restore."""
CHUNK = 2_000
"""How many entries are looked up and written at once."""

Placed = tuple[int | str, Mapping[str, str], Entry]
"""An entry of a file, with its place there and its cells; its number is the one in the file."""


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
        self._held: dict[bytes, list[Held]] = {}
        self._met: set[int] = set()
        """The entries of the book that lines of the file have said already."""
        self._in_file = numbers
        """The numbers that lines of the file have, wherever they stand."""
        self._numbers: dict[int, int] = {}
        """The numbers in the book of the file's entries, by their numbers in the file."""

    def take(self, entries: Iterable[Placed]) -> None:
        """Add some entries, in order."""
        left = iter(entries)
        while chunk := [*islice(left, CHUNK)]:
            whole = [(one, entry) for one in chunk if (entry := self._completed(one))]
            self._held = self._writer.held(entry.key for _, entry in whole if entry.key)
            for placed, entry in whole:
                try:
                    number = self._taken(entry)
                except TrackerError as error:
                    self._complain(placed, error)
                else:
                    self._numbers[entry.entry] = number
            self._flush()

    def _completed(self, placed: Placed) -> Entry | None:
        """Return the entry with its key; a retraction gets its key later."""
        entry = placed[-1]
        if entry.kind in REFERRING:
            return entry
        try:
            return self._admission.completed(entry)
        except TrackerError as error:
            if error.problem in (*UNKNOWN, "another kind"):
                # The thing may have been retracted since. The line is refused unless the book
                # has it.
                return keyed(entry)
            self._complain(placed, error)
            return None

    def _complain(self, placed: Placed, error: TrackerError) -> None:
        place, cells, entry = placed
        column = column_of(error) or ""
        part = key_of(column, entry) if isinstance(place, str) else column
        self._complaints.add(place, part, reason_of(error), cells.get(column))

    def _taken(self, entry: Entry) -> int:
        """Return the number of an entry in the book, which is new if the book does not have it."""
        if entry.kind in REFERRING:
            return self._referring(entry)
        if known := self._known_again(entry):
            return known
        return self._new(self._admission.held(entry, self.next))

    def _known_again(self, line: Entry) -> int | None:
        """Return an entry that says the same and that no earlier line matched, if there is one.

        Of several, a live line means a live one.
        """
        held, retracted = self._held.get(line.key, ()), line.retracted_by is not None
        for entry, _, taken_by in sorted(held, key=lambda one: (one[2] is None) == retracted):
            may_return = taken_by == UNDONE and not retracted
            if entry < self.first and not may_return and entry not in self._met:
                self._met.add(entry)
                self.known += 1
                self.taken_back += taken_by is not None and not retracted
                return entry
        return None

    def _new(self, entry: Entry) -> int:
        """Queue a new entry, and return its number."""
        held = self._held.setdefault(entry.key, [])
        nth = max(one[1] for one in held) + 1 if held else 1
        held.append((self.next, nth, None))
        self._waiting.append(entry if nth == entry.nth else entry._replace(nth=nth))
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
        about, found = entry.subject, next(iter(targets_of(self._writer, [number])), None)
        if found is not None:
            entry = referring(entry, found)
            self._held |= self._writer.held([entry.key])
            if known := self._known_again(entry):
                return known
            if of_line and found.retracted_by is not None:
                self.known += 1
                return found.retracted_by
        self._admission.require_past(entry.effective_on)
        wrong = target(self._writer, number)
        self._require_about(about, wrong)
        if wrong.kind is EntryKind.DECLARATION:
            raise Refused("declaration stands", entry=wrong.entry)
        written = self._new(referring(entry, wrong))
        self._flush()
        if wrong.kind in (EntryKind.DEADLINE, EntryKind.READING):
            self._admission.forget(wrong.subject)
        return written

    def _require_about(self, about: str, to: Entry) -> None:
        """Refuse a line that names another subject than the entry to which it refers."""
        slug = to.subject
        if about in ("", slug, to.about and to.about.concession):
            return
        subject = self._writer.names.find(slug)
        if subject is None or subject.agreement != about:
            raise Refused("another thing", entry=to.entry, slug=slug, given=about)

    def _flush(self) -> None:
        self._writer.append(Command.IMPORT, self._waiting)
        self._waiting = []


def read(
    file: BufferedReader, name: str, recipe: "Recipe | None" = None
) -> Callable[[Writer], Imported]:
    """Read a table of updates, with our columns or with those that a recipe maps.

    Return what writes them, while the caller holds the lock.
    """
    complaints, skipped = Complaints(name), Counter[str]()
    if recipe is None:
        return partial(_import, lines.read(file, complaints), complaints, skipped)
    rows = lines.read(file, complaints, recipe.columns.values())
    updates = [*recipe.translated(rows, complaints, skipped)]
    return partial(_import, updates, complaints, skipped)


def _import(
    updates: list[Line], complaints: Complaints, skipped: Mapping[str, int], writer: Writer
) -> Imported:
    """Write the updates that the book lacks, as one batch.

    All bad lines are found before the file is refused. The caller rolls back what was written by
    then, as after any refusal.
    """
    numbers = {line: number_in_file(cells) for line, cells in updates}
    if all(numbers.values()):  # a history is sorted by day, not as it was recorded
        updates = sorted(updates, key=lambda one: numbers[one[0]])
    columns = Columns(writer.names, complaints)
    with writer.batch(Command.IMPORT):
        intake = Intake(writer, complaints, Admission(writer), {*numbers.values()} - {0})
        intake.take(
            (line, cells, entry)
            for line, cells in updates
            if (entry := columns.update(line, cells))
        )
        complaints.refuse()
    written, rows = range(intake.first, intake.next), [Skipped(*of) for of in skipped.items()]
    return Imported(written, intake.known, intake.taken_back, columns.left_out, rows, {}, [])
