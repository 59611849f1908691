from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import TODAY
from tests.recording import Circumstances, Measurement, log, measure, note
from tracker.database import Connection, Target, open_book
from tracker.database.statements import statement
from tracker.dates import exactly, parse_week, week_of
from tracker.errors import OutsideWeek
from tracker.facts import Clocks, Fingerprint
from tracker.journal.corrections import amend, retract, undo
from tracker.journal.declaring import add, change, withdraw
from tracker.journal.verbs import checked, keep
from tracker.journal.writer import Writer
from tracker.reports import View
from tracker.reports.bulletin import bulletin
from tracker.vocabulary import Basis, Media, Stage, ThingKind


def test_a_week_that_has_not_begun_is_no_report(view: View) -> None:
    with pytest.raises(
        OutsideWeek, match=r"Week 2026-W03 begins on 2026-01-12, after .* 2026-01-08"
    ):
        bulletin(view, parse_week("2026-W03", TODAY))


# --- what was recorded of earlier days ----------------------------------------------------------

SIGNED = Circumstances(exactly(date(2026, 1, 1)), note="COFCO signs for ten cargoes")


@pytest.fixture
def in_january(told: Path) -> Iterator[Writer]:
    """Somebody who writes on Wednesday, 14 January 2026."""
    connection = open_book(Target("sqlite", str(told)))
    with connection.writing():
        yield Writer(connection, "analyst", date(2026, 1, 14), datetime(2026, 1, 14, 9, tzinfo=UTC))
    connection.close()


def late(writer: Writer, of: str) -> list[int]:
    """Return the entries that a week lists as recorded in it about earlier days."""
    on = date(2026, 2, 1)
    found = bulletin(View(writer.connection, Clocks(on)), parse_week(of, on))
    numbers = [entry.entry for entry in found.document["late"]]
    assert ("Recorded late" in [one.title for one in found.sections]) == bool(numbers)
    return numbers


def test_what_was_logged_in_a_week_of_days_before_it_is_listed_there(in_january: Writer) -> None:
    (told,) = log(in_january, "soybeans", Stage.PARTIAL, SIGNED)
    log(in_january, "soybeans", Stage.MET, Circumstances(exactly(date(2026, 1, 12))))

    assert [late(in_january, of) for of in ("2026-W02", "2026-W03", "2026-W04")] == [[], [told], []]


def test_many_late_notes_are_counted(in_january: Writer) -> None:
    for slug in ("soybeans", "tiktok", "chip-sales"):
        note(in_january, slug, "Loaded", SIGNED._replace(note=None))

    view = View(in_january.connection, Clocks(date(2026, 1, 14)))
    found = bulletin(view, parse_week("2026-W03", view.clocks.as_of)).document
    assert found["headline"] == "Three updates were recorded late"


def test_what_was_recorded_late_is_listed_by_its_title(in_january: Writer) -> None:
    log(in_january, "soybeans", Stage.PARTIAL, SIGNED)

    view = View(in_january.connection, Clocks(date(2026, 1, 14)))
    (late,) = [
        one
        for one in bulletin(view, parse_week("2026-W03", view.clocks.as_of)).sections
        if one.title == "Recorded late"
    ]

    assert [cell.text for cell in late.cells[0]][2] == "Resume soybean purchases"


def test_a_brief_page_lists_a_few_of_many_late_updates(in_january: Writer) -> None:
    for slug, day in (("soybeans", 5), ("tiktok", 6), ("chip-sales", 7), ("soybeans", 8)):
        note(in_january, slug, "Loaded", Circumstances(exactly(date(2026, 1, day))))
    log(in_january, "soybeans", Stage.PARTIAL, Circumstances(exactly(date(2026, 1, 9))))

    view, of = View(in_january.connection, Clocks(date(2026, 1, 14))), parse_week("2026-W03", TODAY)
    late = {
        one.title: [cells[1].text for cells in one.cells]
        for brief in (False, True)
        for one in bulletin(view, of, brief=brief).sections
        if one.title.startswith("Recorded late")
    }

    assert late == {
        "Recorded late": ["5 Jan", "6 Jan", "7 Jan", "8 Jan", "9 Jan"],
        "Recorded late (4 of 5)": ["5 Jan", "6 Jan", "7 Jan", "9 Jan"],
    }


