"""The feed of weeks, as a feed reader reads it."""

import re
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from shutil import copy
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

import feedparser
import pytest

from tests.conftest import Run
from tests.publish.conftest import DAY, site_of
from tracker.database import Target, open_book
from tracker.publish import entries_of, feed, pages, weeks_of
from tracker.reports import View
from tracker.state import Clocks
from tracker.tables import Report, Section

pytestmark = pytest.mark.on("sqlite")


def test_a_feed_reader_reads_the_weeks_the_latest_first(farm_site: Mapping[str, bytes]) -> None:
    read: Any = feedparser.parse(farm_site["feed.xml"])

    assert not read.bozo
    assert read.feed.title == "Phase One: weeks"
    assert len(read.entries) == len({entry.id for entry in read.entries}) == 5
    week = read.entries[0]
    assert week.title == "China says that a promise is kept: Buy farm goods"
    assert week.link == "week-2021-W51.html"
    assert week.updated == "2021-12-26T23:59:59Z"  # not the day of the book
    news = re.sub("<.*?>", "|", week.content[0].value.replace("\xa0", " "))
    assert {"20 Dec", "To the US", "Buy farm goods"} <= {*news.split("|")}


def test_a_feed_keeps_its_ids_from_release_to_release(farm_site: Mapping[str, bytes]) -> None:
    """Ids made in another way would show a reader each week once more, as new."""
    read: Any = feedparser.parse(farm_site["feed.xml"])

    assert read.feed.id == uuid5(NAMESPACE_URL, "truce-tracker/phase-one").urn
    assert read.entries[0].id == uuid5(NAMESPACE_URL, "truce-tracker/phase-one/2021-W51").urn


def test_a_feed_holds_the_newest_weeks(farm_goods: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.publish.LENGTH", 2)

    read: Any = feedparser.parse(site_of(farm_goods, DAY)["feed.xml"])

    assert [entry.link for entry in read.entries] == [
        *("week-2021-W51.html", "week-2021-W48.html"),
    ]


def test_an_address_makes_full_links(farm_goods: Path) -> None:
    base = "https://truce.example/phase-one/"
    read: Any = feedparser.parse(site_of(farm_goods, DAY, base)["feed.xml"])

    assert {link.href for link in read.feed.links} == {base, f"{base}feed.xml"}
    assert all(entry.link.startswith(base) for entry in read.entries)


def test_the_feed_is_well_formed_whatever_a_week_holds(farm_goods: Path) -> None:
    """Control characters, bidi marks, lone surrogates, and what is not a character."""
    words = "sold \x01\x1b \u202egnihton\u202c \ud800 \ufffe <script> & ]]>"
    with closing(open_book(Target("sqlite", str(farm_goods)))) as connection:
        view = View.read(connection, Clocks(DAY))
        site = pages.Site(view, {}, {}, set())
        report = Report({}, tuple, headline=words, sections=[Section(title="Also", lines=(words,))])
        text = feed(view, entries_of(site, weeks_of(view)[0], report, ""), "")

    node = ElementTree.fromstring(text).find("{http://www.w3.org/2005/Atom}entry")
    assert node is not None
    assert "\u202e" not in text
    (title,) = (one.text for one in node if one.tag.endswith("title"))
    assert title is not None
    assert "<script> & ]]>" in title


@pytest.mark.usefixtures("undrawn")
def test_a_note_of_a_week_is_in_the_feed(tracker: Run, farm_goods: Path, tmp_path: Path) -> None:
    book = Path(copy(farm_goods, tmp_path / "book.db"))
    said = ("log", "farm-goods", "stalled", "--on", "2021-12-27", "-m", "Ships turned back")
    assert tracker("--today", DAY, *said, db=book).code == 0

    (first, *_) = feedparser.parse(site_of(book, date(2021, 12, 27))["feed.xml"]).entries

    assert first.title.startswith("A promise by China has stalled: Buy farm goods")
    assert "Ships turned back" in first.content[0].value


@pytest.mark.usefixtures("undrawn")
def test_an_item_has_what_the_week_means_and_links_to_pages_and_sources(busan: Path) -> None:
    base = "https://truce.example/"
    read: Any = feedparser.parse(site_of(busan, date(2026, 2, 22), base)["feed.xml"])

    (week,) = [entry for entry in read.entries if "2026-W08" in entry.link]
    html = week.content[0].value.replace("\xa0", " ")
    assert week.title == "Supreme Court voids both US tariffs that the truce had cut"
    assert html.startswith("<p>Four promises by China, given in return, are now at risk.</p>")
    assert re.findall("<h2>(.*?)</h2>", html)[:3] == ["Changed", "Also", "New at risk"]
    links = {*re.findall('href="(.*?)"', html)}
    assert f"{base}concession-us-fentanyl-tariff-cut.html" in links
    assert [link for link in links if not link.startswith(base)]
    assert all(link.startswith("https://") for link in links)
