"""How much of a target was delivered, or how a limit was kept: a cell of the status table."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tracker.quantities import Derived, Percent
from tracker.quantities import in_words as quantity
from tracker.reports.frame import amount, late_in_words
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.pace import Series, fits, share
from tracker.rules.progress import FRESH_DAYS, Band, Count, Progress
from tracker.tables import NOTHING, TIE
from tracker.vocabulary import Basis, Bound

EARLIER_DAYS = 14
"""A count that is this many days older than the freshest one is shown with its day."""

NO_DATA = "no data"


class Older(NamedTuple):
    """A count for a target that is not in the band: too old, or from before a limit binds."""

    counted_by: str
    basis: Basis
    value: Decimal
    through: date


class Delivered(NamedTuple):
    """How much of a target was delivered, or how a limit was kept, by recent counts.

    After a delivery's day, it is what had been counted by that day.
    """

    deadline: str
    unit: str
    bound: Bound
    target: Decimal
    base: Decimal | None
    low: Decimal | None = None
    """The lowest count."""
    high: Decimal | None = None
    """The highest count."""
    percent_low: Percent | None = None
    """The lowest count in percent of the target, or of a cut: one decimal, no sign."""
    percent_high: Percent | None = None
    """The highest count in percent of the target, or of a cut: one decimal, no sign."""
    through: date | None = None
    """The last day that the freshest count covers."""
    older: tuple[Older, ...] = ()
    """Counts too old to be compared with these."""
    reached_on: date | None = None
    """The first day of the present run at or beyond the target."""
    late_days: int | None = None
    """How many days late that was; 0 if it was in time."""
    over_by: Derived | None = None
    """By how much a limit is exceeded."""
    over_since: date | None = None
    """The day since which it has been exceeded."""
    early: tuple[Older, ...] = ()
    """Counts from before a limit binds: they count for nothing."""


def delivered(view: View, concession: str) -> tuple[Delivered, ...]:
    """Return progress towards the targets that a concession is measured against.

    There are several if they are due on one day.
    """
    found = (towards(view, position) for position in view.judged.measured[concession])
    return tuple(one for one in found if one)


def towards(view: View, position: DeadlinePosition) -> Delivered | None:
    """Return progress towards the target of a deadline, if it has one."""
    if position.target is None:
        return None
    deadline = position.deadline
    bound = deadline.bound or Bound.AT_LEAST
    target = (deadline.slug, str(position.unit), bound, position.target, position.base)
    if (progress := view.judged.progress.get(deadline.slug)) is None:
        return Delivered(*target)
    band = progress.band or (None,) * len(Band._fields)
    since = (progress.reached_on, progress.late_days, progress.over_by, progress.over_since)
    early = tuple(Older(*one[:3], one.through) for one in progress.early if fits(position, one))
    return Delivered._make((*target, *band, older_counts(progress), *since, early))


def older_counts(progress: Progress) -> tuple[Older, ...]:
    """Return the counts too old to be compared with the others."""
    return tuple(Older(*one[:3], one.through) for one in progress.older)


def each_in_words(
    view: View, figures: Iterable[Delivered], in_words: Callable[[View, Delivered], str]
) -> str:
    """Return one or several figures in words; of several, each after the label of its deadline."""
    labels = ((view.judged.deadlines[one.deadline].deadline.label, one) for one in figures)
    said = [(label, words) for label, one in labels if (words := in_words(view, one))]
    if len(said) == 1 or not said:
        return said[0][1] if said else ""
    return "; ".join(f"{label}: {words}" for label, words in said)


def so_far(figures: Iterable[Delivered]) -> str:
    """Return only how much was delivered: `55–100%`, or a level under a limit, such as `15%`."""
    return "; ".join(map(_so_far, figures)) or NOTHING


def _so_far(found: Delivered) -> str:
    if found.low is None or found.percent_low is not None:
        return _counted(found)
    level = amount(found.high, found.unit)
    return level if found.low == found.high else f"{quantity(found.low)}–{level}"


def delivered_in_words(view: View, found: Delivered, first: str = "") -> str:
    """Return what was delivered: `57–88% of 12 MMT (26 Feb); older: customs 0, 6 Jan`.

    Without a count it is never 0%; the day is shown unless recent. `first` is the first target, if
    it was restated.
    """
    what = target_in_words(found, first)
    said = _uncounted(view, found, what) if found.low is None else f"{_counted(found)} of {what}"
    return "; ".join([said + _through(view, found), *_further(view, found)])


def _uncounted(view: View, found: Delivered, what: str) -> str:
    """Return that there is no count, or what was counted before a limit binds."""
    if not found.early:
        return f"{NO_DATA} ({what})"
    counts = (
        f"{amount(one.value, found.unit)} on {view.day(one.through)} ({one.counted_by})"
        for one in found.early
    )
    return f"{', '.join(counts)}, before it binds ({what})"


def in_brief(view: View, found: Delivered) -> str:
    """Return how much was delivered, without older counts and remarks.

    If counts differ, it says who counts least and who most.
    """
    target = target_in_words(found)
    if found.low is None:
        return _uncounted(view, found, target)
    if found.low != found.high and len(ends := _ends(view, found)) > 1:
        counts = f"of {target}, {', '.join(ends)}"
        if found.bound is Bound.AT_MOST:
            limit = amount(found.target, found.unit)
            counts = f"{', '.join(ends)} against a limit of {limit}"
        return "; ".join([counts, *excess(view, found)])
    said = f"{_counted(found)} of {target}{_through(view, found, stands_alone=True)}"
    return "; ".join([said, *excess(view, found)])


def _ends(view: View, found: Delivered) -> list[str]:
    """Return the lowest and the highest count for a target in words, and an official one.

    That is the official count furthest along, so that a new count of shipments does not hide that
    of sales; for a limit, the latest. Equal counts are given once, with the official counter.
    """
    position = view.judged.deadlines[found.deadline]
    counts = [one.series for one in view.judged.progress[found.deadline].counts if one.in_band]
    series = sorted((one for one in counts if one), key=lambda one: one.delivered)
    furthest = sorted(series, key=lambda one: along(view, position, one))[-1]
    chosen = [one for one in series if one in (series[0], furthest, series[-1])]
    shown = {reached(position, one): one for one in (*chosen, furthest)}
    return [
        f"{reached}{basis_in_words(one.basis)} ({one.counted_by}{_day(view, found, one)})"
        for reached, one in shown.items()
    ]


def basis_in_words(basis: Basis) -> str:
    """Return what was counted, after the count: ` sold`; nothing for a level."""
    return "" if basis in (Basis.OTHER, Basis.LEVEL) else f" {basis}"


def along(view: View, position: DeadlinePosition, one: Series) -> tuple[bool, bool, Decimal, date]:
    """Return the rank of a count: in the target's unit, official, how far along, and its day.

    How far a count for a limit is along does not matter.
    """
    fit = fits(position, one)
    far = share(position, one.delivered) if fit else None
    return fit, view.judged.is_official(one), far or Decimal(0), one.through


def _day(view: View, found: Delivered, one: Series) -> str:
    """Return the day of a count that is not recent, or well before that of the freshest one."""
    is_earlier = found.through is not None and (found.through - one.through).days > EARLIER_DAYS
    return f", {view.day(one.through)}" if is_earlier or _through(view, found) else ""


def reached(position: DeadlinePosition, one: Series) -> str:
    """Return one count: in percent of a target, or its level below a limit."""
    found = share(position, one.delivered) if fits(position, one) else None
    if found is None:
        return amount(one.delivered, one.unit)
    return f"{found.words}%" if found else "none"


def by_then(position: DeadlinePosition, count: Count, day: str = "") -> str:
    """Return what a count from after a delivery's day was by then: ` (88% by the deadline)`."""
    if not position.past or count.latest.through <= position.last:
        return ""
    then = reached(position, count.series) if count.series else NO_DATA
    return f" ({then} by the deadline{day})"


