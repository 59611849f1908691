"""What is at risk, due or overdue on the weekly page."""

from collections.abc import Collection, Iterable, Sequence
from functools import partial

from tracker.groups import by_key
from tracker.reports.frame import announced_in_words, how_far, plural, said_in_words
from tracker.reports.status import TONES
from tracker.reports.view import View
from tracker.reports.weekly.figures import standing_figure
from tracker.reports.weekly.lines import givers_of, title_of
from tracker.reports.weekly.then import Due, Learnt
from tracker.rules.deadlines import DeadlinePosition
from tracker.tables import Column, Section, table
from tracker.vocabulary import DeadlineKind, Precision


def risk_sections(learnt: Learnt) -> list[Section]:
    """Return what is at risk since this week, by what it was given for."""
    view = learnt.view
    columns = [
        Column("Gives", lambda slug: givers_of(learnt, slug)),
        Column("Concession", lambda slug: title_of(learnt, slug), wraps=True, about=str),
        Column(
            "Now",
            lambda slug: view.judged.positions[slug].state,
            tone=lambda slug: TONES.get(view.judged.positions[slug].state),
        ),
    ]
    found = by_key((str(one.counterpart), one.concession) for one in learnt.new_risks)
    return [
        table(columns, own, f"New at risk: given for {_failed(view, of)}")._replace(bare=True)
        for of, own in found.items()
    ]


def _failed(view: View, slug: str) -> str:
    title = view.state.record.concessions[slug].title
    return f"{title}, now {view.judged.counterparts[slug].state}"


def coming_section(learnt: Learnt, most: int | None = None) -> Section:
    """Return what is due in the next 30 days, or the first few of it."""
    return _section(learnt, _together(learnt, learnt.near)[:most], "Next")


def overdue_section(learnt: Learnt, changed: Collection[str]) -> Section:
    """Return what has passed without an outcome, but for what is among the changes of this week."""
    left = (one for one in learnt.passed if _thing(one) not in changed)
    return _section(learnt, _together(learnt, left), "Overdue or outcome unknown")


def _thing(due: Due) -> str:
    """Return the slug of what passed: the concession whose term ended, or a deadline."""
    return due.concession if _ends(due) and due.concession else due.position.deadline.slug


def _ends(due: Due) -> bool:
    return due.position.deadline.kind is DeadlineKind.EXPIRY


def _together(learnt: Learnt, found: Iterable[Due]) -> list[list[Due]]:
    """Return deadlines by day; a giver's terms that end on one day are together."""

    def key(due: Due) -> tuple[object, ...]:
        is_term = _ends(due) and due.concession
        by = givers_of(learnt, due.concession) if is_term and due.concession else None
        return due.position.due_on, by or due.position.deadline.slug

    ordered = sorted(found, key=lambda due: (due.position.last, due.position.deadline.slug))
    return [*by_key((key(due), due) for due in ordered).values()]


def _section(learnt: Learnt, rows: Sequence[Sequence[Due]], title: str) -> Section:
    view = learnt.view

    def givers(row: Sequence[Due]) -> str:
        return givers_of(learnt, row[0].concession) if row[0].concession else ""

    columns = [
        Column("Day", lambda row: view.period(row[0].position.due_on), right=True),
        Column("Gives", givers, wraps=True),
        Column(
            "What",
            partial(_what, learnt),
            wraps=True,
            about=lambda row: row[0].position.deadline.slug,
            below=lambda row: "; ".join(_said(view, row[0])),
        ),
        Column("Left", lambda row: _left(view, row[0].position), right=True),
    ]
    return table(columns, rows, title)._replace(bare=True, in_groups=True)


def _said(view: View, due: Due) -> list[str]:
    """Return the other days that parties name."""
    if due.concession and _ends(due):
        return announced_in_words(view, due.concession)
    return said_in_words(view, due.position)


def _what(learnt: Learnt, row: Sequence[Due]) -> str:
    """Return what is due, with its count; or which terms end."""
    (position, concession), view = row[0], learnt.view
    slug, is_ahead = position.deadline.slug, position.ahead
    if len(row) > 1:
        titles = "; ".join(title_of(learnt, str(due.concession)) for due in row)
        return f"{len(row)} promises {'end' if is_ahead else 'ended'}: {titles}"
    if _ends(row[0]):
        many = len(view.ending_with.get(slug, ())) if is_ahead and not concession else 0
        with_it = f", with {many} {plural(many, 'promise', 'promises')}" if many else ""
        verb = "ends" if is_ahead else "ended"
        return f"{title_of(learnt, concession or slug)}: {verb}{with_it}"
    figure = standing_figure(view, position)
    return f"{title_of(learnt, slug)}: {figure}" if figure else title_of(learnt, slug)


def _left(view: View, position: DeadlinePosition) -> str:
    """Return how far away a day is; of the current month or year, only that it is current."""
    due_on = position.due_on
    is_running = due_on is not None and due_on.first <= view.clocks.as_of <= due_on.last
    if due_on and is_running and due_on.precision is not Precision.DAY:
        return f"this {due_on.precision}"
    return how_far(position.days_left or 0)
