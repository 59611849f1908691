"""What is at risk: given in return for something that failed, or about to end."""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from tracker.dates import Period
from tracker.groups import by_key
from tracker.reports.frame import counted, report, rows_of
from tracker.reports.grouping import grouped
from tracker.reports.prose import the_agreement
from tracker.reports.view import View
from tracker.rules.deadlines import is_due_within
from tracker.rules.risk import ENDS, risks
from tracker.tables import Column, Report, Section, table

HORIZON_DAYS = 30
"""How many days ahead pages and findings look for what is due or ends."""


class AtRiskRow(NamedTuple):
    """One concession at risk, in the words of the JSON contract."""

    concession: str
    receivers: tuple[str, ...]
    because: str
    """Why it is at risk: the counterpart's stage, or `ends`."""
    counterpart: str | None
    """The concession it was given in return for."""
    on: Period
    """The day the counterpart failed, or the day the term ends."""


AtRiskDocument = rows_of(
    "at-risk", AtRiskRow, "What is at risk, one row for each concession and reason."
)


def at_risk(view: View, within: int) -> Report:
    """Report the concessions at risk; a term of their own counts if it ends in `within` days."""
    rows = at_risk_rows(view, within)
    columns = [
        Column("Concession", lambda row: row.concession, wraps=True),
        Column("Loses", lambda row: view.shorts(row.receivers)),
        Column("Because", because_in_words, wraps=True),
        Column("On", lambda row: view.period(row.on), right=True),
        Column("Stage", lambda row: view.positions[row.concession].stage),
    ]
    sections = grouped(view, rows, partial(table, columns), "At risk")
    lines = tuple(_endings(view, within))
    rest = [Section(lines=lines)] if lines else []
    return report(view, AtRiskDocument(rows), [*sections, *rest], title="at risk")


def _endings(view: View, within: int) -> Iterator[str]:
    """Yield how much ends with an agreement, and so not with a term of its own."""
    found = by_key((one.position.deadline.slug, one.position) for one in view.endings)
    for end, *others in found.values():
        if end.deadline.concession is None and end.due_on and is_due_within(end, within):
            ends = counted(1 + len(others), "concession ends", "concessions end")
            whole = the_agreement(view, end.deadline.agreement)
            yield f"{ends} with {whole} {view.in_prose(end.due_on)}: see 'tracker cliff'."


def at_risk_rows(view: View, within: int) -> list[AtRiskRow]:
    """Return the concessions at risk, in the book's order, with terms that end within some days."""
    deadlines = view.deadline_positions.values()
    return [
        AtRiskRow(one.concession, view.concessions[one.concession].receivers, *one[1:])
        for one in risks(view.counterparts, view.exchanges, deadlines, within)
        if one.concession in view.listed_positions
    ]


def because_in_words(row: AtRiskRow) -> str:
    """Return why a concession is at risk."""
    if row.because == ENDS:
        return "its own term ends"
    return f"given in return for {row.counterpart}, which is {row.because}"
