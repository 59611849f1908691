"""Days, periods, weeks and moments: parsed strictly, and written for people."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from tracker.errors import BadInput
from tracker.vocabulary import Precision

EARLIEST = date(1900, 1, 1)
"""The first day that may be recorded: an earlier one is a typing error, such as 0026."""
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
ISO_WEEK = re.compile(r"(?:(?:(\d{4})-?)?w)?(\d{2})", re.ASCII)
QUARTER = re.compile(r"(?:(\d{4})-?)?q([1-4])", re.ASCII)
RELATIVE = re.compile(r"(this|last)(?:[ -](week|month|quarter))?")
ISO_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?P<second>:\d{2}(?P<part>[.,]\d)?)?", re.ASCII
)
SUNDAY = 6
DAYS_OF_A_WEEK = 7
MOST_YEARS_TO_W53 = 8
"""Any span of this many years contains a week 53."""
DISTANCES = {"yesterday": -1, "today": 0, "tomorrow": 1}
"""Words for days, and how many days from today they are."""
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
MONTH_NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MONTHS = [name[:3] for name in MONTH_NAMES]
NUMBERS = {
    name.lower(): number
    for names in (MONTHS, MONTH_NAMES)
    for number, name in enumerate(names, 1)
}
"""The number of each month by its name, long or short, in lower case."""

LENGTHS = {"year": 4, "month": 7, "day": 10}
"""The length of an ISO day at each precision."""


class Period(NamedTuple):
    """A day known to `precision`; it is due on `last`, its last day."""

    last: date
    precision: Precision

    @property
    def first(self) -> date:
        """Its first day."""
        if self.precision is Precision.DAY:
            return self.last
        month = self.last.month if self.precision is Precision.MONTH else 1
        return self.last.replace(month=month, day=1)

    def __str__(self) -> str:
        """Return the period as it was given: `2026`, `2026-04` or `2026-04-15`."""
        last = self.last.isoformat()
        words = last[: LENGTHS[self.precision]]
        # Another day of the period can be stored only by tampering, so it is shown.
        fits = words == last or parse_period(words).last == self.last
        return words if fits else f"{last} ({self.precision})"


def exactly(day: date) -> Period:
    """Return a day as a period with the precision of a day."""
    return Period(day, Precision.DAY)


@lru_cache(4096)
def period_of(last: date, precision: str | None) -> Period:
    """Return a stored day, month or year; a day may be stored without its precision."""
    return Period(last, Precision(precision) if precision else Precision.DAY)


class Span(NamedTuple):
    """An ISO week from Monday to Sunday, a month or a quarter; both days are inclusive."""

    start: date
    end: date

    @property
    def is_week(self) -> bool:
        """Whether it is a week."""
        return (self.end - self.start).days < DAYS_OF_A_WEEK

    def __str__(self) -> str:
        """Return its name: `2026-W02`, `2026-11` or `2026-Q3`."""
        if self.is_week:
            year, number, _ = self.start.isocalendar()
            return f"{year:04}-W{number:02}"
        if self.start.month == self.end.month:
            return f"{self.start:%Y-%m}"
        return f"{self.start.year:04}-Q{self.end.month // 3}"


def parse_day(text: str, today: date, ahead: bool = False) -> date:
    """Read a day: ISO, in words such as `7 Jan 2026`, or as people count from today.

    A weekday's name is the last such day, as is `7 Jan`; where a day may be `ahead`, that is
    refused.
    """
    words = text.strip().lower()
    try:
        if words in DISTANCES:
            return today + timedelta(days=DISTANCES[words])
        if words in WEEKDAYS:
            return today - timedelta(days=(today.weekday() - WEEKDAYS.index(words)) % 7)
        if ago := re.fullmatch(r"(\d{1,6}) (day|week)s? ago", words, re.ASCII):
            length = DAYS_OF_A_WEEK if ago[2] == "week" else 1
            return today - timedelta(days=int(ago[1]) * length)
        words = re.sub(
            r"^([a-z]+) (\d{1,2})(?:,? (\d{4}))?$", r"\2 \1 \3", words
        ).strip()
        if parts := re.fullmatch(r"(\d{1,2}) ([a-z]+)(?: (\d{4}))?", words, re.ASCII):
            day = int(parts[1])
            month = NUMBERS[parts[2]]
            if ahead and not parts[3]:
                raise BadInput("year needed", text=text)
            last_year = (month, day) > (today.month, today.day)
            return date(int(parts[3] or today.year - last_year), month, day)
        return _iso_day(words)
    except (ValueError, LookupError, OverflowError):
        raise BadInput("not a day", text=text) from None


def parse_day_or_period(text: str, today: date, ahead: bool = False) -> Period:
    """Read a day in any words, a month such as `2026-04` or `April 2026`, or a year."""
    words = text.strip().lower()
    parts = re.fullmatch(r"([a-z]+) (\d{4})", words, re.ASCII)
    if parts and parts[1] in NUMBERS:
        words = f"{parts[2]}-{NUMBERS[parts[1]]:02}"
    if re.fullmatch(r"\d{4}(-\d{2})?", words, re.ASCII):
        return parse_period(words)
    return exactly(parse_day(text, today, ahead))


def parse_iso_day(text: str) -> date:
    """Read an ISO day and nothing else."""
    try:
        return _iso_day(text.strip())
    except ValueError:
        raise BadInput("not a calendar day", text=text) from None


def parse_period(text: str) -> Period:
    """Read a day that may be known to the month or the year only."""
    words = text.strip()
    try:
        if re.fullmatch(r"\d{4}", words, re.ASCII):
            return Period(date(int(words), 12, 31), Precision.YEAR)
        if re.fullmatch(r"\d{4}-\d{2}", words, re.ASCII):
            return Period(_last_of(int(words[:4]), int(words[5:])), Precision.MONTH)
        return Period(_iso_day(words), Precision.DAY)
    except ValueError:
        raise BadInput("not a period", text=text) from None


def parse_span(text: str, today: date) -> Span:
    """Read a week (`2026-W02`, `last`), a month (`2026-11`, `november`) or a quarter (`2026-Q3`).

    Any day means its week.
    """
    try:
        span = parse_day_or_span(text, today)
    except BadInput:
        raise BadInput("not a week", text=text) from None
    if span.start == span.end:
        span = week_of(span.end)
    is_year = span.end.month - span.start.month == 11
    # A report needs the day before it, and a week its Sunday.
    is_cut = span.start == date.min or (span.is_week and span.end.weekday() < SUNDAY)
    if is_year or is_cut:
        raise BadInput("not a week", text=text)
    return span


def parse_day_or_span(text: str, today: date, ahead: bool = False) -> Span:
    """Read a day, which is a span by itself, or a week, a month, a quarter or a year."""
    try:
        if span := _named_span(text, today, ahead):
            return span
    except (ValueError, OverflowError):
        raise BadInput("not a week", text=text) from None
    period = parse_day_or_period(text, today, ahead)
    return Span(period.first, period.last)


def _named_span(text: str, today: date, ahead: bool = False) -> Span | None:
    """Return a week, a quarter, or a month by its name; without its year the latest that began.

    Where it may be `ahead`, its year is needed.
    """
    words = text.strip().lower()
    if iso := ISO_WEEK.fullmatch(words):
        return _iso_week(iso[1], int(iso[2]), today)
    if relative := RELATIVE.fullmatch(words):
        is_last = relative[1] == "last"
        if relative[2] in (None, "week"):
            return week_of(today - timedelta(days=DAYS_OF_A_WEEK * is_last))
        many = 3 if relative[2] == "quarter" else 1
        span = _months(today, many)
        return _months(shifted(span.start, -1), many) if is_last else span
    year = None
    if quarter := QUARTER.fullmatch(words):
        year = quarter[1]
        many = 3
        month = 3 * int(quarter[2]) - 2
    elif words in NUMBERS:
        many = 1
        month = NUMBERS[words]
    else:
        return None
    if ahead and not year:
        raise BadInput("year needed", text=text)
    return _months(date(int(year or today.year - (month > today.month)), month, 1), many)


def _months(day: date, many: int) -> Span:
    """Return the month of a day, or its quarter, which has three."""
    first = day.month - (day.month - 1) % many
    return Span(date(day.year, first, 1), _last_of(day.year, first + many - 1))


def week_of(day: date) -> Span:
    """Return the ISO week of a day; the calendar's last one may end before its Sunday."""
    start = day - timedelta(days=day.weekday())
    return Span(start, shifted(start, SUNDAY))


