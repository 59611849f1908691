"""Brings in what was saved of a damaged book: its entries, one by one, as new entries of ours."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from io import BufferedReader
from itertools import groupby
from typing import Any

from tracker.entry import HELD_AS, SAID, SHAPES, Entry, parsed, shape_of_kind
from tracker.errors import BadInput, TrackerError, Unavailable, WrongUsage, first_of
from tracker.interchange.disputes import Imported, Saved
from tracker.interchange.exports import UNFIT, read_header, read_lines
from tracker.interchange.lines import why_left_out
from tracker.journal.admission import Admission
from tracker.journal.batch import content_key, entry_of, held_with, keyed, require_text
from tracker.journal.consistency import (
    Declaring,
    complaints,
    require_fitting,
    version_in_force,
)
from tracker.journal.corrections import referring, require_sound, targets_of
from tracker.journal.writer import Writer
from tracker.vocabulary import UNDATED, Command, EntryKind

SavedEntry = Mapping[str, Any]
"""An entry as an export has it: in the words of the chain."""

ALTERED = "altered: the key is not that of what it says"
UNREAD = "it is not what this program writes"
LACKING = "it retracts an entry that is left out, too"


def read(file: BufferedReader, name: str) -> Callable[[Writer], Imported]:
    """Read the export of a damaged book.

    Return what brings its entries in, while the caller holds the lock.
    """
    lines = read_lines(file, name)
    if not read_header(lines, name).get("unverified"):
        raise BadInput("verified export", path=name)
    entries = []
    recorded_on = date.min
    for _, line in lines:
        if isinstance(line.get("entry"), int):
            entries.append(line)
        with suppress(ValueError):  # what does not say when it was recorded
            recorded_on = max(
                recorded_on, date.fromisoformat(str(line.get("recorded_at"))[:10])
            )
    return partial(_bring_in, entries, recorded_on)


def _bring_in(
    entries: Sequence[SavedEntry], recorded_on: date, writer: Writer
) -> Imported:
    """Write the entries that the book lacks and that fit, as one batch of the writer."""
    with writer.batch(Command.IMPORT):
        first = writer.next
        rescue = _Rescue(writer, max(recorded_on, writer.today))
        for _, batch in groupby(entries, key=lambda entry: entry.get("batch")):
            rescue.take([*batch])
        written = range(first, writer.next)
    omitted = {}
    for reason, numbers in rescue.left_out.items():
        listed = first_of(f"#{number}" for number in numbers)
        omitted[f"{reason} ({listed})"] = len(numbers)
    return Imported(written, len(rescue.found), omitted=omitted, saved=rescue.saved)


class _LeftOut(ValueError):
    """Why an entry cannot be brought in."""


class _Rescue:
    """One pass over the entries of a damaged book; `until` is the last day that counts as past."""

    def __init__(self, writer: Writer, until: date) -> None:
        self.saved: list[Saved] = []
        self.left_out = defaultdict[str, list[int]](list)
        """The entries that are left out, by the reason."""
        self._writer = writer
        self._first = writer.next
        self._admission = Admission(writer, until, of_old=True)
        self._numbers: dict[int, int] = {}
        """The numbers in this book of what it holds, by their numbers in the damaged one."""
        self._names: dict[int, str] = {}
        """The names of the damaged book's entries in the keys of their retractions."""
        self.found: set[int] = set()
        """The entries of this book that were found in the damaged one."""
        writer.names.read_whole()

    def take(self, entries: Sequence[SavedEntry]) -> None:
        """Bring in the entries of one batch that fit."""
        unsound = None
        try:
            self._require_sound(entries)
        except UNFIT as error:
            unsound = _why(error)
        for entry in entries:
            try:
                if unsound:
                    raise _LeftOut(unsound)
                self._bring(entry["entry"], entry)
            except UNFIT as error:
                self.left_out[_why(error)].append(entry["entry"])

    def _require_sound(self, entries: Sequence[SavedEntry]) -> None:
        """Refuse a batch that retracts declarations which are used in this book."""
        numbers = [self._numbers.get(entry.get("refers_to", 0), 0) for entry in entries]
        targets = targets_of(self._writer, numbers)
        live = [target for target in targets if not target.retracted_by]
        if any(target.kind in UNDATED for target in live):
            require_sound(self._writer, [target.entry for target in live])

    def _bring(self, number: int, saved: SavedEntry) -> None:
        """Bring in one entry, or find it in this book."""
        stored = entry_of(saved)  # which refuses a declaration that is not valid
        self._names[number] = f"{saved['key']}-{saved['nth']}"
        referent = stored.refers_to
        if referent is not None and referent not in self._numbers:
            raise _LeftOut(LACKING)
        key = content_key(stored, self._names.get(stored.referent))
        if key.hex() != saved["key"]:
            raise _LeftOut(ALTERED)
        for held, _ in held_with(self._writer.connection, [key])[key]:
            if held < self._first and held not in self.found:
                self.found.add(held)
                self._numbers[number] = held
                return
        plain = stored._replace(source=(), origin=None, kind=EntryKind(stored.kind))
        new = self._fitting(plain._replace(**parsed(saved)))
        self._numbers[number] = self._writer.append(Command.IMPORT, [new]).start
        self.saved.append(Saved(self._numbers[number], number))
        if new.refers_to is not None:
            self._writer.names.forget(new.subject)

    def _fitting(self, said: Entry) -> Entry:
        """Return an entry that fits into this book, completed and checked as a new one is."""
        require_text("note", said.note, None)
        if said.declares is not None:
            return self._declaration(said)
        if said.refers_to is not None:
            return referring(
                said, *targets_of(self._writer, [self._numbers[said.refers_to]])
            )
        shape = SHAPES[shape_of_kind(said.kind, said.outcome)]
        may_hold = {HELD_AS.get(field, field) for field in shape.fields}
        needs = {HELD_AS.get(field, field) for field in shape.needs}
        filled = {name for name in SAID if getattr(said, name) not in (None, ())}
        is_text = said.kind is EntryKind.TEXT
        if not (needs <= filled <= may_hold) or is_text is (said.text is None):
            raise _LeftOut(UNREAD)
        if is_text:
            self._writer.names.source(said.subject)
        completed = self._admission.completed(said, None)
        return self._admission.held(completed, self._writer.next)

    def _declaration(self, said: Entry) -> Entry:
        """Return a declaration that fits into this book."""
        declaring = Declaring(said.what, said.subject, said.fields)
        for field, wrong in complaints(declaring):
            raise WrongUsage("bad field", field=field, reason=wrong)
        before = version_in_force(self._writer, said.what, said.subject)
        if before == said.fields:
            raise _LeftOut("this book declares the same")
        require_fitting(self._writer, declaring, before)
        self._writer.names.thing(said.subject, said.what.namespace, new=True)
        return keyed(said)


def _why(error: Exception) -> str:
    """Return why an entry is left out; raise again what is a failure of this book."""
    if isinstance(error, Unavailable):
        raise error
    if isinstance(error, TrackerError):
        return why_left_out(error)
    return str(error) if isinstance(error, _LeftOut) else UNREAD
