"""What was counted towards a target, or against a limit, in words."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tracker.quantities import FULL, Derived, Percent
from tracker.quantities import in_words as quantity
from tracker.reports.frame import amount, is_unread
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.progress import Series, fits, over_by, reaches, share
from tracker.vocabulary import Basis, Bound, DeadlineVerdict, EntryKind

NO_DATA = "no data"
REPORTED = "reported, not counted"
"""What stands for a count that is only known from pages that nobody opened."""


class FigureRow(NamedTuple):
    """What counts for a target or a limit: the latest count of one series."""

    deadline: str
    counted_by: str | None = None
    basis: Basis | None = None
    value: Decimal | None = None
    """The total, or the level; null without a count in the target's unit."""
    unit: str | None = None
    target: Decimal | None = None
    bound: Bound | None = None
    percent: Percent | None = None
    """The value in percent of the target, or of a cut: one decimal, no sign; a limit has none."""
    through: date | None = None
    """The last day that the count covers."""
    public_on: date | None = None
    """The day on which the count was made public."""
    over_by: Derived | None = None
    """By how much a limit is exceeded."""
    over_since: date | None = None
    """The day since which it has been exceeded."""


def figure_row(view: View, position: DeadlinePosition) -> FigureRow:
    """Return the figure of a target or a limit for programs."""
    row = FigureRow(
        position.slug,
        unit=position.unit,
        target=position.target,
        bound=position.bound,
    )
    figure = view.figure(position)
    if figure is None:
        return row
    series = figure.series
    return row._replace(
        counted_by=series.counted_by,
        basis=series.basis,
        value=series.value,
        percent=share(position, series.value),
        through=series.through,
        public_on=figure.public_on,
        over_by=over_by(position, series),
        over_since=figure.reached_on if position.is_limit else None,
    )


# --- a target and one count -----------------------------------------------------------------------


def target_in_words(position: DeadlinePosition) -> str:
    """Return what is to be reached: `12 MMT`, `at most 15%`, `the cut from 27.5 to 15%`."""
    target = amount(position.target, position.unit)
    if position.is_limit:
        return f"at most {target}"
    if position.is_cut and position.base is not None:
        return f"the cut from {quantity(position.base)} to {target}"
    return target


def basis_in_words(basis: Basis) -> str:
    """Return what was counted, after the count: ` sold`; nothing for a level."""
    return "" if basis in (Basis.OTHER, Basis.LEVEL) else f" {basis}"


def reached(position: DeadlinePosition, series: Series) -> str:
    """Return one count: in percent of a target, or its level below a limit."""
    percent = share(position, series.value) if fits(position, series) else None
    if percent is None:
        return amount(series.value, series.unit)
    return f"{percent.words}%" if percent else "none"


def against_target(position: DeadlinePosition, series: Series) -> str:
    """Return how a count compares with its target: `67% of 12 MMT`, `above the limit of 15%`.

    It is empty for a count in another unit.
    """
    if not fits(position, series):
        return ""
    if position.is_limit:
        where = "above" if reaches(position, series) else "within"
        return f"{where} the limit of {amount(position.target, position.unit)}"
    percent = share(position, series.value)
    return (
        f"{percent.words}% of {target_in_words(position)}" if percent is not None else ""
    )


def counter_in_words(view: View, series: Series) -> str:
    """Return who counted, and through which day: `USDA, 26 Feb`."""
    return f"{series.counted_by}, {view.day(series.through)}"


# --- the figure of a target -----------------------------------------------------------------------


def falls_short(view: View, position: DeadlinePosition) -> str | None:
    """Return what the figure is, if that is below the target."""
    figure = view.figure(position)
    percent = share(position, figure.series.value) if figure else None
    if figure is None or percent is None or percent >= FULL:
        return None
    return f"its figure is {figure_in_words(view, position)}"


def without_figure(view: View, position: DeadlinePosition) -> str:
    """Return what stands for a figure: `no data`, or a count in another unit, with who counted.

    A note of a count may rest on pages that nobody opened.
    """
    others = view.latest(position)
    if others:
        last = max((other.series for other in others), key=lambda series: series.through)
        counted = f"{amount(last.value, last.unit)}, {counter_in_words(view, last)}"
        return f"no count in {position.unit}; {counted}"
    notes = view.of_kind[EntryKind.NOTE].get(position.slug, ())
    return REPORTED if any(is_unread(view, note) for note in notes) else NO_DATA


def figure_in_brief(view: View, position: DeadlinePosition) -> str:
    """Return a figure for a column: `88%`; of a limit, `12% (max 10%)`. `no data` is never 0%."""
    figure = view.figure(position)
    words = (
        reached(position, figure.series) if figure else without_figure(view, position)
    )
    if position.is_limit:
        words += f" (max {amount(position.target, position.unit)})"
    return words


def figure_in_words(view: View, position: DeadlinePosition) -> str:
    """Return the figure of a target: `87% of 12 MMT sold (USDA, 1 Feb)`, `14% (…), limit 15%`."""
    if position.target is None:
        return ""
    target = target_in_words(position)
    figure = view.figure(position)
    if figure is None:
        return f"{without_figure(view, position)} ({target})"
    series = figure.series
    words = reached(position, series)
    who = f"{basis_in_words(series.basis)} ({counter_in_words(view, series)})"
    if not position.is_limit:
        return f"{words} of {target}{who}"
    return f"{words}{who}, {against_target(position, series)}"


def excess_in_words(view: View, position: DeadlinePosition) -> str:
    """Return by how much a limit is exceeded, if it is: `over since 8 May, now by 10`."""
    row = figure_row(view, position)
    if row.over_by is None:
        return ""
    return (
        f"over since {view.day(row.over_since)}, now by {quantity(row.over_by.rounded)}"
    )


def target_title(view: View, position: DeadlinePosition) -> str:
    """Return the target, its day and its figure: `… by 28 Feb · 88%, USDA, 26 Feb`."""
    deadline = position.deadline
    agreements = view.agreements
    parts = [agreements[deadline.agreement].title] if len(agreements) > 1 else []
    target = "no target" if position.target is None else target_in_words(position)
    if position.due_on:
        target += f" by {view.period(position.due_on)}"
    if position.verdict is DeadlineVerdict.WAITING:
        target += f"; awaits {deadline.awaits}"
    parts += [deadline.label, target]
    figure = view.figure(position)
    if figure:
        above = ", above the limit" if over_by(position, figure.series) else ""
        who = counter_in_words(view, figure.series)
        parts.append(f"{reached(position, figure.series)}{above}, {who}")
    return " · ".join(parts)
