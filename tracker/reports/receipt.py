"""The receipt of a recording command: its entries, and each concession before and after."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from tracker.compare import Difference, compare
from tracker.database import Connection
from tracker.database.contents import contents, touched
from tracker.dates import period_in_words
from tracker.entry import Entry
from tracker.facts import Clocks
from tracker.journal.writer import Writer
from tracker.record import Record
from tracker.reports.changes import ChangeRow, change_rows
from tracker.reports.history import in_short
from tracker.reports.prose import the
from tracker.reports.remarks import remarks
from tracker.reports.status import claim_in_words
from tracker.reports.versions import with_declared
from tracker.reports.view import View
from tracker.reports.warnings import warnings
from tracker.state import State
from tracker.tables import Report, Section, keyed
from tracker.vocabulary import EntryKind

MOST_LISTED = 100
"""The most entries that a receipt lists one by one."""


class Receipt(NamedTuple):
    """What a command recorded."""

    recorded: list[Entry]
    """The entries that the command wrote."""
    changes: list[ChangeRow]
    """What differs since."""
    warnings: list[str]
    """Possible mistakes, one per line; nothing was refused."""
    already: Sequence[int] = ()
    """With `--once`: the existing entries that say the same, so that nothing was added."""


def receipt(
    writer: Writer, numbers: range, more: Sequence[str] = (), notes: Sequence[str] = ()
) -> Report:
    """Return the entries of these numbers, which a writer wrote, and what they changed.

    `more` are lines about declarations, `notes` lines on what happened outside the book.
    """
    already = writer.already
    effect = effect_of(writer.connection, writer.today, numbers, already)
    entries, known, view = effect.entries, effect.known, effect.after
    others = _referred(view, entries) if len(entries) <= MOST_LISTED else {}
    lines = [*more] if more else _listed(view, entries, others)
    lines += [
        f"{one.subject}: {_dated(view, one)}: already recorded as entry {one.entry}"
        for one in known
    ]
    is_correction = any(one.kind is EntryKind.RETRACTION for one in entries)
    said = remarks(effect.before, view, entries, others.values() if is_correction else ())
    lines += [*effect.gone, *said, *notes, *effect.moved(in_full=True), *effect.warned]
    return told(effect.receipt._replace(already=already), lines, numbers)


class Effect:
    """What some entries changed: the book before them and with them, and what differs.

    `known` are existing entries that say the same.
    """

    def __init__(self, before: View, after: View, entries: list[Entry], known: list[Entry]) -> None:
        self.before = before
        self.after = after
        self.entries = entries
        self.known = known

    @cached_property
    def differences(self) -> list[Difference]:
        """What differs since."""
        return compare(self.before.judged, self.after.judged)

    @cached_property
    def warnings(self) -> list[str]:
        """Possible mistakes in the entries."""
        return warnings(self.before, self.after, self.entries)

    @property
    def receipt(self) -> Receipt:
        """What programs get."""
        changes = change_rows(self.before, self.after, self.differences)
        return Receipt(self.entries, changes, self.warnings)

    @property
    def gone(self) -> list[str]:
        """Which agreements were taken back."""
        undone = self.before.state.agreements.keys() - self.after.state.agreements.keys()
        return [f"agreement {slug}: no longer declared" for slug in sorted(undone)]

    def moved(self, *, in_full: bool = False) -> list[str]:
        """Return how concessions changed; `in_full`, also which of them stayed the same."""
        named = (str(one.concession) for one in (*self.entries, *self.known))
        listed = {one.subject for one in self.differences}
        lines = []
        for slug in dict.fromkeys(named):
            if slug in self.before.judged.positions and slug in self.after.judged.positions:
                line = moved(self.before, self.after, slug) if slug in listed else ""
                lines.append(line or (as_before(self.after, slug) if in_full else ""))
        return [*filter(None, lines)]

    @property
    def warned(self) -> list[str]:
        """The warnings, as people read them."""
        return [f"Warning: {line}" for line in self.warnings]


def effect_of(
    connection: Connection,
    today: date,
    numbers: range,
    already: Sequence[int] = (),
    *,
    whole: bool = False,
) -> Effect:
    """Return what the entries of these numbers changed.

    The book is read once: before them, it is the same without them. Unless it is wanted `whole`,
    only what they touch is read.
    """
    things = None if whole else touched(connection, [*numbers, *already])
    now = State(Record(contents(connection, things)), Clocks(today))
    before, after = View(now.known_by(numbers.start - 1)), View(now)
    entries, known = (with_declared(after, now.record.lines(own)) for own in (numbers, already))
    return Effect(before, after, entries, known)


def told(found: Any, lines: Iterable[str], written: range) -> Report:
    """Return a receipt with its lines for people, and the numbers of what was written."""
    sections = [Section(lines=tuple(lines))]
    return Report(keyed(found), Entry, sections=sections, main="recorded", written=written)


def _listed(view: View, entries: Sequence[Entry], others: Mapping[int, Entry]) -> list[str]:
    """Return the entries, one per line, or only their numbers if there are very many."""
    if len(entries) > MOST_LISTED:
        what = "retractions" if entries[0].refers_to else "entries"
        return [f"#{entries[0].entry} to #{entries[-1].entry}: {len(entries):,} {what}"]
    return [recorded(view, entry, others.get(entry.referent)) for entry in entries]


def recorded(view: View, entry: Entry, other: Entry | None = None) -> str:
    """Return one entry on a line: `#14 soybeans: partial, 7 Jan 2026`, and what it refers to."""
    which = ""
    if other and other.refers_to and other.kind is EntryKind.RETRACTION:
        which = f", the retraction of #{other.refers_to}"
    elif other:
        which = f" ({_dated(view, other)})"
    return f"#{entry.entry} {entry.subject}: {_dated(view, entry, which)}"


def _dated(view: View, entry: Entry, which: str = "") -> str:
    what = f"{in_short(view, entry)}{which}"
    if entry.kind is EntryKind.NOTE and entry.says:
        what = f"note by {the(view, entry.says)}"
    if entry.kind is EntryKind.DECLARATION:
        return what
    return f"{what}, {period_in_words(entry.effective_on, date.min)}"


def _referred(view: View, entries: Sequence[Entry]) -> dict[int, Entry]:
    """Return what some entries retract, and what retracted retractions had retracted."""
    numbers = [entry.refers_to for entry in entries if entry.refers_to]
    if not numbers:
        return {}
    found = with_declared(view, view.state.record.lines(numbers))
    return _referred(view, found) | {entry.entry: entry for entry in found}


def moved(before: View, view: View, slug: str) -> str:
    """Return how a concession's stage, state, claim or standing changed; empty if none did.

    With the same stage, its state can change: once its term has ended, or when that is moved.
    """
    was, now = (one.judged.positions[slug] for one in (before, view))
    parts = []
    if was.stage is now.stage and was.state is not now.state:
        parts.append(f"{was.state} → {now.state}")
    claim = claim_in_words(view, now)
    if claim and claim != claim_in_words(before, was):
        parts.append(claim)
    if was.standing is not now.standing:
        parts.append(f"standing {was.standing} → {now.standing}")
    if was.stage is not now.stage:
        return "; ".join([f"{slug}: {was.stage} → {now.stage}", *parts])
    return "; ".join([as_before(view, slug), *parts]) if parts else ""


def as_before(view: View, slug: str) -> str:
    """Return that a concession is still at the same stage."""
    return f"{slug}: {view.judged.positions[slug].stage}, as before"
