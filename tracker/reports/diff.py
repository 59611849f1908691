"""What changed between two points, and how each change came about."""

from tracker.differences import title_of
from tracker.reports.changes import CHANGE, ChangeRow, change_row, differences, in_words
from tracker.reports.frame import Contract, by_agreement, point, report
from tracker.reports.sources import Citations, cited_column, sources_of
from tracker.reports.view import View
from tracker.tables import Column, Holds, Report, Section

DIFF = Contract(
    "diff",
    "What changed between two points, one row for each fact.",
    {"rows": CHANGE},
)


def diff(view: View, before: View) -> Report:
    """Report what differs from an earlier point, with how it came about."""
    rows = [change_row(change) for change in differences(before, view)]
    rows.sort(key=lambda row: (row.on, row.entries))
    groups = by_agreement(view, rows, "Changed")
    ordered = [
        entry for part, _ in groups for row in part for entry in row.difference.entries
    ]
    citations = Citations(view, sources_of(view, ordered))

    def entries_of(row: ChangeRow) -> str:
        return " ".join(f"#{number}" for number in row.entries)

    columns = [
        Column("Day", lambda row: view.day(row.on), right=True),
        Column(
            "About",
            lambda row: title_of(row.difference.state, row.difference.subject),
            wraps=True,
            about=lambda row: row.difference.subject,
        ),
        cited_column(
            "Change",
            lambda row: in_words(view, row.difference),
            lambda row: citations.marks(sources_of(view, row.difference.entries)),
            wraps=True,
            below=lambda row: row.note,
        ),
        Column("How", lambda row: row.kind, key="kind"),
        Column("Entries", entries_of, wraps=True, key="entries"),
    ]
    sections = [
        Section(columns, part, title, "nothing", in_groups=True, holds=Holds.PART)
        for part, title in groups
    ]
    sections.append(citations.section())
    title = f"changes after {point(before)}, up to {point(view)}"
    return report(view, DIFF, {"rows": rows}, sections, title=title)
