import json
from datetime import UTC, datetime
from pathlib import Path

from tests.conftest import Run
from tracker.dates import iso_moment


def test_a_source_met_later_is_not_in_a_report_known_by_an_earlier_moment(tracker: Run) -> None:
    known_then = iso_moment(datetime.now(UTC))
    before = tracker("sources", "--known-by", known_then).out
    tracker("log", "soybeans", "partial", "--source", "https://www.usda.gov/export-sales")

    after = tracker("sources", "--known-by", known_then).out
    now = json.loads(tracker("sources", "-f", "json").out)["rows"]

    assert after == before
    assert [row["key"] for row in now] == ["article", "https://www.usda.gov/export-sales"]


def test_an_address_that_was_declared_under_a_key_later_is_listed_once(tracker: Run) -> None:
    page = "https://www.usda.gov/export-sales"
    tracker("log", "soybeans", "started", "--on", "2026-01-06", "--source", page)
    tracker(
        "add", "source", "export-sales", "--title", "Sales", "--publisher", "USDA", "--url", page
    )
    tracker("log", "soybeans", "partial", "--on", "2026-01-07", "--source", "export-sales")

    listed = json.loads(tracker("sources", "-f", "json").out)["rows"]

    assert [(row["key"], row["entries"]) for row in listed[1:]] == [("export-sales", 2)]


def test_an_address_is_the_source_that_is_declared_with_it(tracker: Run, tmp_path: Path) -> None:
    page = "https://www.usda.gov/export-sales"
    text = tmp_path / "sales.txt"
    text.write_text("Sales of soybeans: 4 MMT")
    tracker("log", "soybeans", "started", "--on", "2026-01-06", "--source", page)
    entry = tracker("log", "soybeans", "partial", "--on", "2026-01-07", "--source", page).out[:3]
    tracker("source", "keep", page, text, "--seen", "2026-01-05")
    described = ("--title", "Sales", "--publisher", "USDA", "--official")
    assert "Warning" not in tracker("add", "source", "sales", *described, "--url", page).out
    tracker("cite", entry, "sales")
    text.write_text("Sales of soybeans: 5 MMT")
    tracker("source", "keep", page, text, "--seen", "2026-01-08")

    shown = json.loads(tracker("show", "soybeans", "-f", "json").out)["rows"][0]
    by_key, by_address = (tracker("show", key).out for key in ("sales", page))
    changed = json.loads(tracker("source", "diff", page, "-f", "json").out)
    findings = json.loads(tracker("check", "-f", "json").out)["rows"]

    assert [one["key"] for one in shown["sources"]] == ["article", "sales"]
    assert by_key == by_address
    assert by_key.count("#") == 2
    assert (changed["source"], changed["rows"][0]["added"]) == ("sales", "5")
    assert ("unofficial", "soybeans") not in {(row["finding"], row["subject"]) for row in findings}


def test_the_address_of_a_source_shows_it_whether_or_not_it_was_cited(tracker: Run) -> None:
    page = "https://www.usda.gov/export-sales"
    tracker("add", "source", "sales", "--title", "Sales", "--publisher", "USDA", "--url", page)

    assert tracker("show", page).out == tracker("show", "sales").out


def test_the_status_of_one_concession_lists_the_sources_of_that_one(
    tracker: Run, busan: Path
) -> None:
    text = tracker("status", "cn-soy-2025", db=busan).out

    assert "[1]" in text
    assert "[2]" not in text


def test_a_source_of_another_year_or_of_a_later_day_has_its_year(tracker: Run, busan: Path) -> None:
    sources = tracker("--today", "2026-02-20", "sources", db=busan).out.replace(
        "\n" + " " * 34, " "
    )

    assert "1 Nov 2025, official" in sources
    assert "3 Sep 2026, official" in sources
    assert "20 Feb, official" in sources
