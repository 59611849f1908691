"""Deadlines as an iCalendar file: one all-day event each, the same for the same book."""

from collections import Counter
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from tracker.dates import in_words
from tracker.reports.deadlines import (
    DeadlineRow,
    besides,
    deadline_row,
    kind_of,
    what_falls_due,
)
from tracker.reports.frame import verdict_in_words
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.state import State
from tracker.tables import TIE, WEB_ADDRESS, visible
from tracker.vocabulary import (
    EVENTS,
    UNDATED,
    DeadlineKind,
    DeadlineVerdict,
    EntryKind,
    Precision,
)

if TYPE_CHECKING:
    from icalendar import Event


def render(book: View) -> str:
    """Return the calendar of the deadlines that reports list."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Truce Tracker//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", visible(f"{title_of(book)}: deadlines"))
    made_at = datetime.combine(book.clocks.as_of, time(), UTC)  # never the current time
    turns = turns_of(book.state)
    on_days = filter(_has_a_day, book.listed_deadlines)
    for position in sorted(on_days, key=lambda due: (due.happens_on, due.deadline.slug)):
        event = _event(book, position, turns[position.deadline.slug])
        event.add("dtstamp", made_at)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written.decode()


def turns_of(state: State) -> dict[str, int]:
    """Return how often each deadline was moved, closed or corrected: a number that only rises.

    Declarations and retractions count whatever the day: they have none of their own.
    """
    counts = Counter[str]()
    for entry in state.record.entries.values():
        is_past = entry.on <= state.clocks.as_of and state.is_public(entry)
        is_move = entry.kind is EntryKind.DEADLINE and is_past
        if entry.deadline and (entry.kind in UNDATED or is_move):
            counts[entry.deadline] += 1
    # The first declaration is not a turn.
    return {slug: count - 1 for slug, count in counts.items()}


def _has_a_day(position: DeadlinePosition) -> bool:
    """Return whether a deadline is due on a day, not in a month, or was met before its last one."""
    due_on = position.due_on
    if due_on is None:
        return False
    was_met_before = position.happens_on < due_on.last
    return due_on.precision is Precision.DAY or was_met_before


def _event(book: View, position: DeadlinePosition, sequence: int) -> "Event":
    from icalendar import Event

    deadline = position.deadline
    row = deadline_row(book, position)
    ends = (
        " (ends)" if deadline.concession and deadline.kind is DeadlineKind.EXPIRY else ""
    )
    is_cancelled = position.verdict is DeadlineVerdict.CANCELLED
    event = Event()
    event.add("uid", f"{deadline.slug}.{deadline.agreement}@truce-tracker")
    event.add("sequence", sequence)
    event.add("dtstart", position.happens_on)
    event.add("summary", _plain(what_falls_due(book, row) + ends))
    event.add("description", _plain("\n".join(_lines(book, row))))
    event.add("categories", [deadline.kind.value])
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    address = book.state.sources[deadline.source].url
    if address and WEB_ADDRESS.fullmatch(address):
        event.add("url", address)
    return event


def _plain(text: str) -> str:
    return visible(text).replace(TIE, " ")


def title_of(book: View) -> str:
    """Return the title of a calendar or a site: the agreement's, if there is only one."""
    titles = [agreement.title for agreement in book.state.agreements.values()]
    return titles[0] if len(titles) == 1 else "Trade truces"


def _lines(book: View, row: DeadlineRow) -> list[str]:
    """Return an event's description: its subject, what the report says of it, and its verdict."""
    as_of = in_words(book.clocks.as_of)
    verdict = verdict_in_words(row.kind, row.position.verdict, row.position.late_days)
    sentence = f"{kind_of(row).capitalize()}, {verdict} as of {as_of}."
    return [_subject(book, row), *filter(None, [besides(book, row)]), sentence]


def _subject(book: View, row: DeadlineRow) -> str:
    """Return a deadline's subject: its label, and its concession's slug and parties."""
    if row.concession is None:
        return book.state.agreements[row.agreement].title
    concession = book.state.concessions[row.concession]
    title = concession.title if row.kind in EVENTS else row.label
    return f"{concession.slug}: {title} ({book.parties_line(concession.slug)})"
