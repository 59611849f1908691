"""What changed between two points, and how each change came about."""

from tracker.compare import title_of
from tracker.reports.changes import CHANGE, ChangeRow, change_row, differences, in_words
from tracker.reports.frame import Contract, by_agreement, point, report
from tracker.reports.sources import Citations, cited_column
from tracker.reports.view import View
from tracker.tables import Column, Report, Section

DIFF = Contract(
    "diff",
    "What changed between two points, one row for each fact.",
    {"rows": CHANGE},
)


def diff(view: View, before: View) -> Report:
    """Report what differs from an earlier point, with how it came about."""
    rows = [change_row(change) for change in differences(before, view)]
    rows.sort(key=lambda row: (row.on, row.entries))
    citations = Citations(view)

    def marks(row: ChangeRow) -> str:
        return citations.public(
            key for entry in row.difference.entries for key in entry.source
        )

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
            marks,
            wraps=True,
            below=lambda row: row.note,
        ),
        Column("How", lambda row: row.kind, key="kind"),
        Column(
            "Entries",
            lambda row: " ".join(f"#{number}" for number in row.entries),
            wraps=True,
            key="entries",
        ),
    ]
    table = Section(columns, rows, "Changed", "nothing")
    sections = citations.of(by_agreement(view, table, lambda row: row.place_.agreement))
    title = f"changes after {point(before)}, up to {point(view)}"
    return report(view, DIFF, {"rows": rows}, sections, title=title)
