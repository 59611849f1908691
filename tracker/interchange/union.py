"""Brings another book into this one: appends what only the other one holds, batch by batch."""

from collections import defaultdict
from datetime import timedelta
from functools import cached_property
from itertools import groupby

from tracker.database.contents import contents
from tracker.dates import iso_moment
from tracker.declared import by_key, written_at
from tracker.entry import Entry
from tracker.errors import BadInput, NotFound, Refused, WrongUsage
from tracker.interchange.disputes import Imported, Meeting
from tracker.interchange.lines import reason_of
from tracker.interchange.otherbook import Traced
from tracker.journal.admission import Admission
from tracker.journal.batch import AT_ONCE, keyed, require_clock
from tracker.journal.consistency import Declaring, require_possible, version_in_force
from tracker.journal.corrections import referring, said_again, take_back, targets_of
from tracker.journal.writer import Writer
from tracker.record import Record
from tracker.things import REFERENCES
from tracker.vocabulary import Command, EntryKind, ThingKind

STATED = "already stated the same way in this book"
LACKING = "about or naming what this book lacks"

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
    came = {ours: entry for entry, ours in union.numbers.items() if ours >= first}
    meeting = Meeting(Record(contents(writer.connection)), union.alone, came)
    union.put_aside(meeting)
    meeting.list_withdrawn(Record(contents(writer.connection)) if came else meeting.record)
    omitted = {reason: len(slugs) for reason, slugs in union.left_out.items()}
    about = {
        reason: sorted({*slugs}) for reason, slugs in union.left_out.items() if reason != STATED
    }
    written = range(first, writer.next)
    return Imported(written, known, 0, 0, [], omitted, about, meeting.disputes)


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
        self.left_out: defaultdict[str, list[str]] = defaultdict(list)
        """What the entries that were left out are about, by the reason."""
        self.alone = self.ours.record.rows.keys() - {*self.numbers.values()}
        """The entries of this book that they lack."""
        self._stating = by_key(  # what was withdrawn with a reason stays so
            (self.ours.statement(entry), entry)
            for entry in sorted(self.alone - self.ours.record.undone)
        )
        self._declared = {
            (what, self.ours.record.slugs[thing])
            for what, things in self.ours.record.versions.items()
            for thing in things
        }
        """What this book has ever declared: withdrawn things, too."""
        writer.names.read_whole()
        self._waiting: list[Entry] = []
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
        """Append the new entries of one of their batches."""
        if not entries:
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

    def put_aside(self, meeting: Meeting) -> None:
        """Retract what does not count, or not until somebody settles it, as one more batch."""
        with self.writer.batch(Command.IMPORT, lambda: self._here):
            for reason, numbers in meeting.aside.items():
                take_back(self.writer, Command.IMPORT, sorted({*numbers}), reason)

    def _entry(self, entry: int) -> None:
        """Append one of their entries, or leave it out and note why."""
        said = said_again(self.theirs.record, entry)
        try:
            if self._is_stated(entry, said):
                self.left_out[STATED].append(said.subject)
            elif said.kind is EntryKind.DECLARATION:
                self._declaration(entry, said)
            elif said.refers_to is not None:
                self._referring(entry, said)
            else:
                self._update(entry, said)
        except REFUSALS as error:
            is_lacking = isinstance(error, NotFound) and "name" in error.fields
            reason = error.fields["reason"] if "reason" in error.fields else reason_of(error)
            self.left_out[LACKING if is_lacking else f"because {reason}"].append(said.subject)

    def _write(self, entry: int, said: Entry) -> int:
        """Queue an entry, and return its number in this book."""
        self._waiting.append(said._replace(origin=self.theirs.origins[entry][1]))
        number = self.numbers[entry] = self.writer.next + len(self._waiting) - 1
        if said.refers_to or len(self._waiting) == AT_ONCE:
            self._flush()
        if said.refers_to:
            self.writer.names.forget(said.subject)
        return number

    def _flush(self) -> None:
        """Write the entries that wait for it."""
        self.writer.append(Command.IMPORT, self._waiting)
        self._waiting = []

    def _is_stated(self, entry: int, said: Entry) -> bool:
        """Return whether an entry that only this book has says the same; each is found once.

        Verdicts and claims that two people logged are both kept. What this book withdrew says
        nothing, unless both were read from a file.
        """
        by_file = self.theirs.record.entries[entry].command in (Command.APPLY, Command.IMPORT)
        is_gone = entry in self.theirs.record.retracted
        if is_gone or (said.kind is EntryKind.STAGE and not by_file):
            return False
        target = self.numbers.get(said.referent)
        candidates = self._stating.get(self.theirs.statement(entry), [])
        for number in candidates:
            is_live = by_file or number not in self.ours.record.retracted
            if is_live and self.ours.record.rows[number].refers_to == target:
                candidates.remove(number)
                self.alone.discard(number)  # what they changed since, they changed knowing it
                return True
        return False

    def _update(self, entry: int, said: Entry) -> None:
        """Append an update of something that this book declares, or has withdrawn."""
        theirs = self.theirs.record.entries[entry]
        self._admission.require_past(said.effective_on)
        if said.kind is not EntryKind.TEXT:
            is_concession = theirs.concession == said.subject
            of_agreement = ThingKind.CONCESSION if is_concession else ThingKind.AGREEMENT
            what = ThingKind.DEADLINE if theirs.deadline else of_agreement
            self._require_declared(what, said.subject)
        if said.says:
            self._require_declared(ThingKind.PARTY, said.says)
        for source in said.source:
            self._require_declared(ThingKind.SOURCE, source)
        if said.kind is EntryKind.READING and self.writer.names.find(said.subject):
            said = self._admission.completed(said, None)  # in the spelling of its series
        self._write(entry, keyed(said)._replace(concession=theirs.concession))

    def _referring(self, entry: int, said: Entry) -> None:
        """Append a retraction of an entry that this book has."""
        if not (number := self.numbers.get(said.referent)):
            self.left_out[LACKING].append(said.subject)
            return
        self._flush()
        (target,) = targets_of(self.writer, [number])
        self._write(entry, referring(said, target))

    def _declaration(self, entry: int, said: Entry) -> None:
        """Append a declaration, unless this book cannot hold it."""
        slug, what = said.subject, said.what
        before = version_in_force(self.writer, what, slug)
        for field, kind in REFERENCES.items():
            named = said.fields.get(field, ())
            for other in [named] if isinstance(named, str) else named:
                if field != "in_return_for":
                    self._require_declared(kind, other)
        require_possible(self.writer, Declaring(what, slug, said.fields), before)
        self._write(entry, keyed(said))
        self._flush()
        self._declared.add((what, slug))

    def _require_declared(self, what: ThingKind, slug: str) -> None:
        """Refuse what this book has never declared; an address need not be."""
        is_address = what is ThingKind.SOURCE and "://" in slug
        if not is_address and (what, slug) not in self._declared:
            raise NotFound("no such thing", kind=what.value, name=slug, known=())
