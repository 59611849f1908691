"""What a week's page says of what is at risk, due or overdue."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from tracker.dates import Period, in_words, period_in_words
from tracker.reports.at_risk import AtRiskRow
from tracker.reports.deadlines import DeadlineRow
from tracker.reports.delivered import briefly
from tracker.reports.frame import distance, period, said_in_words
from tracker.reports.prose import the
from tracker.reports.view import View
from tracker.rules.risk import ENDS
from tracker.tables import NOTHING, Column, Section, table
from tracker.vocabulary import DeadlineKind

OVERDUE = "Overdue, or ended without a word"


def at_risk_section(view: View, rows: Sequence[AtRiskRow]) -> Section:
    """Return what is at risk, one line for each concession with all reasons."""
    reasons: dict[str, list[AtRiskRow]] = defaultdict(list)
    for row in rows:
        reasons[row.concession].append(row)
    near = view.clocks.as_of
    columns = [
        Column("Concession", lambda slug: view.concessions[slug].title, clips=True, about=str),
        Column("Gives → gets", lambda slug: view.parties_line(view.concessions[slug])),
        Column("Why", lambda slug: "; ".join(_why(one, near) for one in reasons[slug]), wraps=True),
    ]
    return table(columns, [*reasons], f"At risk ({len(reasons)})")._replace(bare=True)


def _why(row: AtRiskRow, near: date) -> str:
    if row.because == ENDS:
        return f"ends {in_words(row.on, near)}"
    return f"for {row.counterpart}, now {row.because}"


def due_section(view: View, rows: Sequence[DeadlineRow], title: str) -> Section:
    """Return deadlines by day: what is due, how far it is, and how its day was moved."""
    near = view.clocks.as_of
    columns = [
        Column("Day", lambda row: period_in_words(row.due_on, near) if row.due_on else NOTHING,
               right=True),
        Column("Left", lambda row: distance(row.days_left or 0), right=True),
        Column("What", lambda row: _due_of(view, row), clips=True,
               about=lambda row: row.concession, below=lambda row: _moved(view, row)),
        Column("Delivered", lambda row: _delivered(view, row), clips=True, sparse=True),
    ]  # fmt: skip
    return table(columns, rows, f"{title} ({len(rows)})")._replace(bare=True)


def overdue_section(view: View, rows: Sequence[DeadlineRow]) -> Section:
    """Return what has passed without an outcome; the terms that ended on one day share a line."""
    near = view.clocks.as_of
    ended: dict[Period | None, list[DeadlineRow]] = defaultdict(list)
    for row in rows:
        ended[row.due_on if row.kind is DeadlineKind.EXPIRY else None].append(row)
    passed = ended.pop(None, [])
    section = due_section(view, passed, OVERDUE)
    slugs = {on: [one.concession or one.agreement for one in own] for on, own in ended.items()}
    lines = tuple(
        f"Ended {period_in_words(on, near)}: {', '.join(own)}" for on, own in slugs.items() if on
    )
    return section._replace(title=f"{OVERDUE} ({len(rows)})", lines=lines)


def _due_of(view: View, row: DeadlineRow) -> str:
    """Return what is due, marked `(ends)` if it is the expiry of a concession."""
    what = view.concessions[row.concession].title if row.concession else row.label
    ends = row.kind is DeadlineKind.EXPIRY and row.concession
    return f"{what} (ends)" if ends else what


def _delivered(view: View, row: DeadlineRow) -> str:
    if row.concession is None or row.target is None:
        return NOTHING
    measured = view.measured_target(view.concessions[row.concession])
    same = measured is not None and measured.deadline.slug == row.deadline
    return briefly(view, row.concession) if same else NOTHING


def _moved(view: View, row: DeadlineRow) -> str | None:
    """Return the first day of a deadline that was moved, who moved it, and what else was said."""
    near = view.clocks.as_of
    parts = []
    if row.slip_days:
        moved = [one for one in row.moves if one.moves_it]
        by = f" by {the(view.short(moved[-1].says))}" if moved and moved[-1].says else ""
        on = f" on {in_words(moved[-1].announced_on, near)}" if moved else ""
        parts.append(f"first due {period(row.original_due_on, near)}, moved{by}{on}")
    parts += said_in_words(view, view.deadline_positions[row.deadline])
    return "; ".join(parts) or None
