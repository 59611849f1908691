"""Warnings about what was just recorded: likely mistakes, and what an entry does not do."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from tracker.dates import parse_period
from tracker.facts import SEED_AUTHOR, Entry, Reading, StageMark
from tracker.groups import value_of
from tracker.quantities import in_words as quantity
from tracker.reports.counts import is_of
from tracker.reports.pace import counts_of, falls_short
from tracker.reports.quotations import warnings as misquoted
from tracker.reports.status import StatusRow
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.pace import share
from tracker.rules.progress import NEVER
from tracker.rules.series import Series, doubled, series_of
from tracker.vocabulary import (
    NEWS,
    UPDATES,
    Basis,
    Command,
    EntryKind,
    Outcome,
    Precision,
    Stage,
    StageFrom,
)

FAR_BEYOND = Decimal(150)
"""A figure above this percentage of its target is likely to be in another unit."""


def warnings(
    before: View, view: View, states: Mapping[str, StatusRow], entries: Sequence[Entry]
) -> list[str]:
    """Return one line per warning about new entries that count; nothing is refused.

    `before` is the book without them, `states` are the concessions' rows now. A shipped seed gives
    none: its oddities are known.
    """
    repeated = view.repeated(entries[0].entry, entries[-1].entry) if entries else {}
    own = [one for one in entries if one.author != SEED_AUTHOR and one.retracted_by is None]
    ahead = view.at(date.max)
    found = (
        warning
        for entry in own
        for warning in (
            *_repeated(repeated, entry),
            *_declared(view, entry),
            *_exchanged(view, entry),
            *_early(view, entry),
            *_unjudged(states, entry),
            *_outranked(before, view, entry),
            *_outranks(before, entry),
            *_to_come(ahead, view, entry),
            *_unread(view, entry),
            *_closed_short(view, entry),
            *_measured(before, view, entry),
            *_exceeds(before, view, entry),
            *_moved(before, view, entry),
        )
    )
    return [*dict.fromkeys(found), *_added(view, own), *_misquoted(view, own)]


def _declared(view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning for each declared day or target that is likely to be a mistake."""
    declares = entry.declares or {}
    agreement = value_of(view.agreements, entry.agreement)
    promised_on, published_on = declares.get("promised_on"), declares.get("published_on")
    if promised_on and agreement and parse_period(promised_on).last < agreement.agreed_on.first:
        yield f"{entry.subject}: promised before the agreement of {agreement.agreed_on}"
    if published_on and published_on > view.clocks.as_of.isoformat():
        yield f"{entry.subject}: published on {published_on}, which is still to come"
    target = declares.get("target") or (entry.value if entry.due_on else None) or Decimal()
    if Decimal(target) < 0:
        yield f"{entry.subject}: the target, {target}, is negative"


