"""Imports updates from a file: recognises known ones, checks and writes new ones as one batch."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from io import BufferedReader
from typing import TYPE_CHECKING, NamedTuple

from tracker.entry import REFERRING, Entry
from tracker.errors import Refused, TrackerError
from tracker.interchange import lines
from tracker.interchange.columns import COLUMNS, Columns
from tracker.interchange.complaints import Complaint, Complaints, column_of, reason_of
from tracker.interchange.lines import Line
from tracker.journal.admission import Admission
from tracker.journal.batch import keyed
from tracker.journal.corrections import referring, target, targets_of
from tracker.journal.names import UNKNOWN
from tracker.journal.writer import Held, Writer
from tracker.vocabulary import UPDATES, Command, EntryKind

if TYPE_CHECKING:
    from tracker.interchange.recipe import Recipe

UNDONE = "undo"
"""The command whose retractions a later import of the same file may restore."""


Placed = tuple[int, Entry]
"""An entry of a file and its place there; its number and key, if any, are those in the file."""
Refuse = Callable[[Placed, str | None, str], None]
"""Receives a refused entry, the field that is wrong if there is one, and the reason."""


class Intake:
    """Adds the entries of files to the open batch of the caller."""

    def __init__(
        self,
        writer: Writer,
        command: Command,
        refuse: Refuse,
        until: date | None = None,
        numbers: Set[int] = frozenset(),
    ) -> None:
        self.first = self.next = writer.next
        self.known = 0
        self.taken_back = 0
        self._writer = writer
        self._command = command
        self._refuse = refuse
        self._admission = Admission(writer, until)
        self._waiting: list[Entry] = []
        self._held: dict[bytes, list[Held]] = {}
        self._met: set[int] = set()
        """The entries of the book that lines of the file have said already."""
        self._in_file = numbers
        """The numbers that lines of the file have, wherever they stand."""
        self._numbers: dict[int, int] = {}
        """The numbers in the book of the file's entries, by their numbers in the file."""

    def take(self, chunk: Iterable[Placed]) -> None:
        """Add some entries, in order."""
        whole = [(given, entry) for given in chunk if (entry := self._completed(given))]
        self._held = self._writer.held(entry.key for _, entry in whole if entry.key)
        for given, entry in whole:
            self._take(given, entry)
        self._flush()

    def _completed(self, given: Placed) -> Entry | None:
        """Return the entry with its key; a retraction gets its key later."""
        _, entry = given
        try:
            if entry.kind in REFERRING:
                return entry
            claimed, entry = entry.key, self._admission.completed(entry)
            if claimed not in (b"", entry.key):
                self._refuse(given, "key", f"it does not fit; the key is {entry.key.hex()}")
                return None
        except TrackerError as error:
            if error.problem in (*UNKNOWN, "another kind"):
                # The thing may have been retracted since. The line is refused unless the book
                # has it.
                return keyed(entry)
            self._refuse(given, column_of(error), reason_of(error))
            return None
        return entry

    def _take(self, given: Placed, entry: Entry) -> None:
        try:
            if entry.kind in REFERRING:
                number = self._referring(entry)
            else:
                number = self._known_again(entry) or self._new(entry)
        except TrackerError as error:
            self._refuse(given, column_of(error), reason_of(error))
            return
        if entry.entry:
            self._numbers[entry.entry] = number

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
        """Check a new entry against the rules, and queue it."""
        if entry.kind not in REFERRING:
            entry = self._admission.held(entry, self.next)
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
        self._writer.append(self._command, self._waiting)
        self._waiting = []


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
        self._columns = Columns(writer.names, complaints)
        self._lines: dict[int, Line] = {}
        self._left: dict[str, str] = {}
        """The kind because of which each line was left out, by its number in the file's column."""

    def take(self, chunk: Sequence[Line]) -> None:
        """Import some lines, in order."""
        self._lines = {line.number: line for line in chunk}
        self.intake.take(self._given(chunk))

    def _given(self, chunk: Sequence[Line]) -> Iterator[Placed]:
        for line in chunk:
            if not self._is_left_out(line.cells):
                entry = self._columns.update(line.number, line.cells)
                if entry is not None:
                    yield line.number, entry

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

    def _refuse(self, given: Placed, field: str | None, reason: str) -> None:
        place, _ = given
        value = self._lines[place].cells.get(field or "")
        self._complaints.add(Complaint(place, field, value, reason))
