"""The receipt of a recording command: its entries, what is to be said of them, and what changed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from tracker.compare import Difference, compare
from tracker.database import Connection
from tracker.database.contents import contents, touched
from tracker.dates import period_in_words
from tracker.entry import Entry
from tracker.facts import Clocks
from tracker.groups import value_of
from tracker.journal.writer import Writer
from tracker.record import Record
from tracker.reports.changes import ChangeRow, change_rows
from tracker.reports.counts import is_of, measured, so_far
from tracker.reports.frame import amount, late_in_words, says, the
from tracker.reports.history import in_short, with_declared
from tracker.reports.view import View
from tracker.reports.warnings import warnings
from tracker.rules.deadlines import DeadlinePosition, late_days
from tracker.rules.stages import Position
from tracker.state import State
from tracker.tables import Report, Section, keyed
from tracker.vocabulary import DeadlineVerdict, EntryKind, Outcome, StageFrom

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
    claim = _claim(view, now)
    if claim and claim != _claim(before, was):
        parts.append(claim)
    if was.standing is not now.standing:
        parts.append(f"standing {was.standing} → {now.standing}")
    if was.stage is not now.stage:
        return "; ".join([f"{slug}: {was.stage} → {now.stage}", *parts])
    return "; ".join([as_before(view, slug), *parts]) if parts else ""


def _claim(view: View, position: Position) -> str:
    """Return the latest claim about a stage that is merely declared."""
    if position.stage_from is not StageFrom.DECLARED or position.latest_claim is None:
        return ""
    return f"{says(view, str(position.latest_claim.says))} {position.latest_claim.stage}"


def as_before(view: View, slug: str) -> str:
    """Return that a concession is still at the same stage."""
    return f"{slug}: {view.judged.positions[slug].stage}, as before"


def remarks(
    before: View, view: View, entries: Sequence[Entry], corrected: Iterable[Entry] = ()
) -> list[str]:
    """Return a line for each remark on new entries, and on what they correct."""
    of_each = (
        (counted(view, entry), heard(view, entry), late(view, entry), _reworded(view, entry))
        for entry in entries
    )
    left = [one for one in corrected if not _continues(one, entries)]
    lines = [line for one in left for line in (_counts_now(view, one), _due_now(before, view, one))]
    return [line for found in (lines, *of_each) for line in dict.fromkeys(found) if line]


def _continues(corrected: Entry, entries: Sequence[Entry]) -> bool:
    """Return whether a new entry is about the series, or moves or closes the same deadline."""
    own = [
        one for one in entries if (one.kind, one.deadline) == (corrected.kind, corrected.deadline)
    ]
    return any(one.kind is EntryKind.DEADLINE or is_of(one, corrected) for one in own)


def _due_now(before: View, view: View, corrected: Entry) -> str | None:
    """Return a deadline's day and outcome, if the correction of a move or a closing changed it."""
    was, now = (value_of(one.judged.deadlines, corrected.deadline) for one in (before, view))
    if was is None or now is None or corrected.kind is not EntryKind.DEADLINE:
        return None
    words = _held(view, now, corrected)
    return f"{corrected.deadline}: now {words}" if words != _held(before, was, corrected) else None


def _counts_now(view: View, corrected: Entry) -> str | None:
    """Return the state of a corrected reading's series, with its counter and its last day."""
    if (through := _through(view, corrected)) is None:
        return None
    found = f"{corrected.counted_by} counts {so_far(view, corrected)}"
    return f"{corrected.deadline}: {found}, by {view.day(through)}"


def counted(view: View, entry: Entry) -> str | None:
    """Return a reading's effect: its series' share of the target, through its last day."""
    if (through := _through(view, entry)) is None:
        return None
    later = "" if through == entry.effective_on.last else f", by {view.day(through)}"
    return f"{entry.deadline}: {so_far(view, entry)}{later}"


def _through(view: View, entry: Entry) -> date | None:
    """Return the last day of a reading's series; None if its unit is not that of the target.

    Then a warning says so.
    """
    found = measured(view, entry)
    return None if found is None or found[0].unit != entry.unit else found[1].latest.through


def heard(view: View, entry: Entry) -> str | None:
    """Return the day and the target of a deadline after a party's statement."""
    position = value_of(view.judged.deadlines, entry.deadline)
    if entry.due_on is None or entry.says is None or position is None:
        return None
    if position.verdict is DeadlineVerdict.WAITING:
        return f"{entry.deadline}: still waiting; this statement alone does not set its day"
    words = _held(view, position, entry)
    if (found := view.heard.get(entry.entry)) and found.moves_it:
        return f"{entry.deadline}: now {words}"
    if position.has(entry.due_on) and entry.value in (None, position.target):
        return f"{entry.deadline}: {words}, as before"
    return f"{entry.deadline}: stays {words}; this statement alone does not move it"


def _held(view: View, position: DeadlinePosition, entry: Entry) -> str:
    """Return a deadline's day, its target if an entry restated one, and how it was closed."""
    if position.verdict is DeadlineVerdict.WAITING:
        return "waiting for its day"
    first = position.deadline.awaits_first_day
    held = view.day(position.opens_on) if first else view.period(position.due_on, entry.due_on)
    target = "" if entry.value is None else f", target {amount(position.target, position.unit)}"
    closed = f", closed as {position.verdict}" if position.closed else ""
    return f"{held}{target}{closed}"


def late(view: View, entry: Entry) -> str | None:
    """Return how many days after its day a deadline was met."""
    position = value_of(view.judged.deadlines, entry.deadline)
    if entry.outcome is not Outcome.MET or position is None or not position.is_delivery:
        return None
    days = late_days(position.due_on, entry.effective_on.first)
    return f"{entry.deadline}: {late_in_words(days)}" if days else None


def _reworded(view: View, entry: Entry) -> str | None:
    """Return whether a new text has the same words as the one before it."""
    if entry.text is None:
        return None
    pairs = pairwise(view.state.texts_of(entry.subject))
    before = next((one for one, own in pairs if own.entry == entry.entry), None)
    if before is None:
        return None
    text = f"the text of {view.day(before.seen_on)} (#{before.entry})"
    if before.fingerprint.words_sha256 == entry.text["words_sha256"]:
        return f"{entry.subject}: the same words as {text}"
    is_comparable = before.fingerprint.reader == entry.text["reader"]
    changed = "changed" if is_comparable else "may have changed"
    see = f"see 'tracker source diff {entry.subject}'"
    return f"{entry.subject}: words {changed} since {text}; {see}"
