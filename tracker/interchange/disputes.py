"""What two books say otherwise, and which of it nobody has settled since an import."""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Annotated, Any, NamedTuple

from tracker.declared import by_key
from tracker.entry import Entry
from tracker.journal.corrections import DECIDED, DISPUTED, OUTRANKED, RESTORED, STAYS
from tracker.record import Record
from tracker.things import differing, in_words
from tracker.vocabulary import HIDDEN, Command, EntryKind


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

    entries: Annotated[range, HIDDEN]
    known: int
    """How many lines of the file, or entries of the other book, were there already."""
    taken_back: Annotated[int, HIDDEN]
    """How many of these are retracted by now, and are not restored."""
    left_out: int
    """How many declarations, kept texts, undone corrections and lines about them were left out."""
    skipped: list[Skipped]
    """How many rows a recipe left out, and why."""
    omitted: Mapping[str, int]
    """How many entries of another book were left out, and why."""
    omitted_about: Mapping[str, list[str]]
    """What the entries that were left out are about, by the reason."""
    disputes: list[Dispute]
    """What the two books say otherwise about one thing, and which of them counts."""
    saved: Sequence[Saved] = ()
    """The entries that came from a damaged book, with the numbers that they had there."""


def rival(record: Record, verdicts: list[Entry]) -> Entry | None:
    """Return the verdict of another book that differs from the last one, which counts, of a day.

    A verdict that somebody logged here when the other one was there settles the question, and so
    does a check of the concession since.
    """
    last = verdicts[-1]
    for other in verdicts[-2::-1]:
        came = [entry for entry in (last, other) if came_from_elsewhere(record, entry)]
        if other.stage is last.stage or other.author == last.author or not came:
            continue
        if last in came or last.entry < other.entry:
            latest = max(last.entry, other.entry)
            checks = record.live[EntryKind.CHECK].get(last.subject, [])
            here = (entry.entry for entry in checks if not came_from_elsewhere(record, entry))
            return None if max(here, default=0) > latest else other
    return None


def put_aside(record: Record) -> Iterator[tuple[Entry, Entry]]:
    """Yield each entry that an import put aside, and what took it back.

    What somebody took back as well is settled, and so is anything about which somebody here
    declared, closed, noted or checked something since, or recorded the like of it.
    """
    rows = record.rows.values() if record.is_merged else ()  # of a large book they take long
    aside = [row for row in rows if row.refers_to and row.note in (STAYS, DISPUTED)]
    if not aside:
        return
    live = [entry for entry in record.entries.values() if entry.retracted_by is None]
    here = [entry for entry in live if not came_from_elsewhere(record, entry)]
    settling = {(entry.subject, entry.kind): entry.entry for entry in here}
    by_hand = {entry.referent for entry in live if entry.note not in DECIDED}
    listed = set[int]()
    for row in aside:
        put, by = record.entries[row.refers_to], record.entries[row.id]
        kinds = (put.kind, *SETTLING)
        last = max(settling.get((put.subject, kind), 0) for kind in kinds)
        is_listed = put.entry in listed or by.retracted_by is not None
        if not (is_listed or last > by.entry or put.entry in by_hand):
            listed.add(put.entry)
            yield put, by


SETTLING = (EntryKind.DECLARATION, EntryKind.NOTE, EntryKind.CHECK)
"""What somebody records to settle what was put aside, besides another closing."""


def came_from_elsewhere(record: Record, entry: Entry) -> bool:
    """Return whether an entry came from another book."""
    batch = record.batches.get(entry.batch)
    return bool(batch and batch.origin_at)


def is_decision(batch: Any) -> bool:
    """Return whether an import itself wrote a batch, to put aside what it did not accept."""
    return bool(batch and batch.merged_by and batch.origin_at is None)


class Withdrawn(NamedTuple):
    """A thing that somebody withdrew, although entries rest on it that came from another copy."""

    slug: str
    by: Entry
    """The retraction of its last declaration."""
    resting: list[Entry]
    """The live entries that name it; they do not count."""


def withdrawn(record: Record) -> Iterator[Withdrawn]:
    """Yield each thing that is withdrawn although live entries rest on it.

    Whoever withdraws a thing takes back all that rests on it, so the other entries were recorded in
    a copy of the book. To declare it again, or to retract these, settles it.
    """
    if not record.is_merged:
        return
    declared = {thing for versions in record.versions.values() for thing in versions}
    gone = declared - record.things_in_force
    gone -= {thing for thing in gone if "://" in record.slugs[thing]}
    named = record.resting(gone) if gone else {}
    resting = by_key((thing, entry) for entry, things in named.items() for thing in things)
    for thing in sorted(resting):
        retractions = [record.retracted[entry] for entry in record.declarations[thing]]
        by_hand = [by for by in retractions if record.rows[by].note not in DECIDED]
        by = (by_hand or retractions)[-1]
        entries = [record.entries[entry] for entry in resting[thing]]
        yield Withdrawn(record.slugs[thing], record.entries[by], entries)