def shifted(day: date, days: int) -> date:
    """Return the day some days later or earlier, limited to the calendar's first and last day."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def parse_moment(text: str, today: date) -> datetime:
    """Read an ISO moment, in UTC unless it has an offset, or a day or a longer time in any words.

    A minute, a day or a month means its end.
    """
    with suppress(BadInput):
        return datetime.combine(parse_day_or_span(text, today).end, time.max, UTC)
    words = text.strip()
    iso = ISO_MOMENT.match(words)
    try:
        if not iso:
            raise ValueError(words)
        moment = datetime.fromisoformat(words)
        if not iso["part"]:
            second = moment.second if iso["second"] else 59
            moment = moment.replace(second=second, microsecond=999_999)
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return zoned.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadInput("not a moment", text=text) from None


def _iso_week(year: str | None, number: int, today: date) -> Span:
    """Return a week by its number; without a year the latest one that has begun."""
    if year:
        return week_of(date.fromisocalendar(int(year), number, 1))
    for back in range(MOST_YEARS_TO_W53):
        with suppress(ValueError):  # a year without a week 53
            week = week_of(
                date.fromisocalendar(today.isocalendar().year - back, number, 1)
            )
            if week.start <= today:
                return week
    raise ValueError(number)


def _iso_day(words: str) -> date:
    if not ISO_DAY.fullmatch(words):
        raise ValueError(words)
    return date.fromisoformat(words)


def _last_of(year: int, month: int) -> date:
    """Return the last day of a month."""
    from calendar import monthrange  # loads `locale`; few days are months

    return date(year, month, monthrange(year, month)[1])


def iso_moment(moment: datetime) -> str:
    """Write a UTC moment at fixed width, so that text order is time order."""
    # Not strftime: it writes the year 999 with three digits.
    return f"{moment.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def in_words(day: date, near: date = date.min) -> str:
    """Write a day for people, without its year if that is the year of `near`."""
    year = "" if day.year == near.year else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


def period_in_words(period: Period, near: date = date.min) -> str:
    """Write a period for people, as precise as it was given; a day as `in_words` does."""
    if period.precision is Precision.DAY:
        return in_words(period.last, near)
    if period.precision is Precision.MONTH:
        return f"{MONTHS[period.last.month - 1]} {period.last.year}"
    return str(period.last.year)


def days_of(span: Span) -> str:
    """Write the days of a span: `16–22 Feb 2026`, `29 Dec 2025 – 4 Jan 2026`."""
    start = span.start
    end = span.end
    if start == end:
        return in_words(end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{in_words(end)}"
    return f"{in_words(start, end)} – {in_words(end)}"


def span_in_words(span: Span) -> str:
    """Write a span for people: `week 8, 16–22 Feb 2026`, `November 2026`."""
    if span.is_week:
        return f"week {span.start.isocalendar().week}, {days_of(span)}"
    last = f"{MONTH_NAMES[span.end.month - 1]} {span.end.year}"
    if span.start.month == span.end.month:
        return last
    return f"{MONTH_NAMES[span.start.month - 1]} to {last}"


def period_in_prose(period: Period, near: date) -> str:
    """Write a period for a sentence: `on 28 February`, `in March 2026`."""
    known = "on" if period.precision is Precision.DAY else "in"
    number = period.last.month - 1
    words = period_in_words(period, near).replace(MONTHS[number], MONTH_NAMES[number])
    return f"{known} {words}"
