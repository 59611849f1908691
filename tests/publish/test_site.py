"""A site: its pages, their links, and the files for others."""

import json
import re
import sys
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from shutil import copy
from typing import Any
from urllib.parse import urlsplit

import feedparser
import icalendar
import pytest

from tests import hostile
from tests.conftest import EXAMPLES, NO_SHAPES, Run, book_at
from tests.hostile import Seen
from tests.publish.conftest import DAY, site_of
from tests.refusals import code_of, raises
from tracker.cli import run
from tracker.dates import shifted, week_of
from tracker.publish import CORRECTED, NEWS, base_of, charts, weeks_of
from tracker.publish.pages import script
from tracker.reports import REPORTS, View
from tracker.reports.weekly import page as week_page
from tracker.state import Clocks
from tracker.tables import TIE

BASE = "https://truce.example/phase-one/"


@pytest.fixture(scope="module")
def truce_site(busan_template: Path) -> Mapping[str, bytes]:
    """The site of the truce in the week of the Supreme Court's ruling, without its charts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(charts, "drawn", lambda _: NO_SHAPES.encode())
        return site_of(busan_template, date(2026, 2, 22))


def pages_of(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: content.decode() for name, content in files.items() if name.endswith(".html")}


def weeks_in(files: Mapping[str, bytes]) -> set[str]:
    return {name for name in files if name.startswith("week-")}


# --- weeks --------------------------------------------------------------------------------------


def test_the_first_page_is_this_week_and_the_archive_leads_to_all_with_their_headlines(
    farm_site: Mapping[str, bytes],
) -> None:
    index = Seen(farm_site["index.html"].decode())
    assert index.named("title")[0].text == "Overview · Phase One"
    kicker = next(one for one in index.named("p") if one.attributes.get("class") == "kicker")
    assert kicker.text.startswith("Week 52, 27 Dec 2021 – 2 Jan 2022")
    assert index.named("h1")[0].text == "No news"

    archive = Seen(farm_site["weeks.html"].decode())
    weeks = {str(one.attributes["href"]) for one in archive.named("a")} & weeks_in(farm_site)
    assert weeks == weeks_in(farm_site)
    assert "China says that a promise is kept: Buy farm goods" in archive.text


def test_only_weeks_with_news_have_a_page(farm_site: Mapping[str, bytes]) -> None:
    """In 2020-W53 the window of the purchases opens, and in 2021-W52 nothing happens."""
    archive = Seen(farm_site["weeks.html"].decode())
    cells = [one.text for one in archive.named("th", "td")]

    weeks = ("2020-W03", "2021-W26", "2021-W43", "2021-W48", "2021-W51")
    assert weeks_in(farm_site) == {f"week-{week}.html" for week in weeks}
    quiet = [days for days, headline in pairwise(cells) if headline == "No news"]
    assert quiet == [
        "27 Dec 2021",
        "6–19 Dec 2021",
        "1–28 Nov 2021",
        "5 Jul – 24 Oct 2021",
        "20 Jan 2020 – 27 Jun 2021",
    ]


@pytest.mark.slow
def test_a_week_without_a_page_has_no_news(portfolio: Path) -> None:
    """And a week before the agreement that has news has a page."""
    with book_at(portfolio) as connection:
        view = View.read(connection, Clocks(date(2026, 11, 30)))
        weeks = weeks_of(view)
        week = weeks[-1]
        quiet = []
        report = week_page(view.at(week.end), week)
        while week < weeks[0]:
            week = week_of(shifted(week.start, 7))
            before = report
            report = week_page(view.at(week.end), week)
            if week not in weeks:
                titles = {section.title for section in report.sections}
                assert not titles & {*NEWS, CORRECTED}
                counts = [[row.counts for row in one.document["gains"]] for one in (before, report)]
                assert counts[0] == counts[1]
                quiet.append(week)

    assert week_of(date(2025, 8, 4)) in weeks
    assert len(quiet) > 5


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("today", [DAY, date.max])
def test_days_far_apart_make_no_more_pages(farm_goods: Path, tmp_path: Path, today: date) -> None:
    """A typing error in a year, or a note of somebody whose clock is at the end of the calendar."""
    book = Path(copy(farm_goods, tmp_path / "book.db"))
    before = ["--db", str(book), "--today"]
    change = ["change", "phase-one", "--agreed", "1900-01-01", "--reason", "A typing error"]
    assert run([*before, DAY.isoformat(), *change]) == 0
    assert run([*before, "9999-12-31", "note", "phase-one", "The end"]) == 0

    weeks = weeks_in(site_of(book, today))

    assert "week-1900-W01.html" in weeks
    assert len(weeks) < 20


def test_a_past_week_is_told_as_of_its_sunday(farm_site: Mapping[str, bytes]) -> None:
    page = Seen(farm_site["week-2021-W48.html"].decode())
    assert "Week 48, 29 Nov – 5 Dec 2021" in page.text
    assert "partial" not in page.text
    beside = {one.text: one.attributes["href"] for one in page.named("a") if "er: " in one.text}
    assert beside == {
        "Earlier: 25–31 Oct 2021": "week-2021-W43.html",
        "Later: 20–26 Dec 2021": "week-2021-W51.html",
    }


# --- all pages ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_every_link_within_the_site_leads_somewhere(
    farm_site: Mapping[str, bytes], truce_site: Mapping[str, bytes]
) -> None:
    for files in (farm_site, truce_site):
        shown = set()
        for page in pages_of(files).values():
            seen = Seen(page)
            ids = {one.attributes.get("id") for one in seen.elements}
            for link in seen.named("a", "link"):
                address = urlsplit(str(link.attributes["href"]))
                if not address.scheme:
                    assert address.path in files or address.fragment in ids, address
            shown |= {one.attributes["src"] for one in seen.named("img")}
            shown |= {one.attributes["srcset"] for one in seen.named("source")}
        assert shown == {name for name in files if name.startswith("chart-")}


def test_every_page_is_titled_and_no_id_comes_twice(farm_site: Mapping[str, bytes]) -> None:
    titles = set()
    for page in pages_of(farm_site).values():
        seen = Seen(page)
        assert len(seen.named("h1")) == len(seen.named("main")) == 1
        ids = [one.attributes["id"] for one in seen.elements if "id" in one.attributes]
        assert len(ids) == len(set(ids))
        titles.add(seen.named("title")[0].text)
    assert len(titles) == len(pages_of(farm_site))


def test_no_page_asks_for_anything_but_the_site_s_own_charts(
    farm_site: Mapping[str, bytes],
) -> None:
    for name, page in pages_of(farm_site).items():
        hostile.assert_harmless(page, script())
        (policy, *_) = [
            str(one.attributes["content"])
            for one in Seen(page).named("meta")
            if one.attributes.get("http-equiv") == "Content-Security-Policy"
        ]
        assert re.fullmatch(
            "default-src 'none'; style-src 'sha256-[^']*'; img-src 'self' data:;"
            " base-uri 'none'; form-action 'none'; script-src 'sha256-[^']*'",
            policy,
        ), name
        assert "url(" not in page, name


def test_every_chart_says_what_it_is(farm_site: Mapping[str, bytes]) -> None:
    page = Seen(farm_site["concession-farm-goods.html"].decode())

    (chart,) = page.named("img")
    assert str(chart.attributes["alt"]).startswith(
        "Farm goods of 2021; all of them, day by day, in bn USD."
    )
    assert "The dotted line is what was due by each day." in page.text
    drawing = farm_site[str(chart.attributes["src"])].decode()
    assert {">USDA, shipped<", ">Customs, arrived<"} <= {*re.findall(">[^<]+<", drawing)}


def test_every_picture_has_a_title_and_its_numbers_and_one_for_a_phone(
    truce_site: Mapping[str, bytes],
) -> None:
    for name in ("index.html", "targets.html"):
        page = Seen(truce_site[name].decode())
        pictures = page.named("picture")
        assert len(page.named("img")) == len(page.named("source")) == len(pictures) > 0
        assert len(page.named("summary")) == len(pictures)
        assert all(one.attributes["alt"] for one in page.named("img"))


def test_a_head_says_what_its_page_is_about(farm_site: Mapping[str, bytes]) -> None:
    page = Seen(farm_site["week-2021-W51.html"].decode())

    headline = "China says that a promise is kept: Buy farm goods"
    described = {
        str(one.attributes.get("name") or one.attributes.get("property")): one.attributes["content"]
        for one in page.named("meta")
        if "content" in one.attributes
    }
    assert described["description"] == headline
    assert described["og:title"] == headline
    assert described["og:site_name"] == "Phase One"
    (icon,) = [one for one in page.named("link") if one.attributes["rel"] == "icon"]
    assert str(icon.attributes["href"]).startswith("data:image/svg+xml,")


def test_what_is_ahead_comes_before_what_is_past(truce_site: Mapping[str, bytes]) -> None:
    page = Seen(truce_site["deadlines.html"].decode())

    assert [one.text for one in page.named("h2")] == ["Ahead", "Past"]


def test_one_page_leads_to_all_data(farm_site: Mapping[str, bytes]) -> None:
    data = {one.attributes["href"] for one in Seen(farm_site["data.html"].decode()).named("a")}
    index = {one.attributes["href"] for one in Seen(farm_site["index.html"].decode()).named("a")}

    for name in farm_site:
        if name.endswith((".csv", ".ics", ".xml")):
            assert name in data
            assert name not in index


def test_the_same_book_gives_the_same_bytes(
    farm_goods: Path, farm_site: Mapping[str, bytes]
) -> None:
    assert site_of(farm_goods, DAY) == farm_site


def test_a_hostile_book_makes_a_harmless_site(tracker: Run, book: Path) -> None:
    hostile.fill(tracker)
    files = site_of(book, date(2026, 1, 8), "https://truce.example/")
    for page in pages_of(files).values():
        hostile.assert_harmless(page, script())
    assert not feedparser.parse(files["feed.xml"]).bozo
    assert not [name for name in files if b"\x1b" in files[name]]


# --- pages of a kind ----------------------------------------------------------------------------


@pytest.mark.usefixtures("undrawn")
def test_every_page_has_a_link_to_each_agreement(tracker: Run, book: Path) -> None:
    assert tracker("apply", EXAMPLES / "phase-one.toml").code == 0
    files = site_of(book, date(2026, 1, 8))
    page = Seen(files["index.html"].decode())

    links = {str(one.attributes["href"]) for one in page.named("a")}
    of_agreements = {name for name in files if name.startswith("agreement-")}
    assert len(of_agreements) == len(of_agreements & links) == 2


def test_an_agreement_s_page_has_its_concessions_and_its_own_deadlines(
    truce_site: Mapping[str, bytes],
) -> None:
    page = Seen(truce_site["agreement-busan-truce.html"].decode())

    assert page.named("h1")[0].text == "US–China trade truce, 2025–26"
    links = {one.attributes["href"] for one in page.named("a")}
    assert {name for name in truce_site if name.startswith("concession-")} <= links
    assert "Deadlines of the agreement" in [one.text for one in page.named("h2")]


def test_a_concession_s_page_leads_to_its_agreement_above_and_below(
    truce_site: Mapping[str, bytes],
) -> None:
    page = Seen(truce_site["concession-cn-ree-oct9-suspend.html"].decode())

    links = [one.text for one in page.named("a") if "agreement-" in one.attributes["href"]]
    assert links == ["US–China trade truce, 2025–26"] * 2


def test_the_first_page_says_how_many_more_are_past_or_next(book: Path, tracker: Run) -> None:
    for number in range(9):
        fields = ["--label", f"Talk {number}", "--due", f"2026-01-{number // 2 + 1:02}"]
        named = ["add", "deadline", f"talk-{number}", "--agreement", "busan-2025"]
        added = tracker(*named, *fields, "--kind", "meeting", "--source", "article")
        assert added.code == 0, added.err

    page = Seen(site_of(book, date(2026, 1, 8))["index.html"].decode())

    links = [one.text for one in page.named("a")]
    shown = sum(text.startswith("Talk ") for text in links)
    (more,) = [text for text in links if text.endswith(" more")]
    assert (shown, more) == (6, "3 more")


def test_a_deadline_is_listed_by_the_title_of_what_it_is_of(
    truce_site: Mapping[str, bytes],
) -> None:
    page = Seen(truce_site["deadlines.html"].decode())

    cells = {one.text: one.attributes.get("href") for one in page.named("a")}
    assert cells["Suspend the 50% Affiliates Rule"] == "concession-us-affiliates-rule.html"


def test_targets_and_exchanges_are_named_by_their_titles(truce_site: Mapping[str, bytes]) -> None:
    targets = Seen(truce_site["targets.html"].decode())
    headings = [one.text.replace(TIE, " ") for one in targets.named("h2")]
    words = "25 MMT by 31 Dec · 12%, USDA, 29 Jan · range 0–12%"
    assert f"US soybeans bought for 2026 · {words}" in headings
    page = truce_site["concession-cn-ree-oct9-suspend.html"].decode()
    (given, *_) = re.findall(r"In return for</th><td[^>]*>(.*?)</td>", page)
    to = "concession-us-affiliates-rule.html"
    assert given.replace("\xa0", " ") == f'<a href="{to}">Suspend the 50% Affiliates Rule</a>'


@pytest.mark.usefixtures("undrawn")
def test_a_book_whose_declarations_were_corrected_is_published(tracker: Run, book: Path) -> None:
    because = ("--reason", "the readout does not mention it")
    assert tracker("change", "us", "--short", "USA", *because).code == 0

    files = site_of(book, date(2026, 1, 8))

    assert "USA" in Seen(files["gains.html"].decode()).text
    assert "United States" in files["history.csv"].decode()


# --- files for others ---------------------------------------------------------------------------


def test_the_calendar_is_that_of_the_book(
    tracker: Run, farm_goods: Path, farm_site: Mapping[str, bytes]
) -> None:
    ran = tracker("--today", DAY, "deadlines", "-f", "ics", db=farm_goods)
    assert farm_site["deadlines.ics"].decode() == ran.out
    calendar: Any = icalendar.Calendar.from_ical(farm_site["deadlines.ics"])
    assert [event.decoded("dtstart") for event in calendar.walk("VEVENT")] == [date(2022, 2, 28)]


def test_the_files_of_tables_are_what_the_command_line_writes(
    tracker: Run, farm_goods: Path, farm_site: Mapping[str, bytes]
) -> None:
    for report in REPORTS:
        if report.has_csv:
            command = (report.command, *report.flags.split())
            ran = tracker("--today", DAY, *command, "-f", "csv", db=farm_goods)
            assert farm_site[f"{report.command}.csv"].decode() == ran.out, report.command


# --- the address --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    ["truce.example", "javascript:alert(1)", "https://a.example/?b", "https://a.example/\x01b"],
)
def test_what_is_not_an_address_is_refused(url: str) -> None:
    with raises("not an address"):
        base_of(url)


def test_an_address_ends_with_a_slash() -> None:
    assert base_of("https://truce.example/a") == base_of("https://truce.example/a/")
    assert base_of("https://truce.example/a/index.html") == "https://truce.example/a/"
    assert base_of(None) == ""


@pytest.mark.usefixtures("undrawn")
def test_the_settings_may_hold_the_address(
    tracker: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.toml").write_text(f'site_url = "{BASE}"\n')
    monkeypatch.setenv("TRACKER_CONFIG", str(tmp_path / "config.toml"))

    assert tracker("publish", tmp_path / "site").code == 0
    assert f'href="{BASE}"' in (tmp_path / "site" / "feed.xml").read_text()


# --- the command --------------------------------------------------------------------------------


def test_publishing_without_its_part_names_what_to_install(
    tracker: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    ran = tracker("publish", tmp_path / "site")
    assert ran.code == code_of("extra missing")
    assert ran.err == (
        "tracker: 'publish' needs a part that is not installed."
        " Install it: pip install 'truce-tracker[site]'"
        " (in a checkout: '.[site]', or 'uv run --extra site')\n"
    )
    assert not (tmp_path / "site").exists()


def test_publish_says_what_it_did_and_an_unchanged_book_writes_nothing(
    tracker: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    first = tracker("publish", folder, "--as-of", "2026-01-08")
    assert (first.code, first.err) == (0, "")
    files = re.fullmatch(rf"Wrote (\d+) files to {re.escape(str(folder))}\.\n", first.out)
    assert files
    before = {path: path.stat().st_mtime_ns for path in [folder, *folder.iterdir()]}
    again = tracker("publish", folder, "--as-of", "2026-01-08")
    assert again.out == f"{folder} is up to date: {files[1]} files.\n"
    assert {path: path.stat().st_mtime_ns for path in [folder, *folder.iterdir()]} == before


@pytest.mark.usefixtures("undrawn")
def test_a_source_whose_address_holds_a_control_character_is_refused_as_everywhere(
    tracker: Run, farm_goods: Path, tmp_path: Path
) -> None:
    """Such an address would break the feed, and a bidi mark would show another one."""
    book = Path(copy(farm_goods, tmp_path / "book.db"))
    for mark in ("\x01", "\x7f", "\u202e", "\u200b", "\xa0"):
        url = f"https://usda.example/{mark}sales"
        named = ("--publisher", "USDA", "--title", "Sales", "--url", url)
        assert tracker("add", "source", "sales", *named, db=book).code == 2
        assert tracker("log", "farm-goods", "met", "--source", url, db=book).code == 5
        declared = f'[[source]]\nkey = {json.dumps(url)}\ntitle = "T"\npublisher = "P"\n'
        (tmp_path / "sources.toml").write_text(declared)
        refused = tracker("apply", tmp_path / "sources.toml", db=book)
        assert (refused.code, "key 'key'" in refused.err) == (5, True)
