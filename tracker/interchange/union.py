"""Brings another book into this one: appends what only the other one holds, batch by batch."""

from collections import Counter
from datetime import timedelta
from functools import cached_property
from itertools import groupby

from tracker.database.contents import contents
from tracker.dates import iso_moment
from tracker.declared import by_key
from tracker.entry import Entry
from tracker.errors import BadInput, NotFound, Refused, WrongUsage
from tracker.interchange.disputes import Dispute, Imported, apart, closed, of_verdicts
from tracker.interchange.importing import CHUNK
from tracker.interchange.lines import reason_of
from tracker.interchange.otherbook import Traced
from tracker.journal.admission import Admission
from tracker.journal.batch import holding, keyed, require_clock
from tracker.journal.consistency import Declaring, require_fitting, version_in_force
from tracker.journal.corrections import (
    referring,
    require_sound,
    said_again,
    take_back,
    targets_of,
)
from tracker.journal.writer import Writer
from tracker.record import Record, written_at
from tracker.vocabulary import UNDATED, Command, EntryKind

STATED = "already stated the same way in this book"
LACKING = "about or naming what this book lacks or has withdrawn"
OTHERWISE = "declaring or closing what this book declares or closes otherwise"
UNFIT = "withdrawing or restoring what does not fit with this book"
STAYS = "on import, what this book says stays"
"""The reason for which an import takes back a declaration or a closing that came with it."""

REFUSALS = (NotFound, Refused, BadInput, WrongUsage)
"""The errors that mean that an entry does not fit into this book."""


def unite(theirs: Traced, writer: Writer) -> Imported:
    """Append what only another book holds; the caller holds the write lock."""
    # Under a clock far ahead of ours, its entries would wrongly count as later.
    require_clock(theirs.last_moment, writer.now, theirs.name)
    first = writer.next
    union = Union(writer, theirs)
    for entry, number in union.numbers.items():
        if union.ours.testimony(number) != theirs.testimony(entry):
            raise Refused("forged origin", book=theirs.name, entry=entry, ours=number)
    _require_known_batches(union.ours, theirs)
    known = len(union.numbers)
    for number, batch in groupby(union.held, key=lambda entry: theirs.record.rows[entry].batch):
        union.take(number, [entry for entry in batch if entry not in union.numbers])
    written = range(first, writer.next)
    came = {ours: entry for entry, ours in union.numbers.items() if ours in written}
    disputes = [*union.disputes, *of_verdicts(Record(contents(writer.connection)), came)]
    return Imported(written, known, 0, 0, [], union.left_out, disputes)


def _require_known_batches(ours: Traced, theirs: Traced) -> None:
    """Refuse an entry that claims to come from a batch of this book in which it is not."""
    batches = ours.record.batches.values()
    own = {bytes(batch.seal).hex(): batch for batch in batches if batch.origin is None}
    known = {*ours.origins.values()}
    for entry, origin in theirs.origins.items():
        if origin[0] in own and origin not in known:
            batch = own[origin[0]]
            raise Refused("forged batch", book=theirs.name, entry=entry, ours=batch.first_entry)


