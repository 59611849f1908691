"""A view for a whole site, which reads the journal once for all pages."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple, Self

from tracker.facts import Entry
from tracker.groups import by_key
from tracker.reports.history import standing
from tracker.reports.versions import Version, versions_of_concessions
from tracker.reports.view import View
from tracker.vocabulary import NEWS, Command, EntryKind

DAY = attrgetter("effective_on.last")


class Retracted(NamedTuple):
    """An update that no longer counts, and its retraction."""

    wrong: Entry
    by: Entry


class Whole(View):
    """A view that runs no statements per concession; views of earlier days share its journal."""

    last_made: dict[date, Self]

    @classmethod
    def of(cls, view: View) -> Self:
        """Return a view as a whole one."""
        whole = cls.__new__(cls)
        vars(whole).update(vars(view), last_made={})
        return whole

    def at(self, as_of: date) -> Self:
        """Return the view as of an earlier day; the latest one is cached.

        A week is compared with the week before it, whose page comes next.
        """
        if as_of not in self.last_made:
            other = super().at(as_of)
            vars(other).update(
                journal=self.journal, by_concession=self.by_concession, last_made=self.last_made
            )
            self.last_made.clear()
            self.last_made[as_of] = other
        return self.last_made[as_of]

    @cached_property
    def journal(self) -> list[Entry]:
        """Every entry, including declarations, by day."""
        return super().history(declared=True)

    @cached_property
    def by_concession(self) -> Mapping[str, list[Entry]]:
        """The entries on each concession and on what is declared under it."""
        return by_key((entry.concession, entry) for entry in self.journal if entry.concession)

    @cached_property
    def versions(self) -> Mapping[str, Sequence[Version]]:
        """The versions of each concession's declaration."""
        return versions_of_concessions(self)

    @cached_property
    def retracted(self) -> list[Retracted]:
        """The updates that were taken back after readers may have seen them, on things in view.

        An undo on the day of the entry is a typing mistake that no reader has seen.
        """
        entries = self.history()
        known, found = {entry.entry: entry for entry in entries}, []
        in_view = {*self.positions, *self.agreements}
        for by in entries:
            wrong = known.get(by.referent)
            is_live = by.kind is EntryKind.RETRACTION and by.retracted_by is None
            if not is_live or wrong is None or wrong.kind not in NEWS:
                continue
            is_typo = (
                by.command is Command.UNDO and wrong.recorded_at.date() == by.recorded_at.date()
            )
            if (wrong.concession or wrong.agreement) in in_view and not is_typo:
                found.append(Retracted(wrong, by))
        return found

    def told(self, slug: str) -> list[Entry]:
        """Return what counts of a concession, and what was retracted of it, struck through."""
        entries = self.history(slug)
        shown = {entry.entry for entry in standing(entries)}
        shown |= {entry.entry for pair in self.retracted for entry in pair}
        return [entry for entry in entries if entry.entry in shown]

    def history(
        self, slug: str | None = None, since: date = date.min, *, declared: bool = False
    ) -> list[Entry]:
        """Return the journal from a day on, for one concession or for all."""
        if slug is not None and slug not in self.concessions:
            return super().history(slug, since, declared=declared)
        entries = self.journal if slug is None else self.by_concession.get(slug, [])
        first = bisect_left(entries, since, key=DAY)
        last = bisect_right(entries, self.clocks.as_of, key=DAY)
        found = entries[first:last]
        return [entry for entry in found if declared or entry.kind is not EntryKind.DECLARATION]
