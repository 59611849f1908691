"""The receipt of a recording command: its entries, what changed, and likely mistakes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from tracker.compare import (
    ClaimChange,
    DayChange,
    Difference,
    FieldChange,
    NoteChange,
    StatusChange,
    TargetChange,
    TextChange,
    title_of,
)
from tracker.dates import period_in_words, shifted, week_of
from tracker.entry import Entry
from tracker.journal.writer import Writer
from tracker.quantities import in_words as quantity
from tracker.record import SEED_AUTHOR, value_of
from tracker.reports.changes import ChangeRow, change_row, differences, in_words
from tracker.reports.history import in_full, in_short
from tracker.reports.view import View
from tracker.reports.wording import falls_short, listing
from tracker.rules.progress import series_key, share
from tracker.rules.statuses import stated_by
from tracker.state import Clocks
from tracker.tables import Report, Section, keys_of
from tracker.things import Deadline
from tracker.vocabulary import (
    UNDATED,
    Basis,
    Command,
    EntryKind,
    Outcome,
    Status,
)

MOST_LISTED = 100
"""The most entries that a receipt lists one by one."""
FAR_BEYOND = Decimal(150)
"""A figure above this percentage of its target is likely to be in another unit."""
WEEK = 7
"""The days of a week."""
SOON = 14
"""Within how many days of an event its source is usually published."""
TWO_LOTS = "two lots of one day are one entry, or have a counter or basis of their own"


class Receipt(NamedTuple):
    """What a command recorded."""

    recorded: list[Entry]
    """The entries that the command wrote."""
    changes: list[ChangeRow]
    """What differs since."""
    warnings: list[str]
    """Possible mistakes, one per line; nothing was refused."""


def receipt(writer: Writer, numbers: range, notes: Sequence[str] = ()) -> Report:
    """Return the entries of these numbers, which a writer wrote, and what they changed.

    `notes` are lines on what happened outside the book.
    """
    effect = effect_of(writer, numbers)
    entries = effect.entries
    view = effect.view
    if len(entries) > MOST_LISTED:
        lines = [f"#{numbers[0]} to #{numbers[-1]}: {len(entries):,} entries"]
    else:
        record = view.record
        referred = record.lines(entry.refers_to for entry in entries if entry.refers_to)
        others = {entry.entry: entry for entry in in_full(record, referred)}
        lines = [recorded(view, entry, others.get(entry.referent)) for entry in entries]
        if entries and _keeps_note(entries, others):
            lines.append(
                "-m is the reason of an amendment; --note TEXT changes its note"
            )
    for entry in entries:
        if _moves_nothing(view, entry):
            lines.append(f"{entry.deadline}: this statement alone does not move it")
    for word, slug in writer.names.by_title.items():
        lines.append(f"'{word}' is in the title of {slug}: {title_of(view, slug)}")
    lines += [*notes, *effect.lines]
    found = Receipt(entries, effect.rows, effect.warnings)
    return receipt_report(found, lines, numbers)


def _keeps_note(entries: Sequence[Entry], others: Mapping[int, Entry]) -> bool:
    """Return whether an entry was amended for a reason and has the note that it had."""
    taken = entries[0]
    if taken.command is not Command.AMEND or not taken.note:
        return False
    return entries[-1].note == others[taken.referent].note is not None


def receipt_report(found: Any, lines: Sequence[str], written: range) -> Report:
    """Return a receipt with its lines for people, and the numbers of what was written."""
    document = {key.name: key.of(found) for key in keys_of(type(found))}
    sections = [Section(lines=lines)]
    return Report(document, Entry, sections=sections, main="recorded", written=written)


class Effect(NamedTuple):
    """What new entries changed: the book before them, and with them."""

    before: View
    view: View
    entries: list[Entry]
    changes: list[Difference]
    warnings: list[str]

    @property
    def rows(self) -> list[ChangeRow]:
        """What differs, for programs."""
        return [change_row(change) for change in self.changes]

    @property
    def lines(self) -> list[str]:
        """What differs, as people read it, but for what the entries themselves say; warnings."""
        lines = [
            f"{change.subject}: {in_words(self.view, change)}"
            for change in self.changes
            if self._is_listed(change)
        ]
        return lines + [f"Warning: {line}" for line in self.warnings]

    def _is_listed(self, change: Difference) -> bool:
        """Return whether a difference is an effect of entries, and not what one of them says.

        What was declared or taken back with its agreement or its concession is not listed.
        """
        then = self.before
        now = self.view
        match change:
            case ClaimChange() | NoteChange() | FieldChange():
                return False
            case TextChange():
                return change.after is not None and change.is_reworded
            case StatusChange() if change.after is None:
                return then.concessions[change.subject].agreement in now.agreements
            case DayChange() | TargetChange() if change.party:
                return False
        slug = change.subject
        return slug in then.record.subjects and slug in now.record.subjects


def effect_of(
    writer: Writer, numbers: range, *, whole: bool = False, with_notes: bool = True
) -> Effect:
    """Compare the book before the entries of some numbers with the book that holds them.

    Unless it is wanted `whole`, only what they touch is read.
    """
    record_before, record = writer.names.around_written(numbers, whole)
    before = View(record_before, Clocks(writer.today, numbers.start - 1))
    view = View(record, Clocks(writer.today))
    entries = in_full(record, record.lines(numbers))
    changes = differences(before, view, with_notes)
    return Effect(before, view, entries, changes, _warnings(before, view, entries))


def recorded(view: View, entry: Entry, other: Entry | None = None) -> str:
    """Return one entry on a line: `#14 soybeans: partly, 7 Jan 2026`, and what it refers to."""
    which = f" ({_dated(view, other)})" if other else ""
    return f"#{entry.entry} {entry.subject}: {_dated(view, entry, which)}"


def _dated(view: View, entry: Entry, which: str = "") -> str:
    words = f"{in_short(view, entry)}{which}"
    if entry.kind is EntryKind.DECLARATION:
        return words
    if entry.kind is EntryKind.NOTE and entry.says:
        words = f"note by {view.short(entry.says)}"
    return f"{words}, {period_in_words(entry.effective_on, date.min)}"


def _moves_nothing(view: View, entry: Entry) -> bool:
    """Return whether a party's statement alone does not move a deadline, or change its target."""
    position = value_of(view.due, entry.deadline)
    if position is None or entry.due_on is None:
        return False
    is_beside = any(claim.party == entry.says for claim in position.said)
    moving = [move.entry for move in position.moves if move.moves_it]
    return is_beside and entry.entry not in moving