def _through(view: View, found: Delivered, *, stands_alone: bool = False) -> str:
    """Return the day of the freshest count, unless it is recent and nothing older is said."""
    if found.through is None:
        return ""
    is_recent = (view.clocks.as_of - found.through).days <= FRESH_DAYS
    stands_alone = stands_alone or not (found.older or found.late_days)
    return "" if is_recent and stands_alone else f" ({view.day(found.through)})"


def target_in_words(found: Delivered, first: str = "") -> str:
    """Return a target, a limit or a cut with its unit."""
    target = amount(found.target, found.unit)
    if found.bound is Bound.AT_MOST:
        target = f"at most {target}"
    elif found.base is not None and found.target < found.base:
        target = the_cut(found.base, target)
    return f"{target}, {first}" if first else target


def first_target(position: DeadlinePosition) -> str:
    """Return the first target, if it was restated: `first 25`."""
    first = position.deadline.target
    if first is None or position.target in (None, first):
        return ""
    return f"first{TIE}{quantity(first)}"


def band_in_words(low: Percent, high: Percent) -> str:
    """Return a span of percentages: `0–83%`, or `33%` if all counts agree."""
    ends = [low] if low == high else [low, high]
    return f"{'–'.join(dict.fromkeys(one.words for one in ends))}%"


def the_cut(base: Decimal | None, target: str) -> str:
    """Return a target below its base: `the cut from 27.5 to 15%`."""
    return f"the cut from {quantity(base or Decimal())} to {target}"


def _counted(found: Delivered) -> str:
    if found.low is None or found.high is None:
        return NO_DATA
    low, high = found.percent_low, found.percent_high
    if low is None or high is None:
        return "–".join(dict.fromkeys([quantity(found.low), quantity(found.high)]))
    return band_in_words(low, high)


def _further(view: View, found: Delivered) -> list[str]:
    """Return remarks: a limit exceeded, a target reached late, older counts."""
    said = excess(view, found)
    if found.reached_on and found.late_days:
        said.append(f"reached {view.day(found.reached_on)}, {late_in_words(found.late_days)}")
    if found.older:
        counts = (f"{who} {quantity(value)}, {view.day(on)}" for who, _, value, on in found.older)
        said.append(f"older: {'; '.join(counts)}")
    return said


def excess(view: View, found: Delivered) -> list[str]:
    """Return by how much a limit is exceeded, if it is: `over by 10 since 8 May`.

    With counts from after that day, it is only the present excess.
    """
    if found.over_by is None:
        return []
    by, since = quantity(found.over_by.rounded), found.over_since
    disputed = "disputed: " if found.low is not None and found.low <= found.target else ""
    if since is None or since == found.through:
        return [f"{disputed}over by {by}{f' since {view.day(since)}' if since else ''}"]
    return [f"{disputed}over since {view.day(since)}, now by {by}"]