def test_a_brief_page_marks_no_source_of_what_was_recorded_late(in_january: Writer) -> None:
    log(in_january, "soybeans", Stage.PARTIAL, SIGNED._replace(source="article"))

    on = date(2026, 1, 14)
    made = bulletin(View(in_january.connection, Clocks(on)), parse_week("2026-W03", on), brief=True)

    cells = [cell for one in made.sections for row in one.cells for cell in row]
    assert "COFCO signs for ten cargoes" in [cell.text for cell in cells]
    assert not [cell for cell in cells if cell.cites or "[1]" in cell.text]
    assert [source.key for source in made.document["sources"]] == ["article"]


in_each_zone = pytest.mark.parametrize(
    ("where", "moment", "listed"),
    [
        ("Beijing", datetime(2026, 1, 12, 7, 30, tzinfo=timezone(timedelta(hours=8))), True),
        ("London", datetime(2026, 1, 11, 23, 30, tzinfo=UTC), False),
        ("New York", datetime(2026, 1, 11, 20, 30, tzinfo=timezone(timedelta(hours=-5))), False),
    ],
)


@in_each_zone
def test_a_note_is_late_in_the_week_of_its_writer_and_in_one_list_of_each_page(
    told: Path, where: str, moment: datetime, listed: bool
) -> None:
    """All is about Friday; in UTC the first is of Sunday, and the last of Monday."""
    connection = open_book(Target("sqlite", str(told)))
    writer = Writer(connection, where, moment.date(), moment)
    with connection.writing():
        (told_of,) = note(writer, "soybeans", "Loaded", Circumstances(exactly(date(2026, 1, 9))))

    on = date(2026, 1, 25)
    pages = [
        bulletin(View(connection, Clocks(on)), parse_week(f"2026-W{n:02}", on)) for n in (3, 4)
    ]
    found = [
        [name for name in ("changes", "late", "corrections")
         if told_of in [entry.entry for entry in page.document[name]]]
        for page in pages
    ]  # fmt: skip
    own = bulletin(View(connection, Clocks(date(2026, 1, 11))), parse_week("2026-W02", on))
    connection.close()

    assert found == [["late"] if listed else [], []]
    assert told_of in [entry.entry for entry in own.document["changes"]]
    assert told_of not in [entry.entry for entry in own.document["late"]]


def test_what_was_loaded_from_a_file_is_not_listed_as_late(in_january: Writer) -> None:
    assert late(in_january, "2026-W01") == []


def test_what_was_taken_back_is_not_late(in_january: Writer) -> None:
    (wrong,) = log(in_january, "soybeans", Stage.PARTIAL, SIGNED)
    retract(in_january, wrong, "misread")

    assert late(in_january, "2026-W03") == []


def test_a_text_that_was_seen_before_the_week_in_which_it_was_kept_is_told_in_both(
    in_january: Writer,
) -> None:
    def told(of: str) -> tuple[list[int], str]:
        on = date(2026, 2, 1)
        found = bulletin(View(in_january.connection, Clocks(on)), parse_week(of, on)).document
        return [one.entry for one in found["reworded"]], found["headline"]

    kept = []
    for words, day in (("cd", 2), ("ef", 9)):
        text = Fingerprint(words * 32, words * 32, 398, Media.HTML, "html 1")
        kept += keep(in_january, "article", text, date(2026, 1, day))
    title = "“China seeks better US ties while vowing not to cede on Taiwan”"

    assert [told(of)[0] for of in ("2026-W02", "2026-W04")] == [kept[1:], []]
    assert told("2026-W03") == (kept[1:], f"The text of {title} had changed by 9 January")

    amend(
        in_january, kept[1], {"effective_on": exactly(date(2026, 1, 8))}, "The day in the archive"
    )
    assert told("2026-W03")[0] == []


def test_what_was_looked_at_is_not_late(in_january: Writer) -> None:
    connection = in_january.connection
    earlier = Writer(connection, "analyst", date(2026, 1, 7), datetime(2026, 1, 14, 9, tzinfo=UTC))
    checked(earlier, ["tiktok"])

    assert late(in_january, "2026-W03") == []