# --- warnings -------------------------------------------------------------------------------------


def _warnings(before: View, view: View, entries: Sequence[Entry]) -> list[str]:
    """Return likely mistakes in new entries that count; nothing is refused.

    A shipped seed gives none: its oddities are known. Nor do many entries, or those of another
    book: nobody would read them.
    """
    batches = view.record.batches
    written = [entry for entry in entries if batches[entry.batch].origin_at is None]
    if len(written) > MOST_LISTED:
        return []
    warnings = list[str]()
    for entry in written:
        counts = entry.retracted_by is None and entry.subject in view.record.subjects
        if counts and entry.author != SEED_AUTHOR:
            warnings += _published(view, entry)
            warnings += _backdated(view, entry)
            warnings += _outranked(before, view, entry)
            warnings += _met(view, entry)
            warnings += _ended(view, entry)
            warnings += _measured(before, view, entry)
    return [*dict.fromkeys(warnings)]


def _published(view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if an entry counts only from long after its day."""
    public_on = view.record.made_public(entry)
    if entry.public_on is None and (public_on - entry.on).days > SOON:
        until = f"#{entry.entry} counts from {view.day(public_on)}, when its source was published"
        yield f"{until}; give --public if it was known before"


def _backdated(view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if today was set, and news of the week before it will not be listed late."""
    record = view.record
    week = week_of(view.as_of)
    is_update = entry.kind not in (*UNDATED, EntryKind.TEXT)
    if not is_update or week == week_of(record.recorded_on):
        return
    if shifted(week.start, -WEEK) <= record.made_public(entry) < week.start:
        late = f"#{entry.entry} is not listed as recorded late in week {week}, since today was set"
        yield f"{late}; give --public if it became public that week"


def _outranked(before: View, view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if a verdict is outranked by a later one, or outranks one of its month."""
    if not entry.is_verdict:
        return

    def named(verdict: Entry) -> str:
        return f"#{verdict.entry} ({stated_by(verdict)}, {view.period(verdict.effective_on)})"

    position = value_of(view.positions, entry.subject)
    last = position.verdict if position else None
    if last and last.on >= entry.on and last.entry <= before.clocks.known:
        yield f"#{entry.entry} does not change the status: {named(last)} is later"
    was = value_of(before.positions, entry.subject)
    earlier = was.verdict if was else None
    day = entry.effective_on
    if earlier and day.first <= earlier.on < day.last:
        own = f"the last day of its {day.precision}, and so outranks {named(earlier)}"
        yield f"#{entry.entry} counts from {view.day(day.last)}, {own}"


def _met(view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if something is kept before its window, or without the count for it."""
    if entry.is_verdict and stated_by(entry) is Status.KEPT:
        what = "kept"
        positions = view.owned[entry.subject]
        measured = view.measured[entry.subject]
    elif entry.outcome is Outcome.MET:
        what = "met"
        closed = view.due[entry.subject]
        positions = [closed]
        measured = (closed,) if closed.target is not None else ()
    else:
        return
    for delivery in measured:
        if view.figure(delivery) is None:
            none = f"{delivery.slug} has no reading that counts"
            yield f"{entry.subject} is {what}, but {none}; log one with 'tracker measure'"
        if short := falls_short(view, delivery):
            yield f"{entry.subject} is {what}, but {short}"
    for position in positions:
        if position.opens_on is not None and entry.on < position.opens_on:
            start = (
                f"the window of {position.slug} opens on {view.day(position.opens_on)}"
            )
            yield f"{entry.subject} is {what} before {start}"


def _ended(view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if something is broken after the end of its term."""
    if entry.is_verdict and stated_by(entry) is Status.BROKEN:
        ends_on = view.terms[entry.subject].term_ends_on
        if ends_on and entry.on > ends_on.last:
            day = view.day(ends_on.last)
            yield f"{entry.subject} is broken, but its term ended {day}"


def _counted_otherwise(deadline: Deadline, reading: Entry) -> str:
    """Return what to do if a reading was meant for the series that its deadline names."""
    missing = []
    if deadline.counted_by not in (None, reading.counted_by):
        missing.append(f"--by '{deadline.counted_by}'")
    if deadline.basis not in (None, reading.basis):
        missing.append(f"--basis {deadline.basis}")
    if not missing:
        return ""
    return f". For what its target counts, 'tracker undo' and add {' '.join(missing)}"


def _measured(before: View, view: View, entry: Entry) -> Iterator[str]:
    """Yield a warning if another series is opened, or if a value or a day is unlikely."""
    if entry.kind is not EntryKind.READING or entry.value is None:
        return
    slug = entry.subject
    position = view.due[slug]
    is_total = not (entry.flow or entry.basis is Basis.LEVEL)
    earlier = [figure.series for figure in before.latest(position)]
    series = next((count for count in earlier if count.key == series_key(entry)), None)
    if series is None and earlier:
        known = ", ".join(
            f"{count.counted_by} {count.basis} in {count.unit}" for count in earlier
        )
        new = f"{entry.counted_by} {entry.basis} in {entry.unit}"
        counts = _counted_otherwise(position.deadline, entry)
        yield f"{slug}: a new series, {new}; so far: {known}{counts}"
    if entry.value < 0 and is_total:
        yield f"{slug}: the total is below zero; check the value"
    reached = share(position, entry.value) if entry.unit == position.unit else None
    if reached is not None and reached > FAR_BEYOND:
        yield f"{slug}: {reached.words}% of the target; check the value and its unit"
    grows = is_total and not position.is_cut
    opens_on = position.opens_on
    if grows and not position.is_limit and opens_on and entry.on < opens_on:
        yield f"{slug}: its window opens on {view.day(opens_on)}, after this day; check the day"
    is_news = grows and entry.command is not Command.AMEND
    if series and is_news and entry.value < series.value and series.through <= entry.on:
        total = f"the total of {before.day(series.through)}, {quantity(series.value)}"
        again = series.through == entry.on
        yield f"{slug}: {'restates' if again else 'below'} {total}"
    flows = [
        lot.entry
        for lot in view.readings.get(slug, ())
        if lot.flow and lot.effective_on == entry.effective_on
        if series_key(lot) == series_key(entry)
    ]
    if entry.flow and len(flows) > 1:
        several = listing([f"#{number}" for number in sorted(flows)])
        are = f"{several} are flows of {view.period(entry.effective_on)}"
        yield f"{slug}: {are}, of which only #{flows[-1]} counts; {TWO_LOTS}"
