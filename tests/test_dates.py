from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.refusals import raises
from tracker.dates import (
    Period,
    exactly,
    in_words,
    iso_moment,
    parse_day,
    parse_day_or_period,
    parse_day_or_span,
    parse_iso_day,
    parse_moment,
    parse_period,
    parse_span,
    period_in_prose,
    period_in_words,
    shifted,
    span_in_words,
    week_of,
)
from tracker.vocabulary import Precision

THURSDAY = date(2026, 1, 8)

reportable_days = st.dates(date(1, 1, 8), date(9999, 12, 26))
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    day = draw(st.dates())
    precision = draw(st.sampled_from(Precision))
    return parse_period(day.isoformat()[: {"year": 4, "month": 7, "day": 10}[precision]])


# --- days -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-01-07", date(2026, 1, 7)),
        ("  2026-01-07 ", date(2026, 1, 7)),
        ("today", THURSDAY),
        ("Yesterday", date(2026, 1, 7)),
        ("tomorrow", date(2026, 1, 9)),
        ("thursday", THURSDAY),
        ("friday", date(2026, 1, 2)),
        ("Monday", date(2026, 1, 5)),
        ("0 days ago", THURSDAY),
        ("1 day ago", date(2026, 1, 7)),
        ("8 days ago", date(2025, 12, 31)),
        ("2024-02-29", date(2024, 2, 29)),
        ("7 Jan 2026", date(2026, 1, 7)),
        ("7 january 2026", date(2026, 1, 7)),
        ("Jan 7, 2026", date(2026, 1, 7)),
        ("8 Jan", THURSDAY),
        ("Jan 9", date(2025, 1, 9)),
        ("January 7 2026", date(2026, 1, 7)),
    ],
)
def test_a_day_is_read_as_people_write_it(words: str, day: date) -> None:
    assert parse_day(words, THURSDAY) == day


@pytest.mark.parametrize(
    "words",
    [
        *("", "2026", "2026-04", "2026-1-7", "20260107", "07.01.2026"),
        *("0", "1767225600", "last monday", "-1 days ago", "9999999 days ago"),
        *("999999 days ago", "2026-01-07T12:00", "２０２６-01-07", "2026-01-07\n2026-01-08"),
    ],
)
def test_what_is_no_day_is_refused_with_how_to_write_one(words: str) -> None:
    with raises("not a day", match=r"is not a valid date\. Write 2026-01-07, 7 Jan 2026"):
        parse_day(words, THURSDAY)


@pytest.mark.parametrize("words", ["today", "yesterday", "monday", "3 days ago"])
def test_a_file_takes_iso_days_only_and_does_not_advise_the_words_of_the_command_line(
    words: str,
) -> None:
    with raises("not a calendar day") as refusal:
        parse_iso_day(words)
    assert str(refusal.value) == f"'{words}' is not a valid date. Write a day such as 2026-01-07"


@given(st.dates(), st.dates())
def test_an_iso_day_does_not_depend_on_today(day: date, today: date) -> None:
    assert parse_day(day.isoformat(), today) == parse_iso_day(day.isoformat()) == day


WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
YEAR = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@given(st.sampled_from(WEEK), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_weekday_is_the_last_one_and_never_to_come(name: str, today: date) -> None:
    day = parse_day(name, today)
    assert WEEK[day.weekday()] == name
    assert 0 <= (today - day).days <= 6


def test_each_month_is_read_and_written_by_its_long_and_its_short_name() -> None:
    for number, name in enumerate(YEAR, 1):
        day = date(2026, number, 7)
        written = (f"7 {name} 2026", f"7 {name[:3]} 2026", f"{name} 7, 2026", f"{name[:3]} 7 2026")
        assert {parse_day(one, THURSDAY) for one in written} == {day}
        assert in_words(day) == f"7 {name[:3]} 2026"
        assert period_in_prose(exactly(day), day) == f"on 7 {name}"


# --- periods --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "last", "precision"),
    [
        ("2026", date(2026, 12, 31), Precision.YEAR),
        ("2025-10", date(2025, 10, 31), Precision.MONTH),
        ("2026-02", date(2026, 2, 28), Precision.MONTH),
        ("2028-02", date(2028, 2, 29), Precision.MONTH),
        ("2026-12", date(2026, 12, 31), Precision.MONTH),
        ("9999-12", date(9999, 12, 31), Precision.MONTH),
        ("2026-11-10", date(2026, 11, 10), Precision.DAY),
    ],
)
def test_a_period_is_due_on_its_last_day(words: str, last: date, precision: Precision) -> None:
    assert parse_period(words) == Period(last, precision)


