"""What two books say otherwise when one is brought into the other, and what an import did."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from tracker.entry import Entry
from tracker.interchange.unsettled import rival, withdrawn
from tracker.journal.corrections import DISPUTED, OUTRANKED, RESTORED
from tracker.record import Record
from tracker.rules.statuses import stated_by
from tracker.things import differing, in_words
from tracker.vocabulary import Command, EntryKind


class Dispute(NamedTuple):
    """What the two books say otherwise about one thing."""

    what: str
    """A `verdict`, a `declaration`, a `closing`, a `correction` or a `withdrawal`."""
    subject: str
    ours: str
    """What this book says."""
    theirs: str
    """What the other book says."""
    counts: str
    """Whose word counts until somebody settles it: `ours`, `theirs` or `neither`."""

    def __str__(self) -> str:
        """Return it as one line."""
        says = f"here {self.ours}, there {self.theirs}"
        return f"{self.what} of {self.subject}: {says}: {self.counts} counts"


class Skipped(NamedTuple):
    """The rows that a recipe left out for one reason."""

    reason: str
    """Why they were left out."""
    rows: int


class Saved(NamedTuple):
    """An entry that came from a damaged book."""

    entry: int
    """Its number in this book."""
    was: int
    """Its number in the damaged book."""


class Imported(NamedTuple):
    """What an import wrote, what the book held already, what was left out, and what is disputed."""

    entries: range
    known: int
    """How many lines of the file, or entries of the other book, were there already."""
    taken_back: int = 0
    """How many of these are retracted by now, and are not restored."""
    left_out: int = 0
    """How many declarations, kept texts, undone corrections and lines about them were left out."""
    skipped: Sequence[Skipped] = ()
    """How many rows a recipe left out, and why."""
    omitted: Mapping[str, int] = {}
    """How many entries of another book were left out, and why."""
    omitted_about: Mapping[str, list[str]] = {}
    """What the entries that were left out are about, by the reason."""
    disputes: Sequence[Dispute] = ()
    """What the two books say otherwise about one thing, and which of them counts."""
    saved: Sequence[Saved] = ()
    """The entries that came from a damaged book, with the numbers that they had there."""


class Conflict(NamedTuple):
    """What two books say otherwise: neither author knew what the other one had recorded."""

    what: str
    """As in a `Dispute`."""
    losing: list[Entry]
    """The entries that are put aside; the last one is listed."""
    against: Entry
    """The entry of the other book."""


class Meeting:
    """Two books after one was brought into the other: what they say otherwise about one thing.

    Neither author knew what the other book alone held. Of two declarations or closings the one
    that was recorded later counts, in whichever book that was, so that all copies say the same.
    """

    def __init__(
        self, record: Record, only_here: Set[int], arrived: Mapping[int, int]
    ) -> None:
        self.record = record
        self.only_here = only_here
        """The entries that only this book had."""
        self.arrived = arrived
        """The numbers in the other book of those that only that one had."""
        self.aside: dict[str, list[int]] = {DISPUTED: [], OUTRANKED: [], RESTORED: []}
        """The entries to be taken back, by the reason."""
        self.disputes: list[Dispute] = []
        self.aside[RESTORED] += self._restored()
        if not arrived:
            return
        for conflict in (
            *self._of_declarations(),
            *self._of_closings(),
            *self._of_corrections(),
            *self._of_changes(),
        ):
            self._settle(conflict)
        self._list_verdicts()

    def _is_across(self, entry: Entry, other: Entry) -> bool:
        """Return whether each of two entries was recorded without knowledge of the other."""
        if entry.entry in self.arrived:
            return other.entry in self.only_here
        return entry.entry in self.only_here and other.entry in self.arrived

    def _is_later(self, entry: Entry, other: Entry) -> bool:
        """Return whether an entry was recorded after another one, in whichever book."""
        return self.record.place(entry.entry) > self.record.place(other.entry)

    def _live(self, numbers: Iterable[int]) -> list[Entry]:
        """Return the entries with some numbers that count."""
        entries = [self.record.entries[number] for number in numbers]
        return [entry for entry in entries if entry.retracted_by is None]

    def _restored(self) -> Iterator[int]:
        """Yield what put aside a declaration or a closing that may count again.

        What counted instead was withdrawn.
        """
        record = self.record
        for row in record.rows.values():
            if row.note != DISPUTED or not row.refers_to or row.id in record.retracted:
                continue
            aside = record.entries[row.refers_to]
            if aside.retracted_by != row.id:
                continue
            if aside.kind is EntryKind.DECLARATION:
                rivals = self._live(
                    record.declarations[record.rows[aside.entry].subject_id]
                )
                was_withdrawn = not rivals
            else:
                same = record.live[EntryKind.DEADLINE].get(aside.subject, [])
                rivals = [entry for entry in same if entry.outcome]
                was_withdrawn = not aside.outcome
            others = [rival for rival in rivals if rival.author != aside.author]
            if not was_withdrawn and not any(
                self._is_later(rival, aside) for rival in others
            ):
                yield row.id

    def _of_declarations(self) -> Iterator[Conflict]:
        """Yield what two authors declared otherwise: the later declaration counts."""
        record = self.record
        declared = {record.rows[entry].subject_id for entry in self.arrived}
        for thing in sorted(declared & record.declarations.keys()):
            live = self._live(record.declarations[thing])
            apart = [
                e for e in live if e.entry in self.arrived or e.entry in self.only_here
            ]
            if not apart:
                continue
            last = apart[-1]
            fields = record.declares(last.entry)
            losing = [
                entry
                for entry in apart
                if self._is_across(entry, last)
                and entry.author != last.author
                and record.declares(entry.entry) != fields
            ]
            if losing:
                yield Conflict("declaration", losing, last)

    def _of_closings(self) -> Iterator[Conflict]:
        """Yield the closings of a deadline of which only the last one counts."""
        for entries in self.record.live[EntryKind.DEADLINE].values():
            closings = [entry for entry in entries if entry.outcome]
            if len(closings) < 2:
                continue
            last = max(closings, key=lambda closing: self.record.place(closing.entry))
            losing = [closing for closing in closings if self._is_across(closing, last)]
            if losing:
                losing.sort(key=lambda closing: self.record.place(closing.entry))
                yield Conflict("closing", losing, last)

    def _of_corrections(self) -> Iterator[Conflict]:
        """Yield each correction of an entry that the other side withdrew."""
        record = self.record
        referring = [row.id for row in record.rows.values() if row.refers_to]
        retractions = self._live(referring)
        correcting = {
            by.referent: by for by in retractions if by.command is Command.AMEND
        }
        corrected_in = {
            row.batch: row.id
            for row in record.rows.values()
            if not row.refers_to and record.batches[row.batch].command == Command.AMEND
        }
        for by in retractions:
            amend = correcting.get(by.referent)
            is_withdrawal = by.command not in (Command.AMEND, Command.IMPORT)
            if amend is None or not is_withdrawal or not self._is_across(by, amend):
                continue
            corrected = corrected_in.get(amend.batch)
            while corrected in correcting:  # it was corrected again
                amend = correcting[corrected]
                corrected = corrected_in.get(amend.batch)
            if corrected is None or corrected in record.retracted:
                continue
            if by.author != amend.author or self._is_later(by, amend):
                yield Conflict("correction", [record.entries[corrected]], by)

    def _of_changes(self) -> Iterator[Conflict]:
        """Yield each change of a thing that the other side withdrew as a whole."""
        record = self.record
        for declarations in record.declarations.values():
            changes = self._live(declarations)
            taken = [
                record.retracted[entry]
                for entry in declarations
                if entry in record.retracted
            ]
            for one_side, other_side in (
                (self.arrived, self.only_here),
                (self.only_here, self.arrived),
            ):
                withdrawals = [record.entries[by] for by in taken if by in one_side]
                is_across = all(change.entry in other_side for change in changes)
                if (
                    not withdrawals
                    or not is_across
                    or withdrawals[-1].command is Command.UNDO
                ):
                    continue
                last = withdrawals[-1]
                for change in changes:
                    if change.author != last.author or self._is_later(last, change):
                        yield Conflict("withdrawal", [change], last)

    def _settle(self, conflict: Conflict) -> None:
        """Put aside what does not count, and list it unless its author has replaced it."""
        for entry in conflict.losing:
            is_own = entry.author == conflict.against.author
            self.aside[OUTRANKED if is_own else DISPUTED].append(entry.entry)
        if conflict.losing[-1].author != conflict.against.author:
            self._list(conflict.what, conflict.losing[-1], conflict.against)

    def _list(self, what: str, losing: Entry, counting: Entry) -> None:
        """List two entries, each with what it says: the second one counts, or neither does."""
        fields = list[str]()
        if what == "declaration":
            declared = self.record.declares
            fields = [*differing(declared(losing.entry), declared(counting.entry))]
        ours, theirs = losing, counting
        counts = "theirs"
        if losing.entry in self.arrived:
            ours, theirs = counting, losing
            counts = "ours"
        here = f"{self._said(what, ours, fields)} (#{ours.entry})"
        there = f"{self._said(what, theirs, fields)} (#{self.arrived[theirs.entry]})"
        counts = "neither" if what == "correction" else counts
        self.disputes.append(Dispute(what, losing.subject, here, there, counts))

    def _said(self, what: str, entry: Entry, fields: Sequence[str]) -> str:
        """Return in words what an entry says in a dispute, of a declaration in some fields."""
        if what == "verdict":
            return stated_by(entry).value
        if what == "closing":
            return f"{entry.outcome} on {entry.effective_on}"
        if what == "declaration":
            declared = self.record.declares(entry.entry)
            return ", ".join(
                f"{name} '{in_words(declared.get(name))}'" for name in fields
            )
        done = "corrected" if what == "correction" else "changed"
        if entry.kind is EntryKind.RETRACTION:
            done = "retracted" if what == "correction" else "withdrawn"
        return f"{done} by {entry.author}"

    def _list_verdicts(self) -> None:
        """List where verdicts of one day differ: the one that was recorded later counts."""
        record = self.record
        of_day: dict[tuple[str, Any], list[Entry]] = {}
        for entries in record.live[EntryKind.STAGE].values():
            for entry in entries:
                if entry.is_verdict:
                    of_day.setdefault((entry.subject, entry.on), []).append(entry)
        for verdicts in of_day.values():
            last = verdicts[-1]
            other = rival(record, verdicts)
            if other and (last.entry in self.arrived) != (other.entry in self.arrived):
                self._list("verdict", other, last)

    def list_withdrawn(self, record: Record) -> None:
        """List what is withdrawn, and rested on, in the book with what was put aside."""
        listed = {
            dispute.subject for dispute in self.disputes if dispute.what == "withdrawal"
        }
        for slug, by, resting in withdrawn(record):
            numbers = [by.entry, *(entry.entry for entry in resting)]
            if slug in listed or self.arrived.keys().isdisjoint(numbers):
                continue
            first = resting[0].entry
            authors = " and ".join(dict.fromkeys(entry.author for entry in resting))
            used = f"used by {authors} (#{self.arrived.get(first, first)})"
            taken = f"withdrawn by {by.author} (#{self.arrived.get(by.entry, by.entry)})"
            if by.entry in self.arrived:
                dispute = Dispute("withdrawal", slug, used, taken, "theirs")
            else:
                dispute = Dispute("withdrawal", slug, taken, used, "ours")
            self.disputes.append(dispute)
            listed.add(slug)
