"""Updates from a file into the book: read, known again, held to the rules, written as a batch."""

from array import array
from collections.abc import Iterable, Iterator
from io import BufferedReader
from itertools import islice
from typing import NamedTuple

from tracker.errors import BadLines, TrackerError
from tracker.interchange import lines
from tracker.interchange.columns import COLUMNS, Columns, Update, content_key
from tracker.interchange.faults import Complaint, Complaints, told
from tracker.interchange.lines import Advance, Line
from tracker.journal import Draft, Terms, Writer
from tracker.journal.corrections import standing_entry
from tracker.journal.draft import about
from tracker.vocabulary import EntryKind

CHUNK = 2_000
REMEMBERED = 50_000
"""How many repeated lines are counted in memory; beyond, they are counted in the book."""


class Imported(NamedTuple):
    """The numbers of an import's new entries, and how many of its lines were there already.

    Of these `taken_back` no longer count, and an import does not bring them back.
    """

    entries: range
    known: int
    taken_back: int


def import_file(
    writer: Writer, file: BufferedReader, name: str, kind: str | None, advance: Advance
) -> Imported:
    """Write the updates of a file, CSV or JSONL, as `import_lines` does."""
    jsonl = lines.is_jsonl(file, name)
    if kind is not None:
        jsonl = kind == "jsonl"
    if jsonl:
        return import_lines(writer, lines.read_jsonl(file, name, advance), name, escaped=False)
    found = lines.read_csv(file, name, COLUMNS, advance)
    return import_lines(writer, found, name, escaped=True)


def import_lines(
    writer: Writer, updates: Iterable[Line | Complaint], name: str, escaped: bool
) -> Imported:
    """Write what updates say and the book does not hold, as one batch; the caller has the lock.

    Every bad line is found before anything is refused; what was written by then the caller
    takes back, as it does at any refusal.
    """
    run = _Import(writer, escaped)
    found = iter(updates)
    while chunk := list(islice(found, CHUNK)):
        run.take(chunk)
    if run.complaints.total:
        kept = sorted(run.complaints.kept, key=lambda one: one.line)
        raise BadLines(path=name, total=run.complaints.total, complaints=[str(one) for one in kept])
    return Imported(range(run.first, run.next), run.known, run.taken_back)


class _Import:
    def __init__(self, writer: Writer, escaped: bool) -> None:
        tail = writer.connection.rows("tail")
        self.complaints = Complaints()
        self.first = self.next = tail[0][0] + 1 if tail else 1
        self.known = 0
        self.taken_back = 0
        self._writer = writer
        self._terms = Terms(writer)
        self._columns = Columns(writer.connection, writer.names, self.complaints, escaped)
        self._drafts: list[Draft] = []
        self._fresh: dict[bytes, int] = {}
        self._held: dict[bytes, int] = {}
        self._gone: set[int] = set()
        self._repeats: dict[str, int] = {}
        self._met = bytearray(self.first)
        self._numbers = _Numbers()

    def take(self, chunk: Iterable[Line | Complaint]) -> None:
        """Take some lines in, one after the other."""
        updates = list(self._updates(chunk))
        self._gone.clear()
        self._held = self._look_up([update.key for update in updates])
        self._fresh.clear()
        for update in updates:
            self._take(update)
        self._flush()

    def _updates(self, chunk: Iterable[Line | Complaint]) -> Iterator[Update]:
        for line in chunk:
            if isinstance(line, Complaint):
                self.complaints.add(line)
            elif (update := self._columns.update(line)) is not None:
                yield update

    def _take(self, update: Update) -> None:
        key, number = self._known_again(update)
        if number is not None:
            self.known += 1
            self.taken_back += number in self._gone
        else:
            number = self._write(update, key)
        if update.entry is not None and number is not None:
            self._numbers[update.entry] = number

    def _write(self, update: Update, key: bytes) -> int | None:
        number = self.next
        try:
            if update.draft.kind is EntryKind.RETRACTION:
                self._retract(update, key)
            else:
                draft = self._terms.admitted(update.draft, number)
                self._drafts.append(draft if key is update.key else draft._replace(import_key=key))
        except TrackerError as error:
            value = update.line.cells.get(error.column or "")
            self.complaints.add(Complaint(update.line.number, error.column, value, told(error)))
            return None
        self._fresh[key] = number
        self.next = number + 1
        return number

    def _retract(self, update: Update, key: bytes) -> None:
        """Retract an entry: of this file, where one above has this number, else of the book."""
        self._flush()
        self._terms.require_past(update.draft.effective_on)
        retracts = int(update.draft.retracts or 0)
        wrong = standing_entry(self._writer, self._numbers.get(retracts) or retracts)
        draft = update.draft._replace(about=about(wrong), retracts=wrong.entry, import_key=key)
        self._drafts.append(draft)
        if wrong.kind is EntryKind.DEADLINE:
            self._flush()
            self._terms.forget()

    def _flush(self) -> None:
        if self._drafts:
            self._writer.append(self._drafts, batch=self.first)
            self._drafts = []

    # --- what the book holds already ----------------------------------------------------------

    def _known_again(self, update: Update) -> tuple[bytes, int | None]:
        """Return a line's key, and the entry that already has it, if one does.

        Of lines that say the same the second, third… have keys of their own: a key that this
        file has met before is not meant again.
        """
        if update.given:
            return update.key, self._number_of(update.key)
        ordinal = self._repeats.get(update.content, 0) + 1
        while True:
            key = content_key(update.content, ordinal) if ordinal > 1 else update.key
            number = self._number_of(key, looked_up=ordinal == 1)
            if number is None or (number < self.first and not self._met[number]):
                break
            ordinal += 1
        if ordinal > 1:
            self._remember(update.content, ordinal)
        if number is not None:
            self._met[number] = 1
        return key, number

    def _number_of(self, key: bytes, looked_up: bool = True) -> int | None:
        if key in self._fresh:
            return self._fresh[key]
        return (self._held if looked_up else self._look_up([key])).get(key)

    def _look_up(self, keys: list[bytes]) -> dict[bytes, int]:
        if not keys:
            return {}
        rows = self._writer.connection.stream("held", keys=b"".join(keys), many=len(keys))
        held = {}
        for key, number, gone in rows:
            held[bytes(key)] = number
            if gone:
                self._gone.add(number)
        return held

    def _remember(self, content: str, ordinal: int) -> None:
        if len(self._repeats) >= REMEMBERED:
            self._repeats.clear()
        self._repeats[content] = ordinal


class _Numbers:
    """The numbers that entries of a file have in the book, in a few bytes for each."""

    PAGE = 64

    def __init__(self) -> None:
        self._pages: dict[int, array[int]] = {}

    def __setitem__(self, entry: int, number: int) -> None:
        page, place = divmod(entry, self.PAGE)
        if page not in self._pages:
            self._pages[page] = array("l", bytes(array("l").itemsize * self.PAGE))
        self._pages[page][place] = number

    def get(self, entry: int) -> int:
        """Return the book's number of a file's entry; 0 where the file has shown none."""
        page, place = divmod(entry, self.PAGE)
        return self._pages[page][place] if page in self._pages else 0
