"""What was counted towards a target, or against a limit, in words."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tracker.entry import Entry
from tracker.quantities import Percent
from tracker.quantities import in_words as quantity
from tracker.reports.frame import amount
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.progress import FRESH_DAYS, Band, Progress, Series, fits, reaches, share
from tracker.tables import NOTHING, TIE, Flattened
from tracker.vocabulary import Basis, Bound, DeadlineVerdict, Precision

EARLIER_DAYS = 14
"""A count that is this many days older than the freshest one is shown with its day."""
NO_DATA = "no data"


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
    progress: Flattened[Progress]


def delivered(view: View, position: DeadlinePosition) -> Delivered:
    """Return progress towards the target of a deadline."""
    progress = view.judged.progress_of(position)
    band = progress.band or (None,) * len(Band._fields)
    target = (position.unit, position.bound, position.target, position.base)
    return Delivered._make((position.deadline.slug, *target, *band, progress))


def is_of(one: Series | Entry, entry: Entry) -> bool:
    """Return whether a reading belongs to a series."""
    return (one.counted_by, one.basis, one.unit) == (entry.counted_by, entry.basis, entry.unit)


# --- a target and one count -----------------------------------------------------------------------


def target_in_words(position: DeadlinePosition) -> str:
    """Return what is to be reached: `12 MMT`, `at most 15%`, `the cut from 27.5 to 15%`."""
    target = amount(position.target, position.unit)
    if position.is_limit:
        return f"at most {target}"
    is_cut = position.is_cut and position.base is not None
    return f"the cut from {quantity(position.base or Decimal())} to {target}" if is_cut else target


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
    return f"{percent.words}% of {target_in_words(position)}" if percent is not None else ""


def falls_short(view: View, position: DeadlinePosition) -> str | None:
    """Return how high the highest count is, if that is below the target."""
    short = view.judged.progress_of(position).short
    return None if short is None else highest_count(short)


def highest_count(high: Percent) -> str:
    """Return how high the highest count of a target is."""
    return f"the highest count is {high.words}% of the target"


def other_counts(
    position: DeadlinePosition, progress: Progress, own: Series, *, by_then: bool
) -> list[str]:
    """Return what other counters count that differs from one count: `METI 10%`.

    It has the same basis, and is recent: a target's total from another time need not be the same.
    """
    words = []
    for count in progress.counts:
        other = count.series if by_then else count.latest
        if not count.in_band or other is None or other.basis is not own.basis:
            continue
        is_near = abs((other.through - own.through).days) <= EARLIER_DAYS
        if other.value != own.value and (position.is_limit or is_near):
            words.append(f"{other.counted_by} {reached(position, other)}")
    return words


# --- all counts of a target -----------------------------------------------------------------------


def band_in_words(band: Band | None, unit: str | None) -> str:
    """Return the span of all counts: `0–83%`, `33%` if all agree, or a level, such as `15%`."""
    if band is None:
        return NO_DATA
    low, high = band.percent_low, band.percent_high
    if low is not None and high is not None:
        ends = [low] if low == high else [low, high]
        return f"{'–'.join(dict.fromkeys(one.words for one in ends))}%"
    level = amount(band.high, unit)
    return level if band.low == band.high else f"{quantity(band.low)}–{level}"


def so_far(view: View, concession: str) -> str:
    """Return how much a concession has delivered: `55–100%`, for a limit `12% (max 10%)`.

    `no data` is never 0%.
    """
    spans = []
    for position in view.judged.measured[concession]:
        span = band_in_words(view.judged.progress_of(position).band, position.unit)
        limit = f" (max {amount(position.target, position.unit)})" if position.is_limit else ""
        spans.append(f"{span}{limit}")
    return "; ".join(spans) or NOTHING


def figures_in_words(
    view: View, concession: str, in_words: Callable[[View, DeadlinePosition], str]
) -> str:
    """Return the targets of a concession in words; of several, each after its label."""
    found = [
        (one, words) for one in view.judged.measured[concession] if (words := in_words(view, one))
    ]
    if len(found) == 1:
        return found[0][1]
    return "; ".join(f"{position.deadline.label}: {words}" for position, words in found)


def in_brief(view: View, position: DeadlinePosition) -> str:
    """Return how much was delivered, and who counts what: `of 12 MMT, 58% sold (USDA), …`."""
    counts = view.judged.progress_of(position).counts
    own = [one.series for one in counts if one.in_band and one.series]
    ends = _ends(view, position, own)
    if len(ends) <= 1:
        words = _furthest(view, position, own)
    elif position.is_limit:
        words = f"{', '.join(ends)}, limit {amount(position.target, position.unit)}"
    else:
        words = f"of {target_in_words(position)}, {', '.join(ends)}"
    return "; ".join(filter(None, [words, excess_in_words(view, position)]))


def _ends(view: View, position: DeadlinePosition, counts: Sequence[Series]) -> list[str]:
    """Return the lowest and the highest count for a target in words, and an official one.

    That is the official count furthest along, so that a new count of shipments does not hide that
    of sales; for a limit, the latest. Equal counts are given once, with the official counter.
    """
    if len(counts) <= 1:
        return []
    series = sorted(counts, key=lambda one: one.value)
    furthest = max(series, key=lambda one: along(view, position, one))
    chosen = [one for one in series if one in (series[0], furthest, series[-1])]
    shown = {reached(position, one): one for one in (*chosen, furthest)}
    return [
        f"{words}{basis_in_words(one.basis)} ({_counter(view, one, counts)})"
        for words, one in shown.items()
    ]


def _counter(view: View, one: Series, counts: Sequence[Series]) -> str:
    """Return who counted, and the day of a count if that is old, or older than others."""
    newest = max(other.through for other in counts)
    is_old = (view.clocks.as_of - newest).days > FRESH_DAYS
    is_dated = is_old or (newest - one.through).days > EARLIER_DAYS
    return f"{one.counted_by}{f', {view.day(one.through)}' if is_dated else ''}"


def along(view: View, position: DeadlinePosition, one: Series) -> tuple[bool, bool, Decimal, date]:
    """Return the rank of a count: in the target's unit, official, how far along, and its day.

    How far a count for a limit is along does not matter.
    """
    fit = fits(position, one)
    far = share(position, one.value) if fit else None
    return fit, view.judged.is_official(one), far or Decimal(0), one.through


def furthest_in_words(view: View, position: DeadlinePosition) -> str:
    """Return the count for a target that is furthest along: `87% of 12 MMT sold (USDA)`."""
    if position.target is None:
        return ""
    counts = view.judged.progress_of(position).counts
    return _furthest(view, position, [one.latest for one in counts])


def _furthest(view: View, position: DeadlinePosition, counts: Sequence[Series]) -> str:
    early = () if counts else view.judged.progress_of(position).early
    own = [one for one in (*counts, *early) if fits(position, one)]
    target = f"of {target_in_words(position)}"
    if position.is_limit:
        target = f"limit {amount(position.target, position.unit)}"
    if not own:
        return f"{NO_DATA} ({target})"
    furthest = own[0]
    if len(own) > 1:  # false of most deadlines in a large book
        furthest = max(own, key=lambda one: along(view, position, one))
    words, basis = reached(position, furthest), basis_in_words(furthest.basis)
    counter = f"({_counter(view, furthest, own)})"
    if position.is_limit or not words.endswith("%"):
        return f"{words}{basis} {counter}{', before it binds' if early else ''}, {target}"
    return f"{words} {target}{basis} {counter}"


def excess_in_words(view: View, position: DeadlinePosition) -> str:
    """Return by how much a limit is exceeded, if it is: `over since 8 May, now by 10`."""
    progress = view.judged.progress_of(position)
    if progress.over_by is None:
        return ""
    disputed = "disputed: " if progress.disputed else ""
    by = quantity(progress.over_by.rounded)
    return f"{disputed}over since {view.day(progress.over_since)}, now by {by}"


# --- the title of a target ------------------------------------------------------------------------


def target_title(view: View, position: DeadlinePosition) -> str:
    """Return the target, its day and the band: `… by 28 Feb: 0–83%, depending on who counts`."""
    label, due = position.deadline.label, due_in_words(view, position)
    if len(view.state.agreements) > 1:
        label = f"{view.state.agreements[position.deadline.agreement].title} · {label}"
    if position.target is None:
        return f"{label} · no target, by {due}"
    title = f"{label} · {target_in_full(position)}{f' by {due}' if due else ''}"
    if position.verdict is DeadlineVerdict.WAITING:
        title = f"{title}; awaits {position.deadline.awaits}"
    words = _band_in_words(view, position)
    return f"{title} · {words}" if words else title


def _band_in_words(view: View, position: DeadlinePosition) -> str:
    """Return the span of recent counts; for a limit, whether it is exceeded."""
    progress = view.judged.progress_of(position)
    if progress.band is None:
        return ""
    if progress.exceeded or progress.disputed:
        return "exceeded" if progress.exceeded else "disputed"
    if position.is_limit:
        return "kept so far" if view.judged.window(position).last >= view.clocks.as_of else "kept"
    words = band_in_words(progress.band, position.unit)
    return f"{words}{', depending on who counts' if '–' in words else ''}"


def target_in_full(position: DeadlinePosition) -> str:
    """Return the target, the first one if it was restated and, unless it is a cut, the base."""
    first, base, noted = position.deadline.target, position.base, []
    if first is not None and position.target != first:
        noted.append(f"first{TIE}{quantity(first)}")
    if base is not None and (position.is_limit or not position.is_cut):
        noted.append(f"before: {quantity(base)}")
    words = target_in_words(position)
    return f"{words} ({', '.join(noted)})" if noted else words


def due_in_words(view: View, position: DeadlinePosition) -> str:
    """Return a deadline's current day and its slip; empty if it has no day."""
    if position.due_on is None:
        return ""
    moved = f" (moved {position.slip_days:+} d)" if position.slip_days else ""
    end = "" if position.due_on.precision is Precision.DAY else "the end of "
    return f"{end}{view.period(position.due_on)}{moved}"
