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
from tracker.errors import BadInput, Unavailable, WrongUsage, first_of
from tracker.interchange.disputes import Imported, Saved
from tracker.interchange.exports import UNFIT, read_header, read_lines
from tracker.interchange.lines import REFUSALS, reason_of, why_left_out
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
    return Imported(written, rescue.known, omitted=omitted, saved=rescue.saved)


class _LeftOut(Exception):
    """Why an entry cannot be brought in."""


class _Rescue:
    """One pass over the entries of a damaged book; `until` is the last day that counts as past."""

    def __init__(self, writer: Writer, until: date) -> None:
        self.known = 0
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
        self._met: set[int] = set()
        """The entries of this book that were found in the damaged one."""
        writer.names.read_whole()

    def take(self, entries: Sequence[SavedEntry]) -> None:
        """Bring in the entries of one batch that fit."""
        unsound = self._unsound(entries)
        for entry in entries:
            number = entry["entry"]
            try:
                if unsound:
                    raise _LeftOut(unsound)
                self._bring(number, entry)
                continue
            except _LeftOut as error:
                reason = str(error)
            except Unavailable:  # that is this book's
                raise
            except REFUSALS as error:
                reason = why_left_out(error)
            except UNFIT:
                reason = UNREAD
            self.left_out[reason].append(number)

    def _unsound(self, entries: Sequence[SavedEntry]) -> str | None:
        """Return why a batch cannot retract what it retracts, which may be used in this book."""
        referents = [entry.get("refers_to") for entry in entries]
        numbers = [
            self._numbers.get(number, 0)
            for number in referents
            if isinstance(number, int)
        ]
        targets = [
            entry
            for entry in targets_of(self._writer, numbers)
            if not entry.retracted_by
        ]
        if any(entry.kind in UNDATED for entry in targets):
            try:
                require_sound(self._writer, [entry.entry for entry in targets])
            except REFUSALS as error:
                return reason_of(error)
        return None

    def _bring(self, number: int, saved: SavedEntry) -> None:
        """Bring in one entry, or find it in this book."""
        stored = entry_of(saved)  # which refuses a declaration that is not valid
        self._names[number] = f"{saved['key']}-{saved['nth']}"
        target = None
        if saved.get("refers_to") is not None:
            target = self._names.get(saved["refers_to"])
            if target is None:
                raise _LeftOut(LACKING)
        key = content_key(stored, target)
        if key.hex() != saved["key"]:
            raise _LeftOut(ALTERED)
        if self._is_known(number, key):
            return
        kind = EntryKind(saved["kind"])
        said = stored._replace(source=(), origin=None, kind=kind)._replace(
            **parsed(saved)
        )
        new = self._fitting(said)
        if self._is_known(number, new.key):  # in the spelling of this book
            return
        self._numbers[number] = self._writer.append(Command.IMPORT, [new]).start
        self.saved.append(Saved(self._numbers[number], number))
        if new.refers_to is not None:
            self._writer.names.forget(new.subject)

    def _is_known(self, number: int, key: bytes) -> bool:
        """Return whether this book held what an entry says, and no other entry was taken for it."""
        for held, _ in held_with(self._writer.connection, [key])[key]:
            if held < self._first and held not in self._met:
                self._met.add(held)
                self._numbers[number] = held
                self.known += 1
                return True
        return False

    def _fitting(self, said: Entry) -> Entry:
        """Return an entry that fits into this book, completed and checked as a new one is."""
        require_text("note", said.note, None)
        if said.declares is not None:
            return self._declaration(said)
        if said.refers_to is not None:
            return self._retraction(said, said.refers_to)
        shape = SHAPES[shape_of_kind(said.kind, said.outcome)]
        may_hold = {HELD_AS.get(field, field) for field in shape.fields}
        needs = {HELD_AS.get(field, field) for field in shape.needs}
        filled = {name for name in SAID if getattr(said, name) not in (None, ())}
        is_text = said.kind is EntryKind.TEXT
        if not (needs <= filled <= may_hold) or is_text is (said.text is None):
            raise _LeftOut(UNREAD)
        if is_text:
            self._admission.require_past(said.effective_on)
            self._writer.names.source(said.subject)
            return self._admission.completed(said, None)
        return self._admission.held(
            self._admission.completed(said, None), self._writer.next
        )

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

    def _retraction(self, said: Entry, number_there: int) -> Entry:
        """Return a retraction of what this book has under another number."""
        if number_there not in self._numbers:
            raise _LeftOut(LACKING)
        (target,) = targets_of(self._writer, [self._numbers[number_there]])
        if target.retracted_by is not None:
            raise _LeftOut("this book has retracted the same")
        return referring(said, target)