def test_what_was_logged_later_is_not_late_in_a_report_known_before(in_january: Writer) -> None:
    (told,) = log(in_january, "soybeans", Stage.PARTIAL, SIGNED)
    connection, of = in_january.connection, parse_week("2026-W03", TODAY)

    def known(number: int) -> list[int]:
        found = bulletin(View(connection, Clocks(of.end, number)), of).document["late"]
        return [entry.entry for entry in found]

    assert (known(told - 1), known(told)) == ([], [told])


def test_what_is_of_another_agreement_is_not_late_in_one(in_january: Writer) -> None:
    log(in_january, "soybeans", Stage.PARTIAL, SIGNED)
    view = View(in_january.connection, Clocks(date(2026, 2, 1)))
    view.agreement = "phase-one"

    assert view.late(date(2026, 1, 12), date(2026, 1, 18)) == []


# --- what was corrected -------------------------------------------------------------------------


def corrected(writer: Writer) -> list[tuple[str, str]]:
    """Return what was, and what is now, by the corrections of the writer's week."""
    on = writer.today
    found = bulletin(View(writer.connection, Clocks(on)), week_of(on))
    (section,) = [one for one in found.sections if one.title.startswith("Corrections")]
    was, now = (
        next(at for at, header in enumerate(section.headers) if header.text == title)
        for title in ("Was", "Now")
    )
    return [(row[was].text, row[now].text) for row in section.cells]


def test_a_corrected_note_or_source_is_shown_where_nothing_else_was_corrected(
    in_january: Writer,
) -> None:
    (first,) = log(in_january, "soybeans", Stage.PARTIAL, SIGNED)
    _, second = amend(in_january, first, {"note": "Twelve cargoes"})
    _, third = amend(in_january, second, {"source": "article"})

    assert corrected(in_january) == [
        (
            f"#{first} partial, 1 Jan; note: COFCO signs for ten cargoes",
            f"#{second} partial, 1 Jan; note: Twelve cargoes",
        ),
        (f"#{second} partial, 1 Jan; source: –", f"#{third} partial, 1 Jan; source: article"),
    ]


def test_a_note_that_was_corrected_along_with_a_stage_is_not_repeated(in_january: Writer) -> None:
    (first,) = log(in_january, "soybeans", Stage.PARTIAL, SIGNED)
    _, second = amend(in_january, first, {"stage": Stage.STARTED, "note": "A letter of intent"})

    assert corrected(in_january) == [(f"#{first} partial, 1 Jan", f"#{second} started, 1 Jan")]


def news(writer: Writer) -> list[str]:
    """Return the headline and the lead of the writer's week."""
    on = writer.today
    found = bulletin(View(writer.connection, Clocks(on)), week_of(on)).document
    return [found["headline"], *found["lead"]]


def in_the_week_before(writer: Writer) -> Writer:
    """Return the same author on Sunday of the week before."""
    moment = datetime(2026, 1, 11, 9, tzinfo=UTC)
    return Writer(writer.connection, writer.author, moment.date(), moment)


@pytest.fixture
def measured(in_january: Writer) -> int:
    """A count that was recorded in the week before."""
    before = in_the_week_before(in_january)
    delivery = {"concession": "soybeans", "kind": "delivery", "label": "Tonnage", "target": "12"}
    where = {"due_on": "2026-02-28", "unit": "MMT", "source": "article"}
    add(before, ThingKind.DEADLINE, "soybeans-2025", delivery | where)
    eight = Measurement(Decimal(8), "MMT", "USDA", Basis.SOLD)
    (entry,) = measure(before, "soybeans-2025", eight, Circumstances(exactly(date(2026, 1, 8))))
    return entry


def test_the_news_of_a_week_tells_a_corrected_figure_in_its_last_form(
    in_january: Writer, measured: int
) -> None:
    _, second = amend(in_january, measured, {"value": Decimal(7)})
    amend(in_january, second, {"value": Decimal("7.5")})

    assert news(in_january)[0] == (
        "Corrected: “Resume soybean purchases”: 7.5, not 8 MMT sold, USDA"
    )
    assert len(corrected(in_january)) == 2


