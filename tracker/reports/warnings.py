"""Warnings about what was just recorded: likely mistakes, and what an entry does not do."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from tracker.declared import by_key, value_of
from tracker.entry import Entry
from tracker.quantities import in_words as quantity
from tracker.record import SEED_AUTHOR
from tracker.reports.counts import falls_short, is_of
from tracker.reports.frame import joined
from tracker.reports.sources import misquoted
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.progress import share, vintages_of
from tracker.vocabulary import (
    EVENTS,
    NEWS,
    UPDATES,
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
    repeated = view.state.record.repeated(entry.entry for entry in entries)
    own = [one for one in entries if one.author != SEED_AUTHOR and one.retracted_by is None]
    found = (
        warning
        for entry in own
        for warning in (
            *_misdated(view, repeated, entry),
            *_outranked(before, view, entry),
            *_met(view, entry),
            *_ended(view, entry),
            *_measured(before, view, entry),
        )
    )
    return [*dict.fromkeys(found), *_restated(view, own), *_misquoted(view, own)]


def _misdated(view: View, repeated: Mapping[int, int], entry: Entry) -> Iterator[str]:
    """Yield warnings if an entry was made before, or has a day that is unlikely."""
    if entry.entry in repeated and entry.kind in NEWS:  # you may look at something twice on a day
        yield f"#{entry.entry} says the same as #{repeated[entry.entry]}"
    agreement = value_of(view.state.agreements, entry.agreement)
    is_update = agreement is not None and entry.kind in UPDATES
    if agreement and is_update and entry.effective_on.last < agreement.agreed_on.first:
        yield f"#{entry.entry} is dated before the agreement of {agreement.agreed_on}"
    closed = value_of(view.judged.deadlines, entry.deadline) if entry.outcome else None
    is_event = closed and closed.deadline.kind in EVENTS and entry.outcome is Outcome.MET
    if closed and is_event and closed.due_on and entry.on < closed.due_on.first:
        yield f"{entry.deadline} is closed as met before its day, {view.period(closed.due_on)}"
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
        yield (
            f"#{entry.entry} counts from {before.day(month.last)}, the last day"
            f" of its {month.precision}, and so outranks {_named(before, earlier)}"
        )


def _named(view: View, verdict: Entry) -> str:
    exact = verdict.effective_on.precision is Precision.DAY
    counts = "" if exact else f", which counts from {view.day(verdict.on)},"
    return f"#{verdict.entry} ({verdict.stage}, {view.period(verdict.effective_on)}){counts}"


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
    ends_on, on = view.judged.terms[str(entry.concession)].ends_on, entry.effective_on.last
    if not entry.is_verdict or ends_on is None:
        return
    last = view.day(ends_on.last)
    if entry.stage is Stage.MET and on == ends_on.last:
        until = f"{entry.concession} has to be kept up through {last}"
        yield f"{until}; only a stage with a later day says how it ended"
    if entry.stage is Stage.LAPSED and on < ends_on.last:
        yield f"{entry.concession} is lapsed, but its term runs to {last}"


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
    if position.unit and entry.unit != position.unit:
        yield f"{slug}: counted in {entry.unit}, but its target is in {position.unit}"
    reached = share(position, entry.value) if entry.unit == position.unit else None
    if reached is not None and reached > FAR_BEYOND:
        yield f"{slug}: {reached.words}% of the target; check the value and its unit"
    grows = not (entry.flow or entry.basis is Basis.LEVEL or position.is_cut)
    falls = own is not None and own.through <= entry.on and entry.value < own.value
    if own and grows and falls and entry.command is not Command.AMEND:
        total = f"the total of {before.day(own.through)}, {quantity(own.value)}"
        yield f"{slug}: {'restates' if own.through == entry.on else 'below'} {total}"
    yield from _outside(view, position, entry)


def _is_like(counter: str, known: str) -> bool:
    """Return whether a counter is a known one, or differs from it in case or by a typing error."""
    from difflib import get_close_matches  # slow to load, and only new readings need it

    return bool(get_close_matches(counter.casefold(), [known.casefold()], cutoff=ALIKE))


def _outside(view: View, position: DeadlinePosition, entry: Entry) -> Iterator[str]:
    """Yield a warning if a reading is before its window, or its limit does not bind then."""
    if position.is_limit and not view.judged.window(position).covers(entry.on):
        on = view.day(entry.on)
        yield f"#{entry.entry} does not count: {entry.deadline} does not bind on {on}"
    elif not position.is_limit and position.opens_on and entry.on < position.opens_on:
        opens = f"the window of {entry.deadline} opens on {view.day(position.opens_on)}"
        yield f"#{entry.entry} counts, though it is dated before {opens}"


def _restated(view: View, entries: Sequence[Entry]) -> Iterator[str]:
    """Yield a warning for the flows of one series and day, of which only one counts."""
    for slug, own in by_key((str(one.deadline), one.entry) for one in entries if one.flow).items():
        for vintages in vintages_of(view.state.readings.get(slug, [])):
            numbers = [one.entry for one in vintages]
            if {*numbers}.isdisjoint(own):
                continue
            flows = joined([f"#{number}" for number in sorted(numbers)])
            are = f"{flows} are flows of {view.period(vintages[-1].effective_on)}"
            yield f"{slug}: {are}, of which only #{numbers[-1]} counts; {TWO_LOTS}"


def _misquoted(view: View, entries: Sequence[Entry]) -> Iterator[str]:
    """Yield quotations that are not in a new text, or new ones that are not in the kept text."""
    declared = [(one.subject, one.declares) for one in entries if one.declares]
    quoting = by_key((own["source"], slug) for slug, own in declared if own.get("quote"))
    texts = [one.subject for one in entries if one.kind is EntryKind.TEXT]
    for source in dict.fromkeys((*texts, *quoting)):
        for slug, words in misquoted(view, source):
            if source in texts or slug in (source, *quoting[source]):
                yield f"{slug}: {words}"
