"""Another book: read and verified before this one is locked, then appended, batch by batch."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import timedelta
from functools import cached_property
from io import BufferedReader
from itertools import groupby
from typing import Any

from tracker.database import Connection, Target, open_book
from tracker.dates import iso_moment
from tracker.entry import Entry
from tracker.errors import NotFound, Refused
from tracker.files import temporary_folder
from tracker.interchange.disputes import Imported, Meeting
from tracker.interchange.exports import make_again
from tracker.interchange.lines import REFUSALS, why_left_out
from tracker.journal.admission import Admission
from tracker.journal.batch import (
    AT_ONCE,
    canonical,
    content_key,
    keyed,
    moment_before,
    require_clock,
)
from tracker.journal.chain import LAST, follow
from tracker.journal.consistency import Declaring, require_possible, version_in_force
from tracker.journal.corrections import STAYS, referring, take_back, targets_of
from tracker.journal.writer import Writer
from tracker.record import Record, by_key, written_at
from tracker.things import references
from tracker.vocabulary import UNDATED, Command, EntryKind, ThingKind

STATED = "already stated the same way in this book"
LACKING = "about or naming what this book lacks"
Origin = tuple[str, int]
"""Where an entry was recorded: the seal of its batch there, and its number there."""


class TracedBook:
    """A book whose entries are known by where they were recorded.

    The seal covers the author, the moment and everything before it. The number alone is not
    enough: copies of one book that diverged use the same numbers again.
    """

    def __init__(self, connection: Connection, name: str = "this book") -> None:
        self.name = name
        self.record = Record.read(connection)
        self.last_moment = moment_before(connection, LAST)
        """When the last of its commands that count was recorded."""

    @cached_property
    def origins(self) -> dict[int, Origin]:
        """The origin of each entry; what an import by version 0.3 decided stays in its book."""
        origins = {}
        for number, row in self.record.rows.items():
            batch = self.record.batches[row.batch]
            if batch.origin is not None:
                origins[number] = batch.origin, row.origin or number
            elif batch.merged_by is None or row.note != STAYS:
                origins[number] = bytes(batch.seal).hex(), number
        return origins

    def without_undone_imports(self, *, put_aside: bool) -> dict[int, Origin]:
        """Return the origins of its entries, with or without what version 0.3 put aside here.

        What came by imports that were undone, and what undid it, is as if it had never come.
        """
        record = self.record
        origins = dict(self.origins)
        for number, by in record.retracted.items():
            came_with = record.batches[record.rows[number].batch]
            taken_with = record.batches[record.rows[by].batch]
            is_ours = taken_with.merged_by is None
            is_undone = is_ours and taken_with.command == Command.UNDO
            by_import = not is_ours and taken_with.origin_at is None
            is_aside = by_import and record.rows[by].note == STAYS
            if came_with.merged_by and (is_undone or (is_aside and not put_aside)):
                origins.pop(number, None)
                origins.pop(by, None)
        return origins

    def statement(self, number: int) -> tuple[Any, ...]:
        """Return what an entry says, in a form in which two books can be compared.

        A declaration says its fields, on whichever day and for whatever reason. What a retraction
        takes back has another number in the other book, and is left out.
        """
        entry = self.record.entries[number]
        if entry.kind is EntryKind.DECLARATION:
            return entry.kind, entry.subject, canonical(self.record.declares(number))
        if entry.kind is EntryKind.RETRACTION:
            return entry.kind, entry.subject, entry.effective_on, entry.note
        # One that a book claims may be wrong.
        key = content_key(self.record.said_again(number))
        return entry.kind, key, entry.source, self.record.texts.get(number)

    def testimony(self, number: int) -> tuple[Any, ...]:
        """Return all that an entry known by its origin must agree in: also who said it, and when.

        Of a retraction that includes the origin of what it takes back.
        """
        entry = self.record.entries[number]
        batch = self.record.batches[entry.batch]
        recorded = (
            entry.effective_on,
            entry.note,
            batch.author,
            batch.command,
            written_at(batch),
        )
        return self.statement(number), self.origins.get(entry.referent), recorded


def exported(file: BufferedReader, name: str) -> TracedBook:
    """Read a book from its export, which is restored into a temporary file."""
    with temporary_folder() as folder:
        copy = Target("sqlite", f"{folder}/other.db")
        make_again(copy, file, name)
        with closing(open_book(copy)) as connection:
            return TracedBook(connection, name)


def opened(target: Target) -> TracedBook:
    """Read a book from its database, as of now: others may go on writing in it.

    What is read is what is verified: both see one state, of tables as this program makes them.
    """
    from tracker import schema  # heavy

    with closing(open_book(target)) as connection, connection.reading():
        schema.require_own(connection)
        for _ in follow(connection):
            pass  # up to the first entry that does not fit, which it refuses
        return TracedBook(connection, str(target))


def unite(theirs: TracedBook, writer: Writer) -> Imported:
    """Append what only another book holds, and put aside what does not count of what both say.

    The caller holds the write lock.
    """
    # Under a clock far ahead of ours, its entries would wrongly count as later.
    require_clock(theirs.last_moment, writer.now, theirs.name)
    first = writer.next
    union = Union(writer, theirs)
    known = len(union.numbers)
    union.append_all()
    arrived = {number for number in union.numbers.values() if number >= first}
    meeting = Meeting(Record.read(writer.connection), union.only_here, arrived)
    union.put_aside(meeting.aside())
    about = {reason: sorted({*slugs}) for reason, slugs in union.left_out.items()}
    about.pop(STATED, None)
    return Imported(
        range(first, writer.next),
        known,
        omitted={reason: len(slugs) for reason, slugs in union.left_out.items()},
        omitted_about=about,
    )


class Union:
    """One pass over the other book's batches."""

    def __init__(self, writer: Writer, theirs: TracedBook) -> None:
        self._writer = writer
        self._theirs = theirs
        self._ours = ours = TracedBook(writer.connection)
        held = ours.without_undone_imports(put_aside=True)
        numbers = {origin: number for number, origin in held.items()}
        self._offered = theirs.without_undone_imports(put_aside=False)
        self.numbers: dict[int, int] = {}
        """The numbers in this book of their entries that it holds."""
        for entry, origin in self._offered.items():
            if origin in numbers:
                self.numbers[entry] = numbers[origin]
        self._require_honest()
        self.left_out: defaultdict[str, list[str]] = defaultdict(list)
        """What the entries that were left out are about, by the reason."""
        self.only_here = ours.record.rows.keys() - {*self.numbers.values()}
        """The entries of this book that they lack."""
        self._stating = by_key(  # what was withdrawn with a reason stays so
            (ours.statement(entry), entry)
            for entry in sorted(self.only_here - ours.record.undone)
        )
        self._declared: set[tuple[ThingKind, str]] = set()
        """What this book has ever declared: withdrawn things, too."""
        for what, things in ours.record.versions.items():
            self._declared.update((what, ours.record.slugs[thing]) for thing in things)
        writer.names.read_whole()
        self._waiting: list[Entry] = []
        # What they hold had happened by then, whatever day it is here.
        last = theirs.last_moment
        until = max(writer.today, last.date()) if last else writer.today
        self._admission = Admission(writer, until, of_old=True)

    def _require_honest(self) -> None:
        """Refuse a book with an entry that claims to come from this one, where it is otherwise."""
        ours = self._ours
        theirs = self._theirs
        for entry, number in self.numbers.items():
            if ours.testimony(number) != theirs.testimony(entry):
                raise Refused(
                    "forged origin", book=theirs.name, entry=entry, ours=number
                )
        batches = ours.record.batches.values()
        recorded_here = {
            bytes(row.seal).hex(): row for row in batches if row.origin is None
        }
        known = {*ours.origins.values()}
        for entry, origin in theirs.origins.items():
            batch = recorded_here.get(origin[0])
            if batch and origin not in known:
                first = batch.first_entry
                raise Refused("forged batch", book=theirs.name, entry=entry, ours=first)

    def append_all(self) -> None:
        """Append the entries that this book lacks: a batch for each of their batches."""
        rows = self._theirs.record.rows
        for number, entries in groupby(
            self._offered, key=lambda entry: rows[entry].batch
        ):
            lacking = [entry for entry in entries if entry not in self.numbers]
            if lacking:
                self._append_batch(number, lacking)

    def _append_batch(self, number: int, entries: Sequence[int]) -> None:
        batch = self._theirs.record.batches[number]
        from_there = {
            "command": batch.command,
            "author": batch.author,
            "utc_offset": batch.utc_offset,
            "origin": self._theirs.origins[entries[0]][0],
            "origin_at": iso_moment(written_at(batch)),
        }
        with self._writer.batch(Command.IMPORT, lambda: from_there | self._by_importer):
            for entry in entries:
                said = self._theirs.record.said_again(entry)
                if said.kind in UNDATED or len(self._waiting) == AT_ONCE:
                    self._write_waiting()  # what this one rests on may be among them
                try:
                    self._bring(entry, said)
                except REFUSALS as error:
                    is_lacking = isinstance(error, NotFound) and "name" in error.fields
                    reason = LACKING if is_lacking else f"because {why_left_out(error)}"
                    self.left_out[reason].append(said.subject)
            self._write_waiting()

    @cached_property
    def _by_importer(self) -> dict[str, str]:
        """Who imports, and when: at a moment that no other batch has, so that it is one command."""
        sql = "SELECT 1 FROM batch WHERE recorded_at = :moment"
        moment = self._writer.moment(self._writer.begun(Command.IMPORT))
        while self._writer.connection.query(sql, moment=iso_moment(moment)):
            moment += timedelta(microseconds=1)
        return {"merged_by": self._writer.author, "recorded_at": iso_moment(moment)}

    def put_aside(self, aside: Mapping[str, Sequence[int]]) -> None:
        """Retract what does not count, or not until somebody settles it, as one more batch."""
        with self._writer.batch(Command.IMPORT, lambda: self._by_importer):
            for reason, numbers in aside.items():
                take_back(self._writer, Command.IMPORT, sorted({*numbers}), reason)

    def _bring(self, entry: int, said: Entry) -> None:
        """Append what one of their entries says, unless this book has it or cannot hold it."""
        if self._is_stated(entry, said):
            self.left_out[STATED].append(said.subject)
        elif said.kind is EntryKind.DECLARATION:
            self._require_holdable(said)
            self._queue(entry, keyed(said))
            self._write_waiting()
            self._declared.add((said.what, said.subject))
        elif said.kind is EntryKind.RETRACTION:
            if said.referent not in self.numbers:
                self.left_out[LACKING].append(said.subject)
                return
            (target,) = targets_of(self._writer, [self.numbers[said.referent]])
            self._queue(entry, referring(said, target))
            self._write_waiting()
            self._writer.names.forget(said.subject)
        else:
            self._queue(entry, self._update(entry, said))

    def _queue(self, entry: int, said: Entry) -> None:
        """Take a number of this book for an entry of theirs, which is written soon."""
        self.numbers[entry] = self._writer.next + len(self._waiting)
        self._waiting.append(said._replace(origin=self._theirs.origins[entry][1]))

    def _write_waiting(self) -> None:
        self._writer.append(Command.IMPORT, self._waiting)
        self._waiting = []

    def _is_stated(self, entry: int, said: Entry) -> bool:
        """Return whether an entry that only this book has says the same; each is found once.

        Verdicts and claims that two people logged are both kept. What this book withdrew says
        nothing, unless both were read from a file.
        """
        from_file = self._theirs.record.entries[entry].command in (
            Command.APPLY,
            Command.IMPORT,
        )
        is_gone = entry in self._theirs.record.retracted
        if is_gone or (said.kind is EntryKind.STAGE and not from_file):
            return False
        target = self.numbers.get(said.referent)
        candidates = self._stating.get(self._theirs.statement(entry), [])
        for number in candidates:
            is_live = from_file or number not in self._ours.record.retracted
            if is_live and self._ours.record.rows[number].refers_to == target:
                candidates.remove(number)
                # What they changed since, they changed knowing it.
                self.only_here.discard(number)
                return True
        return False

    def _update(self, entry: int, said: Entry) -> Entry:
        """Return an update or a kept text of theirs as this book writes it."""
        about = self._theirs.record.entries[entry]
        self._admission.require_past(said.effective_on)
        if said.kind is not EntryKind.TEXT:
            what = ThingKind.AGREEMENT
            if about.deadline:
                what = ThingKind.DEADLINE
            elif about.concession == said.subject:
                what = ThingKind.CONCESSION
            self._require_declared(what, said.subject)
        if said.says:
            self._require_declared(ThingKind.PARTY, said.says)
        for source in said.source:
            self._require_declared(ThingKind.SOURCE, source)
        if said.kind is EntryKind.READING and self._writer.names.find(said.subject):
            said = self._admission.completed(said, None)  # in the spelling of its series
        return keyed(said)._replace(concession=about.concession)

    def _require_holdable(self, said: Entry) -> None:
        """Refuse a declaration that this book cannot hold."""
        before = version_in_force(self._writer, said.what, said.subject)
        for field, kind, slug in references(said.fields):
            if field != "in_return_for":
                self._require_declared(kind, slug)
        require_possible(
            self._writer, Declaring(said.what, said.subject, said.fields), before
        )

    def _require_declared(self, what: ThingKind, slug: str) -> None:
        """Refuse what this book has never declared; an address need not be."""
        is_address = what is ThingKind.SOURCE and "://" in slug
        if not is_address and (what, slug) not in self._declared:
            raise NotFound("no such thing", kind=what.value, name=slug, known=())
