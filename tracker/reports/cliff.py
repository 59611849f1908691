"""The cliff: everything that ends on some day, and who loses if it is not renewed."""

from itertools import groupby
from typing import NamedTuple

from tracker.dates import Period
from tracker.reports.frame import how_far, report, rows_of
from tracker.reports.grouping import agreement_of
from tracker.reports.status import stage_in_words, status_row
from tracker.reports.view import View
from tracker.tables import Column, Report, Section, table
from tracker.vocabulary import EndingState


class CliffRow(NamedTuple):
    """One term that ends, in the words of the JSON contract."""

    ends_on: Period | None
    """The day the term ends."""
    deadline: str
    concession: str
    givers: tuple[str, ...]
    loses: tuple[str, ...]
    """The parties that lose if it is not renewed."""
    state: EndingState
    """Whether the end is ahead, or has passed with an unknown outcome."""


CliffDocument = rows_of(
    "cliff", CliffRow, "What ends, one row for each concession that has to be kept up."
)


def cliff(view: View) -> Report:
    """Report what ends on each expiry, or ended with an unknown outcome, grouped by day."""

    def agreement(row: CliffRow) -> str:
        return agreement_of(view, row) if len(view.agreements) > 1 else ""

    rows = [
        CliffRow(end.due_on, end.deadline.slug, slug, one.givers, one.receivers, state)
        for end, slug, state in view.endings
        for one in (view.concessions[slug],)
    ]
    columns = [
        Column("Concession", lambda row: row.concession, wraps=True),
        Column("Agreement", agreement, wraps=True, sparse=True),
        Column("What", lambda row: view.concessions[row.concession].title, wraps=True),
        Column("Stage", lambda row: _stage(view, row), wraps=True),
        Column("Gives", lambda row: view.shorts(row.givers)),
        Column("Loses", lambda row: view.shorts(row.loses)),
        Column("Deadline", lambda row: row.deadline, wraps=True),
    ]
    sections = [
        table(columns, list(of_day), f"{view.period(ends_on)} · {_left(view, ends_on)}")
        for ends_on, of_day in groupby(rows, key=lambda row: row.ends_on)
        if ends_on
    ]
    whose = "a selected" if view.choice.narrows else "a"
    reason = f"no term of {whose} concession is still running or has an unknown outcome"
    empty = Section("Ends", empty=reason)
    return report(view, CliffDocument(rows), sections or [empty])


def _stage(view: View, row: CliffRow) -> str:
    return stage_in_words(view, status_row(view, view.concessions[row.concession]))


def _left(view: View, ends_on: Period) -> str:
    days = (ends_on.last - view.clocks.as_of).days
    return how_far(days) if days >= 0 else f"{how_far(days)}, outcome unknown"
