"""The receipt of a recording command: its entries, what is to be said of them, and what changed."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from tracker.compare import Difference, What
from tracker.database import Connection
from tracker.database.contents import contents, touched
from tracker.dates import period_in_words
from tracker.declared import value_of
from tracker.entry import Entry
from tracker.journal.writer import Writer
from tracker.record import Record
from tracker.reports.changes import Between, ChangeRow
from tracker.reports.frame import the
from tracker.reports.history import in_short, with_declared
from tracker.reports.view import View
from tracker.reports.warnings import warnings
from tracker.state import Clocks, State
from tracker.tables import Report, Section, keyed
from tracker.vocabulary import EntryKind

EFFECTS = frozenset((What.STATE, What.DAY, What.TARGET, What.OUTCOME))
"""What a receipt lists if it differs, beside figures."""
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


def receipt(
    writer: Writer, numbers: range, more: Sequence[str] = (), notes: Sequence[str] = ()
) -> Report:
    """Return the entries of these numbers, which a writer wrote, and what they changed.

    `more` are lines about declarations, `notes` lines on what happened outside the book.
    """
    effect = Effect(writer.connection, writer.today, numbers)
    entries, view = effect.entries, effect.view
    if more:
        lines = [*more]
    elif len(entries) > MOST_LISTED:
        what = "retractions" if entries[0].refers_to else "entries"
        lines = [f"#{entries[0].entry} to #{entries[-1].entry}: {len(entries):,} {what}"]
    else:
        referred = view.state.record.lines(one.refers_to for one in entries if one.refers_to)
        others = {one.entry: one for one in with_declared(view, referred)}
        lines = [recorded(view, one, others.get(one.referent)) for one in entries]
    lines += [*filter(None, (_unmoved(view, one) for one in entries)), *notes]
    lines += [*effect.changes_in_words, *effect.warned]
    return told(effect.receipt(effect.warnings), lines, numbers)


class Effect(Between):
    """What the entries of some numbers changed: the book before them, and with them.

    The book is read once: before them, it is the same without them. Unless it is wanted `whole`,
    only what they touch is read.
    """

    def __init__(
        self, connection: Connection, today: date, numbers: range, *, whole: bool = False
    ) -> None:
        things = None if whole else touched(connection, numbers)
        now = State(Record(contents(connection, things)), Clocks(today))
        super().__init__(View(now.known_by(numbers.start - 1)), View(now))
        self.entries = with_declared(self.view, now.record.lines(numbers))

    @cached_property
    def warnings(self) -> list[str]:
        """Possible mistakes in the entries."""
        return warnings(self.before, self.view, self.entries)

    @property
    def warned(self) -> list[str]:
        """The warnings, as people read them."""
        return [f"Warning: {line}" for line in self.warnings]

    def receipt(self, warned: list[str]) -> Receipt:
        """Return what programs get."""
        return Receipt(self.entries, self.rows, warned)

    @property
    def changes_in_words(self) -> list[str]:
        """What differs of concessions and deadlines, but for what the lines of entries say."""
        gone = self.before.state.agreements.keys() - self.view.state.agreements.keys()
        lines = [f"agreement {slug}: no longer declared" for slug in sorted(gone)]
        listed = filter(self._is_listed, self.differences)
        return lines + [f"{one.subject}: {self.in_words(one)}" for one in listed]

    def _is_listed(self, one: Difference) -> bool:
        """Return whether a difference is an effect of entries, and not what one of them says.

        What was declared or taken back with its agreement or its concession is not listed.
        """
        then, now = self.before.state, self.view.state
        if one.what is What.TEXT:
            return one.after is not None and self.text_before(one) is not None
        if one.what is What.STATE and one.after is None:
            return then.concessions[one.subject].agreement in now.agreements
        is_there = all(
            one.subject in state.concessions or one.subject in state.deadlines
            for state in (then, now)
        )
        return is_there and (one.what is What.FIGURE or (one.what in EFFECTS and not one.part))


def told(found: Any, lines: Iterable[str], written: range) -> Report:
    """Return a receipt with its lines for people, and the numbers of what was written."""
    sections = [Section(lines=tuple(lines))]
    return Report(keyed(found), Entry, sections=sections, main="recorded", written=written)


def recorded(view: View, entry: Entry, other: Entry | None = None) -> str:
    """Return one entry on a line: `#14 soybeans: partial, 7 Jan 2026`, and what it refers to."""
    which = f" ({_dated(view, other)})" if other else ""
    return f"#{entry.entry} {entry.subject}: {_dated(view, entry, which)}"


def _dated(view: View, entry: Entry, which: str = "") -> str:
    what = f"{in_short(view, entry)}{which}"
    if entry.kind is EntryKind.NOTE and entry.says:
        what = f"note by {the(view, entry.says)}"
    if entry.kind is EntryKind.DECLARATION:
        return what
    return f"{what}, {period_in_words(entry.effective_on, date.min)}"


def _unmoved(view: View, entry: Entry) -> str | None:
    """Return that a party's statement alone does not move a deadline, or change its target."""
    position = value_of(view.judged.deadlines, entry.deadline)
    if position is None or entry.due_on is None:
        return None
    is_beside = any(said.party == entry.says for said in position.said)
    return f"{entry.deadline}: this statement alone does not move it" if is_beside else None
