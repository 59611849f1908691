"""What changed between two points, and how each change came about."""

from functools import partial
from typing import NamedTuple

from tracker.reports.changes import Between, ChangeRow
from tracker.reports.frame import grouped, point, report
from tracker.reports.sources import Citations, cited_column
from tracker.reports.view import View
from tracker.tables import Column, Report, table


class DiffDocument(NamedTuple):
    """What changed between two points, one row for each fact."""

    rows: list[ChangeRow]


def diff(view: View, before: View) -> Report:
    """Report what differs from an earlier point, with how it came about."""
    between = Between(before, view)
    citations = Citations(view)
    rows = sorted(between.rows, key=lambda row: (row.on, row.entries))
    columns = [
        Column("Day", lambda row: view.day(row.on), right=True),
        Column("About", lambda row: between.title(row.difference.subject), wraps=True,
               about=lambda row: row.difference.subject),
        cited_column(
            "Change",
            lambda row: between.in_words(row.difference),
            lambda row: citations.of(row.difference.entries),
            wraps=True,
            below=lambda row: row.note,
        ),
        Column("How", lambda row: row.kind, key="kind"),
        Column("Entries", lambda row: " ".join(f"#{number}" for number in row.entries), wraps=True),
    ]  # fmt: skip
    section = partial(table, columns, empty="nothing")
    groups = grouped(view, rows, section, "Changed")
    sections = [group._replace(in_groups=True) for group in groups]
    sections.append(citations.section())
    title = f"changes after {point(before)}, up to {point(view)}"
    return report(view, DiffDocument(rows), sections, title=title)