@pytest.mark.parametrize(
    "words",
    [
        *("", "26", "2026-13", "2026-00", "9999-13", "0000", "0000-01", "2026-Q1", "2026-W02"),
        *("end of 2026", "today", "2026-4", "٢٠٢٦"),
    ],
)
def test_what_is_no_period_is_refused_with_the_three_ways_to_write_one(words: str) -> None:
    with raises(
        "not a period", match=r"is not a valid date, month or year\. Write 2026-04-15, 2026-04"
    ):
        parse_period(words)


@given(periods())
def test_a_period_is_written_as_it_was_given(period: Period) -> None:
    assert parse_period(str(period)) == period


@pytest.mark.parametrize(
    ("words", "near", "shown"),
    [
        ("2026-02-28", THURSDAY, "28 Feb"),
        ("2025-12-31", THURSDAY, "31 Dec 2025"),
        ("2026-10", THURSDAY, "Oct 2026"),
        ("2026", THURSDAY, "2026"),
    ],
)
def test_a_period_in_words_is_as_exact_as_it_was_given(words: str, near: date, shown: str) -> None:
    assert period_in_words(parse_period(words), near) == shown


def test_a_day_in_words_names_its_year_only_where_it_is_another() -> None:
    assert in_words(date(2026, 1, 7), THURSDAY) == "7 Jan"
    assert in_words(date(2025, 12, 30), THURSDAY) == "30 Dec 2025"


# --- weeks ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("2026-W02", date(2026, 1, 5)),
        ("2026w02", date(2026, 1, 5)),
        ("2026-w02", date(2026, 1, 5)),
        ("2026-W01", date(2025, 12, 29)),
        ("2026-W53", date(2026, 12, 28)),
        ("this", date(2026, 1, 5)),
        ("Last", date(2025, 12, 29)),
        ("2026-01-11", date(2026, 1, 5)),
        ("yesterday", date(2026, 1, 5)),
        ("7 days ago", date(2025, 12, 29)),
    ],
)
def test_a_week_is_named_by_number_by_word_or_by_a_day_in_it(words: str, start: date) -> None:
    assert parse_span(words, THURSDAY) == week_of(start)


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("W02", date(2026, 1, 5)),
        ("w01", date(2025, 12, 29)),
        ("W03", date(2025, 1, 13)),
        ("W52", date(2025, 12, 22)),
    ],
)
def test_a_week_without_its_year_is_the_latest_that_has_begun(words: str, start: date) -> None:
    assert parse_span(words, THURSDAY) == week_of(start)


@pytest.mark.parametrize(
    ("today", "start"),
    [
        (date(2027, 1, 4), date(2026, 12, 28)),
        (date(2026, 12, 28), date(2026, 12, 28)),
        (date(2026, 12, 27), date(2020, 12, 28)),
        (THURSDAY, date(2020, 12, 28)),
    ],
)
def test_week_53_is_that_of_the_latest_year_that_has_one(today: date, start: date) -> None:
    assert parse_span("W53", today) == week_of(start)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        ("February 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2025q4", date(2025, 10, 1), date(2025, 12, 31)),
    ],
)
def test_a_month_and_a_quarter_have_their_days(words: str, first: date, last: date) -> None:
    span = parse_span(words, THURSDAY)

    assert span == (first, last)
    assert parse_span(str(span), THURSDAY) == span
    assert parse_day_or_span(words, THURSDAY) == span


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 4)),
        ("last", date(2025, 12, 29), date(2026, 1, 4)),
        ("yesterday", date(2026, 1, 7), date(2026, 1, 7)),
        ("2026-03-31", date(2026, 3, 31), date(2026, 3, 31)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_day_where_a_span_may_stand_is_a_span_by_itself(
    words: str, first: date, last: date
) -> None:
    assert parse_day_or_span(words, THURSDAY) == (first, last)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("2026-W08", "week 8, 16–22 Feb 2026"),
        ("2026-W01", "week 1, 29 Dec 2025 – 4 Jan 2026"),
        ("2026-11", "November 2026"),
        ("2026-Q3", "July to September 2026"),
    ],
)
def test_a_span_is_named_as_people_name_it(words: str, shown: str) -> None:
    assert span_in_words(parse_span(words, THURSDAY)) == shown


@pytest.mark.parametrize(
    "words",
    [
        "",
        "W2",
        "2026-W2",
        "2026-Q5",
        "2026-13",
        "2025-W53",
        "2026-W54",
        "2026-W00",
        "0000-W01",
        "next",
        "2026",
    ],
)
def test_what_is_no_week_is_refused_with_how_to_name_one(words: str) -> None:
    with raises("not a week", match=r"is not a valid week, month or quarter\. Write 2026-W02"):
        parse_span(words, THURSDAY)


def test_before_the_first_week_53_there_is_none() -> None:
    with raises("not a week", match="is not a valid week"):
        parse_span("W53", date(4, 12, 1))
    assert parse_span("W53", date(4, 12, 31)).start == date(4, 12, 27)