class Meeting:
    """Two books after one was brought into the other: what they say otherwise about one thing.

    Neither author knew what the other book alone held. Of two declarations or closings the one
    that was recorded later counts, in whichever book that was, so that all copies say the same.
    """

    def __init__(self, record: Record, alone: Set[int], came: Mapping[int, int]) -> None:
        self.record = record
        self.alone = alone
        """The entries that only this book had."""
        self.came = came
        """The numbers in the other book of those that only that one had."""
        self.aside: dict[str, list[int]] = {DISPUTED: [], OUTRANKED: [], RESTORED: []}
        """The entries to be taken back, by the reason."""
        self.disputes: list[Dispute] = []
        self._restore()
        if came:
            self._compare_declarations()
            self._compare_closings()
            self._compare_corrections()
            self._compare_changes_of_withdrawn_things()
            self.disputes += of_verdicts(record, came)

    def _is_across(self, entry: int, other: int) -> bool:
        """Return whether each of two entries was recorded without knowledge of the other."""
        return (entry in self.came and other in self.alone) or (
            entry in self.alone and other in self.came
        )

    def _dispute(self, what: str, subject: str, words: Mapping[int, str], counting: int) -> None:
        """List two entries, each with what it says; one of them counts, or neither."""
        ours, theirs = sorted(words, key=lambda entry: entry in self.came)
        counts = "theirs" if counting in self.came else "ours" if counting else "neither"
        here, there = f"{words[ours]} (#{ours})", f"{words[theirs]} (#{self.came[theirs]})"
        self.disputes.append(Dispute(what, subject, here, there, counts))

    def _restore(self) -> None:
        """Let a declaration or a closing count again if what counted instead was withdrawn."""
        record = self.record
        rows = [row for row in record.rows.values() if row.refers_to and row.note == DISPUTED]
        for row in rows:
            aside = record.entries[row.refers_to]
            if row.id in record.retracted or record.retracted[aside.entry] != row.id:
                continue
            if aside.kind is EntryKind.DECLARATION:
                thing = record.rows[aside.entry].subject_id
                rivals = [record.entries[entry] for entry in record.declarations[thing]]
                was_withdrawn = all(rival.retracted_by for rival in rivals)
            else:
                same = record.live[EntryKind.DEADLINE].get(aside.subject, [])
                rivals = [entry for entry in same if entry.outcome]
                was_withdrawn = not aside.outcome
            later = [
                rival
                for rival in rivals
                if rival.retracted_by is None
                and rival.author != aside.author
                and record.place(rival.entry) > record.place(aside.entry)
            ]
            if not (later or was_withdrawn):
                self.aside[RESTORED].append(row.id)

    def _compare_declarations(self) -> None:
        record = self.record
        declared = {record.rows[entry].subject_id for entry in self.came}
        for thing in sorted(declared & record.declarations.keys()):
            live = [entry for entry in record.declarations[thing] if entry not in record.retracted]
            recorded = [entry for entry in live if entry in self.came or entry in self.alone]
            if not recorded:
                continue
            last = recorded[-1]
            fields, author = record.declares(last), record.entries[last].author
            losing = [
                entry
                for entry in recorded
                if self._is_across(entry, last)
                and record.entries[entry].author != author
                and record.declares(entry) != fields
            ]
            if losing:
                self.aside[DISPUTED] += losing
                other, counting = apart(record.declares(losing[-1]), fields)
                words = {losing[-1]: other, last: counting}
                self._dispute("declaration", record.slugs[thing], words, last)

    def _compare_closings(self) -> None:
        record = self.record
        for slug, entries in record.live[EntryKind.DEADLINE].items():
            closings = [entry for entry in entries if entry.outcome]
            if len(closings) < 2:
                continue
            closings.sort(key=lambda closing: record.place(closing.entry))
            last = closings[-1]
            losing = [closing for closing in closings if self._is_across(closing.entry, last.entry)]
            for closing in losing:
                reason = OUTRANKED if closing.author == last.author else DISPUTED
                self.aside[reason].append(closing.entry)
            if losing and losing[-1].author != last.author:
                words = {closing.entry: closed(closing) for closing in (losing[-1], last)}
                self._dispute("closing", slug, words, last.entry)

    def _compare_corrections(self) -> None:
        """Put aside each correction of an entry that the other side withdrew."""
        record = self.record
        entries = [record.entries[row.id] for row in record.rows.values() if row.refers_to]
        live = [entry for entry in entries if entry.retracted_by is None]
        amending = {entry.referent: entry for entry in live if entry.command is Command.AMEND}
        made = {
            record.entries[row.id].batch: row.id
            for row in record.rows.values()
            if not row.refers_to and record.batches[row.batch].command == Command.AMEND
        }
        for by in live:
            amend = amending.get(by.referent)
            is_withdrawal = by.command not in (Command.AMEND, Command.IMPORT)
            if amend is None or not is_withdrawal or not self._is_across(by.entry, amend.entry):
                continue
            corrected = made.get(amend.batch)
            while corrected in amending:  # it was corrected again
                amend = amending[corrected]
                corrected = made.get(amend.batch)
            if corrected is None or corrected in record.retracted:
                continue
            is_own = by.author == amend.author
            if is_own and record.place(by.entry) < record.place(amend.entry):
                continue
            self.aside[OUTRANKED if is_own else DISPUTED].append(corrected)
            if not is_own:
                words = {by.entry: "withdrawn", corrected: "corrected"}
                self._dispute("correction", amend.subject, words, 0)

    def _compare_changes_of_withdrawn_things(self) -> None:
        """Put aside each change of a thing that the other side withdrew as a whole."""
        record = self.record
        for declarations in record.declarations.values():
            gone = [entry for entry in declarations if entry in record.retracted]
            live = [entry for entry in declarations if entry not in record.retracted]
            if not (gone and live):
                continue
            for known, unknown in ((self.came, self.alone), (self.alone, self.came)):
                theirs = [entry for entry in live if entry in unknown]
                others = [entry for entry in live if entry not in unknown]
                taking = [by for entry in gone if (by := record.retracted[entry]) in known]
                if not theirs or others or not taking:
                    continue
                last = record.entries[taking[-1]]
                if last.command is Command.UNDO:
                    continue
                for entry in theirs:
                    is_own = record.entries[entry].author == last.author
                    if is_own and record.place(last.entry) < record.place(entry):
                        continue
                    self.aside[OUTRANKED if is_own else DISPUTED].append(entry)
                    if not is_own:
                        words = {last.entry: "withdrawn", entry: "changed"}
                        slug = record.slugs[record.rows[entry].subject_id]
                        self._dispute("withdrawal", slug, words, last.entry)

    def list_withdrawn(self, record: Record) -> None:
        """List what is withdrawn, and rested on, in the book with what was put aside."""
        for slug, by, resting in withdrawn(record):
            numbers = [by.entry, *(entry.entry for entry in resting)]
            is_listed = ("withdrawal", slug) in {found[:2] for found in self.disputes}
            if is_listed or not any(number in self.came for number in numbers):
                continue
            first = resting[0].entry
            authors = " and ".join(dict.fromkeys(entry.author for entry in resting))
            rests = f"used by {authors} (#{self.came.get(first, first)})"
            is_theirs = by.entry in self.came
            took = f"withdrawn (#{self.came.get(by.entry, by.entry)})"
            ours, theirs = (rests, took) if is_theirs else (took, rests)
            counts = "theirs" if is_theirs else "ours"
            self.disputes.append(Dispute("withdrawal", slug, ours, theirs, counts))


