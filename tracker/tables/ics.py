"""Deadlines as an iCalendar file: an all-day event each, the same for the same report."""

from datetime import UTC, datetime, time, timedelta

from tracker.errors import WrongUsage
from tracker.tables import TIE, WEB_ADDRESS, Report, visible


def render_ics(report: Report) -> str:
    """Return the calendar of a report; refuse one of which no rows have a day of their own."""
    from icalendar import Calendar, Event

    if report.calendar is None:
        raise WrongUsage("no calendar", report=report.document.get("report", "receipt"))
    calendar = report.calendar(report.rows)
    file = Calendar()
    file.add("prodid", "-//Truce Tracker//Deadlines//EN")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", _plain(calendar.title))
    if calendar.note:
        file.add("x-wr-caldesc", calendar.note)
    for row in sorted(calendar.events, key=lambda row: (row.last, row.uid)):
        event = Event()
        event.add("uid", row.uid)
        event.add("sequence", row.sequence)
        event.add("dtstart", row.first)
        if row.first < row.last:
            event.add("dtend", row.last + timedelta(days=1))  # the first day after it
        event.add("summary", _plain(row.title))
        event.add("description", _plain("\n".join(row.lines)))
        event.add("categories", [row.kind])
        event.add("status", "CANCELLED" if row.is_cancelled else "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        if row.address and WEB_ADDRESS.fullmatch(row.address):
            event.add("url", row.address)
        event.add("dtstamp", datetime.combine(calendar.made_on, time(), UTC))
        file.add_component(event)
    written: bytes = file.to_ical()
    return written.decode()


def _plain(text: str) -> str:
    return visible(text).replace(TIE, " ")
