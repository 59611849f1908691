"""Warnings about what was just recorded: likely mistakes, and what an entry does not do."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from tracker.declared import by_key, value_of
from tracker.entry import Entry
from tracker.quantities import in_words as quantity
from tracker.record import SEED_AUTHOR
from tracker.reports.counts import excess_in_words, falls_short, is_of
from tracker.reports.sources import misquoted
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.progress import NEVER, Series, share, vintages_of
from tracker.rules.progress import value_of as quantity_of
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
            *_repeated(repeated, entry),
            *_early(view, entry),
            *_late(view, entry),
            *_outranked(before, view, entry),
            *_unread(view, entry),
            *_lapsed(view, entry),
            *_closed(view, entry),
            *_measured(before, view, entry),
            *_moved(before, entry),
        )
    )
    return [*dict.fromkeys(found), *_restated(view, own), *_misquoted(view, own)]


def _repeated(repeated: Mapping[int, int], entry: Entry) -> Iterator[str]:
    """Yield a warning if an existing entry says the same; `checked` may be repeated on a day."""
    if entry.entry in repeated and entry.kind in NEWS:
        yield f"#{entry.entry} says the same as #{repeated[entry.entry]}"


def _early(view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if an entry is dated before its agreement."""
    agreement = value_of(view.state.agreements, entry.agreement)
    if agreement is None or entry.kind not in UPDATES:
        return
    if entry.effective_on.last < agreement.agreed_on.first:
        yield f"#{entry.entry} is dated before the agreement of {agreement.agreed_on}"


