"""What changed between two points: days, entries, or both."""

from datetime import date
from functools import partial

from tracker.compare import Difference, compare
from tracker.dates import in_words
from tracker.groups import by_key
from tracker.reports.changes import ChangeRow, change_rows, changes_section
from tracker.reports.frame import report, rows_of
from tracker.reports.sources import Citations
from tracker.reports.view import View
from tracker.tables import Report

DiffDocument = rows_of("diff", ChangeRow, "What changed between two points, one row for each fact.")


def diff(before: View, view: View) -> Report:
    """Report what differs between two points, with how it came about."""
    differences = [one for one in compare(before.judged, view.judged) if _is_listed(view, one)]
    rows, citations = change_rows(before, view, differences), Citations(view)
    groups = by_key((row.agreement, (row, one)) for row, one in zip(rows, differences, strict=True))
    section = partial(changes_section, before, view, citations)
    sections = [section(own, _title(view, of)) for of, own in groups.items()]
    start, end = (_point(one, view) for one in (before, view))
    title, nothing = f"changes after {start}, up to {end}", section([], "Changed")
    sections = [*(sections or [nothing]), citations.section()]
    return report(view, DiffDocument(rows), sections, title=title)


def _title(view: View, agreement: str | None) -> str:
    """Return the title of the changes of one agreement, if several are in view, or of none."""
    if agreement is None:
        return "Changed · parties and sources"
    several = len(view.state.agreements) > 1
    return f"Changed · {_named(view, agreement)}" if several else "Changed"


def _named(view: View, agreement: str) -> str:
    found = view.state.agreements.get(agreement)
    return found.title if found else agreement


def _point(one: View, view: View) -> str:
    """Return a point in words: its day and, if the other point has another, its last entry."""
    day, last = in_words(one.clocks.as_of, date.min), one.state.record.last.entries
    return f"{day} (#{last})" if one.clocks.known != view.clocks.known else day


def _is_listed(view: View, one: Difference) -> bool:
    """Return whether a difference is about what the report lists."""
    if not view.choice.narrows:
        return True
    deadline = view.state.deadlines.get(one.subject)
    return (deadline.concession if deadline else one.subject) in view.listed_positions