@pytest.mark.parametrize("words", ["0001-W01", "0001-01-03", "9999-W52", "9999-12-31"])
def test_a_week_at_the_end_of_the_calendar_is_refused(words: str) -> None:
    with raises("not a week"):
        parse_span(words, THURSDAY)


@pytest.mark.parametrize(
    ("words", "today"), [("yesterday", date.min), ("sunday", date.min), ("1 day ago", date.min)]
)
def test_a_day_before_the_calendar_is_refused(words: str, today: date) -> None:
    with raises("not a day"):
        parse_day(words, today)


@pytest.mark.parametrize(("word", "today"), [("this", date.min), ("last", date(1, 1, 8))])
def test_a_week_named_by_word_is_one_that_can_be_reported(word: str, today: date) -> None:
    with raises("not a week"):
        parse_span(word, today)


def test_a_day_is_shifted_within_the_calendar() -> None:
    assert shifted(date(2026, 1, 31), 1) == date(2026, 2, 1)
    assert shifted(date(2026, 1, 1), -1) == date(2025, 12, 31)
    assert (shifted(date.min, -1), shifted(date.max, 6)) == (date.min, date.max)


def test_a_week_runs_from_monday_to_sunday() -> None:
    week = week_of(THURSDAY)
    assert (week.start, week.end) == (date(2026, 1, 5), date(2026, 1, 11))


@given(reportable_days)
def test_a_week_is_read_back_from_its_name_and_from_each_of_its_days(day: date) -> None:
    week = week_of(day)
    assert week.start <= day <= week.end
    assert parse_span(str(week), THURSDAY) == parse_span(day.isoformat(), THURSDAY) == week


# --- moments --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("2026-01-07", "2026-01-07T23:59:59.999999Z"),
        ("yesterday", "2026-01-07T23:59:59.999999Z"),
        ("3 days ago", "2026-01-05T23:59:59.999999Z"),
        ("2026-01-07T16:30", "2026-01-07T16:30:59.999999Z"),
        ("2026-01-07 16:30Z", "2026-01-07T16:30:59.999999Z"),
        ("2026-01-07T16:30+05:45", "2026-01-07T10:45:59.999999Z"),
        ("2026-01-07 16:30:05", "2026-01-07T16:30:05.999999Z"),
        (" 2026-01-07T16:30:05 ", "2026-01-07T16:30:05.999999Z"),
        ("2026-01-07T16:30:00Z", "2026-01-07T16:30:00.999999Z"),
        ("2026-01-08T00:30:00+08:00", "2026-01-07T16:30:00.999999Z"),
        ("2026-01-07T16:30:00.25-05:00", "2026-01-07T21:30:00.250000Z"),
        ("2026-01-07T16:30:05,5", "2026-01-07T16:30:05.500000Z"),
        ("9999-12-31T23:59", "9999-12-31T23:59:59.999999Z"),
    ],
)
def test_a_day_a_minute_or_a_second_means_its_end_in_utc_or_the_offset_it_names(
    words: str, written: str
) -> None:
    assert iso_moment(parse_moment(words, THURSDAY)) == written


@pytest.mark.parametrize(
    "words",
    [
        *("", "now", "1767225600", "2026-01-07T", "2026-01-07T25:00", "2026-02-30"),
        *("2026-02-30T10:00", "2026-W02-3T10:00", "0001-01-01T00:00+14:00", "16:30"),
    ],
)
def test_what_is_no_moment_is_refused_with_how_to_write_one(words: str) -> None:
    with raises("not a moment", match=r"is not a valid date or time\. Write 2026-01-07"):
        parse_moment(words, THURSDAY)


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_is_read_back_from_its_text(moment: datetime) -> None:
    assert parse_moment(iso_moment(moment), THURSDAY) == moment


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=zones))
def test_a_moment_is_the_same_from_whichever_zone_it_is_told(moment: datetime) -> None:
    told = parse_moment(moment.isoformat(timespec="microseconds"), THURSDAY)
    assert told == moment
    assert told.tzinfo is UTC


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_the_text_order_of_moments_is_their_order_in_time(one: datetime, other: datetime) -> None:
    assert (iso_moment(one) < iso_moment(other)) == (one < other)


def test_a_moment_of_the_first_millennium_keeps_its_four_digits() -> None:
    assert iso_moment(datetime(999, 1, 1, tzinfo=UTC)) == "0999-01-01T00:00:00.000000Z"


@pytest.mark.parametrize("text", ["october 2026", "Oct 2026", "2026-10"])
def test_a_month_has_a_name_or_a_number(text: str) -> None:
    assert str(parse_day_or_period(text, THURSDAY)) == "2026-10"
