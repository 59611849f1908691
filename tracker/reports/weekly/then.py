"""What a week is compared with: the book before it, without what was recorded in it."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any

from tracker.compare import Difference, Kind, What, compare
from tracker.dates import Week, shifted
from tracker.entry import Entry
from tracker.judged import HORIZON_DAYS, Judged, Risk
from tracker.record import SEED_AUTHOR, Record
from tracker.reports.changes import judged_with, place_of
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition, is_due_within
from tracker.state import State
from tracker.vocabulary import NEWS, Command, EntryKind

KEPT = ("party", "source", "agreement")
"""The kinds of things whose declaration is in both states: it is not news by itself."""
VERSIONED = (*KEPT, "concession", "deadline", "concession_party", "exchange", "source_text")
"""The tables whose rows an entry made."""


Due = tuple[DeadlinePosition, str | None]
"""A deadline, and the concession that is delivered or ends with it; None if none does."""


class Learnt:
    """A week: the views before and now, and what differs between them."""

    def __init__(self, view: View, of: Week) -> None:
        self.of = of
        self.record = view.state.record
        self.view = view
        rows, eve = _rows_of(self.record, of), view.clocks._replace(as_of=shifted(of.start, -1))
        self.retracted, self.declared = (
            [self.record.entries[row.id] for row in rows if row.kind == kind]
            for kind in (EntryKind.RETRACTION, EntryKind.DECLARATION)
        )
        left_out = _left_out(self.record, rows)
        record = _without(self.record, left_out) if left_out else self.record
        state = State(record, eve, view.state.agreement)
        self.before = View(state, view.choice)
        if view.choice.narrows:
            self.before.listed = view.listed

    @cached_property
    def differences(self) -> list[Difference]:
        """What differs, of the concessions that reports list."""
        found = compare(self.before.judged, self.view.judged)
        if not self.view.choice.narrows:
            return found
        return [one for one in found if self.concession_of(one.subject) in self.view.listed]

    @cached_property
    def passed_terms(self) -> set[str]:
        """The concessions whose state is another one only because their term ended."""
        terms, passed = self.view.judged.terms, (Kind.PASSED, What.STATE)
        found = {one.subject for one in self.differences if one[:2] == passed}
        return {slug for slug in found if slug in terms and terms[slug].deadline}

    def concession_of(self, slug: str) -> str | None:
        """Return the concession that a slug names, or whose deadline it names."""
        return place_of(self.before, self.view, slug).concession

    def about(self, one: Difference) -> str:
        """Return the concession that a difference is about, else its own subject."""
        return self.concession_of(one.subject) or one.subject

    def judged_with(self, slug: str) -> Judged:
        """Return the rules' answers about a concession or a deadline: now, else before."""
        return judged_with(self.before, self.view, slug)

    @cached_property
    def new_risks(self) -> list[Risk]:
        """What is at risk since this week, as what it was given for failed."""
        known = {(one.concession, one.counterpart) for one in self.before.at_risk}
        found = (one for one in self.view.at_risk if one.counterpart)
        return [one for one in found if (one.concession, one.counterpart) not in known]

    @cached_property
    def near(self) -> list[Due]:
        """What is due in the next 30 days."""
        found = (one for one in self.view.coming if is_due_within(one, HORIZON_DAYS))
        return [(one, one.deadline.concession) for one in found]

    @cached_property
    def passed(self) -> list[Due]:
        """What has passed without an outcome."""
        overdue = [(one, one.deadline.concession) for one in self.view.overdue]
        return [*overdue, *self.view.expired]

    @cached_property
    def headline(self) -> Entry | None:
        """The note that is the headline of the week: the latest recorded of those of its days."""
        state = self.view.state
        notes = (one for own in state.of_kind[EntryKind.NOTE].values() for one in own)
        found = (one for one in notes if one.headline and one.agreement in state.agreements)
        of_week = [one for one in found if self.of.start <= one.on <= self.of.end]
        return max(of_week, key=lambda one: one.entry, default=None)

    @property
    def corrected(self) -> list[Entry]:
        """What was recorded in the week to correct the book, and still does.

        To take back a retraction of the week corrects nothing.
        """
        of_week = {one.entry for one in self.retracted}
        again = [one for one in self.declared if self.record.before(one.entry)]
        left = [one for one in (*self.retracted, *again) if one.retracted_by is None]
        return [one for one in left if one.refers_to not in of_week]

    @property
    def added(self) -> list[str]:
        """The concessions that files declared in the week; those of a new book are not named."""
        return [
            one.subject
            for one in self.declared
            if one.command is Command.APPLY and one.author != SEED_AUTHOR and one.batch > 1
            if one.subject in self.view.listed_positions and not self.record.before(one.entry)
        ]


def _rows_of(record: Record, of: Week) -> list[Any]:
    """Return the rows that came into this book in a week, by the writer's clock."""
    came_at = {one.id: one.recorded_at + timedelta(minutes=one.utc_offset)
               for one in record.batches.values()}  # fmt: skip
    batches = {number for number, at in came_at.items() if of.start <= at.date() <= of.end}
    return [row for row in record.rows.values() if row.batch in batches] if batches else []


def _left_out(record: Record, rows: Sequence[Any]) -> set[int]:
    """Return the entries of a week, but for what counts as if it had been there before.

    That is what a file declares for the first time, with its updates, and a first import. What was
    taken back leaves no trace.
    """
    whole = {number for number in {row.batch for row in rows} if _is_whole(record, number)}

    def was_there(row: Any) -> bool:
        if row.id in record.retracted or row.kind == EntryKind.RETRACTION:
            return False
        if row.kind != EntryKind.DECLARATION or record.before(row.id):
            return row.batch in whole and row.kind != EntryKind.DECLARATION
        return row.batch in whole or record.declares(row.id)["what"] in KEPT

    return {row.id for row in rows if not was_there(row)}


def _is_whole(record: Record, number: int) -> bool:
    """Return whether a batch is of a file, or an import into a book that had no updates."""
    batch = record.batches[number]
    if batch.command in (None, Command.APPLY):
        return True
    if batch.command != Command.IMPORT and not batch.merged_by:
        return False
    first = next((row for row in record.rows.values() if row.kind in NEWS), None)
    return first is None or _import_of(record.batches[first.batch]) == _import_of(batch)


def _import_of(batch: Any) -> Any:
    """Return what the batches of one command have in common: an import's, their moment."""
    return batch.recorded_at if batch.merged_by else batch.id


def _without(record: Record, left_out: Iterable[int]) -> Record:
    """Return a record without some entries, and without what is about things so left out."""
    rows, gone = record.contents.rows, {*left_out}
    declared = [*rows["concession"], *rows["deadline"]]
    kept = {row.thing_id for row in declared if row.entry_id not in gone}
    lost = {row.thing_id for row in declared} - kept
    gone |= {row.id for row in rows["entry"] if {row.subject_id, row.concession_id} & lost}
    tables = {name: [row for row in rows[name] if row.entry_id not in gone] for name in VERSIONED}
    tables["exchange"] = [row for row in tables["exchange"] if row.in_return_for_id not in lost]
    tables["entry"] = [row for row in rows["entry"] if row.id not in gone]
    return Record(record.contents._replace(rows={**rows, **tables}), record.known)
