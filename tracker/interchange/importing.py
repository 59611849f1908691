"""Imports updates from a file: recognises known ones, checks and writes new ones as one batch."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from io import BufferedReader
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.entry import REFERRING, Entry
from tracker.errors import Refused, TrackerError
from tracker.interchange import lines
from tracker.interchange.columns import KNOWN, Columns, number_in_file
from tracker.interchange.complaints import Complaints, column_of, reason_of
from tracker.interchange.lines import Line
from tracker.journal.admission import Admission
from tracker.journal.batch import Held, holding, keyed
from tracker.journal.corrections import referring, target, targets_of
from tracker.journal.writer import UNKNOWN, Writer
from tracker.vocabulary import Command, EntryKind

if TYPE_CHECKING:
    from tracker.interchange.recipe import Recipe

UNDONE = "undo"
"""The command whose retractions a later import of the same file may restore."""
CHUNK = 900
"""How many entries are looked up and written at once."""

Placed = tuple[Any, Entry]
"""An entry of a file and its place there; its number, if any, is the one in the file."""
Refuse = Callable[[Placed, str | None, str], None]
"""Receives a refused entry, the field that is wrong if there is one, and the reason."""


class Intake:
    """Adds the entries of files to the open batch of the caller."""

    def __init__(
        self,
        writer: Writer,
        command: Command,
        refuse: Refuse,
        admission: Admission,
        numbers: Set[int] = frozenset(),
    ) -> None:
        self.first = self.next = writer.next
        self.known = 0
        self.taken_back = 0
        self._writer = writer
        self._command = command
        self._refuse = refuse
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
            whole = [(given, entry) for given in chunk if (entry := self._completed(given))]
            self._held = holding(self._writer.connection, [entry.key for _, entry in whole])
            for given, entry in whole:
                self._take(given, entry)
            self._flush()

    def _completed(self, given: Placed) -> Entry | None:
        """Return the entry with its key; a retraction gets its key later."""
        _, entry = given
        if entry.kind in REFERRING:
            return entry
        try:
            return self._admission.completed(entry)
        except TrackerError as error:
            if error.problem in (*UNKNOWN, "another kind"):
                # The thing may have been retracted since. The line is refused unless the book
                # has it.
                return keyed(entry)
            self._refuse(given, column_of(error), reason_of(error))
            return None

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
            self._held |= holding(self._writer.connection, [entry.key])
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
        self._writer.names.forget(wrong.subject)
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
    left_out: int
    """How many lines were left out: declarations, kept texts, and what rests on these."""
    skipped: Mapping[str, int]


def read(file: BufferedReader, name: str, recipe: "Recipe | None") -> Updates:
    """Read a table of updates, with our columns or with those that a recipe maps."""
    complaints = Complaints(name)
    if recipe is None:
        return Updates(lines.read(file, complaints, KNOWN), complaints, {})
    from tracker.interchange.recipe import translated

    skipped: Counter[str] = Counter()
    rows = lines.read(file, complaints)
    return Updates([*translated(recipe, rows, complaints, skipped)], complaints, skipped)


def import_updates(writer: Writer, updates: Updates) -> Imported:
    """Write the updates that the book lacks, as one batch; the caller holds the lock.

    All bad lines are found before the file is refused. The caller rolls back what was written by
    then, as after any refusal.
    """
    complaints, columns = updates.complaints, Columns(writer.names, updates.complaints)
    numbers = [number_in_file(line.cells) for line in updates.lines]
    ordered: Iterable[Line] = updates.lines
    if all(numbers):  # a history is sorted by day, not as it was recorded
        pairs = sorted(zip(numbers, updates.lines, strict=True), key=lambda pair: pair[0])
        ordered = (line for _, line in pairs)

    def refuse(given: Placed, column: str | None, reason: str) -> None:
        line, _ = given
        complaints.add(line.number, column, line.cells.get(column or ""), reason)

    def placed() -> Iterator[Placed]:
        for line in ordered:
            entry = columns.update(line.number, line.cells)
            if entry is not None:
                yield line, entry

    with writer.batch(Command.IMPORT):
        intake = Intake(writer, Command.IMPORT, refuse, Admission(writer), {*numbers} - {0})
        intake.take(placed())
        complaints.refuse()
        entries = range(intake.first, intake.next)
        return Imported(entries, intake.known, intake.taken_back, columns.left_out, updates.skipped)