class Union:
    """One pass over the other book's batches."""

    def __init__(self, writer: Writer, theirs: Traced) -> None:
        self.writer = writer
        self.theirs = theirs
        self.ours = Traced(writer.connection)
        here = {origin: number for number, origin in self.ours.held(put_aside=True).items()}
        held = self.held = theirs.held(put_aside=False)
        self.numbers = {entry: here[origin] for entry, origin in held.items() if origin in here}
        """The numbers in this book of their entries that it holds."""
        self.alone = self.ours.record.rows.keys() - {*self.numbers.values()}
        """The entries of this book that they lack."""
        self.left_out: Counter[str] = Counter()
        self.disputes: list[Dispute] = []
        self._stating = by_key(  # what was withdrawn with a reason stays so
            (self.ours.statement(entry), entry)
            for entry in sorted(self.alone - self.ours.record.undone)
        )
        writer.names.read_whole()
        self._waiting: list[Entry] = []
        self._aside: list[int] = []
        """What came and has to be put aside when its batch is written."""
        last = theirs.last_moment  # what they hold had happened by then, whatever day it is here
        until = max(writer.today, last.date()) if last else writer.today
        self._admission = Admission(writer, until)

    @cached_property
    def _here(self) -> dict[str, str]:
        """Who imports, and when: at a moment that no other batch has, so that it is one command."""
        sql = "SELECT 1 FROM batch WHERE recorded_at = :moment"
        moment = self.writer.moment(self.writer.begun(Command.IMPORT))
        while self.writer.connection.query(sql, moment=iso_moment(moment)):
            moment += timedelta(microseconds=1)
        return {"merged_by": self.writer.author, "recorded_at": iso_moment(moment)}

    def take(self, number: int, entries: list[int]) -> None:
        """Append the new entries of one of their batches, then put aside what does not count."""
        if not entries or self._leaves_out_whole(entries):
            return
        batch = self.theirs.record.batches[number]
        words = {
            **{name: getattr(batch, name) for name in ("command", "author", "utc_offset")},
            "origin": self.theirs.origins[entries[0]][0],
            "origin_at": iso_moment(written_at(batch)),
        }
        with self.writer.batch(Command.IMPORT, lambda: words | self._here):
            for entry in entries:
                self._entry(entry)
            self._flush()
        if self._aside:
            with self.writer.batch(Command.IMPORT, lambda: self._here):
                take_back(self.writer, Command.IMPORT, self._aside, STAYS)
            self._aside = []

    def _entry(self, entry: int) -> None:
        """Append one of their entries, or leave it out and count why."""
        said = said_again(self.theirs.record, entry)
        try:
            if ours := self._stated(entry, said):
                self.left_out[STATED] += 1
                self.alone.discard(ours)  # what they changed since comes
            elif said.kind is EntryKind.DECLARATION:
                self._declaration(entry, said)
            elif said.refers_to is not None:
                self._referring(entry, said)
            else:
                self._update(entry, said)
        except REFUSALS as error:
            is_lacking = isinstance(error, NotFound) and "name" in error.fields
            reason = error.fields["reason"] if "reason" in error.fields else reason_of(error)
            self.left_out[LACKING if is_lacking else f"because {reason}"] += 1

    def _write(self, entry: int, said: Entry) -> int:
        """Queue an entry, and return its number in this book."""
        self._waiting.append(said._replace(origin=self.theirs.origins[entry][1]))
        number = self.numbers[entry] = self.writer.next + len(self._waiting) - 1
        if said.outcome or said.refers_to or len(self._waiting) == CHUNK:
            self._flush()
        if said.outcome or said.refers_to:
            self.writer.names.forget(said.subject)
        return number

    def _flush(self) -> None:
        """Write the entries that wait for it."""
        held = holding(self.writer.connection, {entry.key for entry in self._waiting})
        nths = {key: max(nth for _, nth, _ in entries) for key, entries in held.items()}
        for place, entry in enumerate(self._waiting):
            nths[entry.key] = nths.get(entry.key, 0) + 1
            self._waiting[place] = entry._replace(nth=nths[entry.key])
        self.writer.append(Command.IMPORT, self._waiting)
        self._waiting = []

    def _stated(self, entry: int, said: Entry) -> int | None:
        """Return an entry that only this book has and that says the same; each is returned once.

        Verdicts and claims that two people logged are both kept.
        """
        by_file = self.theirs.record.entries[entry].command in (Command.APPLY, Command.IMPORT)
        is_gone = entry in self.theirs.record.retracted
        if is_gone or (said.kind is EntryKind.STAGE and not by_file):
            return None
        target = self.numbers.get(said.referent)
        candidates = self._stating.get(self.theirs.statement(entry), [])
        for number in candidates:
            if self.ours.record.rows[number].refers_to == target:
                candidates.remove(number)
                return int(number)
        return None

    def _update(self, entry: int, said: Entry) -> None:
        """Append an update, unless its subject or its deadline's outcome is another one here."""
        theirs = self.theirs.record.entries[entry]
        what = "deadline" if theirs.deadline else "concession" if theirs.concession else "agreement"
        said = self._admission.received(said, what)
        closing = self._admission.closing(said.subject) if said.outcome else None
        if closing is None:
            self._write(entry, said)
        elif entry not in self.theirs.record.retracted:
            self._dispute("closing", said.subject, closed(closing), closed(theirs))
            self._aside.append(self._write(entry, said))
        else:
            self.left_out[OTHERWISE] += 1

    def _referring(self, entry: int, said: Entry) -> None:
        """Append a retraction of an entry that came from them."""
        if not (number := self.numbers.get(said.referent)):
            self.left_out[LACKING] += 1
            return
        self._flush()
        (target,) = targets_of(self.writer, [number])
        self._write(entry, referring(said, target))

    def _declaration(self, entry: int, said: Entry) -> None:
        """Append a declaration; put it aside if this book alone declares the thing otherwise."""
        slug, what, space = said.subject, said.what, said.what.namespace
        before = version_in_force(self.writer, what, slug) or {}
        record = self.writer.names.record(slug, space)
        live = record.live_declarations(slug, space)
        is_aside = bool(live) and live[-1] in self.alone
        if not live:
            declared = record.declarations[record.numbers.get((space.value, slug), 0)]
            by = self.ours.record.retracted.get(declared[-1], 0) if declared else 0
            # What this book alone withdrew stays withdrawn, unless that was an undo.
            if by in self.alone and self.ours.record.entries[by].command is not Command.UNDO:
                self.left_out[LACKING] += 1
                return
        if is_aside:
            if self.theirs.record.live_declarations(slug, space)[-1:] != [entry]:
                self.left_out[OTHERWISE] += 1
                return
            here, there = apart(before, said.fields)
            self._dispute("declaration", slug, f"{here} (#{live[-1]})", f"{there} (#{entry})")
            before = {}
        require_fitting(self.writer, Declaring(what, slug, said.fields), before)
        written = self._write(entry, keyed(said))
        self._flush()
        if is_aside:
            self._aside.append(written)

    def _dispute(self, what: str, subject: str, ours: str, theirs: str) -> None:
        """List what this book says otherwise, which stays."""
        self.disputes.append(Dispute(what, subject, ours, theirs, "ours"))

    def _leaves_out_whole(self, entries: list[int]) -> bool:
        """Leave out a batch that withdraws what is in use here, or restores what does not fit."""
        referents = (self.theirs.record.entries[entry].referent for entry in entries)
        targets = targets_of(self.writer, map(self.numbers.get, referents))
        try:
            if any(target.kind in UNDATED for target in targets):
                require_sound(self.writer, [target.entry for target in targets])
        except REFUSALS:
            self.left_out[UNFIT] += len(entries)
            return True
        return False