def _late(view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if an entry counts only from the publication of a much later source."""
    public_on = view.state.record.made_public(entry)
    if entry.public_on is None and (public_on - entry.on).days > SOON:
        until = f"#{entry.entry} counts from {view.day(public_on)}, when its source was published"
        yield f"{until}; give --public if it was known before"


def _closed(view: View, entry: Entry) -> Iterator[str]:
    """Yield warnings if closing a deadline stands for a verdict, or if its counts fall short."""
    if entry.outcome is None:
        return
    position = value_of(view.judged.positions, entry.concession)
    unjudged = position.stage if position and position.verdict is None else None
    if unjudged and entry.outcome.value != unjudged.value:
        yield f"{entry.deadline}: closing it is not a verdict; log a stage of {entry.concession}"
    closed = value_of(view.judged.deadlines, entry.deadline)
    if closed is None or entry.outcome is not Outcome.MET:
        return
    if short := falls_short(view, closed):
        yield f"{entry.deadline} is closed as met, but {short}"
    if closed.deadline.kind in EVENTS and closed.due_on and entry.on < closed.due_on.first:
        due = view.period(closed.due_on)
        yield f"{entry.deadline} is closed as met on {view.day(entry.on)}, but it is due {due}"


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


def _unread(view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if something is met with too few readings, too early or on its last day."""
    concession = value_of(view.state.concessions, entry.concession)
    if not entry.is_verdict or entry.stage is not Stage.MET or concession is None:
        return
    ends_on = view.judged.terms[concession.slug].ends_on
    if ends_on is not None and entry.effective_on.last == ends_on.last:
        until = f"{concession.slug} has to be kept up through {view.day(ends_on.last)}"
        yield f"{until}; only a stage with a later day says how it ended"
    for delivery in view.judged.measured[concession.slug]:
        slug = delivery.deadline.slug
        if not view.judged.progress_of(delivery).counts:
            none = "no reading that counts" if slug in view.judged.progress else "no reading"
            log_one = "log one with 'tracker measure'"
            yield f"{concession.slug} is met, but {slug} has {none}; {log_one}"
        if short := falls_short(view, delivery):
            yield f"{concession.slug} is met, but {short}"
        if excess := excess_in_words(view, delivery):
            yield f"{concession.slug} is met, but {slug} is exceeded ({excess})"
    for one in view.judged.owned.get(concession.slug, ()):
        opens_on = one.opens_on
        if one.deadline.awaits_first_day and opens_on is None:
            yield f"{concession.slug} is met, but {one.deadline.slug} does not bind yet"
        elif opens_on is not None and entry.effective_on.last < opens_on:
            window = f"the window of {one.deadline.slug} opens on {view.day(opens_on)}"
            yield f"{concession.slug} is met before {window}"


def _lapsed(view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if something is called lapsed before its term ends."""
    term = value_of(view.judged.terms, entry.concession)
    if not entry.is_verdict or entry.stage is not Stage.LAPSED or term is None:
        return
    if term.ends_on is None:
        yield f"{entry.concession} is lapsed, but it has no term that ends"
    elif entry.effective_on.last < term.ends_on.last:
        yield f"{entry.concession} is lapsed, but its term runs to {view.day(term.ends_on.last)}"


def _measured(before: View, view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if a known counter opens a series, or if a value, unit or day is unlikely."""
    slug, position = entry.deadline, value_of(view.judged.deadlines, entry.deadline)
    if entry.kind is not EntryKind.READING or position is None:
        return
    earlier = [one.latest for one in before.judged.progress_of(position).counts]
    own = next((one for one in earlier if is_of(one, entry)), None)
    alike = [one for one in earlier if _is_like(str(entry.counted_by), one.counted_by)]
    if own is None and alike:
        known = ", ".join(f"{one.counted_by} {one.basis} in {one.unit}" for one in alike)
        new = f"{entry.counted_by} {entry.basis} in {entry.unit}"
        yield f"{slug}: a new series, {new}; so far: {known}"
    yield from _far_beyond(view, position, entry)
    grows = not (entry.flow or entry.basis is Basis.LEVEL or position.is_cut)
    if grows and own is not None and entry.command is not Command.AMEND:
        yield from _fallen(before, own, entry)
    if position.unit and entry.unit != position.unit:
        yield f"{slug}: counted in {entry.unit}, but its target is in {position.unit}"
    yield from _covered(before, position, entry) or _outside(view, position, entry)


def _is_like(counter: str, known: str) -> bool:
    """Return whether a counter is a known one, or differs from it in case or by a typing error."""
    from difflib import get_close_matches  # slow to load, and only new readings need it

    return bool(get_close_matches(counter.casefold(), [known.casefold()], cutoff=ALIKE))


def _far_beyond(view: View, position: DeadlinePosition, entry: Entry) -> Iterator[str]:
    """Yield a warning if a reading, or what flows add up to, is far beyond the target."""
    counted = [entry.value] if entry.value is not None else []
    if entry.flow:
        series = (one.latest for one in view.judged.progress_of(position).counts)
        counted += [one.value for one in series if is_of(one, entry)]
    shares = [found for value in counted if (found := share(position, value)) is not None]
    highest = max(shares, default=None)
    if highest is not None and highest > FAR_BEYOND and entry.unit == position.unit:
        words = f"{highest.words}% of the target; check the value and its unit"
        yield f"{entry.deadline}: {words}"


def _outside(view: View, position: DeadlinePosition, entry: Entry) -> Iterator[str]:
    """Yield a warning if a reading is before its window, or its limit does not bind then."""
    opens_on = position.opens_on
    if not position.is_limit:
        if opens_on is not None and entry.effective_on.last < opens_on:
            opens = f"the window of {entry.deadline} opens on {view.day(opens_on)}"
            yield f"#{entry.entry} counts, though it is dated before {opens}"
        return
    window = view.judged.window(position)
    if window == NEVER:
        yield f"#{entry.entry} does not count yet: {entry.deadline} waits for its first day"
    elif entry.effective_on.last < window.first:
        first = view.day(window.first)
        yield f"#{entry.entry} does not count: {entry.deadline} binds from {first}"
    elif entry.effective_on.last > window.last:
        last = view.day(window.last)
        yield f"#{entry.entry} does not count: {entry.deadline} bound until {last}"


def _moved(before: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if you move a deadline that is closed, or to a day that had already passed.

    A limit may bind from such a day.
    """
    was, day = value_of(before.judged.deadlines, entry.deadline), entry.due_on
    if was is None or day is None or entry.says:
        return
    closing = before.state.closings.get(was.deadline.slug)
    if closing and day.last > closing.on:
        closed = f"is closed as {closing.outcome} (#{closing.entry})"
        yield f"{entry.deadline} {closed}; to open it again, retract that"
    if was.deadline.awaits_first_day:
        return
    if was.due_on != day and day.last < entry.effective_on.first:
        passed = f"which had already passed by {before.period(entry.effective_on)}"
        yield f"{entry.deadline}: moved to {before.period(day)}, {passed}"


def _restated(view: View, entries: Sequence[Entry]) -> Iterator[str]:
    """Yield a warning for each flow that restates another one of its series and day."""
    flows = {one.entry: one for one in entries if one.flow}
    for slug in dict.fromkeys(str(one.deadline) for one in flows.values()):
        for vintages in vintages_of(view.state.readings.get(slug, [])):
            counting = vintages[-1]
            for earlier, entry in zip([None, *vintages], vintages, strict=False):
                if entry.entry not in flows:
                    continue
                if entry is not counting:
                    later = f"#{counting.entry}, made public later, restates it"
                    yield f"#{entry.entry} does not count: {later}"
                elif earlier is not None:
                    was = f"#{earlier.entry}, the flow of {view.period(entry.effective_on)}"
                    yield f"#{entry.entry} restates {was}; {TWO_LOTS}"


def _fallen(before: View, last: Series, entry: Entry) -> Iterator[str]:
    """Yield a warning if a total is below the last one of its series."""
    value, on = entry.value or Decimal(), entry.effective_on.last
    if last.through <= on and value < last.value:
        verb, so_far = ("restates", " so far") if last.through == on else ("below", "")
        total = f"the total of {before.day(last.through)}, {quantity(last.value)}"
        yield f"{entry.deadline}: {verb} {total}{so_far}"


def _covered(before: View, position: DeadlinePosition, entry: Entry) -> list[str]:
    """Return a warning if a flow that was typed adds nothing, as a total includes its day."""
    if not entry.flow or entry.command is not Command.MEASURE or position.is_limit:
        return []
    readings = before.state.readings.get(str(entry.deadline), [])
    totals = [one for one in readings if not one.flow and one.on >= entry.on and is_of(one, entry)]
    return [
        f"#{entry.entry} adds nothing: the total of {before.day(total.on)},"
        f" {quantity(quantity_of(total))}, includes its day"
        for total in totals[:1]
    ]


def _misquoted(view: View, entries: Sequence[Entry]) -> Iterator[str]:
    """Yield quotations that are not in a new text, or new ones that are not in the kept text."""
    declared = [(one.subject, one.declares) for one in entries if one.declares]
    quoting = by_key((own["source"], slug) for slug, own in declared if own.get("quote"))
    texts = [one.subject for one in entries if one.kind is EntryKind.TEXT]
    for source in dict.fromkeys((*texts, *quoting)):
        for slug, words in misquoted(view, source):
            if source in texts or slug in (source, *quoting[source]):
                yield f"{slug}: {words}"
