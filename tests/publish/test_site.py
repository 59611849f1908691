import json
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from shutil import copy
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

import feedparser
import icalendar
import pytest

from tests import hostile
from tests.conftest import EXAMPLES, NO_SHAPES, Run
from tests.hostile import Seen
from tests.publish.conftest import DAY, site_of
from tracker.database import Target, open_book
from tracker.dates import Week, in_words, shifted, week_of
from tracker.errors import ExtraMissing
from tracker.facts import Clocks
from tracker.publish import drawing
from tracker.publish.embeds import offers
from tracker.publish.timeline import ROWS, Happening, Span, Time, _seen, _shown, _unseen, timeline
from tracker.publish.weeks import weeks_of
from tracker.reports import View
from tracker.vocabulary import Bucket, Stage, Standing

PAGES = ("index.html", "gains.html", "deadlines.html", "targets.html", "sources.html")


@pytest.fixture(scope="module")
def truce_site(busan_template: Path) -> Mapping[str, bytes]:
    """The site of the truce in the week of the Supreme Court's ruling, without its charts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "_converted", lambda _: NO_SHAPES)
        return site_of(busan_template, date(2026, 2, 22))


def pages_of(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: content.decode() for name, content in files.items() if name.endswith(".html")}


def test_the_site_has_a_page_for_the_week_the_sides_each_concession_and_the_rest(
    farm_site: Mapping[str, bytes],
) -> None:
    assert {*PAGES, "concession-farm-goods.html"} <= set(farm_site)
    assert {"feed.xml", "deadlines.ics", "book.json"} <= set(farm_site)


def test_the_first_page_is_this_week_and_leads_to_the_earlier_ones(
    farm_site: Mapping[str, bytes],
) -> None:
    index = Seen(farm_site["index.html"].decode())
    kicker = next(one for one in index.named("p") if one.attributes.get("class") == "kicker")
    assert kicker.text.startswith("Week 2021-W52, 27 Dec 2021 – 2 Jan 2022")
    assert index.named("h1")[0].text == "Nothing changed"
    weeks = {str(one.attributes["href"]) for one in index.named("a")} & weeks_in(farm_site)
    assert weeks == weeks_in(farm_site)
    assert "Dec 2021 W52 W51 W50 W49 W48" in index.text


def weeks_in(files: Mapping[str, bytes]) -> set[str]:
    return {name for name in files if name.startswith("week-")}


def test_every_week_from_the_first_agreement_to_now_has_a_page(
    farm_site: Mapping[str, bytes],
) -> None:
    first, last = week_of(date(2020, 1, 15)), week_of(DAY)
    weeks = [
        Week(shifted(first.start, 7 * at)) for at in range((last.end - first.start).days // 7 + 1)
    ]

    assert weeks_in(farm_site) == {f"week-{week}.html" for week in weeks}
    assert "Nothing changed" in farm_site["week-2021-W40.html"].decode()


@pytest.mark.slow
def test_a_news_before_the_agreement_has_its_week_too(busan: Path) -> None:
    weeks = weeks_in(site_of(busan, date(2025, 11, 9)))

    assert {"week-2025-W32.html", "week-2025-W44.html", "week-2025-W45.html"} <= weeks
    assert "week-2025-W40.html" not in weeks


def test_the_current_week_stays_where_it_is_when_it_is_over(farm_site: Mapping[str, bytes]) -> None:
    index, page = (Seen(farm_site[name].decode()) for name in ("index.html", "week-2021-W52.html"))

    assert index.named("h1")[0].text == page.named("h1")[0].text
    assert next(one.text for one in index.named("title")).startswith("This week")
    assert page.named("title")[0].text.startswith("Week 2021-W52")


def test_a_past_week_is_told_as_of_its_sunday(farm_site: Mapping[str, bytes]) -> None:
    page = Seen(farm_site["week-2021-W48.html"].decode())
    assert "Week 2021-W48, 29 Nov – 5 Dec 2021" in page.text
    assert "partial" not in page.text
    beside = {one.text: one.attributes["href"] for one in page.named("a") if "er: " in one.text}
    assert beside == {
        "Earlier: 22–28 Nov 2021": "week-2021-W47.html",
        "Later: 6–12 Dec 2021": "week-2021-W49.html",
    }


def test_every_link_within_the_site_leads_somewhere(farm_site: Mapping[str, bytes]) -> None:
    for page in pages_of(farm_site).values():
        seen = Seen(page)
        ids = {one.attributes.get("id") for one in seen.elements}
        for link in seen.named("a", "link"):
            address = urlsplit(str(link.attributes["href"]))
            if not address.scheme:
                assert address.path in farm_site or address.fragment in ids, address


def test_every_page_is_titled_and_no_id_comes_twice(farm_site: Mapping[str, bytes]) -> None:
    titles = set()
    for page in pages_of(farm_site).values():
        seen = Seen(page)
        assert len(seen.named("h1")) == len(seen.named("main")) == 1
        ids = [one.attributes["id"] for one in seen.elements if "id" in one.attributes]
        assert len(ids) == len(set(ids))
        titles.add(seen.named("title")[0].text)
    assert len(titles) == len(pages_of(farm_site))


def test_every_chart_says_what_it_is_and_has_its_data_as_a_table(
    farm_site: Mapping[str, bytes],
) -> None:
    charts = 0
    for page in pages_of(farm_site).values():
        seen = Seen(page)
        ids = {str(one.attributes.get("id")) for one in seen.elements}
        for chart in seen.named("svg"):
            charts += 1
            assert chart.attributes["role"] == "img"
            named = {chart.attributes["aria-labelledby"], chart.attributes["aria-describedby"]}
            assert named <= ids
        assert len(seen.named("figure")) == len(seen.named("details"))
        assert len(seen.named("svg")) == 2 * len(seen.named("figure"))
    assert charts >= 2 * 6


def test_the_target_s_chart_has_a_line_for_each_who_counts(farm_site: Mapping[str, bytes]) -> None:
    page = Seen(farm_site["targets.html"].decode())
    labels = {one.text for one in page.named("text")}
    assert {"USDA, shipped", "Customs, arrived"} <= labels
    wide, narrow = charts_in(farm_site["targets.html"].decode())
    assert wide.count("USDA, shipped") == narrow.count("USDA, shipped") == 1
    assert page.named("figcaption")[0].text.startswith("Farm goods of 2021; all of them · ")
    assert "At last count: 21 bn USD shipped (USDA); 7 bn USD arrived (Customs)." in page.text


def test_no_page_asks_for_anything(farm_site: Mapping[str, bytes]) -> None:
    for name, page in pages_of(farm_site).items():
        hostile.assert_harmless(page)
        policies = [str(one.attributes.get("content")) for one in Seen(page).named("meta")]
        assert any("default-src 'none'; style-src 'sha256-" in one for one in policies), name
        assert "url(" not in page, name


def test_a_feed_reader_reads_the_changes_newest_first(farm_site: Mapping[str, bytes]) -> None:
    feed: Any = feedparser.parse(farm_site["feed.xml"])
    assert not feed.bozo
    assert feed.feed.title == "Phase One: changes"
    assert feed.entries[0].title == "Buy farm goods: US says due 28 Feb 2022, which moves it"
    assert feed.entries[0].link == "concession-farm-goods.html#e13"
    assert [entry.title for entry in feed.entries][2] == "Buy farm goods: announced → partial"
    assert feed.entries[2].published == "2021-12-20T00:00:00Z"
    assert not feed.entries[2].updated.startswith("2021-12-20")
    assert len({entry.id for entry in feed.entries}) == len(feed.entries) == 7
    assert all(entry.updated_parsed and entry.author == "analyst" for entry in feed.entries)
    related = [link.href for entry in feed.entries for link in entry.links if link.rel == "related"]
    assert related == ["https://usda.example/sales?a=1&b=2"]


def test_a_feed_keeps_its_id_from_release_to_release(farm_site: Mapping[str, bytes]) -> None:
    """Ids made in another way would show a reader each change once more, as new."""
    feed: Any = feedparser.parse(farm_site["feed.xml"])
    assert feed.feed.id == uuid5(NAMESPACE_URL, "truce-tracker/phase-one").urn


def test_the_feed_tells_a_stage_before_and_after_and_a_note_in_its_own_words(
    truce_site: Mapping[str, bytes],
) -> None:
    feed: Any = feedparser.parse(truce_site["feed.xml"])
    titles = [entry.title for entry in feed.entries]

    assert "Halve the fentanyl tariff to 10 %: met → moot" in titles
    assert any("US says: Trump announces 15 %" in title for title in titles)
    assert all(len(title) < 200 for title in titles)


def test_the_feed_leads_to_the_entry_on_its_page(truce_site: Mapping[str, bytes]) -> None:
    feed: Any = feedparser.parse(truce_site["feed.xml"])
    anchored = [urlsplit(entry.link) for entry in feed.entries if "#" in entry.link]

    assert len(anchored) > 50
    for page in {one.path for one in anchored}:
        ids = {one.attributes.get("id") for one in Seen(truce_site[page].decode()).elements}
        assert {one.fragment for one in anchored if one.path == page} <= ids


def test_the_calendar_and_the_data_are_those_of_the_book(farm_site: Mapping[str, bytes]) -> None:
    calendar: Any = icalendar.Calendar.from_ical(farm_site["deadlines.ics"])
    assert [event.decoded("dtstart") for event in calendar.walk("VEVENT")] == [date(2022, 2, 28)]
    book = json.loads(farm_site["book.json"])
    assert (book["schema"], book["report"], book["as_of"]) == (2, "book", DAY.isoformat())
    assert book["status"][0]["stage"] == "partial"
    assert len(book["history"]) == book["book"]["entries"] == book["known_by"] == 13


def test_the_same_book_gives_the_same_bytes(
    farm_goods: Path, farm_site: Mapping[str, bytes]
) -> None:
    assert site_of(farm_goods, DAY) == farm_site


def test_the_method_says_what_every_word_means(farm_site: Mapping[str, bytes]) -> None:
    page = Seen(farm_site["method.html"].decode())

    told = {one.text for one in page.named("dt")}
    assert told == {*Stage, *Bucket, *Standing}
    assert "as of 27 Dec 2021; 13 entries · head " in page.text
    assert "The latest entry was recorded on " in page.text
    for name, content in pages_of(farm_site).items():
        links = {one.attributes["href"] for one in Seen(content).named("a")}
        assert "method.html" in links or name.startswith("embed-"), name
        assert "The latest entry was recorded on " in Seen(content).text, name


def test_a_concession_s_page_begins_with_what_it_is(farm_site: Mapping[str, bytes]) -> None:
    page = Seen(farm_site["concession-farm-goods.html"].decode())
    (lead,) = (one.text for one in page.named("p") if one.attributes.get("class") == "lead")

    assert lead.replace("\xa0", " ") == (
        "China promised the US this concession (purchase, agriculture) on 15 January 2020. Its"
        " stage, as of 20 Dec, is partial: a substantial part is delivered."
    )


@pytest.mark.usefixtures("undrawn")
def test_of_several_agreements_the_first_page_has_a_line_on_each(
    tracker: Run, book: Path, farm_site: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.publish.site.weeks_of", lambda whole: weeks_of(whole)[:1])
    assert tracker("apply", EXAMPLES / "phase-one.toml").code == 0
    files = site_of(book, date(2026, 1, 8))
    page = Seen(files["index.html"].decode())

    assert not files.keys() & {"gains.svg", "embed-gains.html", "gains-weekly.csv"}  # of one week
    assert "Agreements" in [one.text for one in page.named("h2")]
    assert "Concessions" in [one.text for one in page.named("th")]
    below = [one.text for one in page.named("p") if one.attributes.get("class") == "below"]
    assert any(text.startswith("By number, no side is ahead") for text in below)
    assert "Agreements" not in Seen(farm_site["index.html"].decode()).text


def test_a_title_in_a_sentence_leads_to_its_page(farm_site: Mapping[str, bytes]) -> None:
    leads = [page.decode().partition('class="lead">')[2] for page in farm_site.values() if page]

    assert any(
        '<a href="concession-farm-goods.html">“' in one.partition("</p>")[0] for one in leads
    )


def test_a_deadline_is_listed_by_the_title_of_what_it_is_of(
    truce_site: Mapping[str, bytes],
) -> None:
    page = Seen(truce_site["deadlines.html"].decode())

    cells = {one.text: one.attributes.get("href") for one in page.named("a")}
    assert cells["Suspend the 50 % Affiliates Rule"] == "concession-us-affiliates-rule.html"
    assert cells["us-affiliates-rule-end"] == "concession-us-affiliates-rule.html"
    listed = Seen(truce_site["sources.html"].decode())
    addresses = [one for one in listed.named("a") if "fas.usda.gov/esrqs" in one.attributes["href"]]
    assert [one.text for one in addresses] == [
        "Weekly export sales to China (query page, state of 3 September 2026)"
    ]


def test_targets_and_exchanges_are_named_by_their_titles(truce_site: Mapping[str, bytes]) -> None:
    headings = [one.text for one in Seen(truce_site["targets.html"].decode()).named("h2")]
    assert any(one.startswith("US soybeans bought for 2026 · 25 MMT by 31 Dec") for one in headings)
    page = truce_site["concession-cn-ree-oct9-suspend.html"].decode()
    (given, *_) = re.findall("<dt>In return for</dt><dd>(.*?)</dd>", page)
    to = "concession-us-affiliates-rule.html"
    assert given.replace("\xa0", " ") == f'<a href="{to}">Suspend the 50 % Affiliates Rule</a>'


def test_a_hostile_book_makes_a_harmless_site(tracker: Run, book: Path) -> None:
    hostile.fill(tracker)
    files = site_of(book, date(2026, 1, 8), "https://truce.example/")
    for page in pages_of(files).values():
        hostile.assert_harmless(page)
    feed: Any = feedparser.parse(files["feed.xml"])
    assert not feed.bozo
    assert len(feed.entries) == 12 + len(hostile.NOTES) + 3
    assert not [name for name in files if name[-4:] != ".png" and b"\x1b" in files[name]]
    assert json.loads(files["book.json"])["history"]


def test_a_counter_with_a_control_character_in_its_name_is_charted(
    tracker: Run, farm_goods: Path, tmp_path: Path
) -> None:
    book = Path(copy(farm_goods, tmp_path / "book.db"))
    counted = ("measure", "farm-goods-2021", "22", "--by", "US\x01DA", "--basis", "sold")
    assert tracker("--today", DAY, *counted, db=book).code == 0

    page = Seen(site_of(book, DAY)["targets.html"].decode())

    assert "US\\x01DA, sold" in {one.text for one in page.named("text")}


def test_a_chart_that_fails_costs_that_chart_and_not_the_site(
    farm_goods: Path, farm_site: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    convert = drawing._converted

    def failing(chart: str) -> str:
        if "Customs, arrived" in chart:
            raise ValueError("cannot be drawn")
        return convert(chart)

    monkeypatch.setattr(drawing, "_converted", failing)
    files = site_of(farm_goods, DAY)

    assert farm_site.keys() - files.keys() == {"target-farm-goods-2021.svg"}
    assert "target-farm-goods-2021.svg" not in files["targets.html"].decode()
    page = Seen(files["targets.html"].decode())
    assert "This chart could not be drawn; its data is below." in page.text
    assert not page.named("svg")
    assert files["deadlines.html"] == farm_site["deadlines.html"]


def test_publishing_without_its_part_names_what_to_install(
    tracker: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    ran = tracker("publish", tmp_path / "site")
    assert ran.code == ExtraMissing.exit_code
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
    assert first.out == f"Wrote 37 files to {folder}.\n"
    before = {path: path.stat().st_mtime_ns for path in [folder, *folder.iterdir()]}
    again = tracker("publish", folder, "--as-of", "2026-01-08")
    assert again.out == f"{folder} is up to date: 37 files.\n"
    assert {path: path.stat().st_mtime_ns for path in [folder, *folder.iterdir()]} == before


def test_a_concessions_chart_draws_no_other_ones_moves(busan: Path) -> None:
    connection = open_book(Target("sqlite", str(busan)))
    view = View(connection, Clocks(date(2026, 3, 1)))
    try:
        drawn = timeline(view, "us-fentanyl-tariff-cut")
        assert drawn is not None
        charts = str(drawn.charts)
    finally:
        connection.close()

    assert "Halve the fentanyl tariff" in charts
    assert "Buy US soybeans" not in charts


def test_the_rows_of_the_timeline_are_in_the_order_of_the_book(busan: Path) -> None:
    connection = open_book(Target("sqlite", str(busan)))
    view = View(connection, Clocks(date(2026, 3, 1)))
    order = [one.title for one in (*view.agreements.values(), *view.concessions.values())]
    drawn = timeline(view)
    connection.close()
    assert drawn is not None

    rows = json.loads(drawn.charts["wide"])["encoding"]["y"]["scale"]["domain"]

    assert len(rows) > 20
    assert rows == [title for title in order if title in rows]


@pytest.mark.slow
def test_a_chart_of_time_has_a_tick_a_month_at_most_and_names_today(busan: Path) -> None:
    for day in (date(2025, 11, 9), date(2026, 3, 1)):
        files = site_of(busan, day)
        for name in ("deadlines.html", "targets.html", "concession-cn-soy-2026.html"):
            for chart in charts_in(files[name].decode()):
                ticks = [one for one in chart if re.fullmatch("[A-Z][a-z]{2} [0-9]{2}", one)]
                assert len(ticks) == len(set(ticks)) <= 10, (name, ticks)
        words = {one.text for one in Seen(files["deadlines.html"].decode()).named("text")}
        assert f"today, {in_words(day, date.min)}" in words


def charts_in(page: str) -> Iterator[list[str]]:
    """Yield the words of each chart of a page."""
    for part in page.split("<svg")[1:]:
        shapes = part[part.index(">") + 1 : part.index("</svg>")]
        yield [one.text for one in Seen(shapes).named("text")]


def test_a_term_is_a_band_from_the_promise_to_its_end(busan: Path) -> None:
    connection = open_book(Target("sqlite", str(busan)))
    view = View(connection, Clocks(date(2026, 3, 1)))
    drawn, never = timeline(view, "cn-ree-oct9-suspend"), timeline(view, "cn-soy-2026")
    connection.close()
    assert drawn
    assert never

    (band,) = bands_in(drawn.charts["wide"])
    assert (band["on"][:10], band["until"][:10]) == ("2025-10-30", "2026-11-10")
    assert "holding" in drawn.charts["wide"]
    assert bands_in(never.charts["wide"]) == []


def test_a_term_has_no_band_where_it_is_out_of_sight_or_without_a_length() -> None:
    near, far = date(2026, 3, 1), date(2024, 1, 1)
    mark = Happening("cn-soy", near, "verdict", None, "met")
    terms = [Span("cn-soy", near, near), Span("cn-soy", far, shifted(far, 9)),
             Span("cn-soy", far, near), Span("cn-beef", far, near)]  # fmt: skip

    shown = _shown(Time(near, {"cn-soy": "Soy"}, [mark], [], terms), [mark])

    assert shown == [Span("cn-soy", date(2025, 3, 1), near)]


def bands_in(chart: str) -> list[dict[str, str]]:
    """Return the terms that a chart of time draws."""
    layers = [one for one in json.loads(chart)["layer"] if "strokeOpacity" in one["mark"]]
    return [value for layer in layers for value in layer["data"]["values"]]


def test_a_long_chart_of_time_has_the_rows_that_are_near(
    busan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.publish.timeline.ROWS", 5)
    connection = open_book(Target("sqlite", str(busan)))
    drawn = timeline(View(connection, Clocks(date(2026, 3, 1))))
    connection.close()
    assert drawn is not None

    rows = json.loads(drawn.charts["wide"])["encoding"]["y"]["scale"]["domain"]

    assert len(rows) == 5
    assert "Buy US soybeans in the last two months of 2025" in rows
    assert "these are the 5 with the nearest days" in drawn.description
    assert len({cells[0].text for cells in drawn.data.cells}) > 20


@pytest.mark.parametrize(("rows", "words"), [(ROWS, ""), (ROWS + 1, " Of all rows, these are")])
def test_of_more_than_sixty_rows_a_chart_has_the_nearest(rows: int, words: str) -> None:
    near = date(2026, 3, 1)
    slugs = [f"cn-{number:03}" for number in range(rows)]
    marks = [Happening(one, shifted(near, at), "verdict", None, "met")
             for at, one in enumerate(slugs)]  # fmt: skip
    far = Happening(slugs[-1], shifted(near, -200), "verdict", None, "started")
    time = Time(near, {one: one for one in slugs}, [far, *marks], [], [])

    assert ROWS == 60
    assert {one.subject for one in _seen(time)} == {*slugs[:ROWS]}
    assert _unseen(time).startswith(words)
    assert bool(_unseen(time)) == bool(words)


@pytest.mark.parametrize(
    ("day", "hidden"),
    [
        (date(2022, 12, 21), "1 more than a year away is in the data."),
        (date(2022, 12, 22), "2 more than a year away are in the data."),
        (date(2030, 1, 1), "4 more than a year away are in the data."),
    ],
)
def test_a_concession_with_little_or_nothing_near_is_drawn_too(
    farm_goods: Path, day: date, hidden: str
) -> None:
    with closing(open_book(Target("sqlite", str(farm_goods)))) as connection:
        drawn = timeline(View(connection, Clocks(day)), "farm-goods")

    assert drawn
    assert drawn.description.endswith(hidden)
    height = 24 if hidden.startswith("4") else {"step": 24}  # of a chart without rows
    assert json.loads(drawn.charts["wide"])["height"] == height


@pytest.mark.usefixtures("undrawn")
def test_a_book_whose_declarations_were_corrected_is_published(tracker: Run, book: Path) -> None:
    because = ("--reason", "the readout does not mention it")
    assert tracker("change", "us", "--name", "The United States", *because).code == 0
    assert tracker("withdraw", "soybeans", *because).code == 0

    files = site_of(book, date(2026, 1, 8))

    assert "concession-soybeans.html" not in files
    index = Seen(files["index.html"].decode()).text
    assert "The United States" in index
    assert "withdrawn" in index
    rows = json.loads(files["book.json"])["history"]
    assert [row["declares"]["was"] for row in rows if (row["declares"] or {}).get("was")] == [
        {"name": "United States"}
    ]


@pytest.mark.usefixtures("undrawn")
def test_a_book_whose_agreement_was_withdrawn_is_published_empty(tracker: Run, book: Path) -> None:
    assert tracker("withdraw", "busan-2025", "--reason", "It was never signed").code == 0

    files = site_of(book, date(2026, 1, 8))

    assert not [name for name in files if name.startswith("concession-")]
    assert "It was never signed" in files["index.html"].decode()


@pytest.mark.usefixtures("undrawn")
def test_a_book_without_entries_is_published_and_says_so(tracker: Run, tmp_path: Path) -> None:
    assert tracker("init", "--empty", db=tmp_path / "empty.db").code == 0

    files = site_of(tmp_path / "empty.db", date(2026, 1, 8))

    assert "Nothing has been recorded yet." in files["method.html"].decode()
    assert b"<updated>2000-01-01T00:00:00Z</updated>" in files["feed.xml"]


def test_the_files_of_tables_are_what_the_command_line_writes(
    tracker: Run, farm_goods: Path, farm_site: Mapping[str, bytes]
) -> None:
    for name in ("status", "gains", "deadlines", "pace", "claims", "cliff", "sources"):
        ran = tracker("--today", DAY, name, "-f", "csv", db=farm_goods)
        assert farm_site[f"{name}.csv"].decode() == ran.out, name
    history = tracker("--today", DAY, "history", "--all", "-f", "csv", db=farm_goods)
    assert farm_site["history.csv"].decode() == history.out


def test_the_twenty_targets_that_are_due_nearest_can_be_had_alone() -> None:
    left = {"awaited": None, "past": -3, "later": 4, "today": 0, "b-tied": -2, "a-tied": 2}
    left |= {f"in-{days}": days for days in range(10, 30)}
    positions = {slug: SimpleNamespace(days_left=days) for slug, days in left.items()}

    offered = [*offers(SimpleNamespace(deadline_positions=positions), positions)]

    assert offered[:6] == ["today", "a-tied", "b-tied", "past", "later", "in-10"]
    assert (len(offered), offered[-1]) == (20, "in-24")
    assert [*offers(SimpleNamespace(deadline_positions=positions), ["awaited", "in-29"])] == [
        *("in-29", "awaited")
    ]


@pytest.mark.usefixtures("undrawn")
def test_of_very_many_targets_a_few_can_be_had_alone(
    farm_goods: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.publish.embeds.OFFERED", 0)

    files = site_of(farm_goods, DAY)

    assert not [name for name in files if "target-" in name]
    assert "Farm goods of 2021" in files["targets.html"].decode()
