"""Corrections in the feed, as a feed reader reads them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copy
from typing import Any

import feedparser
import pytest

from tests.conftest import Run
from tests.publish.conftest import DAY, site_of
from tracker.dates import in_words

LATE = date(2026, 11, 26)
"""A day on which the shipped agreements have more than a hundred changes."""
READING = ("measure", "farm-goods-2021", "25.5", "--by", "USDA", "--basis", "sold")

pytestmark = [pytest.mark.on("sqlite"), pytest.mark.usefixtures("unpaged")]


Record = Callable[..., None]


@pytest.fixture
def unpaged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the pages out of the site: a hundred weeks take long, and the feed needs none."""
    monkeypatch.setattr("tracker.publish.site._pages", lambda *_: ())


@pytest.fixture
def book(farm_goods: Path, tmp_path: Path) -> Path:
    return Path(copy(farm_goods, tmp_path / "book.db"))


@pytest.fixture
def record(tracker: Run, book: Path) -> Record:
    """Run a command on the book, on the day of the site."""

    def call(*words: str) -> None:
        ran = tracker("--today", DAY, *words, db=book)
        assert ran.code == 0, ran.err

    return call


def feed_of(book: Path) -> str:
    return site_of(book, DAY)["feed.xml"].decode().replace("\xa0", " ")


def changes(book: Path) -> list[Any]:
    entries: list[Any] = feedparser.parse(feed_of(book)).entries
    return entries


def test_a_corrected_update_says_what_it_was_and_why(record: Record, book: Path) -> None:
    record(*READING, "--on", "2021-12-24")
    (wrong, *older) = changes(book)
    number = wrong.link.rpartition("#e")[2]

    record("amend", number, "--value", "24.1", "--reason", "Misread")
    (item, *others) = changes(book)

    subject = wrong.title.partition(":")[0]
    assert item.title == f"Correction: “{subject}”: 24.1 bn USD sold, USDA (was 25.5 bn USD)"
    today = f"{datetime.now(UTC).day} "
    assert item.content[0].value.startswith(f"Corrected on {today}")
    assert item.content[0].value.endswith(": Misread\n24 Dec 2021")
    assert item.published == "2021-12-24T00:00:00Z"
    assert item.id != wrong.id
    assert [one.id for one in others] == [one.id for one in older]


@pytest.mark.parametrize(
    ("correction", "told"),
    [
        (("--on", "2021-12-23"), "25.5 bn USD sold, USDA (was dated 24 Dec 2021)"),
        (("--basis", "shipped"), "25.5 bn USD shipped, USDA (was 25.5 bn USD sold, USDA)"),
        (("--source", "https://usda.example/"), "25.5 bn USD sold, USDA"),
    ],
)
def test_a_correction_of_details_names_what_is_different(
    record: Record, book: Path, correction: tuple[str, str], told: str
) -> None:
    record(*READING, "--on", "2021-12-24")
    number = changes(book)[0].link.rpartition("#e")[2]
    record("amend", number, *correction)

    item = changes(book)[0]
    assert item.title.partition("”: ")[2] == told
    assert (
        item.content[0].value.split("\n")[0]
        == f"Corrected on {in_words(datetime.now(UTC).date())}."
    )


def test_a_retracted_update_is_told_as_news_with_the_reason(record: Record, book: Path) -> None:
    record("note", "farm-goods", "China confirms 43.5 bn USD")
    wrong = changes(book)[0]
    number = wrong.link.rpartition("#e")[2]
    record("retract", number, "--reason", "The ministry denies it")

    item = changes(book)[0]

    subject = wrong.title.partition(":")[0]
    assert item.title == f"Retracted: “{subject}”: China confirms 43.5 bn USD"
    assert ": The ministry denies it\n" in item.content[0].value
    assert item.link == wrong.link
    assert item.id not in {one.id for one in changes(book)[1:]} | {wrong.id}


def test_an_undone_update_was_read_by_nobody_unless_it_is_from_an_earlier_day(
    record: Record, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [one.id for one in changes(book)]
    record(*READING)
    record("undo")
    assert [one.id for one in changes(book)] == before

    record(*READING)
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    monkeypatch.setattr("tracker.settings.now", lambda: tomorrow)
    record("undo")
    assert changes(book)[0].title.startswith("Retracted: ")


def test_a_correction_that_was_undone_is_none(record: Record, book: Path) -> None:
    record(*READING)
    before = [(one.id, one.title) for one in changes(book)]
    number = changes(book)[0].link.rpartition("#e")[2]
    record("amend", number, "--value", "24.1")
    record("undo")

    assert [(one.id, one.title) for one in changes(book)] == before


def test_the_latest_events_are_kept_whatever_was_recorded_last(
    portfolio: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = feedparser.parse(site_of(portfolio, LATE)["feed.xml"])
    monkeypatch.setattr("tracker.publish.feed.LENGTH", 10_000)
    every = feedparser.parse(site_of(portfolio, LATE)["feed.xml"])

    days = [one.published for one in every.entries]
    assert len(days) > len(kept.entries) == 100
    assert [one.published for one in kept.entries] == sorted(days, reverse=True)[:100]
    assert kept.feed.updated == max(one.updated for one in kept.entries)


def test_a_correction_of_an_old_update_is_news(
    record: Record, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    oldest = changes(book)[-1]
    monkeypatch.setattr("tracker.publish.feed.LENGTH", 3)
    assert oldest.id not in {one.id for one in changes(book)}

    record("amend", oldest.link.rpartition("#e")[2], "--note", "As the ministry has it")

    assert changes(book)[0].title.startswith("Correction: ")


def test_a_verdict_that_repeats_the_stage_of_a_proposal_is_not_a_change(busan: Path) -> None:
    titles = [one.title for one in feedparser.parse(site_of(busan, LATE)["feed.xml"]).entries]

    told = [one.partition(": ")[2] for one in titles if one.startswith("Consider lower tariffs")]
    assert {one for one in told if "says" not in one} == {"negotiating"}


def test_a_verdict_goes_on_from_what_both_sides_had_said(record: Record, book: Path) -> None:
    for party in ("us", "cn"):
        record("log", "farm-goods", "started", "--says", party, "--on", "2021-11-01")
    record("log", "farm-goods", "started", "--on", "2021-11-02")

    told = {one.published[:10]: one.title.partition(": ")[2] for one in changes(book)}
    assert (told["2021-11-02"], told["2021-12-20"]) == ("started", "started → partial")
