"""A view for a whole site, which reads the journal once for all pages, and its main reports."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Self

from tracker.facts import Entry
from tracker.groups import by_key
from tracker.reports.claims import claims
from tracker.reports.cliff import cliff
from tracker.reports.deadlines import deadlines
from tracker.reports.gains import gains
from tracker.reports.history import history
from tracker.reports.pace import pace
from tracker.reports.sources import sources
from tracker.reports.status import status
from tracker.reports.versions import Version, versions_of_concessions
from tracker.reports.view import View
from tracker.tables import Report
from tracker.vocabulary import EntryKind

DAY = attrgetter("effective_on.last")


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
        return by_key((one.concession, one) for one in self.journal if one.concession)

    @cached_property
    def versions(self) -> Mapping[str, Sequence[Version]]:
        """The versions of each concession's declaration."""
        return versions_of_concessions(self)

    def history(
        self, slug: str | None = None, since: date = date.min, *, declared: bool = False
    ) -> list[Entry]:
        """Return the journal from a day on, for one concession or for all."""
        if slug is not None and slug not in self.concessions:
            return super().history(slug, since, declared=declared)
        entries = self.journal if slug is None else self.by_concession.get(slug, [])
        first = bisect_left(entries, since, key=DAY)
        last = bisect_right(entries, self.clocks.as_of, key=DAY)
        return [
            one for one in entries[first:last] if declared or one.kind is not EntryKind.DECLARATION
        ]


def answers(view: View) -> dict[str, Report]:
    """Return the reports from which all others follow; the history includes retracted entries."""
    return {
        "status": status(view),
        "gains": gains(view),
        "deadlines": deadlines(view),
        "pace": pace(view),
        "claims": claims(view),
        "cliff": cliff(view),
        "history": history(view, everything=True),
        "sources": sources(view),
    }
