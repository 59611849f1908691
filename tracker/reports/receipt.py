"""The receipt of a recording command: its entries, what is to be said of them, and what changed."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from tracker.compare import Difference, What, compare
from tracker.database import Connection
from tracker.database.contents import contents, touched
from tracker.dates import exactly, period_in_words
from tracker.declared import value_of
from tracker.entry import Entry
from tracker.journal.writer import Writer
from tracker.record import Record
from tracker.reports.changes import ChangeRow, change_rows, in_words
from tracker.reports.frame import the
from tracker.reports.history import in_short
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
    entries, view = effect.entries, effect.after
    if more:
        lines = [*more]
    elif len(entries) > MOST_LISTED:
        what = "retractions" if entries[0].refers_to else "entries"
        lines = [f"#{entries[0].entry} to #{entries[-1].entry}: {len(entries):,} {what}"]
    else:
        referred = view.state.record.lines(one.refers_to for one in entries if one.refers_to)
        others = {one.entry: one for one in view.state.in_full(referred)}
        lines = [recorded(view, one, others.get(one.referent)) for one in entries]
    said = (words for one in entries for words in (_unmoved(view, one), _reworded(view, one)))
    lines += [*filter(None, said), *notes, *effect.changes_in_words, *effect.warned]
    return told(effect.receipt(effect.warnings), lines, numbers)


class Effect:
    """What the entries of some numbers changed: the book before them, and with them.

    The book is read once: before them, it is the same without them. Unless it is wanted `whole`,
    only what they touch is read.
    """

    def __init__(
        self, connection: Connection, today: date, numbers: range, *, whole: bool = False
    ) -> None:
        things = None if whole else touched(connection, numbers)
        now = State(Record(contents(connection, things)), Clocks(today))
        self.before, self.after = View(now.known_by(numbers.start - 1)), View(now)
        self.entries = now.in_full(now.record.lines(numbers))

    @cached_property
    def differences(self) -> list[Difference]:
        """What differs since."""
        return compare(self.before.judged, self.after.judged)

    @cached_property
    def warnings(self) -> list[str]:
        """Possible mistakes in the entries."""
        return warnings(self.before, self.after, self.entries)

    @property
    def warned(self) -> list[str]:
        """The warnings, as people read them."""
        return [f"Warning: {line}" for line in self.warnings]

    def receipt(self, warned: list[str]) -> Receipt:
        """Return what programs get."""
        changes = change_rows(self.before, self.after, self.differences)
        return Receipt(self.entries, changes, warned)

    @property
    def changes_in_words(self) -> list[str]:
        """What differs of concessions and deadlines, but for what the lines of entries say."""
        then, now = self.before, self.after
        gone = then.state.agreements.keys() - now.state.agreements.keys()
        lines = [f"agreement {slug}: no longer declared" for slug in sorted(gone)]
        listed = filter(self._is_listed, self.differences)
        lines += [f"{one.subject}: {in_words(then, now, one)}" for one in listed]
        for slug, position in now.judged.positions.items():
            was, standing = then.judged.positions.get(slug), position.standing
            if was and was.standing is not standing:
                lines.append(f"{slug}: standing {was.standing} → {standing}")
        return lines

    def _is_listed(self, one: Difference) -> bool:
        """Return whether a difference is an effect of entries, and not what one of them says.

        What was declared or taken back with its agreement or its concession is not listed.
        """
        then, now = self.before.state, self.after.state
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


def _unmoved(view: View, entry: Entry) -> str | None:
    """Return that a party's statement alone does not move a deadline, or change its target."""
    position, heard = value_of(view.judged.deadlines, entry.deadline), view.heard.get(entry.entry)
    if position is None or heard is None or heard.moves_it or not entry.says or not entry.due_on:
        return None
    if position.has(entry.due_on) and entry.value in (None, position.target):
        return None
    own, of_entry = position.due_on, entry.due_on
    if position.deadline.awaits_first_day:
        own = exactly(position.opens_on) if position.opens_on else None
    stays = f"stays {view.period(own, of_entry)}" if own else "still waiting"
    return f"{entry.deadline}: {stays}; this statement alone does not move it"


def _reworded(view: View, entry: Entry) -> str | None:
    """Return whether a new text has the same words as the one before it."""
    pairs = pairwise(view.state.texts_of(entry.subject)) if entry.text else ()
    before = next((one for one, own in pairs if own.entry == entry.entry), None)
    if before is None or entry.text is None:
        return None
    text = f"the text of {view.day(before.seen_on)} (#{before.entry})"
    if before.fingerprint.words_sha256 == entry.text["words_sha256"]:
        return f"{entry.subject}: the same words as {text}"
    see = f"see 'tracker source diff {entry.subject}'"
    return f"{entry.subject}: words changed since {text}; {see}"
