"""Imports updates from a file: read line by line, written as one batch."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from io import BufferedReader
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import UnreadableFile
from tracker.interchange import lines
from tracker.interchange.columns import COLUMNS, Columns
from tracker.interchange.complaints import Complaint, Complaints
from tracker.interchange.intake import Given, Intake
from tracker.interchange.lines import Advance, Line
from tracker.journal.shapes import REFERRING
from tracker.journal.writer import Writer
from tracker.vocabulary import UPDATES, Command, EntryKind

if TYPE_CHECKING:
    from tracker.interchange.recipes import Recipe
    from tracker.interchange.rows import Reason

CHUNK = 2_000
LEFT_OUT = tuple(kind.value for kind in EntryKind if kind not in (*UPDATES, *REFERRING))
"""The kinds of lines in a history that an import skips."""


class Imported(NamedTuple):
    """The numbers of an import's new entries, and how many of its lines the book already had.

    Of the latter, `taken_back` are retracted, and an import does not restore them. Declarations,
    kept texts, retractions that were retracted, and the lines that refer to them are `left_out`.
    """

    entries: range
    known: int
    taken_back: int
    left_out: int
    texts: int = 0
    """How many of the lines left out are kept texts, or refer to one."""
    undone: int = 0
    """How many of them are retractions that were retracted, or refer to one."""
    skipped: "Mapping[Reason, int]" = MappingProxyType({})
    """How many rows a recipe left out, by reason."""


def import_table(
    recipe: "Recipe", writer: Writer, file: BufferedReader, name: str, advance: Advance
) -> Imported:
    """Import the rows of a table through a recipe; see `_import_lines`."""
    from tracker.interchange.foreign import rows
    from tracker.interchange.rows import Rows

    taken = Rows(recipe)
    lines_of = taken.lines(rows(file, name, recipe.table, advance))
    imported = _import_lines(writer, lines_of, name, escaped=False)
    return imported._replace(skipped=dict(taken.left_out.most_common()))


def import_file(writer: Writer, file: BufferedReader, name: str, advance: Advance) -> Imported:
    """Import the updates of a CSV, JSONL or XLSX file; see `_import_lines`."""
    kind = lines.kind_of(file, name)
    if kind == "xlsx":
        from tracker.interchange.foreign import workbook

        return _import_lines(writer, workbook(file, name, COLUMNS), name, escaped=True)
    if kind == "json":
        wanted = "JSONL, with one object on each line"
        raise UnreadableFile(path=name, reason="it is a JSON document", wanted=wanted)
    if kind == "jsonl":
        return _import_lines(writer, lines.read_jsonl(file, name, advance), name, escaped=False)
    updates = lines.read_csv(file, name, COLUMNS, advance)
    return _import_lines(writer, updates, name, escaped=True)


def _import_lines(
    writer: Writer, updates: Iterable[Line | Complaint], name: str, escaped: bool
) -> Imported:
    """Write the updates that the book lacks, as one batch; the caller holds the lock.

    All bad lines are found before the file is refused. The caller rolls back what was written by
    then, as after any refusal.
    """
    with writer.batch(Command.IMPORT):
        run = _Import(writer, escaped)
        found = iter(updates)
        while chunk := list(islice(found, CHUNK)):
            run.take(chunk)
        run.complaints.refuse(name)
        intake = run.intake
        entries = range(intake.first, intake.next)
        known, gone = intake.known, intake.taken_back
        left = run.left_out
        return Imported(entries, known, gone, left.total(), left["text"], left["retraction"])


class _Import:
    def __init__(self, writer: Writer, escaped: bool) -> None:
        self.complaints = Complaints()
        self.intake = Intake(writer, Command.IMPORT, self._refuse)
        self.left_out: Counter[str] = Counter()
        """How many lines were left out, by the kind of line because of which they were."""
        self._columns = Columns(writer.connection, writer.names, self.complaints, escaped)
        self._lines: dict[int, Line] = {}
        self._left: dict[str, str] = {}
        self._seen: tuple[str, ...] = ()
        self._has_retractions = self._has_kinds = False

    def take(self, chunk: Iterable[Line | Complaint]) -> None:
        """Import some lines, in order."""
        self._lines.clear()
        self.intake.take(self._given(chunk))

    def _given(self, chunk: Iterable[Line | Complaint]) -> Iterator[Given]:
        for line in chunk:
            if isinstance(line, Complaint):
                self.complaints.add(line)
            elif self._may_be_left(line) and self._is_left_out(line):
                pass
            elif (given := self._columns.update(line)) is not None:
                self._lines[line.number] = line
                if self._has_retractions:
                    given = given._replace(retracted="retracted_by" in line.cells)
                yield given

    def _may_be_left(self, line: Line) -> bool:
        """Return whether a line may have to be left out: a quick test before the exact one."""
        if line.columns is not self._seen:
            self._seen = line.columns
            self._has_retractions = "retracted_by" in self._seen
            self._has_kinds = "kind" in self._seen
        if self._has_retractions or self._left:
            return True
        return self._has_kinds and any(kind in line.texts for kind in LEFT_OUT)

    def _is_left_out(self, line: Line) -> bool:
        """Return whether a line has to be left out, and count it.

        That is a declaration, a kept text, an entry about a thing whose declaration was retracted,
        a retraction that was itself retracted, and whatever refers to such a line.
        """
        cells = line.cells
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
        self.complaints.add(Complaint(given.place, field, value, reason))