def test_a_correction_beside_other_news_is_in_the_lead(in_january: Writer, measured: int) -> None:
    amend(in_january, measured, {"effective_on": exactly(date(2026, 1, 7))})
    log(in_january, "tiktok", Stage.MET, Circumstances(exactly(date(2026, 1, 13))))

    headline, *lead = news(in_january)

    assert headline.startswith("“Sell the US operations of TikTok” went from")
    assert (
        "Corrected: “Resume soybean purchases”: 8 MMT sold, USDA, on 7 January, not on 8 January."
        in lead
    )


@pytest.mark.usefixtures("measured")
def test_what_a_day_added_keeps_its_sign_when_it_is_corrected(in_january: Writer) -> None:
    five = Measurement(Decimal(5), "MMT", "USDA", Basis.SOLD, flow=True)
    friday = Circumstances(exactly(date(2026, 1, 9)))
    (entry,) = measure(in_the_week_before(in_january), "soybeans-2025", five, friday)
    for value in ("0.5", "0"):
        (_, entry) = amend(in_january, entry, {"value": Decimal(value)})
        assert news(in_january)[0] == (
            f"Corrected: “Resume soybean purchases”: +{value}, not +5 MMT sold, USDA"
        )


def test_what_was_taken_back_of_an_earlier_week_is_told(in_january: Writer, measured: int) -> None:
    retract(in_january, measured, "misread")

    assert news(in_january)[0] == (
        "Corrected: “Resume soybean purchases”: “8 MMT sold, USDA” was retracted"
    )


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize(
    ("slug", "name"),
    [("soybeans-2025", "Tonnage"), ("tiktok", "Sell the US operations of TikTok"), ("eu", "EU")],
)
def test_what_was_withdrawn_is_told_by_its_own_name(
    in_january: Writer, slug: str, name: str
) -> None:
    add(in_the_week_before(in_january), ThingKind.PARTY, "eu", {"name": "EU", "short": "EU27"})
    withdraw(in_january, slug, "a slip")

    assert news(in_january)[0] == f"Corrected: “{name}” was withdrawn"


def test_a_change_that_was_taken_back_is_told_by_its_fields(in_january: Writer) -> None:
    change(in_the_week_before(in_january), "tiktok", {"test": "Sold"}, "Shorter")
    undo(in_january)

    assert news(in_january)[0] == "Corrected: “Sell the US operations of TikTok” (test)"


def test_changes_that_were_undone_one_after_another_are_listed_as_each_was_made(
    in_january: Writer,
) -> None:
    before = in_the_week_before(in_january)
    for title in ("Sell TikTok", "Sell the US operations of TikTok"):
        change(before, "tiktok", {"title": title}, "Its name")
    undo(in_january)
    undo(in_january)

    assert corrected(in_january) == [
        ("#34 concession, title: Sell the US operations of TikTok", "title: Sell TikTok"),
        ("#33 concession, title: Sell TikTok", "title: Sell the US operations of TikTok"),
    ]
    told = " ".join(news(in_january))
    assert told.count("orrected: “Sell the US operations of TikTok” (title)") == 1


def test_a_change_that_a_later_one_replaced_is_not_undone_by_its_retraction(
    in_january: Writer,
) -> None:
    for title in ("Sell TikTok", "Sell TikTok to Oracle"):
        (_, numbers) = change(in_january, "tiktok", {"title": title}, "Shorter")
    retract(in_january, numbers.start - 1, "Not its name")

    page = bulletin(
        View(in_january.connection, Clocks(date(2026, 1, 14))), week_of(date(2026, 1, 14))
    )
    (found,) = [one for one in page.sections if one.title == "Corrections"]
    assert [row[4].text for row in found.cells][-1] == "as declared since"


def test_a_correction_of_what_no_earlier_page_had_is_only_in_the_table(in_january: Writer) -> None:
    (first,) = log(in_january, "soybeans", Stage.PARTIAL, SIGNED)
    amend(in_january, first, {"stage": Stage.MET})

    assert len(corrected(in_january)) == 1
    assert not any("orrect" in one for one in news(in_january))


