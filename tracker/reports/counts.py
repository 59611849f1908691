"""What was counted towards a target, or against a limit, in words."""

from datetime import date
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from tracker.entry import Entry
from tracker.quantities import Percent
from tracker.quantities import in_words as quantity
from tracker.reports.frame import amount, is_unread
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.progress import Band, Progress, Series, fits, reaches, share
from tracker.tables import keys_of
from tracker.vocabulary import Basis, Bound, DeadlineVerdict, EntryKind

NO_DATA = "no data"
REPORTED = "reported, not counted"
"""What stands for a count that is only known from pages that nobody opened."""


class Delivered(NamedTuple):
    """How much of a target was delivered, or how a limit was kept, by recent counts.

    After a delivery's day, it is what had been counted by that day.
    """

    deadline: str
    unit: str | None
    bound: Bound | None
    target: Decimal | None
    base: Decimal | None
    low: Decimal | None
    """The lowest count."""
    high: Decimal | None
    """The highest count."""
    percent_low: Percent | None
    """The lowest count in percent of the target, or of a cut: one decimal, no sign."""
    percent_high: Percent | None
    """The highest count in percent of the target, or of a cut: one decimal, no sign."""
    through: date | None
    """The last day that the freshest count covers."""
    progress: Progress


SERIES = keys_of(Series, hidden=["unit", "sources", "entry"])
PROGRESS = keys_of(
    Progress,
    rows={"older": SERIES, "early": SERIES},
    hidden=["counts", "band", "all_reached_on", "exceeded", "disputed"],
)
DELIVERED = keys_of(Delivered, flat={"progress": PROGRESS})


def delivered(view: View, position: DeadlinePosition) -> Delivered:
    """Return progress towards the target of a deadline."""
    progress = view.state.progress_of(position)
    band = progress.band or (None,) * len(Band._fields)
    target = (position.unit, position.bound, position.target, position.base)
    return Delivered._make((position.deadline.slug, *target, *band, progress))


def is_of(one: Series | Entry, entry: Entry) -> bool:
    """Return whether a reading belongs to a series."""
    return (one.counted_by, one.basis, one.unit) == (
        entry.counted_by,
        entry.basis,
        entry.unit,
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


def falls_short(view: View, position: DeadlinePosition) -> str | None:
    """Return how high the highest count is, if that is below the target."""
    short = view.state.progress_of(position).short
    return None if short is None else highest_count(short)


def highest_count(high: Percent) -> str:
    """Return how high the highest count of a target is."""
    return f"the highest count is {high.words}% of the target"


def _no_count(view: View, position: DeadlinePosition) -> str:
    """Return what stands for a count: a note of it may rest on pages that nobody opened."""
    notes = view.state.of_kind[EntryKind.NOTE].get(position.deadline.slug, ())
    return REPORTED if any(is_unread(view, note) for note in notes) else NO_DATA


# --- all counts of a target -----------------------------------------------------------------------


def span_in_words(view: View, position: DeadlinePosition) -> str:
    """Return the span of recent counts: `0–83%`, `33%` if all agree, for a limit `12% (max 10%)`.

    `no data` is never 0%.
    """
    band = view.state.progress_of(position).band
    if band is None:
        words = _no_count(view, position)
    elif band.percent_low is not None and band.percent_high is not None:
        low = min(band.percent_low, band.percent_high).words
        high = max(band.percent_low, band.percent_high).words
        words = f"{high}%" if low == high else f"{low}–{high}%"
    else:
        words = amount(band.high, position.unit)
        if band.low != band.high:
            words = f"{quantity(band.low)}–{words}"
    return (
        f"{words} (max {amount(position.target, position.unit)})"
        if position.is_limit
        else words
    )


def so_far(view: View, concession: str) -> str:
    """Return how much a concession has delivered, of each target: `55–100% of 12 MMT`."""
    parts = list[str]()
    for position in view.measured[concession]:
        words = span_in_words(view, position)
        if not position.is_limit:
            target = f"of {target_in_words(position)}"
            is_counted = view.state.progress_of(position).band is not None
            words = f"{words} {target}" if is_counted else f"{words} ({target})"
        parts += filter(None, [words, excess_in_words(view, position)])
    return "; ".join(parts)


def excess_in_words(view: View, position: DeadlinePosition) -> str:
    """Return by how much a limit is exceeded, if it is: `over since 8 May, now by 10`."""
    progress = view.state.progress_of(position)
    if progress.over_by is None:
        return ""
    disputed = "disputed: " if progress.disputed else ""
    by = quantity(progress.over_by.rounded)
    return f"{disputed}over since {view.day(progress.over_since)}, now by {by}"


def along(
    view: View, position: DeadlinePosition, one: Series
) -> tuple[bool, bool, Decimal, date]:
    """Return the rank of a count: in the target's unit, official, how far along, and its day.

    How far a count for a limit is along does not matter.
    """
    fit = fits(position, one)
    far = share(position, one.value) if fit else None
    return fit, view.state.is_official(one), far or Decimal(0), one.through


def furthest_in_words(view: View, position: DeadlinePosition) -> str:
    """Return the count for a target that is furthest along: `87% of 12 MMT sold (USDA, 1 Feb)`."""
    if position.target is None:
        return ""
    progress = view.state.progress_of(position)
    target = f"of {target_in_words(position)}"
    if position.is_limit:
        target = f"limit {amount(position.target, position.unit)}"
    counts = [count.latest for count in progress.counts] or progress.early
    fitting = [count for count in counts if fits(position, count)]
    if not fitting:
        return f"{_no_count(view, position)} ({target})"
    furthest = max(fitting, key=lambda series: along(view, position, series))
    words = reached(position, furthest)
    by = f"({furthest.counted_by}, {view.day(furthest.through)})"
    counted = f"{basis_in_words(furthest.basis)} {by}"
    if position.is_limit:
        early = "" if progress.counts else ", before it binds"
        return f"{words}{counted}{early}, {target}"
    return f"{words} {target}{counted}"


def target_title(view: View, position: DeadlinePosition) -> str:
    """Return the target, its day and the band: `… by 28 Feb · 0–83%, depending on who counts`."""
    deadline = position.deadline
    agreements = view.state.agreements
    progress = view.state.progress_of(position)
    parts = [agreements[deadline.agreement].title] if len(agreements) > 1 else []
    target = "no target" if position.target is None else target_in_words(position)
    if position.due_on:
        target += f" by {view.period(position.due_on)}"
    if position.verdict is DeadlineVerdict.WAITING:
        target += f"; awaits {deadline.awaits}"
    parts += [deadline.label, target]
    if progress.exceeded:
        parts.append("exceeded")
    elif progress.disputed:
        parts.append("disputed")
    elif position.is_limit and progress.band:
        counted = chain.from_iterable(view.state.tracks(position))
        if any(reaches(position, series) for series in counted):
            parts.append("exceeded for a time")
        else:
            is_over = view.state.window(position).last < view.clocks.as_of
            parts.append("kept" if is_over else "kept so far")
    elif position.target is not None and progress.band:
        words = span_in_words(view, position)
        parts.append(f"{words}{', depending on who counts' if '–' in words else ''}")
    return " · ".join(parts)
