"""Brings in what was saved of a damaged book: its entries, one by one, as new entries of ours."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from io import BufferedReader
from itertools import groupby
from typing import Any

from tracker.entry import SAID, SHAPES, Entry, shape_of_kind
from tracker.errors import BadInput, NotFound, Refused, Unavailable, WrongUsage, first_of
from tracker.files import unreadable
from tracker.interchange.disputes import Imported, Saved
from tracker.interchange.exports import SCHEMA, UNFIT, WANTED, read_lines
from tracker.interchange.lines import reason_of
from tracker.journal.admission import Admission
from tracker.journal.batch import content_key, entry_of, held_with, keyed, require_text
from tracker.journal.consistency import Declaring, complaints, require_fitting, version_in_force
from tracker.journal.corrections import referring, require_sound, targets_of
from tracker.journal.writer import Writer
from tracker.vocabulary import UNDATED, Command, EntryKind

Line = Mapping[str, Any]
"""An entry as an export has it: in the words of the chain."""

ALTERED = "altered: the key is not that of what it says"
UNREAD = "it is not what this program writes"
LACKING = "it retracts an entry that is left out, too"
REFUSALS = (NotFound, Refused, BadInput, WrongUsage)
"""The errors that mean that an entry does not fit into this book."""


def read(file: BufferedReader, name: str) -> Callable[[Writer], Imported]:
    """Read the export of a damaged book.

    Return what brings its entries in, while the caller holds the lock.
    """
    header, *lines = (line for _, line in read_lines(file, name))
    if header.get("schema") != SCHEMA:
        raise unreadable(name, f"it does not have schema {SCHEMA}", WANTED)
    if not header.get("unverified"):
        raise BadInput("verified export", path=name)
    entries = [line for line in lines if isinstance(line.get("entry"), int)]
    recorded_on = date.min
    for line in lines:
        with suppress(ValueError):  # what does not say when it was recorded
            recorded_on = max(recorded_on, date.fromisoformat(str(line.get("recorded_at"))[:10]))
    return partial(_bring_in, entries, recorded_on)


def _bring_in(entries: Sequence[Line], recorded_on: date, writer: Writer) -> Imported:
    """Write the entries that the book lacks and that fit, as one batch of the writer."""
    with writer.batch(Command.IMPORT):
        rescue = _Rescue(writer, max(recorded_on, writer.today))
        for _, batch in groupby(entries, key=lambda line: line.get("batch")):
            rescue.take([*batch])
        written = range(rescue.first, writer.next)
    left_out = {
        f"{reason} ({first_of(f'#{number}' for number in numbers)})": len(numbers)
        for reason, numbers in rescue.left_out.items()
    }
    return Imported(written, rescue.known, 0, 0, [], left_out, {}, [], rescue.saved)


class _LeftOut(Exception):
    """Why an entry cannot be brought in."""


class _Rescue:
    """One pass over the entries of a damaged book; `until` is the last day that counts as past."""

    def __init__(self, writer: Writer, until: date) -> None:
        self.first = writer.next
        self.known = 0
        self.saved: list[Saved] = []
        self.left_out = defaultdict[str, list[int]](list)
        """The entries that are left out, by the reason."""
        self._writer = writer
        self._admission = Admission(writer, until)
        self._numbers: dict[int, int] = {}
        """The numbers in this book of what it holds, by their numbers in the damaged one."""
        self._keys: dict[int, str] = {}
        """The names of the damaged book's entries in the keys of their retractions."""
        self._met: set[int] = set()
        """The entries of this book that were found in the damaged one."""
        writer.names.read_whole()

    def take(self, lines: Sequence[Line]) -> None:
        """Bring in the entries of one batch that fit."""
        unsound = self._unsound(lines)
        for line in lines:
            number = line["entry"]
            try:
                if unsound:
                    raise _LeftOut(unsound)
                self._entry(number, line)
            except _LeftOut as error:
                self.left_out[str(error)].append(number)
            except REFUSALS as error:
                reason = error.fields["reason"] if "reason" in error.fields else reason_of(error)
                self.left_out[str(reason)].append(number)
            except Unavailable:  # that is this book's
                raise
            except UNFIT:
                self.left_out[UNREAD].append(number)

    def _unsound(self, lines: Sequence[Line]) -> str | None:
        """Return why a batch cannot retract what it retracts, which may be used in this book."""
        referents = [line.get("refers_to") for line in lines]
        numbers = [self._numbers.get(number, 0) for number in referents if isinstance(number, int)]
        targets = [
            target for target in targets_of(self._writer, numbers) if target.retracted_by is None
        ]
        try:
            if any(target.kind in UNDATED for target in targets):
                require_sound(self._writer, [target.entry for target in targets])
        except REFUSALS as error:
            return reason_of(error)
        return None

    def _entry(self, number: int, line: Line) -> None:
        """Bring in one entry, or find it in this book."""
        stored = entry_of(line)  # which refuses a declaration that is not valid
        self._keys[number] = f"{line['key']}-{line['nth']}"
        referent = line.get("refers_to")
        if referent is not None and referent not in self._keys:
            raise _LeftOut(LACKING)
        target = None if referent is None else self._keys[referent]
        if content_key(stored, target).hex() != line["key"]:
            raise _LeftOut(ALTERED)
        if self._is_known(number, stored._replace(key=bytes.fromhex(line["key"]))):
            return
        values = {name: SAID[name].form.parse(line[name]) for name in SAID if name in line}
        values = {"source": (), "origin": None} | values
        said = stored._replace(kind=EntryKind(line["kind"]), **values)
        require_text("note", said.note, None)
        if said.declares is not None:
            said = self._declaration(said)
        elif said.refers_to is not None:
            said = self._retraction(said)
        else:
            said = self._update(said)
        if self._is_known(number, said):
            return
        written = self._writer.append(Command.IMPORT, [said])
        self._numbers[number] = written.start
        self.saved.append(Saved(written.start, number))
        if said.refers_to is not None:
            self._writer.names.forget(said.subject)

    def _is_known(self, number: int, entry: Entry) -> bool:
        """Return whether this book held what an entry says, and no other entry was taken for it."""
        for held, _ in held_with(self._writer.connection, [entry.key])[entry.key]:
            if held < self.first and held not in self._met:
                self._met.add(held)
                self._numbers[number] = held
                self.known += 1
                return True
        return False

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

    def _retraction(self, said: Entry) -> Entry:
        """Return a retraction of what this book has under another number."""
        number = self._numbers.get(said.referent)
        if number is None:
            raise _LeftOut(LACKING)
        (target,) = targets_of(self._writer, [number])
        if target.retracted_by is not None:
            raise _LeftOut("this book has retracted the same")
        return referring(said, target)

    def _update(self, said: Entry) -> Entry:
        """Return an update, or a kept text, completed and checked as a new one is."""
        shape = SHAPES[shape_of_kind(said.kind, said.outcome)]
        may_hold = {"value" if field == "target" else field for field in shape.fields}
        filled = {name for name in SAID if getattr(said, name) not in (None, ())}
        if not ({*shape.needs} <= filled <= may_hold) or (said.text is None) != (
            said.kind is not EntryKind.TEXT
        ):
            raise _LeftOut(UNREAD)
        if said.kind is EntryKind.TEXT:
            self._admission.require_past(said.effective_on)
            self._writer.names.source(said.subject)
            return self._admission.completed(said, None)
        return self._admission.held(self._admission.completed(said, None), self._writer.next)
