"""The parts of a week's page on what is at risk, due or overdue."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from tracker.dates import Period, dated
from tracker.facts import Deadline
from tracker.groups import by_key
from tracker.quantities import in_words as quantity
from tracker.reports.deadlines import DeadlineRow, title_or_label
from tracker.reports.delivered import in_brief, towards
from tracker.reports.frame import how_far, said_in_words
from tracker.reports.prose import (
    according_to,
    marked,
    quoted,
    sides_of_several,
    title_of_several,
)
from tracker.reports.shifts import in_prose
from tracker.reports.status import TONES
from tracker.reports.view import View
from tracker.rules.risk import Risk
from tracker.tables import Column, Section, table
from tracker.vocabulary import EVENTS, Bound, DeadlineKind, Precision

OVERDUE = "Overdue, or outcome unknown"


def at_risk_section(view: View, rows: Sequence[Risk]) -> Section:
    """Return what is at risk, each concession with its reasons, grouped by these."""
    reasons = by_key((row.concession, _why(view, row)) for row in rows)
    firsts = {why: place for place, (why, *_) in reversed([*enumerate(reasons.values())])}
    columns = [
        Column(
            "Concession",
            lambda slug: view.state.concessions[slug].title,
            wraps=True,
            about=str,
            below=lambda slug: "; ".join(reasons[slug]),
        ),
        Column("Gives → gets", view.parties_line, wraps=True),
        Column(
            "Now",
            lambda slug: view.judged.positions[slug].state,
            tone=lambda slug: TONES.get(view.judged.positions[slug].state),
        ),
    ]
    slugs = sorted(reasons, key=lambda slug: firsts[reasons[slug][0]])
    made = table(columns, slugs, f"At risk ({len(slugs)})")
    return made._replace(bare=True, in_groups=True)


def _why(view: View, row: Risk) -> str:
    if row.counterpart is None:
        return f"ends {view.period(row.on)}"
    return f"given for {quoted(view, row.counterpart)}, now {in_prose(row.because)}"


def _due_section(
    view: View, rows: Sequence[DeadlineRow], title: str, lines: Iterable[str]
) -> Section:
    """Return deadlines by day: what is due, its progress, and how its day was moved."""
    columns = [
        Column("Day", lambda row: view.period(row.due_on), right=True),
        Column("Left", lambda row: _left(view, row), right=True),
        Column("What", lambda row: _due_of(view, row), wraps=True,
               about=lambda row: row.concession, below=lambda row: _further(view, row)),
    ]  # fmt: skip
    return table(columns, rows, title)._replace(bare=True, lines=tuple(lines))


def coming_section(
    view: View, due: Sequence[DeadlineRow], begin: Sequence[DeadlineRow], title: str
) -> Section:
    """Return what is due, and below it the limits that begin to bind, each with its first day."""
    lines = (
        f"From {view.day(one.opens_on)}: {_quoted(view, one)}{_limit(view, one)}." for one in begin
    )
    return _due_section(view, due, f"{title} ({len(due) + len(begin)})", lines)


def _limit(view: View, row: DeadlineRow) -> str:
    """Return a limit: `, at most 15 %`; nothing if the title before it has this number."""
    figure, unit = quantity(row.target or Decimal()), str(row.unit)
    same = rf"(?<![\d.,]){re.escape(figure)}\s*{re.escape(unit)}"
    return "" if re.search(same, _named(view, row)[0]) else f", at most {figure} {unit}"


def overdue_section(view: View, rows: Sequence[DeadlineRow]) -> Section:
    """Return what passed without an outcome; terms that ended on one day share a line."""
    ended = by_key((row.due_on if row.kind is DeadlineKind.EXPIRY else None, row) for row in rows)
    passed = ended.pop(None, [])
    named = {on: [_ended(view, one) for one in own] for on, own in ended.items()}
    lines = (f"Ended {view.period(on)}: {', '.join(own)}." for on, own in named.items())
    return _due_section(view, passed, f"{OVERDUE} ({len(rows)})", lines)


def _ended(view: View, row: DeadlineRow) -> str:
    """Return whose term ended, and which other days parties named for its end."""
    position = view.judged.deadlines[row.deadline]
    is_own = row.concession == position.deadline.concession
    return marked(_quoted(view, row), *(said_in_words(view, position) if is_own else ()))


def _due_of(view: View, row: DeadlineRow) -> str:
    """Return what is due, marked if a term or a limit ends."""
    limit = "limit ends" if row.bound is Bound.AT_MOST else ""
    ends_term = view.ends_term(view.state.deadlines[row.deadline])
    return marked(*_named(view, row), "ends" if ends_term else limit)


def _quoted(view: View, row: DeadlineRow) -> str:
    named, *among = _named(view, row)
    return marked(f"“{named}”", *among)


def _named(view: View, row: DeadlineRow) -> tuple[str, ...]:
    """Return the title of what is delivered or ends, or the label of what happens on a day.

    What follows says which of several deliveries it is and, with several agreements, whose, unless
    its name says so.
    """
    if row.concession:
        own = view.state.deadlines[row.deadline]  # or its agreement's, with which its term ends
        which = own_label(view, own) if own.concession and row.kind not in EVENTS else ""
        return title_or_label(view, row), which, sides_of_several(view, row.concession)
    if view.ends_term(view.state.deadlines[row.deadline]):
        return (view.state.agreements[row.agreement].title,)
    return row.label, title_of_several(view, row.agreement)


def own_label(view: View, deadline: Deadline) -> str:
    """Return the label of an event, an early expiry or one of a concession's several deliveries.

    It is empty for any other deadline, and if all its words are in the title.
    """
    slug = str(deadline.concession)
    words = view.state.concessions[slug].title.casefold().split()
    delivered = [one.deadline for one in view.judged.owned[slug] if one.is_delivery]
    is_early = deadline.kind is DeadlineKind.EXPIRY and not view.ends_term(deadline)
    several = deadline in delivered and len(delivered) > 1
    needed = deadline.kind in EVENTS or several or is_early
    is_new = not {*deadline.label.casefold().split()} <= {*words}
    return deadline.label if needed and is_new else ""


def _left(view: View, row: DeadlineRow) -> str:
    """Return how far away a day is; of the current month or year, only that it is current."""
    if row.due_on and is_running(view, row.due_on):
        return f"this {row.due_on.precision}"
    return how_far(row.days_left or 0)


def is_running(view: View, due_on: Period) -> bool:
    """Return whether a month or a year, not a day, has begun and is not yet over."""
    runs = due_on.first <= view.clocks.as_of <= due_on.last
    return runs and due_on.precision is not Precision.DAY


def reached(view: View, row: DeadlineRow) -> str | None:
    """Return the progress towards a deadline's target, if it has one."""
    found = towards(view, view.judged.deadlines[row.deadline])
    return in_brief(view, found, named=True) if found else None


def _further(view: View, row: DeadlineRow) -> str | None:
    """Return what is delivered, the first day if it was moved, by whom, and what was said."""
    position = view.judged.deadlines[row.deadline]
    parts = [part for part in [reached(view, row)] if part]
    if row.slip_days:
        last = position.last_move
        on = f" {dated(last.effective_on, view.clocks.as_of)}" if last else ""
        by = according_to(view, position.moved_by)
        parts.append(f"first due {view.period(row.original_due_on)}, moved{on}{by}")
    parts += said_in_words(view, position)
    return "; ".join(parts) or None
