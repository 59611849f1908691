"""Published sites as a browser, an accessibility audit and a validator of HTML see them."""

import json
import os
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests import hostile
from tests.conftest import Run, book_at, make_book
from tracker.publish import publish
from tracker.reports import View
from tracker.state import Clocks

HERE = Path(__file__).parent
PICTURES = os.environ.get("TRACKER_PICTURES")
"""A folder for screenshots, for people who want to look."""

BROWSER = """
import { chromium } from "playwright-core";
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
"""
SIZE = """
const page = await browser.newPage({ viewport: { width: 375, height: 800 } });
await page.goto(`file://${process.argv[1]}`);
const width = await page.evaluate(() => document.documentElement.scrollWidth);
const height = await page.evaluate(() => document.documentElement.scrollHeight);
console.log(JSON.stringify([width, height]));
await browser.close();
"""
"""A program that prints how wide and how high a page is on a phone."""

TABLES = """
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
await page.goto(`file://${process.argv[1]}/agreement-busan-truce.html`);
const table = page.getByRole("table", { name: "Promised to US", exact: true });
const shown = [];
const column = async (at) => {
  const cells = await table.locator(`tbody tr:visible > :nth-child(${at})`).allTextContents();
  shown.push(cells.slice(0, 5));
};
for (const header of ["Last word", "Last word", "Done"]) {
  await table.getByRole("button", { name: header }).click();
  await column(header === "Done" ? 3 : 5);
}
await page.getByLabel("Filter: Promised to US", { exact: true }).fill("2028 buy");
await column(1);
console.log(JSON.stringify(shown));
await browser.close();
"""
"""A program that sorts a table by days, up and down, and by shares, and filters it."""

pytestmark = [pytest.mark.browser, pytest.mark.on("sqlite")]


def published(book: Path, folder: Path, day: date) -> Path:
    """Publish a book and return its folder."""
    with book_at(book) as connection:
        publish(folder, View.read(connection, Clocks(day)))
    return folder


def printed(program: str, path: Path) -> Any:
    """Return what a program in a browser prints about a page or a site."""
    command = ["node", "--input-type=module", "-e", BROWSER + program, str(path)]
    ran = subprocess.run(command, cwd=HERE, check=True, capture_output=True, text=True)
    return json.loads(ran.stdout)


def looked_at(folder: Path, pictures: Path | None = None) -> Any:
    command = ["node", str(HERE / "look.mjs"), str(folder), *([str(pictures)] if pictures else [])]
    ran = subprocess.run(command, cwd=HERE, check=True, capture_output=True, text=True)
    return json.loads(ran.stdout)


def assert_valid(folder: Path) -> None:
    pages = sorted(str(page) for page in folder.glob("*.html"))
    validate = [str(HERE / "node_modules/.bin/html-validate"), "--config", ".htmlvalidate.json"]
    ran = subprocess.run([*validate, *pages], cwd=HERE, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.usefixtures("node_modules")
def test_every_page_of_a_seed_s_site_is_sound(busan: Path, tmp_path: Path) -> None:
    """There are no console messages, requests or axe-core violations, and the HTML is valid."""
    folder = published(busan, tmp_path / "site", date(2026, 3, 22))
    found = looked_at(folder, Path(PICTURES) if PICTURES else None)
    assert found["wrong"] == []
    assert found["pages"] == len([*folder.glob("*.html")])
    assert_valid(folder)


@pytest.mark.usefixtures("node_modules")
def test_a_hostile_book_s_site_is_as_sound(tracker: Run, book: Path, tmp_path: Path) -> None:
    hostile.fill(tracker)
    because = ("--reason", "a title of one word that is wider than a screen")
    assert tracker("change", "soybeans", "--title", "soybeans" * 20, *because).code == 0
    folder = published(book, tmp_path / "site", date(2026, 1, 8))
    assert looked_at(folder)["wrong"] == []
    assert_valid(folder)


def day_of(words: str) -> date:
    """Return the day that a cell of a page of 2026 means."""
    return datetime.strptime(words if words[-4:].isdigit() else f"{words} 2026", "%d %b %Y").date()


@pytest.mark.usefixtures("node_modules")
def test_a_table_is_sorted_and_filtered_by_its_own_page(busan: Path, tmp_path: Path) -> None:
    folder = published(busan, tmp_path / "site", date(2026, 11, 26))

    earliest, latest, least, named = printed(TABLES, folder)
    days, back = ([*map(day_of, cells)] for cells in (earliest, latest))  # none is without one
    assert days == sorted(days)
    assert back == sorted(back, reverse=True)
    assert days[0].year < back[0].year
    shares = [int(cell.partition("–")[0].strip("%")) for cell in least if cell.endswith("%")]
    assert shares == sorted(shares)
    assert least[: len(shares)] == [cell for cell in least if cell.endswith("%")]
    assert {*named} == {
        "Buy US soybeans in 2028",
        "Buy $17 billion of other US farm goods in 2028",
    }


@pytest.mark.usefixtures("node_modules")
def test_every_report_is_valid_html(tracker: Run, tmp_path: Path) -> None:
    reports = ("status", "week", "gains", "history", "deadlines", "pace", "claims")
    for name in reports:
        assert tracker(name, "-f", "html", "-o", tmp_path / f"{name}.html").code == 0
    assert_valid(tmp_path)


@pytest.mark.usefixtures("node_modules")
@pytest.mark.parametrize("day", ["2026-02-20", "2026-11-26"])
def test_the_mail_of_a_week_is_as_wide_as_a_phone(tracker: Run, tmp_path: Path, day: str) -> None:
    book, mail = make_book(tmp_path / "book.db", "busan-truce"), tmp_path / "week.html"
    assert tracker("--today", day, "week", "-f", "mail", "-o", mail, db=book).code == 0

    width, _ = printed(SIZE, mail)
    assert width == 375


@pytest.mark.usefixtures("node_modules")
def test_a_promise_with_many_updates_is_not_too_long_for_a_phone(
    busan: Path, tmp_path: Path
) -> None:
    folder = published(busan, tmp_path / "site", date(2026, 11, 26))

    width, height = printed(SIZE, folder / "concession-cn-soy-2025.html")
    assert width == 375
    assert height < 6_000