@in_each_zone
def test_a_correction_is_news_if_the_writer_had_recorded_the_mistake_in_an_earlier_week(
    in_january: Writer, where: str, moment: datetime, listed: bool
) -> None:
    earlier = Writer(in_january.connection, where, moment.date(), moment)
    (wrong,) = log(earlier, "soybeans", Stage.PARTIAL, SIGNED)
    amend(in_january, wrong, {"stage": Stage.MET})

    assert any("orrected" in one for one in news(in_january)) is not listed


def test_a_correction_is_about_a_title(in_january: Writer, measured: int) -> None:
    amend(in_january, measured, {"value": Decimal(7)})

    on = in_january.today
    found = bulletin(View(in_january.connection, Clocks(on)), week_of(on))
    (section,) = [one for one in found.sections if one.title == "Corrections"]

    assert section.cells[0][2].text == "Resume soybean purchases"


def test_a_week_finds_what_is_late_by_its_index(connection: Connection) -> None:
    plan = connection.driver.execute(
        f"EXPLAIN QUERY PLAN {statement('late', 'sqlite')}",
        dict.fromkeys(("known", "from_at", "until_at", "before", "end"), ""),
    ).fetchall()

    assert any("ix_batch_recorded_at (recorded_at>?" in row[3] for row in plan)
    assert not any("SCAN e" in row[3] for row in plan)


def test_a_retraction_of_an_earlier_week_that_was_taken_back_is_told(
    in_january: Writer, measured: int
) -> None:
    retract(in_the_week_before(in_january), measured, "misread")
    undo(in_january)

    assert news(in_january)[0] == (
        "Corrected: “Resume soybean purchases”: “8 MMT sold, USDA” counts again"
    )
    assert corrected(in_january) == [("retracted", f"#{measured} 8\u00a0MMT sold, USDA, 8 Jan")]


def test_an_amendment_of_an_earlier_week_that_was_taken_back_is_told_once(
    in_january: Writer, measured: int
) -> None:
    _, wrong = amend(in_the_week_before(in_january), measured, {"value": Decimal(7)})
    undo(in_january)

    assert news(in_january)[0] == "Corrected: “Resume soybean purchases”: 8, not 7 MMT sold, USDA"
    assert corrected(in_january) == [
        (f"#{wrong} 7\u00a0MMT sold, USDA, 8 Jan", f"#{measured} 8\u00a0MMT sold, USDA, 8 Jan")
    ]


@pytest.mark.usefixtures("measured")
def test_a_withdrawal_of_an_earlier_week_that_was_taken_back_is_told_once(
    in_january: Writer,
) -> None:
    withdraw(in_the_week_before(in_january), "soybeans-2025", "a slip")
    undo(in_january)

    assert news(in_january)[0] == "Corrected: “Tonnage” counts again"
    assert len(corrected(in_january)) == 1


def test_what_the_pages_of_earlier_weeks_lacked_is_the_news_of_a_quiet_week(
    in_january: Writer,
) -> None:
    earlier = Circumstances(exactly(date(2026, 1, 10)))
    log(in_january, "soybeans", Stage.BROKEN, earlier)
    note(in_january, "busan-2025", "Talks begin", Circumstances(exactly(date(2026, 1, 9))))

    assert news(in_january)[:2] == [
        "Recorded late: “Resume soybean purchases”: broken, on 10 January",
        "Recorded late: “US–China trade truce”: Talks begin, on 9 January.",
    ]

    log(in_january, "tiktok", Stage.MET, earlier)
    log(in_january, "tiktok", Stage.MET, Circumstances(exactly(date(2026, 1, 9)), says="cn"))
    assert news(in_january)[:2] == [
        "Recorded late: “Resume soybean purchases”: broken, on 10 January",
        "Three other updates were recorded late.",
    ]


