"""Warnings about what was just recorded: likely mistakes, and what an entry does not do."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tracker.declared import value_of
from tracker.entry import Entry
from tracker.quantities import in_words as quantity
from tracker.record import SEED_AUTHOR
from tracker.reports.counts import falls_short, is_of
from tracker.reports.frame import joined
from tracker.reports.view import View
from tracker.rules.progress import share
from tracker.vocabulary import (
    Basis,
    Command,
    EntryKind,
    Outcome,
    Precision,
    Stage,
)

FAR_BEYOND = Decimal(150)
"""A figure above this percentage of its target is likely to be in another unit."""
ALIKE = 0.8
"""How alike the names of two counters are that are likely to be the same one."""
SOON = 14
"""Within how many days of an event its source is usually published."""
TWO_LOTS = "two lots of one day are one entry, or have a counter or basis of their own"


def warnings(before: View, view: View, entries: Sequence[Entry]) -> list[str]:
    """Return one line per warning about new entries that count; nothing is refused.

    `before` is the book without them. A shipped seed gives none: its oddities are known.
    """
    own = (one for one in entries if one.author != SEED_AUTHOR and one.retracted_by is None)
    found = (
        warning
        for entry in own
        for warning in (
            *_published(view, entry),
            *_outranked(before, view, entry),
            *_met(view, entry),
            *_ended(view, entry),
            *_measured(before, view, entry),
        )
    )
    return [*dict.fromkeys(found)]


def _published(view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if an entry counts only from long after its day."""
    public_on = view.state.record.made_public(entry)
    if entry.public_on is None and (public_on - entry.on).days > SOON:
        until = f"#{entry.entry} counts from {view.day(public_on)}, when its source was published"
        yield f"{until}; give --public if it was known before"


def _outranked(before: View, view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if a verdict is outranked by a later one, or outranks one of its month."""
    if not entry.is_verdict:
        return
    positions = (value_of(one.judged.positions, entry.concession) for one in (before, view))
    earlier, later = (position and position.verdict for position in positions)
    if later and later.on >= entry.on and later.entry <= before.clocks.known:
        yield f"#{entry.entry} does not change the stage: {_named(view, later)} is later"
    month = entry.effective_on
    if earlier and month.precision is not Precision.DAY and month.first <= earlier.on < month.last:
        until = f"#{entry.entry} counts from {view.day(month.last)}, the last day of its"
        yield f"{until} {month.precision}, and so outranks {_named(view, earlier)}"


def _named(view: View, verdict: Entry) -> str:
    return f"#{verdict.entry} ({verdict.stage}, {view.period(verdict.effective_on)})"


def _met(view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if something is met before its window, or without the count for it."""
    if entry.is_verdict and entry.stage is Stage.MET:
        own = value_of(view.judged.owned, entry.concession) or ()
        measured = value_of(view.judged.measured, entry.concession) or ()
    elif entry.outcome is Outcome.MET:
        closed = value_of(view.judged.deadlines, entry.deadline)
        own = [closed] if closed else []
        measured = tuple(one for one in own if one.target is not None)
    else:
        return
    for delivery in measured:
        if not view.judged.progress_of(delivery).counts:
            none = f"{delivery.deadline.slug} has no reading that counts"
            yield f"{entry.subject} is met, but {none}; log one with 'tracker measure'"
        if short := falls_short(view, delivery):
            yield f"{entry.subject} is met, but {short}"
    for one in own:
        if one.opens_on is not None and entry.effective_on.last < one.opens_on:
            window = f"the window of {one.deadline.slug} opens on {view.day(one.opens_on)}"
            yield f"{entry.subject} is met before {window}"


def _ended(view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if a word on how something ended does not say so."""
    position = value_of(view.judged.positions, entry.concession)
    if position is None:
        return
    if entry.outcome and position.verdict is None and entry.outcome.value != position.stage.value:
        yield f"{entry.deadline}: closing it is not a verdict; log a stage of {entry.concession}"
    ends_on = position.term.ends_on
    is_lapsed = entry.is_verdict and entry.stage is Stage.LAPSED
    if is_lapsed and ends_on and entry.on < ends_on.last:
        yield f"{entry.concession} is lapsed, but its term runs to {view.day(ends_on.last)}"


def _measured(before: View, view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if a known counter opens a series, or if a value or a day is unlikely."""
    slug, position = entry.deadline, value_of(view.judged.deadlines, entry.deadline)
    if entry.kind is not EntryKind.READING or entry.value is None or position is None:
        return
    earlier = [one.latest for one in before.judged.progress_of(position).counts]
    own = next((one for one in earlier if is_of(one, entry)), None)
    alike = [one for one in earlier if _is_like(str(entry.counted_by), one.counted_by)]
    if own is None and alike:
        known = ", ".join(f"{one.counted_by} {one.basis} in {one.unit}" for one in alike)
        new = f"{entry.counted_by} {entry.basis} in {entry.unit}"
        yield f"{slug}: a new series, {new}; so far: {known}"
    reached = share(position, entry.value) if entry.unit == position.unit else None
    if reached is not None and reached > FAR_BEYOND:
        yield f"{slug}: {reached.words}% of the target; check the value and its unit"
    grows = not (entry.flow or entry.basis is Basis.LEVEL or position.is_cut)
    falls = own is not None and own.through <= entry.on and entry.value < own.value
    if own and grows and falls and entry.command is not Command.AMEND:
        total = f"the total of {before.day(own.through)}, {quantity(own.value)}"
        yield f"{slug}: {'restates' if own.through == entry.on else 'below'} {total}"
    same = (one for one in view.state.readings.get(str(slug), ()) if is_of(one, entry))
    flows = [one.entry for one in same if one.flow and one.effective_on == entry.effective_on]
    if entry.flow and len(flows) > 1:
        several = joined([f"#{number}" for number in sorted(flows)])
        are = f"{several} are flows of {view.period(entry.effective_on)}"
        yield f"{slug}: {are}, of which only #{flows[-1]} counts; {TWO_LOTS}"


def _is_like(counter: str, known: str) -> bool:
    """Return whether a counter is a known one, or differs from it in case or by a typing error."""
    from difflib import get_close_matches  # slow to load, and only new readings need it

    return bool(get_close_matches(counter.casefold(), [known.casefold()], cutoff=ALIKE))
