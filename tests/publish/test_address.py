"""A site that knows its address: canonical links, previews, full links in the feed."""

import re
import struct
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from tests.conftest import Run
from tests.hostile import Seen
from tests.publish.conftest import DAY, site_of
from tracker import Book
from tracker.errors import NotAnAddress
from tracker.publish.card import Card
from tracker.publish.drawing import XMLNS, converter
from tracker.publish.head import Head, shortened
from tracker.publish.site import base_of

BASE = "https://truce.example/phase-one/"


@pytest.fixture(scope="module")
def at_address(farm_goods: Path) -> Mapping[str, bytes]:
    """A site whose weeks have one picture in common: to draw a hundred takes long."""
    picture = Card("", "", None).png()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Card, "png", lambda _: picture)
        return site_of(farm_goods, DAY, BASE)


def told(page: bytes) -> dict[str, str]:
    """Return what a page says of itself."""
    found = Seen(page.decode())
    metas = [one.attributes for one in found.named("meta")]
    named = {str(one.get("property") or one.get("name")): str(one.get("content")) for one in metas}
    links = {str(one.attributes["rel"]): one.attributes for one in found.named("link")}
    return named | {"canonical": str(links.get("canonical", {}).get("href"))}


def test_every_page_says_where_it_is(at_address: Mapping[str, bytes]) -> None:
    for name, content in at_address.items():
        if name.endswith(".html") and not name.startswith("embed-"):
            address = BASE if name == "index.html" else f"{BASE}{name}"
            page = told(content)
            assert page["canonical"] == page["og:url"] == address
            assert page["og:title"]
            assert page["og:description"] == page["description"]


def test_a_page_to_embed_leads_to_the_whole_one(
    farm_site: Mapping[str, bytes], at_address: Mapping[str, bytes]
) -> None:
    whole = {
        "embed-week.html": BASE,
        "embed-gains.html": f"{BASE}gains.html",
        "embed-target-farm-goods-2021.html": f"{BASE}targets.html",
    }
    assert {name for name in at_address if name.startswith("embed-")} == {*whole}
    for name, address in whole.items():
        (back,) = Seen(at_address[name].decode()).named("a")[-1:]
        assert told(at_address[name])["canonical"] == back.attributes["href"] == address
        (near,) = Seen(farm_site[name].decode()).named("a")[-1:]
        assert near.attributes["href"] == (address.removeprefix(BASE) or "index.html")


def test_a_week_is_previewed_with_its_headline_and_its_picture(
    at_address: Mapping[str, bytes],
) -> None:
    index, week = told(at_address["index.html"]), told(at_address["week-2021-W51.html"])

    assert (index["og:type"], week["og:type"]) == ("website", "article")
    assert week["og:title"] == "“Buy farm goods” went from announced to partial"
    assert not week["description"].startswith("“Buy farm goods” went from announced to partial")
    assert week["twitter:card"] == "summary_large_image"
    assert b'property="twitter:' not in at_address["week-2021-W51.html"]
    assert week["og:image"] == f"{BASE}week-2021-W51.png"
    picture = at_address["week-2021-W51.png"]
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)
    assert index["og:image"] == f"{BASE}week-2021-W52.png"
    concession = told(at_address["concession-farm-goods.html"])
    assert concession["og:image"] == index["og:image"]
    assert (index["og:image:alt"], concession["og:image:alt"]) == ("Nothing changed", "Phase One")


