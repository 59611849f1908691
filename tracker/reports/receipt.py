"""The receipt of a recording command: its entries, and each concession before and after."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from tracker.database import Connection
from tracker.database.contents import contents, touched
from tracker.dates import period_in_words
from tracker.facts import Clocks, Entry
from tracker.journal.writer import Writer
from tracker.record import Record
from tracker.reports.history import in_short
from tracker.reports.prose import the
from tracker.reports.remarks import remarks
from tracker.reports.status import StatusRow, claim_in_words, status_rows
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
    before: StatusRow | None
    """The concession's row before the command, if all entries are about one."""
    after: StatusRow | None
    """Its row now."""
    warnings: list[str]
    """Possible mistakes, one per line; nothing was refused."""
    already: Sequence[int] = ()
    """With `--once`: the existing entries that say the same, so that nothing was added."""


def receipt(
    writer: Writer, numbers: range, more: Sequence[str] = (), notes: Sequence[str] = ()
) -> Report:
    """Return the entries of these numbers, which a writer wrote, and what they changed.

    The state before is the book as known by the previous entry; only what the entries touch is
    read. `more` are lines about declarations, `notes` lines on what happened outside the book.
    """
    already = writer.already
    effect = effect_of(writer.connection, writer.today, numbers, already)
    entries, known, view = effect.entries, effect.known, effect.after
    found = receipt_of(entries, effect.earlier, effect.states)
    others = _referred(view, entries) if len(entries) <= MOST_LISTED else {}
    lines = [*more] if more else _listed(view, entries, others)
    lines += [
        f"{one.subject}: {_dated(view, one)}: already recorded as entry {one.entry}"
        for one in known
    ]
    is_correction = any(one.kind is EntryKind.RETRACTION for one in entries)
    said = remarks(effect.before, view, entries, others.values() if is_correction else ())
    lines += [*effect.gone, *said, *notes, *effect.moved(in_full=True), *effect.warned]
    return told(found._replace(warnings=effect.warnings, already=already), lines, numbers)


class Effect(NamedTuple):
    """What some entries changed; only what they touch was read."""

    entries: list[Entry]
    known: list[Entry]
    """The existing entries that say the same."""
    before: View
    after: View
    earlier: dict[str, StatusRow]
    """The concessions' rows before the entries."""
    states: dict[str, StatusRow]
    """Their rows now."""
    warnings: list[str]
    gone: list[str]
    """Which agreements were taken back."""

    def moved(self, *, in_full: bool = False) -> list[str]:
        """Return how concessions changed; `in_full`, also which of them stayed the same."""
        lines = []
        for slug in dict.fromkeys(str(one.concession) for one in (*self.entries, *self.known)):
            before, after = self.earlier.get(slug), self.states.get(slug)
            if before and after:
                line = moved(self.after, before, after)
                lines.append(line or (as_before(after) if in_full else ""))
        return [*filter(None, lines)]

    @property
    def warned(self) -> list[str]:
        """The warnings, as people read them."""
        return [f"Warning: {line}" for line in self.warnings]


def effect_of(
    connection: Connection, today: date, numbers: range, already: Sequence[int] = ()
) -> Effect:
    """Return what the entries of these numbers changed."""
    things = touched(connection, [*numbers, *already])
    now = State(Record(contents(connection, things)), Clocks(today))
    before, after = View(now.known_by(numbers.start - 1)), View(now)
    entries, known = (with_declared(after, now.record.lines(own)) for own in (numbers, already))
    earlier, states = states_of(before), states_of(after)
    warned = warnings(before, after, states, entries)
    undone = before.state.agreements.keys() - after.state.agreements.keys()
    gone = [f"agreement {slug}: no longer declared" for slug in sorted(undone)]
    return Effect(entries, known, before, after, earlier, states, warned, gone)


def states_of(view: View) -> dict[str, StatusRow]:
    """Return the row of each concession that exists as of the day."""
    return {row.concession: row for row in status_rows(view)}


def told(found: Any, lines: Iterable[str], written: range) -> Report:
    """Return a receipt with its lines for people, and the numbers of what was written."""
    sections = [Section(lines=tuple(lines))]
    return Report(keyed(found), Entry, sections=sections, main="recorded", written=written)


def receipt_of(
    entries: list[Entry], before: Mapping[str, StatusRow], after: Mapping[str, StatusRow]
) -> Receipt:
    """Return what was recorded and, if it is about one concession, its rows before and after."""
    slugs = {entry.concession for entry in entries if entry.concession}
    only = slugs.pop() if len(slugs) == 1 else ""
    return Receipt(entries, before.get(only), after.get(only), [])


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
    if entry.kind is EntryKind.CITATION:
        what = what.replace("a source", str(entry.source), 1)
    if entry.kind is EntryKind.DECLARATION:
        return what
    return f"{what}, {period_in_words(entry.effective_on, date.min)}"


def _referred(view: View, entries: Sequence[Entry]) -> dict[int, Entry]:
    """Return what some entries retract or cite, and what retracted retractions had retracted."""
    numbers = [entry.refers_to for entry in entries if entry.refers_to]
    if not numbers:
        return {}
    found = with_declared(view, view.state.record.lines(numbers))
    return _referred(view, found) | {entry.entry: entry for entry in found}


def moved(view: View, before: StatusRow, after: StatusRow) -> str:
    """Return how a concession's stage, bucket, claim or standing changed; empty if none did.

    With the same stage, its bucket can change: once its term has ended, or when that is moved.
    """
    parts = []
    if before.stage is after.stage and before.bucket is not after.bucket:
        parts.append(f"{before.bucket} → {after.bucket}")
    claim = claim_in_words(view, after)
    if claim and claim != claim_in_words(view, before):
        parts.append(claim)
    if before.standing is not after.standing:
        parts.append(f"standing {before.standing} → {after.standing}")
    if before.stage is not after.stage:
        return "; ".join([f"{after.concession}: {before.stage} → {after.stage}", *parts])
    return "; ".join([as_before(after), *parts]) if parts else ""


def as_before(row: StatusRow) -> str:
    """Return that a concession is still at the same stage."""
    return f"{row.concession}: {row.stage}, as before"