def _exchanged(view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if a promise is said to be given in return for one of the same giver."""
    own = view.concessions.get(entry.subject)
    if own is None or entry.kind is not EntryKind.DECLARATION:
        return
    for slug in (entry.declares or {}).get("in_return_for", ()):
        other = view.concessions.get(slug)
        if other and {*other.givers} <= {*own.givers} - {*own.receivers}:
            yield f"{entry.subject}: given in return for {slug}, which has the same giver"


def _repeated(repeated: Mapping[int, int], entry: Entry) -> Iterator[str]:
    """Yield a warning if an existing entry says the same; `checked` may be repeated on a day."""
    if entry.entry in repeated and entry.kind in (*NEWS, EntryKind.CITATION):
        yield f"#{entry.entry} says the same as #{repeated[entry.entry]}"


def _early(view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if an entry is dated before its agreement."""
    agreement = value_of(view.agreements, entry.agreement)
    if agreement is None or entry.kind not in UPDATES:
        return
    if entry.effective_on.last < agreement.agreed_on.first:
        yield f"#{entry.entry} is dated before the agreement of {agreement.agreed_on}"


def _unjudged(states: Mapping[str, StatusRow], entry: Entry) -> Iterator[str]:
    """Yield a reminder that closing a deadline is not a verdict, unless the stage says the same."""
    state = value_of(states, entry.concession)
    if entry.outcome is None or state is None or state.stage_from is StageFrom.VERDICT:
        return
    if entry.outcome.value == state.stage.value:
        return
    yield f"{entry.deadline}: closing it is not a verdict; log a stage of {entry.concession}"


def _outranked(before: View, view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if an existing verdict outranks a new one, because its day is later."""
    later = _verdict(view, entry)
    if later is not None and later.entry <= before.clocks.known:
        yield f"#{entry.entry} does not change the stage: {_named(view, later)} is later"


def _verdict(view: View, entry: Entry) -> StageMark | None:
    """Return the verdict that counts in a view, if an entry is one on the same concession."""
    position = value_of(view.positions, entry.concession)
    return position.verdict if position and entry.is_verdict else None


def _named(view: View, verdict: StageMark) -> str:
    (entry,) = view.entries(verdict.entry, verdict.entry)
    on = view.period(entry.effective_on)
    exact = entry.effective_on.precision is Precision.DAY
    counts = "" if exact else f", which counts from {view.day(verdict.on)},"
    return f"#{verdict.entry} ({verdict.stage}, {on}){counts}"


def _outranks(before: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if a new verdict of a month outranks one of a day within that month."""
    earlier, month = _verdict(before, entry), entry.effective_on
    if earlier is None or month.precision is Precision.DAY:
        return
    if month.first <= earlier.on < month.last:
        yield (
            f"#{entry.entry} counts from {before.day(month.last)}, the last day"
            f" of its {month.precision}, and so outranks {_named(before, earlier)}"
        )


def _to_come(ahead: View, view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if a verdict that is dated after today, but not a seed's, will replace one.

    A colleague to the east may already have tomorrow's date.
    """
    now = _verdict(view, entry)
    if now is None or now.entry != entry.entry:
        return
    last = ahead.verdicts[str(entry.concession)][0]
    for one in view.entries(last.entry, last.entry) if last.on > view.clocks.as_of else ():
        if one.author != SEED_AUTHOR:
            yield f"#{entry.entry} will be replaced by {_named(view, last)}, dated after today"


def _unread(view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if something is met with too few readings, too early or on its last day."""
    concession = value_of(view.concessions, entry.concession)
    if not entry.is_verdict or entry.stage is not Stage.MET or concession is None:
        return
    ends_on = view.terms[concession.slug].ends_on
    if ends_on is not None and entry.effective_on.last == ends_on.last:
        until = f"{concession.slug} has to be kept up through {view.day(ends_on.last)}"
        yield f"{until}; only a stage with a later day says how it ended"
    if delivery := view.measured[concession.slug]:
        slug = delivery.deadline.slug
        found = view.progress.get(slug)
        if found is None or not found.counts:
            none = "no reading" if found is None else "no reading that counts"
            log_one = "log one with 'tracker measure'"
            yield f"{concession.slug} is met, but {slug} has {none}; {log_one}"
        if short := falls_short(view, slug):
            yield f"{concession.slug} is met, but {short}"
    for one in view.owned.get(concession.slug, ()):
        opens_on = one.opens_on
        if one.deadline.awaits_first_day and opens_on is None:
            yield f"{concession.slug} is met, but {one.deadline.slug} does not bind yet"
        elif opens_on is not None and entry.effective_on.last < opens_on:
            window = f"the window of {one.deadline.slug} opens on {view.day(opens_on)}"
            yield f"{concession.slug} is met before {window}"


def _closed_short(view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if a delivery is closed as met while all counts are below its target."""
    if entry.outcome is Outcome.MET and (short := falls_short(view, str(entry.deadline))):
        yield f"{entry.deadline} is closed as met, but {short}"


def _measured(before: View, view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if a reading opens a series, or if its value, unit or day is unlikely."""
    slug, position = entry.deadline, value_of(view.deadline_positions, entry.deadline)
    if entry.kind is not EntryKind.READING or position is None:
        return
    earlier = [one.latest for one in counts_of(before, position)]
    own = next((one for one in earlier if is_of(one, entry)), None)
    if own is None and earlier:
        known = ", ".join(f"{one.counted_by} {one.basis} in {one.unit}" for one in earlier)
        new = f"{entry.counted_by} {entry.basis} in {entry.unit}"
        yield f"{slug}: a new series, {new}; so far: {known}"
    is_total = not entry.flow and entry.basis is not Basis.LEVEL
    value, target = entry.value or Decimal(), position.target or Decimal()
    if is_total and value < 0 <= target and not position.is_limit:
        yield f"{slug}: a total below zero; use --flow for what one day added or took away"
    yield from _far_beyond(view, position, entry)
    grows = is_total and not position.is_cut
    if grows and own is not None and entry.command is not Command.AMEND:
        yield from _out_of_order(before, own, entry)
    if position.unit and entry.unit != position.unit:
        yield f"{slug}: counted in {entry.unit}, but its target is in {position.unit}"
    yield from _covered(before, position, entry) or _outside(view, position, entry)


def _far_beyond(view: View, position: DeadlinePosition, entry: Entry) -> Iterator[str]:
    """Yield a warning if a reading, or what flows add up to, is far beyond the target."""
    counted = [entry.value] if entry.value is not None else []
    if entry.flow:
        series = (one.latest for one in counts_of(view, position))
        counted += [one.delivered for one in series if is_of(one, entry)]
    shares = [found for value in counted if (found := share(position, value)) is not None]
    highest = max(shares, default=None)
    if highest is not None and highest > FAR_BEYOND and entry.unit == position.unit:
        words = f"{highest.words} % of the target; check the value and its unit"
        yield f"{entry.deadline}: {words}"


def _outside(view: View, position: DeadlinePosition, entry: Entry) -> Iterator[str]:
    """Yield a warning if a reading is before its window, or its limit does not bind then."""
    opens_on = position.opens_on
    if not position.is_limit:
        if opens_on is not None and entry.effective_on.last < opens_on:
            opens = f"the window of {entry.deadline} opens on {view.day(opens_on)}"
            yield f"#{entry.entry} counts, though it is dated before {opens}"
        return
    window = view.window(position)
    if window == NEVER:
        yield f"#{entry.entry} does not count yet: {entry.deadline} waits for its first day"
    elif entry.effective_on.last < window.first:
        first = view.day(window.first)
        yield f"#{entry.entry} does not count: {entry.deadline} binds from {first}"
    elif entry.effective_on.last > window.last:
        last = view.day(window.last)
        yield f"#{entry.entry} does not count: {entry.deadline} bound until {last}"


def _exceeds(before: View, view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if a move makes earlier readings exceed a limit."""
    slug = str(entry.deadline)
    if entry.due_on is None or (now := view.progress.get(slug)) is None or now.over_by is None:
        return
    was = before.progress.get(slug)
    if was is None or was.over_by is None:
        over = quantity(now.over_by.rounded)
        yield f"{slug} is now exceeded by {over}, since {view.day(now.over_since)}"


def _moved(before: View, view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if a move changes what is closed, or names a day that is unlikely.

    A limit may bind from a day before its promise.
    """
    slug, day = str(entry.deadline), entry.due_on
    was, now = before.deadline_positions.get(slug), view.deadline_positions.get(slug)
    if day is None or now is None or now.deadline.awaits_first_day or (was and was.due_on == day):
        return
    if was and was.outcome and now.due_on != was.due_on:
        changes = was.late_days != now.late_days
        effect = "changes how late that was" if changes else "does not reopen it"
        closed = f"{slug} was closed as {was.verdict} on {view.day(was.outcome.last)}"
        yield f"{closed}; moving it {effect}"
    to = f"{slug}: moved to {view.period(day)}"
    promised_on = view.standpoint(now.deadline).promised_on
    if day.last < promised_on:
        yield f"{to}, before the promise of {view.day(promised_on)}"
    elif entry.says is None and day.last < entry.effective_on.first and now.due_on == day:
        yield f"{to}, which had already passed by {view.period(entry.effective_on)}"


def _added(view: View, entries: Sequence[Entry]) -> Iterator[str]:
    """Yield a warning for each flow that adds to another one of its series and day."""
    flows = {one.entry: one for one in entries if one.flow}
    tracks = view.tracks({str(one.deadline) for one in flows.values()})
    for first, second in (pair for readings in tracks.values() for pair in doubled(readings)):
        if entry := flows.get(second.entry):
            other = f"#{first.entry}, another flow of {view.period(entry.effective_on)}"
            yield f"#{entry.entry} adds to {other}; if it restates that, amend #{first.entry}"


def _out_of_order(before: View, newest: Series, entry: Entry) -> Iterator[str]:
    """Yield a warning if a total is below the one before it in its series, or above the next."""
    value, on = entry.value or Decimal(), entry.effective_on.last
    last, later = (newest, None) if newest.through <= on else _around(before, entry)
    if last is not None and value < last.delivered:
        verb, so_far = ("restates", " so far") if last.through == on else ("below", "")
        total = f"the total of {before.day(last.through)}, {quantity(last.delivered)}"
        yield f"{entry.deadline}: {verb} {total}{so_far}"
    if later is not None and value > later.value:
        total = f"the total of {before.day(later.on)}, {quantity(later.value)}"
        yield f"{entry.deadline}: above {total}"


def _around(before: View, entry: Entry) -> tuple[Series | None, Reading | None]:
    """Return what was counted by the day of an earlier reading, and the next total after it.

    Only for one that was typed: a file can have many, and each would read its whole series.
    """
    if entry.command is not Command.MEASURE or entry.deadline is None:
        return None, None
    on, readings = entry.effective_on.last, before.tracks([entry.deadline])[entry.deadline]
    own = [one for one in readings if is_of(one, entry)]
    by_then = series_of([one for one in own if one.on <= on])
    later = (one for one in own if one.on > on and not one.flow)
    return next(iter(by_then), None), min(later, key=lambda one: one.on, default=None)


def _covered(before: View, position: DeadlinePosition, entry: Entry) -> list[str]:
    """Return a warning if a flow that was typed adds nothing, as a total includes its day."""
    if not entry.flow or entry.command is not Command.MEASURE or position.is_limit:
        return []
    readings = before.tracks([str(entry.deadline)]).get(str(entry.deadline), ())
    totals = [one for one in readings if not one.flow and is_of(one, entry)]
    by_day = sorted((one.on, one.value) for one in totals if one.on >= entry.effective_on.last)
    return [
        f"#{entry.entry} adds nothing: the total of {before.day(on)}, {quantity(value)}, includes"
        " its day"
        for on, value in by_day[:1]
    ]


def _misquoted(view: View, entries: Sequence[Entry]) -> Iterator[str]:
    """Yield quotations that are not in a new text, or new ones that are not in the kept text."""
    quoting: dict[str, list[str]] = {}
    for entry in entries:
        declares = entry.declares or {}
        if entry.kind is EntryKind.TEXT:
            yield from misquoted(view, entry.subject)
        elif "quote" in declares and "source" in declares:
            quoting.setdefault(declares["source"], []).append(entry.subject)
    for source, concessions in quoting.items():
        yield from misquoted(view, source, concessions)
