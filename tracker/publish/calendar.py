"""Deadlines as an iCalendar file: one all-day event each, the same for the same book."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tracker.dates import dated, in_words, period_in_words
from tracker.reports.deadlines import title_or_label, verdict_in_words
from tracker.reports.frame import amount, days_in_words, the
from tracker.reports.view import View
from tracker.rules.deadlines import DeadlinePosition
from tracker.rules.moves import Heard
from tracker.tables import TIE, WEB_ADDRESS, visible
from tracker.vocabulary import EVENTS, DeadlineKind, DeadlineVerdict, Precision

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//Truce Tracker//Deadlines//EN"
DOMAIN = "truce-tracker"
SEVERAL = "Trade truces"
"""The title if there are several agreements."""
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""The modification time of a book without entries."""


def render(book: View, alarm_days: int | None = None) -> str:
    """Return the calendar of the deadlines that reports list.

    With `alarm_days`, open ones have alarms that many days ahead.
    """
    from icalendar import Alarm, Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", visible(f"{title_of(book)}: deadlines"))
    last_written, turns = stamp(book), book.state.turns
    on_days = filter(_has_a_day, book.listed_deadlines)
    for position in sorted(on_days, key=lambda one: (one.happens_on, one.deadline.slug)):
        event = _event(book, position, turns[position.deadline.slug])
        event.add("dtstamp", last_written)
        is_open = book.judged.reported(position).verdict is DeadlineVerdict.OPEN
        if alarm_days is not None and is_open:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", event["summary"])
            alarm.add("trigger", timedelta(days=-alarm_days))
            event.add_component(alarm)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written.decode()


def _has_a_day(position: DeadlinePosition) -> bool:
    """Return whether it is known on which day a deadline is due, or was met."""
    due_on = position.due_on
    if due_on is None:
        return False
    return due_on.precision is Precision.DAY or position.happens_on < due_on.last


def _event(book: View, position: DeadlinePosition, sequence: int) -> "Event":
    from icalendar import Event

    deadline, cancelled = position.deadline, position.verdict is DeadlineVerdict.CANCELLED
    event = Event()
    event.add("uid", f"{deadline.slug}.{deadline.agreement}@{DOMAIN}")
    event.add("sequence", sequence)
    event.add("dtstart", position.happens_on)
    event.add("summary", visible(_summary(book, position)).replace(TIE, " "))
    event.add("description", visible("\n".join(_lines(book, position))))
    event.add("categories", [deadline.kind.value])
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    address = book.state.sources[deadline.source].url
    if address and WEB_ADDRESS.fullmatch(address):
        event.add("url", address)
    return event


def title_of(book: View) -> str:
    """Return the title of a calendar or a site: the agreement's, if there is only one."""
    titles = [agreement.title for agreement in book.state.agreements.values()]
    return titles[0] if len(titles) == 1 else SEVERAL


def _summary(book: View, position: DeadlinePosition) -> str:
    """Return an event's title, marked if a concession ends, and the target."""
    deadline, words = position.deadline, title_or_label(book, position.deadline)
    words += " (ends)" if deadline.concession and deadline.kind is DeadlineKind.EXPIRY else ""
    if position.target is None:
        return words
    most = "at most " if position.is_limit else ""
    return f"{words} ({most}{amount(position.target, position.unit)})"


def _lines(book: View, position: DeadlinePosition) -> list[str]:
    """Return an event's description: its subject, moves and verdict."""
    deadline, due_on = position.deadline, position.due_on
    lines = [_subject(book, position)]
    if due_on and position.happens_on < due_on.last:
        words = period_in_words(due_on)
        lines.append(f"Due {words}; the event is on the day on which it was met.")
    if position.moves:
        if deadline.due_on:
            slip = position.slip_days or 0
            moved = f"moved {days_in_words(abs(slip))} {'later' if slip > 0 else 'earlier'}"
            first = period_in_words(deadline.due_on)
            lines.append(f"First due {first}; {moved if slip else 'not moved'}.")
        lines += [_moved(book, position, heard) for heard in position.moves]
    as_of = in_words(book.clocks.as_of)
    kind = "Limit" if position.is_limit else deadline.kind.capitalize()
    reported = book.judged.reported(position)
    said = verdict_in_words(deadline.kind, reported.verdict, reported.late_days)
    lines.append(f"{kind}, {said} as of {as_of}.")
    return lines


def _subject(book: View, position: DeadlinePosition) -> str:
    """Return a deadline's subject: its label, and its concession's slug and parties."""
    deadline = position.deadline
    if deadline.concession is None:
        return book.state.agreements[deadline.agreement].title
    concession = book.state.concessions[deadline.concession]
    sides = (concession.givers, concession.receivers)
    parties = " → ".join(", ".join(map(book.short, side)) for side in sides)
    what = concession.title if deadline.kind in EVENTS else deadline.label
    return f"{concession.slug}: {what} ({parties})"


def _moved(book: View, position: DeadlinePosition, heard: Heard) -> str:
    """Return who named which day when, and whether that is not the day to which it was moved."""
    move, due_on = heard.move, heard.move.due_on
    assert due_on is not None
    said = f" by {the(book, move.says)}" if move.says else ""
    is_agreed = move.says in position.moved_by and due_on.last == position.last
    only = "" if heard.moves_day or not move.says or is_agreed else "; it does not move the day"
    return f"To {period_in_words(due_on)}, announced{said} {dated(move.effective_on)}{only}."


def stamp(book: View) -> datetime:
    """Return the moment of the last known entry, never the current time."""
    last = book.state.record.lines([book.state.record.last.entries])
    return last[0].recorded_at.replace(microsecond=0) if last else NEVER
