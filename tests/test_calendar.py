"""The calendar, read back by two parsers that know nothing of each other."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject
from syrupy.assertion import SnapshotAssertion

from tests import hostile
from tests.conftest import Run, data, make_book, parties

pytestmark = pytest.mark.on("sqlite")

TARGET = (
    """
[agreement]
slug = "phase-one"
title = "Phase One"
agreed_on = "2020-01-15"
source = "text"

"""
    + parties("us", "cn")
    + """[[source]]
key = "text"
title = "The text"
publisher = "USTR"
url = "https://ustr.example/phase-one"

[[concession]]
slug = "farm-goods"
title = "Buy farm goods"
giver = "cn"
receiver = "us"
sector = "agriculture"
kind = "purchase"
instrument = "joint-text"
test = "Bought as the annex says."
source = "text"

[[concession.deadline]]
slug = "farm-goods-2021"
kind = "delivery"
label = "Farm goods of 2021; all of them"
opens_on = "2021-01-01"
due_on = "2021-12-31"
target = "43.5"
unit = "bn USD"
source = "text"
"""
)


@pytest.fixture
def phase_one(tmp_path: Path, tracker: Run) -> Path:
    """A book with a target and the day that it is due."""
    book = make_book(tmp_path / "phase-one.db", None)
    (tmp_path / "phase-one.toml").write_text(TARGET)
    assert tracker("apply", tmp_path / "phase-one.toml", db=book).code == 0
    return book


def calendar_of(tracker: Run, *arguments: object, db: Path | None = None) -> str:
    ran = tracker("deadlines", "-f", "ics", *arguments, db=db)
    assert ran.code == 0, ran.err
    assert ran.err == "" or ran.err.endswith(" left out.\n")
    return ran.out


def events(text: str) -> dict[str, Any]:
    """Return the events by the slugs of their deadlines, as icalendar reads them."""
    calendar = icalendar.Calendar.from_ical(text)
    return {str(event["uid"]).split(".")[0]: event for event in calendar.walk("VEVENT")}


def test_two_parsers_read_the_same_events(tracker: Run, busan: Path) -> None:
    text = calendar_of(tracker, db=busan)
    ours = {
        (str(event["uid"]), event.decoded("dtstart"), str(event["summary"]))
        for event in events(text).values()
    }
    theirs = {
        (event.uid.value, event.dtstart.value, event.summary.value)
        for event in vobject.readOne(text).vevent_list
    }
    assert ours == theirs
    assert len(ours) > 10


def test_a_calendar_reads_as_reviewed(tracker: Run, snapshot: SnapshotAssertion) -> None:
    due = "--kind expiry --label Suspension --due 2026-11-10 --source article"
    for command in (
        f"add deadline chips-end --concession chip-sales {due}",
        "move g20-2026 2026-12-10 --says us --on 2026-01-05",
        "move g20-2026 2026-12-10 --says cn --on 2026-01-06",
        "move chips-end 2026-11-17 --on 2026-01-07",
        "close china-visit-2026 cancelled",
    ):
        assert tracker(*command.split()).code == 0

    text = re.sub(r"DTSTAMP:\w+", "DTSTAMP:…", calendar_of(tracker))
    assert text.replace("\r\n ", "").replace("\r\n", "\n") == snapshot


def test_a_move_takes_the_event_along_and_keeps_its_uid(tracker: Run, phase_one: Path) -> None:
    before = events(calendar_of(tracker, db=phase_one))["farm-goods-2021"]
    moved = ("move", "farm-goods-2021", "2022-02-28", "--on", "2021-12-20")
    assert tracker("measure", "farm-goods-2021", "21", "--by", "USDA", db=phase_one).code == 0
    assert tracker(*moved, db=phase_one).code == 0
    after = events(calendar_of(tracker, db=phase_one))["farm-goods-2021"]
    assert after["uid"] == before["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after.decoded("dtstart") == date(2022, 2, 28)
    assert "first due 31 Dec 2021 (+59 d" in after["description"]


def test_a_move_taken_back_raises_the_sequence_again(tracker: Run, phase_one: Path) -> None:
    """A calendar program ignores an event whose number went down."""
    assert tracker("move", "farm-goods-2021", "2022-02-28", db=phase_one).code == 0
    assert tracker("undo", db=phase_one).code == 0
    event = events(calendar_of(tracker, db=phase_one))["farm-goods-2021"]
    assert event.decoded("dtstart") == date(2021, 12, 31)
    assert event["sequence"] == 2


def test_a_target_stands_in_the_summary(tracker: Run, phase_one: Path) -> None:
    event = events(calendar_of(tracker, db=phase_one))["farm-goods-2021"]
    assert str(event["summary"]) == "China: Buy farm goods (43.5 bn USD) is due"
    assert "Farm goods of 2021; all of them (China → US)" in event["description"]
    assert str(event["url"]) == "https://ustr.example/phase-one"


def test_a_meeting_that_was_held_before_its_day_is_an_event_of_the_day_it_was_held(
    tracker: Run, phase_one: Path
) -> None:
    due = "--kind meeting --label Review --due 2020-12-31 --source text"
    for words in (
        f"add deadline review --agreement phase-one {due}",
        "close review met --on 2020-08-24",
        "log farm-goods met --on 2022-01-05",
    ):
        assert tracker("--today", "2022-02-01", *words.split(), db=phase_one).code == 0

    found = events(calendar_of(tracker, db=phase_one))

    assert found["review"].decoded("dtstart") == date(2020, 8, 24)
    assert found["farm-goods-2021"].decoded("dtstart") == date(2021, 12, 31)


def test_the_stamp_is_the_day_of_the_calendar(tracker: Run, phase_one: Path) -> None:
    found = events(calendar_of(tracker, "--as-of", "2022-02-01", db=phase_one)).values()

    assert {event.decoded("dtstamp") for event in found} == {datetime(2022, 2, 1, tzinfo=UTC)}


def test_what_was_met_on_a_day_has_an_event_though_only_its_month_was_named(tracker: Run) -> None:
    assert "china-visit-2026" not in events(calendar_of(tracker))
    assert tracker("close", "china-visit-2026", "met", "--on", "2026-01-07").code == 0
    event = events(calendar_of(tracker))["china-visit-2026"]
    assert event.decoded("dtstart") == date(2026, 1, 7)


def test_a_corrected_day_takes_the_event_along_and_raises_its_sequence(tracker: Run) -> None:
    corrected = ("change", "truce-year", "--due", "2026-11-10", "--reason", "the order names it")
    assert tracker(*corrected).code == 0

    event = events(calendar_of(tracker))["truce-year"]

    assert (event.decoded("dtstart"), event["sequence"]) == (date(2026, 11, 10), 1)


def test_the_sequence_rises_with_the_days_before_the_book_was_made(
    tracker: Run, phase_one: Path
) -> None:
    """A declaration has no day of its own, and a retraction takes an entry back on every day."""
    moved = ("move", "farm-goods-2021", "2022-02-28", "--on", "2021-12-20")
    for command in (moved, ("undo",)):
        assert tracker(*command, db=phase_one).code == 0

    clocks = (("2021-12-19", 7), ("2021-12-21", 7), ("2021-12-21", 8))
    assert [
        events(calendar_of(tracker, "--as-of", day, "--known-by", f"#{known}", db=phase_one))[
            "farm-goods-2021"
        ]["sequence"]
        for day, known in clocks
    ] == [0, 1, 2]


def test_a_limit_is_called_one(tracker: Run, phase_one: Path) -> None:
    cap = ("--bound", "at-most", "--reason", "It is a cap")
    assert tracker("change", "farm-goods-2021", *cap, db=phase_one).code == 0

    event = events(calendar_of(tracker, db=phase_one))["farm-goods-2021"]

    assert str(event["summary"]) == "China: limit ends (Buy farm goods (at most 43.5 bn USD))"
    assert "Limit, ended as of 8 Jan 2026." in event["description"]


def test_the_events_are_the_listed_deadlines_whose_day_is_known(tracker: Run, busan: Path) -> None:
    """Promises made only in May and September have deadlines, but not yet in February."""
    clocks = ("--as-of", "2026-02-20")
    ran = tracker("deadlines", *clocks, "-f", "json", db=busan)

    days = {row["deadline"]: row["due_on"] or "" for row in json.loads(ran.out)["rows"]}
    listed = {slug for slug, due_on in days.items() if len(due_on) == len("2026-01-08")}

    assert set(events(calendar_of(tracker, *clocks, db=busan))) == listed
    assert days["mtg-beijing-2026"] == "2026-04"
    assert "cn-ag-17bn-2026-delivery" not in days


def test_the_verdicts_are_those_of_the_report(tracker: Run, phase_one: Path) -> None:
    """Nobody waits for what a settled promise was due."""

    def verdicts() -> tuple[str, str]:
        (event,) = events(calendar_of(tracker, db=phase_one)).values()
        (row,) = data(tracker, "deadlines", db=phase_one)["rows"]
        return str(event["description"]).splitlines()[-1], row["verdict"]

    assert verdicts() == ("Delivery, overdue as of 8 Jan 2026.", "overdue")
    assert tracker("log", "farm-goods", "missed", "--on", "2022-01-10", db=phase_one).code == 0
    assert verdicts() == ("Delivery, missed as of 8 Jan 2026.", "missed")


def test_a_meeting_of_several_days_has_them_all(tracker: Run, phase_one: Path) -> None:
    meeting = "--kind meeting --opens 2022-11-14 --due 2022-11-15 --source text"
    for words in (
        f"add deadline summit --agreement phase-one --label Summit {meeting}",
        f"add deadline talks --concession farm-goods --label Talks {meeting}",
    ):
        assert tracker(*words.split(), db=phase_one).code == 0

    text = calendar_of(tracker, db=phase_one)

    for slug, title in (("summit", "Summit"), ("talks", "China: Talks")):
        event = events(text)[slug]
        assert str(event["summary"]) == title
        assert event.decoded("dtstart") == date(2022, 11, 14)
        assert event.decoded("dtend") == date(2022, 11, 16)  # the day after it
    (theirs,) = [one for one in vobject.readOne(text).vevent_list if one.summary.value == "Summit"]
    assert theirs.dtend.value == date(2022, 11, 16)


def test_the_title_of_an_end_says_who_gives_and_what_ends(tracker: Run, busan: Path) -> None:
    titles = {
        slug: str(event["summary"])
        for slug, event in events(calendar_of(tracker, db=busan)).items()
    }

    assert "US: pause of the 50% Affiliates Rule ends" in titles.values()
    assert "US: Exclusions end (Extend 178 exclusions from its China tariffs)" in titles.values()
    assert "China: Buy US soybeans in 2026 (25 MMT) is due" in titles.values()
    assert "Truce ends" in titles.values()


def test_what_has_no_day_is_left_out_and_counted(tracker: Run) -> None:
    ran = tracker("deadlines", "-f", "ics")

    days = [row["due_on"] for row in data(tracker, "deadlines")["rows"]]
    without = [day for day in days if day is None or len(day) < len("2026-01-08")]
    words = f"{len(without)} deadlines without a known day are left out."
    assert ran.err == f"tracker: {words}\n"
    assert str(icalendar.Calendar.from_ical(ran.out)["x-wr-caldesc"]) == words
    assert len(events(ran.out)) == len(days) - len(without)


def test_a_calendar_has_the_deadlines_that_were_asked_for(tracker: Run, busan: Path) -> None:
    asked = ("--receiver", "cn", "--until", "2027-12-31", "--as-of", "2026-10-20")
    rows = data(tracker, "deadlines", *asked, db=busan)["rows"]

    on_days = {row["deadline"] for row in rows if len(row["due_on"]) == len("2026-11-10")}
    assert {*events(calendar_of(tracker, *asked, db=busan))} == on_days
    assert len(events(calendar_of(tracker, *asked, "--limit", 1, db=busan))) == 1


def test_a_file_is_written_whole(tracker: Run, tmp_path: Path) -> None:
    path = tmp_path / "deadlines.ics"
    assert calendar_of(tracker, "-o", path) == ""
    assert path.read_bytes().decode() == calendar_of(tracker)
    assert b"\r\n" in path.read_bytes()


def test_lines_are_folded_and_text_is_escaped(tracker: Run, phase_one: Path) -> None:
    text = calendar_of(tracker, db=phase_one)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "Farm goods of 2021\\; all of them" in text


def test_a_hostile_label_is_shown_and_not_obeyed(tracker: Run, tmp_path: Path) -> None:
    book = make_book(tmp_path / "hostile.db", None)
    label = r"Sold \u202egnihton\u2028BEGIN:VALARM\u2028 \\n <script>; , =1"
    (tmp_path / "hostile.toml").write_text(TARGET.replace("Farm goods of 2021; all of them", label))
    ran = tracker("apply", tmp_path / "hostile.toml", db=book)
    assert ran.code == 0, ran.err
    text = calendar_of(tracker, db=book)
    assert not set(text) & set(hostile.ESCAPES + hostile.BIDI) & set("\x1b\x07\u202e\u2066")
    assert "VALARM" not in [line.partition(":")[2] for line in text.split("\r\n")]
    assert len(vobject.readOne(text).vevent_list) == len(events(text)) == 1