def of_verdicts(record: Record, came: Mapping[int, int]) -> list[Dispute]:
    """Return where verdicts of one day differ: the one that was recorded later counts.

    `came` has the numbers in the other book of the entries that came from it.
    """
    disputes = []
    stages = (entry for entries in record.live[EntryKind.STAGE].values() for entry in entries)
    by_day = by_key(((entry.subject, entry.on), entry) for entry in stages if entry.is_verdict)
    for (slug, _), verdicts in by_day.items():  # the one that counts is the last
        last, other = verdicts[-1], rival(record, verdicts)
        if other is None or (last.entry in came) == (other.entry in came):
            continue
        ours, theirs = (other, last) if last.entry in came else (last, other)
        here, there = f"{ours.stage} (#{ours.entry})", f"{theirs.stage} (#{came[theirs.entry]})"
        counts = "theirs" if theirs is last else "ours"
        disputes.append(Dispute("verdict", slug, here, there, counts))
    return disputes


def closed(closing: Entry) -> str:
    """Return how an entry closes a deadline, in words."""
    return f"{closing.outcome} on {closing.effective_on}"


def apart(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> tuple[str, str]:
    """Return in which fields two declarations of a thing differ, and how."""
    here, there = (
        ", ".join(f"{name} '{in_words(words.get(name))}'" for name in differing(ours, theirs))
        for words in (ours, theirs)
    )
    return here, there
