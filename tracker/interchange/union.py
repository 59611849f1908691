"""Brings another book into this one: appends what only the other one holds, batch by batch."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

from tracker.database.contents import contents
from tracker.dates import iso_moment
from tracker.declared import by_key
from tracker.entry import Entry
from tracker.errors import BadInput, NotFound, Refused, WrongUsage
from tracker.interchange.complaints import reason_of
from tracker.interchange.disputes import Dispute, apart, came_from_elsewhere, closed, of_verdicts
from tracker.interchange.otherbook import Origin, Traced
from tracker.journal.admission import Admission
from tracker.journal.batch import keyed, require_clock
from tracker.journal.consistency import (
    Declaring,
    require_fit_again,
    require_fitting,
    version_in_force,
)
from tracker.journal.corrections import referring, said_again, take_back, targets_of
from tracker.journal.writer import Writer
from tracker.record import Record, written_at
from tracker.vocabulary import Command, EntryKind, Namespace

STATED = "already stated the same way in this book"
DECLARED = "already declared the same way in this book"
LACKING = "about or naming what this book lacks"
WITHDRAWN = "about or naming what this book withdrew"
REFERRING = "referring to what was left out"
OTHERWISE = "declaring or closing what this book declares or closes otherwise"
IN_USE = "withdrawing what entries of this book rest on"
UNFIT = "bringing back what no longer fits into this book"
STAYS = "on import, what this book says stays"
"""The reason for which an import takes back a declaration or a closing that came with it."""

REFUSALS = (NotFound, Refused, BadInput, WrongUsage)
"""The errors that mean that an entry does not fit into this book."""


class United(NamedTuple):
    """What came from another book, what was left out and why, and what is in dispute."""

    entries: range
    authors: Mapping[str, int]
    """How many entries came of each author."""
    texts: int
    """How many kept texts came."""
    known: int
    """How many of its entries this book had."""
    left_out: Mapping[str, int]
    disputes: list[Dispute]


def unite(writer: Writer, theirs: Traced) -> United:
    """Append what only another book holds; the caller holds the write lock."""
    # Under a clock far ahead of ours, its entries would wrongly count as later.
    require_clock(theirs.last_moment, writer.now, theirs.name)
    first = writer.next
    union = Union(writer, theirs)
    union.require_true()
    known = len(union.numbers)
    for number, batch in groupby(theirs.own, key=lambda entry: theirs.record.rows[entry].batch):
        union.take(number, [entry for entry in batch if entry not in union.numbers])
    written = range(first, writer.next)
    record = Record(contents(writer.connection))
    came = [one for one in record.lines(written) if came_from_elsewhere(record, one)]
    authors = Counter(entry.author for entry in came)
    texts = sum(entry.kind is EntryKind.TEXT for entry in came)
    numbers = {ours: entry for entry, ours in union.numbers.items() if ours in written}
    disputes = [*union.disputes, *of_verdicts(record, numbers)]
    return United(written, authors, texts, known, union.left_out, disputes)


class Union:
    """One pass over the other book's batches."""

    def __init__(self, writer: Writer, theirs: Traced) -> None:
        self.writer = writer
        self.theirs = theirs
        self.ours = Traced(writer.connection)
        here: dict[Origin, int] = {
            origin: number
            for number, origin in self.ours.origins.items()
            if number not in self.ours.undone
        }
        self.numbers = {
            entry: here[origin] for entry, origin in theirs.own.items() if origin in here
        }
        """The numbers in this book of their entries that it holds."""
        self.alone = self.ours.record.rows.keys() - {*self.numbers.values()}
        """The entries of this book that they lack."""
        self.left_out: Counter[str] = Counter()
        self.disputes: list[Dispute] = []
        self._stating = by_key(
            (self.ours.statement(entry), entry)
            for entry in sorted(self.alone - self.ours.record.retracted.keys())
        )
        writer.names.read_whole()
        self._foreign: set[str] = set()
        """The slugs under which they declare another kind of thing than this book."""
        self._aside: list[int] = []
        """What came and has to be put aside when its batch is written."""
        last = theirs.last_moment  # what they hold had happened by then, whatever day it is here
        until = max(writer.today, last.date()) if last else writer.today
        self._admission = Admission(writer, until)

    @cached_property
    def _here(self) -> dict[str, str]:
        """Who imports, and when: at a moment that no other batch has, so that it is one command."""
        connection = self.writer.connection
        moment = self.writer.moment(self.writer.begun(Command.IMPORT))
        while connection.query("SELECT 1 FROM batch WHERE recorded_at = :moment", moment=moment):
            moment += timedelta(microseconds=1)
        return {"merged_by": self.writer.author, "recorded_at": iso_moment(moment)}

    def require_true(self) -> None:
        """Refuse a book that says something else than this one under the same origin."""
        for entry, number in self.numbers.items():
            if self.ours.testimony(number) != self.theirs.testimony(entry):
                raise Refused("forged origin", book=self.theirs.name, entry=entry, ours=number)

    def take(self, number: int, entries: list[int]) -> None:
        """Append the new entries of one of their batches, then put aside what does not count."""
        if not entries or self._leaves_out_whole(entries):
            return
        batch = self.theirs.record.batches[number]
        told = {
            **{name: getattr(batch, name) for name in ("command", "author", "utc_offset")},
            "origin": self.theirs.origins[entries[0]][0],
            "origin_at": iso_moment(written_at(batch)),
        }
        with self.writer.batch(Command.IMPORT, lambda: told | self._here):
            for entry in entries:
                self._entry(entry)
        if self._aside:
            with self.writer.batch(Command.IMPORT, lambda: self._here):
                take_back(self.writer, Command.IMPORT, self._aside, STAYS)
            self._aside = []

    def _entry(self, entry: int) -> None:
        """Append one of their entries, or leave it out and count why."""
        said = said_again(self.theirs.record, entry)
        try:
            if ours := self._stated(entry, said):
                is_declaration = said.kind is EntryKind.DECLARATION
                self.left_out[DECLARED if is_declaration else STATED] += 1
                if is_declaration:
                    self.alone.discard(ours)  # what they changed since comes
            elif said.kind is EntryKind.DECLARATION:
                self._declaration(entry, said)
            elif said.refers_to is not None:
                self._referring(entry, said)
            else:
                self._update(entry, said)
        except REFUSALS as error:
            if isinstance(error, NotFound) and "name" in error.fields:
                why = WITHDRAWN if self._withdrew(error.name) else LACKING
            else:
                why = f"because {error.reason if 'reason' in error.fields else reason_of(error)}"
            self.left_out[why] += 1

    def _write(self, entry: int, said: Entry) -> int:
        said = said._replace(nth=None, origin=self.theirs.origins[entry][1])
        self.numbers[entry] = self.writer.append(Command.IMPORT, [said]).start
        if said.outcome:
            self.writer.names.forget(said.subject)
        return self.numbers[entry]

    def _is_live(self, entry: int) -> bool:
        """Return whether one of their entries counts there."""
        return entry not in self.theirs.record.retracted

    def _stated(self, entry: int, said: Entry) -> int | None:
        """Return an entry that only this book has and that says the same; each is returned once.

        Verdicts and claims that two people logged are both kept.
        """
        by_file = self.theirs.record.entries[entry].command in (Command.APPLY, Command.IMPORT)
        if not self._is_live(entry) or (said.kind is EntryKind.STAGE and not by_file):
            return None
        target = self.numbers.get(said.referent)
        candidates = self._stating.get(self.theirs.statement(entry), [])
        for number in candidates:
            if self.ours.record.rows[number].refers_to == target:
                candidates.remove(number)
                return int(number)
        return None

    # --- updates ------------------------------------------------------------------------------

    def _update(self, entry: int, said: Entry) -> None:
        if said.subject in self._foreign:
            raise NotFound("no such thing", kind="thing", name=said.subject, known=())
        said = self._admission.received(said)
        closing = self._admission.closing(said.subject) if said.outcome else None
        if closing is None:
            self._write(entry, said)
        elif self._is_live(entry):
            here, there = closed(closing), closed(self.theirs.record.entries[entry])
            self.disputes.append(Dispute("closing", said.subject, here, there, "ours"))
            self._aside.append(self._write(entry, said))
        else:
            self.left_out[OTHERWISE] += 1

    def _referring(self, entry: int, said: Entry) -> None:
        """Append a retraction of an entry that came from them."""
        if not (number := self.numbers.get(said.referent)):
            self.left_out[REFERRING] += 1
            return
        (found,) = targets_of(self.writer, [number])
        self._write(entry, referring(said, found))
        self.writer.names.forget(found.subject)

    # --- declarations -------------------------------------------------------------------------

    def _declaration(self, entry: int, said: Entry) -> None:
        slug, what = said.subject, said.what
        space = what.namespace
        record = self.writer.names.record(slug, space)
        live = record.live_declarations(slug, space)
        if not live and self._withdrew(slug, space):
            self.left_out[WITHDRAWN] += 1
        elif live and live[-1] in self.alone:
            self._differing(entry, said, live[-1])
        else:
            before = record.declares(live[-1]) if live else {}
            self._require_declarable(Declaring(what, slug, said.fields), before)
            self._write(entry, keyed(said))

    def _require_declarable(self, declaring: Declaring, before: dict[str, Any]) -> None:
        """Refuse a declaration that does not fit with what this book declares."""
        try:
            version_in_force(self.writer, declaring.what, declaring.slug)
        except Refused:
            self._foreign.add(declaring.slug)
            raise
        require_fitting(self.writer, declaring, before)

    def _differing(self, entry: int, said: Entry, ours: int) -> None:
        """Put aside their declaration of what only this book declares so, if it counts there."""
        record, what = self.ours.record, said.what
        if self.theirs.record.live_declarations(said.subject, what.namespace)[-1:] != [entry]:
            self.left_out[OTHERWISE] += 1
            return
        here, there = apart(record.declares(ours), said.declares or {})
        sides = f"{here} (#{ours})", f"{there} (#{entry})"
        self.disputes.append(Dispute("declaration", said.subject, *sides, "ours"))
        self._require_declarable(Declaring(what, said.subject, said.fields), {})
        self._aside.append(self._write(entry, keyed(said)))

    def _withdrew(self, slug: str, *spaces: Namespace) -> bool:
        """Return whether this book alone retracted a thing, other than by an undo."""
        record = self.ours.record
        for space in spaces or Namespace:
            declared = record.declarations_of(slug, space)
            by = record.retracted.get(declared[-1]) if declared else None
            if by and by in self.alone and record.entries[by].command is not Command.UNDO:
                return True
        return False

    # --- batches that are left out whole ------------------------------------------------------

    def _leaves_out_whole(self, entries: list[int]) -> bool:
        """Leave out a batch that withdraws what is in use here, or restores what does not fit."""
        rows = self.theirs.record.rows
        targets = [rows[entry].refers_to for entry in entries if rows[entry].kind == "retraction"]
        kinds = {rows[entry].kind for entry in targets}
        if not kinds & {EntryKind.DECLARATION, EntryKind.RETRACTION}:
            return False
        before = Record(contents(self.writer.connection))
        after = before.without([self.numbers[one] for one in targets if one in self.numbers])
        lost = before.things_in_force - after.things_in_force
        if used := after.resting(lost):
            slug = after.slugs[min(set.union(*used.values()) & lost)]
            numbers = ", ".join(f"#{entry}" for entry in sorted(used)[:5])
            here = f"{numbers} {'rests' if len(used) == 1 else 'rest'} on it"
            there = f"withdrawn (#{entries[0]})"
            self.disputes.append(Dispute("withdrawal", slug, here, there, "ours"))
        else:
            try:
                require_fit_again(before, after)
            except REFUSALS:
                pass
            else:
                return False
        self.left_out[IN_USE if used else UNFIT] += len(entries)
        return True