def test_a_limit_that_a_late_count_exceeds_is_news_unless_a_later_count_was_known(
    in_january: Writer,
) -> None:
    limit = {"concession": "tiktok", "kind": "delivery", "label": "Stake", "source": "article"}
    terms = {"bound": "at-most", "target": "20", "unit": "%", "due_on": "2026-12-31"}
    add(in_january, ThingKind.DEADLINE, "stake", limit | terms)
    afterwards = datetime(2026, 1, 21, 9, tzinfo=UTC)
    writers = in_january, Writer(in_january.connection, "analyst", afterwards.date(), afterwards)

    for writer, day, value in zip(writers, (10, 9), (30, 25), strict=True):
        read = Measurement(Decimal(value), counted_by="CFIUS", basis=Basis.LEVEL)
        measure(writer, "stake", read, Circumstances(exactly(date(2026, 1, day))))

    title = "“Sell the US operations of TikTok”"
    assert [news(writer)[0] for writer in writers] == [
        f"{title}: CFIUS counts 30 of at most 20 %, above the limit",
        f"Recorded late: {title}: 25 % level, CFIUS, on 9 January",
    ]


def test_what_was_recorded_late_is_the_news_beside_a_note(in_january: Writer) -> None:
    log(in_january, "soybeans", Stage.BROKEN, Circumstances(exactly(date(2026, 1, 10))))
    note(in_january, "busan-2025", "Talks begin", Circumstances(exactly(date(2026, 1, 13))))

    assert news(in_january)[:2] == [
        "Recorded late: “Resume soybean purchases”: broken, on 10 January",
        "Talks begin.",
    ]


@pytest.mark.parametrize(
    ("instrument", "promised_on", "said"),
    [
        ("statement", "2026-01-08", "Recorded late: “Buy sorghum”: promised, on 8 January"),
        ("proposal", "2026-01-08", "Recorded late: “Buy sorghum”: proposed, on 8 January"),
        ("statement", "2026-01-12", "“Buy sorghum” was promised"),
    ],
)
def test_a_promise_that_was_declared_after_its_week_is_news(
    in_january: Writer, instrument: str, promised_on: str, said: str
) -> None:
    terms = {"agreement": "busan-2025", "title": "Buy sorghum", "giver": ["cn"], "receiver": ["us"]}
    kind = {"sector": "farms", "kind": "purchase", "instrument": instrument, "test": "Sold"}
    where = {"source": "article", "promised_on": promised_on}
    add(in_january, ThingKind.CONCESSION, "sorghum", terms | kind | where)

    assert news(in_january)[0] == said


@pytest.mark.usefixtures("measured")
def test_with_several_agreements_what_was_late_or_corrected_says_whose_it_is(
    in_january: Writer, measured: int
) -> None:
    terms = {"title": "Phase two", "agreed_on": "2026-01-05", "source": "article"}
    add(in_january, ThingKind.AGREEMENT, "phase-two", terms)
    amend(in_january, measured, {"value": Decimal(7)})
    log(in_january, "tiktok", Stage.MET, Circumstances(exactly(date(2026, 1, 10))))

    assert news(in_january)[:2] == [
        "Corrected: “Resume soybean purchases” (China → US): 7, not 8 MMT sold, USDA",
        "Recorded late: “Sell the US operations of TikTok” (China → US): met, on 10 January.",
    ]


def test_what_was_logged_and_amended_in_one_week_is_still_news_of_it(in_january: Writer) -> None:
    earlier = Circumstances(exactly(date(2026, 1, 10)))
    wrong = log(in_january, "soybeans", Stage.BROKEN, earlier).start
    _, right = amend(in_january, wrong, {"stage": Stage.STALLED})

    assert late(in_january, "2026-W03") == [right]
    assert news(in_january)[0] == (
        "Recorded late: “Resume soybean purchases”: stalled, on 10 January"
    )


def test_what_replaces_an_entry_of_an_earlier_week_is_listed_with_the_corrections_alone(
    in_january: Writer,
) -> None:
    earlier = Circumstances(exactly(date(2026, 1, 3)))
    wrong = log(in_the_week_before(in_january), "soybeans", Stage.BROKEN, earlier).start
    _, once = amend(in_january, wrong, {"stage": Stage.STALLED})
    amend(in_january, once, {"stage": Stage.PARTIAL})

    assert late(in_january, "2026-W03") == []