def test_a_week_whose_picture_cannot_be_drawn_is_previewed_without_one(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing() -> None:
        raise ValueError("cannot be drawn")

    monkeypatch.setattr("tracker.publish.card.converter", failing)
    monkeypatch.setattr("tracker.publish.drawing.drawn", lambda _: None)

    site = site_of(book, date(2026, 1, 8), BASE)

    for name in ("index.html", "week-2026-W02.html", "week-2026-W01.html", "gains.html"):
        page = told(site[name])
        assert page["og:title"]
        assert not [key for key in page if key.startswith(("og:image", "twitter:"))]
    assert not [name for name in site if name.endswith(".png")]


def test_a_description_is_cut_between_words() -> None:
    assert shortened("two soybean cargoes", 19) == "two soybean cargoes"
    assert shortened("two soybean cargoes", 18) == "two soybean…"
    assert shortened("soybeans" * 9, 10) == "soybeanss…"


@pytest.mark.parametrize(("long", "kept"), [(300, "s" * 300), (301, f"{'s' * 299}…")])
def test_a_description_has_at_most_300_characters(long: int, kept: str) -> None:
    tags = Seen(Head("Sales", "s" * long).links(BASE, "Phase One", "index.html", "")).named("meta")

    assert [one.attributes["content"] for one in tags if kept[:9] in str(one.attributes)] == [
        *(kept, kept)
    ]


def test_a_page_to_embed_names_the_site_once(at_address: Mapping[str, bytes]) -> None:
    (title, *_) = Seen(at_address["embed-week.html"].decode()).named("title")
    assert title.text.startswith("Week 2021-W52, ")
    assert title.text.count("Phase One") == 1


def test_the_feed_has_full_links(at_address: Mapping[str, bytes]) -> None:
    feed: Any = feedparser.parse(at_address["feed.xml"])

    assert {link.href for link in feed.feed.links} == {BASE, f"{BASE}feed.xml"}
    assert all(entry.link.startswith(BASE) for entry in feed.entries)


def test_without_an_address_nothing_names_one(farm_site: Mapping[str, bytes]) -> None:
    page = told(farm_site["index.html"])

    assert page["canonical"] == "None"
    assert not [key for key in page if key.startswith("og:")]
    assert not [name for name in farm_site if name.endswith(".png")]


@pytest.mark.slow
def test_the_same_book_gives_the_same_pictures(farm_goods: Path) -> None:
    assert site_of(farm_goods, DAY, BASE) == site_of(farm_goods, DAY, BASE)


def test_a_headline_that_is_too_long_is_cut() -> None:
    card = Card("\x00" * 300, " ".join(f"cargo{number}" for number in range(100, 999)), None)

    assert card.svg().count("<text") == 5
    assert "cargo112 cargo113 cargo114 cargo115 …<" in card.svg()
    assert card.svg().count("…") == 1
    assert card.png()


def margin(card: Card) -> bytes:
    """Return a picture of a card's right margin alone."""
    strip = 'width="69" height="610" viewBox="1131 15 69 610"'
    drawn: bytes = converter().svg_to_png(card.svg().replace('width="1200" height="630"', strip, 1))
    return drawn


@pytest.mark.parametrize(
    "headline",
    [
        "“Move TikTok's US business into a venture with a US majority” was promised",
        "The end of the agreement was moved to 10 January 2027, according to the US and China",
        "Щит и меч " * 30,
        "中国稀土出口管制" * 12,
    ],
)
def test_no_line_of_a_picture_runs_into_its_margin(headline: str) -> None:
    assert margin(Card(headline, headline, None)) == margin(Card("", "", None))


def test_a_picture_needs_no_font_that_the_library_does_not_bring() -> None:
    svg = Card("week 2026-W08", "Two concessions became void", None).svg()

    assert {*re.findall('font-family="([^"]*)"', svg)} == {"Liberation Sans"}


def test_bars_of_a_picture_end_within_it(farm_goods: Path) -> None:
    with Book.open(farm_goods, today=DAY) as book:
        gains = next(one for one in book.week().report.sections if one.bars is not None)
    sides = gains._replace(cells=gains.cells * 3)

    for words, section in [("short", gains), ("much longer " * 9, sides)]:
        drawn = ElementTree.fromstring(Card("", words, section).svg()).find(f"{{{XMLNS}}}svg")
        assert drawn is not None
        assert int(drawn.attrib["y"]) + int(drawn.attrib["height"]) <= 600
        assert int(drawn.attrib["height"]) > 200


@pytest.mark.parametrize(
    ("sides", "others"), [(3, ""), (4, "1 other is not shown. "), (5, "2 others are not shown. ")]
)
def test_a_picture_says_how_many_sides_it_leaves_out_and_that_it_counts(
    farm_goods: Path, sides: int, others: str
) -> None:
    with Book.open(farm_goods, today=DAY) as book:
        gains = next(one for one in book.week().report.sections if one.bars is not None)

    svg = Card("", "", gains._replace(cells=(gains.cells * 3)[:sides])).svg()

    assert f">{others}Concessions are counted, not weighed: " in svg


@pytest.mark.parametrize(
    "url",
    [
        "truce.example",
        "javascript:alert(1)",
        "https://a.example/?b",
        "https://a.example/#b",
        "https://a.example/ b",
    ],
)
def test_what_is_not_an_address_is_refused(url: str) -> None:
    with pytest.raises(NotAnAddress):
        base_of(url)


def test_an_address_ends_with_a_slash() -> None:
    assert base_of("https://truce.example/a") == base_of("https://truce.example/a/")
    assert base_of("https://truce.example/a/index.html") == "https://truce.example/a/"
    assert base_of(None) == ""


@pytest.mark.usefixtures("undrawn")
def test_another_address_is_another_site(tracker: Run, tmp_path: Path) -> None:
    first = tracker("publish", tmp_path / "site")
    again = tracker("publish", tmp_path / "site", "--url", BASE)

    assert first.out.startswith("Wrote ")
    assert again.out.startswith("Wrote ")
    assert "up to date" in tracker("publish", tmp_path / "site", "--url", BASE).out


@pytest.mark.usefixtures("undrawn")
def test_the_settings_may_hold_the_address(
    tracker: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.toml").write_text(f'site_url = "{BASE}"\n')
    monkeypatch.setenv("TRACKER_CONFIG", str(tmp_path / "config.toml"))

    assert tracker("publish", tmp_path / "site").code == 0
    assert told((tmp_path / "site" / "index.html").read_bytes())["canonical"] == BASE
